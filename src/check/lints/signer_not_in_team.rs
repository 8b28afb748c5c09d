//! `plan/signer-not-in-team`.

use std::collections::HashSet;

use super::context::LintContext;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::Signer;
use crate::model::plan::{Hold, Phase, Plan, Team};
use crate::model::units::Person;
use crate::source::Place;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/signer-not-in-team", severity: Error, undecided: false,
        summary: "somebody must sign who is not in the team",
        doc: r#"A `hold`, an `item` or a `followup` names a role that does not exist or that nobody has, or a person who is not in the team.

## What it does
Looks the roles and persons of every `by` up in `team`. A role may be written `on-call` or `on_call`.

## Why is this bad?
The release stands still at the hold, in the middle of the night, waiting for somebody who does not know about it.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging
  team { lead = @alice }

  phase prepare {
    hold go-live { by = [approvers] }
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
    hold go-live { by = [approvers] }
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let crew = Crew::of(plan.team.as_ref());
    for hold in plan.phases.iter().flat_map(Phase::holds) {
        judge_hold(cx, hold, &crew);
    }
    for (person, place) in people_who_answer(plan) {
        judge_person(cx, person, place, &crew);
    }
}

/// Who works on the release.
struct Crew<'a> {
    team: Option<&'a Team>,
    people: HashSet<&'a str>,
    names: Vec<&'a str>,
}

impl<'a> Crew<'a> {
    fn of(team: Option<&'a Team>) -> Self {
        let holders = team.into_iter().flat_map(|team| Team::roles().filter_map(|role| team.role(role)));
        let people: HashSet<&str> =
            holders.flat_map(|people| people.0.iter().map(|(person, _)| person.name())).collect();
        let mut names: Vec<&str> = people.iter().copied().collect();
        names.sort_unstable();
        Self { team, people, names }
    }

    fn has(&self, role: &str) -> bool {
        self.team.and_then(|team| team.role(role)).is_some_and(|holders| !holders.0.is_empty())
    }

    fn beside(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.team {
            Some(team) => diagnostic.related(team.head.id.place, "the team"),
            None => diagnostic,
        }
    }
}

fn judge_hold(cx: &mut LintContext<'_>, hold: &Hold, crew: &Crew<'_>) {
    let known: Vec<&str> = Team::roles().collect();
    for signer in hold.by.iter().flat_map(|by| by.value.iter()) {
        let role = match &signer.value {
            Signer::Person(person) => {
                judge_person(cx, person, signer.place, crew);
                continue;
            }
            Signer::Role(role) => role,
        };
        if !known.contains(&role.as_str()) {
            let help = cx.nearest.cure(role, &known, "a team has", "");
            cx.report(Diagnostic::new(&LINT, signer.place, format!("a team has no role `{role}`")).help(help));
        } else if !crew.has(role) {
            let help = match crew.team {
                Some(_) => format!("say in `team` who it is: `{role} = @somebody`"),
                None => format!("say who it is: `team {{ {role} = @somebody }}`"),
            };
            let message =
                format!("nobody in the team is `{role}`, so nobody can sign `{}` as such", hold.head.id.value);
            cx.report(crew.beside(Diagnostic::new(&LINT, signer.place, message).help(help)));
        }
    }
}

fn judge_person(cx: &mut LintContext<'_>, person: &Person, place: Place, crew: &Crew<'_>) {
    if crew.people.contains(person.name()) {
        return;
    }
    let meant = cx.nearest.to(person.name(), &crew.names);
    let help = match (crew.team, meant) {
        (_, Some(meant)) => format!("did you mean `@{meant}`?"),
        (Some(_), None) => format!("give `{person}` a role in `team`, or name somebody who has one"),
        (None, None) => format!("say who works on this release: `team {{ lead = {person} }}`"),
    };
    let diagnostic = Diagnostic::new(&LINT, place, format!("`{person}` is not in the team")).help(help);
    cx.report(crew.beside(diagnostic));
}

/// Who signs for an item, or owes something afterwards.
fn people_who_answer(plan: &Plan) -> Vec<(&Person, Place)> {
    let items = plan.checklists.iter().flat_map(|checklist| &checklist.items).filter_map(|item| item.by.as_ref());
    let owed = plan.phases.iter().flat_map(Phase::followups).filter_map(|owed| owed.by.as_ref());
    items.chain(owed).map(|by| (&by.value, by.place)).collect()
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::in_plan;

    #[test]
    fn who_signs_is_in_the_team() {
        in_plan(
            &LINT,
            r#"
            team {
          # ---- the team
          # ---- the team
          # ---- the team
          # ---- the team
          # ---- the team
              lead = @alice
              on_call = [@bob, @carol]
              approvers = []
            }
            checklist "Code" { item "Reviewed" { by = @alcie } item "Tested" { by = @bob } }
                                                    # ^^^^^^ `@alcie` is not in the team
                                                    # = did you mean `@alice`?
            phase deploy {
              hold one { by = [lead, on-call, on_call, @carol] }
              hold two { by = [aprovers, chef] }
                             # ^^^^^^^^ a team has no role `aprovers`
                             # = did you mean `approvers`?
                                       # ^^^^ a team has no role `chef`
                                       # = a team has `lead`, `on_call`, `database`, `communication`, `approvers`, `operations`, `security`, or `product` and others
              hold three { by = [security, approvers, @zoe] }
                               # ^^^^^^^^ nobody in the team is `security`, so nobody can sign `three` as such
                               # = say in `team` who it is: `security = @somebody`
                                         # ^^^^^^^^^ nobody in the team is `approvers`, so nobody can sign `three` as such
                                         # = say in `team` who it is: `approvers = @somebody`
                                                    # ^^^^ `@zoe` is not in the team
                                                    # = give `@zoe` a role in `team`, or name somebody who has one
            }
            phase confirm { followup review { due = T+1d, by = @dave } }
                                                             # ^^^^^ `@dave` is not in the team
                                                             # = give `@dave` a role in `team`, or name somebody who has one"#,
        );
    }

    #[test]
    fn without_a_team_nobody_can_sign() {
        in_plan(
            &LINT,
            r"
            phase deploy { hold go { by = [lead, @bob] } }
                                         # ^^^^ nobody in the team is `lead`, so nobody can sign `go` as such
                                         # = say who it is: `team { lead = @somebody }`
                                               # ^^^^ `@bob` is not in the team
                                               # = say who works on this release: `team { lead = @bob }`",
        );
    }
}
