//! Comments, kept aside so that findings can be ignored inline.

use crate::source::Span;

/// How a comment begins that is for Stopline. A text without it has no comment that matters.
pub const FOR_STOPLINE: &str = "stopline:";

/// From the comment's mark (`#`, `//`, `/*`) to its last character, the line end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    pub span: Span,
    /// Nothing but blanks stands before it on its line.
    pub own_line: bool,
}

impl Comment {
    pub(super) fn new(text: &str, span: Span) -> Self {
        let before = text.get(..span.start as usize).unwrap_or_default();
        let blanks_removed = before.trim_end_matches([' ', '\t', '\u{feff}']);
        Self { span, own_line: blanks_removed.is_empty() || blanks_removed.ends_with(['\n', '\r']) }
    }
}
