//! What was done to a journal after it was written.

use std::fmt;

/// One place where a journal is not what was written. Lines are counted from 1, as they stand in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It does not begin where a run begins, but with this number.
    Beginning { number: u64 },
    /// This line is not what it was when the next one was written.
    Changed(usize),
    /// This line or the one after it: nothing behind them says which.
    ChangedOrNext(usize),
    /// So many lines are gone behind this one.
    Removed { after: usize, count: u64 },
    /// This line was put here, or stood elsewhere.
    Moved(usize),
    /// These lines are none a run writes.
    Unreadable { first: usize, last: usize },
}

impl Broken {
    /// The line at which it is seen.
    pub const fn line(self) -> usize {
        match self {
            Self::Beginning { .. } => 1,
            Self::Changed(line) | Self::ChangedOrNext(line) | Self::Moved(line) => line,
            Self::Removed { after, .. } => after,
            Self::Unreadable { first, .. } => first,
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beginning { number } => {
                write!(out, "the beginning was removed: line 1 is the run's line {number}")
            }
            Self::Changed(line) => write!(out, "line {line} was changed after it was written"),
            Self::ChangedOrNext(line) => {
                write!(out, "line {line} or line {} was changed after it was written", line + 1)
            }
            Self::Removed { after, count: 1 } => write!(out, "one line was removed after line {after}"),
            Self::Removed { after, count } => write!(out, "{count} lines were removed after line {after}"),
            Self::Moved(line) => write!(out, "line {line} was added, or stood elsewhere"),
            Self::Unreadable { first, last } if first == last => write!(out, "line {first} is no line of a journal"),
            Self::Unreadable { first, last } => write!(out, "lines {first} to {last} are no lines of a journal"),
        }
    }
}
