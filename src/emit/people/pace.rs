//! How far a run is at the latest, counted as the guards count it: with every reading of a metric and every flag that is
//! waited for, and without the wait for people.

use super::Teller;
use super::clock::at_most;
use crate::runbook::{Action, Phase, Seconds};

/// A phase from its first action until the next phase can begin, in seconds from the start of the run.
#[derive(Debug)]
pub(super) struct Leg<'a> {
    pub(super) phase: &'a Phase,
    pub(super) begins: Seconds,
    pub(super) ends: Seconds,
    pub(super) stretches: Vec<Stretch<'a>>,
}

/// An action, from when the red flags have been looked at before it.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    pub(super) action: &'a Action,
    pub(super) begins: Seconds,
    pub(super) ends: Seconds,
}

impl Stretch<'_> {
    pub(super) fn lasts(&self) -> Seconds {
        Seconds::new(self.ends.get().saturating_sub(self.begins.get()))
    }
}

impl Teller<'_> {
    pub(super) fn legs(&self) -> Vec<Leg<'_>> {
        let mut at = self.procedure.worst_guards();
        let legs = self.procedure.phases.iter().map(|phase| {
            let begins = at;
            let stretches = phase.actions.iter().map(|action| {
                let stretch = self.stretch(phase, action, at);
                at = stretch.ends;
                stretch
            });
            let stretches = stretches.collect();
            at = at.plus(self.procedure.worst_leave(&phase.id));
            Leg { phase, begins, ends: at, stretches }
        });
        legs.collect()
    }

    fn stretch<'a>(&self, phase: &Phase, action: &'a Action, from: Seconds) -> Stretch<'a> {
        let looking = self.procedure.worst_looking(&phase.id, action);
        // What a hold reads is read by the guards behind it.
        let before =
            if matches!(action, Action::Hold(_)) { Seconds::ZERO } else { self.procedure.worst_look(&phase.id) };
        Stretch { action, begins: from.plus(before), ends: from.plus(looking).plus(action.worst_case()) }
    }

    /// How long the whole run takes: `17 min`, and what that leaves out.
    pub(super) fn at_worst(&self) -> String {
        let worst = at_most(self.procedure.worst_case());
        self.uncounted().map_or_else(|| worst.clone(), |uncounted| format!("{worst}; {uncounted}"))
    }

    /// What no time of a plan with holds counts.
    pub(super) fn uncounted(&self) -> Option<&'static str> {
        let waits = self.procedure.actions().any(|action| matches!(action, Action::Hold(_)));
        waits.then_some("what people take at a hold comes on top")
    }
}
