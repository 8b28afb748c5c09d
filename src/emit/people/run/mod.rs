//! What became of a plan, told from the journal of its run. What the journal cannot know is left for people to fill in.

mod incident;
mod post_update;
mod said;

use super::{Part, Teller};
use crate::emit::page::{Block, Section, Words, strong, text};
use crate::journal::{End, Journal, Run};

impl Teller<'_> {
    pub(super) fn of_a_run(&self, journal: &Journal, part: Part) -> Section {
        let story = Run::of(journal);
        match part {
            Part::PostUpdate => self.post_update(journal, &story),
            Part::IncidentReport
            | Part::Announcement
            | Part::Updates
            | Part::Checklist
            | Part::Runbook
            | Part::RollbackCard => self.incident(journal, &story),
        }
    }

    /// Whether what is told is what was written down. Nothing is told before this.
    fn trust(journal: &Journal) -> Vec<Block> {
        let mut blocks = Vec::new();
        if !journal.broken.is_empty() {
            let alarm = "The journal was changed after it was written. What follows is what stands in it now, and not evidence: ";
            let faults: Vec<String> = journal.broken.iter().map(ToString::to_string).collect();
            blocks
                .push(Block::Alarm(strong("DO NOT TRUST THIS REPORT. ").text(alarm).text(faults.join("; ")).text(".")));
        }
        if let Some(line) = journal.torn {
            let words =
                format!("The last line of the journal, {line}, was cut off by a crash; what stands before it counts.");
            blocks.push(Block::Words(text(words)));
        }
        blocks
    }

    /// The action, member, step of the way back or red flag of that id, as people call it.
    fn named(&self, id: &str) -> Words {
        let procedure = self.procedure;
        let actions = procedure.actions().map(|action| (action.id(), action.title()));
        let steps = procedure.steps().chain(&procedure.rollback.steps).map(|step| (&step.id, step.title.as_str()));
        let flags = procedure.red_flags.iter().map(|flag| (&flag.id, flag.title.as_str()));
        let title = actions.chain(steps).chain(flags).find(|(known, _)| known.as_str() == id).map(|(_, title)| title);
        match title {
            Some(title) if title != id => strong(title).text(" (").code(id).text(")"),
            Some(_) | None => Words::default().code(id),
        }
    }
}

/// The end in one sentence, for everybody.
fn ended(story: &Run<'_>) -> &'static str {
    match story.end {
        End::Confirmed if story.of_event("owed").next().is_some() => {
            "The deployment is done, and what failed or was raised meanwhile is still to be repaired."
        }
        End::Confirmed => "The deployment is done: everything was carried out and verified.",
        End::RolledBack => "The deployment was stopped, and everything that was begun has been taken back.",
        End::Stopped => "The deployment was stopped before anything was changed.",
        End::Handed => "The deployment was stopped, and the way back is not complete: people have to finish it.",
        End::Held => "The deployment is held: changes are in place, and it waits for people.",
        End::InDoubt => "The deployment is stopped: nobody knows yet how far one of its steps came.",
        End::Paused => "The deployment is paused where somebody asked for it.",
        End::Open => "The deployment has not come to an end: the journal breaks off.",
    }
}
