//! Whole seconds, the unit every shell has: how long, and when.

use crate::model::units::Duration;

/// How long. Milliseconds are rounded up: a limit is never shorter than what the plan says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Seconds(u64);

impl Seconds {
    pub const ZERO: Self = Self(0);

    /// No run lasts a century; more is clamped, so that no sum can overflow in the shell's 64 bits.
    const LONGEST: u64 = 100 * 366 * 24 * 3600;

    pub const fn new(seconds: u64) -> Self {
        Self(if seconds > Self::LONGEST { Self::LONGEST } else { seconds })
    }

    /// From a plan's milliseconds, rounded up; a negative duration is none.
    pub fn from_millis(millis: i64) -> Self {
        Self::new(u64::try_from(millis).unwrap_or_default().div_ceil(1000))
    }

    pub const fn get(self) -> u64 {
        self.0
    }

    /// As the language writes it: `1h30m`.
    pub fn written(self) -> Duration {
        Duration::from_milliseconds(i64::try_from(self.0).unwrap_or(i64::MAX).saturating_mul(1000))
    }

    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self::new(self.0.saturating_add(other.0))
    }

    #[must_use]
    pub const fn times(self, count: u64) -> Self {
        Self::new(self.0.saturating_mul(count))
    }
}

impl std::iter::Sum for Seconds {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Self::plus)
    }
}

/// When: seconds since 1970-01-01T00:00:00Z. Zones are resolved before a procedure exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(i64);

impl Epoch {
    /// Before year 1 and after year 9999 nothing is deployed; clamped, so that the shell's 64 bits hold every sum.
    pub const fn new(seconds: i64) -> Self {
        const FIRST: i64 = -62_135_596_800;
        const LAST: i64 = 253_402_300_799;
        Self(if seconds < FIRST {
            FIRST
        } else if seconds > LAST {
            LAST
        } else {
            seconds
        })
    }

    pub const fn get(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_never_shorter_than_the_plan_says() {
        assert_eq!(Seconds::from_millis(1).get(), 1);
        assert_eq!(Seconds::from_millis(2_000).get(), 2);
        assert_eq!(Seconds::from_millis(-5), Seconds::ZERO);
    }

    #[test]
    fn no_sum_overflows() {
        let most = Seconds::new(u64::MAX);
        assert_eq!(most.plus(most), most);
        assert_eq!(most.times(u64::MAX), most);
        assert!(Epoch::new(i64::MIN).get() > i64::MIN / 2);
    }
}
