//! Expressions whose names are resolved and whose types are known: what the evaluator runs.

use std::fmt;
use std::sync::Arc;

use super::data::Data;
use super::function::Function;
use super::types::Type;
use crate::source::Place;
use crate::syntax::ast::{BinaryOperator, Quantifier};

/// A checked expression. Its place is in the policy (or plan) that wrote it.
#[derive(Debug, Clone)]
pub struct Expr {
    pub kind: ExprKind,
    pub of_type: Type,
    pub place: Place,
}

#[derive(Debug, Clone)]
pub enum ExprKind {
    Constant(Data),
    /// A subject or a quantifier's variable.
    Variable(Variable),
    Parameter(Arc<str>),
    Field {
        of: Box<Expr>,
        name: Arc<str>,
    },
    Index {
        of: Box<Expr>,
        index: Box<Expr>,
    },
    Call {
        function: Function,
        arguments: Vec<Expr>,
    },
    List(Vec<Expr>),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    Exists(Box<Expr>),
    Binary {
        operator: BinaryOperator,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Quantified {
        quantifier: Quantifier,
        variable: Variable,
        over: Box<Expr>,
        body: Box<Expr>,
    },
    If {
        condition: Box<Expr>,
        yes: Box<Expr>,
        no: Box<Expr>,
    },
    /// Red flags only: what a metric says now.
    Metric(Arc<str>),
    /// Red flags only: what it said at the end of `prepare`.
    Baseline(Arc<str>),
    /// Red flags only: `step.migrate.failed`.
    Failed {
        part: Part,
        id: Arc<str>,
    },
}

/// What can fail while a runbook runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Phase,
    Step,
    Probe,
}

/// A variable, and the slot its value is found in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    pub name: Arc<str>,
    pub slot: usize,
}

/// A message: text with expressions in it.
#[derive(Debug, Clone)]
pub struct Template {
    pub parts: Vec<TemplatePart>,
}

#[derive(Debug, Clone)]
pub enum TemplatePart {
    Text(String),
    Expr(Expr),
}

impl Part {
    pub const ALL: [Self; 3] = [Self::Phase, Self::Step, Self::Probe];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Phase => "phase",
            Self::Step => "step",
            Self::Probe => "probe",
        }
    }
}

impl Expr {
    /// Whether it names a place: a variable, or a field or element of one.
    pub fn is_path(&self) -> bool {
        match &self.kind {
            ExprKind::Variable(_) => true,
            ExprKind::Field { of, .. } | ExprKind::Index { of, .. } => of.is_path(),
            ExprKind::Constant(_)
            | ExprKind::Parameter(_)
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
            | ExprKind::Failed { .. } => false,
        }
    }

    /// The operands, in the order they are written.
    pub fn children(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Constant(_)
            | ExprKind::Variable(_)
            | ExprKind::Parameter(_)
            | ExprKind::Metric(_)
            | ExprKind::Baseline(_)
            | ExprKind::Failed { .. } => Vec::new(),
            ExprKind::Field { of, .. } => vec![of],
            ExprKind::Index { of, index } => vec![of, index],
            ExprKind::Call { arguments, .. } => arguments.iter().collect(),
            ExprKind::List(items) => items.iter().collect(),
            ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Exists(inner) => vec![inner],
            ExprKind::Binary { left, right, .. } => vec![left, right],
            ExprKind::Quantified { over, body, .. } => vec![over, body],
            ExprKind::If { condition, yes, no } => vec![condition, yes, no],
        }
    }
}

/// A path as it is written, or `…` for what has no name.
impl fmt::Display for Expr {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Variable(variable) => formatter.write_str(&variable.name),
            ExprKind::Parameter(name) => formatter.write_str(name),
            ExprKind::Constant(data) => write!(formatter, "{data}"),
            ExprKind::Field { of, name } => write!(formatter, "{of}.{name}"),
            ExprKind::Index { of, index } => write!(formatter, "{of}[{index}]"),
            ExprKind::Call { function, arguments } => {
                write!(formatter, "{}(", function.name())?;
                for (index, argument) in arguments.iter().enumerate() {
                    write!(formatter, "{}{argument}", if index == 0 { "" } else { ", " })?;
                }
                formatter.write_str(")")
            }
            ExprKind::Metric(id) => write!(formatter, "metric.{id}"),
            ExprKind::Baseline(id) => write!(formatter, "baseline(metric.{id})"),
            ExprKind::Failed { part, id } => write!(formatter, "{}.{id}.failed", part.name()),
            ExprKind::List(_)
            | ExprKind::Not(_)
            | ExprKind::Negate(_)
            | ExprKind::Exists(_)
            | ExprKind::Binary { .. }
            | ExprKind::Quantified { .. }
            | ExprKind::If { .. } => formatter.write_str("…"),
        }
    }
}
