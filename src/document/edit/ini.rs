//! INI: every value is text, on the line of its key.

use super::entry::line_behind;
use super::env::text_of;
use super::layout::before;
use super::{Changed, NO_NEIGHBOUR, NOT_WRITABLE, NodeId, Refusal, Wanted};
use crate::document::{Document, Kind};
use crate::source::Span;

const SEVERAL_LINES: Refusal = "its value goes over several lines";

pub(super) fn replaced(document: &Document, place: Span, wanted: Wanted<'_>) -> Result<String, Refusal> {
    let text: &str = &document.source;
    let old = place.text(text);
    if old.contains(['\n', '\r']) {
        return Err(SEVERAL_LINES);
    }
    let value = written(wanted, old)?;
    if !place.is_empty() {
        return Ok(value);
    }
    let next = text.get(place.end as usize..).and_then(|rest| rest.chars().next());
    let line = before(text, place.start);
    let sign = match line.trim_end() {
        with if with.contains(['=', ':']) && !line.ends_with([' ', '\t']) => " ",
        with if with.contains(['=', ':']) => "",
        _ => " = ",
    };
    let gap = if matches!(next, Some('#' | ';')) { " " } else { "" };
    Ok(format!("{sign}{value}{gap}"))
}

fn written(wanted: Wanted<'_>, old: &str) -> Result<String, Refusal> {
    let text = text_of(wanted)?;
    if text.contains(char::is_control) {
        return Err(NOT_WRITABLE);
    }
    let was = old.chars().next().filter(|quote| matches!(quote, '"' | '\'') && old.len() > 1 && old.ends_with(*quote));
    let bare = text.trim() == text
        && !text.is_empty()
        && !text.starts_with(['#', ';', '"', '\'', '[', '='])
        && ![" #", " ;", "\t#", "\t;"].iter().any(|mark| text.contains(mark));
    if was.is_none() && bare {
        return Ok(text);
    }
    let mut quotes = was.into_iter().chain(['"', '\'']);
    let quote = quotes.find(|quote| !text.contains(*quote)).ok_or(NOT_WRITABLE)?;
    Ok(format!("{quote}{text}{quote}"))
}

pub(super) fn insert(document: &Document, mapping: NodeId, key: &str, wanted: Wanted<'_>) -> Changed {
    let text: &str = &document.source;
    let is_name = !key.is_empty()
        && key.trim() == key
        && !key.contains(['=', ':', '#', ';', '[', ']'])
        && !key.contains(char::is_control);
    if !is_name {
        return Err(NOT_WRITABLE);
    }
    let place = document.span(mapping);
    let is_value = |node: NodeId| matches!(document.kind(node), Kind::Null | Kind::String);
    if let Some(last) = document.own_entries(mapping).iter().rfind(|entry| is_value(entry.value)) {
        let (name, value) = (document.span(last.key), document.span(last.value));
        let between = Span::new(name.end, value.start).text(text);
        let sign = if value.is_empty() || between.contains(['\n', '\r']) { " = " } else { between };
        let line = format!("{}{key}{sign}{}", before(text, name.start), written(wanted, "")?);
        return Ok(line_behind(text, value.end.max(name.end), &line));
    }
    if place.text(text).starts_with('[') {
        let line = format!("{key} = {}", written(wanted, "")?);
        return Ok(line_behind(text, place.start, &line));
    }
    Err(NO_NEIGHBOUR)
}
