//! What is in effect in a block: its own directives, else what it inherits; unresolved where something was not read.

use super::expand::{Entry, Gap, Node};
use super::word::{self, Defined};
use crate::model::data::{Data, Value};
use crate::source::Place;

/// A block and those it stands in, the innermost first.
#[derive(Debug, Clone)]
pub(super) struct Blocks<'e> {
    pub(super) levels: Vec<&'e [Entry<'e>]>,
    pub(super) defined: &'e Defined,
    /// Where what is not written stands: the name of the innermost block.
    pub(super) head: Place,
}

impl<'e> Blocks<'e> {
    /// A block inside this one.
    pub(super) fn inside(&self, node: &'e Node<'e>) -> Self {
        let levels = std::iter::once(node.inside.as_slice()).chain(self.levels.iter().copied()).collect();
        Self { levels, defined: self.defined, head: word::place(node.file, &node.directive.name) }
    }

    pub(super) fn own(&self) -> &'e [Entry<'e>] {
        self.levels.first().copied().unwrap_or_default()
    }

    /// The first argument of a directive that a block may hold once; `None` where nobody says it.
    pub(super) fn text(&self, name: &str) -> Option<Value> {
        for level in &self.levels {
            if let Some(node) = nodes(level, name).next() {
                let first = node.directive.arguments.first()?;
                return Some(word::text(node.file, first, self.defined));
            }
            if let Some(gap) = gap(level, name) {
                return Some(gap.value());
            }
        }
        None
    }

    /// The arguments of directives that add up in a block; `None` where nobody says one.
    pub(super) fn texts(&self, name: &str) -> Option<Value> {
        self.levels.iter().find_map(|level| texts(level, name, self.defined))
    }
}

/// The arguments of all directives of this name in one block, and that there may be more.
pub(super) fn texts(level: &[Entry<'_>], name: &str, defined: &Defined) -> Option<Value> {
    let nodes: Vec<&Node<'_>> = nodes(level, name).collect();
    let gap = gap(level, name);
    let Some(first) = nodes.first() else { return gap.map(Gap::value) };
    let words = nodes.iter().flat_map(|node| node.directive.arguments.iter().map(|word| (node.file, word)));
    let mut items: Vec<Value> = words.map(|(file, argument)| word::text(file, argument, defined)).collect();
    items.extend(gap.map(Gap::value));
    Some(word::list(items, Place::new(first.file, first.directive.head())))
}

pub(super) fn nodes<'e>(level: &'e [Entry<'e>], name: &str) -> impl Iterator<Item = &'e Node<'e>> {
    level.iter().filter_map(move |entry| match entry {
        Entry::Directive(node) if node.directive.is(name) => Some(node),
        Entry::Directive(_) | Entry::Gap(_) => None,
    })
}

/// Where directives of this name may stand unseen.
pub(super) fn gap<'e>(level: &'e [Entry<'e>], name: &str) -> Option<&'e Gap> {
    gaps(level).find(|gap| gap.only.is_none_or(|only| name.starts_with(only)))
}

pub(super) fn gaps<'e>(level: &'e [Entry<'e>]) -> impl Iterator<Item = &'e Gap> {
    level.iter().filter_map(|entry| match entry {
        Entry::Gap(gap) => Some(gap),
        Entry::Directive(_) => None,
    })
}

impl Gap {
    pub(super) fn value(&self) -> Value {
        Value::new(Data::Unresolved(self.reason.clone()), self.place)
    }
}

/// Whether one of several holds: what is true decides, then what is not known.
pub(super) fn any(answers: impl IntoIterator<Item = Value>, otherwise: Place) -> Value {
    let mut unknown = None;
    for answer in answers {
        if matches!(answer.data, Data::Bool(true)) {
            return answer;
        }
        if matches!(answer.data, Data::Unresolved(_)) {
            unknown = unknown.or(Some(answer));
        }
    }
    unknown.unwrap_or_else(|| word::flag(false, otherwise))
}
