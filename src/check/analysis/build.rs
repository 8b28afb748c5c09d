//! From a condition of the language to a formula over terms. What analysis cannot see into becomes a term of its own that
//! may come to anything: nothing is ever assumed of it.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is a term that may come to anything")]

use std::collections::HashMap;
use std::sync::Arc;

use super::formula::Formula;
use super::key::key;
use super::scale::Test;
use super::term::{Domain, Element, Term, TermId, Terms};
use super::truth::Truth;
use crate::model::data::{Data, Value};
use crate::model::expression::{Expr, ExprKind, Variable};
use crate::model::policy::{Policy, SubjectKind};
use crate::model::types::Type;
use crate::syntax::ast::{BinaryOperator, Quantifier};

/// How many parts one condition may have.
const PARTS: u32 = 400;

/// What parameters stand for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding<'a> {
    /// The policy whose parameters they are.
    pub(super) policy: &'a Policy,
    /// Their values, or nothing where they may have any.
    pub(super) values: Option<&'a HashMap<Arc<str>, Value>>,
    pub(super) source: Source,
}

/// Where what is judged comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Plans: every value is of its type.
    Plans,
    /// Files, in which people may write whatever they like.
    Files,
}

impl Source {
    pub(super) const fn of(kind: SubjectKind) -> Self {
        match kind {
            SubjectKind::Plan | SubjectKind::PlanPart(_) => Self::Plans,
            SubjectKind::Document(_) => Self::Files,
        }
    }
}

/// Builds formulas over some terms.
#[derive(Debug)]
pub(super) struct Builder<'t, 'a> {
    pub(super) terms: &'t mut Terms,
    pub(super) binding: Binding<'a>,
    left: u32,
}

impl<'t, 'a> Builder<'t, 'a> {
    pub(super) const fn new(terms: &'t mut Terms, binding: Binding<'a>) -> Self {
        Self { terms, binding, left: PARTS }
    }

    /// `None` where the condition is too large.
    pub(super) fn condition(&mut self, expr: &Expr) -> Option<Formula> {
        self.left = self.left.checked_sub(1)?;
        Some(match &expr.kind {
            ExprKind::Constant(Data::Bool(known)) => Formula::Known(Truth::of(*known)),
            ExprKind::Constant(_) => Formula::Known(Truth::Unusable),
            ExprKind::Not(inner) => self.condition(inner)?.not(),
            ExprKind::Binary { operator: BinaryOperator::And, .. } => {
                Formula::And(self.chain(expr, BinaryOperator::And)?.into())
            }
            ExprKind::Binary { operator: BinaryOperator::Or, .. } => {
                Formula::Or(self.chain(expr, BinaryOperator::Or)?.into())
            }
            ExprKind::Binary { operator: BinaryOperator::Else, left, right } => {
                let (present, absent) = (self.condition(left)?, self.condition(right)?);
                match self.value_term(left) {
                    Some(term) => Formula::Default(term, [present, absent].into()),
                    None => Formula::Else([present, absent].into()),
                }
            }
            ExprKind::Binary { operator, left, right } => self.binary(*operator, left, right)?,
            ExprKind::If { condition, yes, no } => {
                Formula::If([self.condition(condition)?, self.condition(yes)?, self.condition(no)?].into())
            }
            ExprKind::Exists(inner) => match self.value_term(inner) {
                Some(term) => self.terms.test(term, Test::Exists),
                None => self.unseen(expr),
            },
            ExprKind::Quantified { quantifier, variable, over, body } => {
                self.quantified(*quantifier, variable, over, body)?
            }
            ExprKind::Variable(_)
            | ExprKind::Field { .. }
            | ExprKind::Index { .. }
            | ExprKind::Parameter(_)
            | ExprKind::Call { .. } => match (self.constant(expr), self.value_term(expr)) {
                (Some(Data::Bool(known)), _) => Formula::Known(Truth::of(known)),
                (None, Some(term)) => self.terms.test(term, Test::Itself),
                _ => self.unseen(expr),
            },
            _ => self.unseen(expr),
        })
    }

    /// `a and b and c` as one.
    fn chain(&mut self, expr: &Expr, wanted: BinaryOperator) -> Option<Vec<Formula>> {
        match &expr.kind {
            ExprKind::Binary { operator, left, right } if *operator == wanted => {
                let mut parts = self.chain(left, wanted)?;
                parts.extend(self.chain(right, wanted)?);
                Some(parts)
            }
            _ => Some(vec![self.condition(expr)?]),
        }
    }

    /// A condition that may come to anything.
    pub(super) fn unseen(&mut self, expr: &Expr) -> Formula {
        let term = self.open_truth(format!("?{}", self.key(expr)), None);
        self.terms.test(term, Test::Itself)
    }

    /// A truth that nothing is known about, but that what holds it must be there.
    pub(super) fn open_truth(&mut self, key: String, parent: Option<TermId>) -> TermId {
        self.terms.intern(key, || Term { may_miss: true, may_be_unusable: true, ..Term::new(parent, Domain::Truth) })
    }

    /// `every`, `some` and `no` are all said with `some`: of elements that break it, that meet it, that meet it.
    fn quantified(&mut self, quantifier: Quantifier, variable: &Variable, over: &Expr, body: &Expr) -> Option<Formula> {
        let (mut inner, mut negated) = (body, quantifier == Quantifier::Every);
        while let ExprKind::Not(within) = &inner.kind {
            (inner, negated) = (within, !negated);
        }
        let list = format!("{} ${}", self.key(over), variable.slot);
        let name = format!("some {negated} {list} {}", self.key(inner));
        let name = self.bound(&name);
        let term = if let Some(term) = self.terms.known(&name) {
            term
        } else {
            let body = self.condition(inner)?;
            let body = if negated { body.not() } else { body };
            let parent = if over.is_path() { self.value_term(over) } else { None };
            let element = Some(Element { list: self.bound(&list).into(), body });
            let new = || Term { may_miss: true, may_be_unusable: true, element, ..Term::new(parent, Domain::Truth) };
            self.terms.intern(name, new)
        };
        let some = self.terms.test(term, Test::Itself);
        Some(match quantifier {
            Quantifier::Some => some,
            Quantifier::Every | Quantifier::No => some.not(),
        })
    }

    pub(super) fn key(&self, expr: &Expr) -> String {
        key(expr, self.binding)
    }

    /// What is said of elements differs where parameters have values.
    fn bound(&self, key: &str) -> String {
        if self.binding.values.is_some() { format!("with values: {key}") } else { key.to_owned() }
    }

    /// What an expression is, where that is known before anything is judged.
    pub(super) fn constant(&self, expr: &Expr) -> Option<Data> {
        match &expr.kind {
            ExprKind::Constant(data) => Some(data.clone()),
            // Truths and words are switches: they are never taken to stand as they are.
            ExprKind::Parameter(name) if !matches!(expr.of_type, Type::Bool | Type::Enum(_)) => {
                self.binding.values?.get(name).map(|value| value.data.clone())
            }
            ExprKind::Negate(inner) => match self.constant(inner)? {
                Data::Number(number) => Some(Data::Number(-number)),
                _ => None,
            },
            ExprKind::List(items) => {
                let items = items.iter().map(|item| Some(Value::new(self.constant(item)?, item.place)));
                Some(Data::List(items.collect::<Option<Vec<_>>>()?.into()))
            }
            _ => None,
        }
    }
}
