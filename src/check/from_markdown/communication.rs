//! When somebody is told: before everything else, or after it. A message for another time is for people to send.

use super::reading::Reading;
use super::words::plain;
use crate::syntax::ast::Block;

/// With what a message says that it is sent before the deployment.
const BEFORE: &[&str] = &[
    "announce",
    "before",
    "begin",
    "begins",
    "kick",
    "kickoff",
    "planned",
    "scheduled",
    "start",
    "starts",
    "upcoming",
];

/// And that it is sent while it goes on, or when it goes back.
const MEANWHILE: &[&str] =
    &["abort", "delay", "delayed", "during", "failure", "failed", "incident", "meanwhile", "rolled", "while"];

impl Reading<'_> {
    /// The phase in which a message is sent.
    pub(super) fn phase_of_message(&mut self, message: &Block) -> &'static str {
        let title = message.title.as_ref().map(|title| plain(&title.value.value)).unwrap_or_default();
        let says = |known: &[&str]| title.split(' ').any(|word| known.contains(&word));
        if let (true, Some(title)) = (says(MEANWHILE), &message.title) {
            let help = "what tells of a way back is a step of `## Rollback`; what is sent between two steps stands between them";
            let said = "this is sent neither before nor after the deployment, and would be sent after it";
            self.said_once(title.span, said, help);
        }
        if says(BEFORE) { "prepare" } else { "confirm" }
    }
}
