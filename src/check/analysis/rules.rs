//! The rules of an analysis as formulas: once for any value of their parameters, and once for the values of the run.

use std::collections::HashMap;
use std::sync::Arc;

use super::build::{Binding, Builder, Source};
use super::formula::Formula;
use super::solve::Goal;
use super::term::Terms;
use super::truth::{Truth, Truths};
use crate::model::data::Value;
use crate::model::expression::{Expr, ExprKind};
use crate::model::policy::{Condition, Policy, Rule, SubjectKind};

/// A rule, and what it comes to.
#[derive(Debug)]
pub(super) struct Analysed<'a> {
    pub(super) policy: &'a Policy,
    pub(super) values: &'a HashMap<Arc<str>, Value>,
    pub(super) rule: &'a Rule,
    /// Whatever its parameters are.
    pub(super) always: Logic,
    /// With the parameters of the run.
    pub(super) now: Logic,
}

/// The conditions of a rule.
#[derive(Debug, Clone)]
pub(super) struct Logic {
    pub(super) when: Formula,
    pub(super) condition: Formula,
    pub(super) unless: Formula,
    /// What the condition comes to where the rule holds.
    pub(super) holds: Truths,
}

/// The goals of one way in which a rule can come to something.
pub(super) type Way<'l> = Vec<Goal<'l>>;

impl<'a> Analysed<'a> {
    /// `None` where the rule is too large.
    pub(super) fn new(
        policy: &'a Policy,
        values: &'a HashMap<Arc<str>, Value>,
        rule: &'a Rule,
        terms: &mut Terms,
    ) -> Option<Self> {
        let source = Source::of(rule.subject.kind);
        let always = Logic::new(rule, terms, Binding { policy, values: None, source })?;
        let has_parameters = conditions(rule).into_iter().any(has_parameter);
        let now = if has_parameters {
            Logic::new(rule, terms, Binding { policy, values: Some(values), source })?
        } else {
            always.clone()
        };
        Some(Self { policy, values, rule, always, now })
    }

    /// What it judges, as rules name it.
    pub(super) const fn noun(&self) -> &'static str {
        match self.rule.subject.kind {
            SubjectKind::Plan => "plan",
            SubjectKind::PlanPart(part) => part.name(),
            SubjectKind::Document(kind) => kind.name(),
        }
    }

    pub(super) fn binding(&self) -> Binding<'a> {
        Binding { policy: self.policy, values: Some(self.values), source: Source::of(self.rule.subject.kind) }
    }

    /// What `require` or `forbid` says, and what it must come to.
    pub(super) fn required(&self) -> (&'a Expr, bool) {
        match &self.rule.decision.condition {
            Condition::Require(condition) => (condition, true),
            Condition::Forbid(condition) => (condition, false),
        }
    }
}

impl Logic {
    fn new(rule: &Rule, terms: &mut Terms, binding: Binding<'_>) -> Option<Self> {
        let mut builder = Builder::new(terms, binding);
        let mut optional = |expr: Option<&Expr>, otherwise| match expr {
            Some(expr) => builder.condition(expr),
            None => Some(Formula::Known(otherwise)),
        };
        let when = optional(rule.subject.when.as_ref(), Truth::True)?;
        let unless = optional(rule.decision.unless.as_ref(), Truth::False)?;
        let (condition, holds) = match &rule.decision.condition {
            Condition::Require(condition) => (condition, Truths::TRUE),
            Condition::Forbid(condition) => (condition, Truths::FALSE),
        };
        Some(Self { when, condition: builder.condition(condition)?, unless, holds })
    }

    pub(super) fn applies(&self) -> Goal<'_> {
        (&self.when, Truths::TRUE)
    }

    pub(super) const fn is_met(&self) -> Goal<'_> {
        (&self.condition, self.holds)
    }

    pub(super) const fn is_broken(&self) -> Goal<'_> {
        (&self.condition, self.holds.others())
    }

    pub(super) const fn is_excused(&self) -> Goal<'_> {
        (&self.unless, Truths::TRUE)
    }

    pub(super) const fn is_not_excused(&self) -> Goal<'_> {
        (&self.unless, Truths::TRUE.others())
    }

    /// Every way to a finding: it applies and is broken, or nobody can say whether it applies.
    pub(super) fn findings(&self) -> [Way<'_>; 2] {
        [vec![(&self.when, Truths::UNUSABLE)], vec![self.applies(), self.is_broken(), self.is_not_excused()]]
    }

    /// Every way to no finding.
    pub(super) fn silences(&self) -> [Way<'_>; 3] {
        [
            vec![(&self.when, Truths::FALSE.with(Truths::only(Truth::Missing)))],
            vec![self.applies(), self.is_met()],
            vec![self.applies(), self.is_broken(), self.is_excused()],
        ]
    }
}

/// The conditions of a rule, as they are written.
pub(super) fn conditions(rule: &Rule) -> Vec<&Expr> {
    let condition = match &rule.decision.condition {
        Condition::Require(condition) | Condition::Forbid(condition) => condition,
    };
    rule.subject.when.iter().chain([condition]).chain(&rule.decision.unless).collect()
}

fn has_parameter(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Parameter(_)) || expr.children().into_iter().any(has_parameter)
}
