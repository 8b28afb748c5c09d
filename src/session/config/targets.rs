//! What a team wants its deployments to come to: `[audit]` of `stopline.toml`. What is not settled is what careful teams
//! aim at.

use rust_decimal::Decimal;

use crate::model::units::{Duration, Percent};

/// What an audit holds its measures against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Targets {
    /// At least so many deployments a day.
    pub per_day: Decimal,
    /// Shorter than that.
    pub lead_time: Duration,
    pub time_to_recover: Duration,
    /// Less than that.
    pub change_failures: Percent,
    pub rollbacks: Percent,
    pub degradation: Percent,
    pub errors: Percent,
}

impl Default for Targets {
    fn default() -> Self {
        let hour = Duration::from_milliseconds(3_600_000);
        let percent = |percent: i64| Percent::new(Decimal::from(percent));
        Self {
            per_day: Decimal::TWO,
            lead_time: hour,
            time_to_recover: hour,
            change_failures: percent(15),
            rollbacks: percent(5),
            degradation: percent(10),
            errors: percent(1),
        }
    }
}

impl Targets {
    /// Sets the one of that name; else what is wrong with the text, and what to write instead.
    pub(super) fn set(&mut self, name: &str, written: &str) -> Result<(), (String, Option<String>)> {
        let length = || Duration::parse(written).map_err(|problem| (problem.message, problem.help));
        let percent = || Percent::parse(written).map_err(|problem| (problem.message, problem.help));
        match name {
            "per-day" => self.per_day = count(written)?,
            "lead-time" => self.lead_time = length()?,
            "time-to-recover" => self.time_to_recover = length()?,
            "change-failures" => self.change_failures = percent()?,
            "rollbacks" => self.rollbacks = percent()?,
            "degradation" => self.degradation = percent()?,
            _ => self.errors = percent()?,
        }
        Ok(())
    }
}

fn count(written: &str) -> Result<Decimal, (String, Option<String>)> {
    let count = Decimal::from_str_exact(written).ok().filter(|count| *count > Decimal::ZERO);
    let help = "write one such as \"2\" or \"0.2\"".to_owned();
    count.ok_or_else(|| (format!("`{written}` is no number above zero"), Some(help)))
}
