//! Each line carries the digest of the one before it, and a number. Where that does not hold, what was done is told by
//! which of the two fails. Three lines are held at a time, however long a journal is.

use super::{Broken, Digest};

/// A line, as far as the chain goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) line: usize,
    /// None where it cannot be read.
    pub(super) says: Option<Says>,
}

/// What can be read of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Says {
    pub(super) number: u64,
    /// What it says the line before it was.
    pub(super) before: Digest,
    /// What it is.
    pub(super) digest: Digest,
}

/// Lines on their way past, and what was wrong with them.
#[derive(Debug, Default)]
pub(super) struct Chain {
    before: Option<Link>,
    /// The last line that came: whether it was changed, the one behind it knows.
    last: Option<Link>,
    broken: Vec<Broken>,
}

impl Chain {
    pub(super) fn next(&mut self, link: Link) {
        if self.last.is_none() {
            self.begin(link);
        }
        if link.says.is_none() {
            self.unreadable(link.line);
        }
        self.join(Some(link));
        self.before = self.last.replace(link);
    }

    pub(super) fn end(mut self) -> Vec<Broken> {
        self.join(None);
        self.broken.sort_by_key(|broken| broken.line());
        self.broken.dedup();
        self.broken
    }

    fn begin(&mut self, first: Link) {
        let wrong = first.says.filter(|says| says.number != 1 || says.before != Digest::NOTHING);
        self.broken.extend(wrong.map(|says| Broken::Beginning { number: says.number }));
    }

    /// Rubbish may be long: what stands together is one place.
    fn unreadable(&mut self, line: usize) {
        let together = self.broken.iter_mut().rev().find_map(|broken| match broken {
            Broken::Unreadable { last, .. } => Some(last),
            Broken::Beginning { .. }
            | Broken::Changed(_)
            | Broken::ChangedOrNext(_)
            | Broken::Removed { .. }
            | Broken::Moved(_) => None,
        });
        match together {
            Some(last) if *last + 1 == line => *last = line,
            Some(_) | None => self.broken.push(Broken::Unreadable { first: line, last: line }),
        }
    }

    /// Joins the two lines that came before `behind`.
    fn join(&mut self, behind: Option<Link>) {
        if let Some((one, next)) = self.before.zip(self.last) {
            self.broken.extend(joint(one, next, behind));
        }
    }
}

/// What is wrong between a line and the next. Whether that one is still what it was, the one behind it knows.
fn joint(one: Link, next: Link, behind: Option<Link>) -> Option<Broken> {
    let (says, next_says) = (one.says?, next.says?);
    let (number, next_number) = (says.number, next_says.number);
    let follows = number.checked_add(1) == Some(next_number);
    match (next_says.before == says.digest, follows) {
        (true, true) => None,
        (true, false) => Some(Broken::Changed(next.line)),
        (false, true) => {
            let next_stands =
                behind.and_then(|behind| behind.says).is_some_and(|behind| behind.before == next_says.digest);
            Some(if next_stands { Broken::Changed(one.line) } else { Broken::ChangedOrNext(one.line) })
        }
        (false, false) if next_number > number => {
            Some(Broken::Removed { after: one.line, count: next_number - number - 1 })
        }
        (false, false) => Some(Broken::Moved(next.line)),
    }
}
