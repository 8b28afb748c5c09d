//! `plan/strategy-without-command`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::enums::StrategyKind;
use crate::model::plan::Phase;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/strategy-without-command", severity: Error, undecided: false,
        summary: "a strategy that has nothing to run",
        doc: r#"A `strategy canary` has no `shift`, or another strategy has neither `run` nor `shift`.

## What it does
Looks for the command that exchanges the old version for the new one.

## Why is this bad?
Without it the release is watched, verified and confirmed, and never happens.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    strategy canary { steps = [10%, 100%], undo = "./traffic.sh 0" }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    strategy canary { steps = [10%, 100%], shift = "./traffic.sh", undo = "./traffic.sh 0" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for strategy in cx.plan.phases.iter().flat_map(Phase::strategies) {
        let help = match strategy.kind() {
            Some(StrategyKind::Canary) if strategy.shift.is_none() => {
                "add `shift = \"…\"`: the command that gives the new version its share, found in `STOPLINE_PERCENT`"
            }
            Some(
                StrategyKind::Rolling | StrategyKind::BlueGreen | StrategyKind::FeatureFlag | StrategyKind::Recreate,
            ) if strategy.run.is_none() && strategy.shift.is_none() => {
                "add `run = \"…\"`: the command that exchanges the old version for the new one"
            }
            Some(_) | None => continue,
        };
        let message = format!("strategy `{}` has nothing to run", strategy.head.id.value);
        cx.report(Diagnostic::new(&LINT, strategy.head.id.place, message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_strategy_does_something() {
        in_plan(
            &LINT,
            r#"
            phase deploy {
              strategy canary { run = "r", undo = "u" }
                     # ^^^^^^ strategy `canary` has nothing to run
                     # = add `shift = "…"`: the command that gives the new version its share, found in `STOPLINE_PERCENT`
              strategy blue-green { undo = "u" }
                     # ^^^^^^^^^^ strategy `blue-green` has nothing to run
                     # = add `run = "…"`: the command that exchanges the old version for the new one
              strategy rolling { run = "r", undo = "u" }
              strategy recreate { shift = "s", undo = "u" }
            }"#,
        );
    }
}
