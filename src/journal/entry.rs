//! One line of a journal.

use std::collections::BTreeMap;

use super::Digest;

/// What happened, to what, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// In the file, counted from 1.
    pub line: usize,
    /// As it is numbered by the run, from 1.
    pub number: u64,
    /// Of the line as it stands in the file.
    pub digest: Digest,
    /// Seconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// `begin`, `approve`, `confirmed`, …
    pub event: String,
    /// The id of what it happened to; empty where it is the run itself.
    pub of: String,
    pub(super) facts: BTreeMap<String, String>,
}

impl Entry {
    /// What else the line says under that name, unless that is nothing.
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts.get(name).map(String::as_str).filter(|fact| !fact.is_empty())
    }
}
