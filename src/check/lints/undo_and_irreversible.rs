//! `plan/undo-and-irreversible`.

use super::context::LintContext;
use super::work::works;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/undo-and-irreversible", severity: Error, undecided: false,
        summary: "a step that can be undone and cannot",
        doc: r#"A step or strategy has both an `undo` and an `irreversible`.

## What it does
Looks for steps and strategies that say how they are undone, and why they cannot be.

## Why is this bad?
One of the two is wrong. If it is the undo, a rollback runs a command that does not take anything back and calls the result rolled back.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step migrate {
      run          = "npm run migrate:up"
      undo         = "npm run migrate:down"
      irreversible = "the old column is dropped"
    }
  }
}
```

## Use instead
The one that is true.
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step migrate {
      run          = "npm run migrate:up"
      irreversible = "the old column is dropped"
    }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for work in works(cx.plan) {
        let (Some(undo), Some(irreversible)) = (work.undo, work.irreversible) else { continue };
        let message = format!("{} says how it is undone, and that it cannot be", work.name());
        cx.report(
            Diagnostic::new(&LINT, irreversible.place, message)
                .related(undo.place, "the undo is given here")
                .help("keep `undo` if it takes everything back, and `irreversible` if it does not"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn one_of_the_two_is_wrong() {
        in_plan(
            &LINT,
            r#"
            phase deploy {
              step migrate { run = "m", undo = "n", irreversible = "gone" }
                                                                 # ^^^^^^ step `migrate` says how it is undone, and that it cannot be
                                                                 # = keep `undo` if it takes everything back, and `irreversible` if it does not
                                             # --- the undo is given here
              strategy recreate {
                run = "r"
                irreversible = "gone"
                             # ^^^^^^ strategy `recreate` says how it is undone, and that it cannot be
                             # = keep `undo` if it takes everything back, and `irreversible` if it does not
                undo = "s"
                     # --- the undo is given here
              }
              step good { run = "m", undo = "n" }
            }"#,
        );
    }
}
