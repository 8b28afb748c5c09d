//! Holds: roles become people.

use super::Lowering;
use super::defaults::SIGNATURES;
use super::diagnostics::UNSUPPORTED_ACTION;
use super::names::refusal;
use crate::check::names::IN_PLANS;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::attribute::Signer;
use crate::model::located::Located;
use crate::model::plan::{self, Team};
use crate::model::units;
use crate::runbook::{Hold, Person, Seconds};
use crate::source::Place;

impl Lowering<'_> {
    pub(super) fn hold(&mut self, hold: &plan::Hold) -> Option<Hold> {
        let id = self.actions.claim(&hold.head, &mut self.diagnostics);
        let Some(by) = &hold.by else {
            self.missing(hold.head.id.place, "hold", "by");
            return None;
        };
        let mut people: Vec<Person> = Vec::new();
        for signer in by.value.iter() {
            for person in self.signers(signer)? {
                if !people.contains(&person) {
                    people.push(person);
                }
            }
        }
        let needs = hold.needs.as_ref().map_or(SIGNATURES, |needs| needs.value.0);
        let place = hold.needs.as_ref().map_or(by.place, |needs| needs.place);
        if needs == 0 {
            let help = "leave the hold out, or let somebody sign it";
            self.refuse(&UNSUPPORTED_ACTION, place, "a hold that nobody signs holds nothing", help);
            return None;
        }
        if usize::try_from(needs).unwrap_or(usize::MAX) > people.len() {
            let message = format!("{needs} must sign `{}`, and {} may", hold.head.id.value, people.len());
            self.refuse(&UNSUPPORTED_ACTION, place, message, "let more people sign, or need fewer");
            return None;
        }
        let expires = hold.expires.as_ref().map(|expires| Seconds::from_millis(expires.value.milliseconds()));
        Some(Hold { id: id?, title: hold.head.label().to_owned(), by: people, needs, expires })
    }

    fn signers(&mut self, signer: &Located<Signer>) -> Option<Vec<Person>> {
        let role = match &signer.value {
            Signer::Person(person) => return self.person(person, signer.place).map(|person| vec![person]),
            Signer::Role(role) => role,
        };
        let Some(people) = self.plan.team.as_ref().and_then(|team| team.role(role)) else {
            let help = did_you_mean(role, Team::roles()).filter(|meant| meant != role).map_or_else(
                || format!("add `{role} = @somebody` to `team`"),
                |meant| format!("did you mean `{meant}`?"),
            );
            let message = format!("nobody in the team is `{role}`");
            self.diagnostics.push(Diagnostic::new(IN_PLANS.unknown, signer.place, message).help(help));
            return None;
        };
        people.0.iter().map(|(person, place)| self.person(person, *place)).collect()
    }

    pub(super) fn person(&mut self, person: &units::Person, place: Place) -> Option<Person> {
        match Person::new(person.name()) {
            Ok(person) => Some(person),
            Err(unfit) => {
                self.diagnostics.push(refusal(&unfit, place).help("name the person as they sign on the command line"));
                None
            }
        }
    }
}
