//! `plan/conflicting-check`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Phase;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/conflicting-check", severity: Error, undecided: false,
        summary: "a probe that asks nothing, or two things at once",
        doc: r#"A probe has neither `http` nor `run`, or both.

## What it does
Looks at what a probe asks.

## Why is this bad?
A probe with nothing to ask can say nothing. With two questions, `expect` is the answer to one of them.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase verify {
    probe health { for = 2m }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase verify {
    probe health { http = "https://staging.example.com/health", for = 2m }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for probe in cx.plan.phases.iter().flat_map(Phase::probes) {
        let id = &probe.head.id;
        match (&probe.http, &probe.run) {
            (Some(http), Some(run)) => cx.report(
                Diagnostic::new(&LINT, run.place, format!("probe `{}` asks an address and a command", id.value))
                    .related(http.place, "the address")
                    .help("keep one of the two, or make two probes of it"),
            ),
            (None, None) => cx.report(
                Diagnostic::new(&LINT, id.place, format!("probe `{}` asks nothing", id.value))
                    .help("add `http = \"https://…\"`, or a command: `run = \"…\"`"),
            ),
            (Some(_), None) | (None, Some(_)) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn a_probe_asks_one_thing() {
        in_plan(
            &LINT,
            r#"
            phase verify {
              probe nothing { expect = 200 }
                  # ^^^^^^^ probe `nothing` asks nothing
                  # = add `http = "https://…"`, or a command: `run = "…"`
              probe both { http = "https://a", run = "b" }
                                                   # ^^^ probe `both` asks an address and a command
                                                   # = keep one of the two, or make two probes of it
                                # ----------- the address
              probe address { http = "https://a" }
              probe command { run = "b" }
            }"#,
        );
    }
}
