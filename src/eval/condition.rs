//! Conditions in three-valued logic: true, false, or unknown with its reason.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use std::sync::Arc;

use super::context::Scope;
use super::evaluate::evaluate;
use super::unknown::Unknown;
use crate::model::data::{Data, Value};
use crate::model::expression::{Expr, Variable};
use crate::source::Place;
use crate::syntax::ast::Quantifier;

/// What a condition says; `Err` is "unknown".
pub(super) type Known = Result<bool, Unknown>;

pub(super) fn condition(expr: &Expr, scope: &Scope<'_>) -> Known {
    let value = evaluate(expr, scope)?;
    match value.data {
        Data::Bool(known) => Ok(known),
        other => {
            let message = format!("`{expr}` is {}, not true or false", other.noun());
            Err(Unknown::unusable(message, value.place))
        }
    }
}

pub(super) const fn truth(known: bool, place: Place) -> Value {
    Value::new(Data::Bool(known), place)
}

/// False wins over unknown, whichever side it stands on.
pub(super) fn and(left: Known, right: impl FnOnce() -> Known) -> Known {
    match left {
        Ok(false) => Ok(false),
        Ok(true) => right(),
        Err(unknown) => match right() {
            Ok(false) => Ok(false),
            Ok(true) => Err(unknown),
            Err(other) => Err(unknown.or(other)),
        },
    }
}

/// True wins over unknown, whichever side it stands on.
pub(super) fn or(left: Known, right: impl FnOnce() -> Known) -> Known {
    match left {
        Ok(true) => Ok(true),
        Ok(false) => right(),
        Err(unknown) => match right() {
            Ok(true) => Ok(true),
            Ok(false) => Err(unknown),
            Err(other) => Err(unknown.or(other)),
        },
    }
}

pub(super) fn quantified(
    quantifier: Quantifier,
    variable: &Variable,
    over: &Expr,
    body: &Expr,
    scope: &Scope<'_>,
) -> Known {
    let items = elements(over, scope)?;
    let mut answers = items.iter().map(|item| condition(body, &scope.with(variable, item)));
    match quantifier {
        Quantifier::Every => answers.try_fold(Ok(true), |all, answer| short_circuit(and(all, || answer), false)),
        Quantifier::Some => answers.try_fold(Ok(false), |any, answer| short_circuit(or(any, || answer), true)),
        Quantifier::No => answers
            .try_fold(Ok(false), |any, answer| short_circuit(or(any, || answer), true))
            .map(|any| any.map(|any| !any))
            .map_err(|any| any.map(|any| !any)),
    }
    .unwrap_or_else(|decided| decided)
}

/// Stops the fold once the answer cannot change.
fn short_circuit(known: Known, decisive: bool) -> Result<Known, Known> {
    match known {
        Ok(answer) if answer == decisive => Err(Ok(answer)),
        other => Ok(other),
    }
}

/// What a quantifier goes through.
pub(super) fn elements(over: &Expr, scope: &Scope<'_>) -> Result<Arc<[Value]>, Unknown> {
    let value = evaluate(over, scope)?;
    match value.data {
        Data::List(items) => Ok(items),
        other => Err(Unknown::unusable(format!("`{over}` is {}, not a list", other.noun()), value.place)),
    }
}
