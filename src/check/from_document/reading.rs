//! What every part of the reading needs: nodes with their places in the text, and a way to complain.

use std::collections::HashSet;

use super::diagnostics::{NO_VALUE, NOT_A_MAPPING};
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::document::{Document, Format, Kind, NodeId, Value};
use crate::source::{FileId, Place, Span};
use crate::syntax::ast::{Name, Node};

/// One document being read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) file: FileId,
    pub(super) document: &'a Document,
    pub(super) text: &'a str,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

/// A key of a mapping and what stands under it.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub(super) key: &'a str,
    /// The key without quotes.
    pub(super) key_span: Span,
    pub(super) value: NodeId,
}

impl Field<'_> {
    pub(super) fn name(&self) -> Name {
        Node::new(self.key.to_owned(), self.key_span)
    }
}

impl<'a> Reading<'a> {
    /// The keys of a mapping. A key that stands twice has been reported with the document; its first value counts.
    pub(super) fn fields(&mut self, mapping: NodeId) -> Vec<Field<'a>> {
        let document = self.document;
        let entries = document.entries(mapping);
        let mut known: HashSet<&str> = HashSet::with_capacity(entries.len());
        let mut fields = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(key) = document.text(entry.key) else {
                let found = document.kind(entry.key).name();
                let help = "write a word before the `:`";
                self.report(&NOT_A_MAPPING, self.span(entry.key), format!("a key is a word, found {found}"), help);
                continue;
            };
            if known.insert(key) {
                fields.push(Field { key, key_span: self.inner_span(entry.key), value: entry.value });
            }
        }
        fields
    }

    pub(super) fn report(
        &mut self,
        descriptor: &'static Descriptor,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(descriptor, Place::new(self.file, span), message).help(help));
    }

    /// A key whose value is null or empty.
    pub(super) fn no_value(&mut self, name: &str, value: NodeId) {
        let found = match self.written(value) {
            "" => "nothing stands behind it".to_owned(),
            written => format!("found `{written}`"),
        };
        let message = format!("`{name}` has no value: {found}");
        self.report(&NO_VALUE, self.span(value), message, "give it a value, or leave the key out");
    }

    pub(super) fn not_a_mapping(&mut self, name: &str, value: NodeId, help: impl Into<String>) {
        let found = self.document.kind(value).name();
        self.report(&NOT_A_MAPPING, self.span(value), format!("{name} is a mapping, found {found}"), help);
    }

    /// Where a value is written, quotes included; an alias stands where its value is.
    pub(super) fn span(&self, node: NodeId) -> Span {
        self.document.span(self.document.resolve(node))
    }

    /// Where the text of a scalar is written, without quotes where that is possible.
    pub(super) fn inner_span(&self, node: NodeId) -> Span {
        self.document.content_span(node).unwrap_or_else(|| self.span(node))
    }

    pub(super) fn written(&self, node: NodeId) -> &'a str {
        self.span(node).text(self.text)
    }

    /// A scalar as YAML reads it without quotes: its text is all that was meant.
    pub(super) fn is_plain(&self, node: NodeId) -> bool {
        let written = self.document.format() == Format::Yaml;
        written && !self.written(node).starts_with(['"', '\'', '|', '>'])
    }

    pub(super) fn is_mapping(&self, node: NodeId) -> bool {
        self.document.kind(node) == Kind::Mapping
    }

    /// Whether nothing is said: null, or a string of blanks.
    pub(super) fn is_blank(&self, node: NodeId) -> bool {
        match self.document.value(node) {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => false,
        }
    }
}
