//! `plan/worst-case-exceeds-window`.

use super::leg::{Leg, Stands, in_minutes, labelled, longest};
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Plan;
use crate::runbook::{Procedure, Seconds};

descriptors! {
    /// Of this proof alone.
    TABLE;
    LINT = {
        id: "plan/worst-case-exceeds-window", severity: Error, undecided: false,
        summary: "the run may take longer than the window is open",
        doc: r#"If everything takes as long as it may, the run is not over when its window closes.

## What it does
Adds up the longest that every part of the run can take: limits of time, retries and the pauses between them, verification, probes, the analysis of a canary, watches, and at last the way back from the very end. Waiting for people is not counted: the runbook looks again at what is left of the window after it. A step without a `timeout` may take ten minutes.

## Why is this bad?
The runbook refuses to start what it may not be able to finish. Said now, it costs a line; said when the window opens, it costs the release.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24T10:00, duration = 30m, zone = "UTC" }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh", timeout = 15m, retries = 1 }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24T10:00, duration = 1h30m, zone = "UTC" }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh", timeout = 15m, retries = 1 }
  }
}
```
"#,
    }
}

pub(super) fn prove(plan: &Plan, procedure: &Procedure) -> Option<Diagnostic> {
    let open = plan.window.as_ref()?.duration.as_ref()?;
    // rounded down: the runbook counts whole seconds
    let length = Seconds::new(u64::try_from(open.value.milliseconds()).unwrap_or_default() / 1000);
    let worst = procedure.worst_case();
    if worst <= length {
        return None;
    }
    let legs = legs(plan, procedure);
    let message = format!(
        "at worst the run takes {}, and the window is open for {}; the longest on its path: {}",
        worst.written(),
        open.value,
        longest(&legs)
    );
    let help = format!("open the window for {} or longer, or shorten what takes longest", in_minutes(worst));
    Some(labelled(Diagnostic::new(&LINT, open.place, message).help(help), &legs, plan))
}

/// The whole path: every action, the waits for red flags to settle, and the way back.
fn legs(plan: &Plan, procedure: &Procedure) -> Vec<Leg> {
    let mut legs: Vec<Leg> = procedure.actions().map(|action| Leg::of(action.id(), action.worst_case())).collect();
    let stands = plan.rollback.as_ref().map_or(Stands::Nowhere, |rollback| Stands::At(rollback.head.id.place));
    legs.push(Leg { name: "the way back".to_owned(), time: procedure.worst_rollback(), stands });
    for (name, time) in procedure.worst_of_red_flags() {
        legs.push(Leg { name: name.to_owned(), time, stands: Stands::Nowhere });
    }
    legs
}
