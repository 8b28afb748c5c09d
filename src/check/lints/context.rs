//! What a lint is given: the plan, the red flags it is under, the instant; and where it puts what it finds.

use crate::check::plan::CheckedPlan;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Plan;
use crate::model::policy::RedFlag;
use crate::model::units::Instant;

use super::moments::Clock;
use super::names::Nearest;

#[derive(Debug)]
pub(super) struct LintContext<'a> {
    pub(super) plan: &'a Plan,
    /// Those the plan declares.
    pub(super) own_flags: &'a [RedFlag],
    /// Those of policies that take the plan in.
    pub(super) policy_flags: &'a [RedFlag],
    pub(super) now: Instant,
    pub(super) clock: Clock,
    pub(super) nearest: Nearest,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> LintContext<'a> {
    pub(super) fn new(
        checked: &'a CheckedPlan,
        policy_flags: &'a [RedFlag],
        now: Instant,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let plan = &checked.plan;
        Self {
            plan,
            own_flags: &checked.red_flags,
            policy_flags,
            now,
            clock: Clock::of(plan),
            nearest: Nearest::default(),
            diagnostics,
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}
