//! How tightly operators bind, and which words and signs they are.

use crate::syntax::ast::BinaryOperator;
use crate::syntax::grammar::Rule;

/// How tightly an operator holds its operands; a larger one holds tighter.
pub(super) type Power = u8;

pub(super) const NOT: Power = 3;
pub(super) const COMPARISON: Power = 4;
pub(super) const NEGATE: Power = 8;

/// The operator a grammar rule stands for; what people write by mistake is read as what they mean.
pub(super) fn binary(rule: Rule) -> Option<BinaryOperator> {
    const TABLE: &[(Rule, BinaryOperator)] = &[
        (Rule::kw_or, BinaryOperator::Or),
        (Rule::bars, BinaryOperator::Or),
        (Rule::kw_and, BinaryOperator::And),
        (Rule::ampersands, BinaryOperator::And),
        (Rule::equal, BinaryOperator::Equal),
        (Rule::single_equal, BinaryOperator::Equal),
        (Rule::not_equal, BinaryOperator::NotEqual),
        (Rule::less, BinaryOperator::Less),
        (Rule::less_or_equal, BinaryOperator::LessOrEqual),
        (Rule::greater, BinaryOperator::Greater),
        (Rule::greater_or_equal, BinaryOperator::GreaterOrEqual),
        (Rule::kw_in, BinaryOperator::In),
        (Rule::kw_contains, BinaryOperator::Contains),
        (Rule::kw_matches, BinaryOperator::Matches),
        (Rule::kw_overlaps, BinaryOperator::Overlaps),
        (Rule::otherwise, BinaryOperator::Else),
        (Rule::plus, BinaryOperator::Add),
        (Rule::minus, BinaryOperator::Subtract),
        (Rule::times, BinaryOperator::Multiply),
        (Rule::divide, BinaryOperator::Divide),
    ];
    TABLE.iter().find(|(known, _)| *known == rule).map(|(_, operator)| *operator)
}

pub(super) const fn power(operator: BinaryOperator) -> Power {
    match operator {
        BinaryOperator::Or => 1,
        BinaryOperator::And => 2,
        BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessOrEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterOrEqual
        | BinaryOperator::In
        | BinaryOperator::Contains
        | BinaryOperator::Matches
        | BinaryOperator::Overlaps => COMPARISON,
        BinaryOperator::Else => 5,
        BinaryOperator::Add | BinaryOperator::Subtract => 6,
        BinaryOperator::Multiply | BinaryOperator::Divide => 7,
    }
}
