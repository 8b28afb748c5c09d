//! `plan/overdue-item`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::{Checklist, Item};

descriptors! {
    TABLE;
    LINT = {
        id: "plan/overdue-item", severity: Error, undecided: false,
        summary: "something that should have been done by now is open",
        doc: r#"An item of a checklist is past its `due`, and nothing settles it.

## What it does
Counts `due` from the start of the window, and compares it with now or `--at`. An item is settled by `run` (the runbook checks it), `by` (somebody signs), `evidence`, `done` or `skip`. A day that is given as a date counts through its end.

## Why is this bad?
The time for it was chosen so that something could still be done about it.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }

  checklist "Communication" {
    due = T-3d
    item "Users are told" { done = false }
  }

  phase deploy {
    step restart { run = "./restart.sh", undo = "./restart.sh --previous" }
  }
}
```

## Use instead
Do it and say so, or say why it does not apply.
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }

  checklist "Communication" {
    due = T-3d
    item "Users are told" { done = true }
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
    for checklist in &cx.plan.checklists {
        for item in checklist.items.iter().filter(|item| !item.is_settled()) {
            judge(cx, checklist, item);
        }
    }
}

fn judge(cx: &mut LintContext<'_>, checklist: &Checklist, item: &Item) {
    if !is_overdue(cx, checklist, item) {
        return;
    }
    let Some(due) = item.due.as_ref().or(checklist.due.as_ref()) else { return };
    let Some(deadline) = cx.clock.deadline(&due.value) else { return };
    let message = format!("`{}` is open, and was due {}", item.head.label(), cx.clock.show(deadline));
    cx.report(
        Diagnostic::new(&LINT, item.head.id.place, message)
            .related(due.place, format!("it is judged as of {}", cx.clock.show(cx.now)))
            .help("do it and write `done = true`, or say why it does not apply: `skip = \"…\"`"),
    );
}

/// Whether its time has passed, whatever has become of it.
pub(super) fn is_overdue(cx: &LintContext<'_>, checklist: &Checklist, item: &Item) -> bool {
    let due = item.due.as_ref().or(checklist.due.as_ref());
    due.and_then(|due| cx.clock.deadline(&due.value)).is_some_and(|deadline| deadline < cx.now)
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn what_is_open_is_done_in_time() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }
            checklist "Late" {
              due = T-2d
                  # ---- it is judged as of 2026-11-23T09:00 Europe/Berlin
                  # ---- it is judged as of 2026-11-23T09:00 Europe/Berlin
              item "Nothing" {}
                 # ^^^^^^^^^ `Nothing` is open, and was due 2026-11-22T10:00 Europe/Berlin
                 # = do it and write `done = true`, or say why it does not apply: `skip = "…"`
              item "Not done" { done = false }
                 # ^^^^^^^^^^ `Not done` is open, and was due 2026-11-22T10:00 Europe/Berlin
                 # = do it and write `done = true`, or say why it does not apply: `skip = "…"`
              item "In time" { due = T-1d }
              item "Checked" { run = "c" }
              item "Signed" { by = @alice }
              item "Shown" { evidence = "e" }
              item "Done" { done = 2026-11-20 }
              item "Skipped" { skip = "not here" }
            }
            checklist "Dates" {
              item yesterday "Yesterday" { due = 2026-11-22 }
                 # ^^^^^^^^^ `Yesterday` is open, and was due 2026-11-23T00:00 Europe/Berlin
                 # = do it and write `done = true`, or say why it does not apply: `skip = "…"`
                                               # ---------- it is judged as of 2026-11-23T09:00 Europe/Berlin
              item today "Today" { due = 2026-11-23 }
              item never "Whenever" {}
            }"#,
        );
    }

    #[test]
    fn the_deadline_itself_is_in_time() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T09:00+01:00, duration = 2h }
            checklist "Late" { due = T-1d, item "Nothing" {} }"#,
        );
    }
}
