//! Text to tree, with every error found. pest is sealed in here: nothing outside this folder names a grammar rule.

pub mod ast;
pub mod diagnostics;
mod parse;
mod expected;
mod grammar;
mod literal;
mod lower;
mod scan;

pub use diagnostics::TABLE as DIAGNOSTICS;
pub use parse::{Comment, Parse, hidden_characters, parse, parse_expression, parse_value};

#[cfg(test)]
mod tests;
