//! `stopline compile --to markdown` and `--to html`: what is told of a plan, and of the journal of its run.

mod hostile;
pub(crate) mod journal;
mod lengths;
mod plan;
mod runbook;
mod turns;

use crate::door::{Came, Cli, repository};

const AT: &str = "2026-11-23T09:00+01:00";
fn compile(name: &str, at: &str, more: &[&str]) -> Cli {
    let arguments = [&["compile", name, "--pack", "release", "--at", at], more].concat();
    Cli::new(&arguments).file(name, repository(&format!("examples/{name}")))
}

/// What is told of a plan with this in it.
fn of_body(body: &str, more: &[&str]) -> String {
    let plan = format!(
        "plan p {{ service = \"s\", environment = staging, team {{ lead = @ann, approvers = [@ann, @bob] }}\n{body}\n}}\n"
    );
    let arguments = [&["compile", "p.plan", "--pack", "release", "--at", AT], more].concat();
    text_of(&Cli::new(&arguments).file("p.plan", plan))
}

fn text_of(cli: &Cli) -> String {
    let Came { status, output, error } = cli.run();
    assert_eq!((status, error.as_str()), (0, ""));
    output
}
