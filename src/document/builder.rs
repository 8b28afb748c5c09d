//! Builds a document from what a format's reader finds, and keeps every promise that does not depend on the format:
//! depth, aliases, merges, unique keys.

mod mapping;

use std::collections::HashMap;
use std::sync::Arc;

use super::node::{Content, Node, Text};
use super::{
    Comment, Document, EMPTY, Entry, FOR_STOPLINE, Format, NodeId, Parsed, SYNTAX, TEMPLATE, TOO_DEEP, TOO_LARGE,
    TOO_MANY_ALIASES, UNKNOWN_ALIAS, template,
};
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::source::{FileId, Place, Span};

/// After this many, a file has said enough.
pub(super) const MAX_DIAGNOSTICS: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    Sequence,
    Mapping,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Number,
    String,
}

/// Nothing was opened: the document nests too deeply or holds too much, and that has been reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooDeep;

/// What a walk through a node costs, aliases followed.
#[derive(Debug, Clone, Copy)]
struct Extent {
    nodes: u64,
    height: usize,
}

#[derive(Debug)]
struct Anchor {
    node: NodeId,
    /// None while the node is still open: an alias to it would make it a part of itself.
    extent: Option<Extent>,
}

/// A collection that is not closed yet.
#[derive(Debug)]
pub(super) struct Frame {
    node: NodeId,
    pub(super) collection: Collection,
    pub(super) opener: Span,
    children_from: usize,
    /// Which of the pairs are merges.
    merges: Vec<usize>,
    anchor: Option<usize>,
    extent: Extent,
}

#[derive(Debug)]
pub(super) struct Builder {
    document: Document,
    diagnostics: Vec<Diagnostic>,
    frames: Vec<Frame>,
    /// The children of all open collections; in a mapping, keys and values in turn.
    children: Vec<NodeId>,
    anchors: HashMap<usize, Anchor>,
    aliased: u64,
    /// Whether a comment may be for Stopline.
    keeps_comments: bool,
}

impl Builder {
    pub(super) fn new(file: FileId, source: Arc<str>, format: Format) -> Self {
        // What a text of many short values needs, as far as tables are worth making before anybody knows.
        let expected = (source.len() / 12).min(4_096);
        let keeps_comments = source.contains(FOR_STOPLINE);
        let document = Document {
            file,
            format,
            source,
            nodes: Vec::with_capacity(expected),
            items: Vec::new(),
            entries: Vec::with_capacity(expected / 2),
            by_key: HashMap::new(),
            decoded: Vec::new(),
            roots: Vec::new(),
            comments: Vec::new(),
        };
        Self {
            document,
            diagnostics: Vec::new(),
            frames: Vec::new(),
            children: Vec::new(),
            anchors: HashMap::new(),
            aliased: 0,
            keeps_comments,
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn diagnostic(&self, descriptor: &'static Descriptor, span: Span, message: &str) -> Diagnostic {
        Diagnostic::new(descriptor, self.place(span), message)
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(self.document.file, span)
    }

    pub(super) fn innermost(&self) -> Option<&Frame> {
        self.frames.last()
    }

    pub(super) fn open_collections(&self) -> &[Frame] {
        &self.frames
    }

    /// Is the next node a key?
    pub(super) fn at_key(&self) -> bool {
        self.frames.last().is_some_and(|frame| {
            frame.collection == Collection::Mapping && (self.children.len() - frame.children_from).is_multiple_of(2)
        })
    }

    /// Where it does not, no comment need be read.
    pub(super) const fn keeps_comments(&self) -> bool {
        self.keeps_comments
    }

    pub(super) fn comment(&mut self, span: Span) {
        if !self.keeps_comments {
            return;
        }
        if self.document.comments.len() < Document::MAX_NODES {
            let comment = Comment::new(&self.document.source, span);
            self.document.comments.push(comment);
        } else {
            self.too_much(span);
        }
    }

    /// A scalar whose value is `value`. `candidates` are spans that may hold it byte for byte.
    pub(super) fn scalar(&mut self, scalar: Scalar, span: Span, value: &str, candidates: &[Span]) -> NodeId {
        if self.is_full() {
            self.too_much(span);
            return NodeId::new(0);
        }
        let content = match scalar {
            Scalar::Null => Content::Null,
            Scalar::Bool(value) => Content::Bool(value),
            Scalar::Number => Content::Number(self.keep(value, candidates)),
            Scalar::String => Content::String(self.keep(value, candidates)),
        };
        let node = self.push(span, content);
        self.adopt(node, Extent { nodes: 1, height: 0 });
        node
    }

    /// A key that is `<<`: what follows is merged into the mapping when it closes.
    pub(super) fn merge_key(&mut self, span: Span) -> NodeId {
        let children = self.children.len();
        if let Some(frame) = self.frames.last_mut() {
            frame.merges.push((children - frame.children_from) / 2);
        }
        self.scalar(Scalar::String, span, "<<", &[span])
    }

    pub(super) fn open(&mut self, collection: Collection, opener: Span) -> Result<NodeId, TooDeep> {
        if self.frames.len() >= Document::MAX_DEPTH {
            self.too_deep(opener);
            return Err(TooDeep);
        }
        if self.is_full() {
            self.too_much(opener);
            return Err(TooDeep);
        }
        let node = self.push(opener, Content::Null);
        let children_from = self.children.len();
        let extent = Extent { nodes: 1, height: 1 };
        self.frames.push(Frame { node, collection, opener, children_from, merges: Vec::new(), anchor: None, extent });
        Ok(node)
    }

    /// Closes the innermost collection. Without `end` it reaches to the end of its last child.
    pub(super) fn close(&mut self, end: Option<u32>) {
        if !self.at_key() && self.frames.last().is_some_and(|frame| frame.collection == Collection::Mapping) {
            let end = self.children.last().map_or(0, |key| self.document.span(*key).end);
            self.scalar(Scalar::Null, Span::at(end), "", &[]);
        }
        let Some(frame) = self.frames.pop() else { return };
        let children = self.children.get(frame.children_from..).unwrap_or_default();
        let end = end.or_else(|| children.last().map(|child| self.document.span(*child).end));
        let content = match frame.collection {
            Collection::Sequence => {
                let start = self.document.items.len();
                self.document.items.extend(children);
                Content::Sequence(Span::of(start..self.document.items.len()))
            }
            Collection::Mapping => {
                let start = self.document.entries.len();
                self.document.entries.extend(children.chunks_exact(2).filter_map(Entry::of_pair));
                self.mapping(frame.node, start, &frame.merges)
            }
        };
        self.children.truncate(frame.children_from);
        if let Some(node) = self.document.nodes.get_mut(frame.node.index()) {
            node.content = content;
            node.span.end = end.unwrap_or(node.span.end).max(node.span.start);
        }
        if let Some(anchor) = frame.anchor.and_then(|anchor| self.anchors.get_mut(&anchor)) {
            anchor.extent = Some(frame.extent);
        }
        self.adopt(frame.node, frame.extent);
    }

    /// Closes whatever an error left open.
    pub(super) fn close_all(&mut self) {
        while !self.frames.is_empty() {
            self.close(None);
        }
    }

    /// The node just made is known as `anchor` from here on.
    pub(super) fn anchor_scalar(&mut self, anchor: usize, node: NodeId) {
        self.anchors.insert(anchor, Anchor { node, extent: Some(Extent { nodes: 1, height: 0 }) });
    }

    /// The collection just opened is known as `anchor` from here on.
    pub(super) fn anchor_collection(&mut self, anchor: usize, node: NodeId) {
        self.anchors.insert(anchor, Anchor { node, extent: None });
        if let Some(frame) = self.frames.last_mut() {
            frame.anchor = Some(anchor);
        }
    }

    /// Stands for the node known as `anchor`; where that cannot be, it is reported and null stands there.
    pub(super) fn alias(&mut self, anchor: usize, span: Span) {
        let Some(&Anchor { node, extent }) = self.anchors.get(&anchor) else {
            self.unknown_alias(span);
            return;
        };
        let Some(extent) = extent else {
            let inside = self.document.span(node);
            let report = self
                .diagnostic(&UNKNOWN_ALIAS, span, "the alias stands inside the value it names")
                .help("a value cannot be a part of itself: write out what is meant")
                .related(self.place(inside), "this value");
            self.report(report);
            self.scalar(Scalar::Null, span, "", &[]);
            return;
        };
        let within = self.aliased;
        self.aliased = self.aliased.saturating_add(extent.nodes);
        if self.aliased > Document::MAX_ALIASED_NODES {
            if within <= Document::MAX_ALIASED_NODES {
                let report = self
                    .diagnostic(
                        &TOO_MANY_ALIASES,
                        span,
                        "with this alias, aliases stand for more than a million values",
                    )
                    .help("write out what is meant instead of naming aliases of aliases");
                self.report(report);
            }
            self.scalar(Scalar::Null, span, "", &[]);
            return;
        }
        if self.frames.len() + extent.height > Document::MAX_DEPTH {
            self.too_deep(span);
            self.scalar(Scalar::Null, span, "", &[]);
            return;
        }
        if self.is_full() {
            self.too_much(span);
            return;
        }
        let alias = self.push(span, Content::Alias(node));
        self.adopt(alias, extent);
    }

    pub(super) fn unknown_alias(&mut self, span: Span) {
        let message = format!("`{}` names no anchor that stands before it", self.written(span));
        let name = self.written(span).trim_start_matches('*');
        let help = format!("mark the value it stands for with `&{name}`, or quote the text if no alias is meant");
        let report = self.diagnostic(&UNKNOWN_ALIAS, span, &message).help(help);
        self.report(report);
        self.scalar(Scalar::Null, span, "", &[]);
    }

    pub(super) fn written(&self, span: Span) -> &str {
        span.text(&self.document.source)
    }

    /// What is not in its format because another program will write it is one finding, not one for each mark.
    fn tell_template(&mut self) {
        let is_made = matches!(self.document.format, Format::Json | Format::Jsonc | Format::Yaml);
        if !is_made || self.diagnostics.iter().all(|found| found.rule != SYNTAX.id) {
            return;
        }
        let Some(mark) = template::mark(&self.document.source) else { return };
        self.diagnostics.retain(|found| found.rule != SYNTAX.id);
        self.template(mark);
    }

    /// Said once.
    fn template(&mut self, mark: Span) {
        if self.diagnostics.iter().any(|found| found.rule == TEMPLATE.id) {
            return;
        }
        let report = self
            .diagnostic(
                &TEMPLATE,
                mark,
                "this file is a template, not checked: what stands here is made into something else",
            )
            .help("check what the template is rendered to, or leave it out of the paths");
        self.report(report);
    }

    pub(super) fn finish(mut self) -> Parsed {
        self.close_all();
        self.tell_template();
        let end = Span::of(self.document.source.len()..self.document.source.len());
        let empty = self.document.roots.iter().all(|root| self.document.span(*root).is_empty());
        if empty && self.diagnostics.is_empty() {
            let help = match self.document.format {
                Format::Json | Format::Jsonc | Format::Yaml => {
                    "fill it or remove it; a mapping that is empty on purpose is written `{}`"
                }
                Format::Toml | Format::Env | Format::Ini | Format::Pem => "fill it or remove it",
            };
            let report = self.diagnostic(&EMPTY, Span::at(0), "the file holds no value").help(help);
            self.report(report);
        }
        if self.document.roots.is_empty() {
            let node = self.push(end, Content::Null);
            self.document.roots.push(node);
        }
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.place);
        Parsed { document: self.document, diagnostics: self.diagnostics }
    }

    pub(super) fn too_deep(&mut self, span: Span) {
        let message = format!("this nests more than {} levels deep", Document::MAX_DEPTH);
        let report = self.diagnostic(&TOO_DEEP, span, &message).help("flatten the document; nothing below is read");
        self.report(report);
    }

    fn is_full(&self) -> bool {
        self.document.nodes.len() >= Document::MAX_NODES
    }

    /// Said once: nothing behind it is read.
    pub(super) fn too_much(&mut self, span: Span) {
        if self.diagnostics.iter().all(|known| known.rule != TOO_LARGE.id) {
            let message = format!("the file holds more than {} million values", Document::MAX_NODES / 1_000_000);
            let help = "leave it out of the run on purpose, or split it; nothing from here on was read";
            let report = self.diagnostic(&TOO_LARGE, span, &message).help(help);
            self.diagnostics.push(report);
        }
    }

    fn push(&mut self, span: Span, content: Content) -> NodeId {
        let node = NodeId::new(self.document.nodes.len());
        self.document.nodes.push(Node { span, content });
        node
    }

    fn adopt(&mut self, node: NodeId, extent: Extent) {
        let Some(frame) = self.frames.last_mut() else {
            self.document.roots.push(node);
            return;
        };
        frame.extent.nodes = frame.extent.nodes.saturating_add(extent.nodes);
        frame.extent.height = frame.extent.height.max(extent.height + 1);
        self.children.push(node);
    }

    fn keep(&mut self, value: &str, candidates: &[Span]) -> Text {
        let stands_at = |span: &&Span| {
            let written = span.text(&self.document.source);
            // Most values are cut out of the source, and need not be compared with it.
            std::ptr::eq(written, value) || written == value
        };
        if let Some(span) = candidates.iter().find(stands_at) {
            return Text::Verbatim(*span);
        }
        let index = u32::try_from(self.document.decoded.len()).unwrap_or(u32::MAX);
        self.document.decoded.push(value.into());
        Text::Decoded(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_values_the_first_millions_are_kept_and_that_is_said_once() {
        let mut builder = Builder::new(FileId::default(), "x".into(), Format::Yaml);
        builder.open(Collection::Sequence, Span::at(0)).unwrap();
        for _ in 0..Document::MAX_NODES + 10 {
            builder.scalar(Scalar::Null, Span::new(0, 1), "", &[]);
        }
        assert_eq!(builder.open(Collection::Sequence, Span::at(0)), Err(TooDeep));
        let parsed = builder.finish();
        assert_eq!(parsed.document.nodes.len(), Document::MAX_NODES);
        let said: Vec<&str> = parsed.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(said, ["the file holds more than 2 million values"]);
    }
}
