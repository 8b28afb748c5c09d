//! How long a step, a phase or a whole plan takes at worst, as the proofs know it.

use super::document::Document;
use super::names::{Kind, Mention};
use super::scene::Scene;
use crate::model::units::Duration;
use crate::runbook::{Action, Procedure, Seconds};

/// The longest a thing of a plan can take, in words; nothing where the plan cannot be run as it stands.
pub(super) fn of(scene: &Scene<'_>, document: &Document, mention: &Mention) -> Option<String> {
    let around = scene.around()?;
    let (run, file) = around.narrow(&document.path)?;
    let stands_in = |judged: &&crate::session::JudgedPlan| {
        let place = judged.plan.plan.head.place;
        place.file == file && place.span.contains(mention.span)
    };
    let judged = run.checked.plans.iter().find(stands_in)?;
    let procedure = around.procedure(&run, judged)?;
    let name = mention.name.as_str();
    match mention.kind {
        Kind::Plan => Some(of_plan(&procedure)),
        Kind::Phase => {
            let phase = procedure.phases.iter().find(|phase| phase.id.as_str() == name)?;
            Some(longest(phase.actions.iter().map(Action::worst_case).sum()))
        }
        Kind::Step | Kind::Probe => {
            let action = procedure.actions().find(|action| action.id().as_str() == name).map(Action::worst_case);
            let step = || procedure.steps().find(|step| step.id.as_str() == name);
            let back = || procedure.rollback.steps.iter().find(|step| step.id.as_str() == name);
            action.or_else(|| step().or_else(back).map(crate::runbook::Step::worst_case)).map(longest)
        }
        Kind::Hold
        | Kind::Metric
        | Kind::Role
        | Kind::Procedure
        | Kind::Parameter
        | Kind::Calendar
        | Kind::Variable
        | Kind::Rule => None,
    }
}

fn of_plan(procedure: &Procedure) -> String {
    let (whole, back) = (procedure.worst_case(), procedure.worst_rollback());
    format!("{}, of which the way back takes {}", longest(whole), written(back))
}

fn longest(seconds: Seconds) -> String {
    format!("At worst: {}", written(seconds))
}

fn written(seconds: Seconds) -> String {
    let milliseconds = i64::try_from(seconds.get().saturating_mul(1000)).unwrap_or(i64::MAX);
    Duration::from_milliseconds(milliseconds).to_string()
}
