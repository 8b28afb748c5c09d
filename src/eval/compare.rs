//! Equality and order of values.

use std::cmp::Ordering;

use super::context::Scope;
use super::unknown::{Unknown, resolved};
use crate::model::data::{Data, Value};
use crate::model::enums::{ENVIRONMENT, LEVEL, RISK};
use crate::model::units::{Instant, Moment};

/// Whether two values are the same; of different kinds, they cannot be compared.
pub(super) fn equal(left: &Value, right: &Value, scope: &Scope<'_>) -> Result<bool, Unknown> {
    let (left, right) = (resolved(left)?, resolved(right)?);
    Ok(match (&left.data, &right.data) {
        (Data::Null, Data::Null) => true,
        (Data::Null, _) | (_, Data::Null) => false,
        (Data::Bool(left), Data::Bool(right)) => left == right,
        (Data::Pattern(left), Data::Pattern(right)) => left == right,
        (Data::List(left), Data::List(right)) => {
            if left.len() != right.len() {
                return Ok(false);
            }
            for (left, right) in left.iter().zip(right.iter()) {
                if !equal(left, right, scope)? {
                    return Ok(false);
                }
            }
            true
        }
        (left_data, right_data) => {
            if let (Some(left), Some(right)) = (left_data.as_text(), right_data.as_text()) {
                return Ok(left == right);
            }
            order(left, right, scope)? == Ordering::Equal
        }
    })
}

/// Which of two values is less.
pub(super) fn order(left: &Value, right: &Value, scope: &Scope<'_>) -> Result<Ordering, Unknown> {
    let (left, right) = (resolved(left)?, resolved(right)?);
    match (&left.data, &right.data) {
        (Data::Number(left), Data::Number(right)) => Ok(left.cmp(right)),
        (Data::Duration(left), Data::Duration(right)) => Ok(left.cmp(right)),
        (Data::Percent(left), Data::Percent(right)) => Ok(left.value().cmp(&right.value())),
        (Data::Version(left), Data::Version(right)) => Ok(left.cmp(right)),
        (Data::Offset(left), Data::Offset(right)) => Ok(left.duration().cmp(&right.duration())),
        (Data::Word(left_word), Data::Word(right_word)) => word_order(left_word, right_word)
            .ok_or_else(|| Unknown::unusable(format!("`{left_word}` and `{right_word}` have no order"), left.place)),
        (Data::Moment(left_moment), Data::Moment(right_moment)) => match (left_moment, right_moment) {
            (Moment::Date(left), Moment::Date(right)) => Ok(left.cmp(right)),
            (Moment::Civil(left), Moment::Civil(right)) => Ok(left.cmp(right)),
            _ => Ok(instant(left, left_moment, scope)?.cmp(&instant(right, right_moment, scope)?)),
        },
        (left_data, right_data) => {
            let message = format!("{} cannot be compared with {}", left_data.noun(), right_data.noun());
            let place = if matches!(left_data, Data::Record(_)) { left.place } else { better_place(left, right) };
            Err(Unknown::unusable(message, place))
        }
    }
}

/// The instant a moment stands for; civil times are read in the window's zone.
pub(super) fn instant(value: &Value, moment: &Moment, scope: &Scope<'_>) -> Result<Instant, Unknown> {
    let in_zone = || {
        scope.zone().ok_or_else(|| {
            let message = format!("`{moment}` names no zone, and the plan's window gives none");
            Unknown::unusable(message, value.place)
        })
    };
    match moment {
        Moment::Zoned(zoned) => Ok(zoned.instant()),
        Moment::Date(date) => Ok(in_zone()?.start_of(*date)),
        Moment::Civil(civil) => {
            let zone = in_zone()?;
            zone.resolve(*civil).map_err(|problem| {
                Unknown::unusable(crate::model::units::UnitError::from(problem).message, value.place)
            })
        }
    }
}

fn word_order(left: &str, right: &str) -> Option<Ordering> {
    [&RISK, &ENVIRONMENT, &LEVEL].into_iter().find_map(|words| {
        let position = |word: &str| words.values.iter().position(|value| value.name == word);
        Some(position(left)?.cmp(&position(right)?))
    })
}

/// The value that came out of a file rather than the policy's own constant.
fn better_place(left: &Value, right: &Value) -> crate::source::Place {
    if left.place.file == right.place.file { left.place.min(right.place) } else { left.place }
}
