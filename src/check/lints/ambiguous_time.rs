//! `plan/ambiguous-time`.

use super::context::LintContext;
use super::moments::moments;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::units::{Moment, UnitError, ZoneError};

descriptors! {
    TABLE;
    LINT = {
        id: "plan/ambiguous-time", severity: Warning, undecided: false,
        summary: "a time that the clocks in the zone show twice",
        doc: r#"A time of the plan falls into the hour that comes twice when clocks are put back.

## What it does
Looks every time without an offset up in the window's zone. A window that starts at such a time is judged as covering both readings.

## Why is this bad?
People will meet an hour apart. The offset says which hour is meant.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2027-10-31T02:30, duration = 1h, zone = "Europe/Berlin" }

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
  window { start = 2027-10-31T02:30+01:00[Europe/Berlin], duration = 1h, zone = "Europe/Berlin" }

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
        let Err(ZoneError::Fold(fold)) = zone.resolve(*civil) else { continue };
        let problem = UnitError::from(fold);
        cx.report(Diagnostic::new(&LINT, place, problem.message).maybe_help(problem.help));
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_time_that_comes_twice_says_which() {
        in_plan(
            &LINT,
            r#"
            window { start = 2027-10-31T02:30, duration = 1h, zone = "Europe/Berlin" }
                           # ^^^^^^^^^^^^^^^^ 02:30 comes twice on 2027-10-31 in Europe/Berlin, at +02:00 and at +01:00: clocks go back from 03:00 to 02:00
                           # = write the offset: `2027-10-31T02:30+02:00[Europe/Berlin]` for the first time, `2027-10-31T02:30+01:00[Europe/Berlin]` for the second
            staged { at = 2027-10-31T01:59, evidence = "e" }"#,
        );
    }
}
