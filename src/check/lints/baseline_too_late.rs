//! `plan/baseline-too-late`.

use super::context::LintContext;
use super::observed::{Observed, Phases, observed};
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Phase;
use crate::model::policy::RedFlag;
use crate::source::Place;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/baseline-too-late", severity: Error, undecided: false,
        summary: "a red flag compares with a baseline that is not taken yet",
        doc: r#"A red flag that speaks of `baseline(…)` is armed before the baseline is taken.

## What it does
The baseline is what a metric said at the end of `prepare`, or, in a plan without it, in the first phase. The red flag must be armed later. Without `during` it is armed from the first phase on.

## Why is this bad?
What is not known counts as raised: the release would be taken back before it began.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  metric latency { run = "./metrics.sh latency_p95", unit = duration }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
  redflag slow {
    during deploy
    stop when metric.latency > 1.5 * baseline(metric.latency)
    then rollback
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  metric latency { run = "./metrics.sh latency_p95", unit = duration }

  phase prepare {
    probe staging-healthy { http = "https://staging.example.com/health" }
  }
  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
  redflag slow {
    during deploy
    stop when metric.latency > 1.5 * baseline(metric.latency)
    then rollback
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let phases = Phases::of(plan);
    let prepare = plan.phases.iter().position(|phase| phase.name() == "prepare");
    let taken = prepare.unwrap_or_default();
    for flag in cx.own_flags {
        let Some((place, armed)) = too_late(flag, &phases, taken) else { continue };
        cx.report(Diagnostic::new(&LINT, place, message(flag, armed)).help(help(flag, armed, prepare)));
    }
    for flag in cx.policy_flags {
        let Some((place, armed)) = too_late(flag, &phases, taken) else { continue };
        cx.report(
            Diagnostic::new(&LINT, armed.head.id.place, message(flag, armed))
                .related(place, "the red flag compares with it here")
                .help(help(flag, armed, prepare)),
        );
    }
}

/// The baseline, and the first phase in which it is asked for and not taken.
fn too_late<'p>(flag: &RedFlag, phases: &Phases<'p>, taken: usize) -> Option<(Place, &'p Phase)> {
    let baseline = observed(&flag.condition).into_iter().find(|(seen, _)| matches!(seen, Observed::Baseline(_)))?;
    let (index, armed) = phases.first_armed(flag)?;
    (index <= taken).then_some((baseline.1, armed))
}

fn message(flag: &RedFlag, armed: &Phase) -> String {
    format!("red flag `{}` is armed in `{}`, before its baseline is taken", flag.id, armed.name())
}

fn help(flag: &RedFlag, armed: &Phase, prepare: Option<usize>) -> String {
    match prepare {
        Some(_) if flag.during.is_empty() => {
            "say in which phases after `prepare` it is armed: `during deploy, verify`".to_owned()
        }
        Some(_) => "the baseline is taken at the end of `prepare`: arm the red flag in phases after it".to_owned(),
        None => format!("add a phase `prepare` before `{}`: the baseline is taken at its end", armed.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::{check, in_plan};

    #[test]
    fn the_baseline_is_taken_before_it_is_needed() {
        in_plan(
            &LINT,
            r#"
            metric slow { run = "s" }
            phase prepare { step look { run = "l" } }
            phase deploy { step copy { run = "c", undo = "d" } }
            redflag one { during deploy  stop when metric.slow > 2 * baseline(metric.slow)  then hold }
            redflag two { during prepare, deploy  stop when metric.slow > 2 * baseline(metric.slow)  then hold }
                                                                            # ^^^^^^^^^^^^^^^^^^^^^ red flag `two` is armed in `prepare`, before its baseline is taken
                                                                            # = the baseline is taken at the end of `prepare`: arm the red flag in phases after it
            redflag three { stop when metric.slow > 2 * baseline(metric.slow)  then hold }
                                                      # ^^^^^^^^^^^^^^^^^^^^^ red flag `three` is armed in `prepare`, before its baseline is taken
                                                      # = say in which phases after `prepare` it is armed: `during deploy, verify`
            redflag four { stop when metric.slow > 2  then hold }"#,
        );
    }

    #[test]
    fn without_prepare_the_first_phase_takes_it() {
        check(
            &LINT,
            r#"
            policy release {
              redflag slow { on plan  during deploy  stop when metric.slow > 2 * baseline(metric.slow)  then hold }
                                                                               # --------------------- the red flag compares with it here
            }
            plan late { service = "x", environment = staging
              metric slow { run = "s" }
              phase deploy { step copy { run = "c", undo = "d" } }
                  # ^^^^^^ red flag `release/slow` is armed in `deploy`, before its baseline is taken
                  # = add a phase `prepare` before `deploy`: the baseline is taken at its end
            }
            plan good { service = "x", environment = staging
              metric slow { run = "s" }
              phase backup { step save { run = "s" } }
              phase deploy { step copy { run = "c", undo = "d" } }
            }"#,
        );
    }
}
