//! A number with its unit, and whether it is what was aimed at.

use std::fmt;

use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use crate::model::units::in_words;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    PerDay(Decimal),
    Seconds(Decimal),
    Percent(Decimal),
}

/// What is aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    AtLeast(Figure),
    Below(Figure),
}

/// Whether it was reached. Out of no data nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    Yes,
    No,
    Unknown,
}

impl Figure {
    pub const fn value(self) -> Decimal {
        match self {
            Self::PerDay(value) | Self::Seconds(value) | Self::Percent(value) => value,
        }
    }

    pub const fn unit(self) -> &'static str {
        match self {
            Self::PerDay(_) => "per-day",
            Self::Seconds(_) => "seconds",
            Self::Percent(_) => "percent",
        }
    }
}

impl Target {
    pub const fn figure(self) -> Figure {
        match self {
            Self::AtLeast(figure) | Self::Below(figure) => figure,
        }
    }

    pub fn met_by(self, figure: Figure) -> Met {
        let is_met = match self {
            Self::AtLeast(least) => figure.value() >= least.value(),
            Self::Below(limit) => figure.value() < limit.value(),
        };
        if is_met { Met::Yes } else { Met::No }
    }
}

impl Met {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = |value: &Decimal| value.round_dp(2).normalize();
        match self {
            Self::PerDay(value) => write!(out, "{} a day", short(value)),
            Self::Seconds(value) => out.write_str(&in_words(u64::try_from(value.round()).unwrap_or_default())),
            Self::Percent(value) => write!(out, "{}%", short(value)),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(figure) => write!(out, "at least {figure}"),
            Self::Below(figure) => write!(out, "below {figure}"),
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shape = serializer.serialize_struct("Figure", 2)?;
        shape.serialize_field("value", &number(self.value()))?;
        shape.serialize_field("unit", self.unit())?;
        shape.end()
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shape = serializer.serialize_struct("Target", 3)?;
        let is = match self {
            Self::AtLeast(_) => "at-least",
            Self::Below(_) => "below",
        };
        shape.serialize_field("is", is)?;
        shape.serialize_field("value", &number(self.figure().value()))?;
        shape.serialize_field("unit", self.figure().unit())?;
        shape.end()
    }
}

/// No more exact than a float, and the same everywhere.
fn number(value: Decimal) -> f64 {
    value.round_dp(4).normalize().to_string().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_as_people_say_them() {
        let said = [
            Figure::PerDay(Decimal::new(12_345, 4)).to_string(),
            Figure::Seconds(Decimal::from(90_061)).to_string(),
            Figure::Seconds(Decimal::ZERO).to_string(),
            Target::Below(Figure::Percent(Decimal::new(50, 1))).to_string(),
        ];
        assert_eq!(said, ["1.23 a day", "1 d 1 h 1 min 1 s", "0 s", "below 5%"]);
    }

    #[test]
    fn a_limit_that_is_reached_is_not_kept() {
        let five = Figure::Percent(Decimal::from(5));
        assert_eq!(Target::Below(five).met_by(five), Met::No);
        assert_eq!(Target::AtLeast(five).met_by(five), Met::Yes);
    }
}
