//! `plan/staged-after-start`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/staged-after-start", severity: Error, undecided: false,
        summary: "staging is passed after production is changed",
        doc: r#"`staged.at` is later than the start of the window.

## What it does
Compares the two. That staging is still to be passed when the plan is judged is no finding.

## Why is this bad?
Staging is there to find what production must not. Afterwards it finds it too late.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }
  staged { at = 2026-11-24T15:00, evidence = "https://ci.example.com/runs/881" }

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
  staged { at = 2026-11-23T15:00, evidence = "https://ci.example.com/runs/881" }

  phase deploy {
    step restart { run = "./restart.sh", undo = "./restart.sh --previous" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let Some(staged) = plan.staged.as_ref().and_then(|staged| staged.at.as_ref()) else { return };
    let Some(start) = plan.window.as_ref().and_then(|window| window.start.as_ref()) else { return };
    let (Some(passed), Some(opens)) = (cx.clock.first(&staged.value), cx.clock.start) else { return };
    if passed <= opens {
        return;
    }
    cx.report(
        Diagnostic::new(&LINT, staged.place, "staging is passed after the window opens")
            .related(start.place, "the window opens here")
            .help("let the version pass staging first, or move the window"),
    );
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn staging_comes_first() {
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }
                           # ---------------- the window opens here
            staged { at = 2026-11-24T09:30Z, evidence = "e" }
                        # ^^^^^^^^^^^^^^^^^ staging is passed after the window opens
                        # = let the version pass staging first, or move the window"#,
        );
        in_plan(
            &LINT,
            r#"
            window { start = 2026-11-24T10:00, duration = 2h, zone = "Europe/Berlin" }
            staged { at = 2026-11-24, evidence = "e" }"#,
        );
    }
}
