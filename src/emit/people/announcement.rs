//! What users and stakeholders are told before it begins.

use super::Teller;
use crate::emit::page::{Block, Entry, Section, Words, strong, text};

impl Teller<'_> {
    pub(super) fn announcement(&self) -> Section {
        let mut blocks = vec![
            Block::Words(strong("Planned: ").text(self.procedure.title.as_str())),
            Block::Words(text("We are going to deploy ").and(self.what()).text(". When: ").and(self.when()).text(".")),
        ];
        if let Some(urgent) = &self.plan.urgent {
            blocks.push(Block::Words(text("It cannot wait: ").text(urgent.value.0.as_str())));
        }
        if !self.plan.changes.is_empty() {
            blocks.push(Block::Under(text("What changes"), vec![Block::List(self.changes())]));
        }
        let expect =
            vec![Block::Words(self.expected()), Block::ToFill("what users will notice, and what they should do")];
        blocks.push(Block::Under(text("What to expect"), expect));
        let contacts = self.contacts();
        if !contacts.is_empty() {
            blocks.push(Block::Under(text("Whom to ask"), vec![Block::List(contacts)]));
        }
        if let Some(ticket) = &self.plan.ticket {
            blocks.push(Block::Words(text("More: ").link(&ticket.value.0)));
        }
        Section::new("announcement", "Announcement", blocks)
    }

    pub(super) fn changes(&self) -> Vec<Entry> {
        let entry = |change: &crate::model::plan::Change| {
            let mut words = strong(change.head.label());
            if let Some(kind) = &change.kind {
                words = words.text(format!(" ({})", kind.value.name()));
            }
            if let Some(flag) = &change.flag {
                words = words.text(", behind the flag ").code(flag.value.0.as_str());
            }
            if change.reversible.as_ref().is_some_and(|reversible| !reversible.value) {
                words = words.text(", cannot be taken back");
            }
            if let Some(ticket) = &change.ticket {
                words = words.text(", ").link(&ticket.value.0);
            }
            Entry::new(words)
        };
        self.plan.changes.iter().map(entry).collect()
    }

    fn contacts(&self) -> Vec<Entry> {
        let known = [("Questions", "communication"), ("Lead", "lead"), ("Something is broken", "on_call")];
        let entries = known.into_iter().filter_map(|(label, role)| {
            let people = self.people_of(role);
            (!people.is_empty()).then(|| Entry::new(text(format!("{label}: {}", people.join(", ")))))
        });
        entries.collect()
    }
}

impl Words {
    pub(super) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}
