//! `stopline compile`.

use std::path::Path;

use super::arguments::{Compile, Target};
use super::config;
use super::disk::{Disk, read_text, shown};
use super::files::load;
use super::instant::instant;
use super::output::{Executable, file_of, hand_out, options, say};
use super::overwriting::{refuse, refuse_sources};
use super::selection::{is_named, overrides, select, select_around};
use super::status::{Failure, Status};
use super::telling::Telling;
use super::understood::understood;
use crate::check::from_markdown::NOT_READ;
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::people::Told;
use crate::report;
use crate::runbook::{Procedure, Refused};
use crate::session::{self, Compiled, FailOn, JudgedPlan, Language, Request};
use crate::source::SourceMap;

pub(super) fn run(arguments: &Compile) -> Result<Status, Failure> {
    fits(arguments)?;
    let telling = Telling::of(arguments)?;
    let now = match (&arguments.judging.at, telling.began()) {
        (None, Some(began)) => began,
        (at, _) => instant(at.as_deref())?,
    };
    let mut sources = SourceMap::default();
    let settled = config::find(&arguments.settings, &mut sources);
    let overrides = overrides(&arguments.judging, &settled)?;
    let loaded = load(std::slice::from_ref(&arguments.plan), "stdin.plan", |_| true, &settled, &mut sources)?;
    let (selection, unreadable_policies) = if is_named(&arguments.judging) {
        select(&arguments.judging, &settled, &mut sources)?
    } else {
        select_around(&arguments.plan, &loaded.inputs, &settled, &mut sources)?
    };
    let request = Request {
        inputs: &loaded.inputs,
        candidates: &loaded.others,
        config: &settled.config,
        selection,
        overrides: &overrides,
        now,
        surroundings: &Disk,
    };
    let mut checked = session::check(&request, &mut sources);
    checked.report = checked
        .report
        .with(settled.findings.iter().chain(&loaded.unreadable).chain(&unreadable_policies).cloned(), &sources);
    if !arguments.check {
        refuse_sources(arguments.output.as_deref(), &sources, &loaded)?;
        refuse(arguments.output.as_deref(), arguments.journal.as_deref())?;
    }
    let status = Status::from_code(checked.report.exit_status(FailOn::Error));
    if status != Status::Go {
        let options = options(arguments.color, FailOn::Error, true);
        say(report::render(report::Format::Human, &checked.report, &sources, &options).trim_end());
        let is_told_anyway = status == Status::Stop && telling.contents.is_of_a_run();
        if !arguments.explain && !is_told_anyway {
            say("nothing is compiled: a plan that is stopped compiles to nothing");
            return Ok(status);
        }
    }
    if checked.plans.len() != 1 {
        let count = checked.plans.len();
        return Err(Failure::new(format!(
            "`{}` holds {count} plans; exactly one can be compiled",
            arguments.plan.display()
        ))
        .help("name a file with one plan in it"));
    }
    let run = checked.procedure(&request, &sources);
    let Some(to) = arguments.to else {
        let title = checked.plans.first().map_or("", |judged| judged.plan.plan.head.label());
        let explained = session::explain_run(title, &run);
        hand_out(arguments.output.as_deref(), &explained.text, Executable::No)?;
        return Ok(if explained.proven || status == Status::Undecided { status } else { Status::Stop });
    };
    let procedure = procedure(run)?;
    let compiled = compiled(arguments, to, &procedure, &checked, &telling)?;
    // What was not read of the plan is no part of what is compiled, which whoever asks for it has to know.
    let is_shown = |finding: &Diagnostic| finding.severity >= Severity::Warning || finding.rule == NOT_READ.id;
    let report = checked.report.showing(is_shown);
    if status == Status::Go && !report.findings().is_empty() {
        let options = options(arguments.color, FailOn::Error, true);
        say(report::render(report::Format::Human, &report, &sources, &options).trim_end());
    }
    for note in &compiled.notes {
        say(&format!("note: {note}"));
    }
    if Language::of(&shown(&arguments.plan)) == Some(Language::Markdown) && is_for_machines(to) {
        say_what_was_understood(&arguments.plan, &checked.plans);
    }
    let output = arguments.output.as_deref();
    let status = match output {
        Some(path) if arguments.check => up_to_date(path, &compiled.text)?,
        Some(_) | None => {
            hand_out(output, &compiled.text, executable(to))?;
            Status::Go
        }
    };
    Ok(telling.trusted(status))
}

/// Words that people wrote for people may have been taken for more or for less than they mean, and no finding says so.
fn say_what_was_understood(path: &Path, plans: &[JudgedPlan]) {
    let Some(judged) = plans.first() else { return };
    say(&format!("note: `{}` is read as follows, and whole by `stopline import`:", path.display()));
    for line in understood(&judged.plan.plan) {
        say(&format!("  {line}"));
    }
}

fn procedure(run: Result<Procedure, Refused>) -> Result<Procedure, Failure> {
    run.map_err(|refused| {
        let first =
            refused.said.first().map_or_else(|| "the plan cannot be run".to_owned(), |first| first.message.clone());
        Failure::new(first)
    })
}

fn compiled(
    arguments: &Compile,
    to: Target,
    procedure: &Procedure,
    checked: &session::Checked,
    telling: &Telling,
) -> Result<Compiled, Failure> {
    let Some(judged) = checked.plans.first() else { return Err(Failure::new("there is no plan")) };
    let told = Told { plan: &judged.plan.plan, procedure, journal: telling.journal.as_ref() };
    let script = arguments.script.clone().unwrap_or_else(|| script_beside(&arguments.plan));
    let target = match to {
        Target::Bash => session::Target::Bash,
        Target::Github => session::Target::Github { script: &script },
        Target::Gitlab => session::Target::Gitlab { script: &script },
        Target::Ansible => session::Target::Ansible { script: &script },
        Target::Markdown => session::Target::Markdown(told, telling.contents),
        Target::Html => session::Target::Html(told, telling.contents),
    };
    session::compile(procedure, target).map_err(|problem| Failure::new(problem.to_string()).help(problem.help()))
}

/// Options that mean nothing beside each other, said before anything is read.
fn fits(arguments: &Compile) -> Result<(), Failure> {
    let calls_a_script = match arguments.to {
        Some(Target::Github | Target::Gitlab | Target::Ansible) => true,
        Some(Target::Bash | Target::Markdown | Target::Html) | None => false,
    };
    if arguments.script.is_some() && !calls_a_script {
        return Err(Failure::new("`--script` is for `--to github`, `--to gitlab` and `--to ansible`")
            .help("say one of the three, or leave it out; where the result is written says `--output`"));
    }
    if arguments.check && file_of(arguments.output.as_deref()).is_none() {
        return Err(Failure::new("`--check` compares a file with what the plan compiles to, and `-` names none")
            .help("name the file with `--output`"));
    }
    Ok(())
}

/// Whether a committed file is still what its inputs compile to.
fn up_to_date(path: &Path, wanted: &str) -> Result<Status, Failure> {
    let found = read_text(path).map_err(|problem| {
        Failure::new(format!("`{}` cannot be read: {problem}", path.display()))
            .help("the same command without `--check` writes it")
    })?;
    if found == wanted {
        return Ok(Status::Go);
    }
    say(&format!("`{}` is not what its plan and policies compile to now: compile it again", path.display()));
    Ok(Status::Stop)
}

/// Where a pipeline finds the script if nobody says: beside the plan, under its name.
fn script_beside(plan: &Path) -> String {
    let name = plan.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let stem = name.split(".plan").next().unwrap_or("release").to_owned();
    shown(&plan.with_file_name(format!("{stem}.sh")))
}

const fn is_for_machines(target: Target) -> bool {
    match target {
        Target::Bash | Target::Github | Target::Gitlab | Target::Ansible => true,
        Target::Markdown | Target::Html => false,
    }
}

const fn executable(target: Target) -> Executable {
    match target {
        Target::Bash => Executable::Yes,
        Target::Github | Target::Gitlab | Target::Ansible | Target::Markdown | Target::Html => Executable::No,
    }
}
