//! `plan/due-without-window`.

use super::context::LintContext;
use super::moments::dues;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::Due;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/due-without-window", severity: Error, undecided: false,
        summary: "something is due relative to a window that is not there",
        doc: r#"A checklist, item or follow-up is due at an offset such as `T-1d`, and the plan has no window to count from.

## What it does
Looks for offsets in plans without a `window`.

## Why is this bad?
What is never due is never late: a forgotten item would not be noticed.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  checklist "Code" {
    due = T-1d
    item "All tests pass" { run = "npm run test:all" }
  }

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

  checklist "Code" {
    due = T-1d
    item "All tests pass" { run = "npm run test:all" }
  }

  phase deploy {
    step restart { run = "./restart.sh", undo = "./restart.sh --previous" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    if plan.window.is_some() {
        return;
    }
    for due in dues(plan) {
        let Due::Offset(offset) = &due.value else { continue };
        cx.report(
            Diagnostic::new(&LINT, due.place, format!("`{offset}` is counted from a window, and this plan has none"))
                .help("add `window { start = …, duration = …, zone = \"…\" }`, or write a date and time"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn an_offset_is_counted_from_something() {
        in_plan(
            &LINT,
            r#"
            checklist "Code" {
              due = T-1d
                  # ^^^^ `T-1d` is counted from a window, and this plan has none
                  # = add `window { start = …, duration = …, zone = "…" }`, or write a date and time
              item "Tested" { run = "t", due = 2026-11-20T10:00Z }
            }
            phase confirm { followup review { due = T+1d } }
                                                  # ^^^^ `T+1d` is counted from a window, and this plan has none
                                                  # = add `window { start = …, duration = …, zone = "…" }`, or write a date and time"#,
        );
    }
}
