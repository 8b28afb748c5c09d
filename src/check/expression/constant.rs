//! Comparisons that always come to the same: of a thing with itself, or with a multiple of itself.

use super::Typer;
use crate::model::expression::{Expr, ExprKind};
use crate::source::Span;
use crate::syntax::ast::BinaryOperator;

impl Typer<'_> {
    /// Says so, and whether it was said.
    pub(super) fn compares_with_itself(
        &mut self,
        operator: BinaryOperator,
        left: &Expr,
        right: &Expr,
        span: Span,
    ) -> bool {
        if !is_comparison(operator) {
            return false;
        }
        let read = multiplied(left);
        if matches!(read.kind, ExprKind::Constant(_)) || !same(read, multiplied(right)) {
            return false;
        }
        let shown = read.to_string();
        let message = if shown.contains('…') {
            "both sides are the same, so this always comes to the same".to_owned()
        } else {
            format!("both sides are `{shown}`, so this always comes to the same")
        };
        let help = if let ExprKind::Metric(id) = &read.kind {
            format!("compare it with a limit, or with what it was before: `baseline(metric.{id})`")
        } else {
            "compare it with something else".to_owned()
        };
        self.report(self.ids.same, span, message, Some(help));
        true
    }
}

const fn is_comparison(operator: BinaryOperator) -> bool {
    match operator {
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessOrEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterOrEqual => true,
        BinaryOperator::And
        | BinaryOperator::Or
        | BinaryOperator::In
        | BinaryOperator::Contains
        | BinaryOperator::Matches
        | BinaryOperator::Overlaps
        | BinaryOperator::Else
        | BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Multiply
        | BinaryOperator::Divide => false,
    }
}

/// What an expression is a multiple of: itself, if nothing is multiplied.
fn multiplied(expr: &Expr) -> &Expr {
    let ExprKind::Binary { operator, left, right } = &expr.kind else { return expr };
    match operator {
        BinaryOperator::Multiply if is_factor(left) => multiplied(right),
        BinaryOperator::Multiply | BinaryOperator::Divide if is_factor(right) => multiplied(left),
        BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Or
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
        | BinaryOperator::Else => expr,
    }
}

const fn is_factor(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Constant(_) | ExprKind::Parameter(_))
}

/// Whether two expressions are the same but for where they stand.
fn same(left: &Expr, right: &Expr) -> bool {
    let alike = match (&left.kind, &right.kind) {
        (ExprKind::Constant(left), ExprKind::Constant(right)) => left.to_string() == right.to_string(),
        (ExprKind::Variable(left), ExprKind::Variable(right)) => left == right,
        (ExprKind::Parameter(left), ExprKind::Parameter(right))
        | (ExprKind::Metric(left), ExprKind::Metric(right))
        | (ExprKind::Baseline(left), ExprKind::Baseline(right))
        | (ExprKind::Field { name: left, .. }, ExprKind::Field { name: right, .. }) => left == right,
        (ExprKind::Call { function: left, .. }, ExprKind::Call { function: right, .. }) => left == right,
        (ExprKind::Binary { operator: left, .. }, ExprKind::Binary { operator: right, .. }) => left == right,
        (ExprKind::Failed { part: left, id: one }, ExprKind::Failed { part: right, id: other }) => {
            left == right && one == other
        }
        (ExprKind::Index { .. }, ExprKind::Index { .. }) | (ExprKind::Negate(_), ExprKind::Negate(_)) => true,
        (
            ExprKind::Constant(_)
            | ExprKind::Variable(_)
            | ExprKind::Parameter(_)
            | ExprKind::Field { .. }
            | ExprKind::Index { .. }
            | ExprKind::Call { .. }
            | ExprKind::List(_)
            | ExprKind::Not(_)
            | ExprKind::Negate(_)
            | ExprKind::Exists(_)
            | ExprKind::Binary { .. }
            | ExprKind::Quantified { .. }
            | ExprKind::If { .. }
            | ExprKind::Metric(_)
            | ExprKind::Baseline(_)
            | ExprKind::Failed { .. },
            _,
        ) => false,
    };
    let (left, right) = (left.children(), right.children());
    alike && left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
}
