//! The values of lines: dates, times, durations, as RFC 5545 writes them.

use super::IcsError;
use super::lines::Line;
use crate::model::units::{Civil, Date, Duration};

/// When something is, before its zone is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum When {
    /// `20261224`, a whole day.
    Date(Date),
    /// `20261224T090000`, with the `TZID` of its line.
    Local(Civil, Option<String>),
    /// `20261224T090000Z`, the wall clock of UTC.
    Utc(Civil),
}

/// How long something lasts: days by the calendar, the rest exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) days: i64,
    pub(super) exact: Duration,
}

/// Names that repeat what `Z` says.
const SAME_AS_UTC: &[&str] = &["UTC", "Etc/UTC", "GMT", "Etc/GMT", "Z"];

impl When {
    /// The wall clock at its start.
    pub(super) fn civil(&self) -> Civil {
        match self {
            Self::Date(date) => date.midnight(),
            Self::Local(civil, _) | Self::Utc(civil) => *civil,
        }
    }

    pub(super) const fn is_date(&self) -> bool {
        matches!(self, Self::Date(_))
    }

    /// The value of a line that holds one.
    pub(super) fn read(line: &Line) -> Result<Self, IcsError> {
        Self::read_text(line, &line.value)
    }

    /// One value of a line that may hold several.
    pub(super) fn read_text(line: &Line, text: &str) -> Result<Self, IcsError> {
        let when = Self::written(line, text)?;
        when.fits(line).map(|()| when)
    }

    /// Whether it is what the parameters of its line call it.
    fn fits(&self, line: &Line) -> Result<(), IcsError> {
        // The parameters of a rule are none of its `UNTIL`.
        if matches!(line.name.as_str(), "RRULE" | "EXRULE") {
            return Ok(());
        }
        for name in ["VALUE", "TZID"] {
            if line.parameters.iter().filter(|(known, _)| known == name).count() > 1 {
                return Err(IcsError::at(line, format!("`{name}` comes twice in one line")).help("keep one of the two"));
            }
        }
        let found = if self.is_date() { "date" } else { "time" };
        match line.parameter("VALUE").map(str::to_ascii_uppercase).as_deref() {
            None => {}
            Some("DATE") if self.is_date() => {}
            Some("DATE-TIME") if !self.is_date() => {}
            Some("PERIOD") if !self.is_date() && line.name == "RDATE" => {}
            Some(kind @ ("DATE" | "DATE-TIME" | "PERIOD")) => {
                return Err(IcsError::at(line, format!("`VALUE={kind}` stands before a {found}"))
                    .help("`VALUE=DATE` is for days such as `20261224`, `VALUE=DATE-TIME` for times"));
            }
            Some(kind) => {
                return Err(IcsError::at(line, format!("`VALUE={}` is no kind of date or time", kind.escape_debug()))
                    .help("write `VALUE=DATE` or `VALUE=DATE-TIME`"));
            }
        }
        let Some(zone) = line.parameter("TZID") else { return Ok(()) };
        match self {
            Self::Local(..) => Ok(()),
            Self::Utc(_) if SAME_AS_UTC.iter().any(|utc| zone.eq_ignore_ascii_case(utc)) => Ok(()),
            Self::Utc(_) => Err(IcsError::at(line, format!("this time is in UTC, and `TZID={zone}` says otherwise"))
                .help("leave out the `Z` or the zone, whichever is wrong")),
            Self::Date(_) => Err(IcsError::at(line, "a date has no zone, and `TZID` gives it one")
                .help("leave `TZID` out: a day is a day on the clock of the calendar")),
        }
    }

    fn written(line: &Line, text: &str) -> Result<Self, IcsError> {
        let refuse = || {
            IcsError::at(line, format!("`{text}` is not a date or time"))
                .help("a date is written `20261224`, a time `20261224T090000` or `20261224T080000Z`")
        };
        let text = text.trim();
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        let date = dashed(date).ok_or_else(refuse)?;
        let placed = |error: crate::model::units::UnitError| IcsError { error, span: line.span };
        let Some(time) = time else {
            return Date::parse(&date).map(Self::Date).map_err(placed);
        };
        let (time, utc) = time.strip_suffix('Z').map_or((time, false), |time| (time, true));
        let clock = coloned(time).ok_or_else(refuse)?;
        let civil = Civil::parse(&format!("{date}T{clock}")).map_err(placed)?;
        if utc {
            return Ok(Self::Utc(civil));
        }
        Ok(Self::Local(civil, line.parameter("TZID").map(str::to_owned)))
    }

    /// The values of a line that may hold several, between commas.
    pub(super) fn read_all(line: &Line) -> Result<Vec<Self>, IcsError> {
        line.value.split(',').map(|text| Self::read_text(line, text)).collect()
    }
}

impl Length {
    /// With days of 24 hours.
    pub(super) fn whole(self) -> Duration {
        let days = Duration::DAY.checked_mul(self.days).and_then(|days| days.checked_add(self.exact));
        days.unwrap_or(self.exact)
    }

    /// `P1D`, `PT1H30M`, `P2W`; nothing lasts less than no time.
    pub(super) fn read(line: &Line, text: &str) -> Result<Self, IcsError> {
        let refuse = || {
            IcsError::at(line, format!("`{text}` is not a duration"))
                .help("a duration is written `P1D`, `PT1H30M` or `P2W`")
        };
        let rest = text.strip_prefix('+').unwrap_or(text).strip_prefix('P').ok_or_else(refuse)?;
        let (calendar, _) = rest.split_once('T').unwrap_or((rest, ""));
        let whole = Duration::parse(&format!("P{rest}")).map_err(|_| refuse())?;
        let days = if calendar.is_empty() { Ok(Duration::ZERO) } else { Duration::parse(&format!("P{calendar}")) };
        let days = days.map_err(|_| refuse())?;
        let exact = whole.checked_sub(days).ok_or_else(refuse)?;
        Ok(Self { days: days.milliseconds() / Duration::DAY.milliseconds(), exact })
    }
}

/// `20261224` as `2026-12-24`.
fn dashed(digits: &str) -> Option<String> {
    let (year, rest) = exactly_digits(digits, 8)?.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    Some(format!("{year}-{month}-{day}"))
}

/// `090000` as `09:00:00`; a leap second is the second before it.
fn coloned(digits: &str) -> Option<String> {
    let (hour, rest) = exactly_digits(digits, 6)?.split_at_checked(2)?;
    let (minute, second) = rest.split_at_checked(2)?;
    let second = if second == "60" { "59" } else { second };
    Some(format!("{hour}:{minute}:{second}"))
}

fn exactly_digits(text: &str, count: usize) -> Option<&str> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    fn when(text: &str) -> Result<When, String> {
        When::read(&lines::read(text).unwrap()[0]).map_err(|error| error.to_string())
    }

    #[test]
    fn dates_and_times_are_told_apart() {
        assert_eq!(when("DTSTART;VALUE=DATE:20261224").unwrap().civil().to_string(), "2026-12-24T00:00");
        assert!(when("DTSTART:20261224").unwrap().is_date());
        assert!(matches!(when("DTSTART:20261224T090000Z"), Ok(When::Utc(_))));
        let Ok(When::Local(civil, Some(zone))) = when("DTSTART;TZID=Europe/Berlin:20261224T093001") else { panic!() };
        assert_eq!((civil.to_string().as_str(), zone.as_str()), ("2026-12-24T09:30:01", "Europe/Berlin"));
    }

    #[test]
    fn impossible_ones_are_refused() {
        assert_eq!(
            when("DTSTART:20260231"),
            Err("`2026-02-31` does not exist: 2026-02 has the days 01 to 28".to_owned())
        );
        for text in ["", "2026-12-24", "20261224T0900", "20261224T090000+0100", "2026122４"] {
            assert_eq!(when(&format!("DTSTART:{text}")), Err(format!("`{text}` is not a date or time")));
        }
    }

    #[test]
    fn what_parameters_say_is_so() {
        for text in [
            "DTSTART;VALUE=DATE:20261224",
            "DTSTART;VALUE=date-time:20261224T090000",
            "DTSTART;TZID=UTC:20261224T090000Z",
            "RDATE;VALUE=PERIOD:20261224T090000Z",
            "RRULE;VALUE=RECUR:20261224",
        ] {
            assert!(when(text).is_ok(), "{text}");
        }
        for (text, why) in [
            ("DTSTART;VALUE=DATE:20261224T090000", "`VALUE=DATE` stands before a time"),
            ("DTSTART;VALUE=DATE-TIME:20261224", "`VALUE=DATE-TIME` stands before a date"),
            ("DTSTART;VALUE=PERIOD:20261224T090000", "`VALUE=PERIOD` stands before a time"),
            ("DTSTART;VALUE=TEXT:20261224", "`VALUE=TEXT` is no kind of date or time"),
            ("DTSTART;TZID=Asia/Tokyo:20261224T090000Z", "this time is in UTC, and `TZID=Asia/Tokyo` says otherwise"),
            ("DTSTART;TZID=Asia/Tokyo;VALUE=DATE:20261224", "a date has no zone, and `TZID` gives it one"),
            ("DTSTART;VALUE=DATE;VALUE=DATE-TIME:20261224", "`VALUE` comes twice in one line"),
            ("DTSTART;TZID=Asia/Tokyo;TZID=UTC:20261224T090000", "`TZID` comes twice in one line"),
        ] {
            assert_eq!(when(text), Err(why.to_owned()), "{text}");
        }
    }

    #[test]
    fn days_are_counted_apart_from_hours() {
        let line = lines::read("DURATION:x").unwrap().remove(0);
        let length = Length::read(&line, "P1DT1H").unwrap();
        assert_eq!((length.days, length.exact.to_string().as_str()), (1, "1h"));
        assert_eq!(Length::read(&line, "P2W").unwrap().days, 14);
        assert_eq!(Length::read(&line, "PT36H").unwrap().days, 0);
        assert!(Length::read(&line, "-PT1H").is_err());
        assert!(Length::read(&line, "1h").is_err());
    }
}
