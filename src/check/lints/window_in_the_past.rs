//! `plan/window-in-the-past`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/window-in-the-past", severity: Error, undecided: false,
        summary: "the window is over",
        doc: r#"The window has closed, as of now or of `--at`.

## What it does
Compares the end of the window with the instant the plan is judged at. A window that is open now is fine, however long it has been.

## Why is this bad?
Nothing may be changed any more. A plan that is used again without a new window would also be judged by the wrong day, freeze and deadlines.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2025-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }

  phase deploy {
    step restart { run = "./restart.sh", undo = "./restart.sh --previous" }
  }
}
```

## Use instead
A window that is still to come. To judge a plan as of an earlier instant, say `--at`.
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
    let Some(written) = &cx.plan.window else { return };
    let Some(Ok(window)) = written.resolve() else { return };
    let Some(start) = &written.start else { return };
    if window.end() > cx.now {
        return;
    }
    let message = format!("the window {window} is over as of {}", cx.clock.show(cx.now));
    cx.report(Diagnostic::new(&LINT, start.place, message).help("give it a start that is still to come"));
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::{check_at, in_plan};

    #[test]
    fn a_window_that_has_closed_is_told() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-22T23:00, duration = 2h, zone = "Europe/Berlin" }
                           # ^^^^^^^^^^^^^^^^ the window Sun 2026-11-22 23:00 – Mon 2026-11-23 01:00 Europe/Berlin is over as of 2026-11-23T09:00 Europe/Berlin
                           # = give it a start that is still to come"#,
        );
    }

    #[test]
    fn the_end_is_no_longer_in_the_window() {
        check_at(
            &LINT,
            "2026-11-24T11:00Z",
            r#"
            plan over { service = "x", environment = staging
              window { start = 2026-11-24T10:00, duration = 1h, zone = "UTC" }
                             # ^^^^^^^^^^^^^^^^ the window Tue 2026-11-24 10:00–11:00 UTC is over as of 2026-11-24T11:00 UTC
                             # = give it a start that is still to come
            }"#,
        );
        check_at(
            &LINT,
            "2026-11-24T10:59:59Z",
            r#"
            plan open { service = "x", environment = staging
              window { start = 2026-11-24T10:00, duration = 1h, zone = "UTC" }
            }"#,
        );
    }
}
