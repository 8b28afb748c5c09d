//! The parser's findings in words for somebody at 2 a.m.

use toml_parser::{Expected, ParseError};

use crate::source::Span;

pub(super) struct Said {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: String,
}

/// What the reader itself says of a date that no calendar holds.
pub(super) const NO_DATE: &str = "no such date or time";

/// What the reader itself says of digits that make no number.
pub(super) const NO_NUMBER: &str = "no number";

const NO_VALUE: &str = "key with no value";
const NO_VALUE_BEHIND: &str = "a value is missing behind `=`";
const SEPARATE: &str = "separate entries with `,` and close every bracket";
const PAIR: &str = "write `key = value`, one to a line";

pub(super) fn of(slip: &ParseError, text: &str) -> Said {
    let span = slip.unexpected().or_else(|| slip.context()).map_or_else(Span::default, |span| {
        let start = span.start().min(text.len());
        Span::of(start..span.end().clamp(start, text.len()))
    });
    let written = match slip.unexpected().and(slip.context()) {
        Some(context) if context.len() < 40 => Span::of(context.start()..context.end()).text(text),
        Some(_) | None => span.text(text),
    };
    let (span, written) = if slip.description() == NO_VALUE {
        let line = line_before(span, text);
        (line, line.text(text))
    } else {
        (span, written)
    };
    let (message, help) = words(slip.description(), written);
    let help = help.map_or_else(|| expected(slip), str::to_owned);
    Said { span: visible(span, text), message, help }
}

fn words(description: &str, written: &str) -> (String, Option<&'static str>) {
    let plain = |message: &str, help| (message.to_owned(), Some(help));
    match description {
        NO_DATE => {
            (format!("`{written}` is no date or time"), Some("write it as `2026-11-24` or `2026-11-24T10:00:00Z`"))
        }
        "string values must be quoted" if written.is_empty() => plain(NO_VALUE_BEHIND, PAIR),
        "string values must be quoted" => {
            (format!("`{}` has no quotes", cut(written)), Some("put text in double quotes: `\"…\"`"))
        }
        NO_NUMBER => (
            format!("`{}` is no number", cut(written)),
            Some("write it as `12`, `0x1f` or `0.5`, or put the value in quotes"),
        ),
        NO_VALUE => (format!("the key `{}` has no value", cut(written)), Some(PAIR)),
        "missing value for key" | "missing value" => plain(NO_VALUE_BEHIND, PAIR),
        "invalid key-value pair" | "unexpected content" | "missing table open" => {
            plain("this is no `key = value` and no `[table]`", PAIR)
        }
        "unexpected key or value" => {
            plain("the line goes on after its value", "start another line, or separate list entries with `,`")
        }
        "unquoted keys cannot be empty" | "invalid unquoted key" | "missing key for inline table element" => {
            plain("this is no key", "a key is letters, digits, `_` and `-`, or stands in quotes")
        }
        "unclosed table" | "unclosed array table" | "invalid table" => {
            plain("the header is not closed", "write `[table]`, or `[[table]]` for one of several")
        }
        "unclosed array" => plain("`[` is never closed", "was the file cut off? close every bracket"),
        "unclosed inline table" => plain("`{` is never closed", "was the file cut off? close every bracket"),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            plain("`,` is missing before this", SEPARATE)
        }
        "extra comma in array" | "extra comma in inline table" => {
            plain("`,` cannot stand here", "a comma stands between two entries: remove it")
        }
        "missing array opening" | "missing inline table opening" => plain("this bracket closes nothing", SEPARATE),
        "missing opening quote" => plain("the quote is never opened", "put text in double quotes: `\"…\"`"),
        "invalid basic string" | "invalid literal string" => plain(
            "the text is not closed on its line, or holds what it may not",
            "close it with the quote it was opened with; `\"\"\"` may span lines",
        ),
        "invalid multi-line basic string" | "invalid multi-line literal string" => plain(
            "the text is never closed, or holds what it may not",
            "close it with the three quotes it was opened with",
        ),
        "missing escaped value" | "too few unicode value digits" | "invalid value" => plain(
            "this is no TOML escape",
            "a backslash is written `\\\\` in double quotes; single quotes know no escapes",
        ),
        "carriage return must be followed by newline" => {
            plain("a carriage return stands alone", "end lines with a line feed, or with carriage return and line feed")
        }
        "invalid comment character" => plain("a control character stands in a comment", "remove it"),
        "unexpected leading zero" => {
            (format!("`{}` starts with a zero", cut(written)), Some("remove the zero, or put the value in quotes"))
        }
        "invalid boolean" => (format!("`{}` is no TOML value", cut(written)), Some("write `true` or `false`")),
        other => (other.to_owned(), None),
    }
}

fn expected(slip: &ParseError) -> String {
    let wanted: Vec<String> = slip
        .expected()
        .unwrap_or_default()
        .iter()
        .filter_map(|expected| match expected {
            Expected::Literal("\n") => Some("a line end".to_owned()),
            Expected::Literal(text) => Some(format!("`{text}`")),
            Expected::Description(text) => Some((*text).to_owned()),
            _ => None,
        })
        .collect();
    if wanted.is_empty() {
        return "put text in double quotes, and write numbers and dates as TOML does".to_owned();
    }
    format!("expected is {}", crate::diagnostic::join_with_or(&wanted))
}

/// What stands before the place on its line.
fn line_before(span: Span, text: &str) -> Span {
    let before = text.get(..span.start as usize).unwrap_or_default().trim_end_matches([' ', '\t']);
    let line = before.rsplit(['\n', '\r', '{', ',']).next().unwrap_or_default().trim_start();
    Span::of(before.len() - line.len()..before.len())
}

/// A line end cannot be underlined; where nothing is pointed at, what stands there is.
fn visible(span: Span, text: &str) -> Span {
    let rest = text.get(span.start as usize..).unwrap_or_default();
    let next = rest.chars().next().filter(|found| span.is_empty() && !found.is_whitespace()).map_or(0, char::len_utf8);
    let shown = span.text(text).trim_end_matches(['\n', '\r']).len().max(next);
    Span::of(span.start as usize..span.start as usize + shown)
}

fn cut(written: &str) -> String {
    match written.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", written.get(..at).unwrap_or_default()),
        None => written.to_owned(),
    }
}
