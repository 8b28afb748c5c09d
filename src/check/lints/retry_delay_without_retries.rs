//! `plan/retry-delay-without-retries`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/retry-delay-without-retries", severity: Warning, undecided: false,
        summary: "a pause before tries that never come",
        doc: r#"A step has a `retry_delay`, and no `retries` or `retries = 0`.

## What it does
Looks for pauses between tries of steps that are tried once.

## Why is this bad?
Whoever wrote the pause expects the step to be tried again. It is not: its first failure takes the release back.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = "git fetch", retry_delay = 10s }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = "git fetch", retries = 3, retry_delay = 10s }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let of_rollback = plan.rollback.iter().flat_map(|rollback| &rollback.steps);
    for step in plan.steps().map(|(_, step)| step).chain(of_rollback) {
        let Some(delay) = &step.retry_delay else { continue };
        let diagnostic = match &step.retries {
            None => Diagnostic::new(&LINT, delay.place, format!("step `{}` is never tried again", step.head.id.value)),
            Some(retries) if retries.value.0 == 0 => {
                Diagnostic::new(&LINT, delay.place, format!("step `{}` is never tried again", step.head.id.value))
                    .related(retries.place, "it is tried once")
            }
            Some(_) => continue,
        };
        cx.report(diagnostic.help("say how often it is tried again, such as `retries = 3`, or leave the pause out"));
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_pause_stands_between_tries() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              step a { run = "a", retry_delay = 5s }
                                              # ^^ step `a` is never tried again
                                              # = say how often it is tried again, such as `retries = 3`, or leave the pause out
              step b { run = "b", retries = 0, retry_delay = 5s }
                                                           # ^^ step `b` is never tried again
                                                           # = say how often it is tried again, such as `retries = 3`, or leave the pause out
                                          # - it is tried once
              step c { run = "c", retries = 1, retry_delay = 5s }
            }
            rollback { step d { run = "d", retry_delay = 5s } }
                                                       # ^^ step `d` is never tried again
                                                       # = say how often it is tried again, such as `retries = 3`, or leave the pause out"#,
        );
    }
}
