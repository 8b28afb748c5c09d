//! `T-1w`: an exact time from the start of a plan's window. Knows no zone: a day is 24 hours.

use std::fmt;

use super::{Duration, Instant, UnitError};

/// Before (negative) or after the start of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(Duration);

impl Offset {
    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(Duration::from_milliseconds(milliseconds))
    }

    pub const fn duration(self) -> Duration {
        self.0
    }

    /// The instant this far from `start`; none past the end of the calendar.
    pub fn from(self, start: Instant) -> Option<Instant> {
        start.checked_add(self.0)
    }

    /// Reads `T-1w`, `T+15m`, and `T-0` for the start itself, as checklists say it.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let refuse = |why: &str| {
            UnitError::new(format!("`{text}` {why}")).help("write `T-` or `T+` and a duration: `T-1w`, `T-3d`, `T+15m`")
        };
        let rest = text.strip_prefix('T').ok_or_else(|| refuse("does not start with `T`"))?;
        let (sign, length) = match (rest.strip_prefix('-'), rest.strip_prefix('+')) {
            (Some(length), _) => (-1, length),
            (None, Some(length)) => (1, length),
            (None, None) => return Err(refuse("has no sign after `T`")),
        };
        if length == "0" {
            return Ok(Self(Duration::ZERO));
        }
        if length.contains(':') || length.starts_with('P') {
            return Err(refuse("is not an offset"));
        }
        let length = Duration::parse(length).map_err(|error| refuse(&format!("is not an offset: {error}")))?;
        length.checked_mul(sign).map(Self).ok_or_else(|| refuse("is longer than can be counted"))
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0.is_negative() { "" } else { "+" };
        write!(formatter, "T{sign}{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_and_printed_with_its_sign() {
        for text in ["T-1w", "T-3d", "T+15m", "T+0s"] {
            assert_eq!(Offset::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Offset::parse("T-0"), Ok(Offset::from_milliseconds(0)));
        assert_eq!(Offset::parse("T-0s").unwrap().to_string(), "T+0s");
        assert_eq!(Offset::parse("1w").unwrap_err().message, "`1w` does not start with `T`");
        assert_eq!(Offset::parse("T1w").unwrap_err().message, "`T1w` has no sign after `T`");
        assert_eq!(Offset::parse("T-5").unwrap_err().message, "`T-5` is not an offset: `5` has no unit");
        assert_eq!(Offset::parse("T-04:00").unwrap_err().message, "`T-04:00` is not an offset");
    }

    #[test]
    fn a_day_before_is_24_hours_before_even_over_a_clock_change() {
        let start = Instant::from_epoch_seconds(1_774_782_000).unwrap();
        let before = Offset::parse("T-1d").unwrap().from(start).unwrap();
        assert_eq!(start.epoch_seconds() - before.epoch_seconds(), 86_400);
    }
}
