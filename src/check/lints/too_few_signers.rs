//! `plan/too-few-signers`.

use std::collections::HashSet;

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::Signer;
use crate::model::plan::{Hold, Phase, Team};
use crate::model::units::Person;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/too-few-signers", severity: Error, undecided: false,
        summary: "a hold needs more signatures than there are people",
        doc: r#"Fewer people may sign a hold than must.

## What it does
Counts the people that `by` comes to, each once however many roles they have, and compares with `needs` (1 if not said).

## Why is this bad?
The hold can never be passed. Two roles in one hand are one signature, which is the point of asking for two.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  team { lead = @alice, approvers = [@alice] }

  phase prepare {
    hold go-live { by = [lead, approvers], needs = 2 }
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  team { lead = @alice, approvers = [@cto] }

  phase prepare {
    hold go-live { by = [lead, approvers], needs = 2 }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    for hold in plan.phases.iter().flat_map(Phase::holds) {
        let (Some(by), Some(people)) = (&hold.by, signers(hold, plan.team.as_ref())) else { continue };
        let needs = hold.needs.as_ref().map_or(1, |needs| needs.value.0);
        if u32::try_from(people.len()).is_ok_and(|people| people >= needs) {
            continue;
        }
        let place = hold.needs.as_ref().map_or(by.place, |needs| needs.place);
        let mut names: Vec<String> = people.iter().take(8).map(|person| format!("`{person}`")).collect();
        names.sort_unstable();
        let (message, label) = match people.len() {
            0 => {
                (format!("hold `{}` can never be passed: nobody may sign it", hold.head.id.value), "nobody".to_owned())
            }
            count => (
                format!("hold `{}` can never be passed: it needs {needs}, and {count} may sign it", hold.head.id.value),
                format!("this is {}", names.join(" and ")),
            ),
        };
        let diagnostic = Diagnostic::new(&LINT, place, message).help("name more people in `by`, or ask for fewer");
        cx.report(if place == by.place { diagnostic } else { diagnostic.related(by.place, label) });
    }
}

/// Everybody who may sign; `None` where a role is unknown or nobody has it, which is a finding of its own.
fn signers<'a>(hold: &'a Hold, team: Option<&'a Team>) -> Option<HashSet<&'a Person>> {
    let by = &hold.by.as_ref()?.value;
    let mut roles: HashSet<&str> = HashSet::new();
    let mut people: HashSet<&Person> = HashSet::new();
    for signer in by.iter() {
        match &signer.value {
            Signer::Person(person) => _ = people.insert(person),
            Signer::Role(role) => _ = roles.insert(role),
        }
    }
    for role in roles {
        let holders = team?.role(role).filter(|holders| !holders.0.is_empty())?;
        people.extend(holders.0.iter().map(|(person, _)| person));
    }
    Some(people)
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn people_are_counted_once() {
        in_plan(
            &LINT,
            r"
            team { lead = @alice, on_call = [@alice, @bob] }
            phase deploy {
              hold one { by = [lead, on_call, @bob], needs = 2 }
              hold two { by = [lead, on_call, @bob], needs = 3 }
                                                           # ^ hold `two` can never be passed: it needs 3, and 2 may sign it
                                                           # = name more people in `by`, or ask for fewer
                            # --------------------- this is `@alice` and `@bob`
              hold three { by = [] }
                              # ^^ hold `three` can never be passed: nobody may sign it
                              # = name more people in `by`, or ask for fewer
              hold four { by = [nobody], needs = 9 }
            }",
        );
    }
}
