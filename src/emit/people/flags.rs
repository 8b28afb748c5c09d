//! What must not happen, and what is done when it does.

use super::Teller;
use super::clock::exactly;
use super::condition::condition;
use crate::emit::page::{Block, Entry, Section, Words, strong, text};
use crate::runbook::{Action, Canary, Consequence, Missing, RedFlag, Seconds};

impl Teller<'_> {
    pub(super) fn red_flags(&self) -> Section {
        let flags = &self.procedure.red_flags;
        let mut blocks = Vec::new();
        if !flags.is_empty() {
            blocks.push(Block::Words(self.unread()));
            blocks.push(Block::List(flags.iter().map(|flag| self.red_flag(flag)).collect()));
        }
        Section::new("red-flags", "Red flags", blocks)
    }

    fn unread(&self) -> Words {
        let lenient = |action: &&Action| matches!(action, Action::Canary(Canary { analysis: Some(analysis), .. }) if analysis.missing == Missing::Inconclusive);
        let but = self.procedure.actions().filter(lenient).enumerate();
        let words = but.fold(text("What cannot be read counts as raised"), |words, (index, action)| {
            words.text(if index == 0 { ", but not in the looks of " } else { ", " }).code(action.id().as_str())
        });
        let rule = if self.spares_any() {
            ". A step that fails without a flag for it is rolled back, unless it is one of those that may."
        } else {
            ". A step that fails without a flag for it is rolled back."
        };
        words.text(rule)
    }

    fn red_flag(&self, flag: &RedFlag) -> Entry {
        let mut words = strong(flag.title.as_str()).text(" (").code(flag.id.as_str()).text("): ");
        words = words.code(condition(&flag.condition, self.procedure));
        if flag.lasting > Seconds::ZERO {
            words = words.text(format!(" for {}", exactly(flag.lasting)));
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
