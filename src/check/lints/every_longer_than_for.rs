//! `plan/every-longer-than-for`.

use super::context::LintContext;
use super::observed::{Observed, observed};
use super::work::actions;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::located::Located;
use crate::model::plan::Action;
use crate::model::units::Duration;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/every-longer-than-for", severity: Warning, undecided: false,
        summary: "something is looked at more seldom than it is waited for",
        doc: r#"A probe or watch has an `every` longer than its `for`; a canary has an `every` longer than its `analyze`; or a red flag must hold `for` a time in which its metric is read less than twice.

## What it does
Compares intervals with the time they divide.

## Why is this bad?
Between the first look and the end nobody looks, so "stable for fifteen minutes" rests on a single moment.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase verify {
    watch stable { for = 15m, every = 30m }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase verify {
    watch stable { for = 15m, every = 30s }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for (_, action) in actions(cx.plan) {
        let (every, lasting, name) = match action {
            Action::Probe(probe) => (&probe.every, &probe.lasting, "for"),
            Action::Watch(watch) => (&watch.every, &watch.lasting, "for"),
            Action::Strategy(strategy) => (&strategy.every, &strategy.analyze, "analyze"),
            Action::Step(_)
            | Action::Hold(_)
            | Action::Notify(_)
            | Action::Followup(_)
            | Action::Parallel(_)
            | Action::Use(_) => continue,
        };
        let (Some(every), Some(lasting)) = (every, lasting) else { continue };
        if lasting.value > Duration::ZERO && every.value > lasting.value {
            report(cx, every, lasting, name);
        }
    }
    judge_flags(cx);
}

fn report(cx: &mut LintContext<'_>, every: &Located<Duration>, lasting: &Located<Duration>, name: &str) {
    let message = format!("a look every `{}` comes only once in `{}`", every.value, lasting.value);
    cx.report(
        Diagnostic::new(&LINT, every.place, message)
            .related(lasting.place, format!("`{name}` is shorter"))
            .help(format!("look more often than `{}`, or for longer", lasting.value)),
    );
}

fn judge_flags(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let metrics: std::collections::HashMap<&str, &Located<Duration>> = plan
        .metrics
        .iter()
        .filter_map(|metric| Some((metric.head.id.value.as_str(), metric.every.as_ref()?)))
        .collect();
    for flag in cx.own_flags.iter().filter(|flag| flag.lasting > Duration::ZERO) {
        for (seen, place) in observed(&flag.condition) {
            let Observed::Metric(id) = seen else { continue };
            let Some(every) = metrics.get(id).filter(|every| every.value > flag.lasting) else { continue };
            let message = format!(
                "metric `{id}` is read every `{}`, so red flag `{}` sees it once in its `{}`",
                every.value, flag.id, flag.lasting
            );
            cx.report(
                Diagnostic::new(&LINT, every.place, message)
                    .related(place, format!("this must hold for `{}`", flag.lasting))
                    .help(format!("read it more often than every `{}`", flag.lasting)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn what_is_waited_for_is_looked_at_meanwhile() {
        in_plan(
            &LINT,
            r#"
            phase verify {
              probe health { run = "h", for = 1m, every = 2m }
                                                        # ^^ a look every `2m` comes only once in `1m`
                                                        # = look more often than `1m`, or for longer
                                            # -- `for` is shorter
              probe once { run = "h", for = 0s, every = 2m }
              watch calm { for = 15m, every = 16m }
                                            # ^^^ a look every `16m` comes only once in `15m`
                                            # = look more often than `15m`, or for longer
                               # --- `for` is shorter
              watch good { for = 15m, every = 15m }
              strategy canary { steps = [100%], shift = "s", undo = "u", analyze = 10s, every = 11s }
                                                                                              # ^^^ a look every `11s` comes only once in `10s`
                                                                                              # = look more often than `10s`, or for longer
                                                                                 # --- `analyze` is shorter
            }"#,
        );
    }

    #[test]
    fn a_red_flag_that_must_last_is_seen_more_than_once() {
        in_plan(
            &LINT,
            r#"
            metric slow { run = "s", every = 5m }
                                           # ^^ metric `slow` is read every `5m`, so red flag `one` sees it once in its `1m`
                                           # = read it more often than every `1m`
            metric quick { run = "q", every = 5s }
            redflag one { stop when metric.slow > 5 for 1m  then hold }
                                  # ----------- this must hold for `1m`
            redflag two { stop when metric.slow > 5  then hold }
            redflag three { stop when metric.quick > 5 for 1m  then hold }"#,
        );
    }
}
