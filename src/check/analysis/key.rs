//! What an expression is, whatever it is called: two that have the same key have the same value wherever both are judged.

use std::fmt::Write as _;

use super::build::Binding;
use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind};

/// The key of an expression of a policy. Variables are known by their slots and types, so that names do not matter.
pub(super) fn key(expr: &Expr, binding: Binding<'_>) -> String {
    let mut text = String::new();
    write(expr, binding, &mut text);
    text
}

fn write(expr: &Expr, binding: Binding<'_>, out: &mut String) {
    let each = |name: &str, parts: &[&Expr], out: &mut String| {
        let _ = write!(out, "({name}");
        for part in parts {
            out.push(' ');
            write(part, binding, out);
        }
        out.push(')');
    };
    match &expr.kind {
        ExprKind::Constant(data) => constant(data, out),
        ExprKind::Variable(variable) => {
            // The same slot holds a step in one rule and a change in another.
            let _ = write!(out, "${}:{:?} {}", variable.slot, binding.source, expr.of_type.describe());
        }
        ExprKind::Parameter(name) => {
            let place = binding.policy.head.place;
            let _ = write!(out, "param {:?} {} {name}", place.file, place.span.start);
        }
        ExprKind::Field { of, name } => {
            write(of, binding, out);
            let _ = write!(out, ".{name}");
        }
        ExprKind::Index { of, index } => {
            write(of, binding, out);
            each("at", &[index], out);
        }
        ExprKind::Call { function, arguments } => {
            each(function.name(), &arguments.iter().collect::<Vec<_>>(), out);
        }
        ExprKind::List(items) => each("list", &items.iter().collect::<Vec<_>>(), out),
        ExprKind::Not(inner) => each("not", &[inner], out),
        ExprKind::Negate(inner) => each("-", &[inner], out),
        ExprKind::Exists(inner) => each("exists", &[inner], out),
        ExprKind::Binary { operator, left, right } => each(operator.symbol(), &[left, right], out),
        ExprKind::Quantified { quantifier, variable, over, body } => {
            each(&format!("{} ${}", quantifier.keyword(), variable.slot), &[over, body], out);
        }
        ExprKind::If { condition, yes, no } => each("if", &[condition, yes, no], out),
        ExprKind::Metric(id) => {
            let _ = write!(out, "metric.{id}");
        }
        ExprKind::Baseline(id) => {
            let _ = write!(out, "baseline.{id}");
        }
        ExprKind::Failed { part, id } => {
            let _ = write!(out, "{}.{id}.failed", part.name());
        }
    }
}

/// A constant by its kind and what it says. A text stands in quotes, so that nothing in it can be taken for something else.
pub(super) fn constant(data: &Data, out: &mut String) {
    match data {
        Data::Text(text) => {
            let _ = write!(out, "{text:?}");
        }
        Data::Calendar(calendar) => {
            let place = calendar.head.place;
            let _ = write!(out, "calendar {:?} {}", place.file, place.span.start);
        }
        Data::Pattern(pattern) => {
            let _ = write!(out, "pattern {:?}", pattern.to_string());
        }
        Data::List(items) => {
            out.push('[');
            for item in items.iter() {
                constant(&item.data, out);
                out.push(',');
            }
            out.push(']');
        }
        Data::Null
        | Data::Bool(_)
        | Data::Number(_)
        | Data::Duration(_)
        | Data::Percent(_)
        | Data::Version(_)
        | Data::Moment(_)
        | Data::Offset(_)
        | Data::Person(_)
        | Data::Zone(_)
        | Data::Word(_)
        | Data::Record(_)
        | Data::Unresolved(_) => {
            let _ = write!(out, "{} {data}", data.noun());
        }
    }
}
