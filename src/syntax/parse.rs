//! The door of the syntax layer.

use super::ast;
use super::diagnostics::TOO_MANY_ERRORS;
use super::lower::Lower;
use super::scan::scan;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// A tree, the comments that belong to it, and everything that was wrong. Parsing never fails.
#[derive(Debug)]
pub struct Parse<T> {
    pub tree: T,
    /// In the order of the text.
    pub comments: Vec<Comment>,
    /// In the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// `# to the end of the line`; the span starts at `#` and ends before the line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    pub span: Span,
    /// Nothing but blanks stands before it on its line.
    pub own_line: bool,
}

/// Reads a whole `.plan` or `.policy` text.
pub fn parse(file: FileId, text: &str) -> Parse<ast::File> {
    let scan = scan(file, text, 0);
    let mut lower = Lower::new(file, text, &scan, 0);
    Parse { tree: lower.whole_file(), diagnostics: capped(lower.diagnostics), comments: scan.comments }
}

/// Reads a text that is one expression, which starts `offset` bytes into its file. No tree where it cannot be read.
pub fn parse_expression(file: FileId, text: &str, offset: u32) -> Parse<Option<ast::Expression>> {
    let scan = scan(file, text, offset);
    let mut lower = Lower::new(file, text, &scan, offset);
    Parse { tree: lower.whole_expression(), diagnostics: capped(lower.diagnostics), comments: scan.comments }
}

/// Reads a text that is one value, such as `2h` or `@dba1`, which starts `offset` bytes into its file.
pub fn parse_value(file: FileId, text: &str, offset: u32) -> Parse<Option<ast::Value>> {
    let scan = scan(file, text, offset);
    let mut lower = Lower::new(file, text, &scan, offset);
    Parse { tree: lower.whole_value(), diagnostics: capped(lower.diagnostics), comments: scan.comments }
}

/// Every character of a text that cannot be seen, whatever notation the text is in.
pub fn hidden_characters(file: FileId, text: &str) -> Vec<Diagnostic> {
    capped(super::scan::hidden_characters(file, text))
}

/// How many diagnostics of one text are listed.
const LISTED: usize = 20;

/// In the order of the text; of many, the first.
fn capped(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let start = |diagnostic: &Diagnostic| diagnostic.place.map(|place| place.span.start);
    diagnostics.sort_by_key(start);
    let more = diagnostics.len().saturating_sub(LISTED);
    if more == 0 {
        return diagnostics;
    }
    let next = diagnostics.get(LISTED).and_then(|next| next.place);
    diagnostics.truncate(LISTED);
    if let Some(place) = next {
        let errors = if more == 1 { "error" } else { "errors" };
        let last = Diagnostic::new(&TOO_MANY_ERRORS, place, format!("{more} more syntax {errors} from here on"))
            .help("mend the first ones: some of the others may go with them");
        diagnostics.push(last);
    }
    diagnostics
}
