//! `plan/conflicting-item`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::Done;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/conflicting-item", severity: Error, undecided: false,
        summary: "an item that is done and left out at once",
        doc: r#"An item has `skip` and says that it is done, or how it is shown to be.

## What it does
Looks for items with `skip` beside `done` or `evidence`.

## Why is this bad?
An auditor asks whether it was done. The plan says yes and no.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  checklist "Code" {
    item "Load tested" { done = true, skip = "no hot path is touched" }
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

  checklist "Code" {
    item "Load tested" { skip = "no hot path is touched" }
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
        let Some(skip) = &item.skip else { continue };
        let done = item.done.as_ref().filter(|done| done.value != Done::Flag(false)).map(|done| done.place);
        let Some(other) = done.or(item.evidence.as_ref().map(|evidence| evidence.place)) else { continue };
        let message = format!("`{}` is left out, and done", item.head.label());
        cx.report(
            Diagnostic::new(&LINT, skip.place, message)
                .related(other, "here it is done")
                .help("keep `skip` if it was left out, and the other if it was done"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn an_item_is_done_or_left_out() {
        in_plan(
            &LINT,
            r#"
            checklist "Code" {
              item "One" { done = 2026-11-20, skip = "it" }
                                                   # ^^^^ `One` is left out, and done
                                                   # = keep `skip` if it was left out, and the other if it was done
                                # ---------- here it is done
              item "Two" { skip = "it", evidence = "e" }
                                # ^^^^ `Two` is left out, and done
                                # = keep `skip` if it was left out, and the other if it was done
                                                 # --- here it is done
              item "Three" { skip = "it", done = false, by = @alice }
            }"#,
        );
    }
}
