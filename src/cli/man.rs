//! `stopline man`.

use clap::CommandFactory;
use clap_mangen::Man as Page;

use super::arguments::{Arguments, Man};
use super::output::print;
use super::status::{Failure, Status};
use crate::diagnostic::did_you_mean;

pub(super) fn run(arguments: &Man) -> Result<Status, Failure> {
    let mut command = Arguments::command();
    // Names of the subcommands become `stopline-check`, as their pages are called.
    command.build();
    let page = match &arguments.verb {
        None => Page::new(command),
        Some(verb) => {
            let Some(subcommand) = command.find_subcommand(verb) else {
                let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
                let failure = Failure::new(format!("there is no command `{verb}`"));
                return Err(match did_you_mean(verb, known) {
                    Some(meant) => failure.help(format!("did you mean `{meant}`?")),
                    None => failure.help("`stopline --help` lists them"),
                });
            };
            Page::new(subcommand.clone())
        }
    };
    let mut text = Vec::new();
    page.render(&mut text).map_err(|problem| Failure::new(format!("the page cannot be written: {problem}")))?;
    print(&String::from_utf8_lossy(&text))?;
    Ok(Status::Go)
}
