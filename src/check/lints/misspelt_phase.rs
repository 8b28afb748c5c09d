//! `plan/misspelt-phase`.

use super::context::LintContext;
use super::phase_order::WELL_KNOWN;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/misspelt-phase", severity: Warning, undecided: false,
        summary: "a phase is nearly called as one that has a meaning",
        doc: r#"The name of a phase is a slip or a synonym (`deployment`, `verification`) of `prepare`, `backup`, `deploy`, `verify` or `confirm`, and the plan has no such phase.

## What it does
Compares the names of phases with the five that have a meaning.

## Why is this bad?
In `deploy` every step changes production and owes an undo. In `deply` none does: all that protects production is off, and nothing says so.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deply {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
}
```
"#,
    }
}

/// What people also call them.
const SYNONYMS: [(&str, &str); 10] = [
    ("preparation", "prepare"),
    ("pre-deploy", "prepare"),
    ("back-up", "backup"),
    ("deployment", "deploy"),
    ("release", "deploy"),
    ("rollout", "deploy"),
    ("verification", "verify"),
    ("validation", "verify"),
    ("confirmation", "confirm"),
    ("completion", "confirm"),
];

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let absent: Vec<&str> = WELL_KNOWN.into_iter().filter(|name| plan.phase(name).is_none()).collect();
    for phase in &plan.phases {
        if WELL_KNOWN.contains(&phase.name()) {
            continue;
        }
        let synonym = SYNONYMS.iter().find(|(name, _)| *name == phase.name()).map(|(_, meant)| *meant);
        let Some(meant) =
            synonym.filter(|meant| absent.contains(meant)).or_else(|| cx.nearest.to(phase.name(), &absent))
        else {
            continue;
        };
        let message = format!("phase `{}` has no meaning of its own, and `{meant}` has", phase.name());
        cx.report(
            Diagnostic::new(&LINT, phase.head.id.place, message)
                .help(format!("did you mean `{meant}`? if not, choose a name that is no other word for it")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_slip_is_told_and_a_phase_of_its_own_is_not() {
        in_plan(
            &LINT,
            r#"
            phase prepair2 { step a { run = "a" } }
                # ^^^^^^^^ phase `prepair2` has no meaning of its own, and `prepare` has
                # = did you mean `prepare`? if not, choose a name that is no other word for it
            phase backups { step b { run = "b" } }
                # ^^^^^^^ phase `backups` has no meaning of its own, and `backup` has
                # = did you mean `backup`? if not, choose a name that is no other word for it
            phase verification { step v { run = "v" } }
                # ^^^^^^^^^^^^ phase `verification` has no meaning of its own, and `verify` has
                # = did you mean `verify`? if not, choose a name that is no other word for it
            phase release { step r { run = "r" } }
            phase announce { step c { run = "c" } }
            phase deploy { step d { run = "d" } }
            phase deploy-eu { step e { run = "e" } }"#,
        );
    }
}
