//! Reads nginx configuration as nginx itself takes it apart: words, `;` and blocks, each with its place. Knows what
//! directives are called, and not what they mean.
//!
//! A lexer written by hand, and no grammar: where a word ends depends on the characters before it (`${`, a closing quote,
//! a backslash), Lua has its own rules, and every slip wants its own message.

mod body;
pub mod edit;
mod condition;
mod known;
mod lexer;
mod lua;
mod reader;
mod repair;
mod template;
#[cfg(test)]
mod tests;
mod word;

pub use body::{Body, Directive};
pub use reader::{Parsed, parse};
pub use word::Word;
