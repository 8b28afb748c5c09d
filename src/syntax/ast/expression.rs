//! Conditions, paths and messages.

use serde::{Deserialize, Serialize};

use super::{Literal, Name, Node};
use crate::source::Span;

/// An expression; its span covers its operands.
pub type Expression = Node<ExpressionKind>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExpressionKind {
    Literal(Literal),
    /// A bare word: a subject, a variable, a parameter, a calendar, an enum value.
    Name(String),
    /// `of.name`
    Member {
        of: Box<Expression>,
        name: Name,
    },
    /// `of[index]`
    Index {
        of: Box<Expression>,
        index: Box<Expression>,
    },
    Call {
        function: Name,
        arguments: Vec<Expression>,
    },
    List(Vec<Expression>),
    Not(Box<Expression>),
    Negate(Box<Expression>),
    /// `operand exists`
    Exists(Box<Expression>),
    Binary {
        operator: Node<BinaryOperator>,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    /// `every variable in over: body`
    Quantified {
        quantifier: Node<Quantifier>,
        variable: Name,
        over: Box<Expression>,
        body: Box<Expression>,
    },
    /// `if condition then yes else no`
    If {
        condition: Box<Expression>,
        yes: Box<Expression>,
        no: Box<Expression>,
    },
    /// `(inner)`: kept, so that the formatter prints what was written.
    Group(Box<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quantifier {
    Every,
    Some,
    No,
}

/// From the loosest to the tightest: `or`, `and`, the comparisons (which do not chain), `??`, `+ -`, `* /`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BinaryOperator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Contains,
    Matches,
    Overlaps,
    /// `??`
    Else,
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl BinaryOperator {
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::In => "in",
            Self::Contains => "contains",
            Self::Matches => "matches",
            Self::Overlaps => "overlaps",
            Self::Else => "??",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}

impl Quantifier {
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::Every => "every",
            Self::Some => "some",
            Self::No => "no",
        }
    }
}

/// A message with `{expression}` in it. The span covers the quotes; each expression's span is its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Template {
    pub parts: Vec<TemplatePart>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TemplatePart {
    /// Escapes and doubled braces resolved.
    Text(String),
    Expression(Expression),
}

impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl Eq for Template {}
