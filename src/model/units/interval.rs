//! Stretches of time, their start in and their end out, and what they have in common.

use super::{Duration, Instant};

/// From `start` until just before `end`; empty where they are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    pub start: Instant,
    pub end: Instant,
}

impl Interval {
    /// None where the end lies before the start.
    pub fn new(start: Instant, end: Instant) -> Option<Self> {
        (start <= end).then_some(Self { start, end })
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    pub fn duration(self) -> Duration {
        self.end.since(self.start)
    }

    pub fn contains(self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }

    /// What both cover; none where that is nothing.
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end)).filter(|both| !both.is_empty())
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.intersection(other).is_some()
    }

    /// First and last as a runbook carries them: seconds since the epoch, rounded so that nothing is left out.
    pub fn epoch_seconds(self) -> (i64, i64) {
        (self.start.epoch_seconds(), self.end.epoch_seconds_up())
    }
}

/// Joins what overlaps or touches. The input is in the order of its starts; so is the output.
pub(super) fn merged(sorted: impl Iterator<Item = Interval>) -> impl Iterator<Item = Interval> {
    let mut sorted = sorted.filter(|interval| !interval.is_empty()).peekable();
    std::iter::from_fn(move || {
        let mut whole = sorted.next()?;
        while let Some(next) = sorted.next_if(|next| next.start <= whole.end) {
            whole.end = whole.end.max(next.end);
        }
        Some(whole)
    })
}

/// Sorts, then joins what overlaps or touches.
pub(super) fn union(mut intervals: Vec<Interval>) -> Vec<Interval> {
    intervals.sort_unstable_by_key(|interval| (interval.start, interval.end));
    merged(intervals.into_iter()).collect()
}

/// What `whole` covers and the merged intervals `taken` do not.
pub(super) fn complement(whole: Interval, taken: &[Interval]) -> Vec<Interval> {
    let ends = std::iter::once(whole.start).chain(taken.iter().map(|interval| interval.end));
    let starts = taken.iter().map(|interval| interval.start).chain(std::iter::once(whole.end));
    ends.zip(starts)
        .filter_map(|(end, start)| Interval::new(end, start).and_then(|gap| gap.intersection(whole)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(start: i64, end: i64) -> Interval {
        Interval::new(Instant::from_epoch_seconds(start).unwrap(), Instant::from_epoch_seconds(end).unwrap()).unwrap()
    }

    #[test]
    fn the_end_is_out() {
        assert!(!interval(0, 5).overlaps(interval(5, 9)));
        assert!(interval(0, 6).overlaps(interval(5, 9)));
        assert!(!interval(5, 5).overlaps(interval(0, 9)));
    }

    #[test]
    fn what_touches_is_joined_and_the_rest_is_the_complement() {
        let joined = union(vec![interval(8, 9), interval(0, 2), interval(2, 3), interval(1, 2), interval(5, 5)]);
        assert_eq!(joined, [interval(0, 3), interval(8, 9)]);
        assert_eq!(complement(interval(1, 12), &joined), [interval(3, 8), interval(9, 12)]);
        assert_eq!(complement(interval(1, 3), &joined), []);
        assert_eq!(complement(interval(4, 7), &joined), [interval(4, 7)]);
        assert_eq!(complement(interval(4, 7), &[]), [interval(4, 7)]);
    }

    #[test]
    fn seconds_are_rounded_outwards() {
        let start = Instant::from_epoch_milliseconds(1500).unwrap();
        let end = Instant::from_epoch_milliseconds(2500).unwrap();
        assert_eq!(Interval::new(start, end).unwrap().epoch_seconds(), (1, 3));
    }
}
