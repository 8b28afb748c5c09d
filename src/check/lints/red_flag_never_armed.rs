//! `plan/red-flag-never-armed`.

use super::context::LintContext;
use super::observed::{Phases, observed};
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::read::list_names;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/red-flag-never-armed", severity: Error, undecided: false,
        summary: "a policy's red flag that this plan has no phase for",
        doc: r#"A policy's red flag watches a metric or probe during phases of which the plan has none.

## What it does
Looks for the phases that the red flags of policies are armed in; one of them is enough. A flag that only waits for the failure of a step or phase is left alone: what is not there cannot fail.

## Why is this bad?
The policy wants this plan to be watched, and the plan has no time in which it is.

## Example
```stopline
policy release {
  redflag error-rate {
    on plan
    during verify
    stop when metric.error-rate > 5%
    then rollback
  }
}

plan checkout {
  service     = "checkout"
  environment = staging

  metric error-rate { run = "./metrics.sh error_rate", unit = percent }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
}
```

## Use instead
```stopline
policy release {
  redflag error-rate {
    on plan
    during verify
    stop when metric.error-rate > 5%
    then rollback
  }
}

plan checkout {
  service     = "checkout"
  environment = staging

  metric error-rate { run = "./metrics.sh error_rate", unit = percent }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
  phase verify {
    watch stable { for = 15m }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let phases = Phases::of(plan);
    for flag in cx.policy_flags {
        let watches = observed(&flag.condition).into_iter().any(|(seen, _)| seen.watches());
        if !watches || phases.first_armed(flag).is_some() {
            continue;
        }
        let Some(during) = flag.during.first() else { continue };
        let wanted = list_names(flag.during.iter().map(|phase| phase.value.as_str()));
        let message = format!("red flag `{}` is armed in {wanted}, and the plan has no such phase", flag.id);
        cx.report(
            Diagnostic::new(&LINT, plan.head.id.place, message)
                .related(during.place, "the red flag says so here")
                .help(format!("add a phase {wanted}, in which it can be seen")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::check;

    #[test]
    fn a_plan_has_a_phase_to_be_watched_in() {
        check(
            &LINT,
            r#"
            policy release {
              redflag one { on plan  during verify, watching  stop when metric.errors > 5  then rollback }
                                          # ------ the red flag says so here
              redflag two { on plan  during deploy, watching  stop when metric.errors > 5  then rollback }
              redflag three { on plan  during backup  stop when phase.backup.failed  then hold }
              redflag four { on plan  stop when metric.errors > 5  then rollback }
            }
            plan p { service = "x", environment = staging
               # ^ red flag `release/one` is armed in `verify` or `watching`, and the plan has no such phase
               # = add a phase `verify` or `watching`, in which it can be seen
              metric errors { run = "e" }
              phase deploy { step copy { run = "c", undo = "d" } }
            }"#,
        );
    }
}
