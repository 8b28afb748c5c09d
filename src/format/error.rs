//! Why a file was not laid out.

use std::fmt;

use crate::diagnostic::Diagnostic;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatError {
    /// The text has errors, which come first.
    Unparsable(Vec<Diagnostic>),
    /// The layout would have changed what the file says: a fault of the formatter. Nothing is to be written.
    Internal(Unsound),
}

/// What the layout would have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsound {
    Meaning,
    Comments,
    Readability,
}

impl fmt::Display for FormatError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unparsable(diagnostics) => {
                let errors = if diagnostics.len() == 1 { "error" } else { "errors" };
                write!(out, "the file has {} {errors} and is left as it is", diagnostics.len())
            }
            Self::Internal(unsound) => {
                let change = match unsound {
                    Unsound::Meaning => "change what it says",
                    Unsound::Comments => "lose or change a comment",
                    Unsound::Readability => "make it unreadable",
                };
                write!(
                    out,
                    "laying this file out would {change}, so it is left as it is; this is a fault of stopline: please \
                     report it with the file"
                )
            }
        }
    }
}

impl std::error::Error for FormatError {}

impl From<Unsound> for FormatError {
    fn from(unsound: Unsound) -> Self {
        Self::Internal(unsound)
    }
}
