//! `plan/unset-in-undo`.

use std::collections::HashMap;
use std::fmt;

use super::leg::place_of;
use super::script::needed;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::is_of_the_machine;
use crate::model::plan::Plan;
use crate::runbook::{Capture, Command, EnvironmentName, Id, Procedure, Undo};

descriptors! {
    /// Of this proof alone.
    TABLE;
    LINT = {
        id: "plan/unset-in-undo", severity: Error, undecided: false,
        summary: "the way back reads a value that nothing gives it",
        doc: r#"An `undo` or a step of `rollback` reads a variable `STOPLINE_…` that it does not get, one that another step captures or has in its `env`, or a secret that it does not ask for.

## What it does
Looks for `$STOPLINE_…` and `${STOPLINE_…}` in every command of the way back: a version the plan does not have, the share of a canary, which is given to `shift` alone, the host of a strategy without hosts. And for names that some step has in its `capture`, since they are given to the commands of that step alone, and for names that some command has in its `env` or `secrets`, which those that do not have it are not given; but for those that the machine gives every command (`HOME`, `LANG`, …), or that the step reads on the way forth without being given them. The script is read as bash reads it: what is in single quotes, has a value for when it is unset (`${STOPLINE_VERSION:-none}`), or was set before in the same shell, in any branch of it, is left alone; what a subshell, a part of a pipe or a command's own environment sets is gone behind it. What `eval` or another file would set is not known: say `${OLD:?}` there, which is let pass but for `STOPLINE_…`, because only a runbook gives those.

## Why is this bad?
Commands run with `set -u`: the undo ends at once, nothing is taken back, and that is found out when it is needed.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy.sh \"$STOPLINE_PREVIOUS_VERSION\"" }
  }
}
```

## Use instead
```stopline
plan checkout {
  service          = "checkout"
  environment      = staging
  previous_version = "v1.2.2"

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy.sh \"$STOPLINE_PREVIOUS_VERSION\"" }
  }
}
```
"#,
    }
}

/// A variable that the way back of something reads in vain.
#[derive(Debug)]
pub(in crate::runbook) struct Unset<'p> {
    pub(in crate::runbook) id: &'p Id,
    pub(in crate::runbook) name: String,
    why: Why<'p>,
}

/// Why the way back does not have it.
#[derive(Debug, Clone, Copy)]
enum Why<'p> {
    /// This step captures it for itself.
    CapturedFor(&'p Id),
    /// It stands in the `env` of this one.
    GivenTo(&'p Id),
    /// A secret is given to those who ask for it.
    NotAskedFor,
    NothingGivesIt,
}

impl fmt::Display for Unset<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, name, why } = self;
        write!(out, "the way back of `{id}` reads `{name}`, which ")?;
        match why {
            Why::CapturedFor(owner) => write!(out, "is captured for `{owner}` alone"),
            Why::GivenTo(owner) => write!(out, "is given to `{owner}` alone"),
            Why::NotAskedFor => write!(out, "is a secret that it does not ask for"),
            Why::NothingGivesIt => write!(out, "nothing gives it"),
        }
    }
}

pub(super) fn prove(plan: &Plan, procedure: &Procedure) -> Vec<Diagnostic> {
    unset(procedure)
        .into_iter()
        .map(|found| {
            let place = place_of(plan, found.id).unwrap_or(plan.head.id.place);
            Diagnostic::new(&LINT, place, found.to_string()).help(help(procedure, &found))
        })
        .collect()
}

fn help(procedure: &Procedure, Unset { id, name, why }: &Unset<'_>) -> String {
    match (why, name.as_str()) {
        (Why::CapturedFor(owner), _) if procedure.rollback.steps.iter().any(|step| step.id == **id) => {
            format!("take it back in the `undo` of `{owner}`: where that has not begun, nothing was captured")
        }
        (Why::CapturedFor(owner), _) => {
            format!("take it back in the `undo` of `{owner}`, or capture it in `{id}` too")
        }
        (Why::GivenTo(_), _) => {
            format!("say `env = {{ {name} = … }}` in `{id}`, or what holds without it: `${{{name}:-…}}`")
        }
        (Why::NotAskedFor, _) => format!("say `secrets = [{name}]` in `{id}`"),
        (Why::NothingGivesIt, "STOPLINE_PREVIOUS_VERSION") => "give the plan `previous_version`".to_owned(),
        (Why::NothingGivesIt, "STOPLINE_VERSION") => "give the plan `version`".to_owned(),
        (Why::NothingGivesIt, _) => format!("write the value itself, or say what holds without it: `${{{name}:-…}}`"),
    }
}

/// Each once for each command.
pub(in crate::runbook) fn unset(procedure: &Procedure) -> Vec<Unset<'_>> {
    let steps = procedure.steps().map(|step| (&step.id, &step.undo, &step.command, step.captures.as_slice()));
    let canaries = procedure.canaries();
    let canaries = canaries.map(|canary| (&canary.id, &canary.undo, &canary.command, canary.captures.as_slice()));
    let undos = steps.chain(canaries).filter_map(|(id, undo, command, captures)| match undo {
        Undo::Command(text) => Some((id, text, command, captures)),
        Undo::Irreversible(_) | Undo::With(_) | Undo::None => None,
    });
    let back = procedure.rollback.steps.iter();
    let back = back.flat_map(|step| {
        let verify = step.verify.as_ref().map(|verify| (&step.id, verify, &step.command, [].as_slice()));
        [(&step.id, &step.command.run, &step.command, [].as_slice())].into_iter().chain(verify)
    });
    let lacking = lacking(procedure);
    let may_lack = |text: &str| lacking.keys().chain(&["STOPLINE_"]).any(|name| text.contains(name));
    undos
        .chain(back)
        .filter(|(_, text, _, _)| may_lack(text))
        .flat_map(|(id, text, command, captures): (_, _, _, &[Capture])| {
            let vain = needed(text).into_iter().filter(|name| !gives(procedure, command, captures, name));
            // What is read forth as well is of the machine; else nothing would be there to undo.
            let is_read_forth = |name| *text != command.run && needed(&command.run).contains(&name);
            let whys = vain.filter_map(|name| {
                if matches!(lacking.get(name), Some(Why::GivenTo(_))) && is_read_forth(name) {
                    return None;
                }
                let given_by_nobody = || name.starts_with("STOPLINE_").then_some(Why::NothingGivesIt);
                Some((name, lacking.get(name).copied().or_else(given_by_nobody)?))
            });
            whys.map(|(name, why)| Unset { id, name: name.to_owned(), why }).collect::<Vec<_>>()
        })
        .collect()
}

/// The variables that some commands are given and others are not.
fn lacking(procedure: &Procedure) -> HashMap<&str, Why<'_>> {
    let canaries = procedure.canaries().map(|canary| (&canary.id, &canary.command));
    let steps = procedure.steps().chain(&procedure.rollback.steps).map(|step| (&step.id, &step.command));
    let given =
        steps.chain(canaries).flat_map(|(id, command)| command.env.iter().map(move |given| (given.name.as_str(), id)));
    let given = given.filter(|(name, _)| !is_of_the_machine(name)).map(|(name, id)| (name, Why::GivenTo(id)));
    let secrets = procedure.secrets().into_iter().map(|secret| (secret.as_str(), Why::NotAskedFor));
    let captures = procedure.captures().map(|(id, capture)| (capture.name.as_str(), Why::CapturedFor(id)));
    given.chain(secrets).chain(captures).collect()
}

fn gives(procedure: &Procedure, command: &Command, captures: &[Capture], name: &str) -> bool {
    let variables = procedure.env.iter().chain(&command.env).map(|variable| variable.name.as_str());
    let secrets = command.secrets.iter().map(EnvironmentName::as_str);
    let noted = captures.iter().map(|capture| capture.name.as_str());
    variables.chain(secrets).chain(noted).any(|given| given == name)
}
