//! What a red flag compares: metrics, baselines and constants, each with its unit; percent as written, time in seconds.

use rust_decimal::Decimal;

use super::condition::{Reader, Refusal};
use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind};
use crate::runbook::{Id, Quantity, Unit};
use crate::source::Place;
use crate::syntax::ast::BinaryOperator;

/// What a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Percent,
    Duration,
}

#[derive(Debug)]
pub(super) struct Measured {
    pub(super) quantity: Quantity,
    pub(super) kind: Kind,
}

impl Kind {
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Number => "a plain number",
            Self::Percent => "a percentage",
            Self::Duration => "a duration",
        }
    }

    pub(super) const fn written() -> &'static str {
        "`unit = number`, `percent` or `duration`"
    }
}

impl Reader<'_> {
    pub(super) fn quantity(self, expr: &Expr) -> Result<Measured, Refusal> {
        match &expr.kind {
            ExprKind::Constant(data) => constant(data).ok_or_else(|| Self::unsupported(expr)),
            ExprKind::Parameter(name) => {
                self.parameters.get(name).and_then(|value| constant(&value.data)).ok_or_else(|| Self::unsupported(expr))
            }
            ExprKind::Metric(name) => {
                let (id, kind) = self.metric(name, expr.place)?;
                Ok(Measured { quantity: Quantity::Metric(id), kind })
            }
            ExprKind::Baseline(name) => {
                let (id, kind) = self.metric(name, expr.place)?;
                Ok(Measured { quantity: Quantity::Baseline(id), kind })
            }
            ExprKind::Negate(inner) => {
                let Measured { quantity, kind } = self.quantity(inner)?;
                let zero = Quantity::Constant(Decimal::ZERO);
                Self::computed(BinaryOperator::Subtract, zero, quantity, kind, expr)
            }
            ExprKind::Binary { operator, left, right } => {
                let (left, right) = (self.quantity(left)?, self.quantity(right)?);
                Self::arithmetic(*operator, left, right, expr)
            }
            ExprKind::Variable(_)
            | ExprKind::Field { .. }
            | ExprKind::Index { .. }
            | ExprKind::Call { .. }
            | ExprKind::List(_)
            | ExprKind::Not(_)
            | ExprKind::Exists(_)
            | ExprKind::Quantified { .. }
            | ExprKind::If { .. }
            | ExprKind::Failed { .. } => Err(Self::unsupported(expr)),
        }
    }

    fn metric(self, name: &str, place: Place) -> Result<(Id, Kind), Refusal> {
        let id = self.names.metrics.find(name);
        let metric = id.and_then(|id| self.metrics.iter().find(|metric| metric.id == *id));
        let metric = metric.ok_or_else(|| self.unseen("metric", name, place))?;
        let kind = match metric.unit {
            Unit::Number => Kind::Number,
            Unit::Percent => Kind::Percent,
            Unit::Duration => Kind::Duration,
        };
        Ok((metric.id.clone(), kind))
    }

    fn arithmetic(
        operator: BinaryOperator,
        left: Measured,
        right: Measured,
        whole: &Expr,
    ) -> Result<Measured, Refusal> {
        let kind = match (operator, left.kind, right.kind) {
            (BinaryOperator::Add | BinaryOperator::Subtract, left, right) if left == right => left,
            (BinaryOperator::Multiply, Kind::Number, other)
            | (BinaryOperator::Multiply | BinaryOperator::Divide, other, Kind::Number) => other,
            (BinaryOperator::Divide, left, right) if left == right => Kind::Number,
            (BinaryOperator::Multiply, Kind::Percent, Kind::Duration)
            | (BinaryOperator::Multiply, Kind::Duration, Kind::Percent) => {
                let product = Self::computed(operator, left.quantity, right.quantity, Kind::Duration, whole)?.quantity;
                let hundred = Quantity::Constant(Decimal::ONE_HUNDRED);
                return Self::computed(BinaryOperator::Divide, product, hundred, Kind::Duration, whole);
            }
            (
                BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Multiply | BinaryOperator::Divide,
                left,
                right,
            ) => {
                let message = format!("`{}` does not join {} and {}", operator.symbol(), left.noun(), right.noun());
                return Err(Self::refusal(whole.place, &message));
            }
            (
                BinaryOperator::Or
                | BinaryOperator::And
                | BinaryOperator::Equal
                | BinaryOperator::NotEqual
                | BinaryOperator::Less
                | BinaryOperator::LessOrEqual
                | BinaryOperator::Greater
                | BinaryOperator::GreaterOrEqual
                | BinaryOperator::In
                | BinaryOperator::Contains
                | BinaryOperator::Matches
                | BinaryOperator::Overlaps
                | BinaryOperator::Else,
                _,
                _,
            ) => return Err(Self::unsupported(whole)),
        };
        Self::computed(operator, left.quantity, right.quantity, kind, whole)
    }

    /// Constants are computed here and now, exactly or not at all.
    fn computed(
        operator: BinaryOperator,
        left: Quantity,
        right: Quantity,
        kind: Kind,
        whole: &Expr,
    ) -> Result<Measured, Refusal> {
        if let (BinaryOperator::Divide, Quantity::Constant(divisor)) = (operator, &right)
            && divisor.is_zero()
        {
            return Err(Self::refusal(whole.place, "this divides by zero"));
        }
        if let (Quantity::Constant(left), Quantity::Constant(right)) = (&left, &right)
            && let Some(known) = exact(operator, *left, *right)
        {
            return Ok(Measured { quantity: Quantity::Constant(known.normalize()), kind });
        }
        let (left, right) = (Box::new(left), Box::new(right));
        let quantity = match operator {
            BinaryOperator::Add => Quantity::Sum(left, right),
            BinaryOperator::Subtract => Quantity::Difference(left, right),
            BinaryOperator::Multiply => Quantity::Product(left, right),
            BinaryOperator::Divide => Quantity::Quotient(left, right),
            BinaryOperator::Or
            | BinaryOperator::And
            | BinaryOperator::Equal
            | BinaryOperator::NotEqual
            | BinaryOperator::Less
            | BinaryOperator::LessOrEqual
            | BinaryOperator::Greater
            | BinaryOperator::GreaterOrEqual
            | BinaryOperator::In
            | BinaryOperator::Contains
            | BinaryOperator::Matches
            | BinaryOperator::Overlaps
            | BinaryOperator::Else => return Err(Self::unsupported(whole)),
        };
        Ok(Measured { quantity, kind })
    }
}

/// None where the result might be rounded: then the runbook computes it, in full.
fn exact(operator: BinaryOperator, left: Decimal, right: Decimal) -> Option<Decimal> {
    if !is_short(left) || !is_short(right) {
        return None;
    }
    match operator {
        BinaryOperator::Add => left.checked_add(right),
        BinaryOperator::Subtract => left.checked_sub(right),
        BinaryOperator::Multiply => left.checked_mul(right),
        BinaryOperator::Divide => {
            let quotient = left.checked_div(right)?.normalize();
            (is_short(quotient) && quotient.checked_mul(right) == Some(left)).then_some(quotient)
        }
        BinaryOperator::Or
        | BinaryOperator::And
        | BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::LessOrEqual
        | BinaryOperator::Greater
        | BinaryOperator::GreaterOrEqual
        | BinaryOperator::In
        | BinaryOperator::Contains
        | BinaryOperator::Matches
        | BinaryOperator::Overlaps
        | BinaryOperator::Else => None,
    }
}

/// Whether sums and products with another such number have room for all their digits.
fn is_short(number: Decimal) -> bool {
    const DIGITS: u32 = 12;
    number.scale() <= DIGITS && number.mantissa().unsigned_abs() < 10_u128.pow(DIGITS)
}

fn constant(data: &Data) -> Option<Measured> {
    let (value, kind) = match data {
        Data::Number(number) => (*number, Kind::Number),
        Data::Percent(percent) => (percent.value(), Kind::Percent),
        Data::Duration(duration) => (Decimal::new(duration.milliseconds(), 3), Kind::Duration),
        Data::Null
        | Data::Bool(_)
        | Data::Text(_)
        | Data::Version(_)
        | Data::Moment(_)
        | Data::Offset(_)
        | Data::Person(_)
        | Data::Zone(_)
        | Data::Pattern(_)
        | Data::Calendar(_)
        | Data::Word(_)
        | Data::List(_)
        | Data::Record(_)
        | Data::Unresolved(_) => return None,
    };
    Some(Measured { quantity: Quantity::Constant(value.normalize()), kind })
}
