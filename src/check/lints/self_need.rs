//! `plan/self-need`.

use super::context::LintContext;
use super::needs::graphs;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/self-need", severity: Error, undecided: false,
        summary: "a step that waits for itself",
        doc: r#"A step stands in its own `needs`.

## What it does
Looks for steps that need themselves.

## Why is this bad?
Such a step can never start. Mostly another step was meant.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = "git fetch" }
    step build { run = "make", needs = [build] }
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
    for graph in graphs(cx.plan) {
        for node in &graph.nodes {
            for need in node.needs.iter().filter(|need| need.value.0 == node.head.id.value) {
                let message = format!("step `{}` needs itself", node.head.id.value);
                cx.report(
                    Diagnostic::new(&LINT, need.place, message).help("name the step it waits for, or leave it out"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn nobody_waits_for_himself() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              step a { run = "a" }
              step b { run = "b", needs = [a, b] }
                                            # ^ step `b` needs itself
                                            # = name the step it waits for, or leave it out
            }
            rollback { step c { run = "c", needs = ["c"] } }
                                                  # ^^^ step `c` needs itself
                                                  # = name the step it waits for, or leave it out"#,
        );
    }
}
