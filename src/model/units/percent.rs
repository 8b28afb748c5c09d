//! A share of a hundred, its own type: `5%` is never compared with `0.05` by accident.

use std::fmt;

use rust_decimal::Decimal;

use super::UnitError;

/// `5%` holds 5. Exact: no binary fractions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(Decimal);

impl Percent {
    pub const ALL: Self = Self(Decimal::ONE_HUNDRED);

    pub const fn new(percent: Decimal) -> Self {
        Self(percent)
    }

    /// The number before the `%`.
    pub const fn value(self) -> Decimal {
        self.0
    }

    /// Reads `5%` or `0.5%`.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        let digits = text.strip_suffix('%').ok_or_else(|| {
            UnitError::new(format!("`{text}` has no `%`")).help("write a percent such as `5%` or `0.5%`")
        })?;
        let plain = digits.starts_with(|letter: char| letter.is_ascii_digit())
            && digits.ends_with(|letter: char| letter.is_ascii_digit())
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let value = Decimal::from_str_exact(digits).ok().filter(|_| plain);
        value.map(Self).ok_or_else(|| {
            UnitError::new(format!("`{text}` is not a percent")).help("write a percent such as `5%` or `0.5%`")
        })
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}%", self.0.normalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_printed_without_needless_zeros_and_compared_by_value() {
        assert_eq!(Percent::parse("5%").unwrap().to_string(), "5%");
        assert_eq!(Percent::parse("0.50%").unwrap().to_string(), "0.5%");
        assert_eq!(Percent::parse("100%").unwrap().to_string(), "100%");
        assert_eq!(Percent::parse("0.50%"), Percent::parse("0.5%"));
        assert!(Percent::parse("0.5%").unwrap() < Percent::parse("5%").unwrap());
    }

    #[test]
    fn a_plain_number_is_no_percent() {
        assert_eq!(Percent::parse("0.05").unwrap_err().message, "`0.05` has no `%`");
        for text in ["%", "-5%", ".5%", "5.%", "1_0%", "1.2.3%", "5 %", "99999999999999999999999999999999%"] {
            assert_eq!(Percent::parse(text).unwrap_err().message, format!("`{text}` is not a percent"));
        }
    }
}
