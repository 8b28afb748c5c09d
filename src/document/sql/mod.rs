//! SQL: the statements of a text, with what they do and where each part of them stands. Knows no rule.
//!
//! Where statements end, what they do and where that stands is read here, token by token; whether a statement is a
//! sentence at all is asked of a parser of SQL, within limits.

mod action;
mod alter;
mod column;
mod cursor;
mod dialect;
mod grammar;
mod kind;
mod read;
mod repair;
mod scan;
mod script;
mod statement;
#[cfg(test)]
mod tests;

pub use action::{Action, Constraint, Operation};
pub use dialect::{Accent, Dialect};
pub use kind::StatementKind;
pub use script::{Script, parse};
pub use statement::{Direction, Marks, Name, Statement};
