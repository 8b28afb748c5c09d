//! The doors of this layer's tests: text in, text out.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Document, Format, NodeId, Parsed, Value};
use crate::source::{FileId, LineIndex, Span};

pub(super) fn read(format: Format, text: &str) -> Parsed {
    super::parse(FileId::default(), &Arc::from(text), format)
}

/// The tree, one node a line: its kind and, in backticks, what its span cuts out of the text.
pub(super) fn outline(format: Format, text: &str) -> String {
    let document = read(format, text).document;
    let mut out = String::new();
    for root in document.roots() {
        node(&document, text, *root, 0, &mut out);
    }
    out
}

fn node(document: &Document, text: &str, id: NodeId, depth: usize, out: &mut String) {
    let written = document.span(id).text(text).escape_debug().to_string();
    let kind = document.kind(id).name();
    let indent = "  ".repeat(depth + 1);
    match document.value(id) {
        Value::String(value) if document.content_span(id).is_none() => {
            writeln!(out, "{kind} `{written}` = {value:?}").unwrap();
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            writeln!(out, "{kind} `{written}`").unwrap();
        }
        Value::Sequence(items) => {
            writeln!(out, "{kind} `{written}`").unwrap();
            for item in items {
                write!(out, "{indent}- ").unwrap();
                node(document, text, *item, depth + 1, out);
            }
        }
        Value::Mapping(entries) => {
            writeln!(out, "{kind} `{written}`").unwrap();
            for entry in entries {
                write!(out, "{indent}{}: ", document.span(entry.key).text(text)).unwrap();
                node(document, text, entry.value, depth + 1, out);
            }
        }
    }
}

/// What is wrong, one finding a block: place, id, the text the place cuts out, message, help, related places.
pub(super) fn complaints(format: Format, text: &str) -> String {
    let index = LineIndex::new(text);
    let show = |span: Span| {
        let at = index.line_column(text, span.start);
        format!("{}:{} `{}`", at.line, at.column, span.text(text).escape_debug())
    };
    let mut out = String::new();
    for diagnostic in read(format, text).diagnostics {
        let span = diagnostic.place.unwrap().span;
        writeln!(out, "{} {}: {}", show(span), diagnostic.rule, diagnostic.message).unwrap();
        for label in diagnostic.related {
            writeln!(out, "  {}: {}", show(label.place.span), label.text).unwrap();
        }
        writeln!(out, "  help: {}", diagnostic.help.unwrap()).unwrap();
    }
    out
}

/// Every node that can be reached, aliases followed.
pub(super) fn walk(document: &Document, visit: &mut impl FnMut(NodeId)) {
    fn go(document: &Document, id: NodeId, visit: &mut impl FnMut(NodeId)) {
        visit(id);
        for item in document.items(id) {
            go(document, *item, visit);
        }
        for entry in document.entries(id) {
            go(document, entry.key, visit);
            go(document, entry.value, visit);
        }
    }
    for root in document.roots() {
        go(document, *root, visit);
    }
}
