//! `.env` text into the arena: one mapping of names to strings. Nothing is interpolated: `${NAME}` stays as it stands.
//!
//! Read is what the common readers agree upon: `export` before a name, blanks around `=`, `NAME: value`, values bare, in
//! single quotes and backticks to the letter, in double quotes with escapes; quoted values may span lines; `#` begins a
//! comment at the start of a line, behind a quoted value, and behind a blank in a bare one. A name without `=` is null.

mod escape;
mod reader;

pub(super) use reader::read;

#[cfg(test)]
mod tests;
