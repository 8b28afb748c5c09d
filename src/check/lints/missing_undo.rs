//! `plan/missing-undo`.

use super::context::LintContext;
use super::work::works;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/missing-undo", severity: Error, undecided: false,
        summary: "a change of production that nobody knows how to take back",
        doc: r#"A step of `deploy`, a step that says `changes = true`, or a strategy changes production and has neither an `undo` nor an `irreversible`.

## What it does
Looks for steps and strategies that change production and say nothing about the way back.

## Why is this bad?
The rollback undoes what was begun, step by step. A step without an undo is a hole in it, and it is found when everybody is in a hurry. Where there is no way back, people must know before they approve, not after.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step migrate { run = "npm run migrate:up" }
  }
}
```

## Use instead
An `undo`, or the reason why there is none in `irreversible`. A step of `deploy` that touches nothing says `changes = false`.
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step migrate { run = "npm run migrate:up", undo = "npm run migrate:down" }
    step announce { run = "./announce.sh", changes = false }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for work in works(cx.plan) {
        if !work.changes_production || work.undo.is_some() || work.irreversible.is_some() {
            continue;
        }
        let message =
            format!("{} changes production, but says neither how it is undone nor why it cannot be", work.name());
        cx.report(
            Diagnostic::new(&LINT, work.head.id.place, message)
                .help("add `undo = \"…\"`, or the reason why there is no way back: `irreversible = \"…\"`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn what_changes_production_owes_a_way_back() {
        in_plan(
            &LINT,
            r#"
            phase switch {
              step look { run = "l" }
              step flip { run = "f", changes = true }
                 # ^^^^ step `flip` changes production, but says neither how it is undone nor why it cannot be
                 # = add `undo = "…"`, or the reason why there is no way back: `irreversible = "…"`
              strategy recreate { run = "r" }
                     # ^^^^^^^^ strategy `recreate` changes production, but says neither how it is undone nor why it cannot be
                     # = add `undo = "…"`, or the reason why there is no way back: `irreversible = "…"`
            }
            phase deploy {
              step migrate "Migrate" { run = "m" }
                 # ^^^^^^^ step `migrate` changes production, but says neither how it is undone nor why it cannot be
                 # = add `undo = "…"`, or the reason why there is no way back: `irreversible = "…"`
              parallel {
                step one { run = "1", undo = "-1" }
                step two { run = "2" }
                   # ^^^ step `two` changes production, but says neither how it is undone nor why it cannot be
                   # = add `undo = "…"`, or the reason why there is no way back: `irreversible = "…"`
              }
              step drop { run = "d", irreversible = "the column is gone" }
              step tell { run = "t", changes = false }
            }"#,
        );
    }

    #[test]
    fn the_steps_of_a_rollback_owe_none() {
        in_plan(&LINT, r#"rollback { step restart { run = "r" } }"#);
    }
}
