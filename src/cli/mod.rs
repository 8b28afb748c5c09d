//! The command line: arguments, files, clock and terminal. Everything it decides is decided below.

mod arguments;
mod around;
mod audit;
mod baseline;
mod check;
mod compile;
mod completions;
mod config;
mod disk;
mod explain;
mod files;
mod fmt;
mod ignored;
mod import;
mod init;
mod instant;
mod journals;
mod judging;
mod man;
mod mend;
mod lsp;
mod matching;
mod output;
mod overwriting;
mod passed_over;
mod progress;
mod schema;
mod selection;
mod status;
mod telling;
mod test;
mod understood;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use status::Status;

/// Runs one command line.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(problem) => return usage(&problem),
    };
    let result = match parsed.command {
        Command::Check(check) => check::run(&check),
        Command::Compile(compile) => compile::run(&compile),
        Command::Audit(audit) => audit::run(&audit),
        Command::Test(test) => test::run(&test),
        Command::Fmt(fmt) => fmt::run(&fmt),
        Command::Import(import) => import::run(&import),
        Command::Init(init) => init::run(&init),
        Command::Explain(explain) => explain::run(&explain),
        Command::Schema(schema) => schema::run(&schema),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => man::run(&man),
        Command::Lsp(_) => lsp::run(),
    };
    match result {
        Ok(status) => status.into(),
        Err(failure) => {
            output::error(&failure.message, failure.help.as_deref());
            Status::Undecided.into()
        }
    }
}

/// Help and version are results; anything else is bad usage.
fn usage(problem: &clap::Error) -> ExitCode {
    let status = if problem.use_stderr() { Status::Undecided } else { Status::Go };
    // A reader that went away has seen what it wanted.
    let _ = problem.print();
    status.into()
}
