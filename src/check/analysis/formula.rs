//! A condition as analysis sees it: tests of terms, joined as rules join them. Knows no expression of the language.

use std::rc::Rc;

use super::term::TermId;
use super::truth::Truth;

/// A condition; what it comes to depends on its terms alone.
#[derive(Debug, Clone)]
pub(super) enum Formula {
    Known(Truth),
    /// A test of a term, by its number there.
    Test(TermId, usize),
    Not(Rc<Formula>),
    And(Rc<[Formula]>),
    Or(Rc<[Formula]>),
    If(Rc<[Formula; 3]>),
    /// `a ?? b` of conditions: the second where the first is missing.
    Else(Rc<[Formula; 2]>),
    /// `a ?? b` of values: the first where the term is there, the second where it is not.
    Default(TermId, Rc<[Formula; 2]>),
}

impl Formula {
    pub(super) fn not(self) -> Self {
        match self {
            Self::Not(inner) => Rc::unwrap_or_clone(inner),
            other @ (Self::Known(_)
            | Self::Test(..)
            | Self::And(_)
            | Self::Or(_)
            | Self::If(_)
            | Self::Else(_)
            | Self::Default(..)) => Self::Not(Rc::new(other)),
        }
    }

    /// Every term it tests, with the number of the test; `None` where it only asks whether the term is there.
    pub(super) fn tests(&self, found: &mut Vec<(TermId, Option<usize>)>) {
        match self {
            Self::Known(_) => {}
            Self::Test(term, test) => found.push((*term, Some(*test))),
            Self::Not(inner) => inner.tests(found),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.tests(found)),
            Self::If(parts) => parts.iter().for_each(|part| part.tests(found)),
            Self::Else(parts) => parts.iter().for_each(|part| part.tests(found)),
            Self::Default(term, parts) => {
                found.push((*term, None));
                parts.iter().for_each(|part| part.tests(found));
            }
        }
    }
}
