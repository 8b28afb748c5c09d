//! What only red flags may speak of: metrics, baselines, failures.

use super::Typer;
use crate::check::scope::Flags;
use crate::diagnostic::did_you_mean;
use crate::model::enums::Unit;
use crate::model::expression::{Expr, ExprKind, Part};
use crate::model::read::list_names;
use crate::model::types::Type;
use crate::source::Span;
use crate::syntax::ast::{Expression, Name};

/// A path that only red flags know, or nothing where what is wrong with it was said.
pub(super) struct Reading(pub(super) Option<Expr>);

impl Typer<'_> {
    /// `metric.id`; `None` when `root` is no such word.
    pub(super) fn flag_root(&mut self, root: &str, name: &Name, span: Span) -> Option<Reading> {
        if root != "metric" || matches!(self.scope.flags, Flags::NotHere) {
            return None;
        }
        let read =
            self.measure(name).map(|of_type| self.expr(ExprKind::Metric(name.value.as_str().into()), of_type, span));
        Some(Reading(read))
    }

    /// `step.id.failed`; `None` when `root` is no such word.
    pub(super) fn failure(&mut self, root: &str, id: &Name, name: &Name, span: Span) -> Option<Reading> {
        if matches!(self.scope.flags, Flags::NotHere) {
            return None;
        }
        let part = Part::ALL.into_iter().find(|part| part.name() == root)?;
        if name.value != "failed" {
            let help = Some(format!("write `{root}.{}.failed`", id.value));
            self.report(
                self.ids.unknown,
                name.span,
                format!("a {root} of a running plan has no `{}`", name.value),
                help,
            );
            return Some(Reading(None));
        }
        Some(Reading(Some(self.expr(ExprKind::Failed { part, id: id.value.as_str().into() }, Type::Bool, span))))
    }

    /// `baseline(metric.id)`.
    pub(super) fn baseline(&mut self, arguments: &[Expression], span: Span) -> Option<Expr> {
        let [argument] = arguments else {
            let message = format!("`baseline` takes one metric, not {} arguments", arguments.len());
            self.report(self.ids.arguments, span, message, Some("write `baseline(metric.error-rate)`".to_owned()));
            return None;
        };
        let metric = self.expression(argument, None)?;
        let ExprKind::Metric(id) = metric.kind else {
            let help = Some("write `baseline(metric.error-rate)`".to_owned());
            self.report(self.ids.wrong_type, argument.span, "only a metric has a baseline".to_owned(), help);
            return None;
        };
        Some(self.expr(ExprKind::Baseline(id), metric.of_type, span))
    }

    fn measure(&mut self, name: &Name) -> Option<Type> {
        let Flags::OfThisPlan(metrics) = &self.scope.flags else { return Some(Type::Measure) };
        if let Some((_, unit)) = metrics.iter().find(|(id, _)| *id == name.value) {
            return Some(unit_type(*unit));
        }
        let known = || metrics.iter().map(|(id, _)| id.as_str());
        let help = did_you_mean(&name.value, known()).map_or_else(
            || {
                if metrics.is_empty() {
                    format!("add `metric {} {{ run = \"…\" }}` to the plan", name.value)
                } else {
                    format!("the plan has {}", list_names(known()))
                }
            },
            |meant| format!("did you mean `{meant}`?"),
        );
        self.report(self.ids.unknown, name.span, format!("the plan has no metric `{}`", name.value), Some(help));
        None
    }
}

/// What a metric of this unit measures.
pub(crate) const fn unit_type(unit: Unit) -> Type {
    match unit {
        Unit::Number => Type::Number,
        Unit::Percent => Type::Percent,
        Unit::Duration => Type::Duration,
    }
}
