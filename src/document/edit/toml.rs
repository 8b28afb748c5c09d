//! TOML: strings keep their quotes; a new key stands in the lines of its own table.

use super::entry::line_behind;
use super::layout::before;
use super::{Changed, NO_NEIGHBOUR, NOT_WRITABLE, NodeId, Refusal, Wanted, flow, json};
use crate::document::{Document, Entry};

pub(super) fn written(wanted: Wanted<'_>, old: &str) -> Result<String, Refusal> {
    match wanted {
        Wanted::Null => Err(NOT_WRITABLE),
        Wanted::Bool(_) | Wanted::Number(_) => Ok(json::written(wanted)),
        Wanted::Text(text) if old.starts_with('\'') && !text.contains('\'') && !text.contains(char::is_control) => {
            Ok(format!("'{text}'"))
        }
        Wanted::Text(text) => Ok(json::key(text)),
    }
}

fn key(name: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { json::key(name) }
}

pub(super) fn insert(document: &Document, mapping: NodeId, name: &str, wanted: Wanted<'_>) -> Changed {
    let text: &str = &document.source;
    let place = document.span(mapping);
    let (key, value) = (key(name), written(wanted, "")?);
    if place.text(text).starts_with('{') {
        return flow::insert(document, mapping, &key, &value, &flow::TOML);
    }
    let entries = document.own_entries(mapping);
    // `name = value`, alone at the start of its line.
    let is_line = |entry: &&Entry| {
        !document.is_collection(entry.value)
            && before(text, document.span(entry.key).start).trim().is_empty()
            && text.get(document.span(entry.key).end as usize..).is_some_and(is_set)
    };
    if let Some(last) = entries.iter().rfind(is_line) {
        let indent = before(text, document.span(last.key).start);
        return Ok(line_behind(text, document.span(last.value).end, &format!("{indent}{key} = {value}")));
    }
    let is_header = place.text(text).starts_with('[');
    // A header that names a table below names this one only on its way.
    let leads_on = entries.iter().any(|entry| document.span(entry.value).start <= place.start);
    if is_header && !leads_on {
        let indent = before(text, place.start);
        return Ok(line_behind(text, place.start, &format!("{indent}{key} = {value}")));
    }
    Err(NO_NEIGHBOUR)
}

/// Whether a `=` comes next: in `a.b = 1`, `a` is no key of its own.
fn is_set(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t', '"', '\'']).starts_with('=')
}
