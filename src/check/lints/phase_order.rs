//! `plan/phase-order`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/phase-order", severity: Error, undecided: false,
        summary: "the phases stand in an order that cannot be meant",
        doc: r#"Of `prepare`, `backup`, `deploy`, `verify` and `confirm`, those that a plan has do not stand in this order.

## What it does
Compares the order of the five phases that have a meaning. Others may stand between them.

## Why is this bad?
Phases run in the order they stand. A backup after the deployment saves what the deployment broke, and a release that is confirmed before it is verified was never verified.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase verify  { probe health { http = "https://staging.example.com/health" } }
  phase prepare { step fetch { run = "git fetch" } }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare { step fetch { run = "git fetch" } }
  phase verify  { probe health { http = "https://staging.example.com/health" } }
}
```
"#,
    }
}

/// The phases that have a meaning, in the order they must have.
pub(super) const WELL_KNOWN: [&str; 5] = ["prepare", "backup", "deploy", "verify", "confirm"];

pub(super) fn run(cx: &mut LintContext<'_>) {
    let mut latest = None;
    for phase in &cx.plan.phases {
        let Some(rank) = WELL_KNOWN.iter().position(|name| *name == phase.name()) else { continue };
        match latest {
            Some((highest, before)) if rank < highest => {
                let before: &crate::model::plan::Phase = before;
                let message = format!("phase `{}` comes after `{}`", phase.name(), before.name());
                cx.report(
                    Diagnostic::new(&LINT, phase.head.id.place, message)
                        .related(before.head.id.place, format!("`{}` must come after it", before.name()))
                        .help(format!("move it before `{}`: phases run in the order they stand", before.name())),
                );
            }
            _ => latest = Some((rank, phase)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn the_five_phases_have_one_order() {
        in_plan(
            &LINT,
            r#"
            phase announce { step a { run = "a" } }
            phase deploy { step b { run = "b" } }
                # ------ `deploy` must come after it
                # ------ `deploy` must come after it
            phase migrate { step c { run = "c" } }
            phase backup { step d { run = "d" } }
                # ^^^^^^ phase `backup` comes after `deploy`
                # = move it before `deploy`: phases run in the order they stand
            phase prepare { step e { run = "e" } }
                # ^^^^^^^ phase `prepare` comes after `deploy`
                # = move it before `deploy`: phases run in the order they stand
            phase confirm { step f { run = "f" } }"#,
        );
    }
}
