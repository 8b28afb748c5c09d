//! Windows and the days of the week they touch.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is more than whole days")]

use super::build::{Builder, Source};
use super::formula::Formula;
use super::scale::Test;
use super::term::{Domain, Term};
use crate::model::data::Data;
use crate::model::expression::Expr;
use crate::model::plan::WindowBlock;
use crate::model::read::BlockType;
use crate::model::types::Type;
use crate::model::units::Weekday;

impl Builder<'_, '_> {
    /// A window and the days of the week it touches: at least one, and any of them.
    pub(super) fn overlaps(&mut self, left: &Expr, right: &Expr) -> Option<Formula> {
        let window = Type::Record(WindowBlock::SHAPE);
        if left.of_type != window || !left.is_path() || self.binding.source == Source::Files {
            return None;
        }
        let bits = days(&self.constant(right)?)?;
        let window = self.value_term(left)?;
        let name = format!("days of {}", self.key(left));
        let label = left.to_string();
        let new = || Term {
            may_miss: true,
            may_be_unusable: true,
            label: Some(label),
            ..Term::new(Some(window), Domain::Days)
        };
        let term = self.terms.intern(name, new);
        Some(self.terms.test(term, Test::Touches(bits)))
    }
}

/// The days of the week that are meant, as bits; `None` for what is more than whole days.
fn days(time: &Data) -> Option<u32> {
    let bit = |day: Weekday| Weekday::ALL.iter().position(|known| *known == day).map(|at| 1 << at);
    match time {
        Data::Word(word) => bit(Weekday::named(word)?),
        Data::List(items) => items.iter().try_fold(0, |all, item| match &item.data {
            Data::Word(word) => Some(all | bit(Weekday::named(word)?)?),
            _ => None,
        }),
        Data::Calendar(calendar) => {
            let block = &calendar.block;
            let only_days = block.from.is_none()
                && block.to.is_none()
                && block.zone.is_none()
                && block.hours.is_none()
                && block.ics.is_none();
            let days = block.weekdays.as_ref().filter(|_| only_days)?;
            days.value.iter().try_fold(0, |all, day| Some(all | bit(day.value)?))
        }
        _ => None,
    }
}
