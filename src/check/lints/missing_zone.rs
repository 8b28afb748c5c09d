//! `plan/missing-zone`.

use super::context::LintContext;
use super::moments::dues;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::Due;
use crate::model::plan::Plan;
use crate::model::units::Moment;
use crate::source::Place;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/missing-zone", severity: Error, undecided: false,
        summary: "a time without a zone",
        doc: r#"The window starts, or something is due, at a time without a zone to read it in.

## What it does
Takes plans whose window has no `zone` and no start that names one, and plans without a window. The first time that needs a zone is pointed at.

## Why is this bad?
Ten o'clock is another moment in Berlin than in Tokyo. Whoever reads the plan elsewhere is hours off, and so is a machine whose clock is set to UTC.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24T10:00, duration = 2h }

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
  window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }

  phase deploy {
    step restart { run = "./restart.sh", undo = "./restart.sh --previous" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    if cx.clock.zone.is_some() {
        return;
    }
    let Some((moment, place)) = counted(cx.plan).find(|(moment, _)| !matches!(moment, Moment::Zoned(_))) else {
        return;
    };
    let help = match (&cx.plan.window, moment) {
        (Some(_), _) => "add the zone to the window, such as `zone = \"Europe/Berlin\"`".to_owned(),
        (None, Moment::Civil(_)) => format!("write the zone too: `{moment}[Europe/Berlin]` or `{moment}+01:00`"),
        (None, Moment::Date(_) | Moment::Zoned(_)) => format!("write `{moment}T18:00[Europe/Berlin]`"),
    };
    cx.report(Diagnostic::new(&LINT, place, format!("nobody knows in which zone `{moment}` is")).help(help));
}

/// The times that something waits for: when the window opens, and when things are due.
fn counted(plan: &Plan) -> impl Iterator<Item = (&Moment, Place)> {
    let start = plan.window.iter().filter_map(|window| window.start.as_ref());
    let dues = dues(plan).filter_map(|due| match &due.value {
        Due::Moment(moment) => Some((moment, due.place)),
        Due::Offset(_) => None,
    });
    start.map(|start| (&start.value, start.place)).chain(dues)
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_time_is_somewhere() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T10:00, duration = 2h }
                           # ^^^^^^^^^^^^^^^^ nobody knows in which zone `2026-11-24T10:00` is
                           # = add the zone to the window, such as `zone = "Europe/Berlin"`
            staged { at = 2026-11-23T15:00, evidence = "e" }"#,
        );
        in_plan(
            &LINT,
            r#"
            staged { at = 2026-11-23T15:00, evidence = "e" }
            checklist "Code" { due = 2026-11-20 }
                                   # ^^^^^^^^^^ nobody knows in which zone `2026-11-20` is
                                   # = write `2026-11-20T18:00[Europe/Berlin]`"#,
        );
        in_plan(
            &LINT,
            r"
            phase confirm { followup review { due = 2026-11-30T10:00 } }
                                                  # ^^^^^^^^^^^^^^^^ nobody knows in which zone `2026-11-30T10:00` is
                                                  # = write the zone too: `2026-11-30T10:00[Europe/Berlin]` or `2026-11-30T10:00+01:00`",
        );
    }

    #[test]
    fn the_start_may_bring_the_zone() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T10:00[Europe/Berlin], duration = 2h }
            staged { at = 2026-11-23T15:00, evidence = "e" }"#,
        );
    }
}
