//! YAML: a scalar keeps its quotes, a plain one stays plain where every reader takes it for the same.

use super::layout::{before, line_end, line_end_of, line_start};
use super::{Change, Changed, NO_NEIGHBOUR, NodeId, Refusal, Wanted, flow, json};
use crate::document::Document;
use crate::document::yaml::is_text;
use crate::source::Span;

const TAGGED: Refusal = "a tag before it says what it is";
const REMARKED: Refusal = "a comment stands between its mark and its lines";

pub(super) fn replaced(document: &Document, node: NodeId, wanted: Wanted<'_>) -> Result<Change, Refusal> {
    let text: &str = &document.source;
    let place = document.span(node);
    let header = block_header(text, place.start);
    let start = header.map_or(place.start, |header| header.start);
    let line = before(text, start);
    if line.split([' ', '\t']).rfind(|word| !word.is_empty()).is_some_and(|word| word.starts_with('!')) {
        return Err(TAGGED);
    }
    let old = if header.is_some() { "" } else { place.text(text) };
    let value = match wanted {
        Wanted::Null | Wanted::Bool(_) | Wanted::Number(_) => json::written(wanted),
        Wanted::Text(new) => scalar(new, old, in_flow(document, place)),
    };
    let span = Span::new(start, place.end);
    if header.is_some_and(|header| !Span::new(header.end, place.start).text(text).trim().is_empty()) {
        return Err(REMARKED);
    }
    if !span.is_empty() {
        return Ok(Change { span, text: value });
    }
    // Nothing stood behind `key:` or `-`.
    match line.chars().next_back() {
        Some(':' | '-') => Ok(Change { span, text: format!(" {value}") }),
        _ => Err(NO_NEIGHBOUR),
    }
}

/// The `|` or `>` above a text, with what belongs to it; the place of a text begins below.
fn block_header(text: &str, start: u32) -> Option<Span> {
    let above = text.get(..start as usize)?;
    if !above.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']) {
        return None;
    }
    let line = above.trim_end();
    let from = line.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let line = line.get(from..)?;
    let written = line.find(" #").map_or(line, |remark| line.get(..remark).unwrap_or_default()).trim_end();
    let word = written.rfind([' ', '\t']).map_or(0, |blank| blank + 1);
    let mark = written.get(word..)?;
    let belongs = |letter: char| letter == '+' || letter == '-' || letter.is_ascii_digit();
    let is_header = mark.strip_prefix(['|', '>']).is_some_and(|rest| rest.chars().all(belongs));
    is_header.then(|| Span::of(from + word..from + written.len()))
}

/// Whether a place is inside brackets or braces.
fn in_flow(document: &Document, place: Span) -> bool {
    document.nodes.iter().any(|node| {
        let opens =
            |brackets: &str| node.span.text(&document.source).starts_with(|first: char| brackets.contains(first));
        node.span != place && node.span.contains(place) && opens("[{")
    })
}

/// A text as a scalar, quoted as the old one was.
fn scalar(text: &str, old: &str, in_flow: bool) -> String {
    match old.chars().next() {
        Some('\'') if !text.contains(is_unseen) => format!("'{}'", text.replace('\'', "''")),
        Some('"' | '\'') => json::key(text),
        Some(_) | None if is_plain(text, in_flow) => text.to_owned(),
        Some(_) | None => json::key(text),
    }
}

fn is_unseen(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Whether every reader, of YAML 1.1 too, takes the bare text for this very text.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins = !"-?:,[]{}#&*!|>'\"%@`=<~.+".contains(first) && !first.is_ascii_digit();
    let of_old_readers = ["y", "n", "yes", "no", "on", "off", "null", "true", "false"];
    begins
        && text.trim() == text
        && is_text(text)
        && !of_old_readers.contains(&text.to_lowercase().as_str())
        && !text.contains(is_unseen)
        && ![": ", " #", ":\t", "\t#"].iter().any(|mark| text.contains(mark))
        && !text.ends_with(':')
        && !(in_flow && text.contains([',', '[', ']', '{', '}', ':']))
}

pub(super) fn insert(document: &Document, mapping: NodeId, key: &str, wanted: Wanted<'_>) -> Changed {
    let text: &str = &document.source;
    let place = document.span(mapping);
    let flow = place.text(text).starts_with('{');
    let flows = flow || in_flow(document, place);
    let key = scalar(key, "", flows);
    let value = match wanted {
        Wanted::Null | Wanted::Bool(_) | Wanted::Number(_) => json::written(wanted),
        Wanted::Text(new) => scalar(new, "", flows),
    };
    if flow {
        return flow::insert(document, mapping, &key, &value, &flow::YAML);
    }
    let first = document.own_entries(mapping).first().map(|entry| document.span(entry.key));
    let begins = first.is_some_and(|key| key.start == place.start && !key.text(text).contains(['\n', '\r']));
    if flows || !(begins || place.text(text).starts_with("<<")) {
        // `[a: 1]`, or a key behind an anchor.
        return Err(NO_NEIGHBOUR);
    }
    let line = before(text, place.start);
    if !line.trim_start_matches([' ', '-']).is_empty() {
        return Err(NO_NEIGHBOUR);
    }
    let indent = " ".repeat(line.len());
    let end = line_end_of(text);
    if ends_in_kept_lines(document, place) {
        // Lines behind the last entry may be a part of it: before the first one nothing is.
        return Ok(vec![Change { span: Span::at(place.start), text: format!("{key}: {value}{end}{indent}") }]);
    }
    let at = line_end(text, place.end);
    Ok(vec![Change { span: Span::at(at), text: format!("{end}{indent}{key}: {value}") }])
}

/// Whether the last text of a mapping is a block scalar, to which lines below may belong.
fn ends_in_kept_lines(document: &Document, place: Span) -> bool {
    let text: &str = &document.source;
    let is_block = |node: &super::super::node::Node| block_header(text, node.span.start).is_some();
    document.nodes.iter().any(|node| node.span.end == place.end && node.span.start > place.start && is_block(node))
        || is_open_block(text, place)
}

/// `key: |` with nothing below it.
fn is_open_block(text: &str, place: Span) -> bool {
    let line = Span::new(line_start(text, place.end), line_end(text, place.end)).text(text);
    line.trim_end().ends_with(['|', '>', '+', '-'])
}
