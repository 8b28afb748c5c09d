//! `plan/unsettled-item`.

use super::context::LintContext;
use super::overdue_item::is_overdue;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/unsettled-item", severity: Warning, undecided: false,
        summary: "an item that nothing can settle",
        doc: r#"An item of a checklist has neither `run`, `by`, `evidence`, `done` nor `skip`.

## What it does
Looks for items that do not say how anybody will know that they are done. `done = false` is a box that a person ticks, and is fine until it is due. Once it is due, an open item is `plan/overdue-item`.

## Why is this bad?
A checklist is worth what its items can be held to.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  team { lead = @alice }

  checklist "Code" {
    item "All tests pass" {}
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
  team { lead = @alice }

  checklist "Code" {
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
    for checklist in &cx.plan.checklists {
        for item in &checklist.items {
            if item.is_settled() || item.done.is_some() || is_overdue(cx, checklist, item) {
                continue;
            }
            let message = format!("nothing says how `{}` is settled", item.head.label());
            cx.report(Diagnostic::new(&LINT, item.head.id.place, message).help(
                "add `run = \"…\"` to check it, `by = @somebody` to have it signed, `evidence = \"…\"`, `done = true`, or `skip = \"why\"`",
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn an_item_says_how_it_is_settled() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }
            checklist "Code" {
              item "Nothing" { tags = [code] }
                 # ^^^^^^^^^ nothing says how `Nothing` is settled
                 # = add `run = "…"` to check it, `by = @somebody` to have it signed, `evidence = "…"`, `done = true`, or `skip = "why"`
              item "Overdue" { due = T-2d }
              item "A box" { done = false }
              item "Checked" { run = "c" }
            }"#,
        );
    }
}
