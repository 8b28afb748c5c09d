//! Walks the children of a grammar pair in their order.

use crate::syntax::grammar::{Pair, Pairs, Rule};

/// The children not yet read.
#[derive(Debug, Clone)]
pub(in crate::syntax) struct Parts<'a>(Pairs<'a>);

impl<'a> Parts<'a> {
    pub(in crate::syntax) fn new(pairs: Pairs<'a>) -> Self {
        Self(pairs)
    }

    pub(in crate::syntax) fn of(pair: Pair<'a>) -> Self {
        Self(pair.into_inner())
    }

    /// The next child, if it is of this rule.
    pub(in crate::syntax) fn accept(&mut self, rule: Rule) -> Option<Pair<'a>> {
        if self.next_rule()? == rule { self.0.next() } else { None }
    }

    pub(in crate::syntax) fn next_rule(&self) -> Option<Rule> {
        self.0.peek().map(|pair| pair.as_rule())
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Pair<'a>> {
        self.0.next()
    }
}
