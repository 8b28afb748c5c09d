//! The constants that a term is compared with, in their order, and the tests that ask where its value stands among them.

use std::cmp::Ordering;

use super::state::{Ask, Kind, State};
use super::term::{Domain, Grain};
use crate::model::data::Data;
use crate::model::units::Moment;
use crate::syntax::ast::BinaryOperator;

/// What is asked of a term, as it was written.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Exists,
    Itself,
    Among(Vec<Data>),
    Against(BinaryOperator, Data),
    Touches(u32),
    Order(u32),
}

/// The tests of a term, and the constants in them.
#[derive(Debug, Default)]
pub(super) struct Scale {
    tests: Vec<Test>,
    asks: Vec<Ask>,
    /// By kind.
    constants: Vec<(Kind, Vec<Data>)>,
}

impl Scale {
    /// The number of a test. Tests of one term are few: the same one is found by looking.
    pub(super) fn test(&mut self, test: Test) -> usize {
        self.tests.iter().position(|known| known.same(&test)).unwrap_or_else(|| {
            self.tests.push(test);
            self.tests.len() - 1
        })
    }

    pub(super) fn ask(&self, number: usize) -> Option<&Ask> {
        self.asks.get(number)
    }

    /// Gives every constant its position.
    pub(super) fn seal(&mut self, domain: Domain) {
        self.constants.clear();
        let mut all: Vec<(Kind, &Data)> = Vec::new();
        for test in &self.tests {
            match test {
                Test::Among(constants) => all.extend(constants.iter().filter_map(|known| Some((kind(known)?, known)))),
                Test::Against(_, constant) => all.extend(kind(constant).map(|kind| (kind, constant))),
                Test::Exists | Test::Itself | Test::Touches(_) | Test::Order(_) => {}
            }
        }
        all.sort_by(|(kind, left), (other, right)| kind.cmp(other).then_with(|| order(left, right)));
        for (kind, constant) in all {
            match self.constants.last_mut() {
                Some((last, known)) if *last == kind => {
                    if known.last().is_none_or(|last| order(last, constant).is_ne()) {
                        known.push(constant.clone());
                    }
                }
                Some(_) | None => self.constants.push((kind, vec![constant.clone()])),
            }
        }
        self.asks = self.tests.iter().map(|test| self.sealed(domain, test)).collect();
    }

    fn sealed(&self, domain: Domain, test: &Test) -> Ask {
        match test {
            Test::Exists => Ask::Exists,
            Test::Itself => Ask::Itself,
            Test::Touches(bits) => Ask::Touches { kind: Kind::Days, bits: *bits },
            Test::Order(bits) => Ask::Touches { kind: Kind::Order, bits: *bits },
            Test::Among(constants) => Ask::Among {
                kind: constants.first().and_then(kind).unwrap_or(Kind::Other),
                positions: constants.iter().filter_map(|constant| self.position(domain, constant)).collect(),
            },
            Test::Against(operator, constant) => {
                let kind = kind(constant).unwrap_or(Kind::Other);
                let at = self.position(domain, constant).unwrap_or_default();
                let (from, to) = reach(*operator, at);
                Ask::Between { kind, from, to }
            }
        }
    }

    /// Where a value stands: constants have odd positions, what lies between them even ones.
    fn position(&self, domain: Domain, constant: &Data) -> Option<u32> {
        match (constant, domain) {
            (Data::Bool(known), _) => Some(u32::from(*known)),
            (Data::Word(word), Domain::Words(shape)) => {
                shape.values.iter().position(|value| value.name == *word).and_then(|at| u32::try_from(at).ok())
            }
            _ => {
                let known = self.of_kind(kind(constant)?);
                let at = known.iter().position(|known| order(known, constant).is_eq())?;
                u32::try_from(2 * at + 1).ok()
            }
        }
    }

    fn of_kind(&self, kind: Kind) -> &[Data] {
        self.constants.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, constants)| constants)
    }

    /// One value for each stretch between the constants of these tests, and these constants themselves.
    pub(super) fn points(&self, domain: Domain, tests: &[usize], states: &mut Vec<State>) {
        let mut wanted: Vec<(Kind, u32)> =
            tests.iter().filter_map(|test| self.asks.get(*test)).flat_map(edges).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut kinds: Vec<Kind> = wanted.iter().map(|(kind, _)| *kind).collect();
        kinds.dedup();
        kinds.retain(|kind| !matches!(kind, Kind::Bool | Kind::Word));
        if kinds.is_empty() && domain != Domain::Any {
            kinds.push(self.constants.first().map_or(Kind::Other, |(kind, _)| *kind));
        }
        for kind in kinds {
            let last = u32::try_from(2 * self.of_kind(kind).len()).unwrap_or(u32::MAX);
            let mut from = 0;
            let edges = wanted.iter().filter(|(of, _)| *of == kind).map(|(_, edge)| *edge);
            for edge in edges {
                states.extend(self.first_possible(domain, kind, from..edge));
                states.extend(self.first_possible(domain, kind, edge..edge + 1));
                from = edge + 1;
            }
            states.extend(self.first_possible(domain, kind, from..last + 1));
        }
    }

    fn first_possible(&self, domain: Domain, kind: Kind, mut positions: std::ops::Range<u32>) -> Option<State> {
        let position = positions.find(|position| self.is_possible(domain, kind, *position))?;
        Some(State::Value { kind, position })
    }

    /// Whether there is a value at a position at all: nothing is counted between 2 and 3.
    fn is_possible(&self, domain: Domain, kind: Kind, position: u32) -> bool {
        if domain != Domain::Points(Grain::Counted) || kind != Kind::Number {
            return true;
        }
        let constants = self.of_kind(kind);
        let number = |at: usize| match constants.get(at) {
            Some(Data::Number(number)) => Some(*number),
            Some(_) | None => None,
        };
        let index = position as usize / 2;
        if position % 2 == 1 {
            return number(index).is_some_and(|number| number.fract().is_zero() && !number.is_sign_negative());
        }
        let least = match index.checked_sub(1).and_then(number) {
            Some(below) if !below.is_sign_negative() => below.floor() + rust_decimal::Decimal::ONE,
            Some(_) | None => rust_decimal::Decimal::ZERO,
        };
        number(index).is_none_or(|above| least < above)
    }

    /// The constant at an odd position of a kind, or the two that an even one lies between.
    pub(super) fn around(&self, kind: Kind, position: u32) -> (Option<&Data>, Option<&Data>, Option<&Data>) {
        let constants = self.of_kind(kind);
        let index = position as usize / 2;
        if position % 2 == 1 {
            return (None, constants.get(index), None);
        }
        (index.checked_sub(1).and_then(|below| constants.get(below)), None, constants.get(index))
    }
}

impl Test {
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exists, Self::Exists) | (Self::Itself, Self::Itself) => true,
            (Self::Among(left), Self::Among(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
            }
            (Self::Against(left, constant), Self::Against(right, other)) => left == right && same(constant, other),
            (Self::Touches(left), Self::Touches(right)) | (Self::Order(left), Self::Order(right)) => left == right,
            _ => false,
        }
    }
}

/// The kind a constant is compared as; `None` for what analysis leaves alone.
pub(super) fn kind(data: &Data) -> Option<Kind> {
    match data {
        Data::Bool(_) => Some(Kind::Bool),
        Data::Number(_) => Some(Kind::Number),
        Data::Text(_) | Data::Person(_) | Data::Zone(_) => Some(Kind::Text),
        Data::Word(_) => Some(Kind::Word),
        Data::Duration(_) => Some(Kind::Duration),
        Data::Percent(_) => Some(Kind::Percent),
        Data::Version(_) => Some(Kind::Version),
        Data::Offset(_) => Some(Kind::Offset),
        Data::Moment(_) => Some(Kind::Moment),
        Data::Null | Data::Pattern(_) | Data::Calendar(_) | Data::List(_) | Data::Record(_) | Data::Unresolved(_) => {
            None
        }
    }
}

fn same(left: &Data, right: &Data) -> bool {
    kind(left) == kind(right) && kind(left).is_some() && order(left, right).is_eq()
}

/// The order of two constants of one kind, as rules compare them.
pub(super) fn order(left: &Data, right: &Data) -> Ordering {
    match (left, right) {
        (Data::Number(left), Data::Number(right)) => left.cmp(right),
        (Data::Duration(left), Data::Duration(right)) => left.cmp(right),
        (Data::Percent(left), Data::Percent(right)) => left.value().cmp(&right.value()),
        (Data::Version(left), Data::Version(right)) => left.cmp(right),
        (Data::Offset(left), Data::Offset(right)) => left.duration().cmp(&right.duration()),
        (Data::Bool(left), Data::Bool(right)) => left.cmp(right),
        (Data::Moment(Moment::Date(left)), Data::Moment(Moment::Date(right))) => left.cmp(right),
        (Data::Moment(Moment::Zoned(left)), Data::Moment(Moment::Zoned(right))) => left.instant().cmp(&right.instant()),
        (left, right) => left.as_text().cmp(&right.as_text()),
    }
}

/// The positions at which an order with what stands at `at` is true.
const fn reach(operator: BinaryOperator, at: u32) -> (u32, u32) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the four that order get here")]
    match operator {
        // Nothing is less than the first word.
        BinaryOperator::Less if at == 0 => (1, 0),
        BinaryOperator::Less => (0, at - 1),
        BinaryOperator::LessOrEqual => (0, at),
        BinaryOperator::Greater => (at + 1, u32::MAX),
        _ => (at, u32::MAX),
    }
}

/// The positions of constants that a test can tell from their neighbours.
fn edges(ask: &Ask) -> Vec<(Kind, u32)> {
    match ask {
        Ask::Among { kind, positions } => positions.iter().map(|position| (*kind, *position)).collect(),
        // The constant itself stands at the odd one of each two.
        Ask::Between { kind, from, to } => {
            let edge = if *to == u32::MAX {
                from.saturating_sub(u32::from(from % 2 == 0))
            } else {
                to + u32::from(to % 2 == 0)
            };
            vec![(*kind, edge)]
        }
        Ask::Exists | Ask::Itself | Ask::Touches { .. } => Vec::new(),
    }
}
