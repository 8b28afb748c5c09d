//! `plan/nonexistent-time`.

use super::context::LintContext;
use super::moments::moments;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::units::{Moment, UnitError, ZoneError};

descriptors! {
    TABLE;
    LINT = {
        id: "plan/nonexistent-time", severity: Error, undecided: false,
        summary: "a time that no clock in the zone will show",
        doc: r#"A time of the plan falls into the hour that is left out when clocks are put forward.

## What it does
Looks every time without an offset up in the window's zone: the window's start, `staged`, what is due, what was done.

## Why is this bad?
Tools disagree on what such a time means: an hour earlier, an hour later, or nothing. Here it means nothing, before anybody waits for it.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2027-03-28T02:30, duration = 1h, zone = "Europe/Berlin" }

  phase deploy {
    step restart { run = "./restart.sh", undo = "./restart.sh --previous" }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2027-03-28T03:30, duration = 1h, zone = "Europe/Berlin" }

  phase deploy {
    step restart { run = "./restart.sh", undo = "./restart.sh --previous" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let Some(zone) = cx.clock.zone.clone() else { return };
    for (moment, place) in moments(cx.plan) {
        let Moment::Civil(civil) = moment else { continue };
        let Err(ZoneError::Gap(gap)) = zone.resolve(*civil) else { continue };
        let problem = UnitError::from(gap);
        cx.report(Diagnostic::new(&LINT, place, problem.message).maybe_help(problem.help));
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn every_time_exists() {
        in_plan(
            &LINT,
            r#"
            window { start = 2027-03-28T02:00, duration = 1h, zone = "Europe/Berlin" }
                           # ^^^^^^^^^^^^^^^^ 02:00 does not exist on 2027-03-28 in Europe/Berlin: clocks go from 02:00 to 03:00
                           # = the first time after the change is `2027-03-28T03:00`
            staged { at = 2027-03-28T02:59, evidence = "e" }
                        # ^^^^^^^^^^^^^^^^ 02:59 does not exist on 2027-03-28 in Europe/Berlin: clocks go from 02:00 to 03:00
                        # = the first time after the change is `2027-03-28T03:00`
            checklist "Code" {
              due = 2027-03-28T02:30
                  # ^^^^^^^^^^^^^^^^ 02:30 does not exist on 2027-03-28 in Europe/Berlin: clocks go from 02:00 to 03:00
                  # = the first time after the change is `2027-03-28T03:00`
              item "Reviewed" { done = 2027-03-28T02:15 }
                                     # ^^^^^^^^^^^^^^^^ 02:15 does not exist on 2027-03-28 in Europe/Berlin: clocks go from 02:00 to 03:00
                                     # = the first time after the change is `2027-03-28T03:00`
              item "Tested" { due = 2027-03-28T03:00, run = "t" }
            }
            phase confirm { followup review { due = 2027-03-28T02:45 } }
                                                  # ^^^^^^^^^^^^^^^^ 02:45 does not exist on 2027-03-28 in Europe/Berlin: clocks go from 02:00 to 03:00
                                                  # = the first time after the change is `2027-03-28T03:00`"#,
        );
    }

    #[test]
    fn an_offset_makes_it_an_instant() {
        in_plan(&LINT, r#"window { start = 2027-03-28T02:30+01:00, duration = 1h, zone = "Europe/Berlin" }"#);
    }
}
