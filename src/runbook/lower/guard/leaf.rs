//! Where a rule asks about time, and the times it asks about.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::data::{Data, Value};
use crate::model::expression::{Expr, ExprKind};
use crate::model::function::Function;
use crate::model::policy::{Condition, Rule};
use crate::model::units::UnitError;
use crate::model::units::{Interval, Weekday, Zone, weekday_ranges};
use crate::runbook::lower::diagnostics::UNENFORCEABLE_RULE;
use crate::source::Place;
use crate::syntax::ast::BinaryOperator;

/// Each `plan.window overlaps …` of a rule, by its place, and when that is true: lists of stretches in order.
pub(super) type Leaves = BTreeMap<Place, Vec<Vec<Interval>>>;

/// What the times of a rule are resolved with.
#[derive(Debug)]
pub(super) struct Resolver<'a> {
    pub(super) rule: &'a Rule,
    pub(super) parameters: &'a HashMap<Arc<str>, Value>,
    /// The zone of the plan's window.
    pub(super) zone: &'a Zone,
    /// The times that matter.
    pub(super) within: Interval,
}

impl Resolver<'_> {
    /// What changes with time in the rule, or why no guard can follow it.
    pub(super) fn leaves(&self) -> Result<Leaves, Box<Diagnostic>> {
        let mut leaves = Leaves::new();
        if let Some(when) = &self.rule.subject.when {
            self.gather(when, &mut leaves)?;
        }
        for judged in [Some(condition(self.rule)), self.rule.decision.unless.as_ref()].into_iter().flatten() {
            if let Some(asks) = calls(judged, Function::FileExists) {
                return Err(self.refusal(asks, "a runbook does not look again whether a file exists"));
            }
            self.gather(judged, &mut leaves)?;
        }
        Ok(leaves)
    }

    fn gather(&self, expr: &Expr, leaves: &mut Leaves) -> Result<(), Box<Diagnostic>> {
        match &expr.kind {
            ExprKind::Binary { operator: BinaryOperator::Overlaps, left, right } => {
                if !self.is_window(left) {
                    return Err(self.refusal(left, "only the plan's own window can be followed while it runs"));
                }
                let Some(times) = self.times(right)? else {
                    return Err(self.refusal(right, "these times are not known before the rule is judged"));
                };
                leaves.insert(expr.place, times);
                Ok(())
            }
            ExprKind::Call { function: Function::Now, .. } => {
                Err(self.refusal(expr, "a guard knows stretches of time, not how `now()` moves"))
            }
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
            | ExprKind::Failed { .. } => expr.children().into_iter().try_for_each(|child| self.gather(child, leaves)),
        }
    }

    fn is_window(&self, expr: &Expr) -> bool {
        let ExprKind::Field { of, name } = &expr.kind else { return false };
        let ExprKind::Variable(variable) = &of.kind else { return false };
        &**name == "window" && variable.slot == self.rule.subject.variable.slot
    }

    /// None where the expression is neither a constant nor a parameter nor a list of them.
    fn times(&self, expr: &Expr) -> Result<Option<Vec<Vec<Interval>>>, Box<Diagnostic>> {
        match &expr.kind {
            ExprKind::Constant(data) => self.stretches(data, expr),
            ExprKind::Parameter(name) => match self.parameters.get(name) {
                Some(value) => self.stretches(&value.data, expr),
                None => Ok(None),
            },
            ExprKind::List(items) => {
                let each: Vec<_> = items.iter().map(|item| self.times(item)).collect::<Result<_, _>>()?;
                Ok(each.into_iter().collect::<Option<Vec<_>>>().map(|each| each.concat()))
            }
            ExprKind::Variable(_)
            | ExprKind::Field { .. }
            | ExprKind::Index { .. }
            | ExprKind::Call { .. }
            | ExprKind::Not(_)
            | ExprKind::Negate(_)
            | ExprKind::Exists(_)
            | ExprKind::Binary { .. }
            | ExprKind::Quantified { .. }
            | ExprKind::If { .. }
            | ExprKind::Metric(_)
            | ExprKind::Baseline(_)
            | ExprKind::Failed { .. } => Ok(None),
        }
    }

    fn stretches(&self, data: &Data, asked: &Expr) -> Result<Option<Vec<Vec<Interval>>>, Box<Diagnostic>> {
        match data {
            Data::Word(word) => {
                Ok(Weekday::named(word).map(|weekday| vec![weekday_ranges(self.zone, weekday, self.within)]))
            }
            Data::Calendar(calendar) => match calendar.calendar.intervals(self.within, self.zone) {
                Ok(intervals) => Ok(Some(vec![intervals])),
                Err(error) => Err(self.refusal(asked, &UnitError::from(error).message)),
            },
            Data::List(items) => {
                let each: Vec<_> =
                    items.iter().map(|item| self.stretches(&item.data, asked)).collect::<Result<_, _>>()?;
                Ok(each.into_iter().collect::<Option<Vec<_>>>().map(|each| each.concat()))
            }
            Data::Null
            | Data::Bool(_)
            | Data::Number(_)
            | Data::Text(_)
            | Data::Duration(_)
            | Data::Percent(_)
            | Data::Version(_)
            | Data::Moment(_)
            | Data::Offset(_)
            | Data::Person(_)
            | Data::Zone(_)
            | Data::Pattern(_)
            | Data::Record(_)
            | Data::Unresolved(_) => Ok(None),
        }
    }

    fn refusal(&self, asked: &Expr, why: &str) -> Box<Diagnostic> {
        let rule = self.rule;
        let message = format!("`{}` is marked `enforce run` and cannot be woven into the runbook: {why}", rule.id);
        let refusal =
            Diagnostic::new(&UNENFORCEABLE_RULE, asked.place, message).related(rule.head.id.place, "the rule");
        Box::new(refusal.help("ask about time with `plan.window overlaps` and a weekday, a calendar, a parameter or a list of them, or leave `enforce run` out"))
    }
}

pub(super) fn condition(rule: &Rule) -> &Expr {
    match &rule.decision.condition {
        Condition::Require(expr) | Condition::Forbid(expr) => expr,
    }
}

fn calls(expr: &Expr, wanted: Function) -> Option<&Expr> {
    if matches!(&expr.kind, ExprKind::Call { function, .. } if *function == wanted) {
        return Some(expr);
    }
    expr.children().into_iter().find_map(|child| calls(child, wanted))
}
