//! `plan/empty-phase`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/empty-phase", severity: Warning, undecided: false,
        summary: "a phase that does nothing",
        doc: r#"A phase or a `parallel` group holds nothing.

## What it does
Looks for phases without any step, hold, probe or other action, and for groups without steps.

## Why is this bad?
A `verify` that verifies nothing looks like one that does.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step restart { run = "./restart.sh", undo = "./restart.sh --previous" }
  }
  phase verify {
  }
}
```

## Use instead
What belongs into it; or no such phase.
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase verify {
    probe health { http = "https://staging.example.com/health" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for phase in &cx.plan.phases {
        if phase.actions.is_empty() {
            let message = format!("phase `{}` does nothing", phase.name());
            cx.report(
                Diagnostic::new(&LINT, phase.head.id.place, message).help("say what belongs into it, or leave it out"),
            );
        }
        for group in phase.parallels().filter(|group| group.steps.is_empty()) {
            cx.report(
                Diagnostic::new(&LINT, group.head.id.place, "this group has no steps")
                    .help("say what runs at the same time, or leave it out"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_phase_does_something() {
        in_plan(
            &LINT,
            r"
            phase backup {}
                # ^^^^^^ phase `backup` does nothing
                # = say what belongs into it, or leave it out
            phase deploy { parallel {} }
                         # ^^^^^^^^ this group has no steps
                         # = say what runs at the same time, or leave it out
            phase verify { watch calm { for = 15m } }",
        );
    }
}
