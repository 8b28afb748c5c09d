//! Operators: which types they join, and what comes out.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use super::Typer;
use super::call::is_text_like;
use crate::model::enums::WEEKDAY;
use crate::model::expression::{Expr, ExprKind};
use crate::model::plan::WindowBlock;
use crate::model::read::BlockType;
use crate::model::types::Type;
use crate::source::Span;
use crate::syntax::ast::{BinaryOperator, Expression, ExpressionKind, Node};

impl Typer<'_> {
    pub(super) fn binary(
        &mut self,
        operator: &Node<BinaryOperator>,
        left: &Expression,
        right: &Expression,
        span: Span,
        expected: Option<Type>,
    ) -> Option<Expr> {
        let (left, right) = match operator.value {
            BinaryOperator::And | BinaryOperator::Or => (self.condition(left), self.condition(right)),
            BinaryOperator::Else => {
                let left = self.expression(left, expected);
                let wanted = left.as_ref().map(|left| left.of_type).or(expected);
                (left, self.expression(right, wanted))
            }
            BinaryOperator::In => {
                let left = self.either_first(left, right);
                let wanted = left.as_ref().map(|left| left.of_type.list_for_membership());
                (left, self.expression(right, wanted))
            }
            BinaryOperator::Contains => {
                let left = self.expression(left, None);
                let wanted = match left.as_ref().map(|left| left.of_type) {
                    Some(Type::List(element)) => Some(*element),
                    // A part of a text need not be of its kind: `"Europe"` is no zone.
                    Some(of_text) if is_text_like(of_text) => Some(Type::Text),
                    other => other,
                };
                (left, self.expression(right, wanted))
            }
            BinaryOperator::Matches => (self.expression(left, None), self.expression(right, Some(Type::Pattern))),
            BinaryOperator::Overlaps => {
                (self.expression(left, None), self.expression(right, Some(Type::Enum(&WEEKDAY))))
            }
            BinaryOperator::Equal
            | BinaryOperator::NotEqual
            | BinaryOperator::Less
            | BinaryOperator::LessOrEqual
            | BinaryOperator::Greater
            | BinaryOperator::GreaterOrEqual => self.both_sides(left, right),
            BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply | BinaryOperator::Divide => {
                (self.expression(left, expected), self.expression(right, expected))
            }
        };
        let (left, right) = (left?, right?);
        let Some(of_type) = joined(operator.value, left.of_type, right.of_type) else {
            self.mismatch(operator, &left, &right, span);
            return None;
        };
        if self.compares_with_itself(operator.value, &left, &right, span) {
            return None;
        }
        let kind = ExprKind::Binary { operator: operator.value, left: Box::new(left), right: Box::new(right) };
        Some(self.expr(kind, of_type, span))
    }

    /// Types first the side that is not a bare word, so that it can give meaning to the other.
    fn both_sides(&mut self, left: &Expression, right: &Expression) -> (Option<Expr>, Option<Expr>) {
        if self.is_bare_word(left) && !self.is_bare_word(right) {
            let right = self.expression(right, None);
            let wanted = right.as_ref().map(|right| right.of_type);
            return (self.expression_unless_failed(left, wanted, right.is_some()), right);
        }
        let left = self.expression(left, None);
        let wanted = left.as_ref().map(|left| left.of_type);
        let right = self.expression_unless_failed(right, wanted, left.is_some());
        (left, right)
    }

    /// A bare word beside something that failed would only be a second message for the same mistake.
    fn expression_unless_failed(&mut self, expression: &Expression, wanted: Option<Type>, sound: bool) -> Option<Expr> {
        if !sound && self.is_bare_word(expression) {
            return None;
        }
        self.expression(expression, wanted)
    }

    fn either_first(&mut self, left: &Expression, right: &Expression) -> Option<Expr> {
        if self.is_bare_word(left) {
            let mut quiet = Vec::new();
            let right = self.silently(right, &mut quiet);
            let wanted = match right.map(|right| right.of_type) {
                Some(Type::List(element)) => Some(*element),
                _ => None,
            };
            return self.expression(left, wanted);
        }
        self.expression(left, None)
    }

    /// Types without reporting: the caller types it again.
    fn silently(&mut self, expression: &Expression, quiet: &mut Vec<crate::diagnostic::Diagnostic>) -> Option<Expr> {
        let mut typer = Typer { file: self.file, ids: self.ids, scope: self.scope.clone(), diagnostics: quiet };
        typer.expression(expression, None)
    }

    fn is_bare_word(&mut self, expression: &Expression) -> bool {
        match &expression.value {
            ExpressionKind::Name(name) => self.known_name(name, expression.span).is_none(),
            ExpressionKind::Group(inner) => self.is_bare_word(inner),
            _ => false,
        }
    }

    fn mismatch(&mut self, operator: &Node<BinaryOperator>, left: &Expr, right: &Expr, span: Span) {
        let message = refusal(operator.value, &left.of_type.describe(), &right.of_type.describe());
        self.report(self.ids.wrong_type, span, message, cure(left, right));
    }
}

/// Why an operator does not join what it finds on its left with the other.
pub(in crate::check) fn refusal(operator: BinaryOperator, found: &str, other: &str) -> String {
    let symbol = operator.symbol();
    match operator {
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessOrEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterOrEqual => format!("{found} cannot be compared with {other} by `{symbol}`"),
        BinaryOperator::Overlaps => format!(
            "`overlaps` asks whether a window touches a weekday, a calendar or a window, not whether {found} touches {other}"
        ),
        BinaryOperator::Matches => {
            format!("`matches` asks whether a string fits a pattern, not whether {found} fits {other}")
        }
        BinaryOperator::In => format!("`in` asks whether a list holds a value, not whether {other} holds {found}"),
        BinaryOperator::Contains => format!(
            "`contains` asks whether a list holds a value or a string a string, not whether {found} holds {other}"
        ),
        BinaryOperator::Or
        | BinaryOperator::And
        | BinaryOperator::Else
        | BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Multiply
        | BinaryOperator::Divide => format!("`{symbol}` does not join {found} and {other}"),
    }
}

impl Type {
    /// What stands to the right of `in`.
    fn list_for_membership(self) -> Self {
        match self {
            Self::Enum(words) => Self::List(enum_element(words)),
            other => other.list(),
        }
    }
}

/// The static type of the words of a known set.
fn enum_element(words: &'static crate::model::types::EnumShape) -> &'static Type {
    use crate::model::enums::{
        CHANGE_KIND, DATA_CLASS, ENVIRONMENT, FLAG_ACTION, LEVEL, MISSING_DATA, PLATFORM, RISK, STRATEGY_KIND, UNIT,
    };
    use crate::model::subject::{SQL_CONSTRAINT, SQL_DIALECT, SQL_DIRECTION, SQL_KIND, SQL_OPERATION};
    const TYPES: &[Type] = &[
        Type::Enum(&ENVIRONMENT),
        Type::Enum(&RISK),
        Type::Enum(&DATA_CLASS),
        Type::Enum(&CHANGE_KIND),
        Type::Enum(&UNIT),
        Type::Enum(&STRATEGY_KIND),
        Type::Enum(&PLATFORM),
        Type::Enum(&FLAG_ACTION),
        Type::Enum(&MISSING_DATA),
        Type::Enum(&WEEKDAY),
        Type::Enum(&LEVEL),
        Type::Enum(&SQL_CONSTRAINT),
        Type::Enum(&SQL_DIALECT),
        Type::Enum(&SQL_DIRECTION),
        Type::Enum(&SQL_KIND),
        Type::Enum(&SQL_OPERATION),
    ];
    TYPES.iter().find(|known| **known == Type::Enum(words)).unwrap_or(&Type::Any)
}

/// What would make two sides of different kinds fit.
pub(in crate::check) fn cure(left: &Expr, right: &Expr) -> Option<String> {
    use crate::model::data::Data;
    match (&left.kind, left.of_type, &right.kind, right.of_type) {
        (ExprKind::Constant(Data::Text(text)), _, _, Type::Enum(_))
        | (_, Type::Enum(_), ExprKind::Constant(Data::Text(text)), _) => Some(format!("write `{text}` without quotes")),
        (ExprKind::Constant(Data::Text(text)), _, _, Type::Person)
        | (_, Type::Person, ExprKind::Constant(Data::Text(text)), _) => Some(format!("write `@{text}`")),
        (ExprKind::Constant(Data::Text(text)), _, _, Type::Version)
        | (_, Type::Version, ExprKind::Constant(Data::Text(text)), _) => Some(format!("write `version(\"{text}\")`")),
        (_, Type::Text, _, Type::Duration) | (_, Type::Duration, _, Type::Text) => {
            Some("turn the string into a duration with `duration(…)`".to_owned())
        }
        (_, Type::Number, _, Type::Duration) | (_, Type::Duration, _, Type::Number) => {
            Some("give the number a unit, such as `30m`".to_owned())
        }
        (_, Type::Number, _, Type::Percent) | (_, Type::Percent, _, Type::Number) => {
            Some("give the number its `%`".to_owned())
        }
        _ => None,
    }
}

/// What an operator makes of two types; `None` where it does not join them.
pub(in crate::check) fn joined(operator: BinaryOperator, left: Type, right: Type) -> Option<Type> {
    let any = left == Type::Any || right == Type::Any;
    match operator {
        BinaryOperator::And | BinaryOperator::Or => Some(Type::Bool),
        BinaryOperator::Equal | BinaryOperator::NotEqual => comparable(left, right).then_some(Type::Bool),
        BinaryOperator::Less
        | BinaryOperator::LessOrEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterOrEqual => {
            (comparable(left, right) && ordered(left) && ordered(right)).then_some(Type::Bool)
        }
        BinaryOperator::In => contains(right, left).then_some(Type::Bool),
        BinaryOperator::Contains => {
            (contains(left, right) || is_text_like(left) && is_text_like(right)).then_some(Type::Bool)
        }
        BinaryOperator::Matches => {
            (is_text_like(left) && matches!(right, Type::Pattern | Type::Any)).then_some(Type::Bool)
        }
        BinaryOperator::Overlaps => overlaps(left, right).then_some(Type::Bool),
        BinaryOperator::Else => comparable(left, right).then_some(if left == Type::Any { right } else { left }),
        BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply | BinaryOperator::Divide if any => {
            Some(Type::Any)
        }
        BinaryOperator::Add => match (left, right) {
            (Type::Moment, Type::Duration) | (Type::Duration, Type::Moment) => Some(Type::Moment),
            _ => same_quantity(left, right),
        },
        BinaryOperator::Subtract => match (left, right) {
            (Type::Moment, Type::Moment) => Some(Type::Duration),
            (Type::Moment, Type::Duration) => Some(Type::Moment),
            _ => same_quantity(left, right),
        },
        BinaryOperator::Multiply => match (left, right) {
            (Type::Number, other) | (other, Type::Number) => is_quantity(other).then_some(other),
            (Type::Percent, other @ (Type::Duration | Type::Measure))
            | (other @ (Type::Duration | Type::Measure), Type::Percent) => Some(other),
            _ => None,
        },
        BinaryOperator::Divide => match (left, right) {
            (other, Type::Number) => is_quantity(other).then_some(other),
            _ => same_quantity(left, right).map(|_| Type::Number),
        },
    }
}

const fn is_quantity(found: Type) -> bool {
    matches!(found, Type::Number | Type::Duration | Type::Percent | Type::Measure)
}

fn same_quantity(left: Type, right: Type) -> Option<Type> {
    match (left, right) {
        (Type::Measure, other) | (other, Type::Measure) if is_quantity(other) => Some(other),
        _ => (left == right && is_quantity(left)).then_some(left),
    }
}

/// Whether equality between the two can be true.
pub(in crate::check) fn comparable(left: Type, right: Type) -> bool {
    match (left, right) {
        (Type::Any, _)
        | (_, Type::Any)
        | (Type::Text | Type::Name, Type::Text | Type::Name)
        | (Type::Due, Type::Offset | Type::Moment | Type::Due)
        | (Type::Offset | Type::Moment, Type::Due)
        | (Type::Name, Type::Person)
        | (Type::Person, Type::Name) => true,
        (Type::Measure, other) | (other, Type::Measure) => is_quantity(other),
        (Type::List(left), Type::List(right)) => comparable(*left, *right),
        _ => left == right,
    }
}

fn ordered(found: Type) -> bool {
    match found {
        Type::Any
        | Type::Number
        | Type::Duration
        | Type::Percent
        | Type::Version
        | Type::Moment
        | Type::Offset
        | Type::Due
        | Type::Measure => true,
        Type::Enum(words) => words.ordered,
        Type::Bool
        | Type::Text
        | Type::Name
        | Type::Person
        | Type::Pattern
        | Type::Zone
        | Type::Calendar
        | Type::List(_)
        | Type::Map(_)
        | Type::Record(_) => false,
    }
}

fn contains(list: Type, element: Type) -> bool {
    match list {
        Type::Any => true,
        Type::List(of) => comparable(*of, element),
        _ => false,
    }
}

fn overlaps(left: Type, right: Type) -> bool {
    let window = Type::Record(WindowBlock::SHAPE);
    let time = |found: Type| match found {
        Type::Any | Type::Calendar => true,
        Type::Enum(words) => *words == WEEKDAY,
        Type::List(element) => matches!(element, Type::Any | Type::Enum(_) | Type::Calendar),
        other => other == window,
    };
    (left == window || left == Type::Any) && time(right)
}
