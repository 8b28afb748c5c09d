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
    /// Why it ended so, if the journal says.
    pub(super) why: Option<&'j str>,
}

impl<'j> Story<'j> {
    pub(super) fn of(journal: &'j Journal) -> Self {
        let entries = journal.entries.as_slice();
        let last = entries.iter().rev().find(|entry| entry.event != "torn" && entry.event != "guard");
        let end = last.map_or(End::Open, end);
        let ends =
            |entry: &&Entry| matches!(entry.event.as_str(), "rollback" | "refused" | "handed" | "stop" | "rolled-back");
        let why = match end {
            End::Confirmed | End::Open => None,
            End::RolledBack | End::Stopped | End::Handed | End::Held | End::InDoubt | End::Paused => {
                entries.iter().rev().find(ends).and_then(|entry| entry.fact("why"))
            }
        };
        Self { entries, end, why }
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

fn once<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.fold(Vec::new(), |mut kept, one| {
        if !kept.contains(&one) {
            kept.push(one);
        }
        kept
    })
}
