//! One line of an INI file: what it says, and where.

use crate::source::Span;

/// What a line is that continues nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// The name between the brackets.
    Section(Span),
    /// A key, and the text behind its separator.
    Pair(Span, Span),
    /// A key alone.
    Key(Span),
    Slip(Slip),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slip {
    pub(super) span: Span,
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

/// Lines without their ends, which may be of any kind.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line = Span::of(at..at + length);
        let end = rest.get(length..).unwrap_or_default();
        at += length + if end.starts_with("\r\n") { 2 } else { usize::from(!end.is_empty()) };
        Some(line)
    })
}

/// The text without the blanks around it.
pub(super) fn trimmed(span: Span, text: &str) -> Span {
    let written = span.text(text);
    let start = span.start as usize + written.len() - written.trim_start().len();
    Span::of(start..start + written.trim().len())
}

/// Where an inline comment starts: at a mark behind a blank.
pub(super) fn comment(span: Span, text: &str) -> Option<Span> {
    let written = span.text(text);
    let (at, _) = written
        .char_indices()
        .zip(std::iter::once(' ').chain(written.chars()))
        .find(|((_, found), before)| matches!(found, '#' | ';') && before.is_whitespace())?
        .0;
    Some(trimmed(Span::new(span.start + Span::of(0..at).end, span.end), text))
}

/// The text up to its inline comment, and the comment. What is quoted from end to end holds none.
pub(super) fn split(span: Span, text: &str) -> (Span, Option<Span>) {
    let span = trimmed(span, text);
    let searched = quoted(span, text).map_or(span, |quoted| Span::new(quoted.end + 1, span.end));
    match comment(searched, text) {
        Some(found) => (trimmed(Span::new(span.start, found.start), text), Some(found)),
        None => (span, None),
    }
}

/// What stands in the quotes that the text begins with, where they end the value too.
pub(super) fn quoted(span: Span, text: &str) -> Option<Span> {
    let written = span.text(text);
    let quote = written.chars().next().filter(|found| matches!(found, '"' | '\''))?;
    let inside = written.get(1..)?;
    let end = inside.find(quote)?;
    let behind = inside.get(end + 1..)?;
    let ends =
        behind.trim().is_empty() || (behind.starts_with([' ', '\t']) && behind.trim_start().starts_with(['#', ';']));
    ends.then(|| Span::new(span.start + 1, span.start + 1 + Span::of(0..end).end))
}

pub(super) fn read(line: Span, text: &str) -> Line {
    let line = trimmed(line, text);
    let written = line.text(text);
    if written.starts_with('[') {
        return section(line, text);
    }
    let shown = comment(line, text).map_or(line, |found| Span::new(line.start, found.start));
    let separator = shown.text(text).find(['=', ':']);
    let Some(separator) = separator else {
        let key = trimmed(shown, text);
        if key.text(text).contains(char::is_whitespace) {
            let help = "write `key = value` or `[section]`; indent a line that goes on with the value above";
            return Line::Slip(Slip { span: key, message: "this line is no `key = value` and no `[section]`", help });
        }
        return Line::Key(key);
    };
    let at = line.start + Span::of(0..separator).end;
    let key = trimmed(Span::new(line.start, at), text);
    if key.is_empty() {
        let help = "write `key = value`";
        return Line::Slip(Slip { span: Span::new(at, at + 1), message: "a key is missing before this", help });
    }
    Line::Pair(key, Span::new(at + 1, line.end))
}

fn section(line: Span, text: &str) -> Line {
    let shown = comment(line, text).map_or(line, |found| Span::new(line.start, found.start));
    let written = shown.text(text);
    let Some(close) = written.rfind(']') else {
        let help = "close it with `]`";
        return Line::Slip(Slip { span: trimmed(shown, text), message: "the section is not closed", help });
    };
    let close = line.start + Span::of(0..close).end;
    let behind = trimmed(Span::new(close + 1, shown.end), text);
    if !behind.is_empty() {
        let help = "write a key on a line of its own";
        return Line::Slip(Slip { span: behind, message: "the line goes on after its section", help });
    }
    Line::Section(trimmed(Span::new(line.start + 1, close), text))
}
