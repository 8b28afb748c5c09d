//! An exact change of one value: its new text in the style of the old one, or a new entry as its neighbours are written.
//! Every other byte stays, and what cannot be changed exactly is refused with the reason.

mod entry;
mod env;
mod flow;
mod ini;
mod json;
pub(crate) mod layout;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod toml;
mod yaml;

use super::node::Content;
use super::{Document, Entry, Format, Kind, NodeId};
use crate::source::Span;

/// What is to stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted<'a> {
    Null,
    Bool(bool),
    /// In decimal digits, as every format writes it.
    Number(&'a str),
    Text(&'a str),
}

/// New text in place of what a span cuts out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub span: Span,
    pub text: String,
}

/// Why something cannot be changed exactly, as the rest of a sentence.
pub type Refusal = &'static str;

/// Changes that belong together, in the order of the text.
pub type Changed = Result<Vec<Change>, Refusal>;

const SHARED: Refusal = "an alias stands for it elsewhere, and would change with it";
const NO_SCALAR: Refusal = "a list or a mapping stands there";
const NOT_FOUND: Refusal = "it does not stand there as a value of its own";
const NO_NEIGHBOUR: Refusal = "nothing stands beside it that says how entries are written there";
const NOT_WRITABLE: Refusal = "the format cannot hold such a value there";

impl Document {
    /// Another value in place of the single one that stands at `place`, with its quotes or without.
    pub fn replace(&self, place: Span, wanted: Wanted<'_>) -> Changed {
        let node = self.single(place)?;
        let place = self.span(node);
        if self.is_shared(place) {
            return Err(SHARED);
        }
        let text = match self.format {
            Format::Json | Format::Jsonc => json::written(wanted),
            Format::Yaml => return yaml::replaced(self, node, wanted).map(|change| vec![change]),
            Format::Toml => toml::written(wanted, place.text(&self.source))?,
            Format::Env => env::replaced(self, place, wanted)?,
            Format::Ini => ini::replaced(self, place, wanted)?,
            Format::Pem => return Err(NOT_WRITABLE),
        };
        Ok(vec![Change { span: place, text }])
    }

    /// One more entry in the mapping that stands at `place` under the key at `head`, which has none of that name.
    pub fn insert(&self, place: Span, head: Span, key: &str, wanted: Wanted<'_>) -> Changed {
        let mapping = self.mapping_at(place, head)?;
        self.insert_into(mapping, key, wanted)
    }

    /// One more entry in the mapping that stands under the key at `head`, or else in the one that has its value there.
    pub fn insert_beside(&self, head: Span, key: &str, wanted: Wanted<'_>) -> Changed {
        let is_head = |node: NodeId| self.span(node) == head || self.content_span(node) == Some(head);
        let is_mapping =
            |node: NodeId| self.nodes.get(node.index()).is_some_and(|node| matches!(node.content, Content::Mapping(_)));
        let under = self.entries.iter().find(|entry| is_head(entry.key) && is_mapping(entry.value));
        let beside = || {
            let mappings = (0..self.nodes.len()).map(NodeId::new).filter(|node| is_mapping(*node));
            mappings.rev().find(|node| self.own_entries(*node).iter().any(|entry| is_head(entry.value)))
        };
        let mapping = under.map(|entry| entry.value).or_else(beside).ok_or(NOT_FOUND)?;
        self.insert_into(mapping, key, wanted)
    }

    fn insert_into(&self, mapping: NodeId, key: &str, wanted: Wanted<'_>) -> Changed {
        if self.is_shared(self.span(mapping)) {
            return Err(SHARED);
        }
        match self.format {
            Format::Json | Format::Jsonc => {
                flow::insert(self, mapping, &json::key(key), &json::written(wanted), &flow::JSON)
            }
            Format::Yaml => yaml::insert(self, mapping, key, wanted),
            Format::Toml => toml::insert(self, mapping, key, wanted),
            Format::Env => env::insert(self, mapping, key, wanted),
            Format::Ini => ini::insert(self, mapping, key, wanted),
            Format::Pem => Err(NOT_WRITABLE),
        }
    }

    /// The one value at a place: a scalar, or an alias, which may stand for anything.
    fn single(&self, place: Span) -> Result<NodeId, Refusal> {
        let mut found = Err(NOT_FOUND);
        for (index, node) in self.nodes.iter().enumerate() {
            if node.span != place && self.content_span(NodeId::new(index)) != Some(place) {
                continue;
            }
            match node.content {
                Content::Sequence(_) | Content::Mapping(_) => found = Err(NO_SCALAR),
                Content::Null | Content::Bool(_) | Content::Number(_) | Content::String(_) | Content::Alias(_) => {
                    return Ok(NodeId::new(index));
                }
            }
        }
        found
    }

    /// A file of one section stands where its section stands: the key tells them apart.
    fn mapping_at(&self, place: Span, head: Span) -> Result<NodeId, Refusal> {
        let is_here = |node: NodeId| {
            let found = self.nodes.get(node.index());
            found.is_some_and(|node| node.span == place && matches!(node.content, Content::Mapping(_)))
        };
        let under = self.entries.iter().find(|entry| self.span(entry.key) == head && is_here(entry.value));
        let outermost = || (0..self.nodes.len()).map(NodeId::new).find(|node| is_here(*node));
        under.map(|entry| entry.value).or_else(outermost).ok_or(NOT_FOUND)
    }

    /// Whether somebody who changes this place changes what an alias stands for.
    fn is_shared(&self, place: Span) -> bool {
        self.nodes.iter().any(|node| match node.content {
            Content::Alias(target) => self.span(target).contains(place),
            Content::Null
            | Content::Bool(_)
            | Content::Number(_)
            | Content::String(_)
            | Content::Sequence(_)
            | Content::Mapping(_) => false,
        })
    }

    /// The entries that are written in a mapping itself, not merged into it, in the order of the text.
    fn own_entries(&self, mapping: NodeId) -> Vec<Entry> {
        let place = self.span(mapping);
        let mut own: Vec<Entry> =
            self.entries(mapping).iter().copied().filter(|entry| place.contains(self.span(entry.key))).collect();
        own.sort_by_key(|entry| self.span(entry.key).start);
        own
    }

    fn is_collection(&self, node: NodeId) -> bool {
        matches!(self.kind(node), Kind::Sequence | Kind::Mapping)
    }
}
