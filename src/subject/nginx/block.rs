//! What is in effect in a block: its own directives, else what it inherits; unresolved where something was not read.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::expand::{Entry, Gap, Node};
use super::header::Headers;
use super::word::{self, Defined};
use crate::model::data::{Data, Value};
use crate::source::Place;

/// A block and what it stands in. What many blocks inherit is made once, and shared.
#[derive(Debug)]
pub(super) struct Block<'e> {
    pub(super) entries: &'e [Entry<'e>],
    pub(super) outer: Option<Rc<Self>>,
    pub(super) defined: &'e Defined,
    /// Where what is not written stands: the name of the block.
    pub(super) head: Place,
    by_name: BTreeMap<&'e str, Vec<&'e Node<'e>>>,
    /// The first of each kind.
    gaps: Vec<&'e Gap>,
    texts: RefCell<HashMap<Box<str>, Option<Value>>>,
    pub(super) headers: OnceCell<Headers>,
    pub(super) directives: OnceCell<Value>,
}

impl<'e> Block<'e> {
    pub(super) fn new(
        entries: &'e [Entry<'e>],
        outer: Option<Rc<Self>>,
        defined: &'e Defined,
        head: Place,
    ) -> Rc<Self> {
        let mut by_name: BTreeMap<&str, Vec<&Node<'_>>> = BTreeMap::new();
        let mut gaps: Vec<&Gap> = Vec::new();
        for entry in entries {
            match entry {
                Entry::Directive(node) => by_name.entry(&node.directive.name.text).or_default().push(node),
                Entry::Gap(gap) if gaps.iter().all(|known| known.only != gap.only) => gaps.push(gap),
                Entry::Gap(_) => {}
            }
        }
        Rc::new(Self {
            entries,
            outer,
            defined,
            head,
            by_name,
            gaps,
            texts: RefCell::default(),
            headers: OnceCell::new(),
            directives: OnceCell::new(),
        })
    }

    /// A block inside this one.
    pub(super) fn inside(self: &Rc<Self>, node: &'e Node<'e>) -> Rc<Self> {
        let head = word::place(node.file, &node.directive.name);
        Self::new(&node.inside, Some(Rc::clone(self)), self.defined, head)
    }

    /// Its own directives of this name, in order.
    pub(super) fn named(&self, name: &str) -> &[&'e Node<'e>] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names of its own directives.
    pub(super) fn names(&self) -> impl Iterator<Item = (&'e str, &[&'e Node<'e>])> {
        self.by_name.iter().map(|(name, nodes)| (*name, nodes.as_slice()))
    }

    /// Where directives of this name may stand unseen in it.
    pub(super) fn gap(&self, name: &str) -> Option<&'e Gap> {
        self.gaps.iter().copied().find(|gap| gap.may_hold(name))
    }

    /// Where anything may stand unseen in it.
    pub(super) fn any_gap(&self) -> Option<&'e Gap> {
        self.gaps.first().copied()
    }

    /// The first argument of a directive that a block may hold once; `None` where nobody says it.
    pub(super) fn text(&self, name: &str) -> Option<Value> {
        self.own_text(name).or_else(|| self.outer.as_ref()?.text(name))
    }

    pub(super) fn own_text(&self, name: &str) -> Option<Value> {
        let said = self.named(name).iter().find_map(|node| Some((node.file, node.directive.arguments.first()?)));
        match said {
            Some((file, argument)) => Some(word::text(file, argument, self.defined)),
            None => self.gap(name).map(Gap::value),
        }
    }

    /// The arguments of directives that add up in a block; `None` where nobody says one.
    pub(super) fn texts(&self, name: &str) -> Option<Value> {
        self.own_texts(name).or_else(|| self.outer.as_ref()?.texts(name))
    }

    pub(super) fn own_texts(&self, name: &str) -> Option<Value> {
        if let Some(known) = self.texts.borrow().get(name) {
            return known.clone();
        }
        let found = texts(self.named(name), self.gap(name), self.defined);
        self.texts.borrow_mut().insert(name.into(), found.clone());
        found
    }
}

/// The arguments of several directives, and that there may be more.
pub(super) fn texts(nodes: &[&Node<'_>], gap: Option<&Gap>, defined: &Defined) -> Option<Value> {
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
    level.iter().find_map(|entry| match entry {
        Entry::Gap(gap) if gap.may_hold(name) => Some(gap),
        Entry::Gap(_) | Entry::Directive(_) => None,
    })
}

impl Gap {
    fn may_hold(&self, name: &str) -> bool {
        self.only.is_none_or(|only| name.starts_with(only))
    }

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
