//! What stands in a phase, one thing after the other.

use super::defaults::{NOTIFY_TIMEOUT, WATCH_EVERY};
use super::diagnostics::UNSUPPORTED_USE;
use super::step::Given;
use super::{Lowering, order};
use crate::model::plan;
use crate::runbook::{Action, Followup, Notify, Seconds, Watch};

impl<'a> Lowering<'a> {
    pub(super) fn action(&mut self, phase: &'a plan::Phase, action: &'a plan::Action) -> Vec<Action> {
        match action {
            plan::Action::Step(step) => self.phase_step(phase, step).into_iter().collect(),
            plan::Action::Parallel(parallel) => self.parallel(phase, parallel),
            plan::Action::Strategy(strategy) => self.strategy(strategy),
            plan::Action::Hold(hold) => self.hold(hold).map(Action::Hold).into_iter().collect(),
            plan::Action::Probe(probe) => self.probe(probe).map(Action::Probe).into_iter().collect(),
            plan::Action::Watch(watch) => self.watch(watch).map(Action::Watch).into_iter().collect(),
            plan::Action::Notify(notify) => self.notify(notify).map(Action::Notify).into_iter().collect(),
            plan::Action::Followup(followup) => self.followup(followup).map(Action::Followup).into_iter().collect(),
            plan::Action::Use(used) => {
                let message = format!("`use {}` cannot be compiled yet", used.head.id.value);
                let help = "write the procedure's steps into the phase";
                self.refuse(&UNSUPPORTED_USE, used.head.id.place, message, help);
                Vec::new()
            }
        }
    }

    fn phase_step(&mut self, phase: &plan::Phase, step: &'a plan::Step) -> Option<Action> {
        self.step(step, plan::Plan::changes_production(phase, step)).map(Action::Step)
    }

    /// One after the other: every promise about order and undoing holds, only the time is longer, and it is counted so.
    fn parallel(&mut self, phase: &plan::Phase, parallel: &'a plan::Parallel) -> Vec<Action> {
        match order::sorted(&parallel.steps) {
            Ok(steps) => steps.into_iter().filter_map(|step| self.phase_step(phase, step)).collect(),
            Err(circle) => {
                self.diagnostics.push(*circle);
                Vec::new()
            }
        }
    }

    fn watch(&mut self, watch: &plan::Watch) -> Option<Watch> {
        let id = self.actions.claim(&watch.head, &mut self.diagnostics);
        let every = self.limit(watch.every.as_ref(), WATCH_EVERY);
        let Some(lasting) = &watch.lasting else {
            self.missing(watch.head.id.place, "watch", "for");
            return None;
        };
        let lasting = Seconds::from_millis(lasting.value.milliseconds());
        Some(Watch { id: id?, title: watch.head.label().to_owned(), lasting, every: every? })
    }

    fn notify(&mut self, notify: &plan::Notify) -> Option<Notify> {
        let id = self.actions.claim(&notify.head, &mut self.diagnostics);
        let given = Given {
            env: notify.env.as_ref(),
            secrets: notify.secrets.as_ref(),
            timeout: notify.timeout.as_ref(),
            default: NOTIFY_TIMEOUT,
        };
        let command = self.command(&notify.head, "run", notify.run.as_ref(), &given);
        Some(Notify { id: id?, title: notify.head.label().to_owned(), command: command? })
    }

    fn followup(&mut self, followup: &plan::Followup) -> Option<Followup> {
        let id = self.actions.claim(&followup.head, &mut self.diagnostics);
        let Some(due) = &followup.due else {
            self.missing(followup.head.id.place, "followup", "due");
            return None;
        };
        let due = self.due(due);
        let by = match &followup.by {
            Some(by) => Some(self.person(&by.value, by.place)?),
            None => None,
        };
        Some(Followup { id: id?, title: followup.head.label().to_owned(), due: due?, by })
    }
}
