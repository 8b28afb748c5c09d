//! Each line carries the digest of the one before it, and a number. Where that does not hold, what was done is told by
//! which of the two fails.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::Broken;

/// What the first line carries for a line before it.
const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A line, as far as the chain goes.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) line: usize,
    pub(super) digest: String,
    /// Its number and what it says the line before it was; none where it cannot be read.
    pub(super) says: Option<(u64, String)>,
}

pub(super) fn digest(line: &[u8]) -> String {
    Sha256::digest(line).iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

pub(super) fn broken(links: &[Link]) -> Vec<Broken> {
    let first = links.first().and_then(|link| link.says.as_ref());
    let beginning = first.filter(|(number, before)| *number != 1 || before != NOTHING);
    let beginning = beginning.map(|(number, _)| Broken::Beginning { number: *number });
    let unreadable = links.iter().filter(|link| link.says.is_none()).map(|link| Broken::Unreadable(link.line));
    let joints = links.windows(2).enumerate().filter_map(|(index, pair)| {
        let [one, next] = pair else { return None };
        joint(one, next, links.get(index + 2))
    });
    let mut all: Vec<Broken> = beginning.into_iter().chain(unreadable).chain(joints).collect();
    all.sort_by_key(place);
    all.dedup();
    all
}

/// What is wrong between a line and the next. Whether that one is still what it was, the one behind it knows.
fn joint(one: &Link, next: &Link, behind: Option<&Link>) -> Option<Broken> {
    let ((number, _), (next_number, before)) = (one.says.as_ref()?, next.says.as_ref()?);
    let follows = number.checked_add(1) == Some(*next_number);
    match (*before == one.digest, follows) {
        (true, true) => None,
        (true, false) => Some(Broken::Changed(next.line)),
        (false, true) => {
            let next_stands =
                behind.and_then(|behind| behind.says.as_ref()).is_some_and(|(_, before)| *before == next.digest);
            Some(if next_stands { Broken::Changed(one.line) } else { Broken::ChangedOrNext(one.line) })
        }
        (false, false) if next_number > number => {
            Some(Broken::Removed { after: one.line, count: next_number - number - 1 })
        }
        (false, false) => Some(Broken::Moved(next.line)),
    }
}

const fn place(broken: &Broken) -> usize {
    match broken {
        Broken::Beginning { .. } => 0,
        Broken::Changed(line) | Broken::ChangedOrNext(line) | Broken::Moved(line) | Broken::Unreadable(line) => *line,
        Broken::Removed { after, .. } => *after,
    }
}
