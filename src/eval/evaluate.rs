//! The value of an expression, or why it has none.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use std::sync::Arc;

use rust_decimal::prelude::ToPrimitive;

use super::condition::{condition, quantified, truth};
use super::context::Scope;
use super::unknown::{Unknown, resolved};
use super::{call, operator};
use crate::model::calendar::NamedCalendar;
use crate::model::data::{Data, Record, Value};
use crate::model::expression::{Expr, ExprKind};
use crate::model::read::BlockType;
use crate::source::Place;

pub(super) type Evaluated = Result<Value, Unknown>;

/// What could not be read has no value.
pub(super) fn evaluate(expr: &Expr, scope: &Scope<'_>) -> Evaluated {
    let value = found(expr, scope)?;
    resolved(&value)?;
    Ok(value)
}

fn found(expr: &Expr, scope: &Scope<'_>) -> Evaluated {
    match &expr.kind {
        ExprKind::Constant(data) => Ok(Value::new(data.clone(), expr.place)),
        ExprKind::Variable(variable) => scope.get(variable).cloned().ok_or_else(|| missing(&variable.name, expr.place)),
        ExprKind::Parameter(name) => scope.context.parameters.get(name).cloned().ok_or_else(|| {
            let message = format!("the parameter `{name}` has no value");
            Unknown::unusable(message, expr.place)
        }),
        ExprKind::Field { of, name } => match known(of, scope) {
            Some(holder) => field(holder, name, of),
            None => field(&evaluate(of, scope)?, name, of),
        },
        ExprKind::Index { of, index } => element(&evaluate(of, scope)?, &evaluate(index, scope)?, of),
        ExprKind::Call { function, arguments } => call::call(*function, arguments, expr.place, scope),
        ExprKind::List(items) => {
            let items: Arc<[Value]> = items.iter().map(|item| evaluate(item, scope)).collect::<Result<_, _>>()?;
            Ok(Value::new(Data::List(items), expr.place))
        }
        ExprKind::Negate(inner) => operator::negate(&evaluate(inner, scope)?),
        ExprKind::Binary { operator, left, right } => operator::binary(*operator, left, right, expr.place, scope),
        ExprKind::If { condition: asked, yes, no } => {
            let chosen = if condition(asked, scope)? { yes } else { no };
            evaluate(chosen, scope)
        }
        ExprKind::Not(inner) => condition(inner, scope).map(|known| truth(!known, expr.place)),
        ExprKind::Exists(inner) => exists(inner, scope).map(|known| truth(known, expr.place)),
        ExprKind::Quantified { quantifier, variable, over, body } => {
            quantified(*quantifier, variable, over, body, scope).map(|known| truth(known, expr.place))
        }
        ExprKind::Metric(_) | ExprKind::Baseline(_) | ExprKind::Failed { .. } => {
            Err(Unknown::unusable("this is known only while the plan runs", expr.place))
        }
    }
}

/// What a path leads to, where each part of it is there and could be read: the value itself, since most of what stands on
/// the way to a field is large.
fn known<'s>(path: &Expr, scope: &'s Scope<'_>) -> Option<&'s Value> {
    let value = match &path.kind {
        ExprKind::Variable(variable) => scope.get(variable)?,
        ExprKind::Field { of, name } => {
            let Data::Record(record) = &known(of, scope)?.data else { return None };
            record.field(name)?
        }
        _ => return None,
    };
    resolved(value).is_ok().then_some(value)
}

/// Absence is what is asked for here, so it is an answer.
fn exists(inner: &Expr, scope: &Scope<'_>) -> Result<bool, Unknown> {
    match evaluate(inner, scope) {
        Ok(value) => Ok(!matches!(value.data, Data::Null)),
        Err(Unknown::Missing { .. }) => Ok(false),
        Err(unknown @ (Unknown::Unusable { .. } | Unknown::Unresolved { .. })) => Err(unknown),
    }
}

fn field(of: &Value, name: &str, path: &Expr) -> Evaluated {
    match &of.data {
        Data::Record(record) => record_field(record, name),
        Data::Calendar(calendar) => calendar_field(calendar, name),
        other => Err(Unknown::unusable(format!("`{path}` is {}: it has no `{name}`", other.noun()), of.place)),
    }
}

fn record_field(record: &Record, name: &str) -> Evaluated {
    record.field(name).cloned().ok_or_else(|| missing(name, record.head))
}

fn calendar_field(calendar: &NamedCalendar, name: &str) -> Evaluated {
    let value = calendar.block.value();
    match &value.data {
        Data::Record(record) => record_field(record, name),
        other => Err(Unknown::unusable(format!("a calendar is {}", other.noun()), value.place)),
    }
}

fn element(of: &Value, index: &Value, path: &Expr) -> Evaluated {
    match (&of.data, &index.data) {
        (Data::List(items), Data::Number(number)) => {
            let wanted = if number.fract().is_zero() { number.to_usize() } else { None };
            wanted
                .and_then(|wanted| items.get(wanted))
                .cloned()
                .ok_or_else(|| missing(&format!("{path}[{}]", number.normalize()), of.place))
        }
        (Data::Record(record), Data::Text(name)) => record_field(record, name),
        (other, _) => Err(Unknown::unusable(format!("`{path}` is {}: it has no elements", other.noun()), of.place)),
    }
}

fn missing(name: &str, holder: Place) -> Unknown {
    Unknown::Missing { name: name.to_owned(), holder }
}
