//! What users and stakeholders are told when it is over.

use super::super::clock::took;
use super::{Teller, ended};
use crate::emit::page::{Block, Section, Words, text};
use crate::journal::{End, Journal, Run};
use crate::runbook::Epoch;

impl Teller<'_> {
    pub(super) fn post_update(&self, journal: &Journal, story: &Run<'_>) -> Section {
        let mut blocks = Self::trust(journal);
        blocks.push(Block::Words(self.what()));
        blocks.push(Block::Words(text(ended(story))));
        if let Some((began, ended)) = story.began().zip(story.ended()) {
            let (began, ended) = (self.clock.moment(Epoch::new(began)), self.clock.moment(Epoch::new(ended)));
            blocks.push(Block::Words(text(format!("From {began} until {ended}, {}.", took(story.took())))));
        }
        match story.end {
            End::Confirmed if !self.plan.changes.is_empty() => {
                blocks.push(Block::Under(text("What is new"), vec![Block::List(self.changes())]));
            }
            End::Confirmed => {}
            End::RolledBack | End::Stopped | End::Handed | End::Held | End::InDoubt | End::Paused | End::Open => {
                if let Some(why) = story.reason() {
                    blocks.push(Block::Words(text("Why: ").text(why)));
                }
                blocks.push(Block::ToFill("what users notice now, and when they hear more"));
            }
        }
        let owed = self.owed(story);
        if !owed.is_empty() {
            blocks.push(Block::Under(text("What is still owed"), owed));
        }
        let people = self.people_of("communication");
        if !people.is_empty() {
            blocks.push(Block::Words(Words::default().text(format!("Questions: {}", people.join(", ")))));
        }
        Section::new("post-update", "Post-deployment update", blocks)
    }
}
