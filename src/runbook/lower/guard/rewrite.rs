//! A rule at one instant: what it asks about time has become true or false, everything else is as it was.

use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind};
use crate::model::policy::{Condition, Decision, Rule};
use crate::model::types::Type;
use crate::source::Place;

/// `truth` knows the answer of the questions at some places.
pub(super) fn rule_with(rule: &Rule, truth: &dyn Fn(Place) -> Option<bool>) -> Rule {
    let Decision { condition, unless } = &*rule.decision;
    let condition = match condition {
        Condition::Require(expr) => Condition::Require(with(expr, truth)),
        Condition::Forbid(expr) => Condition::Forbid(with(expr, truth)),
    };
    let unless = unless.as_ref().map(|unless| with(unless, truth));
    let mut rule = Rule { decision: Decision { condition, unless }.into(), ..rule.clone() };
    rule.subject.when = rule.subject.when.as_ref().map(|when| with(when, truth));
    rule
}

fn with(expr: &Expr, truth: &dyn Fn(Place) -> Option<bool>) -> Expr {
    if let Some(known) = truth(expr.place).filter(|_| matches!(expr.kind, ExprKind::Binary { .. })) {
        return Expr { kind: ExprKind::Constant(Data::Bool(known)), of_type: Type::Bool, place: expr.place };
    }
    let inner = |inner: &Expr| Box::new(with(inner, truth));
    let all = |exprs: &[Expr]| exprs.iter().map(|expr| with(expr, truth)).collect();
    let kind = match &expr.kind {
        ExprKind::Constant(_)
        | ExprKind::Variable(_)
        | ExprKind::Parameter(_)
        | ExprKind::Metric(_)
        | ExprKind::Baseline(_)
        | ExprKind::Failed { .. } => expr.kind.clone(),
        ExprKind::Field { of, name } => ExprKind::Field { of: inner(of), name: name.clone() },
        ExprKind::Index { of, index } => ExprKind::Index { of: inner(of), index: inner(index) },
        ExprKind::Call { function, arguments } => ExprKind::Call { function: *function, arguments: all(arguments) },
        ExprKind::List(items) => ExprKind::List(all(items)),
        ExprKind::Not(of) => ExprKind::Not(inner(of)),
        ExprKind::Negate(of) => ExprKind::Negate(inner(of)),
        ExprKind::Exists(of) => ExprKind::Exists(inner(of)),
        ExprKind::Binary { operator, left, right } => {
            ExprKind::Binary { operator: *operator, left: inner(left), right: inner(right) }
        }
        ExprKind::Quantified { quantifier, variable, over, body } => ExprKind::Quantified {
            quantifier: *quantifier,
            variable: variable.clone(),
            over: inner(over),
            body: inner(body),
        },
        ExprKind::If { condition, yes, no } => {
            ExprKind::If { condition: inner(condition), yes: inner(yes), no: inner(no) }
        }
    };
    Expr { kind, of_type: expr.of_type, place: expr.place }
}
