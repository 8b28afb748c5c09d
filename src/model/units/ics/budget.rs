//! How much repetition one file may ask for: a bound on the time that any file can take.

use super::IcsError;
use super::lines::Line;

/// What is left of it, for all calendars of a file together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    left: usize,
}

/// More starts than any one rule needs.
pub(super) const MOST: usize = 20_000;

/// Starts looked at, or their worth in time.
const WHOLE: usize = 400_000;
/// Even a rule that starts once is searched for its next start.
const RULE: usize = 100;
/// A rule that never starts, such as one for the 30th of February, is searched to the end of the calendar.
const FRUITLESS: usize = 10_000;

impl Default for Budget {
    fn default() -> Self {
        Self { left: WHOLE }
    }
}

impl Budget {
    /// Takes what a rule with so many starts costs.
    pub(super) fn spend(&mut self, starts: usize, line: &Line) -> Result<(), IcsError> {
        let cost = if starts == 0 { FRUITLESS } else { RULE + starts };
        self.left = self.left.checked_sub(cost).ok_or_else(|| {
            IcsError::at(line, "the events of this file repeat too often to be counted")
                .help("end old series with `UNTIL`, drop rules that never start, or split the file")
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[test]
    fn rules_that_never_start_cost_most() {
        let line = lines::read("RRULE:FREQ=DAILY").unwrap().remove(0);
        let rules = |starts: usize| {
            let mut budget = Budget::default();
            (0..10_000).take_while(|_| budget.spend(starts, &line).is_ok()).count()
        };
        assert_eq!((rules(0), rules(1), rules(5000)), (40, 3960, 78));
    }
}
