//! What stakeholders are told meanwhile: a message for each turn a run can take, ready to be sent.

use super::Teller;
use crate::emit::page::{Block, Section, Words, strong, text};
use crate::runbook::Action;

impl Teller<'_> {
    pub(super) fn updates(&self) -> Section {
        let mut blocks = vec![Block::Words(text("One message for each turn. Put the time in place of HH:MM."))];
        let mut message = |when: Words, said: Words| {
            blocks.push(Block::Under(when, vec![Block::Words(strong("HH:MM ").and(said))]));
        };
        let title = self.procedure.title.as_str();
        message(
            text("When it begins"),
            text(format!("{title}: we have begun. At worst it takes {}.", self.at_worst())),
        );
        for phase in &self.procedure.phases {
            for action in &phase.actions {
                if let Action::Hold(hold) = action {
                    let said = text(format!("{title}: waiting for a decision: "));
                    message(text("At the hold ").code(hold.id.as_str()), said.text(hold.title.as_str()).text("."));
                }
            }
            message(
                text("When ").code(phase.id.as_str()).text(" is done"),
                text(format!("{title}: ")).text(phase.title.as_str()).text(" is done."),
            );
        }
        message(text("When it is confirmed"), text(format!("{title}: done and verified.")));
        if self.may_owe() {
            message(
                text("When it is confirmed, and a repair is owed"),
                text(format!("{title}: done, but not all went as planned. What is left is being repaired.")),
            );
        }
        message(
            text("When it is stopped before any change"),
            text(format!("{title}: stopped before anything was changed.")),
        );
        message(
            text("When it is rolled back"),
            text(format!("{title}: stopped and taken back. Things are as they were before. A report follows.")),
        );
        message(
            text("When it is held, or handed to a person"),
            text(format!(
                "{title}: stopped part of the way. People are working on it; the next message comes by HH:MM."
            )),
        );
        Section::new("updates", "Status updates", blocks)
    }
}
