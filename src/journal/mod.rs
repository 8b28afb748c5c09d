//! Owns the journal of a run: its lines, whether they are still those that were written, and what they come to. Knows no
//! plan, and no words for people but those of its findings.

mod broken;
mod chain;
pub mod diagnostics;
mod digest;
mod entry;
mod home;
mod logs;
mod read;
mod run;
mod scanned;

pub use broken::Broken;
pub use digest::{Digest, Digesting};
pub use entry::Entry;
pub use home::plan_of_home;
pub use logs::{Doubt, Log, Logs};
pub use run::{End, Run};
pub use scanned::{Scanned, missing_head, unreadable};

/// What a run wrote down. Reading it never fails: what is wrong with it is a part of what was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    pub entries: Vec<Entry>,
    /// Where it is not what was written, from top to bottom.
    pub broken: Vec<Broken>,
    /// The last line, where a crash cut it off; it is not among the entries.
    pub torn: Option<usize>,
    /// How many lines the file has, whatever stands in them.
    pub lines: usize,
}

impl Journal {
    pub fn read(bytes: &[u8]) -> Self {
        read::read(bytes)
    }

    /// The plans it was written for, as SHA-256, each with its line.
    pub fn plans(&self) -> impl Iterator<Item = (usize, &str)> {
        let begun = self.entries.iter().filter(|entry| entry.event == "open");
        begun.map(|entry| (entry.line, entry.fact("plan").unwrap_or_default()))
    }

    /// The digest of the last line. Whoever keeps it elsewhere can prove later that nothing before it was changed, and that
    /// nothing behind it was cut off; none where that line was not read.
    pub fn head(&self) -> Option<Digest> {
        self.entries.last().filter(|entry| entry.line == self.lines).map(|entry| entry.digest)
    }
}

#[cfg(test)]
mod tests;
