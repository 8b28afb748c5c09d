//! The tree of what was written: every part with its span, nothing resolved, nothing checked.
//!
//! Equality of nodes ignores spans: two trees are equal when they mean the same.

mod expression;
mod item;
mod literal;
mod node;
mod policy;

pub use expression::{BinaryOperator, Expression, ExpressionKind, Quantifier, Template, TemplatePart};
pub use item::{Attribute, Block, Entry, File, Item, Parameter, Procedure};
pub use literal::{Literal, Moment, Text, TextStyle, Value, ValueKind};
pub use node::{Name, Node};
pub use policy::{
    Clause, ClauseKind, Expectation, ExpectationKind, Given, Policy, PolicyEntry, RedFlag, Rule, Subject, Test,
    TestClause, Waiver,
};
