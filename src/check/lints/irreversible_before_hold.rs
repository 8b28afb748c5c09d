//! `plan/irreversible-before-hold`.

use super::context::LintContext;
use super::work::{actions, works};
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Action;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/irreversible-before-hold", severity: Error, undecided: false,
        summary: "something is done for good before the last approval",
        doc: r#"A step that cannot be taken back stands before a hold at which people may still say no.

## What it does
Compares the place of every `irreversible` step and strategy with the place of the last hold.

## Why is this bad?
A hold asks whether the release may go on, and a no takes everything back. After an irreversible step there is nothing to say no to: the signature is worthless, and who refuses it gets a system that is half one release and half the other.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  team { approvers = [@cto] }

  phase deploy {
    step drop-column { run = "npm run drop", irreversible = "the data is gone" }
    hold go-live { by = [approvers] }
  }
}
```

## Use instead
First the signature, then what cannot be taken back.
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  team { approvers = [@cto] }

  phase deploy {
    hold go-live { by = [approvers] }
    step drop-column { run = "npm run drop", irreversible = "the data is gone" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let holds = actions(cx.plan).enumerate().filter_map(|(rank, (_, action))| match action {
        Action::Hold(hold) => Some((rank, hold)),
        Action::Step(_)
        | Action::Probe(_)
        | Action::Watch(_)
        | Action::Notify(_)
        | Action::Followup(_)
        | Action::Parallel(_)
        | Action::Strategy(_)
        | Action::Use(_) => None,
    });
    let Some((last, hold)) = holds.last() else { return };
    for work in works(cx.plan).into_iter().filter(|work| work.rank < last) {
        let Some(irreversible) = work.irreversible else { continue };
        let message = format!("{} cannot be taken back, but hold `{}` comes after it", work.name(), hold.head.id.value);
        cx.report(
            Diagnostic::new(&LINT, work.head.id.place, message)
                .related(irreversible.place, "it is irreversible")
                .related(hold.head.id.place, "here people may still say no")
                .help(format!("move it after `{}`, or let it be undone", hold.head.id.value)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn nothing_is_for_good_before_the_last_hold() {
        in_plan(
            &LINT,
            r#"
            phase prepare {
              hold early { by = [lead] }
              step shred { run = "s", irreversible = "shredded" }
                 # ^^^^^ step `shred` cannot be taken back, but hold `late` comes after it
                 # = move it after `late`, or let it be undone
                                                   # ---------- it is irreversible
            }
            phase deploy {
              parallel { step drop { run = "d", irreversible = "dropped" } }
                            # ^^^^ step `drop` cannot be taken back, but hold `late` comes after it
                            # = move it after `late`, or let it be undone
                                                             # --------- it is irreversible
              strategy recreate { run = "r", irreversible = "exchanged" }
                     # ^^^^^^^^ strategy `recreate` cannot be taken back, but hold `late` comes after it
                     # = move it after `late`, or let it be undone
                                                          # ----------- it is irreversible
              hold late { by = [lead] }
                 # ---- here people may still say no
                 # ---- here people may still say no
                 # ---- here people may still say no
              step last { run = "l", irreversible = "done" }
            }"#,
        );
    }

    #[test]
    fn without_a_hold_there_is_nobody_to_say_no() {
        in_plan(&LINT, r#"phase deploy { step last { run = "l", irreversible = "done" } }"#);
    }
}
