//! From a condition of the language to a formula over terms. What analysis cannot see into becomes a term of its own that
//! may come to anything: nothing is ever assumed of it.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is a term that may come to anything")]

use std::collections::HashMap;
use std::sync::Arc;

use super::formula::Formula;
use super::key::key;
use super::scale::Test;
use super::term::{Domain, Element, Grain, Term, TermId, Terms};
use super::truth::Truth;
use crate::model::data::{Data, Value};
use crate::model::expression::{Expr, ExprKind, Variable};
use crate::model::function::{Function, Gives};
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
    fn quantified(
        &mut self,
        quantifier: Quantifier,
        variable: &Variable,
        over: &Expr,
        body: &Expr,
    ) -> Option<Formula> {
        let (mut inner, mut negated) = (body, quantifier == Quantifier::Every);
        while let ExprKind::Not(within) = &inner.kind {
            (inner, negated) = (within, !negated);
        }
        let list = format!("{} ${}", self.key(over), variable.slot);
        let name = format!("some {negated} {list} {}", self.key(inner));
        let term = match self.terms.known(&self.bound(&name)) {
            Some(term) => term,
            None => {
                let body = self.condition(inner)?;
                let body = if negated { body.not() } else { body };
                let parent = if over.is_path() { self.value_term(over) } else { None };
                let element = Some(Element { list: self.bound(&list).into(), body });
                let new = || Term { may_miss: true, may_be_unusable: true, element, ..Term::new(parent, Domain::Truth) };
                let name = self.bound(&name);
                self.terms.intern(name, new)
            }
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

    /// The term of a value; `None` for what is chosen among several.
    pub(super) fn value_term(&mut self, expr: &Expr) -> Option<TermId> {
        match &expr.kind {
            ExprKind::Variable(_) | ExprKind::Field { .. } | ExprKind::Index { .. } => self.path_term(expr),
            ExprKind::Parameter(_) => {
                let domain = domain(expr.of_type);
                Some(self.terms.intern(self.key(expr), || Term::new(None, domain)))
            }
            ExprKind::Call { function: Function::Count | Function::Len, arguments } => {
                let [counted] = arguments.as_slice() else { return None };
                self.count_term(expr, counted)
            }
            ExprKind::Call { .. } | ExprKind::Metric(_) | ExprKind::Baseline(_) => Some(self.computed(expr)),
            ExprKind::Binary {
                operator:
                    BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply | BinaryOperator::Divide,
                ..
            } => Some(self.computed(expr)),
            _ => None,
        }
    }

    fn count_term(&mut self, expr: &Expr, counted: &Expr) -> Option<TermId> {
        let readable = matches!(counted.of_type, Type::List(_) | Type::Text);
        if !readable || self.binding.source == Source::Files || !counted.is_path() {
            return Some(self.computed(expr));
        }
        let parent = self.path_term(counted)?;
        let counting = || Term::new(Some(parent), Domain::Points(Grain::Counted));
        Some(self.terms.intern(self.key(expr), counting))
    }

    /// A value that analysis cannot compute.
    fn computed(&mut self, expr: &Expr) -> TermId {
        let given = match &expr.kind {
            ExprKind::Call { function, .. } => matches!(function.signature().gives, Gives::This(_)),
            ExprKind::Metric(_) | ExprKind::Baseline(_) => false,
            _ => true,
        };
        let trusted = given || self.binding.source == Source::Plans;
        let domain = if trusted { domain(expr.of_type) } else { Domain::Any };
        self.terms.intern(self.key(expr), || Term { may_miss: true, may_be_unusable: true, ..Term::new(None, domain) })
    }

    fn path_term(&mut self, expr: &Expr) -> Option<TermId> {
        let (parent, always_there, holder) = match &expr.kind {
            ExprKind::Variable(_) => (None, true, None),
            ExprKind::Field { of, name } => {
                let there = match of.of_type {
                    Type::Record(shape) if self.binding.source == Source::Plans => shape.always_has(name),
                    _ => false,
                };
                (Some(self.path_term(of)?), there, Some(of.of_type))
            }
            ExprKind::Index { of, index } => {
                self.constant(index)?;
                (Some(self.path_term(of)?), false, Some(of.of_type))
            }
            // A field of a calendar, and other things that never change.
            _ => return None,
        };
        let files = self.binding.source == Source::Files;
        let domain = if files { Domain::Any } else { domain(expr.of_type) };
        let may_be_unusable = holder == Some(Type::Any) || files && parent.is_some();
        let written = |shape: &crate::model::types::Shape, name: &str| {
            let attribute = shape.attributes.iter().any(|known| known.name == name);
            attribute || shape.blocks.iter().any(|known| known.field == name && !known.many)
        };
        let settable = match (&expr.kind, holder) {
            (ExprKind::Field { name, .. }, Some(Type::Record(shape))) => !files && written(shape, name),
            _ => false,
        };
        let new = || Term {
            may_miss: !always_there,
            may_be_unusable,
            label: settable.then(|| expr.to_string()),
            ..Term::new(parent, domain)
        };
        Some(self.terms.intern(self.key(expr), new))
    }
}

impl crate::model::types::Shape {
    /// Lists of blocks are there even where they are empty, and everything that has a name has an id.
    fn always_has(&self, name: &str) -> bool {
        name == "id" || matches!(self.field_type(name), Some(Type::List(Type::Record(_))))
    }
}

/// What values of a type are to analysis.
pub(super) const fn domain(of_type: Type) -> Domain {
    match of_type {
        Type::Any | Type::Measure => Domain::Any,
        Type::Bool => Domain::Truth,
        Type::Number | Type::Duration | Type::Percent | Type::Version | Type::Offset => Domain::Points(Grain::Dense),
        Type::Text | Type::Name | Type::Person | Type::Zone => Domain::Text,
        Type::Enum(shape) => Domain::Words(shape),
        Type::Moment
        | Type::Due
        | Type::Pattern
        | Type::Calendar
        | Type::List(_)
        | Type::Map(_)
        | Type::Record(_) => Domain::Thing,
    }
}
