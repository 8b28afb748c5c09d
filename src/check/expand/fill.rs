//! The body of a procedure with values for its parameters, in the place of its use. Knows nothing of types.

use std::collections::HashMap;

use crate::source::Span;
use crate::syntax::ast::{Attribute, Block, Entry, Node, Value, ValueKind};

/// The entry with every bare word that names a parameter replaced by its value.
pub(super) fn filled(entry: &Entry, values: &HashMap<&str, Value>) -> Entry {
    match entry {
        Entry::Attribute(attribute) => Entry::Attribute(filled_attribute(attribute, values)),
        Entry::Block(block) => {
            let body = block.body.iter().map(|entry| filled(entry, values)).collect();
            Entry::Block(Block { body, ..block.clone() })
        }
        Entry::RedFlag(flag) => Entry::RedFlag(flag.clone()),
    }
}

fn filled_attribute(attribute: &Attribute, values: &HashMap<&str, Value>) -> Attribute {
    Attribute { value: filled_value(&attribute.value, values), ..attribute.clone() }
}

/// What stands in the place of a parameter keeps the place of its value: that is where it can be changed.
fn filled_value(value: &Value, values: &HashMap<&str, Value>) -> Value {
    match &value.value {
        ValueKind::Symbol(word) => values.get(word.as_str()).unwrap_or(value).clone(),
        ValueKind::List(items) => {
            Node::new(ValueKind::List(items.iter().map(|item| filled_value(item, values)).collect()), value.span)
        }
        ValueKind::Map(entries) => {
            Node::new(ValueKind::Map(entries.iter().map(|entry| filled_attribute(entry, values)).collect()), value.span)
        }
        ValueKind::Literal(_) => value.clone(),
    }
}

/// The entry as if all of it were written at `span`.
pub(super) fn moved(entry: &Entry, span: Span) -> Entry {
    match entry {
        Entry::Attribute(attribute) => Entry::Attribute(moved_attribute(attribute, span)),
        Entry::Block(block) => Entry::Block(Block {
            kind: Node::new(block.kind.value.clone(), span),
            id: block.id.as_ref().map(|id| Node::new(id.value.clone(), span)),
            title: block.title.as_ref().map(|title| Node::new(title.value.clone(), span)),
            body: block.body.iter().map(|entry| moved(entry, span)).collect(),
            span,
            braces: span,
        }),
        Entry::RedFlag(flag) => Entry::RedFlag(flag.clone()),
    }
}

fn moved_attribute(attribute: &Attribute, span: Span) -> Attribute {
    Attribute { name: Node::new(attribute.name.value.clone(), span), value: moved_value(&attribute.value, span), span }
}

pub(super) fn moved_value(value: &Value, span: Span) -> Value {
    let kind = match &value.value {
        ValueKind::List(items) => ValueKind::List(items.iter().map(|item| moved_value(item, span)).collect()),
        ValueKind::Map(entries) => ValueKind::Map(entries.iter().map(|entry| moved_attribute(entry, span)).collect()),
        kind @ (ValueKind::Literal(_) | ValueKind::Symbol(_)) => kind.clone(),
    };
    Node::new(kind, span)
}
