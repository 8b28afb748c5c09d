//! Policies of one's own beside given ones, which were analysed before: what excludes each other among them.
//!
//! The terms are others than those of the policies by themselves, so that nothing is said less of these for what stands beside.

use super::contradiction::contradictions;
use super::rules::Analysed;
use super::solve::Solver;
use super::term::Terms;
use super::{STEPS, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::policy::Rule;

/// Says which rules of `own` exclude a rule of `given`; of a given rule that judges something else nothing is worked out.
pub fn analyse_beside(given: &[Subject<'_>], own: &[Subject<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut terms = Terms::default();
    let before = analysed(given, own, &mut terms);
    if before.is_empty() {
        return found;
    }
    let after = analysed(own, given, &mut terms);
    terms.seal();
    let rules: Vec<&Analysed<'_>> = before.iter().chain(&after).collect();
    let given = before.len();
    let earlier = |index| if index < given { 0 } else { given };
    contradictions(&rules, earlier, &terms, &mut Solver::new(&terms, STEPS), &mut found);
    found
}

/// The rules of some policies that judge what a rule of others does.
fn analysed<'a>(policies: &[Subject<'a>], others: &[Subject<'_>], terms: &mut Terms) -> Vec<Analysed<'a>> {
    let meets = |rule: &Rule| {
        let mut rules = others.iter().flat_map(|subject| &subject.policy.rules);
        rules.any(|other| other.judges_what(rule))
    };
    let rules = policies.iter().flat_map(|subject| subject.policy.rules.iter().map(move |rule| (subject, rule)));
    rules
        .filter(|(_, rule)| meets(rule))
        .filter_map(|(subject, rule)| Analysed::new(subject.policy, subject.parameters, rule, terms))
        .collect()
}
