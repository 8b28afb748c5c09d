//! Which words of a condition make it impossible: one of its parts, or two that exclude each other.

use super::build::{Binding, Builder};
use super::formula::Formula;
use super::solve::Solver;
use super::term::Terms;
use super::truth::Truths;
use crate::diagnostic::Diagnostic;
use crate::model::expression::{Expr, ExprKind};
use crate::source::Place;
use crate::syntax::ast::{BinaryOperator, Quantifier};

/// How many parts are held against each other.
const PARTS: usize = 12;

/// What makes it impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Core {
    /// This part alone, which is never what is wanted.
    One {
        place: Place,
        wanted: bool,
    },
    Two(Place, Place),
    /// All of it.
    Whole(Place),
}

impl Core {
    /// Shows it in a diagnostic that is placed by it.
    pub(super) fn show(self, diagnostic: Diagnostic) -> Diagnostic {
        let place = match self {
            Self::One { place, .. } | Self::Two(place, _) | Self::Whole(place) => place,
        };
        let diagnostic = Diagnostic { place: Some(place), ..diagnostic };
        match self {
            Self::One { wanted: true, .. } => diagnostic.label("this is never true"),
            Self::One { wanted: false, .. } => diagnostic.label("this is never false"),
            Self::Two(_, other) => {
                diagnostic.label("this leaves nothing that the other place allows").related(other, "the other place")
            }
            Self::Whole(_) => diagnostic,
        }
    }
}

/// Finds the smallest part of conditions that cannot all come to what is wanted of them.
pub(super) fn core(wanted: &[(&Expr, bool)], binding: Binding<'_>, otherwise: Place) -> Core {
    let mut parts = Vec::new();
    for (expr, wanted) in wanted {
        split(expr, *wanted, &mut parts);
    }
    parts.truncate(PARTS);
    let mut terms = Terms::default();
    let formulas: Vec<Option<Formula>> =
        parts.iter().map(|(expr, _)| Builder::new(&mut terms, binding).condition(expr)).collect();
    terms.seal();
    let goals: Vec<(&Formula, Truths, &Expr, bool)> = formulas
        .iter()
        .zip(&parts)
        .filter_map(|(formula, (expr, wanted))| {
            let truths = if *wanted { Truths::TRUE } else { Truths::FALSE };
            Some((formula.as_ref()?, truths, *expr, *wanted))
        })
        .collect();
    let mut solver = Solver::new(&terms, 10_000);
    for (formula, truths, expr, wanted) in &goals {
        if solver.ask(&[(formula, *truths)]).is_never() {
            return within(expr, *wanted, binding);
        }
    }
    // The later of the two is where somebody contradicted themselves.
    for (index, (formula, truths, expr, _)) in goals.iter().enumerate() {
        for (earlier, earlier_truths, other, _) in goals.iter().take(index) {
            if solver.ask(&[(earlier, *earlier_truths), (formula, *truths)]).is_never() {
                return Core::Two(expr.place, other.place);
            }
        }
    }
    Core::Whole(otherwise)
}

/// A part that is impossible by itself: for elements, what is said of each of them.
fn within(expr: &Expr, wanted: bool, binding: Binding<'_>) -> Core {
    let alone = Core::One { place: expr.place, wanted };
    let ExprKind::Quantified { quantifier, body, .. } = &expr.kind else { return alone };
    let of_one = match (quantifier, wanted) {
        (Quantifier::Some, true) | (Quantifier::No, false) => true,
        (Quantifier::Every, false) => false,
        (Quantifier::Some, false) | (Quantifier::No | Quantifier::Every, true) => return alone,
    };
    match core(&[(body, of_one)], binding, body.place) {
        Core::Whole(_) => alone,
        found @ (Core::One { .. } | Core::Two(..)) => found,
    }
}

/// The parts that all have to come to what is wanted.
fn split<'e>(expr: &'e Expr, wanted: bool, parts: &mut Vec<(&'e Expr, bool)>) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever else there is, it has no parts")]
    match &expr.kind {
        ExprKind::Binary { operator: BinaryOperator::And, left, right } if wanted => {
            split(left, wanted, parts);
            split(right, wanted, parts);
        }
        ExprKind::Binary { operator: BinaryOperator::Or, left, right } if !wanted => {
            split(left, wanted, parts);
            split(right, wanted, parts);
        }
        ExprKind::Not(inner) => split(inner, !wanted, parts),
        _ => parts.push((expr, wanted)),
    }
}
