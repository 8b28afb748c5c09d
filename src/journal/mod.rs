//! Owns the journal of a run: its lines, and whether they are still those that were written. Knows no plan, and not what
//! the events mean.

mod broken;
mod chain;
mod entry;
mod read;

pub use broken::Broken;
pub use entry::Entry;

/// What a run wrote down. Reading it never fails: what is wrong with it is a part of what was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    pub entries: Vec<Entry>,
    /// Where it is not what was written, from top to bottom.
    pub broken: Vec<Broken>,
    /// The last line, where a crash cut it off; it is not among the entries.
    pub torn: Option<usize>,
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
}

#[cfg(test)]
mod tests;
