//! What the lines of a run come to: how it ended, why, and what went wrong. The one reading of a run; documents and audits
//! tell it, each in its own words.

use std::collections::HashSet;
use std::hash::Hash;

use super::{Entry, Journal};

/// How the last attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
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

impl End {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::RolledBack => "rolled-back",
            Self::Stopped => "stopped",
            Self::Handed => "handed",
            Self::Held => "held",
            Self::InDoubt => "in-doubt",
            Self::Paused => "paused",
            Self::Open => "open",
        }
    }
}

/// Lines of one journal, from top to bottom.
#[derive(Debug)]
pub struct Run<'j> {
    pub entries: &'j [Entry],
    pub end: End,
    /// Why it ended so, in the words of the journal: what went wrong first, then what followed.
    pub why: Vec<&'j str>,
}

impl<'j> Run<'j> {
    /// A journal as one run: every attempt, and how the last one ended.
    pub fn of(journal: &'j Journal) -> Self {
        Self::over(&journal.entries)
    }

    /// Each attempt by itself: one begins where a run is opened. What stands before the first of them is of none.
    pub fn each(journal: &'j Journal) -> impl Iterator<Item = Self> {
        let is_opened = |entry: &Entry| entry.event == "open";
        let first = journal.entries.iter().position(is_opened).unwrap_or(journal.entries.len());
        let opened = journal.entries.get(first..).unwrap_or_default();
        let attempts = opened.chunk_by(move |_, next| !is_opened(next));
        attempts.map(Self::over)
    }

    fn over(entries: &'j [Entry]) -> Self {
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
    pub fn reason(&self) -> Option<String> {
        (!self.why.is_empty()).then(|| self.why.join("; then: "))
    }

    pub fn began(&self) -> Option<i64> {
        self.entries.first().map(|entry| entry.at)
    }

    pub fn ended(&self) -> Option<i64> {
        self.entries.last().map(|entry| entry.at)
    }

    /// Seconds from the first line to the last.
    pub fn took(&self) -> u64 {
        let took = self.began().zip(self.ended()).and_then(|(began, ended)| ended.checked_sub(began));
        took.and_then(|took| u64::try_from(took).ok()).unwrap_or_default()
    }

    pub fn of_event(&self, event: &str) -> impl Iterator<Item = &'j Entry> {
        self.entries.iter().filter(move |entry| entry.event == event)
    }

    /// Flags that were raised, or could not be read, each once.
    pub fn raised(&self) -> Vec<(&'j str, &'j str)> {
        let flags = self.of_event("flag").filter_map(|entry| {
            let verdict = entry.fact("verdict").filter(|verdict| *verdict != "fine")?;
            Some((entry.of.as_str(), verdict))
        });
        once(flags)
    }

    /// What was undone, newest first, the steps of the way back behind it.
    pub fn undone(&self) -> Vec<&'j str> {
        let back = self.entries.iter().filter(|entry| matches!(entry.event.as_str(), "undone" | "returned"));
        once(back.map(|entry| entry.of.as_str()))
    }

    pub fn failed(&self) -> Vec<&'j str> {
        once(self.of_event("failed").map(|entry| entry.of.as_str()))
    }

    /// Whether it began something that changes what it is about.
    pub fn changed(&self) -> bool {
        let changes =
            |entry: &Entry| entry.fact("changes") == Some("yes") && matches!(entry.fact("part"), Some("run" | "shift"));
        self.of_event("begin").any(changes)
    }

    /// When it was first seen that something goes wrong: a failure, a bad probe, a red flag that is not fine.
    pub fn went_wrong(&self) -> Option<&'j Entry> {
        self.entries.iter().find(|entry| match entry.event.as_str() {
            "failed" | "rollback" => true,
            "flag" => entry.fact("verdict") != Some("fine"),
            "probe" => entry.fact("verdict") != Some("good"),
            _ => false,
        })
    }

    /// The line that says that it is over, and all is well again: confirmed, or taken back.
    pub fn settled(&self) -> Option<&'j Entry> {
        let is_settled = |entry: &&Entry| matches!(entry.event.as_str(), "confirmed" | "rolled-back");
        self.entries.iter().rev().find(is_settled)
    }

    /// Whether anything happened that somebody will ask about.
    pub fn was_troubled(&self) -> bool {
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

/// Each the first time it comes. A journal may say as many different things as it has lines.
fn once<T: Copy + Eq + Hash>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut known = HashSet::new();
    all.filter(|one| known.insert(*one)).collect()
}
