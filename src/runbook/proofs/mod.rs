//! What is proven of a procedure before it is written down: that its worst case fits the window, its way back the
//! promise of `rollback`, and that no undo reads what it is not given. Said with places of the plan.

mod leg;
pub mod rollback_exceeds_within;
mod script;
pub mod unset_in_undo;
pub mod worst_case_exceeds_window;
#[cfg(test)]
mod tests;

use super::Procedure;
use crate::check::plan::CheckedPlan;
use crate::diagnostic::{Descriptor, Diagnostic};

/// What the proofs can say.
pub static PROOF_DESCRIPTORS: &[&Descriptor] =
    &[&rollback_exceeds_within::LINT, &unset_in_undo::LINT, &worst_case_exceeds_window::LINT];

/// What does not hold of the procedure that `plan` was lowered to. The numbers are those the runbook goes by.
pub fn prove(plan: &CheckedPlan, procedure: &Procedure) -> Vec<Diagnostic> {
    let worst_case = worst_case_exceeds_window::prove(&plan.plan, procedure);
    let way_back = rollback_exceeds_within::prove(&plan.plan, procedure);
    let unset = unset_in_undo::prove(&plan.plan, procedure);
    worst_case.into_iter().chain(way_back).chain(unset).collect()
}
