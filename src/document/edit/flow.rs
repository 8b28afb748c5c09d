//! One more entry between braces: in JSON, in flow mappings of YAML, in inline tables of TOML.

use super::layout::{indentation, line_end, line_end_of, offset, step};
use super::{Change, Changed, NO_NEIGHBOUR, NodeId};
use crate::document::Document;
use crate::source::Span;

/// What is between a key and its value, and what begins a comment that lasts to the end of its line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Notation {
    pub(super) sign: &'static str,
    pub(super) comment: &'static str,
    /// What stands between a brace and the first entry of an empty mapping.
    pub(super) gap: &'static str,
}

pub(super) const JSON: Notation = Notation { sign: ": ", comment: "//", gap: "" };
pub(super) const YAML: Notation = Notation { sign: ": ", comment: "#", gap: "" };
pub(super) const TOML: Notation = Notation { sign: " = ", comment: "#", gap: " " };

/// Behind the last entry, on a line of its own where its neighbours stand so.
pub(super) fn insert(document: &Document, mapping: NodeId, key: &str, value: &str, notation: &Notation) -> Changed {
    let text: &str = &document.source;
    let place = document.span(mapping);
    let entries = document.own_entries(mapping);
    let Some(last) = entries.last() else { return into_empty(text, place, key, value, notation) };
    let (last_key, last_value) = (document.span(last.key), document.span(last.value));
    if last_value.is_empty() {
        return Err(NO_NEIGHBOUR);
    }
    let between = Span::new(last_key.end, last_value.start).text(text);
    let sign =
        if between.trim() == notation.sign.trim() && !between.contains(['\n', '\r']) { between } else { notation.sign };
    let entry = format!("{key}{sign}{value}");
    let gap_start = text.get(..last_key.start as usize).unwrap_or_default();
    let blanks = gap_start.get(gap_start.trim_end_matches([' ', '\t', '\n', '\r']).len()..).unwrap_or_default();
    let comma = comma_behind(text, last_value.end, place.end, notation);
    let Some(line) = blanks.rfind(['\n', '\r']) else {
        // On the line of its neighbours.
        let apart = if entries.len() > 1 { blanks } else { " " };
        let text = match comma {
            Some(_) => format!("{apart}{entry},"),
            None => format!(",{apart}{entry}"),
        };
        return Ok(vec![Change { span: Span::at(comma.unwrap_or(last_value.end)), text }]);
    };
    let indent = blanks.get(line + 1..).unwrap_or_default();
    let line = format!("{}{indent}{entry}", line_end_of(text));
    let behind = comma.unwrap_or(last_value.end);
    let rest = Span::new(behind, line_end(text, behind)).text(text);
    // A comment behind the last entry stays with it.
    let own = rest.trim_start_matches([' ', '\t']).starts_with(notation.comment);
    let at = if own && line_end(text, behind) <= place.end { line_end(text, behind) } else { behind };
    Ok(match comma {
        Some(_) => vec![Change { span: Span::at(at), text: format!("{line},") }],
        None if at == behind => vec![Change { span: Span::at(at), text: format!(",{line}") }],
        None => {
            vec![Change { span: Span::at(behind), text: ",".to_owned() }, Change { span: Span::at(at), text: line }]
        }
    })
}

/// Between braces with nothing between them; comments stay.
fn into_empty(text: &str, place: Span, key: &str, value: &str, notation: &Notation) -> Changed {
    let inside = Span::new(place.start + 1, place.end.saturating_sub(1));
    let written = inside.text(text);
    let (sign, gap) = (notation.sign, notation.gap);
    if !place.text(text).starts_with('{') {
        return Err(NO_NEIGHBOUR);
    }
    if !written.contains(['\n', '\r']) {
        if !written.trim().is_empty() {
            return Err(NO_NEIGHBOUR);
        }
        let gap = if written.is_empty() { gap } else { " " };
        return Ok(vec![Change { span: inside, text: format!("{gap}{key}{sign}{value}{gap}") }]);
    }
    let (end, indent, step) = (line_end_of(text), indentation(text, place.start), step(text));
    let line = format!("{end}{indent}{step}{key}{sign}{value}");
    let span = if written.trim().is_empty() { inside } else { Span::at(inside.start) };
    let text = if span.is_empty() { line } else { format!("{line}{end}{indent}") };
    Ok(vec![Change { span, text }])
}

/// Where the comma behind the last entry ends, if there is one.
fn comma_behind(text: &str, from: u32, to: u32, notation: &Notation) -> Option<u32> {
    let mut at = from;
    loop {
        let rest = Span::new(at, to).text(text);
        let found = rest.trim_start();
        at += offset(rest.len() - found.len());
        if found.starts_with(notation.comment) {
            at = line_end(text, at);
        } else if notation.comment == "//" && found.starts_with("/*") {
            at += offset(found.find("*/")? + 2);
        } else {
            return found.starts_with(',').then_some(at + 1);
        }
        if at >= to {
            return None;
        }
    }
}
