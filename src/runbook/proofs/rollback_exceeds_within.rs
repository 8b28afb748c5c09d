//! `plan/rollback-exceeds-within`.

use super::leg::{Leg, in_minutes, labelled, longest};
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Plan;
use crate::runbook::{Procedure, Seconds};

descriptors! {
    /// Of this proof alone.
    TABLE;
    LINT = {
        id: "plan/rollback-exceeds-within", severity: Error, undecided: false,
        summary: "the way back may take longer than `rollback` promises",
        doc: r#"If everything takes as long as it may, taking the release back takes longer than `within` says.

## What it does
Adds up the longest that the way back can take from the very end of the run: the undo of every step and strategy, each with as many tries as what it undoes, then the steps of `rollback` with their verification.

## Why is this bad?
`within` is what people are told when they ask how long users will be without the service. A promise that the limits do not keep is found out at the worst time.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh", timeout = 15m, retries = 1 }
  }
  rollback { within = 20m }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh", timeout = 5m, retries = 1 }
  }
  rollback { within = 20m }
}
```
"#,
    }
}

pub(super) fn prove(plan: &Plan, procedure: &Procedure) -> Option<Diagnostic> {
    let within = plan.rollback.as_ref()?.within.as_ref()?;
    let promised = Seconds::new(u64::try_from(within.value.milliseconds()).unwrap_or_default() / 1000);
    let worst = procedure.worst_rollback();
    if worst <= promised {
        return None;
    }
    let legs = legs(procedure);
    let message = format!(
        "at worst the way back takes {}, and `within` promises {}; the longest on its path: {}",
        worst.written(),
        within.value,
        longest(&legs)
    );
    let help = format!("promise {} or longer, or shorten the limits of what is undone", in_minutes(worst));
    Some(labelled(Diagnostic::new(&LINT, within.place, message).help(help), &legs, plan))
}

/// The undos, then the steps of the rollback.
fn legs(procedure: &Procedure) -> Vec<Leg> {
    let undos = procedure.actions().map(|action| {
        let leg = Leg::of(action.id(), action.worst_undo());
        Leg { name: format!("the undo of {}", leg.name), ..leg }
    });
    let steps = procedure.rollback.steps.iter().map(|step| Leg::of(&step.id, step.worst_case()));
    undos.chain(steps).collect()
}
