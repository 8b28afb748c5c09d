//! `plan/strategy-attribute`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::enums::StrategyKind;
use crate::model::plan::{Phase, Strategy};
use crate::source::Place;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/strategy-attribute", severity: Error, undecided: false,
        summary: "a strategy is given what belongs to another",
        doc: r#"An attribute does not belong to the kind of strategy it is given to.

## What it does
`steps`, `analyze`, `every`, `looks`, `failures`, `inconclusive` and `missing` belong to `canary`; `hosts`, `batch` and `max_fail` to `rolling`; `flag` to `feature-flag`; and `run` to all but `canary`, which has `shift`.

## Why is this bad?
It would have no effect, and whoever wrote it believes it has one.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    strategy blue-green { run = "./switch.sh green", undo = "./switch.sh blue", analyze = 2m }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    strategy blue-green { run = "./switch.sh green", undo = "./switch.sh blue" }
    watch green { for = 2m }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for strategy in cx.plan.phases.iter().flat_map(Phase::strategies) {
        let Some(kind) = strategy.kind() else { continue };
        for (name, place, owner) in owned(strategy) {
            if kind == owner {
                continue;
            }
            let message = format!("a {} strategy has no `{name}`", kind.name());
            let help = format!("leave it out, or write `strategy {} {{ … }}`", owner.name());
            cx.report(Diagnostic::new(&LINT, place, message).help(help));
        }
        if let (StrategyKind::Canary, Some(run)) = (kind, &strategy.run) {
            cx.report(
                Diagnostic::new(&LINT, run.place, "a canary strategy has no `run`")
                    .help("write `shift`, which runs once a share, or do it in a step before the strategy"),
            );
        }
    }
}

/// What is given and belongs to one kind alone.
fn owned(strategy: &Strategy) -> impl Iterator<Item = (&'static str, Place, StrategyKind)> {
    use StrategyKind::{Canary, FeatureFlag, Rolling};
    let given = [
        ("steps", strategy.steps.as_ref().map(|given| given.place), Canary),
        ("analyze", strategy.analyze.as_ref().map(|given| given.place), Canary),
        ("every", strategy.every.as_ref().map(|given| given.place), Canary),
        ("looks", strategy.looks.as_ref().map(|given| given.place), Canary),
        ("failures", strategy.failures.as_ref().map(|given| given.place), Canary),
        ("inconclusive", strategy.inconclusive.as_ref().map(|given| given.place), Canary),
        ("missing", strategy.missing.as_ref().map(|given| given.place), Canary),
        ("hosts", strategy.hosts.as_ref().map(|given| given.place), Rolling),
        ("batch", strategy.batch.as_ref().map(|given| given.place), Rolling),
        ("max_fail", strategy.max_fail.as_ref().map(|given| given.place), Rolling),
        ("flag", strategy.flag.as_ref().map(|given| given.place), FeatureFlag),
    ];
    given.into_iter().filter_map(|(name, place, owner)| Some((name, place?, owner)))
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn each_strategy_has_its_own() {
        in_plan(
            &LINT,
            r#"
            phase deploy {
              strategy canary { steps = [100%], shift = "s", run = "r", hosts = ["a"], undo = "u" }
                                                                              # ^^^^^ a canary strategy has no `hosts`
                                                                              # = leave it out, or write `strategy rolling { … }`
                                                                 # ^^^ a canary strategy has no `run`
                                                                 # = write `shift`, which runs once a share, or do it in a step before the strategy
              strategy rolling { run = "r", hosts = ["a"], batch = 1, max_fail = 0, undo = "u" }
              strategy recreate { run = "r", steps = [100%], analyze = 1m, every = 1s, flag = "f", undo = "u" }
                                                   # ^^^^^^ a recreate strategy has no `steps`
                                                   # = leave it out, or write `strategy canary { … }`
                                                                     # ^^ a recreate strategy has no `analyze`
                                                                     # = leave it out, or write `strategy canary { … }`
                                                                                 # ^^ a recreate strategy has no `every`
                                                                                 # = leave it out, or write `strategy canary { … }`
                                                                                            # ^^^ a recreate strategy has no `flag`
                                                                                            # = leave it out, or write `strategy feature-flag { … }`
              strategy feature-flag { run = "r", flag = "f", undo = "u" }
            }"#,
        );
    }
}
