//! An exact length of time, to the millisecond. Knows no clock and no zone: a day is 24 hours.

use std::fmt;

/// Milliseconds. A day is 24 h and a week 7 d, whatever the clocks do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration(i64);

/// From the longest to the shortest.
const UNITS: [(&str, i64); 6] = [
    ("w", 7 * Duration::DAY.0),
    ("d", Duration::DAY.0),
    ("h", 60 * Duration::MINUTE.0),
    ("m", Duration::MINUTE.0),
    ("s", 1000),
    ("ms", 1),
];

impl Duration {
    pub const ZERO: Self = Self(0);
    pub const MINUTE: Self = Self(60_000);
    pub const DAY: Self = Self(24 * 60 * 60_000);

    pub const fn from_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    pub const fn milliseconds(self) -> i64 {
        self.0
    }

    /// Whole seconds, rounded up: a limit is never shortened.
    pub const fn seconds_up(self) -> i64 {
        self.0.div_euclid(1000) + (self.0.rem_euclid(1000) != 0) as i64
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }
}

/// The length of one unit, by the letters that name it.
pub(super) fn unit(letters: &str) -> Option<i64> {
    UNITS.iter().find(|(name, _)| *name == letters).map(|(_, length)| *length)
}

/// As the language writes it, the longest units first: `1h30m`, `500ms`, `0s`.
impl fmt::Display for Duration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return formatter.write_str("0s");
        }
        if self.0 < 0 {
            formatter.write_str("-")?;
        }
        let mut rest = self.0.unsigned_abs();
        for (name, length) in UNITS {
            let length = length.unsigned_abs();
            let count = rest / length;
            rest %= length;
            if count > 0 {
                write!(formatter, "{count}{name}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_printed_with_the_longest_units_first() {
        let print = |milliseconds| Duration::from_milliseconds(milliseconds).to_string();
        assert_eq!(print(0), "0s");
        assert_eq!(print(500), "500ms");
        assert_eq!(print(90 * 60_000), "1h30m");
        assert_eq!(print(24 * 60 * 60_000), "1d");
        assert_eq!(print(8 * 24 * 60 * 60_000 + 1), "1w1d1ms");
        assert_eq!(print(-1500), "-1s500ms");
        assert_eq!(print(i64::MIN), "-15250284452w3d7h12m55s808ms");
    }

    #[test]
    fn arithmetic_says_when_it_does_not_fit() {
        let most = Duration::from_milliseconds(i64::MAX);
        assert_eq!(most.checked_add(Duration::from_milliseconds(1)), None);
        assert_eq!(most.checked_mul(2), None);
        assert_eq!(Duration::MINUTE.checked_sub(Duration::DAY), Some(Duration::from_milliseconds(-86_340_000)));
    }

    #[test]
    fn seconds_are_rounded_up() {
        assert_eq!(Duration::from_milliseconds(1001).seconds_up(), 2);
        assert_eq!(Duration::from_milliseconds(1000).seconds_up(), 1);
        assert_eq!(Duration::from_milliseconds(-1500).seconds_up(), -1);
    }
}
