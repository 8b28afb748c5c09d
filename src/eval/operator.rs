//! What operators compute.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use std::cmp::Ordering;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::compare::{equal, instant, order};
use super::condition::{and, condition, or, truth};
use super::context::Scope;
use super::evaluate::{Evaluated, evaluate};
use super::overlap::overlaps;
use super::unknown::{Unknown, resolved};
use crate::model::data::{Data, Value};
use crate::model::expression::Expr;
use crate::model::units::{Duration, Moment, Percent, Zone, Zoned};
use crate::source::Place;
use crate::syntax::ast::BinaryOperator;

pub(super) fn binary(
    operator: BinaryOperator,
    left: &Expr,
    right: &Expr,
    place: Place,
    scope: &Scope<'_>,
) -> Evaluated {
    let known = |answer: Result<bool, Unknown>| answer.map(|known| truth(known, place));
    match operator {
        BinaryOperator::And => return known(and(condition(left, scope), || condition(right, scope))),
        BinaryOperator::Or => return known(or(condition(left, scope), || condition(right, scope))),
        BinaryOperator::Else => {
            return match evaluate(left, scope) {
                Err(Unknown::Missing { .. }) | Ok(Value { data: Data::Null, .. }) => evaluate(right, scope),
                other => other,
            };
        }
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessOrEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterOrEqual
        | BinaryOperator::In
        | BinaryOperator::Contains
        | BinaryOperator::Matches
        | BinaryOperator::Overlaps
        | BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Multiply
        | BinaryOperator::Divide => {}
    }
    let (left, right) = (evaluate(left, scope)?, evaluate(right, scope)?);
    match operator {
        BinaryOperator::Equal => known(equal(&left, &right, scope)),
        BinaryOperator::NotEqual => known(equal(&left, &right, scope).map(|same| !same)),
        BinaryOperator::Less => known(order(&left, &right, scope).map(Ordering::is_lt)),
        BinaryOperator::LessOrEqual => known(order(&left, &right, scope).map(Ordering::is_le)),
        BinaryOperator::Greater => known(order(&left, &right, scope).map(Ordering::is_gt)),
        BinaryOperator::GreaterOrEqual => known(order(&left, &right, scope).map(Ordering::is_ge)),
        BinaryOperator::In => known(contains(&right, &left, scope)),
        BinaryOperator::Contains => known(contains(&left, &right, scope)),
        BinaryOperator::Matches => known(matches(&left, &right)),
        BinaryOperator::Overlaps => known(overlaps(&left, &right)),
        BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::And
        | BinaryOperator::Or
        | BinaryOperator::Else => arithmetic(operator, &left, &right, scope),
    }
}

pub(super) fn negate(value: &Value) -> Evaluated {
    let data = match &value.data {
        Data::Number(number) => Data::Number(-number),
        Data::Percent(percent) => Data::Percent(Percent::new(-percent.value())),
        Data::Duration(duration) => {
            Data::Duration(Duration::from_milliseconds(duration.milliseconds().saturating_neg()))
        }
        other => return Err(Unknown::unusable(format!("{} has no opposite", other.noun()), value.place)),
    };
    Ok(Value::new(data, value.place))
}

fn contains(list: &Value, element: &Value, scope: &Scope<'_>) -> Result<bool, Unknown> {
    match (&list.data, &element.data) {
        (Data::List(items), _) => {
            let mut unresolved = None;
            for item in items.iter() {
                match equal(item, element, scope) {
                    Ok(true) => return Ok(true),
                    Ok(false) => {}
                    Err(unknown @ Unknown::Unresolved { .. }) => unresolved = unresolved.or(Some(unknown)),
                    Err(unknown) => return Err(unknown),
                }
            }
            unresolved.map_or(Ok(false), Err)
        }
        (Data::Record(record), Data::Text(name)) => {
            record.field(name).map_or(Ok(false), |field| resolved(field).map(|_| true))
        }
        (whole, part) => match (whole.readable(), part.readable()) {
            (Some(whole), Some(part)) => Ok(whole.contains(&*part)),
            _ => Err(Unknown::unusable(format!("{} holds nothing", whole.noun()), list.place)),
        },
    }
}

fn matches(text: &Value, pattern: &Value) -> Result<bool, Unknown> {
    let Data::Pattern(pattern_data) = &pattern.data else {
        return Err(Unknown::unusable(format!("{} is not a pattern", pattern.data.noun()), pattern.place));
    };
    let Some(readable) = text.data.readable() else {
        return Err(Unknown::unusable(format!("{} cannot match a pattern", text.data.noun()), text.place));
    };
    pattern_data
        .matches(&readable)
        .ok_or_else(|| Unknown::unusable(format!("the pattern `{pattern_data}` cannot be used"), pattern.place))
}

pub(super) fn arithmetic(operator: BinaryOperator, left: &Value, right: &Value, scope: &Scope<'_>) -> Evaluated {
    let overflow = || Unknown::unusable("the result is too large", left.place);
    let nothing = || Unknown::unusable("this divides by zero", right.place);
    let data = match (operator, &left.data, &right.data) {
        (BinaryOperator::Divide, _, divisor) if is_zero(divisor) => return Err(nothing()),
        (_, Data::Number(l), Data::Number(r)) => Data::Number(decimal(operator, *l, *r).ok_or_else(overflow)?),
        (BinaryOperator::Divide, Data::Percent(l), Data::Percent(r)) => {
            Data::Number(l.value().checked_div(r.value()).ok_or_else(overflow)?)
        }
        (BinaryOperator::Add | BinaryOperator::Subtract, Data::Percent(l), Data::Percent(r)) => {
            Data::Percent(Percent::new(decimal(operator, l.value(), r.value()).ok_or_else(overflow)?))
        }
        (BinaryOperator::Add, Data::Duration(l), Data::Duration(r)) => {
            Data::Duration(l.checked_add(*r).ok_or_else(overflow)?)
        }
        (BinaryOperator::Subtract, Data::Duration(l), Data::Duration(r)) => {
            Data::Duration(l.checked_sub(*r).ok_or_else(overflow)?)
        }
        (BinaryOperator::Divide, Data::Duration(l), Data::Duration(r)) => {
            let (l, r) = (Decimal::from(l.milliseconds()), Decimal::from(r.milliseconds()));
            Data::Number(l.checked_div(r).ok_or_else(overflow)?)
        }
        (BinaryOperator::Multiply, Data::Number(factor), Data::Duration(duration))
        | (BinaryOperator::Multiply | BinaryOperator::Divide, Data::Duration(duration), Data::Number(factor)) => {
            Data::Duration(scaled(operator, *duration, *factor).ok_or_else(overflow)?)
        }
        (BinaryOperator::Multiply, Data::Percent(percent), Data::Duration(duration))
        | (BinaryOperator::Multiply, Data::Duration(duration), Data::Percent(percent)) => {
            let factor = percent.value() / Decimal::ONE_HUNDRED;
            Data::Duration(scaled(operator, *duration, factor).ok_or_else(overflow)?)
        }
        (BinaryOperator::Multiply, Data::Number(factor), Data::Percent(percent))
        | (BinaryOperator::Multiply | BinaryOperator::Divide, Data::Percent(percent), Data::Number(factor)) => {
            Data::Percent(Percent::new(decimal(operator, percent.value(), *factor).ok_or_else(overflow)?))
        }
        (BinaryOperator::Subtract, Data::Moment(l), Data::Moment(r)) => {
            Data::Duration(instant(left, l, scope)?.since(instant(right, r, scope)?))
        }
        (BinaryOperator::Add | BinaryOperator::Subtract, Data::Moment(moment), Data::Duration(duration)) => {
            let by = if operator == BinaryOperator::Add {
                *duration
            } else {
                Duration::from_milliseconds(duration.milliseconds().saturating_neg())
            };
            moved(left, moment, by, scope).ok_or_else(overflow)??
        }
        (BinaryOperator::Add, Data::Duration(duration), Data::Moment(moment)) => {
            moved(right, moment, *duration, scope).ok_or_else(overflow)??
        }
        (_, l, r) => {
            let message = format!("`{}` does not join {} and {}", operator.symbol(), l.noun(), r.noun());
            return Err(Unknown::unusable(message, left.place));
        }
    };
    Ok(Value::new(data, left.place))
}

fn is_zero(data: &Data) -> bool {
    match data {
        Data::Number(number) => number.is_zero(),
        Data::Percent(percent) => percent.value().is_zero(),
        Data::Duration(duration) => duration.milliseconds() == 0,
        _ => false,
    }
}

fn decimal(operator: BinaryOperator, left: Decimal, right: Decimal) -> Option<Decimal> {
    match operator {
        BinaryOperator::Add => left.checked_add(right),
        BinaryOperator::Subtract => left.checked_sub(right),
        BinaryOperator::Multiply => left.checked_mul(right),
        BinaryOperator::Divide => left.checked_div(right),
        BinaryOperator::Or
        | BinaryOperator::And
        | BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessOrEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterOrEqual
        | BinaryOperator::In
        | BinaryOperator::Contains
        | BinaryOperator::Matches
        | BinaryOperator::Overlaps
        | BinaryOperator::Else => None,
    }
}

/// A duration times or divided by a number, to the nearest millisecond.
fn scaled(operator: BinaryOperator, duration: Duration, factor: Decimal) -> Option<Duration> {
    let millis = decimal(operator, Decimal::from(duration.milliseconds()), factor)?;
    millis.round().to_i64().map(Duration::from_milliseconds)
}

/// `None` past the end of the calendar.
fn moved(value: &Value, moment: &Moment, by: Duration, scope: &Scope<'_>) -> Option<Result<Data, Unknown>> {
    let start = match instant(value, moment, scope) {
        Ok(start) => start,
        Err(unknown) => return Some(Err(unknown)),
    };
    let zone = match moment {
        Moment::Zoned(zoned) => zoned.zone().clone(),
        Moment::Date(_) | Moment::Civil(_) => scope.zone().cloned().unwrap_or_else(Zone::utc),
    };
    start.checked_add(by).map(|moved| Ok(Data::Moment(Moment::Zoned(Zoned::new(moved, zone)))))
}
