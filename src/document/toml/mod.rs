//! TOML 1.1 text into the arena: headers and dotted keys gathered into tables, each with the place where it is written.
//!
//! A table stands from its `[header]` to its last value, tables below it included where they follow without a stranger
//! between; one that only dotted keys name (`a.b = 1`) stands behind its first key: `b = 1`.

mod draft;
mod message;
mod reader;

pub(super) use reader::read;

#[cfg(test)]
mod tests;
