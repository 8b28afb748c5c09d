//! What can fail, and what a run does about it: what no red flag says more of is taken back.

use super::Teller;
use crate::runbook::graph::{End, Graph, Node};
use crate::runbook::{Action, Condition, Consequence, Id, Parallel, Phase, Procedure, Step, Undo};

/// Something that can fail.
#[derive(Debug)]
pub(super) struct Failing<'a> {
    pub(super) what: What<'a>,
    /// Whether a red flag is raised by that alone, and lets nothing be taken back.
    pub(super) caught: bool,
    /// Whether something is in place then that has a way back.
    pub(super) undoes: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum What<'a> {
    Step(&'a Step),
    /// More of the members of a group than may.
    TooMany(&'a Parallel),
    /// A share of a canary, a probe, or the reading of a baseline.
    Other(&'a Action),
}

impl Teller<'_> {
    pub(super) fn failing(&self) -> Vec<Failing<'_>> {
        let graph = Graph::of(self.procedure);
        let phases = &self.procedure.phases;
        let actions = phases.iter().flat_map(|phase| phase.actions.iter().map(move |action| (phase, action)));
        let failing = actions.enumerate().flat_map(|(index, (phase, action))| {
            let undoes = leads_back(&graph, index, "fails");
            let caught = |what: What<'_>| self.caught(phase, action, what);
            let all = of_action(action).into_iter();
            all.map(|what| Failing { what, caught: caught(what), undoes }).collect::<Vec<_>>()
        });
        failing.collect()
    }

    /// Whether a hold that is refused has something taken back.
    pub(super) fn refusal_undoes(&self) -> bool {
        let graph = Graph::of(self.procedure);
        (0..self.procedure.actions().count()).any(|index| leads_back(&graph, index, "refused or expired"))
    }

    /// Whether a run can come to its good end, and something that failed is still to be repaired.
    pub(super) fn may_owe(&self) -> bool {
        self.procedure.red_flags.iter().any(|flag| flag.then == Consequence::FixForward) || self.spares_any()
    }

    /// Whether some of a group may fail, and the others go on.
    pub(super) fn spares_any(&self) -> bool {
        self.procedure.actions().any(|action| matches!(action, Action::Parallel(group) if spares(group) > 0))
    }

    fn caught(&self, phase: &Phase, action: &Action, what: What<'_>) -> bool {
        let of_action = [action.id()];
        let parts: Vec<&Id> = match what {
            What::Step(step) => vec![&step.id],
            What::TooMany(group) => group.members.iter().map(|member| &member.step.id).collect(),
            What::Other(_) => Vec::new(),
        };
        let raised = |failed: &[&Id]| {
            let mut armed = self.procedure.red_flags.iter().filter(|flag| flag.during.contains(&phase.id));
            armed.any(|flag| {
                flag.then != Consequence::Rollback && is_raised_by(self.procedure, &flag.condition, failed, &phase.id)
            })
        };
        raised(&of_action) || (!parts.is_empty() && parts.iter().all(|part| raised(&[*part])))
    }
}

fn leads_back(graph: &Graph<'_>, index: usize, when: &str) -> bool {
    let mut edges = graph.edges(Node::Action(index)).iter().filter(|edge| edge.when == when);
    edges.any(|edge| edge.to != Node::End(End::Stopped))
}

fn of_action(action: &Action) -> Vec<What<'_>> {
    match action {
        Action::Step(step) => vec![What::Step(step)],
        Action::Parallel(group) if spares(group) > 0 => vec![What::TooMany(group)],
        Action::Parallel(group) => group.members.iter().map(|member| What::Step(&member.step)).collect(),
        Action::Canary(_) | Action::Probe(_) | Action::Baseline(_) => vec![What::Other(action)],
        Action::Hold(_) | Action::Watch(_) | Action::Notify(_) | Action::Followup(_) => Vec::new(),
    }
}

/// How many of a group may fail: only what a command undoes is taken back by itself.
pub(super) fn spares(group: &Parallel) -> u32 {
    let undone = group.members.iter().all(|member| matches!(member.step.undo, Undo::Command(_)));
    if undone { group.tolerated } else { 0 }
}

/// Whatever else is true.
fn is_raised_by(procedure: &Procedure, condition: &Condition, failed: &[&Id], phase: &Id) -> bool {
    let raised = |part: &Condition| is_raised_by(procedure, part, failed, phase);
    match condition {
        Condition::All(parts) => parts.iter().all(raised),
        Condition::Any(parts) => parts.iter().any(raised),
        Condition::StepFailed(id) | Condition::ProbeFailed(id) => {
            procedure.failing_as(id).iter().any(|part| failed.contains(part))
        }
        Condition::PhaseFailed(id) => id == phase,
        Condition::Not(_) | Condition::Compare { .. } => false,
    }
}
