//! Finds the line that lacks the `{` a closing brace belongs to.

use super::lexer::{Bracket, CodeLine};

/// The head of a block without its brace, between an opening brace and the closing one that took its place.
pub(super) fn without_brace(text: &str, lines: &[CodeLine], open: Bracket, close: Bracket) -> Option<usize> {
    before(text, lines, open.line + 1, close)
}

/// The nearest line above a closing brace that stands as far in as it does, reads like a head and has lines further in
/// below it.
pub(super) fn before(text: &str, lines: &[CodeLine], first: usize, close: Bracket) -> Option<usize> {
    if !close.begins_line {
        return None;
    }
    let indent = lines.get(close.line)?.indent;
    let above = lines.get(first..close.line)?;
    let distance = above.iter().rev().position(|line| line.indent <= indent)?;
    let index = close.line - 1 - distance;
    let line = lines.get(index)?;
    let is_head = line.indent == indent && distance > 0 && reads_like_head(text.get(line.first..line.end)?.trim());
    is_head.then_some(index)
}

/// A word, perhaps an id and a title, and nothing that opens or sets anything.
fn reads_like_head(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_alphabetic())
        && !line.ends_with(['{', '}', '(', '[', ','])
        && !line.split('"').step_by(2).any(|outside| outside.contains('='))
}
