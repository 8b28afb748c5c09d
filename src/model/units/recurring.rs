//! Times that come again: days of the week, hours of the day, in a zone's own clocks.
//!
//! An instant is in a pattern when the wall clock then shows one of its hours on one of its days. Hours that pass midnight
//! belong to the day they begin on: `friday 22:00-06:00` ends on Saturday morning. Where clocks are put back an hour counts
//! both times; where they are put forward a skipped hour or day is touched by nothing.

use super::interval::merged;
use super::segments::Segment;
use super::{Duration, Hours, Interval, Weekday, Zone};

/// Days and hours; an empty list is every day, or the whole day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pattern {
    pub weekdays: Vec<Weekday>,
    pub hours: Vec<Hours>,
}

const DAY: i64 = Duration::DAY.milliseconds();

impl Pattern {
    pub fn on(weekday: Weekday) -> Self {
        Self { weekdays: vec![weekday], hours: Vec::new() }
    }

    /// True where every instant matches.
    pub fn is_always(&self) -> bool {
        self.weekdays.is_empty() && self.hours.is_empty()
    }

    /// The stretches of `within` that match, in order, joined where they touch. Lazy: asking for the first is cheap
    /// however long `within` is.
    pub fn intervals<'a>(&'a self, zone: &'a Zone, within: Interval) -> impl Iterator<Item = Interval> + 'a {
        merged(zone.segments(within).flat_map(|segment| self.in_segment(segment)))
    }

    /// In the order of their starts: days go up, the hours of one day are sorted, and clipping keeps the order.
    fn in_segment(&self, segment: Segment) -> impl Iterator<Item = Interval> {
        let (start, end) = segment.local();
        // the day before may have hours that run into the first
        let days = start.div_euclid(DAY) - 1..end.div_euclid(DAY) + 1;
        days.filter(|day| self.weekdays.is_empty() || self.weekdays.contains(&Weekday::of_day(*day)))
            .flat_map(move |day| self.spans().map(move |(from, to)| (day * DAY + from, day * DAY + to)))
            .filter_map(move |(from, to)| segment.cut(from, to))
    }

    /// Milliseconds of the day, sorted; the end is past the day where the hours pass midnight.
    fn spans(&self) -> impl Iterator<Item = (i64, i64)> + use<> {
        let mut spans: Vec<(i64, i64)> = self.hours.iter().map(|hours| hours.span()).collect();
        spans.sort_unstable();
        if spans.is_empty() {
            spans.push((0, DAY));
        }
        spans.into_iter()
    }
}

/// The stretches of `within` on a day of the week in a zone: what a runbook carries instead of a name.
pub fn weekday_ranges(zone: &Zone, weekday: Weekday, within: Interval) -> Vec<Interval> {
    Pattern::on(weekday).intervals(zone, within).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::units::{Instant, zone_names};

    fn interval(start: &str, end: &str) -> Interval {
        Interval::new(Instant::parse(start).unwrap(), Instant::parse(end).unwrap()).unwrap()
    }

    fn print(intervals: impl IntoIterator<Item = Interval>) -> Vec<String> {
        intervals.into_iter().map(|interval| format!("{} {}", interval.start, interval.end)).collect()
    }

    #[test]
    fn fridays_become_instants() {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let month = interval("2026-10-20T00:00Z", "2026-11-03T00:00Z");
        assert_eq!(
            print(weekday_ranges(&zone, Weekday::Friday, month)),
            ["2026-10-22T22:00:00Z 2026-10-23T22:00:00Z", "2026-10-29T23:00:00Z 2026-10-30T23:00:00Z"]
        );
        let sunday = weekday_ranges(&zone, Weekday::Sunday, interval("2026-10-24T00:00Z", "2026-10-27T00:00Z"));
        assert_eq!(sunday[0].duration().to_string(), "1d1h");
    }

    #[test]
    fn hours_past_midnight_belong_to_the_day_they_begin_on() {
        let pattern = Pattern { weekdays: vec![Weekday::Friday], hours: vec![Hours::parse("22:00-06:00").unwrap()] };
        let week = interval("2026-11-23T00:00Z", "2026-11-30T00:00Z");
        let found: Vec<Interval> = pattern.intervals(&Zone::utc(), week).collect();
        assert_eq!(print(found), ["2026-11-27T22:00:00Z 2026-11-28T06:00:00Z"]);
        let saturday = interval("2026-11-28T00:00Z", "2026-11-29T00:00Z");
        assert_eq!(print(pattern.intervals(&Zone::utc(), saturday)), ["2026-11-28T00:00:00Z 2026-11-28T06:00:00Z"]);
    }

    #[test]
    fn a_day_that_a_zone_skipped_is_touched_by_nothing() {
        let apia = Zone::parse("Pacific/Apia").unwrap();
        let week = interval("2011-12-29T12:00Z", "2012-01-01T00:00Z");
        assert_eq!(weekday_ranges(&apia, Weekday::Friday, week), []);
    }

    #[test]
    fn a_day_can_come_in_two_parts() {
        let newfoundland = Zone::parse("America/St_Johns").unwrap();
        let night = interval("2010-11-06T12:00Z", "2010-11-07T12:00Z");
        assert_eq!(
            print(weekday_ranges(&newfoundland, Weekday::Sunday, night)),
            ["2010-11-07T02:30:00Z 2010-11-07T02:31:00Z", "2010-11-07T03:30:00Z 2010-11-07T12:00:00Z"]
        );
    }

    #[test]
    fn the_first_is_found_at_once_in_a_window_of_millennia() {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let long = interval("0001-01-01T00:00Z", "9998-12-31T00:00Z");
        assert!(Pattern::on(Weekday::Friday).intervals(&zone, long).next().is_some());
    }

    /// Any zone, a start near one of its changes of clocks more often than not, and a length of up to nine days.
    fn somewhere() -> impl Strategy<Value = (Zone, Interval)> {
        let names = zone_names();
        let start = 631_152_000_i64..2_145_916_800;
        (proptest::sample::select(names), start, any::<bool>(), -90_000_i64..90_000, 60_i64..777_600).prop_map(
            |(name, start, near, by, length)| {
                let zone = Zone::parse(&name).unwrap();
                let mut start = Instant::from_epoch_seconds(start).unwrap();
                if near && let Some(change) = zone.clock().following(start.timestamp()).next() {
                    start = Instant::clamped(change.timestamp().as_millisecond() + by * 1000);
                }
                let end = Instant::clamped(start.epoch_milliseconds() + length * 1000);
                (zone, Interval { start, end })
            },
        )
    }

    fn hours() -> impl Strategy<Value = Hours> {
        (0..24_u32, 0..24_u32)
            .prop_filter("an hour at least", |(from, to)| from != to)
            .prop_map(|(from, to)| Hours::parse(&format!("{from:02}:00-{to:02}:00")).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn sampling_every_minute_finds_the_same(
            (zone, within) in somewhere(),
            weekdays in proptest::collection::vec(proptest::sample::select(Weekday::ALL.to_vec()), 0..3),
            hours in proptest::collection::vec(hours(), 0..3),
        ) {
            let pattern = Pattern { weekdays, hours };
            let found: Vec<Interval> = pattern.intervals(&zone, within).collect();
            prop_assert!(found.windows(2).all(|pair| pair[0].end < pair[1].start), "sorted and joined");
            let on = |day: Weekday| pattern.weekdays.is_empty() || pattern.weekdays.contains(&day);
            let mut minute = within.start.epoch_milliseconds();
            while minute < within.end.epoch_milliseconds() {
                let instant = Instant::clamped(minute);
                let local = zone.local(instant);
                let time = local.milliseconds().rem_euclid(DAY);
                let today = local.date().weekday();
                let yesterday = Weekday::of_day(local.milliseconds().div_euclid(DAY) - 1);
                let expected = if pattern.hours.is_empty() { on(today) } else {
                    pattern.hours.iter().any(|hours| {
                        let (from, to) = hours.span();
                        (on(today) && from <= time && time < to) || (on(yesterday) && time + DAY < to)
                    })
                };
                prop_assert_eq!(found.iter().any(|interval| interval.contains(instant)), expected, "{} {}", instant, zone);
                minute += 60_000;
            }
        }
    }
}
