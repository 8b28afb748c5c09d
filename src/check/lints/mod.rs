//! What is judged of every plan without any policy: one lint a file, named as its id.
//!
//! A lint says what it has to say of a plan that is only half there: every attribute may be missing.

mod context;
mod moments;
mod names;
mod needs;
mod observed;
mod work;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use crate::check::plan::CheckedPlan;
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::model::policy::RedFlag;
use crate::model::units::Instant;

use context::LintContext;

/// Says what is wrong with a plan.
type Lint = fn(&mut LintContext<'_>);

/// To name a lint here is to register it.
macro_rules! lints {
    [$($name:ident),+ $(,)?] => {
        $(pub mod $name;)+

        static LINTS: &[Lint] = &[$($name::run),+];

        #[cfg(test)]
        static FILES: &[&str] = &[$(stringify!($name)),+];

        /// What the lints can say, in the order of their ids.
        pub static LINT_DESCRIPTORS: &[&Descriptor] = &[$(&$name::LINT),+];
    };
}

lints![
    ambiguous_time,
    backup_before_change,
    baseline_too_late,
    blind_red_flag,
    canary_steps,
    conflicting_check,
    conflicting_item,
    cycle,
    done_in_future,
    due_without_window,
    duplicate_id,
    early_followup,
    empty_phase,
    every_longer_than_for,
    hold_needs_nobody,
    impossible_check,
    impossible_duration,
    irreversible_before_hold,
    malformed_id,
    missing_undo,
    missing_zone,
    misspelt_phase,
    needs_later_step,
    nonexistent_time,
    overdue_item,
    phase_order,
    red_flag_never_armed,
    red_flag_too_early,
    red_flag_unit,
    red_flag_without_metric,
    retry_delay_without_retries,
    self_need,
    signer_not_in_team,
    staged_after_start,
    start_without_time,
    strategy_attribute,
    strategy_without_command,
    too_few_signers,
    undo_and_irreversible,
    unknown_phase,
    unknown_step,
    unreachable_step,
    unsettled_item,
    unusable_variable,
    window_in_the_past,
];

/// Judges one plan as of `now`. `red_flags` are those of the policies that take this plan in; its own it brings along.
pub fn lint_plan(checked: &CheckedPlan, red_flags: &[RedFlag], now: Instant, diagnostics: &mut Vec<Diagnostic>) {
    let mut context = LintContext::new(checked, red_flags, now, diagnostics);
    for lint in LINTS {
        lint(&mut context);
    }
}
