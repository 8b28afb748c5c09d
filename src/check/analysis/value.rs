//! The terms of values: paths, counts, parameters, and what is computed.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is no value that analysis can name")]

use super::build::{Builder, Source};
use super::term::{Domain, Grain, Term, TermId};
use crate::model::expression::{Expr, ExprKind};
use crate::model::function::{Function, Gives};
use crate::model::types::{Shape, Type};
use crate::syntax::ast::BinaryOperator;

impl Builder<'_, '_> {
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
            ExprKind::Call { .. }
            | ExprKind::Metric(_)
            | ExprKind::Baseline(_)
            | ExprKind::Binary {
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
                    Type::Record(shape) if self.binding.source == Source::Plans => always_has(shape, name),
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
        let may_be_unusable = files || holder == Some(Type::Any);
        let written = |shape: &Shape, name: &str| {
            let attribute = shape.attributes.iter().any(|known| known.name == name);
            attribute || shape.blocks.iter().any(|known| known.field == name && !known.many)
        };
        let settable = match (&expr.kind, holder) {
            (ExprKind::Field { name, .. }, Some(Type::Record(shape))) => {
                let reached = parent.and_then(|parent| self.terms.get(parent));
                let reachable = reached.is_some_and(|of| of.parent.is_none() || of.label.is_some());
                !files && reachable && written(shape, name)
            }
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

/// Lists of blocks are there even where they are empty, and everything that has a name has an id.
fn always_has(shape: &Shape, name: &str) -> bool {
    name == "id" || matches!(shape.field_type(name), Some(Type::List(Type::Record(_))))
}

/// What values of a type are to analysis.
const fn domain(of_type: Type) -> Domain {
    match of_type {
        Type::Any | Type::Measure => Domain::Any,
        Type::Bool => Domain::Truth,
        Type::Number | Type::Duration | Type::Percent | Type::Version | Type::Offset => Domain::Points(Grain::Dense),
        Type::Text | Type::Name | Type::Person | Type::Zone => Domain::Text,
        Type::Enum(shape) => Domain::Words(shape),
        Type::Moment | Type::Due | Type::Pattern | Type::Calendar | Type::List(_) | Type::Map(_) | Type::Record(_) => {
            Domain::Thing
        }
    }
}
