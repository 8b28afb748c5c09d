//! `plan/needs-later-step`.

use super::context::LintContext;
use super::needs::graphs;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/needs-later-step", severity: Error, undecided: false,
        summary: "a step waits for one that stands after it",
        doc: r#"A step needs a step that stands later in the plan.

## What it does
Compares `needs` with the order of the plan. Steps run in the order they stand; those in one `parallel` group run together and may need each other.

## Why is this bad?
The plan says two things. Whoever reads it from top to bottom is wrong, or the `needs` is.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step build { run = "make", needs = [fetch] }
    step fetch { run = "git fetch" }
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
        let knots = graph.knot_of_each();
        for (index, node) in graph.nodes.iter().enumerate() {
            for need in graph.needs_of(index) {
                let Some(needed) = graph.node(need.to).filter(|needed| needed.turn > node.turn) else { continue };
                let told_as_a_cycle = knots.get(&need.from).is_some_and(|knot| knots.get(&need.to) == Some(knot));
                if told_as_a_cycle {
                    continue;
                }
                let (step, later) = (&node.head.id.value, &needed.head.id);
                let message = format!("step `{step}` needs `{}`, which comes after it", later.value);
                cx.report(
                    Diagnostic::new(&LINT, need.written.place, message)
                        .related(later.place, "steps run in the order they stand")
                        .help(format!("move `{}` before `{step}`, or take it out of `needs`", later.value)),
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
    fn what_is_needed_stands_before() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              step a { run = "a", needs = [b, c] }
                                            # ^ step `a` needs `c`, which comes after it
                                            # = move `c` before `a`, or take it out of `needs`
              step b { run = "b", needs = [a] }
            }
            phase later { step c { run = "c" } }
                             # - steps run in the order they stand
            rollback {
              step x { run = "x", needs = [y] }
                                         # ^ step `x` needs `y`, which comes after it
                                         # = move `y` before `x`, or take it out of `needs`
              step y { run = "y" }
                 # - steps run in the order they stand
            }"#,
        );
    }

    #[test]
    fn those_that_run_together_may_need_each_other() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              parallel {
                step a { run = "a", needs = [b] }
                step b { run = "b" }
              }
            }"#,
        );
    }
}
