//! Owns what users' configuration files say, value by value with its place: one arena for every format. Knows no rule
//! and no plan.

mod format;
mod node;
mod tree;
mod number;
mod comment;
mod diagnostics;
mod builder;
pub mod edit;
mod json;
mod yaml;
pub mod nginx;
pub mod markdown;
pub mod secret;
pub mod sql;
mod toml;
mod env;
mod ini;
mod pem;
mod parse;
mod template;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use comment::{Comment, FOR_STOPLINE};
pub use diagnostics::{
    DOCUMENT_DIAGNOSTICS, DUPLICATE_KEY, EMPTY, INVALID_CERTIFICATE, INVALID_MERGE, INVALID_TAG, SYNTAX, TEMPLATE,
    TOO_DEEP, TOO_LARGE, TOO_MANY_ALIASES, TOO_MANY_STATEMENTS, UNCLOSED, UNKNOWN_ALIAS, UNREADABLE, unreadable,
};
pub use format::Format;
pub use node::{Entry, Kind, NodeId, Value};
pub use parse::{Parsed, parse};
pub use tree::Document;
