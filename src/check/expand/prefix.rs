//! `as = web` in a `use`: every id of the procedure, and every `needs` that speaks of one, with `web-` in front.

use std::collections::BTreeSet;

use crate::check::names::IN_PLANS;
use crate::diagnostic::Diagnostic;
use crate::model::read::kebab_case;
use crate::source::{FileId, Place};
use crate::syntax::ast::{Attribute, Block, Entry, Literal, Node, Value, ValueKind};

/// What it is written as. No parameter can have this name.
pub(super) const AS: &str = "as";

/// The prefix a `use` asks for, or why it can be none.
pub(super) fn asked(file: FileId, block: &Block) -> Result<Option<String>, Box<Diagnostic>> {
    let Some(given) = block.attribute(AS) else { return Ok(None) };
    let word = match &given.value.value {
        ValueKind::Symbol(word) => Some(word.as_str()),
        ValueKind::Literal(Literal::Text(text)) => Some(text.value.as_str()),
        ValueKind::Literal(_) | ValueKind::List(_) | ValueKind::Map(_) => None,
    };
    if let Some(word) = word.filter(|word| !word.is_empty() && kebab_case(word) == *word) {
        return Ok(Some(word.to_owned()));
    }
    let message = "`as` is a word that stands before every id of the procedure";
    let help = "use small letters, digits and `-`: `as = web`";
    let place = Place::new(file, given.value.span);
    Err(Box::new(Diagnostic::new(IN_PLANS.impossible, place, message).help(help)))
}

/// The body with the prefix before its ids. Of a strategy, what stands at the end says its kind.
pub(super) fn prefixed(body: Vec<Entry>, prefix: &str) -> Vec<Entry> {
    let mut own = BTreeSet::new();
    collect(&body, &mut own);
    body.into_iter().map(|entry| in_entry(entry, prefix, &own)).collect()
}

fn id_of(block: &Block) -> Option<String> {
    match (&block.id, &block.title) {
        _ if block.kind.value == "parallel" => None,
        (Some(id), _) => Some(id.value.clone()),
        (None, title) => title.as_ref().map(|title| kebab_case(&title.value.value)),
    }
}

fn collect(body: &[Entry], own: &mut BTreeSet<String>) {
    for entry in body {
        let Entry::Block(block) = entry else { continue };
        own.extend(id_of(block));
        collect(&block.body, own);
    }
}

fn in_entry(entry: Entry, prefix: &str, own: &BTreeSet<String>) -> Entry {
    match entry {
        Entry::Block(block) => Entry::Block(in_block(block, prefix, own)),
        Entry::Attribute(attribute) if attribute.name.value == "needs" => {
            Entry::Attribute(Attribute { value: in_names(attribute.value, prefix, own), ..attribute })
        }
        Entry::Attribute(_) | Entry::RedFlag(_) => entry,
    }
}

fn in_block(mut block: Block, prefix: &str, own: &BTreeSet<String>) -> Block {
    if let Some(id) = id_of(&block) {
        let span = block.id.as_ref().map_or_else(|| block.head(), |id| id.span);
        block.id = Some(Node::new(format!("{prefix}-{id}"), span));
    }
    block.body = block.body.into_iter().map(|entry| in_entry(entry, prefix, own)).collect();
    block
}

fn in_names(value: Value, prefix: &str, own: &BTreeSet<String>) -> Value {
    let kind = match value.value {
        ValueKind::Symbol(name) if own.contains(&name) => ValueKind::Symbol(format!("{prefix}-{name}")),
        ValueKind::List(names) => ValueKind::List(names.into_iter().map(|name| in_names(name, prefix, own)).collect()),
        kind @ (ValueKind::Symbol(_) | ValueKind::Literal(_) | ValueKind::Map(_)) => kind,
    };
    Node::new(kind, value.span)
}
