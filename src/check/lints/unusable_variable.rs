//! `plan/unusable-variable`.

use std::collections::HashMap;

use super::context::LintContext;
use super::work::actions;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::{Environ, ListOf, Reference, is_kept, is_of_the_machine, is_variable_name};
use crate::model::located::Located;
use crate::model::plan::{Action, Plan};
use crate::source::Place;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/unusable-variable", severity: Error, undecided: false,
        summary: "a variable that a command cannot be given",
        doc: r#"A secret has a name that no environment variable can have, a variable has a name that the shell or the runbook keeps for itself, or a name is given twice.

## What it does
Looks at the names in `env`, `secrets` and `capture`. Kept are the shell's own (`PATH`, `PWD`, `IFS`, `CDPATH`, `UID`, `BASH…`, …), those that load code into programs (`LD_…`, `DYLD_…`), and `STOPLINE_…` and `sl_…`. What every command gets from the machine (`HOME`, `TMPDIR`, `USER`, `LANG`, `TZ`, …) may be set in `env`; it is neither a secret nor something to capture.

## Why is this bad?
`BASH_ENV` runs a file before the command, `LD_PRELOAD` loads one into it: they change what a command means. A captured `PATH` would leave the undo without its tools, in the night it is needed. And a name that is given both as a value and as a secret would show the secret or hide the value.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = "git fetch", env = { BASH_ENV = "setup.sh" } }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = ". ./setup.sh && git fetch", env = { GIT_TRACE = "1" } }
  }
}
```
"#,
    }
}

/// Where a name stands: what the machine gives every command can be set, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Among {
    Env,
    Secrets,
    Capture,
}

type Given<'a> = (Option<&'a Located<Environ>>, Option<&'a Located<ListOf<Reference>>>);

/// What a step captures, beside what it is given.
fn captured(cx: &mut LintContext<'_>) {
    let steps = cx.plan.steps().map(|(_, step)| step);
    for step in steps.chain(cx.plan.rollback.iter().flat_map(|rollback| &rollback.steps)) {
        let Some(capture) = &step.capture else { continue };
        let variables = step.env.iter().flat_map(|env| env.value.0.iter().map(move |(name, _)| (name, env.place)));
        let secrets = step.secrets.iter().flat_map(|secrets| secrets.value.iter());
        let given: Vec<(&String, Place)> =
            variables.chain(secrets.map(|secret| (&secret.value.0, secret.place))).collect();
        for (name, _) in &capture.value.0 {
            if let Some((_, first)) = given.iter().find(|(known, _)| *known == name) {
                cx.report(
                    Diagnostic::new(&LINT, capture.place, format!("`{name}` is given twice"))
                        .related(*first, "it was given here first")
                        .help("keep one of the two: what is captured cannot be given as well"),
                );
            } else {
                judge_name(cx, name, Among::Capture, capture.place);
            }
        }
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    captured(cx);
    for (env, secrets) in given(cx.plan) {
        let mut seen: HashMap<&str, Place> = HashMap::new();
        if let Some(env) = env {
            for (name, _) in &env.value.0 {
                seen.insert(name, env.place);
                judge_name(cx, name, Among::Env, env.place);
            }
        }
        for secret in secrets.iter().flat_map(|secrets| secrets.value.iter()) {
            let name = secret.value.0.as_str();
            if let Some(first) = seen.insert(name, secret.place) {
                cx.report(
                    Diagnostic::new(&LINT, secret.place, format!("`{name}` is given twice"))
                        .related(first, "it was given here first")
                        .help("keep one of the two: what is secret belongs into `secrets` alone"),
                );
            } else {
                judge_name(cx, name, Among::Secrets, secret.place);
            }
        }
    }
}

fn judge_name(cx: &mut LintContext<'_>, name: &str, among: Among, place: Place) {
    let (message, help) = if !is_variable_name(name) || name.starts_with('_') {
        let message = format!("`{name}` cannot name a variable of a command");
        (message, "use letters, digits and `_`, and start with a letter")
    } else if is_kept(name) {
        let message = format!("`{name}` is a variable that the shell or the runbook keeps for itself");
        let help = match (name, among) {
            ("PATH", Among::Env) => "set it in the command itself: `PATH=/opt/bin:$PATH; …`",
            _ => "give it another name",
        };
        (message, help)
    } else if is_of_the_machine(name) && among != Among::Env {
        let message = format!("`{name}` is a variable that every command gets from the machine");
        let help = match among {
            Among::Secrets => "keep the secret under another name: a secret is taken from all other commands",
            Among::Env | Among::Capture => "give it another name",
        };
        (message, help)
    } else {
        return;
    };
    cx.report(Diagnostic::new(&LINT, place, message).help(help));
}

/// The variables and secrets of every command of a plan.
fn given(plan: &Plan) -> Vec<Given<'_>> {
    let mut given: Vec<Given<'_>> =
        plan.metrics.iter().map(|metric| (metric.env.as_ref(), metric.secrets.as_ref())).collect();
    for (_, action) in actions(plan) {
        match action {
            Action::Step(step) => given.push((step.env.as_ref(), step.secrets.as_ref())),
            Action::Parallel(group) => {
                given.extend(group.steps.iter().map(|step| (step.env.as_ref(), step.secrets.as_ref())));
            }
            Action::Probe(probe) => given.push((probe.env.as_ref(), probe.secrets.as_ref())),
            Action::Notify(notify) => given.push((notify.env.as_ref(), notify.secrets.as_ref())),
            Action::Strategy(strategy) => given.push((strategy.env.as_ref(), strategy.secrets.as_ref())),
            Action::Hold(_) | Action::Watch(_) | Action::Followup(_) | Action::Use(_) => {}
        }
    }
    let of_rollback = plan.rollback.iter().flat_map(|rollback| &rollback.steps);
    given.extend(of_rollback.map(|step| (step.env.as_ref(), step.secrets.as_ref())));
    given
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_command_is_given_plain_variables() {
        in_plan(
            &LINT,
            r#"
            metric errors { run = "e", secrets = [TOKEN, TOKEN] }
                                                       # ^^^^^ `TOKEN` is given twice
                                                       # = keep one of the two: what is secret belongs into `secrets` alone
                                                # ----- it was given here first
            phase prepare {
              step a { run = "a", env = { LD_PRELOAD = "x.so", GOOD = "1" }, secrets = [IFS, BASH_ENV] }
                                      # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `LD_PRELOAD` is a variable that the shell or the runbook keeps for itself
                                      # = give it another name
                                                                                      # ^^^ `IFS` is a variable that the shell or the runbook keeps for itself
                                                                                      # = give it another name
                                                                                           # ^^^^^^^^ `BASH_ENV` is a variable that the shell or the runbook keeps for itself
                                                                                           # = give it another name
              step b { run = "b", env = { TOKEN = "1" }, secrets = [TOKEN] }
                                                                  # ^^^^^ `TOKEN` is given twice
                                                                  # = keep one of the two: what is secret belongs into `secrets` alone
                                      # --------------- it was given here first
              step c { run = "c", secrets = ["A-B", "_X"] }
                                           # ^^^^^ `A-B` cannot name a variable of a command
                                           # = use letters, digits and `_`, and start with a letter
                                                  # ^^^^ `_X` cannot name a variable of a command
                                                  # = use letters, digits and `_`, and start with a letter
              step e { run = "e", capture = { UID = "id -u", GOOD = "x", TWICE = "y" }, env = { TWICE = "1" } }
                                          # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `UID` is a variable that the shell or the runbook keeps for itself
                                          # = give it another name
                                          # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `TWICE` is given twice
                                          # = keep one of the two: what is captured cannot be given as well
                                                                                            # --------------- it was given here first
              step f { run = "f", capture = { PATH = "p" }, undo = "u" }
                                          # ^^^^^^^^^^^^^^ `PATH` is a variable that the shell or the runbook keeps for itself
                                          # = give it another name
              step g { run = "g", capture = { HOME = "h" }, env = { TMPDIR = "/var/tmp", PATH = "/opt/bin" }, secrets = [USER] }
                                          # ^^^^^^^^^^^^^^ `HOME` is a variable that every command gets from the machine
                                          # = give it another name
                                                                # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `PATH` is a variable that the shell or the runbook keeps for itself
                                                                # = set it in the command itself: `PATH=/opt/bin:$PATH; …`
                                                                                                                       # ^^^^ `USER` is a variable that every command gets from the machine
                                                                                                                       # = keep the secret under another name: a secret is taken from all other commands
              notify d { run = "d", env = { STOPLINE_PERCENT = "5" } }
                                        # ^^^^^^^^^^^^^^^^^^^^^^^^^^ `STOPLINE_PERCENT` is a variable that the shell or the runbook keeps for itself
                                        # = give it another name
            }"#,
        );
    }
}
