//! The window of a plan: when work may be done, as an exact stretch of time judged in one zone.

use std::fmt;

use super::{Civil, Duration, Fold, Gap, Instant, Interval, Pattern, UnitError, Weekday, Zone, ZoneError};

/// Start in, end out: the end is exactly `duration` after the start, whatever the clocks do meanwhile.
///
/// A window that starts at a wall-clock time that comes twice covers both readings, from the earlier start to the later
/// end: it touches whatever either would touch. [`Window::fold`] tells that this was needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    zone: Zone,
    start: Instant,
    end: Instant,
    duration: Duration,
    fold: Option<Box<Fold>>,
}

/// Why a window cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowError {
    /// The start does not exist in the zone.
    Start(Box<Gap>),
    /// The duration is negative, or the end is past the end of the calendar.
    Duration(UnitError),
}

impl Window {
    pub fn new(start: Instant, duration: Duration, zone: Zone) -> Result<Self, WindowError> {
        let end = end_of(start, duration)?;
        Ok(Self { zone, start, end, duration, fold: None })
    }

    /// A window that starts when clocks in `zone` show `start`.
    pub fn at(start: Civil, duration: Duration, zone: Zone) -> Result<Self, WindowError> {
        match zone.resolve(start) {
            Ok(start) => Self::new(start, duration, zone),
            Err(ZoneError::Gap(gap)) => Err(WindowError::Start(Box::new(gap))),
            Err(ZoneError::Fold(fold)) => {
                let end = end_of(fold.later, duration)?;
                Ok(Self { zone, start: fold.earlier, end, duration, fold: Some(Box::new(fold)) })
            }
        }
    }

    pub const fn start(&self) -> Instant {
        self.start
    }

    /// The first instant that is no longer in the window.
    pub const fn end(&self) -> Instant {
        self.end
    }

    /// As it was written; shorter than what the window covers where the start comes twice.
    pub const fn duration(&self) -> Duration {
        self.duration
    }

    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The two readings of a start that comes twice: worth a finding, whose text is `UnitError::from(fold)`.
    pub fn fold(&self) -> Option<&Fold> {
        self.fold.as_deref()
    }

    pub fn local_start(&self) -> Civil {
        self.zone.local(self.start)
    }

    pub fn local_end(&self) -> Civil {
        self.zone.local(self.end)
    }

    /// What the window touches: a window without length still touches the instant it stands at.
    pub fn touched(&self) -> Interval {
        let least = Instant::clamped(self.start.epoch_milliseconds() + 1);
        Interval { start: self.start, end: self.end.max(least) }
    }

    pub fn overlaps(&self, interval: Interval) -> bool {
        self.touched().overlaps(interval)
    }

    /// Judged in the window's own zone, over the whole of it.
    pub fn overlaps_weekday(&self, weekday: Weekday) -> bool {
        self.first_on(weekday).is_some()
    }

    /// The first instant of the window on that day.
    pub fn first_on(&self, weekday: Weekday) -> Option<Instant> {
        Pattern::on(weekday).intervals(&self.zone, self.touched()).next().map(|friday| friday.start)
    }

    /// The days of the week that the window touches, in the order it comes to them.
    pub fn weekdays(&self) -> Vec<Weekday> {
        let firsts = Weekday::ALL.into_iter().filter_map(|weekday| Some((self.first_on(weekday)?, weekday)));
        let mut firsts: Vec<(Instant, Weekday)> = firsts.collect();
        firsts.sort_unstable();
        firsts.into_iter().map(|(_, weekday)| weekday).collect()
    }
}

fn end_of(start: Instant, duration: Duration) -> Result<Instant, WindowError> {
    if duration.is_negative() {
        let error = UnitError::new(format!("a window cannot last `{duration}`"));
        return Err(WindowError::Duration(error.help("write how long the window is open, such as `30m`")));
    }
    start.checked_add(duration).ok_or_else(|| {
        let error = UnitError::new(format!("a window of `{duration}` ends after the last year of the calendar"));
        WindowError::Duration(error.help("write how long the window is open, such as `30m`"))
    })
}

impl From<WindowError> for UnitError {
    fn from(error: WindowError) -> Self {
        match error {
            WindowError::Start(gap) => (*gap).into(),
            WindowError::Duration(error) => error,
        }
    }
}

/// As people read it: `Fri 2026-11-27 10:00–10:30 Europe/Berlin`, the day again where it ends on another, the offsets where
/// the clocks change meanwhile or show one of its ends twice.
impl fmt::Display for Window {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end) = (self.local_start(), self.local_end());
        let (first, last) = (self.zone.offset_at(self.start), self.zone.offset_at(self.end));
        let offsets = first != last || [self.start, self.end].iter().any(|end| self.zone.shows_twice(*end));
        write!(formatter, "{} {} {}", start.date().weekday().short(), start.date(), start.time())?;
        if offsets {
            write!(formatter, "{first}")?;
        }
        if self.start != self.end {
            if end.date() == start.date() {
                write!(formatter, "–{}", end.time())?;
            } else if end.is_midnight() && end.date() == start.date().next() && !offsets {
                formatter.write_str("–24:00")?;
            } else {
                write!(formatter, " – {} {} {}", end.date().weekday().short(), end.date(), end.time())?;
            }
            if offsets {
                write!(formatter, "{last}")?;
            }
        }
        write!(formatter, " {}", self.zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(start: &str, duration: &str, zone: &str) -> Window {
        let duration = Duration::parse(duration).unwrap();
        Window::at(Civil::parse(start).unwrap(), duration, Zone::parse(zone).unwrap()).unwrap()
    }

    fn days(window: &Window) -> String {
        window.weekdays().iter().map(|weekday| weekday.short()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn thursday_night_runs_into_friday() {
        let window = window("2026-11-26T23:50", "30m", "Asia/Tokyo");
        assert!(window.overlaps_weekday(Weekday::Friday));
        assert_eq!(days(&window), "Thu Fri");
        assert_eq!(window.first_on(Weekday::Friday).unwrap().to_string(), "2026-11-26T15:00:00Z");
    }

    #[test]
    fn the_end_is_not_in_the_window() {
        assert_eq!(days(&window("2026-11-26T23:30", "30m", "Europe/Berlin")), "Thu");
        assert_eq!(days(&window("2026-11-26T23:30", "30m1s", "Europe/Berlin")), "Thu Fri");
    }

    #[test]
    fn a_window_without_length_touches_its_instant() {
        let window = window("2026-11-27T00:00", "0s", "Europe/Berlin");
        assert_eq!(days(&window), "Fri");
        assert!(window.overlaps(Interval { start: window.start(), end: Instant::clamped(i64::MAX) }));
        assert!(!window.overlaps(Interval { start: Instant::clamped(0), end: window.start() }));
    }

    #[test]
    fn days_are_judged_in_the_zone_of_the_window() {
        let start = Instant::parse("2026-11-27T23:30-08:00").unwrap();
        let in_zone = |zone| Window::new(start, Duration::MINUTE, Zone::parse(zone).unwrap()).unwrap();
        assert_eq!(days(&in_zone("Europe/Berlin")), "Sat");
        assert_eq!(days(&in_zone("America/Los_Angeles")), "Fri");
    }

    #[test]
    fn long_windows_touch_every_day() {
        assert_eq!(days(&window("2026-11-30T10:00", "2d", "UTC")), "Mon Tue Wed");
        assert_eq!(days(&window("2026-11-28T10:00", "3w", "UTC")), "Sat Sun Mon Tue Wed Thu Fri");
        assert_eq!(days(&window("2026-12-31T23:59", "2m", "Pacific/Kiritimati")), "Thu Fri");
        assert_eq!(days(&window("2024-02-29T12:00", "12h", "UTC")), "Thu");
        let ages = Duration::from_milliseconds(250_000_000_000_000);
        assert_eq!(Window::new(Instant::clamped(0), ages, Zone::utc()).unwrap().weekdays().len(), 7);
    }

    #[test]
    fn a_day_that_was_skipped_is_not_touched() {
        let window = window("2011-12-29T23:00", "2h", "Pacific/Apia");
        assert_eq!(days(&window), "Thu Sat");
        assert_eq!(window.to_string(), "Thu 2011-12-29 23:00-10:00 – Sat 2011-12-31 01:00+14:00 Pacific/Apia");
    }

    #[test]
    fn a_start_that_comes_twice_covers_both_readings() {
        let window = window("2026-10-25T02:30", "30m", "Europe/Berlin");
        assert_eq!(window.start().to_string(), "2026-10-25T00:30:00Z");
        assert_eq!(window.end().to_string(), "2026-10-25T02:00:00Z");
        assert_eq!(window.duration().to_string(), "30m");
        assert!(window.fold().is_some());
        assert_eq!(window.to_string(), "Sun 2026-10-25 02:30+02:00–03:00+01:00 Europe/Berlin");
    }

    #[test]
    fn of_a_time_that_comes_twice_it_is_said_which_one_is_meant() {
        let at = |start: &str, duration: &str| {
            let duration = Duration::parse(duration).unwrap();
            Window::new(Instant::parse(start).unwrap(), duration, Zone::parse("Europe/Berlin").unwrap()).unwrap()
        };
        assert_eq!(
            at("2026-10-25T02:30+01:00", "3h").to_string(),
            "Sun 2026-10-25 02:30+01:00–05:30+01:00 Europe/Berlin"
        );
        assert_eq!(
            at("2026-10-25T01:00+02:00", "90m").to_string(),
            "Sun 2026-10-25 01:00+02:00–02:30+02:00 Europe/Berlin"
        );
        assert_eq!(at("2026-10-25T03:00+01:00", "1h").to_string(), "Sun 2026-10-25 03:00–04:00 Europe/Berlin");
    }

    #[test]
    fn a_window_that_cannot_be_is_refused_with_the_reason() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let gap = Window::at(Civil::parse("2026-03-29T02:30").unwrap(), Duration::MINUTE, berlin).unwrap_err();
        assert_eq!(
            UnitError::from(gap).message,
            "02:30 does not exist on 2026-03-29 in Europe/Berlin: clocks go from 02:00 to 03:00"
        );
        let long = Window::new(Instant::clamped(0), Duration::from_milliseconds(i64::MAX), Zone::utc()).unwrap_err();
        assert!(UnitError::from(long).message.ends_with("ends after the last year of the calendar"));
        let negative = Window::new(Instant::clamped(0), Duration::from_milliseconds(-1), Zone::utc()).unwrap_err();
        assert_eq!(UnitError::from(negative).message, "a window cannot last `-1ms`");
    }

    #[test]
    fn is_printed_as_people_read_it() {
        let print = |start, duration, zone| window(start, duration, zone).to_string();
        assert_eq!(print("2026-11-27T10:00", "30m", "Europe/Berlin"), "Fri 2026-11-27 10:00–10:30 Europe/Berlin");
        assert_eq!(
            print("2026-11-26T23:50", "30m", "Asia/Tokyo"),
            "Thu 2026-11-26 23:50 – Fri 2026-11-27 00:20 Asia/Tokyo"
        );
        assert_eq!(print("2026-11-26T23:30", "30m", "Asia/Tokyo"), "Thu 2026-11-26 23:30–24:00 Asia/Tokyo");
        assert_eq!(print("2026-11-27T10:00", "0s", "UTC"), "Fri 2026-11-27 10:00 UTC");
        assert_eq!(
            print("2026-03-29T01:30", "1h", "Europe/Berlin"),
            "Sun 2026-03-29 01:30+01:00–03:30+02:00 Europe/Berlin"
        );
        let zone = Zone::fixed(crate::model::units::UtcOffset::parse("-03:00").unwrap());
        let fixed = Window::new(Instant::clamped(0), Duration::parse("90s").unwrap(), zone).unwrap();
        assert_eq!(fixed.to_string(), "Wed 1969-12-31 21:00–21:01:30 -03:00");
    }
}
