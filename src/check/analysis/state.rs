//! What a term can be, and what a test says of it. Values are known only by where they stand among the constants that
//! they are compared with: two values between the same constants are the same to every test.

use super::truth::Truth;

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Missing,
    /// `null`: it is not there, and still a value.
    Null,
    Unusable,
    Value {
        kind: Kind,
        position: u32,
    },
}

/// What kind of value; values of two kinds cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Bool,
    /// A word out of a closed set; the position is its number there.
    Word,
    Number,
    /// Whatever compares as text.
    Text,
    Duration,
    Percent,
    Version,
    Offset,
    Moment,
    /// The weekdays a window touches; the position has a bit for each.
    Days,
    /// How two values stand to each other; the position is one of [`LESS`], [`EQUAL`], [`GREATER`].
    Order,
    /// Nothing is ever compared with it.
    Other,
}

pub(super) const LESS: u32 = 1;
pub(super) const EQUAL: u32 = 2;
pub(super) const GREATER: u32 = 4;

/// What is asked of a term, once every constant has its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ask {
    /// Whether it is there.
    Exists,
    /// The truth it holds.
    Itself,
    /// Whether it is one of these.
    Among { kind: Kind, positions: Vec<u32> },
    /// Whether it stands between these, both included.
    Between { kind: Kind, from: u32, to: u32 },
    /// Whether its position shares a bit with this one.
    Touches { kind: Kind, bits: u32 },
}

impl State {
    pub(super) const PRESENT: Self = Self::Value { kind: Kind::Other, position: 0 };

    pub(super) const fn truth(known: bool) -> Self {
        Self::Value { kind: Kind::Bool, position: known as u32 }
    }
}

impl Ask {
    /// What the test comes to for a term in this state.
    pub(super) fn of(&self, state: State) -> Truth {
        match (self, state) {
            // `null` equals nothing but itself, and cannot be ordered.
            (Self::Exists, State::Missing | State::Null) | (Self::Among { .. }, State::Null) => Truth::False,
            (Self::Exists, State::Value { .. }) => Truth::True,
            (Self::Itself, State::Value { kind: Kind::Bool, position }) => Truth::of(position == 1),
            (_, State::Unusable | State::Null) | (Self::Itself, State::Value { .. }) => Truth::Unusable,
            (_, State::Missing) => Truth::Missing,
            (Self::Among { positions, .. }, State::Value { .. }) if positions.is_empty() => Truth::False,
            (Self::Among { kind: wanted, positions }, State::Value { kind, position }) => {
                if *wanted == kind {
                    Truth::of(positions.contains(&position))
                } else {
                    Truth::Unusable
                }
            }
            (Self::Between { kind: wanted, from, to }, State::Value { kind, position }) => {
                if *wanted == kind {
                    Truth::of((*from..=*to).contains(&position))
                } else {
                    Truth::Unusable
                }
            }
            (Self::Touches { kind: wanted, bits }, State::Value { kind, position }) => {
                if *wanted == kind {
                    Truth::of(bits & position != 0)
                } else {
                    Truth::Unusable
                }
            }
        }
    }
}
