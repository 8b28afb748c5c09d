//! Comparisons: of a term with constants, of two terms with each other, of windows with days.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is a term that may come to anything")]

use super::build::{Builder, Source};
use super::formula::Formula;
use super::key;
use super::known::{known_equal, known_order, turned};
use super::scale::{Test, kind};
use super::state::{EQUAL, GREATER, Kind, LESS};
use super::term::{Domain, Grain, Term, TermId};
use super::truth::Truth;
use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind};
use crate::model::types::Type;
use crate::model::units::{Date, Moment};
use crate::syntax::ast::BinaryOperator;

/// Before it, days were skipped in some zones: two dates could begin at one instant.
const NO_DAY_IS_SKIPPED_SINCE: &str = "2013-01-01";

/// What comes of an operand that is chosen; nothing where that is too large.
struct Chosen(Option<Formula>);

impl Builder<'_, '_> {
    pub(super) fn binary(&mut self, operator: BinaryOperator, left: &Expr, right: &Expr) -> Option<Formula> {
        // A choice on the left is made first. One on the right only where the left cannot fail before it.
        if let Some(Chosen(chosen)) = self.chosen(left, |builder, left| builder.binary(operator, left, right)) {
            return chosen;
        }
        let left_is_there = self.constant(left).is_some() || matches!(left.kind, ExprKind::Parameter(_));
        if left_is_there
            && let Some(Chosen(chosen)) = self.chosen(right, |builder, right| builder.binary(operator, left, right))
        {
            return chosen;
        }
        let seen = match operator {
            BinaryOperator::Equal => self.equal(left, right),
            BinaryOperator::NotEqual => self.equal(left, right).map(Formula::not),
            BinaryOperator::Less
            | BinaryOperator::LessOrEqual
            | BinaryOperator::Greater
            | BinaryOperator::GreaterOrEqual => self.ordered(operator, left, right),
            BinaryOperator::In => self.within(left, right),
            BinaryOperator::Contains => self.constant(right).and_then(|part| self.holds("contains", left, &part)),
            BinaryOperator::Matches => self.constant(right).and_then(|pattern| self.holds("matches", left, &pattern)),
            BinaryOperator::Overlaps => self.overlaps(left, right),
            _ => None,
        };
        Some(seen.unwrap_or_else(|| self.unseen_comparison(operator, left, right)))
    }

    /// A comparison that may come to anything.
    fn unseen_comparison(&mut self, operator: BinaryOperator, left: &Expr, right: &Expr) -> Formula {
        let name = format!("?({} {} {})", self.key(left), operator.symbol(), self.key(right));
        let term = self.open_truth(name, None);
        self.terms.test(term, Test::Itself)
    }

    /// What comes of an operand that is chosen: `a ?? b`, `if c then a else b`.
    fn chosen(&mut self, operand: &Expr, mut each: impl FnMut(&mut Self, &Expr) -> Option<Formula>) -> Option<Chosen> {
        match &operand.kind {
            ExprKind::Binary { operator: BinaryOperator::Else, left, right } => {
                let term = self.value_term(left)?;
                let (present, absent) = (each(self, left), each(self, right));
                let chosen = present.zip(absent);
                Some(Chosen(chosen.map(|(present, absent)| Formula::Default(term, [present, absent].into()))))
            }
            ExprKind::If { condition, yes, no } => {
                let condition = self.condition(condition);
                let (yes, no) = (each(self, yes), each(self, no));
                let chosen = condition.zip(yes.zip(no));
                Some(Chosen(chosen.map(|(condition, (yes, no))| Formula::If([condition, yes, no].into()))))
            }
            _ => None,
        }
    }

    fn equal(&mut self, left: &Expr, right: &Expr) -> Option<Formula> {
        match (self.constant(left), self.constant(right)) {
            (Some(one), Some(other)) => known_equal(&one, &other),
            (None, Some(constant)) => self.among(left, vec![constant]),
            (Some(constant), None) => self.among(right, vec![constant]),
            (None, None) => self.pair(left, right, EQUAL),
        }
    }

    fn ordered(&mut self, operator: BinaryOperator, left: &Expr, right: &Expr) -> Option<Formula> {
        match (self.constant(left), self.constant(right)) {
            (Some(one), Some(other)) => known_order(operator, &one, &other, left.of_type),
            (None, Some(constant)) => self.against(left, operator, constant),
            (Some(constant), None) => self.against(right, turned(operator), constant),
            (None, None) => {
                let bits = match operator {
                    BinaryOperator::Less => LESS,
                    BinaryOperator::LessOrEqual => LESS | EQUAL,
                    BinaryOperator::Greater => GREATER,
                    _ => GREATER | EQUAL,
                };
                self.pair(left, right, bits)
            }
        }
    }

    /// Equal to one of these.
    fn among(&mut self, expr: &Expr, constants: Vec<Data>) -> Option<Formula> {
        let first = kind_for(expr, constants.first()?)?;
        let of_one_kind = constants.iter().all(|constant| kind_for(expr, constant) == Some(first));
        if !of_one_kind {
            return None;
        }
        let term = self.value_term(expr)?;
        let term = self.comparable(term, expr, &constants)?;
        let constants = constants.into_iter().map(|constant| self.as_compared(term, constant)).collect();
        Some(self.terms.test(term, Test::Among(constants)))
    }

    fn against(&mut self, expr: &Expr, operator: BinaryOperator, constant: Data) -> Option<Formula> {
        kind_for(expr, &constant)?;
        let term = self.value_term(expr)?;
        let term = self.comparable(term, expr, std::slice::from_ref(&constant))?;
        let is_ordered = match self.terms.get(term)?.domain {
            Domain::Points(_) => true,
            Domain::Words(shape) => shape.ordered,
            Domain::Any => constant.as_text().is_none() && !matches!(constant, Data::Bool(_)),
            Domain::Thing | Domain::Truth | Domain::Text | Domain::Days | Domain::Order => false,
        };
        is_ordered.then(|| self.terms.test(term, Test::Against(operator, constant)))
    }

    /// The term that stands on one scale with the constants: days and instants are scales of their own.
    fn comparable(&mut self, term: TermId, expr: &Expr, constants: &[Data]) -> Option<TermId> {
        if expr.of_type != Type::Moment || self.binding.source == Source::Files {
            let moments = constants.iter().any(|constant| matches!(constant, Data::Moment(_)));
            return (!moments && self.terms.get(term)?.domain != Domain::Thing).then_some(term);
        }
        let first_day = Date::parse(NO_DAY_IS_SKIPPED_SINCE).ok()?;
        let dates =
            constants.iter().all(|constant| matches!(constant, Data::Moment(Moment::Date(date)) if *date >= first_day));
        let instants = constants.iter().all(|constant| matches!(constant, Data::Moment(Moment::Zoned(_))));
        let scale = match (dates, instants) {
            (true, _) => "date",
            (_, true) => "instant",
            (false, false) => return None,
        };
        let name = format!("{scale} of {}", self.key(expr));
        let new = || Term { may_be_unusable: true, ..Term::new(Some(term), Domain::Points(Grain::Dense)) };
        Some(self.terms.intern(name, new))
    }

    /// A word is a text to what is not known to be a word.
    fn as_compared(&self, term: TermId, constant: Data) -> Data {
        let words = self.terms.get(term).is_some_and(|term| matches!(term.domain, Domain::Words(_)));
        match constant {
            Data::Word(word) if !words => Data::text(word),
            other => other,
        }
    }

    /// How two values stand to each other, whichever stands on the left.
    fn pair(&mut self, left: &Expr, right: &Expr, bits: u32) -> Option<Formula> {
        let sound = |of_type: Type| {
            matches!(
                of_type,
                Type::Bool
                    | Type::Number
                    | Type::Text
                    | Type::Name
                    | Type::Person
                    | Type::Zone
                    | Type::Duration
                    | Type::Percent
                    | Type::Version
                    | Type::Offset
                    | Type::Moment
                    | Type::Enum(_)
            )
        };
        if self.binding.source == Source::Files || !sound(left.of_type) || !sound(right.of_type) {
            return None;
        }
        let (one, other) = (self.value_term(left)?, self.value_term(right)?);
        let (mut first, mut second) = (self.key(left), self.key(right));
        if first == second {
            let always = Formula::Known(Truth::of(bits & EQUAL != 0));
            return Some(Formula::Default(one, [always, Formula::Known(Truth::Missing)].into()));
        }
        let mut bits = bits;
        if first > second {
            std::mem::swap(&mut first, &mut second);
            bits = (bits & EQUAL) | ((bits & LESS) << 2) | ((bits & GREATER) >> 2);
        }
        let plain = |expr: &Expr| {
            (expr.is_path() || matches!(expr.kind, ExprKind::Parameter(_))) && expr.of_type != Type::Moment
        };
        let open = |id: TermId| self.terms.get(id).is_none_or(|term| term.may_miss || term.parent.is_some());
        let may_miss = open(one) || open(other);
        let may_be_unusable =
            !(plain(left) && plain(right)) || self.may_be_unusable(one) || self.may_be_unusable(other);
        let new = || Term { may_miss, may_be_unusable, ..Term::new(None, Domain::Order) };
        let term = self.terms.intern(format!("order of {first} and {second}"), new);
        Some(self.terms.test(term, Test::Order(bits)))
    }

    /// Whether a term, or anything that holds it, may be something nobody can use.
    fn may_be_unusable(&self, id: TermId) -> bool {
        let mut holder = Some(id);
        while let Some(term) = holder.and_then(|id| self.terms.get(id)) {
            if term.may_be_unusable || term.domain == Domain::Any {
                return true;
            }
            holder = term.parent;
        }
        false
    }

    /// `x in xs`.
    fn within(&mut self, left: &Expr, right: &Expr) -> Option<Formula> {
        match (self.constant(left), self.constant(right)) {
            (None, Some(Data::List(items))) if !items.is_empty() => {
                self.among(left, items.iter().map(|item| item.data.clone()).collect())
            }
            (Some(part), None) => self.holds("contains", right, &part),
            _ => None,
        }
    }

    /// Whether a list or a text holds something, or fits a pattern: each of them a truth of its own.
    fn holds(&mut self, how: &str, whole: &Expr, part: &Data) -> Option<Formula> {
        if !whole.is_path() {
            return None;
        }
        let parent = self.value_term(whole)?;
        let mut name = format!("{} {how} ", self.key(whole));
        key::constant(part, &mut name);
        let may_be_unusable = match whole.of_type {
            _ if self.binding.source == Source::Files => true,
            Type::Text | Type::Name | Type::Zone | Type::Person | Type::Enum(_) => false,
            Type::List(Type::Enum(_) | Type::Text | Type::Name | Type::Person) => part.as_text().is_none(),
            _ => true,
        };
        let new = || Term { may_be_unusable, ..Term::new(Some(parent), Domain::Truth) };
        let term = self.terms.intern(name, new);
        Some(self.terms.test(term, Test::Itself))
    }
}

/// The kind of a constant, where it can be compared with an expression.
fn kind_for(expr: &Expr, constant: &Data) -> Option<Kind> {
    let kind = kind(constant)?;
    let is_word = matches!(constant, Data::Word(_));
    match (is_word, expr.of_type) {
        (true, Type::Enum(_)) | (false, _) => Some(kind),
        (true, _) => Some(Kind::Text),
    }
}
