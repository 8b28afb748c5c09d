//! The facts of a run, gathered from its journal.

use crate::journal::{Entry, Journal};

/// How the last attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Confirmed,
    RolledBack,
    /// Before any change.
    Stopped,
    Handed,
    Held,
    InDoubt,
    /// At `--until`.
    Paused,
    Open,
}

#[derive(Debug)]
pub(super) struct Story<'j> {
    pub(super) entries: &'j [Entry],
    pub(super) end: End,
    /// Why it ended so, in the words of the journal: what went wrong first, then what followed.
    pub(super) why: Vec<&'j str>,
}

impl<'j> Story<'j> {
    pub(super) fn of(journal: &'j Journal) -> Self {
        let entries = journal.entries.as_slice();
        let last = entries.iter().rev().find(|entry| entry.event != "torn" && entry.event != "guard");
        let end = last.map_or(End::Open, end);
        let why = match end {
            End::Confirmed | End::Open => Vec::new(),
            End::RolledBack | End::Stopped | End::Handed => reasons(entries),
            End::Held | End::InDoubt | End::Paused => last.and_then(|entry| entry.fact("why")).into_iter().collect(),
        };
        Self { entries, end, why }
    }

    /// The same as one text.
    pub(super) fn reason(&self) -> Option<String> {
        (!self.why.is_empty()).then(|| self.why.join("; then: "))
    }

    pub(super) fn began(&self) -> Option<i64> {
        self.entries.first().map(|entry| entry.at)
    }

    pub(super) fn ended(&self) -> Option<i64> {
        self.entries.last().map(|entry| entry.at)
    }

    /// Seconds from the first line to the last.
    pub(super) fn took(&self) -> u64 {
        let took = self.began().zip(self.ended()).and_then(|(began, ended)| ended.checked_sub(began));
        took.and_then(|took| u64::try_from(took).ok()).unwrap_or_default()
    }

    pub(super) fn of_event(&self, event: &str) -> impl Iterator<Item = &'j Entry> {
        self.entries.iter().filter(move |entry| entry.event == event)
    }

    /// Flags that were raised, or could not be read, each once.
    pub(super) fn raised(&self) -> Vec<(&'j str, &'j str)> {
        let flags = self.of_event("flag").filter_map(|entry| {
            let verdict = entry.fact("verdict").filter(|verdict| *verdict != "fine")?;
            Some((entry.of.as_str(), verdict))
        });
        once(flags)
    }

    /// What was undone, newest first, the steps of the way back behind it.
    pub(super) fn undone(&self) -> Vec<&'j str> {
        let back = self.entries.iter().filter(|entry| matches!(entry.event.as_str(), "undone" | "returned"));
        once(back.map(|entry| entry.of.as_str()))
    }

    pub(super) fn failed(&self) -> Vec<&'j str> {
        once(self.of_event("failed").map(|entry| entry.of.as_str()))
    }

    /// Whether anything happened that somebody will ask about.
    pub(super) fn was_troubled(&self) -> bool {
        let trouble = |entry: &Entry| {
            matches!(
                entry.event.as_str(),
                "rollback" | "failed" | "refuse" | "handed" | "glass" | "interrupted" | "owed"
            )
        };
        self.end != End::Confirmed || !self.raised().is_empty() || self.entries.iter().any(trouble)
    }
}

fn end(last: &Entry) -> End {
    match last.event.as_str() {
        "confirmed" => End::Confirmed,
        "rolled-back" => End::RolledBack,
        "refused" => End::Stopped,
        "handed" => End::Handed,
        "stop" => match last.fact("status") {
            Some("20") => End::Stopped,
            Some("79") => End::InDoubt,
            Some("0") => End::Paused,
            _ => End::Held,
        },
        _ => End::Open,
    }
}

/// What led the last attempt back, each once. Who asks for the way back after a failure does not hide the failure.
fn reasons(entries: &[Entry]) -> Vec<&str> {
    let begun = entries.iter().rposition(|entry| entry.event == "open").unwrap_or_default();
    let led_back = |entry: &&Entry| match entry.event.as_str() {
        "rollback" | "refused" | "handed" => true,
        "stop" => entry.fact("wait") == Some("flag") || entry.fact("status") == Some("20"),
        _ => false,
    };
    once(entries.iter().skip(begun).filter(led_back).filter_map(|entry| entry.fact("why")))
}

fn once<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut kept, one| {
        if !kept.contains(&one) {
            kept.push(one);
        }
        kept
    })
}
