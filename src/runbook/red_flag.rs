//! What must not happen during a run, and what is done when it does.

use rust_decimal::Decimal;

use super::{Id, Seconds};

/// Fine, raised or unknown; unknown counts as raised.
///
/// It is evaluated between actions, during steps, probes, canary analysis and watches, as often as the metrics it
/// speaks of are read. What has failed is evaluated when something fails: a failure that no flag catches is rolled back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedFlag {
    pub id: Id,
    pub title: String,
    /// Phases it is armed in. Never empty: the lowering resolves "everywhere" to all phases.
    pub during: Vec<Id>,
    pub condition: Condition,
    /// It must have been raised or unknown for this long without a break. Zero: at once.
    pub lasting: Seconds,
    pub then: Consequence,
    /// The policy it comes from; none for the plan's own.
    pub policy: Option<Id>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// The step that runs is ended and everything that was begun is undone.
    Rollback,
    /// The step that runs may finish; then the run stops for a person.
    Hold,
    /// The run goes on, and a repair is owed.
    FixForward,
}

/// Three-valued (Kleene): a comparison with something unknown is unknown, `false and unknown` is false.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare {
        left: Quantity,
        operator: Comparison,
        right: Quantity,
    },
    /// A step or a canary failed.
    StepFailed(Id),
    ProbeFailed(Id),
    /// Something in the phase failed.
    PhaseFailed(Id),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// As the language writes it.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
}

/// A number, exact: decimals of any length and their quotients, never floating point. Units are already checked and
/// converted: percent as written (`5%` is 5), durations in seconds (`250ms` is 0.25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    Constant(Decimal),
    Metric(Id),
    /// What the metric was when a [`Baseline`](super::Baseline) read it.
    Baseline(Id),
    Sum(Box<Quantity>, Box<Quantity>),
    Difference(Box<Quantity>, Box<Quantity>),
    Product(Box<Quantity>, Box<Quantity>),
    /// Unknown when the divisor is zero.
    Quotient(Box<Quantity>, Box<Quantity>),
}

impl Condition {
    /// The metrics it reads now, each once.
    pub fn metrics(&self) -> Vec<&Id> {
        sorted(
            self.quantities().filter_map(|quantity| if let Quantity::Metric(id) = quantity { Some(id) } else { None }),
        )
    }

    /// The metrics whose baseline it needs, each once.
    pub fn baselines(&self) -> Vec<&Id> {
        sorted(
            self.quantities()
                .filter_map(|quantity| if let Quantity::Baseline(id) = quantity { Some(id) } else { None }),
        )
    }

    /// The conditions without parts of their own, in order.
    pub fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::leaves).collect(),
            Self::Not(inner) => inner.leaves(),
            Self::Compare { .. } | Self::StepFailed(_) | Self::ProbeFailed(_) | Self::PhaseFailed(_) => vec![self],
        }
    }

    fn quantities(&self) -> impl Iterator<Item = &Quantity> {
        self.leaves().into_iter().flat_map(Self::compared)
    }

    fn compared(&self) -> Vec<&Quantity> {
        if let Self::Compare { left, right, .. } = self { [left.leaves(), right.leaves()].concat() } else { Vec::new() }
    }
}

impl Quantity {
    /// The constants, metrics and baselines it is made of, in order.
    pub fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::Constant(_) | Self::Metric(_) | Self::Baseline(_) => vec![self],
            Self::Sum(left, right)
            | Self::Difference(left, right)
            | Self::Product(left, right)
            | Self::Quotient(left, right) => [left.leaves(), right.leaves()].concat(),
        }
    }
}

pub(super) fn sorted<'a>(ids: impl Iterator<Item = &'a Id>) -> Vec<&'a Id> {
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
