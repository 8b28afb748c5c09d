//! `plan/done-in-future`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::Done;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/done-in-future", severity: Error, undecided: false,
        summary: "an item was done at a time that is still to come",
        doc: r#"An item says that it was done on a day or at a time after now, or after `--at`.

## What it does
Compares `done` with the instant the plan is judged at.

## Why is this bad?
What is ticked in advance is not done, and counts as done.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }

  checklist "Communication" {
    item "Users are told" { done = 2026-11-24 }
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

  checklist "Communication" {
    item "Users are told" { done = 2026-11-20 }
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
    for item in cx.plan.checklists.iter().flat_map(|checklist| &checklist.items) {
        let Some(done) = &item.done else { continue };
        let Done::At(moment) = &done.value else { continue };
        if cx.clock.first(moment).is_none_or(|first| first <= cx.now) {
            continue;
        }
        let message = format!("`{}` cannot have been done yet, as of {}", item.head.label(), cx.clock.show(cx.now));
        cx.report(
            Diagnostic::new(&LINT, done.place, message).help("say when it was done, or leave `done` out until it is"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn nothing_is_done_before_its_time() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }
            checklist "Code" {
              item "Today" { done = 2026-11-23 }
              item "Tomorrow" { done = 2026-11-24 }
                                     # ^^^^^^^^^^ `Tomorrow` cannot have been done yet, as of 2026-11-23T09:00 Europe/Berlin
                                     # = say when it was done, or leave `done` out until it is
              item "Soon" { done = 2026-11-23T09:01 }
                                 # ^^^^^^^^^^^^^^^^ `Soon` cannot have been done yet, as of 2026-11-23T09:00 Europe/Berlin
                                 # = say when it was done, or leave `done` out until it is
              item "Now" { done = 2026-11-23T09:00 }
            }"#,
        );
    }
}
