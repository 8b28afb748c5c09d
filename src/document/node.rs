//! The parts of a document: what a reader of one sees of a node, and how the arena keeps it.

use crate::source::Span;

/// A node of one [`Document`](super::Document). Ids follow the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

impl NodeId {
    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One `key: value` of a mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub key: NodeId,
    pub value: NodeId,
}

impl Entry {
    pub(super) fn of_pair(pair: &[NodeId]) -> Option<Self> {
        match pair {
            [key, value] => Some(Self { key: *key, value: *value }),
            _ => None,
        }
    }
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Null,
    Bool,
    Number,
    String,
    Sequence,
    Mapping,
}

impl Kind {
    /// With its article, as messages say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Sequence => "a list",
            Self::Mapping => "a mapping",
        }
    }
}

/// What a node holds; an alias holds what its anchor holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'document> {
    Null,
    Bool(bool),
    /// As written; [`Document::decimal`](super::Document::decimal) is its worth.
    Number(&'document str),
    /// Escapes resolved, quotes removed.
    String(&'document str),
    Sequence(&'document [NodeId]),
    Mapping(&'document [Entry]),
}

impl Value<'_> {
    pub const fn kind(self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Sequence(_) => Kind::Sequence,
            Self::Mapping(_) => Kind::Mapping,
        }
    }
}

/// How the arena keeps a node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) span: Span,
    pub(super) content: Content,
}

/// Children stand side by side in their own tables, so a collection is a range.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content {
    Null,
    Bool(bool),
    Number(Text),
    String(Text),
    Sequence(Span),
    Mapping(Span),
    Alias(NodeId),
}

/// Where the text of a scalar is found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Text {
    /// In the source, byte for byte.
    Verbatim(Span),
    /// In the document's table of decoded texts, because of escapes or folding.
    Decoded(u32),
}
