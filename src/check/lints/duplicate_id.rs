//! `plan/duplicate-id`.

use std::collections::HashMap;

use super::context::LintContext;
use super::work::actions;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::plan::{Action, Plan};
use crate::model::read::Head;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/duplicate-id", severity: Error, undecided: false,
        summary: "two parts of the plan have the same id",
        doc: r#"Two steps, holds, probes, watches, messages, follow-ups or strategies share an id, whatever their kind; or two phases, two metrics, two red flags, two checklists, or two items of one checklist.

## What it does
Compares ids. Where only a title is given, the id is the title in small letters with hyphens.

## Why is this bad?
The journal, `needs`, approvals and red flags name parts by their id. With two of one name, nobody knows afterwards which of them was signed, failed or undone.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step health { run = "./health.sh" }
  }
  phase verify {
    probe health { http = "https://staging.example.com/health" }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase prepare {
    step health-before { run = "./health.sh" }
  }
  phase verify {
    probe health { http = "https://staging.example.com/health" }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    unique(cx, works_and_waits(plan));
    unique(cx, plan.phases.iter().map(|phase| &phase.head));
    unique(cx, plan.metrics.iter().map(|metric| &metric.head));
    unique(cx, plan.red_flags.iter().map(|flag| &flag.head));
    unique(cx, plan.checklists.iter().map(|checklist| &checklist.head));
    for checklist in &plan.checklists {
        unique(cx, checklist.items.iter().map(|item| &item.head));
    }
}

/// Whatever a runbook does or waits for, by name. Groups and uses of procedures have no name of their own.
pub(super) fn works_and_waits(plan: &Plan) -> impl Iterator<Item = &Head> {
    let of_phases = actions(plan).flat_map(|(_, action)| -> Box<dyn Iterator<Item = &Head>> {
        match action {
            Action::Parallel(group) => Box::new(group.steps.iter().map(|step| &step.head)),
            Action::Use(_) => Box::new(std::iter::empty()),
            Action::Step(_)
            | Action::Hold(_)
            | Action::Probe(_)
            | Action::Watch(_)
            | Action::Notify(_)
            | Action::Followup(_)
            | Action::Strategy(_) => Box::new(std::iter::once(action.head())),
        }
    });
    of_phases.chain(plan.rollback.iter().flat_map(|rollback| rollback.steps.iter().map(|step| &step.head)))
}

fn unique<'a>(cx: &mut LintContext<'_>, heads: impl Iterator<Item = &'a Head>) {
    let mut first: HashMap<&str, &Head> = HashMap::new();
    for head in heads.filter(|head| !head.id.value.is_empty()) {
        let Some(known) = first.get(head.id.value.as_str()) else {
            first.insert(&head.id.value, head);
            continue;
        };
        let id = &head.id.value;
        let article = if head.kind == known.kind { "another" } else { "a" };
        let message = format!("{} `{id}` has the id of {article} {}", head.kind, known.kind);
        let help = match head.kind {
            "phase" => "give it another name, or put what it does into the first".to_owned(),
            "strategy" => format!("put a word before its kind: `strategy some-{id} …`"),
            kind => format!("give it an id of its own: `{kind} some-id …`"),
        };
        cx.report(Diagnostic::new(&LINT, head.id.place, message).related(known.id.place, "the other").help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn whatever_runs_has_a_name_of_its_own() {
        in_plan(
            &LINT,
            r#"
            phase deploy {
              step go { run = "g", undo = "u" }
                 # -- the other
                 # -- the other
              hold go { by = [lead] }
                 # ^^ hold `go` has the id of a step
                 # = give it an id of its own: `hold some-id …`
              parallel { step a { run = "a" } }
                            # - the other
              parallel { step "Go" { run = "a" } }
                            # ^^^^ step `go` has the id of another step
                            # = give it an id of its own: `step some-id …`
              use helm { chart = "x" }
              use helm { chart = "y" }
            }
            rollback { step a { run = "r" } }
                          # ^ step `a` has the id of another step
                          # = give it an id of its own: `step some-id …`"#,
        );
    }

    #[test]
    fn two_strategies_of_one_kind_are_told_apart_by_a_word_before_it() {
        in_plan(
            &LINT,
            r#"
            phase deploy {
              strategy rolling { run = "r", undo = "u" }
                     # ------- the other
              strategy web-rolling { run = "r", undo = "u" }
              strategy rolling { run = "r", undo = "u" }
                     # ^^^^^^^ strategy `rolling` has the id of another strategy
                     # = put a word before its kind: `strategy some-rolling …`
            }"#,
        );
    }

    #[test]
    fn kinds_that_are_never_mixed_up_may_share_one() {
        in_plan(
            &LINT,
            r#"
            metric errors { run = "e" }
                 # ------ the other
            metric errors { run = "f" }
                 # ^^^^^^ metric `errors` has the id of another metric
                 # = give it an id of its own: `metric some-id …`
            redflag errors { during deploy  stop when metric.errors > 5  then hold }
            phase errors { step look { run = "l" } }
                # ------ the other
            phase errors { step again { run = "l" } }
                # ^^^^^^ phase `errors` has the id of another phase
                # = give it another name, or put what it does into the first
            checklist "Code" { item "Reviewed" { done = true } item "reviewed" { done = true } }
                                                                  # ^^^^^^^^^^ item `reviewed` has the id of another item
                                                                  # = give it an id of its own: `item some-id …`
                                  # ---------- the other
            checklist "Docs" { item "Reviewed" { done = true } }"#,
        );
    }
}
