//! `plan/unknown-phase`.

use super::context::LintContext;
use super::observed::Phases;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Phase;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/unknown-phase", severity: Error, undecided: false,
        summary: "a red flag is armed in a phase that does not exist",
        doc: r#"A red flag of the plan names a phase in `during` that the plan does not have.

## What it does
Looks the phases of `during` up.

## Why is this bad?
In the phase that was meant, the flag is down.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  metric error-rate { run = "./metrics.sh error_rate", unit = percent }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
  redflag error-rate {
    during deploy, verfy
    stop when metric.error-rate > 5%
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
    let known: Vec<&str> = cx.plan.phases.iter().map(Phase::name).collect();
    let phases = Phases::of(cx.plan);
    for flag in cx.own_flags {
        for phase in flag.during.iter().filter(|phase| !phases.has(&phase.value)) {
            let help = cx.nearest.cure(&phase.value, &known, "the plan has", "the plan has no phases");
            let message = format!("red flag `{}` is armed in `{}`, and there is no such phase", flag.id, phase.value);
            cx.report(Diagnostic::new(&LINT, phase.place, message).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_flag_is_armed_in_phases_that_are_there() {
        in_plan(
            &LINT,
            r#"
            metric errors { run = "e" }
            phase deploy { step copy { run = "c", undo = "d" } }
            phase verify { watch calm { for = 15m } }
            redflag one { during deploy, verfy, afterwards  stop when metric.errors > 5  then hold }
                                       # ^^^^^ red flag `one` is armed in `verfy`, and there is no such phase
                                       # = did you mean `verify`?
                                              # ^^^^^^^^^^ red flag `one` is armed in `afterwards`, and there is no such phase
                                              # = the plan has `deploy` or `verify`
            redflag two { stop when metric.errors > 5  then hold }"#,
        );
    }
}
