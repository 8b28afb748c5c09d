//! `plan/malformed-id`.

use super::context::LintContext;
use super::duplicate_id::works_and_waits;
use crate::descriptors;
use crate::diagnostic::Diagnostic;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/malformed-id", severity: Error, undecided: false,
        summary: "an id that cannot be written down safely",
        doc: r#"The id of the plan, a phase, a metric, a red flag or of something that runs holds other letters than `a` to `z`, digits, `-` and `_`, starts with `-` or `_`, or is longer than 64 letters.

## What it does
Judges ids, also those that are made of a title.

## Why is this bad?
Ids become names of files, of jobs in a pipeline, and words of a command line. Only plain ones mean the same in all of them.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step Fetch { run = "git fetch" }
  }
}
```

## Use instead
A plain id, and whatever pleases in the title.
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step fetch "Fetch" { run = "git fetch" }
  }
}
```
"#,
    }
}

const LONGEST: usize = 64;

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let heads = std::iter::once(&plan.head)
        .chain(plan.phases.iter().map(|phase| &phase.head))
        .chain(plan.metrics.iter().map(|metric| &metric.head))
        .chain(plan.red_flags.iter().map(|flag| &flag.head))
        .chain(works_and_waits(plan));
    for head in heads.filter(|head| !head.id.value.is_empty() && !is_plain(&head.id.value)) {
        let (kind, id) = (head.kind, &head.id.value);
        let shown: String = id.chars().take(LONGEST).collect();
        let message = if id.len() > LONGEST {
            format!("the id of this {kind} is longer than {LONGEST} letters: `{shown}…`")
        } else {
            format!("the id `{shown}` of this {kind} has other letters than `a` to `z`, digits, `-` and `_`")
        };
        let nearest = plain(id);
        let help = if nearest.is_empty() {
            format!("write `{kind} some-id …`")
        } else {
            format!("write `{kind} {nearest} …`")
        };
        cx.report(Diagnostic::new(&LINT, head.id.place, message).help(help));
    }
}

fn is_plain(id: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    id.len() <= LONGEST
        && id.bytes().next().is_some_and(letter)
        && id.bytes().all(|byte| letter(byte) || byte == b'-' || byte == b'_')
}

/// The nearest id that is plain.
fn plain(id: &str) -> String {
    let mut plain = String::new();
    for letter in id.chars().take(LONGEST).map(|letter| letter.to_ascii_lowercase()) {
        match letter {
            'a'..='z' | '0'..='9' => plain.push(letter),
            '_' if !plain.is_empty() => plain.push('_'),
            _ if plain.is_empty() || plain.ends_with('-') => {}
            _ => plain.push('-'),
        }
    }
    plain.trim_end_matches(['-', '_']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::{check, in_plan};

    #[test]
    fn ids_are_plain() {
        in_plan(
            &LINT,
            r#"
            metric errorRate { run = "e" }
                 # ^^^^^^^^^ the id `errorRate` of this metric has other letters than `a` to `z`, digits, `-` and `_`
                 # = write `metric errorrate …`
            phase Deploy {
                # ^^^^^^ the id `Deploy` of this phase has other letters than `a` to `z`, digits, `-` and `_`
                # = write `phase deploy …`
              step ok-2_b { run = "o" }
              step Step_B { run = "g" }
                 # ^^^^^^ the id `Step_B` of this step has other letters than `a` to `z`, digits, `-` and `_`
                 # = write `step step_b …`
              hold "Really go live with everything that was announced in the last newsletter?" { by = [lead] }
                 # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the id of this hold is longer than 64 letters: `really-go-live-with-everything-that-was-announced-in-the-last-ne…`
                 # = write `hold really-go-live-with-everything-that-was-announced-in-the-last-ne …`
            }"#,
        );
        check(
            &LINT,
            r#"
            plan Checkout { service = "x", environment = staging }
               # ^^^^^^^^ the id `Checkout` of this plan has other letters than `a` to `z`, digits, `-` and `_`
               # = write `plan checkout …`
"#,
        );
    }
}
