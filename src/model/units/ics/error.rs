//! What is wrong with an iCalendar text, and which bytes of it.

use std::fmt;

use super::lines::Line;
use crate::model::units::UnitError;
use crate::source::Span;

/// The span is of the calendar's text: a whole line with its continuations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IcsError {
    pub error: UnitError,
    pub span: Span,
}

impl IcsError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { error: UnitError::new(message), span }
    }

    pub(super) fn at(line: &Line, message: impl Into<String>) -> Self {
        Self::new(line.span, message)
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { error: self.error.help(help), ..self }
    }
}

impl fmt::Display for IcsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(formatter)
    }
}

impl std::error::Error for IcsError {}
