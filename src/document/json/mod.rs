//! JSON text into the arena. The scanner is lenient so that the reader can be strict: it says what it found instead of
//! giving up, and goes on.

mod lexeme;
mod reader;

pub(super) use reader::read;

/// What is let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Strict,
    /// Comments and trailing commas.
    WithComments,
}

#[cfg(test)]
mod tests;
