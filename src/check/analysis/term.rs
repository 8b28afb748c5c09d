//! What conditions ask about: paths and whatever else has a value, each with everything it can be.

use std::collections::HashMap;
use std::rc::Rc;

use super::formula::Formula;
use super::scale::{Scale, Test};
use super::state::{Ask, EQUAL, GREATER, Kind, LESS, State};
use super::truth::Truth;
use crate::model::types::EnumShape;

/// The number of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TermId(pub(super) usize);

/// What a term can hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Domain {
    /// Something that is only ever asked whether it is there.
    Thing,
    Truth,
    Words(&'static EnumShape),
    /// Values with an order.
    Points(Grain),
    Text,
    Days,
    Order,
    /// Known only when a document is read.
    Any,
}

/// Which values lie between two others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grain {
    Dense,
    /// 0, 1, 2, …
    Counted,
}

/// Something with a value.
#[derive(Debug)]
pub(super) struct Term {
    /// What holds it: where that is missing, so is this.
    pub(super) parent: Option<TermId>,
    pub(super) domain: Domain,
    pub(super) may_miss: bool,
    pub(super) may_be_unusable: bool,
    /// How a user names it, where a plan can be written that sets it.
    pub(super) label: Option<String>,
    /// For `some x in xs: …`: what it says of one element.
    pub(super) element: Option<Element>,
    pub(super) scale: Scale,
}

/// The elements of one list, and what must be true of one of them.
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// The list and the variable: quantifiers that share both speak of the same elements.
    pub(super) list: Rc<str>,
    pub(super) body: Formula,
}

/// All terms of an analysis.
#[derive(Debug, Default)]
pub(super) struct Terms {
    terms: Vec<Term>,
    by_key: HashMap<String, TermId>,
}

impl Terms {
    /// The term of this key; `new` says what it is where nobody asked before.
    pub(super) fn intern(&mut self, key: String, new: impl FnOnce() -> Term) -> TermId {
        let next = TermId(self.terms.len());
        let id = *self.by_key.entry(key).or_insert(next);
        if id == next {
            self.terms.push(new());
        }
        id
    }

    pub(super) fn known(&self, key: &str) -> Option<TermId> {
        self.by_key.get(key).copied()
    }

    pub(super) fn get(&self, id: TermId) -> Option<&Term> {
        self.terms.get(id.0)
    }

    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// A test of a term. Terms are few and so are their tests: the same one is found by looking.
    pub(super) fn test(&mut self, id: TermId, test: Test) -> Formula {
        let Some(term) = self.terms.get_mut(id.0) else { return Formula::Known(Truth::Unusable) };
        Formula::Test(id, term.scale.test(test))
    }

    /// Gives every constant its position. Before it, no test can be asked.
    pub(super) fn seal(&mut self) {
        self.terms.iter_mut().for_each(|term| term.scale.seal(term.domain));
    }
}

impl Term {
    pub(super) fn new(parent: Option<TermId>, domain: Domain) -> Self {
        Self {
            parent,
            domain,
            may_miss: false,
            may_be_unusable: false,
            label: None,
            element: None,
            scale: Scale::default(),
        }
    }

    pub(super) fn ask(&self, number: usize) -> Option<&Ask> {
        self.scale.ask(number)
    }

    /// Every state that some of these tests can tell from all others.
    pub(super) fn states(&self, tests: &[usize]) -> Vec<State> {
        let mut states = Vec::new();
        match self.domain {
            Domain::Thing => states.push(State::PRESENT),
            Domain::Truth => states.extend([State::truth(true), State::truth(false)]),
            Domain::Words(shape) => {
                states.extend((0..).zip(shape.values).map(|(position, _)| State::Value { kind: Kind::Word, position }));
            }
            Domain::Days => {
                // Days in a row first, since examples are taken from the front. Where a zone once skipped a day, they need
                // not be in a row.
                let touched = |in_a_row: bool| (1..1 << 7).filter(move |days| is_in_a_row(*days) == in_a_row);
                let states_of = |position| State::Value { kind: Kind::Days, position };
                states.extend(touched(true).chain(touched(false)).map(states_of));
            }
            Domain::Order => {
                states.extend([LESS, EQUAL, GREATER].map(|position| State::Value { kind: Kind::Order, position }));
            }
            Domain::Points(_) | Domain::Text => self.scale.points(self.domain, tests, &mut states),
            Domain::Any => {
                states.extend([State::PRESENT, State::Null, State::truth(true), State::truth(false)]);
                self.scale.points(self.domain, tests, &mut states);
            }
        }
        if self.may_miss {
            states.push(State::Missing);
        }
        if self.may_be_unusable {
            states.push(State::Unusable);
        }
        states
    }
}

/// Whether these days of the week follow each other, Monday after Sunday.
pub(super) const fn is_in_a_row(days: u32) -> bool {
    let next = ((days << 1) | (days >> 6)) & 0x7f;
    (days & !next).count_ones() <= 1
}
