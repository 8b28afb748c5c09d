//! Checklists: what is due before the run is asked for when it starts, what is due later is owed.
//!
//! At the start a command is run, a signature is a hold for the one who signs, and an item that nothing settles is a hold
//! for the lead (or, without one, for anybody of the team). What is done, skipped or shown by evidence is not asked again.

use super::Lowering;
use super::defaults::{RETRY_DELAY, SIGNATURES, STEP_TIMEOUT};
use super::diagnostics::UNSUPPORTED_ACTION;
use crate::model::attribute::{Done, Due};
use crate::model::located::Located;
use crate::model::plan::{Checklist, Item};
use crate::model::units;
use crate::runbook::{Action, Command, Followup, Hold, Person, Phase, Step, Undo};

impl<'a> Lowering<'a> {
    /// What is asked comes before the first phase, what is owed after the last.
    pub(super) fn add_checklists(&mut self, phases: &mut Vec<Phase>) {
        let plan = self.plan;
        let (mut asked, mut owed) = (Vec::new(), Vec::new());
        for checklist in &plan.checklists {
            for item in checklist.items.iter().filter(|item| !is_settled(item)) {
                let due = item.due.as_ref().or(checklist.due.as_ref());
                match due.map(|due| self.comes_later(due)) {
                    None | Some(Some(false)) => asked.extend(self.ask(checklist, item)),
                    Some(Some(true)) => owed.extend(due.and_then(|due| self.owe(item, due))),
                    Some(None) => {}
                }
            }
        }
        if !asked.is_empty() {
            let id = self.phases.free("checklist", plan.head.id.place);
            phases.insert(0, Phase { id, title: "Checklist".to_owned(), actions: asked });
        }
        if let Some(last) = phases.last_mut() {
            last.actions.extend(owed);
        }
    }

    /// Whether it is due after the window opens; none after saying why nobody knows.
    fn comes_later(&mut self, due: &Located<Due>) -> Option<bool> {
        if let Due::Offset(offset) = &due.value {
            return Some(offset.duration() > units::Duration::ZERO);
        }
        let due = self.due(due)?.get();
        Some(self.window.as_ref().is_some_and(|window| due > window.start().epoch_seconds_up()))
    }

    fn ask(&mut self, checklist: &Checklist, item: &'a Item) -> Vec<Action> {
        let place = item.head.id.place;
        let mut asked = Vec::new();
        if let Some(run) = &item.run {
            asked.push(Action::Step(Step {
                id: self.actions.free(&item.head.id.value, place),
                title: item.head.label().to_owned(),
                command: Command { run: run.value.0.clone(), timeout: STEP_TIMEOUT, ..Command::default() },
                verify: None,
                undo: Undo::None,
                changes: false,
                retries: 0,
                retry_delay: RETRY_DELAY,
                idempotent: true,
                captures: Vec::new(),
                noted_by: None,
                host: None,
            }));
        }
        if item.by.is_some() || item.run.is_none() {
            asked.extend(self.signature(checklist, item).map(Action::Hold));
        }
        asked
    }

    fn signature(&mut self, checklist: &Checklist, item: &'a Item) -> Option<Hold> {
        let by = match &item.by {
            Some(by) => vec![self.person(&by.value, by.place)?],
            None => self.anybody()?,
        };
        if by.is_empty() {
            let message = format!(
                "`{}` of `{}` is open, and nobody is there to say that it is done",
                item.head.label(),
                checklist.head.label()
            );
            let help = "settle it with `run`, `by`, `evidence`, `done` or `skip`, or name a `lead` in `team`";
            self.refuse(&UNSUPPORTED_ACTION, item.head.id.place, message, help);
            return None;
        }
        Some(Hold {
            id: self.actions.free(&item.head.id.value, item.head.id.place),
            title: item.head.label().to_owned(),
            by,
            needs: SIGNATURES,
            expires: None,
        })
    }

    /// Who may say that something is done: the lead, or anybody where there is none.
    fn anybody(&mut self) -> Option<Vec<Person>> {
        let Some(team) = &self.plan.team else { return Some(Vec::new()) };
        let lead = team.role("lead").map(|lead| lead.0.iter().map(|(person, _)| person).collect());
        let people: Vec<&units::Person> = lead.unwrap_or_else(|| team.everybody());
        people.into_iter().map(|person| self.person(person, team.head.id.place)).collect()
    }

    fn owe(&mut self, item: &'a Item, due: &Located<Due>) -> Option<Action> {
        let due = self.due(due)?;
        let by = match &item.by {
            Some(by) => Some(self.person(&by.value, by.place)?),
            None => None,
        };
        let id = self.actions.free(&item.head.id.value, item.head.id.place);
        Some(Action::Followup(Followup { id, title: item.head.label().to_owned(), due, by }))
    }
}

/// Whether there is nothing left to ask.
fn is_settled(item: &Item) -> bool {
    let done = item.done.as_ref().is_some_and(|done| done.value != Done::Flag(false));
    let shown = item.evidence.is_some() && item.run.is_none() && item.by.is_none();
    done || shown || item.skip.is_some()
}
