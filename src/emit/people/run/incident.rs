//! The report: what was planned, what happened, and the questions that only people can answer.

use super::super::clock::took;
use super::said::Before;
use super::{Teller, ended};
use crate::emit::page::{Block, Entry, Section, Table, Task, Words, strong, text};
use crate::journal::{Journal, Run};
use crate::runbook::Epoch;

impl Teller<'_> {
    pub(super) fn incident(&self, journal: &Journal, story: &Run<'_>) -> Section {
        let troubled = story.was_troubled() || !journal.broken.is_empty();
        let title = if troubled { "Incident report" } else { "Deployment report" };
        let mut blocks = Self::trust(journal);
        blocks.push(Block::Table(self.head(story)));
        let under = |title: &str, blocks: Vec<Block>| Block::Under(text(title), blocks);
        let mut what = vec![Block::Words(text(ended(story)))];
        if let Some(why) = story.reason() {
            what.push(Block::Words(strong("Why: ").text(why)));
        }
        if troubled {
            what.push(Block::ToFill("what users noticed, and who noticed it first"));
        }
        blocks.push(under("What happened", what));
        if troubled {
            let impact = Block::ToFill("how many were affected, for how long; data, security, money");
            blocks.push(under("Impact", vec![impact]));
        }
        blocks.push(under("What was planned", vec![Block::Words(self.planned())]));
        blocks.push(Block::Under(text(self.timeline_title(story)), vec![Block::Table(self.events(story))]));
        let raised: Vec<Words> =
            story.raised().iter().map(|(flag, verdict)| self.named(flag).text(format!(": {verdict}"))).collect();
        let failed: Vec<Words> = story.failed().iter().map(|id| self.named(id)).collect();
        let undone: Vec<Words> = story.undone().iter().map(|id| self.named(id)).collect();
        for (title, found) in
            [("Red flags that were raised", raised), ("What failed", failed), ("What was undone", undone)]
        {
            if !found.is_empty() {
                blocks.push(under(title, vec![Block::List(found.into_iter().map(Entry::new).collect())]));
            }
        }
        let approvals = self.approvals(story);
        if !approvals.is_empty() {
            blocks.push(under("Approvals", vec![Block::List(approvals)]));
        }
        if troubled {
            let cause = Block::ToFill("what made it happen, and why nothing caught it before");
            blocks.push(under("Root cause", vec![cause]));
            let cure = Block::ToFill("what made it good again, and since when it is good");
            blocks.push(under("Resolution", vec![cure]));
        }
        let mut actions = self.owed(story);
        actions
            .push(Block::ToFill("what will be done so that it does not happen again: each with a person and a date"));
        blocks.push(under("Action items", actions));
        blocks.push(under("Lessons", vec![Block::ToFill("what went well, what did not, where there was luck")]));
        blocks.push(under("Evidence", vec![Block::Words(evidence(journal))]));
        let section = Section::new("incident-report", title, blocks);
        if troubled { section.alarming() } else { section }
    }

    fn head(&self, story: &Run<'_>) -> Table {
        let mut rows = vec![vec![strong("What"), self.what()]];
        let mut row = |name: &str, words: Words| rows.push(vec![strong(name), words]);
        if let Some((began, ended)) = story.began().zip(story.ended()) {
            row("Began", text(self.clock.moment(Epoch::new(began))));
            row("Last line", text(self.clock.moment(Epoch::new(ended))));
        }
        if let Some(urgent) = &self.plan.urgent {
            row("Could not wait", text(urgent.value.0.as_str()));
        }
        if let Some(ticket) = &self.plan.ticket {
            row("Ticket", Words::default().link(&ticket.value.0));
        }
        row("Took", text(took(story.took())));
        row("Ended", strong(ended(story)));
        if story.was_troubled() {
            row("Severity", text("to be filled in"));
        }
        Table { head: vec!["", ""], rows }
    }

    fn planned(&self) -> Words {
        let worst = self.procedure.worst_case();
        self.what().text("; ").and(self.when()).text(format!("; at worst {}", took(worst.get())))
    }

    pub(super) fn timeline_title(&self, story: &Run<'_>) -> String {
        let began = story.began().map(Epoch::new);
        let day = began.map_or_else(String::new, |at| format!(", {} {}", self.clock.day(at), self.clock.zone));
        format!("Timeline{day}")
    }

    /// Each with its local time; the day where it is another one, the offset where the clocks have changed.
    fn events(&self, story: &Run<'_>) -> Table {
        let first = story.began().map(Epoch::new);
        let mut day = first.map(|at| self.clock.day(at));
        let mut before = Before::default();
        let rows = story.entries.iter().filter_map(|entry| {
            let said = self.said(entry, &mut before)?;
            let at = Epoch::new(entry.at);
            let today = Some(self.clock.day(at));
            let mut time = self.clock.time_since(at, first.unwrap_or(at));
            if today != day {
                time = format!("{} {time}", today.as_deref().unwrap_or_default());
                day = today;
            }
            Some(vec![text(time), said])
        });
        Table { head: vec!["When", "What"], rows: rows.collect() }
    }

    fn approvals(&self, story: &Run<'_>) -> Vec<Entry> {
        let approved = story.of_event("approve").map(|entry| {
            let fact = |name: &str| entry.fact(name).unwrap_or_default();
            let account = format!(", as {} on {}", fact("user"), fact("host"));
            let from = entry.fact("from").map_or_else(String::new, |from| format!(", from {from}"));
            let when = self.clock.moment(Epoch::new(entry.at));
            let who = strong(format!("@{}", fact("who"))).text(" signed ").and(self.named(&entry.of));
            Entry::new(who.text(format!(", {when}{account}{from}")))
        });
        let refused = story.of_event("refuse").map(|entry| {
            let words = strong("Refused: ").and(self.named(&entry.of)).text(": ");
            Entry::new(words.text(entry.fact("why").unwrap_or_default()))
        });
        approved.chain(refused).collect()
    }

    /// What the run itself says is owed.
    pub(super) fn owed(&self, story: &Run<'_>) -> Vec<Block> {
        let repairs = story.of_event("owed").map(|entry| {
            let words = match entry.fact("kind") {
                Some("flag") => text("Repair what the red flag is about: ").and(self.named(&entry.of)),
                _ => text("Repair what failed and was taken back: ").and(self.named(&entry.of)),
            };
            Task { done: false, words, more: Vec::new() }
        });
        let followups = story.of_event("followup").map(|entry| {
            let by = entry.fact("by").map_or_else(|| "somebody".to_owned(), |by| format!("@{by}"));
            let due = entry.fact("due").and_then(|due| due.parse().ok()).map(|due| self.clock.moment(Epoch::new(due)));
            let due = due.map_or_else(String::new, |due| format!(", until {due}"));
            Task { done: false, words: self.named(&entry.of).text(format!(": {by}{due}")), more: Vec::new() }
        });
        let tasks: Vec<Task> = repairs.chain(followups).collect();
        if tasks.is_empty() { Vec::new() } else { vec![Block::Tasks(tasks)] }
    }
}

fn evidence(journal: &Journal) -> Words {
    let lines = journal.entries.len();
    if journal.broken.is_empty() {
        text(format!(
            "The journal has {lines} lines, and each is the one whose digest the next one carries. Behind the last line \
             nothing says whether more stood there."
        ))
    } else {
        strong("The journal is broken: ")
            .text("it proves nothing. Look for the copy that the pipeline or the machine kept.")
    }
}
