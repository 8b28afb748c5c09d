//! `plan/start-without-time`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::units::Moment;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/start-without-time", severity: Error, undecided: false,
        summary: "a window that starts on a day, at no time",
        doc: r#"The `start` of the window is a date alone.

## What it does
Looks at what the window starts with.

## Why is this bad?
A day has no hour to count from: nothing can be due, nothing can be too long, and no rule about time can be judged.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24, duration = 2h, zone = "Europe/Berlin" }

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
  window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }

  phase deploy {
    step restart { run = "./restart.sh", undo = "./restart.sh --previous" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let Some(start) = cx.plan.window.as_ref().and_then(|window| window.start.as_ref()) else { return };
    let Moment::Date(date) = start.value else { return };
    cx.report(
        Diagnostic::new(&LINT, start.place, format!("the window starts on `{date}`, but at no time"))
            .help(format!("write the time too, for example `{date}T10:00`")),
    );
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_day_is_no_start() {
        in_plan(
            &LINT,
            r"
            window { start = 2026-11-24, duration = 2h }
                           # ^^^^^^^^^^ the window starts on `2026-11-24`, but at no time
                           # = write the time too, for example `2026-11-24T10:00`",
        );
        in_plan(&LINT, r"window { start = 2026-11-24T00:00Z, duration = 2h }");
    }
}
