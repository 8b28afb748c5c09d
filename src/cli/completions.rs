//! `stopline completions`.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions};
use super::output::print;
use super::status::{Failure, Status};

pub(super) fn run(arguments: &Completions) -> Result<Status, Failure> {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Go)
}
