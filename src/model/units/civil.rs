//! Dates and wall-clock times without a zone. Knows which of them a calendar has, not when they are.

use std::fmt;

use jiff::civil;

use super::{Duration, UnitError, Weekday};

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// A date and the time that a wall clock shows, to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil(civil::DateTime);

const DAY: i64 = Duration::DAY.milliseconds();

impl Date {
    /// Reads `2026-11-24`.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let refuse = || UnitError::new(format!("`{text}` is not a date")).help("write `2026-11-24`");
        let parts: Vec<&str> = text.split('-').collect();
        let [year, month, day] = parts.as_slice() else {
            return Err(refuse());
        };
        let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
            return Err(refuse());
        };
        Self::of(text, year, month, day)
    }

    fn of(text: &str, year: i64, month: i64, day: i64) -> Result<Self, UnitError> {
        let refuse = |why: String| UnitError::new(format!("`{text}` does not exist: {why}"));
        if !(1..=9998).contains(&year) {
            return Err(refuse("years go from 0001 to 9998".to_owned()));
        }
        if !(1..=12).contains(&month) {
            return Err(refuse("months go from 01 to 12".to_owned()));
        }
        let narrow = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
        let (Ok(year), Ok(month), Ok(day)) = narrow else {
            return Err(refuse("days go from 01 to 31".to_owned()));
        };
        let last = civil::Date::new(year, month, 1).map_or(31, civil::Date::days_in_month);
        civil::Date::new(year, month, day).map(Self).map_err(|_| {
            refuse(format!("{year:04}-{month:02} has the days 01 to {last:02}"))
                .help(format!("the last day of that month is `{year:04}-{month:02}-{last:02}`"))
        })
    }

    pub fn weekday(self) -> Weekday {
        Weekday::of_day(self.day())
    }

    /// The wall clock's midnight at the start of the day, whether or not a zone has it.
    pub fn midnight(self) -> Civil {
        Civil(self.0.to_datetime(civil::Time::midnight()))
    }

    /// The day after; the last day of the calendar is followed by itself.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.tomorrow().unwrap_or(self.0))
    }

    /// Days since 1970-01-01.
    fn day(self) -> i64 {
        self.midnight().milliseconds().div_euclid(DAY)
    }
}

impl Civil {
    /// Reads `2026-11-24T10:00`, seconds and milliseconds where wanted.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let refuse = || UnitError::new(format!("`{text}` is not a date and time")).help("write `2026-11-24T10:00`");
        let (date, time) = text.split_once('T').ok_or_else(refuse)?;
        let date = Date::parse(date)?;
        let (time, fraction) = time.split_once('.').map_or((time, None), |(time, part)| (time, Some(part)));
        let parts: Option<Vec<i64>> = time.split(':').map(|part| digits(part, 2)).collect();
        let (hour, minute, second) = match parts.as_deref() {
            Some([hour, minute]) if fraction.is_none() => (*hour, *minute, 0),
            Some([hour, minute, second]) => (*hour, *minute, *second),
            _ => return Err(refuse()),
        };
        let millisecond = fraction.map_or(Some(0), milliseconds).ok_or_else(refuse)?;
        let refuse = |why: &str| UnitError::new(format!("`{text}` does not exist: {why}"));
        if (hour, minute, second, millisecond) == (24, 0, 0, 0) {
            return Err(refuse("hours go from 00 to 23")
                .help(format!("midnight belongs to the next day: `{}`", date.next().midnight())));
        }
        if hour > 23 {
            return Err(refuse("hours go from 00 to 23"));
        }
        if minute > 59 {
            return Err(refuse("minutes go from 00 to 59"));
        }
        if second > 59 {
            return Err(refuse("seconds go from 00 to 59"));
        }
        let time = ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
        Ok(Self::from_milliseconds(date.day() * DAY + time))
    }

    pub fn date(self) -> Date {
        Date(self.0.date())
    }

    /// The time alone: `10:00`, seconds and milliseconds only where there are any.
    pub fn time(self) -> String {
        let (hour, minute) = (self.0.hour(), self.0.minute());
        match (self.0.second(), self.0.millisecond()) {
            (0, 0) => format!("{hour:02}:{minute:02}"),
            (second, 0) => format!("{hour:02}:{minute:02}:{second:02}"),
            (second, millisecond) => format!("{hour:02}:{minute:02}:{second:02}.{millisecond:03}"),
        }
    }

    pub fn is_midnight(self) -> bool {
        self.milliseconds().rem_euclid(DAY) == 0
    }

    pub(super) const fn of(value: civil::DateTime) -> Self {
        Self(value)
    }

    pub(super) const fn value(self) -> civil::DateTime {
        self.0
    }

    /// Milliseconds since the wall clock's 1970-01-01T00:00.
    pub(super) fn milliseconds(self) -> i64 {
        let epoch = civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        let since = self.0.duration_since(epoch);
        since.as_secs() * 1000 + i64::from(since.subsec_millis())
    }

    pub(super) fn from_milliseconds(milliseconds: i64) -> Self {
        Self(jiff::tz::Offset::UTC.to_datetime(super::Instant::clamped(milliseconds).timestamp()))
    }
}

/// Exactly `count` digits, as a number.
fn digits(text: &str, count: usize) -> Option<i64> {
    let all = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| all)
}

/// `5` of `10:00:00.5` is 500; more than three digits are more than is kept.
fn milliseconds(fraction: &str) -> Option<i64> {
    let value = digits(fraction, fraction.len())?;
    match fraction.len() {
        1 => Some(value * 100),
        2 => Some(value * 10),
        3 => Some(value),
        _ => None,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)
    }
}

impl fmt::Display for Civil {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}T{}", self.date(), self.time())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        match Civil::parse(text) {
            Ok(civil) => civil.to_string(),
            Err(error) => error.message,
        }
    }

    #[test]
    fn dates_and_times_that_exist_are_read() {
        for text in [
            "2026-11-24T10:00",
            "2026-11-24T10:00:05",
            "2026-11-24T23:59:59.250",
            "2024-02-29T00:00",
            "0001-01-01T00:00",
            "9998-12-31T23:59",
        ] {
            assert_eq!(read(text), text);
        }
        assert_eq!(read("2026-11-24T10:00:00.5"), "2026-11-24T10:00:00.500");
        assert_eq!(Date::parse("2026-11-27").unwrap().weekday(), Weekday::Friday);
        assert_eq!(Date::parse("2026-12-31").unwrap().next().to_string(), "2027-01-01");
    }

    #[test]
    fn impossible_ones_are_refused_with_the_reason() {
        assert_eq!(read("2026-02-31T10:00"), "`2026-02-31` does not exist: 2026-02 has the days 01 to 28");
        assert_eq!(Date::parse("2026-02-29").unwrap_err().help.unwrap(), "the last day of that month is `2026-02-28`");
        assert_eq!(read("2026-04-31T10:00"), "`2026-04-31` does not exist: 2026-04 has the days 01 to 30");
        assert_eq!(read("2026-13-01T10:00"), "`2026-13-01` does not exist: months go from 01 to 12");
        assert_eq!(read("2026-01-00T10:00"), "`2026-01-00` does not exist: 2026-01 has the days 01 to 31");
        assert_eq!(read("0000-01-01T10:00"), "`0000-01-01` does not exist: years go from 0001 to 9998");
        assert_eq!(read("2026-11-24T25:00"), "`2026-11-24T25:00` does not exist: hours go from 00 to 23");
        assert_eq!(read("2026-11-24T10:60"), "`2026-11-24T10:60` does not exist: minutes go from 00 to 59");
        assert_eq!(read("2026-11-24T10:00:60"), "`2026-11-24T10:00:60` does not exist: seconds go from 00 to 59");
        assert_eq!(
            Civil::parse("2026-12-31T24:00").unwrap_err().help.unwrap(),
            "midnight belongs to the next day: `2027-01-01T00:00`"
        );
        for text in [
            "2026-11-24 10:00",
            "2026-11-24T10",
            "2026-11-24T1:00",
            "2026-11-24T10:00:00.",
            "2026-11-24T10:00:00.1234",
            "2026-11-24T10:00.5",
            "2026-11-24t10:00",
        ] {
            assert_eq!(read(text), format!("`{text}` is not a date and time"));
        }
        for text in ["2026-1-1T10:00", "26-01-01T10:00", "+2026-01-01T10:00", "２026-01-01T10:00"] {
            assert!(read(text).ends_with("is not a date"), "{text}");
        }
    }

    proptest! {
        #[test]
        fn milliseconds_go_there_and_back(milliseconds in -62_135_596_800_000_i64..253_370_000_000_000) {
            let civil = Civil::from_milliseconds(milliseconds);
            prop_assert_eq!(civil.milliseconds(), milliseconds);
            prop_assert_eq!(Civil::parse(&civil.to_string()), Ok(civil));
        }
    }
}
