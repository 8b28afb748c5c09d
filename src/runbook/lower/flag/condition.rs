//! The condition of a red flag: comparisons and failures, joined by `and`, `or` and `not`. What is constant is folded.

use std::collections::HashMap;
use std::sync::Arc;

use super::quantity::{Kind, Measured};
use crate::diagnostic::Diagnostic;
use crate::model::data::{Data, Value};
use crate::model::expression::{Expr, ExprKind, Part};
use crate::model::policy::RedFlag;
use crate::runbook::lower::Lowering;
use crate::runbook::lower::diagnostics::UNSUPPORTED_RED_FLAG;
use crate::runbook::{Action, Comparison, Condition, Id, Metric, Phase, Quantity};
use crate::source::Place;
use crate::syntax::ast::BinaryOperator;

/// Boxed: most conditions are fine.
pub(super) type Refusal = Box<Diagnostic>;

/// Reads one flag.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) flag: &'a RedFlag,
    /// Where the plan is named: what a flag of a policy misses is missing there.
    pub(super) plan: Place,
    pub(super) parameters: &'a HashMap<Arc<str>, Value>,
    pub(super) metrics: &'a [Metric],
    pub(super) phases: &'a [Phase],
    pub(super) names: &'a Lowering<'a>,
}

/// A condition, or what it always is.
enum Folded {
    Known(bool),
    Open(Condition),
}

impl Reader<'_> {
    /// None where a policy's flag cannot be raised by this plan: a parameter turns it off, or what it waits for to fail
    /// is not there.
    pub(super) fn whole(self) -> Result<Option<Condition>, Refusal> {
        let condition = &self.flag.condition;
        match self.condition(condition)? {
            Folded::Open(condition) => Ok(Some(condition)),
            Folded::Known(false) if self.is_of_a_policy() => Ok(None),
            Folded::Known(true) => Err(Self::refusal(condition.place, "this is always true: it would stop every run")),
            Folded::Known(false) => Err(Self::refusal(condition.place, "this is never true: it would stop nothing")),
        }
    }

    fn is_of_a_policy(self) -> bool {
        self.flag.subject.is_some()
    }

    fn condition(self, expr: &Expr) -> Result<Folded, Refusal> {
        match &expr.kind {
            ExprKind::Constant(Data::Bool(known)) => Ok(Folded::Known(*known)),
            ExprKind::Parameter(name) => match self.parameters.get(name).map(|value| &value.data) {
                Some(Data::Bool(known)) => Ok(Folded::Known(*known)),
                _ => Err(Self::unsupported(expr)),
            },
            ExprKind::Not(inner) => Ok(match self.condition(inner)? {
                Folded::Known(known) => Folded::Known(!known),
                Folded::Open(condition) => Folded::Open(Condition::Not(Box::new(condition))),
            }),
            ExprKind::Failed { part, id } => self.failed(*part, id, expr.place),
            ExprKind::Binary { operator, left, right } => self.binary(*operator, left, right, expr),
            ExprKind::Constant(_)
            | ExprKind::Variable(_)
            | ExprKind::Field { .. }
            | ExprKind::Index { .. }
            | ExprKind::Call { .. }
            | ExprKind::List(_)
            | ExprKind::Negate(_)
            | ExprKind::Exists(_)
            | ExprKind::Quantified { .. }
            | ExprKind::If { .. }
            | ExprKind::Metric(_)
            | ExprKind::Baseline(_) => Err(Self::unsupported(expr)),
        }
    }

    fn binary(self, operator: BinaryOperator, left: &Expr, right: &Expr, whole: &Expr) -> Result<Folded, Refusal> {
        let comparison = match operator {
            BinaryOperator::And => return Ok(and(self.condition(left)?, self.condition(right)?)),
            BinaryOperator::Or => return Ok(or(self.condition(left)?, self.condition(right)?)),
            BinaryOperator::Equal => Comparison::Equal,
            BinaryOperator::NotEqual => Comparison::NotEqual,
            BinaryOperator::Less => Comparison::Less,
            BinaryOperator::LessOrEqual => Comparison::LessOrEqual,
            BinaryOperator::Greater => Comparison::Greater,
            BinaryOperator::GreaterOrEqual => Comparison::GreaterOrEqual,
            BinaryOperator::In
            | BinaryOperator::Contains
            | BinaryOperator::Matches
            | BinaryOperator::Overlaps
            | BinaryOperator::Else
            | BinaryOperator::Add
            | BinaryOperator::Subtract
            | BinaryOperator::Multiply
            | BinaryOperator::Divide => return Err(Self::unsupported(whole)),
        };
        let (left, right) = (self.quantity(left)?, self.quantity(right)?);
        if left.kind != right.kind {
            return Err(self.mismatch(&left, &right, whole));
        }
        if let (Quantity::Constant(left), Quantity::Constant(right)) = (&left.quantity, &right.quantity) {
            let order = left.cmp(right);
            return Ok(Folded::Known(match comparison {
                Comparison::Equal => order.is_eq(),
                Comparison::NotEqual => order.is_ne(),
                Comparison::Less => order.is_lt(),
                Comparison::LessOrEqual => order.is_le(),
                Comparison::Greater => order.is_gt(),
                Comparison::GreaterOrEqual => order.is_ge(),
            }));
        }
        let compared = Condition::Compare { left: left.quantity, operator: comparison, right: right.quantity };
        Ok(Folded::Open(compared))
    }

    /// What is not there cannot fail; a plan that names it means something else.
    fn failed(self, part: Part, name: &str, place: Place) -> Result<Folded, Refusal> {
        let found = match part {
            Part::Phase => self.names.phases.find(name).map(|id| Condition::PhaseFailed(id.clone())),
            Part::Step => self
                .action(name, |action| matches!(action, Action::Step(_) | Action::Canary(_) | Action::Parallel(_)))
                .map(Condition::StepFailed),
            Part::Probe => self.action(name, |action| matches!(action, Action::Probe(_))).map(Condition::ProbeFailed),
        };
        match (found, part) {
            (Some(condition), _) => Ok(Folded::Open(condition)),
            (None, Part::Phase | Part::Step) if self.is_of_a_policy() => Ok(Folded::Known(false)),
            (None, Part::Phase | Part::Step | Part::Probe) => Err(self.unseen(part.name(), name, place)),
        }
    }

    fn action(self, name: &str, fits: fn(&Action) -> bool) -> Option<Id> {
        let id = self.names.actions.find(name)?;
        let actions = self.phases.iter().flat_map(|phase| &phase.actions);
        let named = |action: &Action| {
            (fits(action) && action.id() == id)
                || action.members().any(|step| step.id == *id && fits(&Action::Step(step.clone())))
        };
        actions.into_iter().any(named).then(|| id.clone())
    }

    /// What the flag speaks of and the plan lacks: the flag could never be raised.
    pub(super) fn unseen(self, kind: &str, name: &str, place: Place) -> Refusal {
        let message = format!("`{}` speaks of {kind} `{name}`, which this plan does not have", self.flag.id);
        let help = format!("add `{kind} {name} {{ … }}` to the plan, so that the flag can be seen");
        if !self.is_of_a_policy() {
            return Box::new(Diagnostic::new(&UNSUPPORTED_RED_FLAG, place, message).help(help));
        }
        let missing = Diagnostic::new(&UNSUPPORTED_RED_FLAG, self.plan, message);
        Box::new(missing.related(place, "the flag speaks of it here").help(help))
    }

    pub(super) fn unsupported(expr: &Expr) -> Refusal {
        Self::refusal(expr.place, "a runbook cannot compute this while it runs")
    }

    pub(super) fn refusal(place: Place, message: &str) -> Refusal {
        let help = "compare metrics, baselines and constants, ask whether something `failed`, and join with `and`, `or` and `not`";
        Box::new(Diagnostic::new(&UNSUPPORTED_RED_FLAG, place, message).help(help))
    }

    fn mismatch(self, left: &Measured, right: &Measured, whole: &Expr) -> Refusal {
        let message = format!("this compares {} with {}", left.kind.noun(), right.kind.noun());
        let mut diagnostic = Diagnostic::new(&UNSUPPORTED_RED_FLAG, whole.place, message)
            .help(format!("give the metric the unit the flag speaks of: {}", Kind::written()));
        for metric in [left, right].into_iter().flat_map(|side| side.quantity.leaves()) {
            let (Quantity::Metric(id) | Quantity::Baseline(id)) = metric else { continue };
            if let Some(place) = self.names.metrics.place(id.as_str()) {
                diagnostic = diagnostic.related(place, "the metric");
            }
        }
        Box::new(diagnostic)
    }
}

fn and(left: Folded, right: Folded) -> Folded {
    match (left, right) {
        (Folded::Known(false), _) | (_, Folded::Known(false)) => Folded::Known(false),
        (Folded::Known(true), other) | (other, Folded::Known(true)) => other,
        (Folded::Open(left), Folded::Open(right)) => {
            let parts = |condition| if let Condition::All(parts) = condition { parts } else { vec![condition] };
            Folded::Open(Condition::All([parts(left), parts(right)].concat()))
        }
    }
}

fn or(left: Folded, right: Folded) -> Folded {
    match (left, right) {
        (Folded::Known(true), _) | (_, Folded::Known(true)) => Folded::Known(true),
        (Folded::Known(false), other) | (other, Folded::Known(false)) => other,
        (Folded::Open(left), Folded::Open(right)) => {
            let parts = |condition| if let Condition::Any(parts) = condition { parts } else { vec![condition] };
            Folded::Open(Condition::Any([parts(left), parts(right)].concat()))
        }
    }
}
