//! What does the work of a plan: steps and strategies, in the order they stand.

use crate::model::attribute::{Command, Statement};
use crate::model::located::Located;
use crate::model::plan::{Action, Phase, Plan, Step, Strategy};
use crate::model::read::Head;

/// A step or a strategy.
#[derive(Debug)]
pub(super) struct Work<'a> {
    pub(super) head: &'a Head,
    pub(super) undo: Option<&'a Located<Command>>,
    pub(super) irreversible: Option<&'a Located<Statement>>,
    pub(super) changes_production: bool,
    pub(super) phase: &'a Phase,
    /// Which action of the plan it is, or is part of.
    pub(super) rank: usize,
}

impl Work<'_> {
    /// "step `migrate`", "strategy `canary`".
    pub(super) fn name(&self) -> String {
        format!("{} `{}`", self.head.kind, self.head.id.value)
    }
}

/// Every action of a plan, with its phase.
pub(super) fn actions(plan: &Plan) -> impl Iterator<Item = (&Phase, &Action)> {
    plan.phases.iter().flat_map(|phase| phase.actions.iter().map(move |action| (phase, action)))
}

/// The work of all phases; that of `rollback` is none of it.
pub(super) fn works(plan: &Plan) -> Vec<Work<'_>> {
    let mut works = Vec::new();
    for (rank, (phase, action)) in actions(plan).enumerate() {
        match action {
            Action::Step(step) => works.push(of_step(phase, step, rank)),
            Action::Parallel(parallel) => works.extend(parallel.steps.iter().map(|step| of_step(phase, step, rank))),
            Action::Strategy(strategy) => works.push(of_strategy(phase, strategy, rank)),
            Action::Hold(_)
            | Action::Probe(_)
            | Action::Watch(_)
            | Action::Notify(_)
            | Action::Followup(_)
            | Action::Use(_) => {}
        }
    }
    works
}

/// Whether steps of procedures stand in the plan that are not known here.
pub(super) fn uses_procedures(plan: &Plan) -> bool {
    plan.phases.iter().any(|phase| phase.uses().next().is_some())
}

fn of_step<'a>(phase: &'a Phase, step: &'a Step, rank: usize) -> Work<'a> {
    Work {
        head: &step.head,
        undo: step.undo.as_ref(),
        irreversible: step.irreversible.as_ref(),
        changes_production: Plan::changes_production(phase, step),
        phase,
        rank,
    }
}

/// A strategy exchanges what runs in production, whatever phase it stands in.
fn of_strategy<'a>(phase: &'a Phase, strategy: &'a Strategy, rank: usize) -> Work<'a> {
    Work {
        head: &strategy.head,
        undo: strategy.undo.as_ref(),
        irreversible: strategy.irreversible.as_ref(),
        changes_production: true,
        phase,
        rank,
    }
}
