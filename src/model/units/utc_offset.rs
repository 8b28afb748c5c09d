//! How far a local clock is ahead of UTC: `+01:00`.

use std::fmt;

use super::UnitError;

/// Seconds; east of Greenwich is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcOffset(i32);

impl UtcOffset {
    pub const UTC: Self = Self(0);

    pub(super) const fn from_seconds(seconds: i32) -> Self {
        Self(seconds)
    }

    pub const fn seconds(self) -> i32 {
        self.0
    }

    pub(super) const fn milliseconds(self) -> i64 {
        self.0 as i64 * 1000
    }

    /// Reads `Z` or `±HH:MM`.
    pub(super) fn parse(text: &str) -> Result<Self, UnitError> {
        let refuse = || UnitError::new(format!("`{text}` is not an offset from UTC")).help("write `Z` or `+01:00`");
        if text == "Z" {
            return Ok(Self::UTC);
        }
        let (sign, digits) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
            (Some(digits), _) => (1, digits),
            (None, Some(digits)) => (-1, digits),
            (None, None) => return Err(refuse()),
        };
        let (hours, minutes) = digits.split_once(':').ok_or_else(refuse)?;
        let two = |part: &str| {
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<i32>().ok().filter(|_| digits)
        };
        let (Some(hours), Some(minutes)) = (two(hours), two(minutes)) else {
            return Err(refuse());
        };
        if hours > 18 || minutes > 59 {
            return Err(UnitError::new(format!("no clock on earth is at `{text}`")).help("write `Z` or `+01:00`"));
        }
        Ok(Self(sign * (hours * 3600 + minutes * 60)))
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let seconds = self.0.unsigned_abs();
        write!(formatter, "{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60)?;
        if seconds.is_multiple_of(60) { Ok(()) } else { write!(formatter, ":{:02}", seconds % 60) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_and_printed_with_its_sign() {
        for text in ["+01:00", "-08:00", "+05:45", "+00:00", "-00:30", "+14:00"] {
            assert_eq!(UtcOffset::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(UtcOffset::parse("Z"), Ok(UtcOffset::UTC));
        for text in ["", "z", "1", "+1:00", "+0100", "+01:0", "+01:60", "+19:00", "01:00"] {
            assert!(UtcOffset::parse(text).is_err(), "{text}");
        }
    }
}
