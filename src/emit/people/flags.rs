//! What must not happen, and what is done when it does.

use super::Teller;
use super::clock::at_most;
use super::condition::condition;
use crate::emit::page::{Block, Entry, Section, Words, strong};
use crate::runbook::{Consequence, RedFlag, Seconds};

impl Teller<'_> {
    pub(super) fn red_flags(&self) -> Section {
        let flags = &self.procedure.red_flags;
        let mut blocks = Vec::new();
        if !flags.is_empty() {
            let rule = "What cannot be read counts as raised. A step that fails without a flag for it is rolled back.";
            blocks.push(Block::Words(Words::default().text(rule)));
            blocks.push(Block::List(flags.iter().map(|flag| self.red_flag(flag)).collect()));
        }
        Section::new("red-flags", "Red flags", blocks)
    }

    fn red_flag(&self, flag: &RedFlag) -> Entry {
        let mut words = strong(flag.title.as_str()).text(" (").code(flag.id.as_str()).text("): ");
        words = words.code(condition(&flag.condition, self.procedure));
        if flag.lasting > Seconds::ZERO {
            words = words.text(format!(" for {}", at_most(flag.lasting)));
        }
        words = words.text(", watched in ");
        for (index, phase) in flag.during.iter().enumerate() {
            words = if index == 0 { words } else { words.text(", ") };
            words = words.code(phase.as_str());
        }
        words = words.text(". Then: ").strong(consequence(flag.then));
        if let Some(policy) = &flag.policy {
            words = words.text(". From policy ").code(policy.as_str());
        }
        Entry::new(words)
    }
}

pub(super) const fn consequence(then: Consequence) -> &'static str {
    match then {
        Consequence::Rollback => "roll back",
        Consequence::Hold => "hold for a person",
        Consequence::FixForward => "go on, and owe a repair",
    }
}
