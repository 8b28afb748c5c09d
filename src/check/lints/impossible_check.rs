//! `plan/impossible-check`.

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::Count;
use crate::model::located::Located;
use crate::model::plan::{Phase, Probe};

descriptors! {
    TABLE;
    LINT = {
        id: "plan/impossible-check", severity: Error, undecided: false,
        summary: "a probe that can never succeed, or never fail",
        doc: r#"A probe asks an address that is none, expects an answer that cannot come, or has `failures = 0`.

## What it does
`http` must be an address that starts with `https://` or `http://`. `expect` must be a status that HTTP has (100 to 599), or, for a command, one that a command can leave with (0 to 255). `failures` must be at least 1.

## Why is this bad?
A probe that cannot succeed takes every release back. One that cannot fail protects nothing.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase verify {
    probe health { http = "https://staging.example.com/health", expect = 20 }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase verify {
    probe health { http = "https://staging.example.com/health", expect = 200 }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    for probe in cx.plan.phases.iter().flat_map(Phase::probes) {
        judge_address(cx, probe);
        judge_expectation(cx, probe);
        if let Some(Located { value: Count(0), place }) = &probe.failures {
            let message = format!("probe `{}` can never fail: it forgives every bad answer", probe.head.id.value);
            cx.report(
                Diagnostic::new(&LINT, *place, message)
                    .help("write how many bad answers in a row are a failure: `failures = 1`"),
            );
        }
    }
}

fn judge_address(cx: &mut LintContext<'_>, probe: &Probe) {
    let Some(http) = &probe.http else { return };
    let rest = http.value.strip_prefix("https://").or_else(|| http.value.strip_prefix("http://"));
    let (message, help) = match rest {
        None => match http.value.split_once("://") {
            Some((scheme, rest)) if matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") => (
                "this address does not start with `https://`",
                format!("write `{}://{rest}`", scheme.to_ascii_lowercase()),
            ),
            Some(_) => {
                ("a probe asks over HTTP only", "write an address such as `https://api.example.com/health`".to_owned())
            }
            None => ("this address does not start with `https://`", format!("write `https://{}`", http.value)),
        },
        Some(rest) if rest.starts_with(['/', '?', '#', ':']) || rest.is_empty() => {
            ("this address names no host", "write an address such as `https://api.example.com/health`".to_owned())
        }
        Some(rest) if rest.contains(|letter: char| letter.is_whitespace() || letter.is_control()) => {
            ("an address holds no blanks", "write `%20` where a blank is meant".to_owned())
        }
        Some(_) => return,
    };
    cx.report(Diagnostic::new(&LINT, http.place, message).help(help));
}

fn judge_expectation(cx: &mut LintContext<'_>, probe: &Probe) {
    let Some(Located { value: Count(expect), place }) = &probe.expect else { return };
    let problem = match (&probe.http, &probe.run) {
        (Some(_), _) if !(100..600).contains(expect) => {
            (format!("HTTP has no status `{expect}`"), "write the status that is right, such as `200`")
        }
        (None, Some(_)) if *expect > 255 => {
            (format!("no command leaves with `{expect}`"), "write the status that is right, such as `0`")
        }
        _ => return,
    };
    cx.report(Diagnostic::new(&LINT, *place, problem.0).help(problem.1));
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn an_address_is_one() {
        in_plan(
            &LINT,
            r#"
            phase verify {
              probe a { http = "api.example.com/health" }
                             # ^^^^^^^^^^^^^^^^^^^^^^^^ this address does not start with `https://`
                             # = write `https://api.example.com/health`
              probe b { http = "HTTPS://api.example.com" }
                             # ^^^^^^^^^^^^^^^^^^^^^^^^^ this address does not start with `https://`
                             # = write `https://api.example.com`
              probe c { http = "ftp://api.example.com" }
                             # ^^^^^^^^^^^^^^^^^^^^^^^ a probe asks over HTTP only
                             # = write an address such as `https://api.example.com/health`
              probe d { http = "https:///health" }
                             # ^^^^^^^^^^^^^^^^^ this address names no host
                             # = write an address such as `https://api.example.com/health`
              probe e { http = "https://api.example.com/a b" }
                             # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ an address holds no blanks
                             # = write `%20` where a blank is meant
              probe f { http = "http://localhost:8080/health?deep=1" }
            }"#,
        );
    }

    #[test]
    fn an_answer_can_come() {
        in_plan(
            &LINT,
            r#"
            phase verify {
              probe a { http = "https://a", expect = 99 }
                                                   # ^^ HTTP has no status `99`
                                                   # = write the status that is right, such as `200`
              probe b { http = "https://a", expect = 599, failures = 0 }
                                                                   # ^ probe `b` can never fail: it forgives every bad answer
                                                                   # = write how many bad answers in a row are a failure: `failures = 1`
              probe c { run = "c", expect = 256 }
                                          # ^^^ no command leaves with `256`
                                          # = write the status that is right, such as `0`
              probe d { run = "d", expect = 3 }
            }"#,
        );
    }
}
