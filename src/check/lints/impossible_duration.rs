//! `plan/impossible-duration`.

use super::context::LintContext;
use super::work::actions;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::located::Located;
use crate::model::plan::{Action, Plan, Step};
use crate::model::units::Duration;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/impossible-duration", severity: Error, undecided: false,
        summary: "a duration in which nothing can happen",
        doc: r#"A limit, an interval or a length of time is nothing, less than nothing, or leads past the end of the calendar.

## What it does
Looks at the window's `duration`, at every `timeout`, `every`, `for`, `expires`, `analyze` and `within`. A probe may have `for = 0s`, since once may be enough, and `retry_delay` may be `0s`.

## Why is this bad?
A step with no time fails, a watch of no length watches nothing, a hold that expires at once can never be signed, and a look every 0 seconds never ends.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = "git fetch", timeout = 0s }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch { run = "git fetch", timeout = 1m }
  }
}
```
"#,
    }
}

/// What a duration is called and whether it may be nothing.
struct Length<'a> {
    name: &'static str,
    written: &'a Located<Duration>,
    may_be_zero: bool,
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    for Length { name, written, may_be_zero } in lengths(plan) {
        let least = if may_be_zero { Duration::ZERO } else { Duration::from_milliseconds(1) };
        if written.value >= least {
            continue;
        }
        let message = format!("`{name}` is `{}`: that is no time at all", written.value);
        cx.report(Diagnostic::new(&LINT, written.place, message).help("write how long, such as `30s` or `15m`"));
    }
    past_the_calendar(cx);
}

fn past_the_calendar(cx: &mut LintContext<'_>) {
    let Some(duration) = cx.plan.window.as_ref().and_then(|window| window.duration.as_ref()) else { return };
    let Some(start) = cx.clock.start else { return };
    if start.checked_add(duration.value).is_some() {
        return;
    }
    let message = format!("a window of `{}` ends after the last year of the calendar", duration.value);
    cx.report(Diagnostic::new(&LINT, duration.place, message).help("write how long the window is open, such as `2h`"));
}

fn lengths(plan: &Plan) -> Vec<Length<'_>> {
    let mut found = Lengths(Vec::new());
    if let Some(window) = &plan.window {
        found.some("duration", window.duration.as_ref());
    }
    for metric in &plan.metrics {
        found.some("every", metric.every.as_ref());
        found.some("timeout", metric.timeout.as_ref());
    }
    for (_, action) in actions(plan) {
        found.of_action(action);
    }
    if let Some(rollback) = &plan.rollback {
        found.some("within", rollback.within.as_ref());
        rollback.steps.iter().for_each(|step| found.of_step(step));
    }
    found.0
}

struct Lengths<'a>(Vec<Length<'a>>);

impl<'a> Lengths<'a> {
    fn some(&mut self, name: &'static str, written: Option<&'a Located<Duration>>) {
        self.0.extend(written.map(|written| Length { name, written, may_be_zero: false }));
    }

    fn any(&mut self, name: &'static str, written: Option<&'a Located<Duration>>) {
        self.0.extend(written.map(|written| Length { name, written, may_be_zero: true }));
    }

    fn of_step(&mut self, step: &'a Step) {
        self.some("timeout", step.timeout.as_ref());
        self.any("retry_delay", step.retry_delay.as_ref());
    }

    fn of_action(&mut self, action: &'a Action) {
        match action {
            Action::Step(step) => self.of_step(step),
            Action::Parallel(group) => group.steps.iter().for_each(|step| self.of_step(step)),
            Action::Hold(hold) => self.some("expires", hold.expires.as_ref()),
            Action::Probe(probe) => {
                self.some("every", probe.every.as_ref());
                self.any("for", probe.lasting.as_ref());
                self.some("timeout", probe.timeout.as_ref());
            }
            Action::Watch(watch) => {
                self.some("for", watch.lasting.as_ref());
                self.some("every", watch.every.as_ref());
            }
            Action::Notify(notify) => self.some("timeout", notify.timeout.as_ref()),
            Action::Strategy(strategy) => {
                self.some("analyze", strategy.analyze.as_ref());
                self.some("every", strategy.every.as_ref());
                self.some("timeout", strategy.timeout.as_ref());
            }
            Action::Followup(_) | Action::Use(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn whatever_takes_time_takes_some() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T10:00Z, duration = 0s }
                                                         # ^^ `duration` is `0s`: that is no time at all
                                                         # = write how long, such as `30s` or `15m`
            metric errors { run = "e", every = 0s, timeout = 0ms }
                                             # ^^ `every` is `0s`: that is no time at all
                                             # = write how long, such as `30s` or `15m`
                                                           # ^^^ `timeout` is `0s`: that is no time at all
                                                           # = write how long, such as `30s` or `15m`
            phase deploy {
              hold go { by = [lead], expires = 0m }
                                             # ^^ `expires` is `0s`: that is no time at all
                                             # = write how long, such as `30s` or `15m`
              step a { run = "a", timeout = 0s, retries = 1, retry_delay = 0s }
                                          # ^^ `timeout` is `0s`: that is no time at all
                                          # = write how long, such as `30s` or `15m`
              parallel { step b { run = "b", timeout = 0s } }
                                                     # ^^ `timeout` is `0s`: that is no time at all
                                                     # = write how long, such as `30s` or `15m`
              probe c { run = "c", every = 0s, for = 0s, timeout = 1s }
                                         # ^^ `every` is `0s`: that is no time at all
                                         # = write how long, such as `30s` or `15m`
              watch d { for = 0s, every = 0s }
                            # ^^ `for` is `0s`: that is no time at all
                            # = write how long, such as `30s` or `15m`
                                        # ^^ `every` is `0s`: that is no time at all
                                        # = write how long, such as `30s` or `15m`
              notify e { run = "e", timeout = 0s }
                                            # ^^ `timeout` is `0s`: that is no time at all
                                            # = write how long, such as `30s` or `15m`
              strategy canary { shift = "s", undo = "u", analyze = 0s, every = 0s, timeout = 0s }
                                                                 # ^^ `analyze` is `0s`: that is no time at all
                                                                 # = write how long, such as `30s` or `15m`
                                                                             # ^^ `every` is `0s`: that is no time at all
                                                                             # = write how long, such as `30s` or `15m`
                                                                                           # ^^ `timeout` is `0s`: that is no time at all
                                                                                           # = write how long, such as `30s` or `15m`
            }
            rollback { within = 0s }
                              # ^^ `within` is `0s`: that is no time at all
                              # = write how long, such as `30s` or `15m`"#,
        );
    }

    #[test]
    fn a_window_ends_while_there_is_a_calendar() {
        in_plan(
            &LINT,
            r"
            window { start = 2026-11-24T10:00Z, duration = 500000w }
                                                         # ^^^^^^^ a window of `500000w` ends after the last year of the calendar
                                                         # = write how long the window is open, such as `2h`",
        );
    }
}
