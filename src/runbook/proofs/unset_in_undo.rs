//! `plan/unset-in-undo`.

use std::collections::HashMap;
use std::fmt;

use super::assigned::known_from;
use super::leg::place_of;
use super::script::{Quote, Script};
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Plan;
use crate::runbook::{Action, Capture, Command, EnvironmentName, Id, Procedure, Undo};

descriptors! {
    /// Of this proof alone.
    TABLE;
    LINT = {
        id: "plan/unset-in-undo", severity: Error, undecided: false,
        summary: "the way back reads a value that nothing gives it",
        doc: r#"An `undo` or a step of `rollback` reads a variable `STOPLINE_…` that it does not get, or one that another step captures.

## What it does
Looks for `$STOPLINE_…` and `${STOPLINE_…}` in every command of the way back: a version the plan does not have, the share of a canary, which is given to `shift` alone, the host of a strategy without hosts. And for names that some step has in its `capture`, since they are given to the commands of that step alone. What is in single quotes, or has a value for when it is unset (`${STOPLINE_VERSION:-none}`), is left alone.

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
    /// The step that captures it for itself.
    captured_by: Option<&'p Id>,
}

impl fmt::Display for Unset<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, name, .. } = self;
        match self.captured_by {
            Some(owner) => write!(out, "the way back of `{id}` reads `{name}`, which is captured for `{owner}` alone"),
            None => write!(out, "the way back of `{id}` reads `{name}`, which nothing gives it"),
        }
    }
}

pub(super) fn prove(plan: &Plan, procedure: &Procedure) -> Vec<Diagnostic> {
    unset(procedure)
        .into_iter()
        .map(|found| {
            let place = place_of(plan, found.id).unwrap_or(plan.head.id.place);
            let message = found.to_string();
            if let Some(owner) = found.captured_by {
                let help = if procedure.rollback.steps.iter().any(|step| step.id == *found.id) {
                    format!("take it back in the `undo` of `{owner}`: where that has not begun, nothing was captured")
                } else {
                    format!("take it back in the `undo` of `{owner}`, or capture it in `{}` too", found.id)
                };
                return Diagnostic::new(&LINT, place, message).help(help);
            }
            let help = match found.name.as_str() {
                "STOPLINE_PREVIOUS_VERSION" => "give the plan `previous_version`".to_owned(),
                "STOPLINE_VERSION" => "give the plan `version`".to_owned(),
                _ => format!("write the value itself, or say what holds without it: `${{{}:-…}}`", found.name),
            };
            Diagnostic::new(&LINT, place, message).help(help)
        })
        .collect()
}

/// Each once for each command.
pub(in crate::runbook) fn unset(procedure: &Procedure) -> Vec<Unset<'_>> {
    let steps = procedure.steps().map(|step| (&step.id, &step.undo, &step.command, step.captures.as_slice()));
    let canaries = procedure.actions().filter_map(|action| {
        let Action::Canary(canary) = action else { return None };
        Some((&canary.id, &canary.undo, &canary.command, canary.captures.as_slice()))
    });
    let undos = steps.chain(canaries).filter_map(|(id, undo, command, captures)| match undo {
        Undo::Command(text) => Some((id, text, command, captures)),
        Undo::Irreversible(_) | Undo::With(_) | Undo::None => None,
    });
    let back = procedure.rollback.steps.iter();
    let back = back.flat_map(|step| {
        let verify = step.verify.as_ref().map(|verify| (&step.id, verify, &step.command, [].as_slice()));
        [(&step.id, &step.command.run, &step.command, [].as_slice())].into_iter().chain(verify)
    });
    undos
        .chain(back)
        .flat_map(|(id, text, command, captures): (_, _, _, &[Capture])| {
            needed(text).into_iter().filter_map(move |name| {
                if gives(procedure, command, captures, &name) {
                    return None;
                }
                let captured_by = owner(procedure, &name);
                let unset = name.starts_with("STOPLINE_") || captured_by.is_some();
                unset.then_some(Unset { id, name, captured_by })
            })
        })
        .collect()
}

fn gives(procedure: &Procedure, command: &Command, captures: &[Capture], name: &str) -> bool {
    let variables = procedure.env.iter().chain(&command.env).map(|variable| variable.name.as_str());
    let secrets = command.secrets.iter().map(EnvironmentName::as_str);
    let noted = captures.iter().map(|capture| capture.name.as_str());
    variables.chain(secrets).chain(noted).any(|given| given == name)
}

/// The step that captures a variable of this name.
fn owner<'p>(procedure: &'p Procedure, name: &str) -> Option<&'p Id> {
    procedure.captures().find(|(_, capture)| capture.name.as_str() == name).map(|(id, _)| id)
}

/// The variables a script reads before it has set them or asked for them, each once.
fn needed(text: &str) -> Vec<String> {
    let script = Script::of(text);
    // Quotes mean nothing in a document, and all that is set is set by then.
    let documents = script.documents.replace(['\'', '"'], " ");
    let behind = read(&documents).into_iter().map(|(_, name)| (usize::MAX, name));
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    let mut needed: Vec<&str> = Vec::new();
    let commands = read(&script.commands);
    for (at, name) in commands.into_iter().chain(behind) {
        let from = *known.entry(name).or_insert_with(|| known_from(&script.commands, name));
        if from.is_none_or(|from| from > at) {
            needed.push(name);
            // It is said once.
            known.insert(name, Some(0));
        }
    }
    needed.into_iter().map(str::to_owned).collect()
}

/// The variables a script reads and has no value for when they are unset, and where.
fn read(script: &str) -> Vec<(usize, &str)> {
    let mut names: Vec<(usize, &str)> = Vec::new();
    let (mut quote, mut rest) = (Quote::None, script);
    while let Some(character) = rest.chars().next() {
        let at = script.len() - rest.len();
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        rest = match character {
            '\\' if quote != Quote::Single => {
                after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default()
            }
            '$' if quote != Quote::Single => {
                names.extend(expanded(after).map(|name| (at, name)));
                after
            }
            _ => {
                quote = quote.behind(character);
                after
            }
        };
    }
    names
}

/// The name behind a `$` that must have a value.
fn expanded(after: &str) -> Option<&str> {
    let Some(inner) = after.strip_prefix('{') else { return Some(leading_name(after)).filter(|name| !name.is_empty()) };
    let inner = inner.strip_prefix('#').unwrap_or(inner);
    let name = leading_name(inner);
    let follows = inner.get(name.len()..).unwrap_or_default();
    // `${NAME:1}` is a part of it, and `${NAME:-1}` a value for when it is unset.
    let part = follows.strip_prefix(':').is_some_and(|part| !part.starts_with(['-', '=', '+', '?']));
    let alone = part || follows.starts_with(['}', '#', '%', '/', '^', ',', '@', '[']);
    (!name.is_empty() && alone).then_some(name)
}

fn leading_name(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::needed;

    #[test]
    fn only_what_the_shell_would_expand_is_read() {
        assert_eq!(
            needed(r#"a "$STOPLINE_A" ${STOPLINE_B%.*} $HOME $STOPLINE_A ${#C}"#),
            ["STOPLINE_A", "STOPLINE_B", "HOME", "C"]
        );
        assert_eq!(needed("${STOPLINE_A:1} ${STOPLINE_B:=x} ${STOPLINE_C:+x} ${STOPLINE_D:?x}"), ["STOPLINE_A"]);
        assert_eq!(
            needed(r#"'$STOPLINE_A' \$STOPLINE_B ${STOPLINE_C:-x} ${STOPLINE_D-} "it's $STOPLINE_E""#),
            ["STOPLINE_E"]
        );
        assert!(needed("$ ${ $} \\").is_empty());
    }

    #[test]
    fn a_comment_hides_nothing_and_reads_nothing() {
        assert_eq!(needed("# don't touch $MORE\n./copy \"$OLD\""), ["OLD"]);
        assert_eq!(needed("cat <<EOF\nit's $OLD\nEOF\n"), ["OLD"]);
        assert!(needed("cat <<'EOF'\n$OLD\nEOF\n").is_empty());
        assert_eq!(needed("cat <<'EOF'\nit's\nEOF\necho $OLD"), ["OLD"]);
    }

    #[test]
    fn what_is_set_is_set_from_then_on() {
        for script in ["OLD=1; echo $OLD", "cd x && \\\n OLD=$(cat old) && \\\n echo $OLD", ": ${OLD:=x}; echo $OLD"] {
            assert!(needed(script).is_empty(), "{script}");
        }
        for script in ["OLD=$OLD ./back", "export OLD=\"${OLD}\"", "echo $OLD; OLD=1", "OLD+=\"$OLD\""] {
            assert_eq!(needed(script), ["OLD"], "{script}");
        }
    }
}
