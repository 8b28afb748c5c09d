//! `plan/unreachable-step`.

use super::context::LintContext;
use super::work::{uses_procedures, works};
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::Count;
use crate::model::located::Located;
use crate::model::plan::Phase;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/unreachable-step", severity: Error, undecided: false,
        summary: "something of the plan can never run",
        doc: r#"A phase stands after `confirm`, `rollback` has steps although nothing changes production, or a `parallel` group lets no step run.

## What it does
`confirm` is the end of a run, so no phase after it is reached. The steps of `rollback` run only when production was touched, so in a plan that never touches it they never run. A `parallel` group with `limit = 0` starts none of its steps. What waits in vain for a step or a signature has lints of its own.

## Why is this bad?
Whoever wrote it counts on it. Steps of `rollback` that never run are mostly the sign of a step that changes production and does not say so.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase switch {
    step reload { run = "systemctl reload checkout" }
  }
  rollback {
    step restart { run = "systemctl restart checkout@previous" }
  }
}
```

## Use instead
`changes = true`, or the phase `deploy`, whose steps change production unless they say otherwise.
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase switch {
    step reload { run = "systemctl reload checkout", undo = "systemctl reload checkout@previous", changes = true }
  }
  rollback {
    step restart { run = "systemctl restart checkout@previous" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    after_confirm(cx);
    in_vain_rollback(cx);
    in_full_groups(cx);
}

fn after_confirm(cx: &mut LintContext<'_>) {
    let mut phases = cx.plan.phases.iter();
    let Some(confirm) = phases.by_ref().find(|phase| phase.name() == "confirm") else { return };
    for phase in phases.filter(|phase| !super::phase_order::WELL_KNOWN.contains(&phase.name())) {
        let message = format!("phase `{}` is never reached: `confirm` ends the run", phase.name());
        cx.report(
            Diagnostic::new(&LINT, phase.head.id.place, message)
                .related(confirm.head.id.place, "the run ends with this phase")
                .help("move it before `confirm`"),
        );
    }
}

fn in_vain_rollback(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let Some(step) = plan.rollback.as_ref().and_then(|rollback| rollback.steps.first()) else { return };
    if uses_procedures(plan) || works(plan).iter().any(|work| work.changes_production) {
        return;
    }
    cx.report(
        Diagnostic::new(
            &LINT,
            step.head.id.place,
            "the steps of `rollback` never run: no step of this plan changes production",
        )
        .help("say `changes = true` in the step that changes it, or move that step to phase `deploy`"),
    );
}

fn in_full_groups(cx: &mut LintContext<'_>) {
    for group in cx.plan.phases.iter().flat_map(Phase::parallels) {
        let Some(Located { value: Count(0), place }) = &group.limit else { continue };
        cx.report(
            Diagnostic::new(&LINT, *place, "this group runs none of its steps: it may run 0 at once")
                .help("say how many steps may run at once, or leave `limit` out"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn confirm_is_the_end() {
        in_plan(
            &LINT,
            r#"
            phase before { step a { run = "a" } }
            phase confirm { notify "Done" { run = "d" } }
                # ------- the run ends with this phase
            phase cleanup { step b { run = "b" } }
                # ^^^^^^^ phase `cleanup` is never reached: `confirm` ends the run
                # = move it before `confirm`"#,
        );
    }

    #[test]
    fn a_rollback_needs_something_to_take_back() {
        in_plan(
            &LINT,
            r#"
            phase look { step a { run = "a" } }
            rollback { step restart { run = "r" } }
                          # ^^^^^^^ the steps of `rollback` never run: no step of this plan changes production
                          # = say `changes = true` in the step that changes it, or move that step to phase `deploy`"#,
        );
        in_plan(
            &LINT,
            r#"
            phase deploy { use helm { chart = "x" } }
            rollback { step restart { run = "r" } }"#,
        );
        in_plan(&LINT, "phase look { step a { run = \"a\" } }\nrollback { within = 5m }");
    }

    #[test]
    fn a_group_runs_at_least_one_step() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              parallel {
                limit = 0
                      # ^ this group runs none of its steps: it may run 0 at once
                      # = say how many steps may run at once, or leave `limit` out
                step a { run = "a" }
              }
            }"#,
        );
    }
}
