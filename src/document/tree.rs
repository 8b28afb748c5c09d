//! The door through which documents are read. Every call is cheap; nothing is copied.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::node::{Content, Node, Text};
use super::{Comment, Entry, Format, Kind, NodeId, Value, number};
use crate::source::{FileId, Place, Span};

/// One text as nodes with places, in one arena.
///
/// Aliases stand for the node they name and are never copied. A walk from a root, aliases and merged entries included,
/// is at most [`Document::MAX_DEPTH`] deep and visits at most [`Document::MAX_ALIASED_NODES`] nodes more than were
/// written: whoever walks need not count.
#[derive(Debug)]
pub struct Document {
    pub(super) file: FileId,
    pub(super) format: Format,
    pub(super) source: Arc<str>,
    pub(super) nodes: Vec<Node>,
    pub(super) items: Vec<NodeId>,
    pub(super) entries: Vec<Entry>,
    /// Entries by key, for mappings that are too long to be searched from their start.
    pub(super) by_key: HashMap<NodeId, Vec<Entry>>,
    /// The texts that do not stand in the source as they are meant.
    pub(super) decoded: Vec<Arc<str>>,
    /// Never empty.
    pub(super) roots: Vec<NodeId>,
    pub(super) comments: Vec<Comment>,
}

impl Document {
    /// The largest text that is read.
    pub const MAX_BYTES: usize = 32 << 20;
    /// How many values are read, keys among them: a text of the same size can hold a few long ones or millions of short
    /// ones, and each takes memory.
    pub const MAX_NODES: usize = 2_000_000;
    /// How deep collections may nest.
    pub const MAX_DEPTH: usize = 128;
    /// How many nodes all aliases together may stand for.
    pub const MAX_ALIASED_NODES: u64 = 1_000_000;

    pub fn file(&self) -> FileId {
        self.file
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// The first document of the text; null where the text holds none.
    pub fn root(&self) -> NodeId {
        self.roots.first().copied().unwrap_or(NodeId::new(0))
    }

    /// How many values it holds, keys among them.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// Every document of a YAML stream; one in other formats.
    pub fn roots(&self) -> &[NodeId] {
        &self.roots
    }

    /// In the order of the text; none where no comment can be for Stopline.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    pub fn value(&self, node: NodeId) -> Value<'_> {
        match self.content(node) {
            Content::Null | Content::Alias(_) => Value::Null,
            Content::Bool(value) => Value::Bool(value),
            Content::Number(text) => Value::Number(self.cut(text)),
            Content::String(text) => Value::String(self.cut(text)),
            Content::Sequence(range) => Value::Sequence(self.items.get(range.range()).unwrap_or_default()),
            Content::Mapping(range) => Value::Mapping(self.entries.get(range.range()).unwrap_or_default()),
        }
    }

    pub fn kind(&self, node: NodeId) -> Kind {
        self.value(node).kind()
    }

    /// The value under `key`; None also where `node` is no mapping.
    pub fn get(&self, node: NodeId, key: &str) -> Option<NodeId> {
        self.entry(node, key).map(|entry| entry.value)
    }

    pub fn entry(&self, node: NodeId, key: &str) -> Option<Entry> {
        if let Some(sorted) = self.by_key.get(&self.resolve(node)) {
            let at = sorted.binary_search_by(|entry| self.text(entry.key).unwrap_or_default().cmp(key)).ok()?;
            return sorted.get(at).copied();
        }
        self.entries(node).iter().copied().find(|entry| self.text(entry.key) == Some(key))
    }

    /// Merged entries (`<<`) stand after the mapping's own. Empty where `node` is no mapping.
    pub fn entries(&self, node: NodeId) -> &[Entry] {
        match self.value(node) {
            Value::Mapping(entries) => entries,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => &[],
        }
    }

    /// Empty where `node` is no sequence.
    pub fn items(&self, node: NodeId) -> &[NodeId] {
        match self.value(node) {
            Value::Sequence(items) => items,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Mapping(_) => &[],
        }
    }

    /// A scalar as text: strings decoded, numbers as written, else `true`, `false`, `null`. None for collections.
    pub fn text(&self, node: NodeId) -> Option<&str> {
        match self.value(node) {
            Value::Null => Some("null"),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Number(text) | Value::String(text) => Some(text),
            Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// The text of a string or number as a part of what is shared; None for other nodes.
    pub fn shared_text(&self, node: NodeId) -> Option<(&Arc<str>, Span)> {
        match self.content(node) {
            Content::Number(text) | Content::String(text) => match text {
                Text::Verbatim(span) => Some((&self.source, span)),
                Text::Decoded(index) => self.decoded.get(index as usize).map(|text| (text, Span::of(0..text.len()))),
            },
            Content::Null | Content::Bool(_) | Content::Sequence(_) | Content::Mapping(_) | Content::Alias(_) => None,
        }
    }

    /// What a number is worth; None where it is no number or cannot be held exactly (`.inf`, `1e400`).
    pub fn decimal(&self, node: NodeId) -> Option<Decimal> {
        match self.value(node) {
            Value::Number(text) => number::decimal(text),
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// Where the value is written, quotes included; for an alias, where the alias is.
    pub fn span(&self, node: NodeId) -> Span {
        self.nodes.get(node.index()).map_or_else(Span::default, |node| node.span)
    }

    pub fn place(&self, node: NodeId) -> Place {
        Place::new(self.file, self.span(node))
    }

    /// Where the text of a string or number stands byte for byte, without quotes: a place inside the text is a place
    /// in the file. None where escapes or folding come between.
    pub fn content_span(&self, node: NodeId) -> Option<Span> {
        match self.content(node) {
            Content::Number(Text::Verbatim(span)) | Content::String(Text::Verbatim(span)) => Some(span),
            Content::Number(Text::Decoded(_))
            | Content::String(Text::Decoded(_))
            | Content::Null
            | Content::Bool(_)
            | Content::Sequence(_)
            | Content::Mapping(_)
            | Content::Alias(_) => None,
        }
    }

    /// Where a key of a mapping is written.
    pub fn key_span(&self, node: NodeId, key: &str) -> Option<Span> {
        self.entry(node, key).map(|entry| self.span(entry.key))
    }

    /// The node an alias names; any other node itself.
    pub fn resolve(&self, node: NodeId) -> NodeId {
        match self.nodes.get(node.index()).map(|node| node.content) {
            Some(Content::Alias(target)) => target,
            Some(
                Content::Null
                | Content::Bool(_)
                | Content::Number(_)
                | Content::String(_)
                | Content::Sequence(_)
                | Content::Mapping(_),
            )
            | None => node,
        }
    }

    fn content(&self, node: NodeId) -> Content {
        self.nodes.get(self.resolve(node).index()).map_or(Content::Null, |node| node.content)
    }

    fn cut(&self, text: Text) -> &str {
        match text {
            Text::Verbatim(span) => span.text(&self.source),
            Text::Decoded(index) => self.decoded.get(index as usize).map_or("", |text| text),
        }
    }
}
