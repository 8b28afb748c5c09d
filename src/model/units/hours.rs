//! Hours of the day, `09:00-17:00`, as a wall clock shows them.

use std::fmt;

use super::{Duration, UnitError};

/// From one minute of the day until before another; past midnight where the end is not later than the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hours {
    from: u16,
    to: u16,
}

const MINUTES_A_DAY: u16 = 24 * 60;

impl Hours {
    /// Reads `09:00-17:00`, `22:00-06:00`, `18:00-24:00`.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let refuse = |why: &str| {
            UnitError::new(format!("`{text}` {why}")).help("write `09:00-17:00`, or `22:00-06:00` to pass midnight")
        };
        let (from, to) = text.split_once('-').ok_or_else(|| refuse("is not a span of hours"))?;
        let (Some(from), Some(to)) = (minute_of_day(from), minute_of_day(to)) else {
            return Err(refuse("is not a span of hours"));
        };
        if from == MINUTES_A_DAY {
            return Err(refuse("starts when the day is over"));
        }
        if from == to {
            return Err(refuse("lasts no time").help("write `00:00-24:00` for the whole day"));
        }
        Ok(Self { from, to })
    }

    /// Milliseconds from the midnight the hours begin after; the end may lie past the next.
    pub(super) fn span(self) -> (i64, i64) {
        let milliseconds = |minute: u16| i64::from(minute) * Duration::MINUTE.milliseconds();
        let to = if self.to <= self.from { self.to + MINUTES_A_DAY } else { self.to };
        (milliseconds(self.from), milliseconds(to))
    }
}

/// `24:00` is the end of the day.
fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let two = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| digits)
    };
    let (hour, minute) = (two(hour)?, two(minute)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= MINUTES_A_DAY).then_some(total)
}

impl fmt::Display for Hours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(formatter, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_and_printed() {
        for text in ["09:00-17:00", "22:00-06:00", "18:30-24:00", "00:00-24:00"] {
            assert_eq!(Hours::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Hours::parse("22:00-06:00").unwrap().span(), (79_200_000, 108_000_000));
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in
            ["", "09:00", "9:00-17:00", "09:00-25:00", "09:00-17:60", "09:00–17:00", "24:01-25:00", "09:00 - 17:00"]
        {
            assert_eq!(Hours::parse(text).unwrap_err().message, format!("`{text}` is not a span of hours"));
        }
        assert_eq!(Hours::parse("24:00-06:00").unwrap_err().message, "`24:00-06:00` starts when the day is over");
        assert_eq!(Hours::parse("09:00-09:00").unwrap_err().message, "`09:00-09:00` lasts no time");
    }
}
