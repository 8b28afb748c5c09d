//! Marks of other languages that write nginx files: such a text is not what nginx will read.

use crate::source::Span;

/// Opening and closing mark; what stands between is filled in, or decides whether lines are there at all.
const MARKS: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("<%", "%>")];

/// How far a mark may reach to be shown whole.
const SHOWN: usize = 120;

/// A mark that opens at `at`, outside any quotes.
pub(super) fn at(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    let (open, close) = MARKS.iter().find(|(open, _)| rest.starts_with(open))?;
    Some(whole(rest, at, open, close))
}

/// Whether a word would be taken for one.
pub(super) fn begins_in(text: &str) -> bool {
    MARKS.iter().any(|(opens, _)| text.contains(opens))
}

/// A comment of a template where a directive should begin: `{# … #}`.
pub(super) fn comment_at(text: &str, at: usize) -> Option<Span> {
    let rest = text.get(at..)?;
    rest.starts_with("{#").then(|| whole(rest, at, "{#", "#}"))
}

/// The first mark inside a word that is opened and closed there.
pub(super) fn within(word: &str, start: usize) -> Option<Span> {
    MARKS
        .iter()
        .filter_map(|(open, close)| {
            let opens = word.find(open)?;
            let inside = word.get(opens + open.len()..)?;
            let closes = inside.find(close)?;
            let from = start + opens;
            Some(Span::of(from..from + open.len() + closes + close.len()))
        })
        .min()
}

/// The mark up to its end, where that is near.
fn whole(rest: &str, at: usize, open: &str, close: &str) -> Span {
    let line = rest.lines().next().unwrap_or_default();
    let closes = line.find(close).map(|closes| closes + close.len()).filter(|length| *length <= SHOWN);
    Span::of(at..at + closes.unwrap_or(open.len()))
}
