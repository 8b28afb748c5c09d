//! A point in time, the same everywhere. Knows no zone and never asks a clock.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::{Duration, UnitError, Zoned};

/// Milliseconds from 1970-01-01T00:00Z, within the calendar's years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(Timestamp);

impl Instant {
    pub fn from_epoch_milliseconds(milliseconds: i64) -> Option<Self> {
        Timestamp::from_millisecond(milliseconds).ok().map(Self)
    }

    pub fn from_epoch_seconds(seconds: i64) -> Option<Self> {
        Timestamp::from_second(seconds).ok().map(Self)
    }

    pub fn epoch_milliseconds(self) -> i64 {
        self.0.as_millisecond()
    }

    /// Whole seconds, rounded down.
    pub fn epoch_seconds(self) -> i64 {
        self.epoch_milliseconds().div_euclid(1000)
    }

    /// Whole seconds, rounded up: the first that is not before.
    pub fn epoch_seconds_up(self) -> i64 {
        self.epoch_seconds() + i64::from(self.epoch_milliseconds().rem_euclid(1000) != 0)
    }

    /// Reads an instant as `--at` takes it: `2026-11-24T10:00Z`, `…+01:00` or `…[Europe/Berlin]`.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        Zoned::parse(text).map(|zoned| zoned.instant())
    }

    /// None past the end of the calendar.
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        self.0.checked_add(SignedDuration::from_millis(duration.milliseconds())).ok().map(Self)
    }

    /// How long `earlier` was before this; negative where it was not.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_milliseconds(self.epoch_milliseconds() - earlier.epoch_milliseconds())
    }

    /// The nearest instant the calendar has.
    pub(super) fn clamped(milliseconds: i64) -> Self {
        let (first, last) = (Timestamp::MIN.as_second() * 1000, Timestamp::MAX.as_second() * 1000);
        Self(Timestamp::from_millisecond(milliseconds.clamp(first, last)).unwrap_or_default())
    }

    pub(super) const fn of(timestamp: Timestamp) -> Self {
        Self(timestamp)
    }

    pub(super) const fn timestamp(self) -> Timestamp {
        self.0
    }
}

/// In UTC, as RFC 3339 writes it.
impl fmt::Display for Instant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

impl serde::Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_rounded_to_the_side_that_is_asked_for() {
        let instant = Instant::from_epoch_milliseconds(-1500).unwrap();
        assert_eq!((instant.epoch_seconds(), instant.epoch_seconds_up()), (-2, -1));
        assert_eq!(instant.to_string(), "1969-12-31T23:59:58.5Z");
    }

    #[test]
    fn nothing_lies_past_the_end_of_the_calendar() {
        let late = Instant::from_epoch_seconds(253_370_000_000).unwrap();
        assert_eq!(late.checked_add(Duration::from_milliseconds(i64::MAX)), None);
        assert_eq!(Instant::from_epoch_seconds(i64::MAX), None);
        assert_eq!(Instant::clamped(i64::MAX).to_string(), "9999-12-30T22:00:00Z");
    }
}
