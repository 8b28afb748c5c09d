//! What somebody who has just been woken up wants to see first.

use super::Teller;
use super::clock::{at_least, at_most, exactly};
use crate::emit::page::{Block, Section, Table, Words, code, strong, text};
use crate::runbook::{Action, Seconds};

impl Teller<'_> {
    pub(super) fn glance(&self) -> Section {
        let mut rows: Vec<Vec<Words>> = Vec::new();
        let mut row = |name: &str, words: Words| rows.push(vec![strong(name), words]);
        row("What", self.what());
        row("When", self.when());
        let (worst, back) = (self.procedure.worst_case(), self.procedure.worst_rollback());
        let uncounted = self.uncounted().map_or_else(String::new, |uncounted| format!("; {uncounted}"));
        row("At worst", text(format!("{}, the way back included{uncounted}", at_most(worst))));
        if let Some(left) = self.room_left() {
            row("Room left", text(format!("{} of the window", at_least(left))));
        }
        let promised = self
            .procedure
            .rollback
            .within
            .map_or_else(String::new, |within| format!("; promised within {}", exactly(within)));
        row("Way back", text(format!("at most {}{promised}", at_most(back))));
        let holds = self
            .procedure
            .actions()
            .filter_map(|action| if let Action::Hold(hold) = action { Some(hold) } else { None });
        let holds: Vec<_> = holds.collect();
        if !holds.is_empty() {
            let words = holds.iter().fold(Words::default(), |words, hold| {
                let words = if words.0.is_empty() { words } else { words.text(", ") };
                words.text(hold.title.as_str()).text(" (").code(hold.id.as_str()).text(")")
            });
            row("Stops for people at", words);
        }
        for (name, role) in [("Lead", "lead"), ("On call", "on_call")] {
            let people = self.people_of(role);
            if !people.is_empty() {
                row(name, text(people.join(", ")));
            }
        }
        if let Some(risk) = &self.plan.risk {
            row("Risk", text(risk.value.name()));
        }
        if let Some(ticket) = &self.plan.ticket {
            row("Ticket", Words::default().link(&ticket.value.0));
        }
        let mut blocks = Vec::new();
        if let Some(urgent) = &self.plan.urgent {
            blocks.push(Block::Alarm(strong("Urgent: ").text(urgent.value.0.as_str())));
        }
        blocks.push(Block::Table(Table { head: vec!["", ""], rows }));
        blocks.push(Block::Timeline(self.timeline()));
        Section::new("glance", "At a glance", blocks)
    }

    /// `checkout v1.2.3 to production, in place of v1.2.2`
    pub(super) fn what(&self) -> Words {
        let service = self.plan.service.as_ref().map_or(self.procedure.service.as_str(), |service| &service.value);
        let mut words = code(service);
        if let Some(version) = &self.plan.version {
            words = words.text(" ").strong(version.value.to_string());
        }
        words = words.text(" to ").strong(self.procedure.environment.as_str());
        match &self.plan.previous_version {
            Some(previous) => words.text(format!(", in place of {}", previous.value)),
            None => words,
        }
    }

    pub(super) fn when(&self) -> Words {
        match &self.clock.window {
            Some(window) => strong(window.to_string()),
            None => text("at any time the guards allow: the plan has no window"),
        }
    }

    /// Of the window, when the worst has happened.
    pub(super) fn room_left(&self) -> Option<Seconds> {
        let window = self.procedure.guards.window?;
        let length = u64::try_from(window.end.get() - window.start.get()).ok()?;
        length.checked_sub(self.procedure.worst_case().get()).map(Seconds::new)
    }
}
