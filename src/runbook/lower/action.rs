//! What stands in a phase, one thing after the other.

use std::collections::HashSet;

use super::defaults::{NOTIFY_TIMEOUT, WATCH_EVERY};
use super::diagnostics::{UNSUPPORTED_ACTION, UNSUPPORTED_USE};
use super::step::Given;
use super::{Lowering, order};
use crate::model::plan;
use crate::runbook::{Action, Followup, Id, Member, Notify, Parallel, Seconds, Watch};

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

    /// At the same time, each after those of the group it needs. What it needs from before the group has been done.
    fn parallel(&mut self, phase: &plan::Phase, parallel: &'a plan::Parallel) -> Vec<Action> {
        let steps = match order::sorted(&parallel.steps) {
            Ok(steps) => steps,
            Err(circle) => {
                self.diagnostics.push(*circle);
                return Vec::new();
            }
        };
        let group: HashSet<&str> = steps.iter().map(|step| step.head.id.value.as_str()).collect();
        let members: Vec<Member> = steps.into_iter().filter_map(|step| self.member(phase, step, &group)).collect();
        let all = u32::try_from(members.len()).unwrap_or(u32::MAX);
        let limit = parallel.limit.as_ref().map_or(all, |limit| limit.value.0.min(all));
        if let (Some(written), Some(0)) = (&parallel.limit, parallel.limit.as_ref().map(|limit| limit.value.0)) {
            let help = "let at least one run at a time, or leave `limit` out";
            self.refuse(&UNSUPPORTED_ACTION, written.place, "a group of which none may run does nothing", help);
            return Vec::new();
        }
        if members.len() <= 1 {
            return members.into_iter().map(|member| Action::Step(member.step)).collect();
        }
        let id = self.actions.free(&parallel.head.id.value, parallel.head.id.place);
        let title = members.iter().map(|member| member.step.id.as_str()).collect::<Vec<_>>().join(", ");
        vec![Action::Parallel(Parallel { id, title, members, limit, tolerated: 0 })]
    }

    fn member(&mut self, phase: &plan::Phase, step: &'a plan::Step, group: &HashSet<&str>) -> Option<Member> {
        let written = step.needs.iter().flat_map(|needs| needs.value.iter()).map(|need| need.value.0.as_str());
        let needs: Vec<Id> =
            written.filter(|name| group.contains(name)).filter_map(|name| Id::new(name).ok()).collect();
        let step = self.step(step, plan::Plan::changes_production(phase, step))?;
        Some(Member { step, needs })
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
