//! Content lines: unfolded, split into name, parameters and value, each knowing the bytes it came from.

use super::IcsError;
use crate::source::Span;

/// `NAME;PARAMETER=value:value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// In capitals.
    pub(super) name: String,
    /// Names in capitals, values without their quotes.
    pub(super) parameters: Vec<(String, String)>,
    pub(super) value: String,
    /// With the continuations, without the last line end.
    pub(super) span: Span,
}

impl Line {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads the lines of a text; lines end with LF or CRLF, and go on where the next starts with a blank or tab.
pub(super) fn read(text: &str) -> Result<Vec<Line>, IcsError> {
    let mut lines = Vec::new();
    let mut folded: Option<(String, Span)> = None;
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let end = start + raw.len();
        let content = raw.strip_suffix('\n').unwrap_or(raw);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let span = Span::of(start..start + content.len());
        let content = if start == 0 { content.strip_prefix('\u{feff}').unwrap_or(content) } else { content };
        if let (Some(more), Some((line, whole))) = (content.strip_prefix([' ', '\t']), &mut folded) {
            line.push_str(more);
            *whole = whole.to(span);
        } else {
            lines.extend(finish(folded.take())?);
            folded = Some((content.to_owned(), span));
        }
        start = end;
    }
    lines.extend(finish(folded)?);
    Ok(lines)
}

/// A blank line between others is passed over: some programs end their files with one.
fn finish(folded: Option<(String, Span)>) -> Result<Option<Line>, IcsError> {
    match folded {
        Some((line, span)) if !line.trim().is_empty() => split(&line, span).map(Some),
        Some(_) | None => Ok(None),
    }
}

fn split(line: &str, span: Span) -> Result<Line, IcsError> {
    let broken = || {
        IcsError::new(span, "this line is not `NAME:value`")
            .help("a line that goes on below continues there after one blank; an export that lost it cannot be read")
    };
    let (head, value) = split_outside_quotes(line, ':').ok_or_else(broken)?;
    let (name, mut rest) = match split_outside_quotes(head, ';') {
        Some((name, rest)) => (name, Some(rest)),
        None => (head, None),
    };
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
        return Err(broken());
    }
    let mut parameters = Vec::new();
    while let Some(text) = rest {
        let (parameter, after) = match split_outside_quotes(text, ';') {
            Some((parameter, after)) => (parameter, Some(after)),
            None => (text, None),
        };
        let (key, quoted) = parameter.split_once('=').ok_or_else(broken)?;
        parameters.push((key.to_ascii_uppercase(), quoted.trim_matches('"').to_owned()));
        rest = after;
    }
    Ok(Line { name: name.to_ascii_uppercase(), parameters, value: value.to_owned(), span })
}

/// Before and after the first `separator` that is not between quotes.
fn split_outside_quotes(text: &str, separator: char) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = text.find(|letter| {
        quoted ^= letter == '"';
        letter == separator && !quoted
    })?;
    let (before, after) = text.split_at_checked(at)?;
    Some((before, after.strip_prefix(separator)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_are_joined_and_keep_their_bytes() {
        let text = "\u{feff}BEGIN:VCALENDAR\r\nSUMMARY:Christ\r\n mas\r\n\tfreeze\r\n\r\nx-a;tzid=\"a;b:c\";B=1:v:1\n";
        let lines = read(text).unwrap();
        assert_eq!(lines[1].value, "Christmasfreeze");
        assert_eq!(lines[1].span.text(text), "SUMMARY:Christ\r\n mas\r\n\tfreeze");
        assert_eq!(lines[2].name, "X-A");
        assert_eq!((lines[2].parameter("TZID"), lines[2].parameter("B")), (Some("a;b:c"), Some("1")));
        assert_eq!(lines[2].value, "v:1");
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn a_line_that_is_none_is_an_error_at_its_bytes() {
        for broken in ["no colon here", "DTSTART;VALUE:20260101", "DESCRIPTION A:b c", ";X=1:2", ":"] {
            let text = format!("BEGIN:VCALENDAR\n{broken}\nEND:VCALENDAR\n");
            let error = read(&text).unwrap_err();
            assert_eq!(error.to_string(), "this line is not `NAME:value`");
            assert_eq!(error.span.text(&text), broken);
        }
    }
}
