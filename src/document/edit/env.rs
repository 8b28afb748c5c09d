//! dotenv: every value is text, quoted as the one before it.

use super::entry::line_behind;
use super::layout::before;
use super::{Change, Changed, NO_NEIGHBOUR, NOT_WRITABLE, NodeId, Refusal, Wanted};
use crate::document::Document;
use crate::source::Span;

pub(super) fn replaced(document: &Document, place: Span, wanted: Wanted<'_>) -> Result<String, Refusal> {
    let text: &str = &document.source;
    let old = place.text(text);
    let value = written(wanted, old)?;
    if !place.is_empty() {
        return Ok(value);
    }
    let next = text.get(place.end as usize..).and_then(|rest| rest.chars().next());
    let sign = if before(text, place.start).contains(['=', ':']) { "" } else { "=" };
    let gap = if next == Some('#') { " " } else { "" };
    Ok(format!("{sign}{value}{gap}"))
}

fn written(wanted: Wanted<'_>, old: &str) -> Result<String, Refusal> {
    let owned = text_of(wanted)?;
    let text = owned.as_str();
    let plain = |letter: char| letter.is_alphanumeric() || "_-./:@%+,~^".contains(letter);
    Ok(match old.chars().next() {
        Some('\'') if !text.contains(['\'', '\r']) && !text.ends_with('\\') => format!("'{text}'"),
        Some('`') if !text.contains(['`', '\r']) => format!("`{text}`"),
        Some('"' | '\'' | '`') => quoted(text),
        Some(_) | None if text.chars().all(plain) => owned,
        Some(_) | None => quoted(text),
    })
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' | '\\' | '$' => out.extend(['\\', letter]),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Formats without types hold the text of a value.
pub(super) fn text_of(wanted: Wanted<'_>) -> Result<String, Refusal> {
    match wanted {
        Wanted::Null => Err(NOT_WRITABLE),
        Wanted::Bool(value) => Ok(value.to_string()),
        Wanted::Number(text) | Wanted::Text(text) => Ok(text.to_owned()),
    }
}

pub(super) fn insert(document: &Document, mapping: NodeId, key: &str, wanted: Wanted<'_>) -> Changed {
    let text: &str = &document.source;
    let last = document.own_entries(mapping).last().copied().ok_or(NO_NEIGHBOUR)?;
    let is_name = key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !is_name {
        return Err(NOT_WRITABLE);
    }
    let (name, value) = (document.span(last.key), document.span(last.value));
    let prefix = before(text, name.start);
    let line = format!("{prefix}{key}={}", written(wanted, value.text(text))?);
    let changes: Vec<Change> = line_behind(text, value.end.max(name.end), &line);
    Ok(changes)
}
