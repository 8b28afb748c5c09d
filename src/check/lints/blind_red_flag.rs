//! `plan/blind-red-flag`.

use super::context::LintContext;
use super::observed::{Observed, observed};
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/blind-red-flag", severity: Error, undecided: false,
        summary: "a red flag that looks at nothing",
        doc: r#"The condition of a red flag speaks of no metric and of no failure.

## What it does
Looks for red flags of the plan whose condition cannot change while the plan runs. A baseline alone does not change either.

## Why is this bad?
It is raised before anything has happened, or whatever happens it is not raised.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
  redflag never {
    during deploy
    stop when 1% > 5%
    then rollback
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  metric error-rate { run = "./metrics.sh error_rate", unit = percent }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
  redflag error-rate {
    during deploy
    stop when metric.error-rate > 5%
    then rollback
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for flag in cx.own_flags {
        let looks = observed(&flag.condition).into_iter().any(|(seen, _)| !matches!(seen, Observed::Baseline(_)));
        if looks {
            continue;
        }
        let message = format!("red flag `{}` looks at nothing that can change", flag.id);
        cx.report(
            Diagnostic::new(&LINT, flag.condition.place, message)
                .help("speak of a metric or of a failure: `metric.error-rate > 5%`, `probe.health.failed`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_flag_looks_at_something() {
        in_plan(
            &LINT,
            r#"
            metric slow { run = "s" }
            redflag one { stop when true  then hold }
                                  # ^^^^ red flag `one` looks at nothing that can change
                                  # = speak of a metric or of a failure: `metric.error-rate > 5%`, `probe.health.failed`
            redflag two { stop when baseline(metric.slow) > 5  then hold }
                                  # ^^^^^^^^^^^^^^^^^^^^^^^^^ red flag `two` looks at nothing that can change
                                  # = speak of a metric or of a failure: `metric.error-rate > 5%`, `probe.health.failed`
            redflag three { stop when not (metric.slow > 5)  then hold }
            redflag four { stop when phase.backup.failed  then hold }"#,
        );
    }
}
