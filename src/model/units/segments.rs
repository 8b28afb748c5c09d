//! The stretches of time during which a zone's clocks are not changed. All questions of days and hours are asked of these:
//! within one, wall-clock time is instants plus a constant, and nothing about daylight saving is left to think of.

use super::{Instant, Interval, UtcOffset, Zone};

/// A stretch without a change of clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) interval: Interval,
    pub(super) offset: UtcOffset,
}

impl Segment {
    /// The wall clock at the start and the end, in milliseconds since its 1970-01-01T00:00.
    pub(super) fn local(self) -> (i64, i64) {
        let ahead = self.offset.milliseconds();
        (self.interval.start.epoch_milliseconds() + ahead, self.interval.end.epoch_milliseconds() + ahead)
    }

    /// The part of this segment in which the wall clock stands from `start` until before `end`.
    pub(super) fn cut(self, start: i64, end: i64) -> Option<Interval> {
        let ahead = self.offset.milliseconds();
        Interval::new(Instant::clamped(start - ahead), Instant::clamped(end - ahead))?.intersection(self.interval)
    }
}

impl Zone {
    /// Splits `within` wherever clocks are changed.
    pub(super) fn segments(&self, within: Interval) -> impl Iterator<Item = Segment> {
        let mut at = within.start;
        std::iter::from_fn(move || {
            if at >= within.end {
                return None;
            }
            let change = self.clock().following(at.timestamp()).next().map(|change| Instant::of(change.timestamp()));
            let end = change.filter(|change| *change > at).map_or(within.end, |change| change.min(within.end));
            let segment = Segment { interval: Interval { start: at, end }, offset: self.offset_at(at) };
            at = end;
            Some(segment)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_in_berlin_has_three_parts() {
        let start = Instant::parse("2026-01-01T00:00[Europe/Berlin]").unwrap();
        let end = Instant::parse("2027-01-01T00:00[Europe/Berlin]").unwrap();
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let parts: Vec<String> = zone
            .segments(Interval { start, end })
            .map(|segment| format!("{} {}", segment.interval.start, segment.offset))
            .collect();
        assert_eq!(
            parts,
            ["2025-12-31T23:00:00Z +01:00", "2026-03-29T01:00:00Z +02:00", "2026-10-25T01:00:00Z +01:00"]
        );
    }

    #[test]
    fn an_empty_interval_has_none() {
        let start = Instant::clamped(0);
        assert_eq!(Zone::utc().segments(Interval { start, end: start }).count(), 0);
    }
}
