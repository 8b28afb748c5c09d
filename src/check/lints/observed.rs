//! What red flags look at: the metrics and failures their conditions speak of, and the phases they are armed in.

use std::collections::HashMap;

use crate::model::expression::{Expr, ExprKind, Part};
use crate::model::plan::{Phase, Plan};
use crate::model::policy::RedFlag;
use crate::source::Place;

/// Something a condition speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Observed<'a> {
    Metric(&'a str),
    Baseline(&'a str),
    Failed(Part, &'a str),
}

impl Observed<'_> {
    /// Whether it tells what happens, rather than whether something the plan does went wrong.
    pub(super) const fn watches(self) -> bool {
        match self {
            Self::Metric(_) | Self::Baseline(_) | Self::Failed(Part::Probe, _) => true,
            Self::Failed(Part::Step | Part::Phase, _) => false,
        }
    }
}

/// All that a condition speaks of, each with its place in the condition.
pub(super) fn observed(condition: &Expr) -> Vec<(Observed<'_>, Place)> {
    let mut found = Vec::new();
    let mut open = vec![condition];
    while let Some(expr) = open.pop() {
        match &expr.kind {
            ExprKind::Metric(id) => found.push((Observed::Metric(id), expr.place)),
            ExprKind::Baseline(id) => found.push((Observed::Baseline(id), expr.place)),
            ExprKind::Failed { part, id } => found.push((Observed::Failed(*part, id), expr.place)),
            ExprKind::Constant(_)
            | ExprKind::Variable(_)
            | ExprKind::Parameter(_)
            | ExprKind::Field { .. }
            | ExprKind::Index { .. }
            | ExprKind::Call { .. }
            | ExprKind::List(_)
            | ExprKind::Not(_)
            | ExprKind::Negate(_)
            | ExprKind::Exists(_)
            | ExprKind::Binary { .. }
            | ExprKind::Quantified { .. }
            | ExprKind::If { .. } => open.extend(expr.children().into_iter().rev()),
        }
    }
    found
}

/// The phases of a plan by name, each with its place among all.
#[derive(Debug)]
pub(super) struct Phases<'a>(HashMap<&'a str, (usize, &'a Phase)>);

impl<'a> Phases<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        let mut by_name = HashMap::new();
        for (index, phase) in plan.phases.iter().enumerate() {
            by_name.entry(phase.name()).or_insert((index, phase));
        }
        Self(by_name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The place among all of the phase of this name.
    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.0.get(name).map(|(index, _)| *index)
    }

    /// The first phase a flag is armed in.
    pub(super) fn first_armed(&self, flag: &RedFlag) -> Option<(usize, &'a Phase)> {
        self.armed(flag).into_iter().min_by_key(|(index, _)| *index)
    }

    /// The place among all of the last phase a flag is armed in.
    pub(super) fn last_armed(&self, flag: &RedFlag) -> Option<usize> {
        self.armed(flag).into_iter().map(|(index, _)| index).max()
    }

    /// Without `during` it is armed in all.
    fn armed(&self, flag: &RedFlag) -> Vec<(usize, &'a Phase)> {
        if flag.during.is_empty() {
            return self.0.values().copied().collect();
        }
        flag.during.iter().filter_map(|named| self.0.get(named.value.as_str()).copied()).collect()
    }
}
