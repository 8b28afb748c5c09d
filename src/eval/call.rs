//! What functions compute.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use std::borrow::Cow;
use std::cmp::Ordering;
use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::compare::{instant, order};
use super::condition::truth;
use super::context::Scope;
use super::evaluate::{Evaluated, evaluate};
use super::operator;
use super::unknown::{Unknown, resolved};
use crate::model::data::{Data, Value};
use crate::model::expression::Expr;
use crate::model::function::Function;
use crate::model::units::{Duration, Moment, Percent, UnitError, Version, Zone, Zoned};
use crate::source::Place;
use crate::syntax::ast::BinaryOperator;

pub(super) fn call(function: Function, arguments: &[Expr], place: Place, scope: &Scope<'_>) -> Evaluated {
    let values: Vec<Value> = arguments.iter().map(|argument| evaluate(argument, scope)).collect::<Result<_, _>>()?;
    let place = values.first().map_or(place, |first| first.place);
    let data = match (function, values.as_slice()) {
        (Function::Now, []) => {
            Data::Moment(Moment::Zoned(Zoned::new(scope.context.now, scope.zone().cloned().unwrap_or_else(Zone::utc))))
        }
        (Function::Count, [list]) => Data::Number(items(list)?.len().into()),
        (Function::Len, [value]) => Data::Number(match &value.data {
            Data::List(_) => items(value)?.len().into(),
            _ => text(value)?.chars().count().into(),
        }),
        (Function::Duration, [value]) => match value.data {
            Data::Duration(duration) => Data::Duration(duration),
            _ => Data::Duration(parsed(Duration::parse(&text(value)?), value)?),
        },
        (Function::Version, [value]) => match &value.data {
            Data::Version(version) => Data::Version(version.clone()),
            _ => Data::Version(parsed(Version::parse(&text(value)?), value)?),
        },
        (Function::Number, [value]) => number(value)?,
        (Function::Lower, [value]) => Data::text(text(value)?.to_lowercase()),
        (Function::Upper, [value]) => Data::text(text(value)?.to_uppercase()),
        (Function::Trim, [value]) => Data::text(text(value)?.trim()),
        (Function::StartsWith, [value, start]) => return Ok(truth(text(value)?.starts_with(&*text(start)?), place)),
        (Function::EndsWith, [value, end]) => return Ok(truth(text(value)?.ends_with(&*text(end)?), place)),
        (Function::Split, [value, separator]) => split(value, &text(separator)?)?,
        (Function::Join, [list, separator]) => {
            let parts: Vec<String> = items(list)?.iter().map(|item| item.data.to_string()).collect();
            Data::text(parts.join(&text(separator)?))
        }
        (Function::Weekday, [value]) => weekday(value, scope)?,
        (Function::Sum, [list]) => return sum(list, scope, place),
        (Function::Min, [list]) => return extreme(list, Ordering::Less, "min", scope),
        (Function::Max, [list]) => return extreme(list, Ordering::Greater, "max", scope),
        (Function::First, [list]) => return items(list)?.first().cloned().ok_or_else(|| empty("first", list)),
        (Function::Last, [list]) => return items(list)?.last().cloned().ok_or_else(|| empty("last", list)),
        (Function::AsList, [value]) => match &value.data {
            Data::List(_) => value.data.clone(),
            _ => Data::List([value.clone()].into()),
        },
        (Function::Abs, [value]) => absolute(value)?,
        (Function::Text, [value]) => Data::text(value.data.to_string()),
        (Function::FileExists, [path]) => Data::Bool(scope.context.files.exists(&text(path)?)),
        (function, _) => {
            let message = format!("`{}` is given the wrong number of arguments", function.name());
            return Err(Unknown::unusable(message, place));
        }
    };
    Ok(Value::new(data, place))
}

/// The elements, all of them known.
fn items(value: &Value) -> Result<&[Value], Unknown> {
    match &value.data {
        Data::List(items) => {
            items.iter().try_for_each(|item| resolved(item).map(|_| ()))?;
            Ok(items)
        }
        other => Err(Unknown::unusable(format!("{} is not a list", other.noun()), value.place)),
    }
}

fn text(value: &Value) -> Result<Cow<'_, str>, Unknown> {
    let not_text = || Unknown::unusable(format!("{} is not a string", value.data.noun()), value.place);
    value.data.readable().ok_or_else(not_text)
}

fn parsed<T>(result: Result<T, UnitError>, value: &Value) -> Result<T, Unknown> {
    result.map_err(|problem| Unknown::unusable(problem.message, value.place))
}

fn number(value: &Value) -> Result<Data, Unknown> {
    if let Data::Number(number) = value.data {
        return Ok(Data::Number(number));
    }
    let written = text(value)?;
    Decimal::from_str(written.trim())
        .map(Data::Number)
        .map_err(|_| Unknown::unusable(format!("`{written}` is not a number"), value.place))
}

fn split(value: &Value, separator: &str) -> Result<Data, Unknown> {
    let written = text(value)?;
    if separator.is_empty() {
        return Err(Unknown::unusable("a separator cannot be empty", value.place));
    }
    let parts: Arc<[Value]> = written.split(separator).map(|part| Value::new(Data::text(part), value.place)).collect();
    Ok(Data::List(parts))
}

fn weekday(value: &Value, scope: &Scope<'_>) -> Result<Data, Unknown> {
    let Data::Moment(moment) = &value.data else {
        return Err(Unknown::unusable(format!("{} is not a date", value.data.noun()), value.place));
    };
    let date = match moment {
        Moment::Date(date) => *date,
        Moment::Civil(civil) => civil.date(),
        Moment::Zoned(zoned) => zoned.zone().local(instant(value, moment, scope)?).date(),
    };
    Ok(Data::Word(date.weekday().name()))
}

fn sum(list: &Value, scope: &Scope<'_>, place: Place) -> Evaluated {
    let mut items = items(list)?.iter();
    let Some(first) = items.next() else { return Ok(Value::new(Data::Number(Decimal::ZERO), place)) };
    items.try_fold(first.clone(), |total, item| operator::arithmetic(BinaryOperator::Add, &total, item, scope))
}

fn extreme(list: &Value, wanted: Ordering, name: &str, scope: &Scope<'_>) -> Evaluated {
    let mut items = items(list)?.iter();
    let Some(mut found) = items.next() else { return Err(empty(name, list)) };
    for item in items {
        if order(item, found, scope)? == wanted {
            found = item;
        }
    }
    Ok(found.clone())
}

fn empty(name: &str, list: &Value) -> Unknown {
    Unknown::unusable(format!("this list is empty: it has no `{name}`"), list.place)
}

fn absolute(value: &Value) -> Result<Data, Unknown> {
    Ok(match &value.data {
        Data::Number(number) => Data::Number(number.abs()),
        Data::Percent(percent) => Data::Percent(Percent::new(percent.value().abs())),
        Data::Duration(duration) => {
            Data::Duration(Duration::from_milliseconds(duration.milliseconds().saturating_abs()))
        }
        other => return Err(Unknown::unusable(format!("{} has no sign", other.noun()), value.place)),
    })
}
