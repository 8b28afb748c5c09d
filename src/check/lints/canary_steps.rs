//! `plan/canary-steps`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::enums::StrategyKind;
use crate::model::plan::{Phase, Strategy};
use crate::model::units::Percent;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/canary-steps", severity: Error, undecided: false,
        summary: "a canary whose shares do not lead from few to all",
        doc: r#"A `strategy canary` has no `steps`, or they do not grow, start at nothing, or do not end at `100%`.

## What it does
Looks at the shares of traffic, one after the other.

## Why is this bad?
A canary that never gets everything leaves two versions running when the release is confirmed. One that goes back or stands still is mostly a slip of the pen.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    strategy canary {
      steps = [10%, 50%]
      shift = "./traffic.sh"
      undo  = "./traffic.sh 0"
    }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    strategy canary {
      steps = [10%, 50%, 100%]
      shift = "./traffic.sh"
      undo  = "./traffic.sh 0"
    }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let strategies = cx.plan.phases.iter().flat_map(Phase::strategies);
    for canary in strategies.filter(|strategy| strategy.kind() == Some(StrategyKind::Canary)) {
        judge(cx, canary);
    }
}

fn judge(cx: &mut LintContext<'_>, canary: &Strategy) {
    let steps = canary.steps.as_ref().filter(|steps| !steps.value.0.is_empty());
    let Some(steps) = steps else {
        let place = canary.steps.as_ref().map_or(canary.head.id.place, |steps| steps.place);
        cx.report(
            Diagnostic::new(&LINT, place, "this canary has no steps")
                .help("say which shares of the traffic it gets: `steps = [10%, 25%, 50%, 100%]`"),
        );
        return;
    };
    let mut before: Option<Percent> = None;
    for step in steps.value.iter() {
        let share = step.value;
        match before {
            Some(before) if share <= before => cx.report(
                Diagnostic::new(&LINT, step.place, format!("`{share}` is not more than the `{before}` before it"))
                    .help("let every step get more traffic than the one before"),
            ),
            None if share.value().is_zero() => cx.report(
                Diagnostic::new(&LINT, step.place, "a step of `0%` shows nothing")
                    .help("start with a small share, such as `1%`"),
            ),
            Some(_) | None => {}
        }
        before = Some(share);
    }
    let Some(last) = steps.value.0.last().filter(|last| last.value != Percent::ALL) else { return };
    cx.report(
        Diagnostic::new(&LINT, last.place, format!("this canary ends at `{}`: the rest is never shifted", last.value))
            .help("end with `100%`"),
    );
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn shares_grow_until_they_are_all() {
        in_plan(
            &LINT,
            r#"
            phase deploy {
              strategy canary { steps = [0%, 10%, 10%, 5%, 50.5%], shift = "s", undo = "u" }
                                       # ^^ a step of `0%` shows nothing
                                       # = start with a small share, such as `1%`
                                                # ^^^ `10%` is not more than the `10%` before it
                                                # = let every step get more traffic than the one before
                                                     # ^^ `5%` is not more than the `10%` before it
                                                     # = let every step get more traffic than the one before
                                                         # ^^^^^ this canary ends at `50.5%`: the rest is never shifted
                                                         # = end with `100%`
              strategy canary { steps = [1%, 100.0%], shift = "s", undo = "u" }
              strategy canary { steps = [], shift = "s", undo = "u" }
                                      # ^^ this canary has no steps
                                      # = say which shares of the traffic it gets: `steps = [10%, 25%, 50%, 100%]`
              strategy canary { shift = "s", undo = "u" }
                     # ^^^^^^ this canary has no steps
                     # = say which shares of the traffic it gets: `steps = [10%, 25%, 50%, 100%]`
              strategy rolling { run = "s", undo = "u" }
            }"#,
        );
    }
}
