//! INI text into the arena: keys before any section, then one mapping for each `[section]`. Every value is a string.
//!
//! Read is what Python's `configparser` reads, with inline comments. `=` and `:` separate, whichever comes first; a line
//! that is indented deeper than its key goes on with the value; `#` and `;` begin a comment at the start of a line and
//! behind a blank. One pair of quotes around a whole value is no part of it. A key without a value is null. Names are
//! kept as written, `[DEFAULT]` is a section like any other, and nothing is interpolated.

mod line;
mod reader;

pub(super) use reader::read;

#[cfg(test)]
mod tests;
