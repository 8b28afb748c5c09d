//! Comparisons of two constants.

#![expect(clippy::wildcard_enum_match_arm, reason = "only the operators that order get here")]

use super::formula::Formula;
use super::scale::{kind, order};
use super::truth::Truth;
use crate::model::data::Data;
use crate::model::types::Type;
use crate::syntax::ast::BinaryOperator;

/// `==` of two constants.
pub(super) fn known_equal(left: &Data, right: &Data) -> Option<Formula> {
    if let (Some(left), Some(right)) = (left.as_text(), right.as_text()) {
        return Some(Formula::Known(Truth::of(left == right)));
    }
    // Dates and instants are compared where the window is.
    if kind(left)? != kind(right)? || matches!(left, Data::Moment(_)) {
        return None;
    }
    Some(Formula::Known(Truth::of(order(left, right).is_eq())))
}

/// An order of two constants.
pub(super) fn known_order(operator: BinaryOperator, left: &Data, right: &Data, of_type: Type) -> Option<Formula> {
    let (one, other) = (kind(left)?, kind(right)?);
    let ordering = match (left, right, of_type) {
        (Data::Word(left), Data::Word(right), Type::Enum(shape)) if shape.ordered => {
            let at = |word: &str| shape.values.iter().position(|value| value.name == word);
            at(left)?.cmp(&at(right)?)
        }
        (Data::Word(_) | Data::Text(_) | Data::Bool(_) | Data::Moment(_) | Data::Person(_) | Data::Zone(_), ..) => {
            return None;
        }
        _ if one == other => order(left, right),
        _ => return None,
    };
    Some(Formula::Known(Truth::of(match operator {
        BinaryOperator::Less => ordering.is_lt(),
        BinaryOperator::LessOrEqual => ordering.is_le(),
        BinaryOperator::Greater => ordering.is_gt(),
        _ => ordering.is_ge(),
    })))
}

/// The same order seen from the other side.
pub(super) const fn turned(operator: BinaryOperator) -> BinaryOperator {
    match operator {
        BinaryOperator::Less => BinaryOperator::Greater,
        BinaryOperator::LessOrEqual => BinaryOperator::GreaterOrEqual,
        BinaryOperator::Greater => BinaryOperator::Less,
        BinaryOperator::GreaterOrEqual => BinaryOperator::LessOrEqual,
        other => other,
    }
}
