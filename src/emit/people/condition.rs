//! A red flag's condition as it is written: `metric.error-rate > 5%`.

use crate::runbook::{Condition, Procedure, Quantity, Unit};

pub(super) fn condition(condition: &Condition, procedure: &Procedure) -> String {
    said(condition, procedure, false)
}

fn said(condition: &Condition, procedure: &Procedure, nested: bool) -> String {
    match condition {
        Condition::All(parts) => joined(parts, " and ", procedure, nested),
        Condition::Any(parts) => joined(parts, " or ", procedure, nested),
        Condition::Not(inner) => format!("not {}", said(inner, procedure, true)),
        Condition::Compare { left, operator, right } => {
            let unit = [left, right].into_iter().find_map(|side| unit_of(side, procedure));
            format!("{} {} {}", side(left, unit), operator.sign(), side(right, unit))
        }
        Condition::StepFailed(id) => format!("step.{id}.failed"),
        Condition::ProbeFailed(id) => format!("probe.{id}.failed"),
        Condition::PhaseFailed(id) => format!("phase.{id}.failed"),
    }
}

fn joined(parts: &[Condition], word: &str, procedure: &Procedure, nested: bool) -> String {
    let all = parts.iter().map(|part| said(part, procedure, true)).collect::<Vec<_>>().join(word);
    if nested && parts.len() > 1 { format!("({all})") } else { all }
}

/// A number that stands alone has the unit of what it is compared with.
fn side(quantity: &Quantity, unit: Option<Unit>) -> String {
    match (quantity, unit) {
        (Quantity::Constant(value), Some(Unit::Percent)) => format!("{}%", value.normalize()),
        (Quantity::Constant(value), Some(Unit::Duration)) => format!("{}s", value.normalize()),
        (_, Some(Unit::Number | Unit::Percent | Unit::Duration) | None) => amount(quantity, false),
    }
}

fn amount(quantity: &Quantity, nested: bool) -> String {
    let (left, sign, right) = match quantity {
        Quantity::Constant(value) => return value.normalize().to_string(),
        Quantity::Metric(id) => return format!("metric.{id}"),
        Quantity::Baseline(id) => return format!("baseline(metric.{id})"),
        Quantity::Sum(left, right) => (left, "+", right),
        Quantity::Difference(left, right) => (left, "-", right),
        Quantity::Product(left, right) => (left, "*", right),
        Quantity::Quotient(left, right) => (left, "/", right),
    };
    let text = format!("{} {sign} {}", amount(left, true), amount(right, true));
    if nested { format!("({text})") } else { text }
}

fn unit_of(quantity: &Quantity, procedure: &Procedure) -> Option<Unit> {
    quantity.leaves().into_iter().find_map(|leaf| match leaf {
        Quantity::Metric(id) | Quantity::Baseline(id) => procedure.metric(id).map(|metric| metric.unit),
        Quantity::Constant(_)
        | Quantity::Sum(..)
        | Quantity::Difference(..)
        | Quantity::Product(..)
        | Quantity::Quotient(..) => None,
    })
}
