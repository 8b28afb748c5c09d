//! Branches of `if` that are never taken, for any value of the parameters.

use super::build::{Binding, Builder};
use super::diagnostics::UNREACHABLE_BRANCH;
use super::formula::Formula;
use super::rules::Analysed;
use super::solve::{Goal, Solver};
use super::term::Terms;
use super::truth::Truths;
use crate::diagnostic::Diagnostic;
use crate::model::expression::{Expr, ExprKind};

use crate::source::Place;

/// An `if`, and what is so wherever it is judged.
#[derive(Debug)]
pub(super) struct Branch<'a> {
    condition: &'a Expr,
    formula: Formula,
    yes: Place,
    no: Place,
    given: Vec<(Formula, Truths)>,
}

/// Every `if` in the conditions of a rule.
pub(super) fn branches<'a>(analysed: &Analysed<'a>, terms: &mut Terms) -> Vec<Branch<'a>> {
    let mut found = Vec::new();
    let rule = analysed.rule;
    let mut builder = Builder::new(terms, Binding { values: None, ..analysed.binding() });
    if let Some(when) = &rule.subject.when {
        gather(when, &mut builder, &mut Vec::new(), &mut found);
    }
    let (condition, _) = analysed.required();
    for expr in [condition].into_iter().chain(&rule.decision.unless) {
        let mut given = vec![(analysed.always.when.clone(), Truths::TRUE)];
        gather(expr, &mut builder, &mut given, &mut found);
    }
    found
}

fn gather<'a>(
    expr: &'a Expr,
    builder: &mut Builder<'_, '_>,
    given: &mut Vec<(Formula, Truths)>,
    found: &mut Vec<Branch<'a>>,
) {
    if let ExprKind::Quantified { over, body, .. } = &expr.kind {
        gather(over, builder, given, found);
        // What is so around it may speak of other elements of the same list.
        return gather(body, builder, &mut Vec::new(), found);
    }
    let ExprKind::If { condition, yes, no } = &expr.kind else {
        return expr.children().into_iter().for_each(|child| gather(child, builder, given, found));
    };
    gather(condition, builder, given, found);
    let Some(formula) = builder.condition(condition) else { return };
    let own = given.clone();
    found.push(Branch { condition, formula: formula.clone(), yes: yes.place, no: no.place, given: own });
    for (branch, truths) in [(yes, Truths::TRUE), (no, Truths::FALSE)] {
        given.push((formula.clone(), truths));
        gather(branch, builder, given, found);
        given.pop();
    }
}

pub(super) fn unreachable(
    analysed: &Analysed<'_>,
    branches: &[Branch<'_>],
    solver: &mut Solver<'_>,
    found: &mut Vec<Diagnostic>,
) {
    for branch in branches {
        let given: Vec<Goal<'_>> = branch.given.iter().map(|(formula, truths)| (formula, *truths)).collect();
        if !solver.ask(&given).is_perhaps() {
            continue;
        }
        for (place, truths, said) in [(branch.yes, Truths::TRUE, "true"), (branch.no, Truths::FALSE, "false")] {
            let goals: Vec<Goal<'_>> = given.iter().copied().chain([(&branch.formula, truths)]).collect();
            if solver.ask(&goals).is_never() {
                let message =
                    format!("this branch of `{}` is never taken: its condition is never {said}", analysed.rule.id);
                found.push(
                    Diagnostic::new(&UNREACHABLE_BRANCH, place, message)
                        .related(branch.condition.place, format!("this is never {said} here"))
                        .help("leave the `if` out, or let its condition ask for something that can be either"),
                );
            }
        }
    }
}
