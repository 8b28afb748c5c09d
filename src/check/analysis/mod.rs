//! Whether policies can mean what they say: rules that nothing can pass or nothing can break, rules that exclude or repeat
//! each other, branches and parameters that change nothing.
//!
//! It decides by trying every state of everything a condition asks about, where values are known by where they stand among
//! the constants they are compared with. What it cannot see into may come to anything, so that it says less than could be
//! known, and never what is not so. Knows no plan and no judgement.

mod beside;
mod branch;
mod build;
mod compare;
mod contradiction;
mod core;
mod dead;
pub mod diagnostics;
mod example;
mod formula;
mod implied;
mod key;
mod known;
mod overlap;
mod parameter;
mod rules;
mod scale;
mod solve;
mod state;
mod term;
mod truth;
mod unsatisfiable;
mod value;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::data::Value;
use crate::model::policy::Policy;

pub use beside::analyse_beside;
pub use diagnostics::ANALYSIS_DESCRIPTORS;

use branch::Branch;
use rules::Analysed;
use solve::Solver;
use term::Terms;

/// What one run of analysis may try: a second at the very worst, and many times what policies need.
const STEPS: u32 = 200_000;

/// How many pairs of rules are looked at: those of two thousand rules.
const PAIRS: usize = 2_000_000;

/// A policy that is to be looked at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub policy: &'a Policy,
    /// The values of its parameters in this run.
    pub parameters: &'a HashMap<Arc<str>, Value>,
    /// Whether every rule of it was understood: otherwise nobody knows what the rest of it uses.
    pub reading: Reading,
}

/// How much of a policy was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Whole,
    InPart,
}

/// Says what is wrong with policies, each by itself and all of them together.
pub fn analyse(policies: &[Subject<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut terms = Terms::default();
    let mut rules: Vec<(Analysed<'_>, Vec<Branch<'_>>)> = Vec::new();
    for subject in policies {
        parameter::unused(subject, &mut found);
        dead::red_flags(subject.policy, &mut found);
        for rule in &subject.policy.rules {
            let Some(analysed) = Analysed::new(subject.policy, subject.parameters, rule, &mut terms) else { continue };
            let branches = branch::branches(&analysed, &mut terms);
            rules.push((analysed, branches));
        }
    }
    terms.seal();
    let mut solver = Solver::new(&terms, STEPS);
    let mut sound: Vec<&Analysed<'_>> = Vec::new();
    for (rule, branches) in &rules {
        let wrong = dead::never_applies(rule, &mut solver)
            .or_else(|| unsatisfiable::unsatisfiable(rule, &mut solver))
            .or_else(|| dead::never_fails(rule, &mut solver));
        match wrong {
            Some(diagnostic) => found.push(diagnostic),
            None => sound.push(rule),
        }
        branch::unreachable(rule, branches, &mut solver, &mut found);
    }
    contradiction::contradictions(&sound, |index| index, &terms, &mut solver, &mut found);
    implied::implied(&sound, &terms, &mut solver, &mut found);
    found
}
