//! How a text is laid out around a place: its line, its indentation, its line ends.

use crate::source::Span;

/// The line end the text uses, which is that of its first line.
pub(crate) fn line_end_of(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        None if text.contains('\r') => "\r",
        Some(_) | None => "\n",
    }
}

/// Where the line of an offset begins; the mark at the start of a file is no part of it.
pub(super) fn line_start(text: &str, at: u32) -> u32 {
    let before = text.get(..at as usize).unwrap_or_default();
    let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let marked = if start == 0 && before.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    offset(start + marked)
}

/// Where the line of an offset ends, its line end not included.
pub(crate) fn line_end(text: &str, at: u32) -> u32 {
    let rest = text.get(at as usize..).unwrap_or_default();
    offset(at as usize + rest.find(['\n', '\r']).unwrap_or(rest.len()))
}

/// What stands between the start of its line and an offset.
pub(crate) fn before(text: &str, at: u32) -> &str {
    Span::new(line_start(text, at), at).text(text)
}

/// The blanks a line begins with.
pub(crate) fn indentation(text: &str, at: u32) -> &str {
    let line = Span::new(line_start(text, at), line_end(text, at)).text(text);
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
}

/// One step of indentation, as the first indented line takes it.
pub(super) fn step(text: &str) -> &str {
    let indented = text.lines().find(|line| line.starts_with([' ', '\t']) && !line.trim().is_empty());
    let blanks = indented
        .map_or("", |line| line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default());
    match blanks {
        "" => "  ",
        tabs if tabs.starts_with('\t') => "\t",
        spaces => spaces,
    }
}

pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
