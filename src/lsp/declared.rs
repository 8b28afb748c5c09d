//! What is declared at a place: the block, parameter or calendar behind a name, and what can be said of it in short.

use super::document::Document;
use super::vocabulary;
use crate::source::Span;
use crate::syntax::ast::{Block, Entry, Item, Literal, Parameter, PolicyEntry, ValueKind};

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Declared<'t> {
    Block(&'t Block),
    Parameter(&'t Parameter),
    /// A variable of a rule.
    Variable,
}

/// What is declared where its name (or title) stands.
pub(super) fn at(items: &[Item], name: Span) -> Option<Declared<'_>> {
    items.iter().find_map(|item| match item {
        Item::Plan(block) | Item::Calendar(block) => in_block(block, name),
        Item::Procedure(procedure) => {
            in_parameters(&procedure.parameters, name).or_else(|| in_block(&procedure.block, name))
        }
        Item::Policy(policy) if policy.span.contains(name) => {
            let found = policy.body.iter().find_map(|entry| match entry {
                PolicyEntry::Parameter(parameter) => in_parameters(std::slice::from_ref(parameter), name),
                PolicyEntry::Calendar(block) => in_block(block, name),
                PolicyEntry::Attribute(_) | PolicyEntry::Rule(_) | PolicyEntry::RedFlag(_) => None,
            });
            found.or(Some(Declared::Variable))
        }
        Item::Policy(_) | Item::Waiver(_) | Item::Test(_) => None,
    })
}

fn in_parameters(parameters: &[Parameter], name: Span) -> Option<Declared<'_>> {
    parameters.iter().find(|parameter| parameter.name.span == name).map(Declared::Parameter)
}

fn in_block(block: &Block, name: Span) -> Option<Declared<'_>> {
    if !block.span.contains(name) {
        return None;
    }
    if block.head() == name {
        return Some(Declared::Block(block));
    }
    block.body.iter().find_map(|entry| match entry {
        Entry::Block(inner) => in_block(inner, name),
        Entry::Attribute(_) | Entry::RedFlag(_) => None,
    })
}

impl<'t> Declared<'t> {
    /// What follows its name.
    pub(super) fn title(self) -> String {
        let title = match self {
            Self::Block(block) => block.title.as_ref().map(|title| title.value.value.as_str()),
            Self::Parameter(parameter) => return format!(": {}", parameter.kind.value),
            Self::Variable => None,
        };
        title.map_or_else(String::new, |title| format!(" — {title}"))
    }

    /// What it is; of a parameter, its own words and its default.
    pub(super) fn doc(self, document: &Document) -> Option<String> {
        match self {
            Self::Block(block) => vocabulary::shape(&block.kind.value).map(|shape| shape.doc.to_owned()),
            Self::Parameter(parameter) => {
                let doc = parameter.doc.as_ref().map(|doc| doc.value.value.clone());
                let default = parameter.default.as_ref();
                let default = default.map(|value| format!("`{}` if nothing else is said", document.slice(value.span)));
                let said: Vec<String> = doc.into_iter().chain(default).collect();
                (!said.is_empty()).then(|| said.join("\n\n"))
            }
            Self::Variable => None,
        }
    }

    /// The command that it runs.
    pub(super) fn command(self) -> Option<&'t str> {
        match self {
            Self::Block(block) => match &block.attribute("run")?.value.value {
                ValueKind::Literal(Literal::Text(text)) => Some(&text.value),
                ValueKind::Literal(_) | ValueKind::Symbol(_) | ValueKind::List(_) | ValueKind::Map(_) => None,
            },
            Self::Parameter(_) | Self::Variable => None,
        }
    }
}
