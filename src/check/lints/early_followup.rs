//! `plan/early-followup`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Phase;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/early-followup", severity: Warning, undecided: false,
        summary: "a follow-up is due before the release",
        doc: r#"A `followup` is due before the window opens.

## What it does
Compares the `due` of every follow-up with the start of the window.

## Why is this bad?
A follow-up is owed after the release. What is due before belongs into a checklist, where it is asked for; here it would be late before it could begin.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }

  phase confirm {
    followup metrics-review { due = T-1d }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }

  phase confirm {
    followup metrics-review { due = T+1d }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let Some(start) = cx.clock.start else { return };
    for owed in cx.plan.phases.iter().flat_map(Phase::followups) {
        let Some(due) = &owed.due else { continue };
        if cx.clock.deadline(&due.value).is_none_or(|deadline| deadline >= start) {
            continue;
        }
        let message = format!("`{}` is due before the window opens", owed.head.label());
        cx.report(
            Diagnostic::new(&LINT, due.place, message)
                .help("write when it is owed after the release, such as `T+1d`, or make it an item of a checklist"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn what_follows_comes_after() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }
            phase confirm {
              followup one { due = T-1d }
                                 # ^^^^ `one` is due before the window opens
                                 # = write when it is owed after the release, such as `T+1d`, or make it an item of a checklist
              followup two "Look again" { due = 2026-11-23 }
                                              # ^^^^^^^^^^ `Look again` is due before the window opens
                                              # = write when it is owed after the release, such as `T+1d`, or make it an item of a checklist
              followup three { due = T+15m }
              followup four { due = 2026-11-24 }
            }"#,
        );
    }
}
