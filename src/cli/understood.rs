//! What a plan that people wrote for people was taken for: what runs, in which order, and what is taken back.

use crate::model::plan::{Action, Parallel, Phase, Plan, Step};

/// A line for each phase that does something, and for what is asked before and done after them.
pub(super) fn understood(plan: &Plan) -> Vec<String> {
    let boxes: usize = plan.checklists.iter().map(|list| list.items.len()).sum();
    let asked = (boxes > 0).then(|| format!("asked before all of it: {}", of_boxes(boxes)));
    let phases = plan.phases.iter().filter(|phase| !phase.actions.is_empty()).map(of_phase);
    let back = plan.rollback.iter().filter(|back| !back.steps.is_empty());
    let back = back.map(|back| format!("rollback: {}", of_steps(&back.steps)));
    asked.into_iter().chain(phases).chain(back).collect()
}

fn of_boxes(count: usize) -> String {
    if count == 1 { "1 box".to_owned() } else { format!("{count} boxes") }
}

fn of_phase(phase: &Phase) -> String {
    let actions: Vec<String> = phase.actions.iter().map(of_action).collect();
    format!("{}: {}", phase.name(), actions.join(", "))
}

fn of_action(action: &Action) -> String {
    match action {
        Action::Step(step) => of_step(step),
        Action::Parallel(Parallel { head, steps, .. }) => {
            format!("parallel {} ({})", head.id.value, of_steps(steps))
        }
        Action::Hold(_) => named("hold", action),
        Action::Probe(_) => named("probe", action),
        Action::Watch(_) => named("watch", action),
        Action::Notify(_) => named("notify", action),
        Action::Followup(_) => named("followup", action),
        Action::Strategy(_) => named("strategy", action),
        Action::Use(_) => named("use", action),
    }
}

fn of_steps(steps: &[Step]) -> String {
    steps.iter().map(of_step).collect::<Vec<_>>().join(", ")
}

fn of_step(step: &Step) -> String {
    let name = &step.head.id.value;
    if step.undo.is_some() { format!("{name} (undo)") } else { name.clone() }
}

fn named(kind: &str, action: &Action) -> String {
    format!("{kind} {}", action.head().id.value)
}
