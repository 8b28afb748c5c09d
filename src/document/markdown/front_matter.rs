//! Metadata between two lines of dashes at the very beginning. GitHub shows it as a table; it is no part of the text.

use crate::source::Span;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Where the text proper begins, and what stands between the dashes before it.
pub(super) fn split(text: &str) -> (usize, Option<Span>) {
    let begin = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let rest = text.get(begin..).unwrap_or_default();
    let mut lines = rest.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return (begin, None) };
    let start = begin + first.len();
    let mut at = start;
    let mut says_something = false;
    for line in lines {
        let after = at + line.len();
        // A rule at the beginning looks the same. What follows it is no metadata.
        let word = line.trim();
        if !says_something && !word.is_empty() && !word.starts_with('#') {
            if !is_entry(word) {
                return (begin, None);
            }
            says_something = true;
        }
        if word.starts_with("- [") {
            return (begin, None);
        }
        if matches!(line.trim_end(), "---" | "...") {
            return (after, Some(Span::of(start..at)));
        }
        at = after;
    }
    (begin, None)
}

/// `key: value`, or the end.
fn is_entry(line: &str) -> bool {
    line == "---" || line.split_once(':').is_some_and(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']))
}
