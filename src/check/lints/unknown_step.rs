//! `plan/unknown-step`.

use super::context::LintContext;
use super::needs::{Graph, graphs};
use super::work::{actions, uses_procedures};
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/unknown-step", severity: Error, undecided: false,
        summary: "`needs` names a step that does not exist",
        doc: r#"`needs` holds a name that no step has. The steps of the phases know each other; the steps of `rollback` know each other.

## What it does
Looks every name in `needs` up. In a plan that still holds a `use`, names may be those of the procedure's steps: they are judged when its steps are known.

## Why is this bad?
A misspelt need is no need: the step would not wait for what it must wait for.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = "git fetch" }
    step build { run = "make", needs = [fecth] }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = "git fetch" }
    step build { run = "make", needs = [fetch] }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let [phases, rollback] = graphs(plan);
    let others: std::collections::HashMap<&str, &str> = actions(plan)
        .map(|(_, action)| action.head())
        .filter(|head| head.kind != "parallel" && !phases.has(&head.id.value))
        .map(|head| (head.id.value.as_str(), head.kind))
        .collect();
    if !uses_procedures(plan) {
        judge(cx, &phases, |name| {
            let kind = others.get(name)?;
            Some(format!("`{name}` is a {kind}: what stands before a step is over when it starts, so leave it out"))
        });
    }
    judge(cx, &rollback, |name| {
        let reason = "leave it out: the steps of `rollback` run after all undos, and can need each other only";
        phases.has(name).then(|| reason.to_owned())
    });
}

/// `elsewhere` says what is to be done about a name that means something, but no step that can be needed.
fn judge(cx: &mut LintContext<'_>, graph: &Graph<'_>, elsewhere: impl Fn(&str) -> Option<String>) {
    let known = graph.ids();
    for node in &graph.nodes {
        for need in node.needs.iter().filter(|need| !graph.has(&need.value.0)) {
            let name = &need.value.0;
            let help = elsewhere(name)
                .unwrap_or_else(|| cx.nearest.cure(name, &known, "it can need", "there is no other step"));
            let message = format!("step `{}` needs `{name}`, and there is no such step", node.head.id.value);
            cx.report(Diagnostic::new(&LINT, need.place, message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_name_that_no_step_has_is_told_with_the_nearest() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              hold go { by = [lead] }
              step fetch { run = "f", needs = [go] }
                                             # ^^ step `fetch` needs `go`, and there is no such step
                                             # = `go` is a hold: what stands before a step is over when it starts, so leave it out
              step build { run = "b", needs = [fecth, wonderland] }
                                             # ^^^^^ step `build` needs `fecth`, and there is no such step
                                             # = did you mean `fetch`?
                                                    # ^^^^^^^^^^ step `build` needs `wonderland`, and there is no such step
                                                    # = it can need `fetch`, `build`, `canary`, or `after`
            }
            phase deploy {
              strategy canary { shift = "s", undo = "u" }
              step after { run = "a", undo = "b", needs = [canary, fetch] }
            }
            rollback { step restart { run = "r", needs = [fetch] } }
                                                        # ^^^^^ step `restart` needs `fetch`, and there is no such step
                                                        # = leave it out: the steps of `rollback` run after all undos, and can need each other only"#,
        );
    }

    #[test]
    fn the_steps_of_a_procedure_may_be_meant() {
        in_plan(
            &LINT,
            r#"phase deploy { use helm { chart = "x" } step a { run = "a", undo = "b", needs = [upgrade] } }"#,
        );
    }
}
