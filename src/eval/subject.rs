//! Which parts of a plan a rule speaks of.

use super::condition::condition;
use super::context::{Context, Scope};
use crate::model::data::{Data, Value};
use crate::model::plan::window_of;
use crate::model::policy::{Subject, SubjectKind};
use crate::model::units::Zone;

/// Whether a red flag's subject takes a plan in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selected {
    Yes,
    No,
    /// Its `when` cannot be known, for this reason.
    Unknown(String),
}

/// One subject with its variables.
pub(super) fn scopes<'a>(subject: &Subject, plan: &'a Value, context: &'a Context<'a>) -> Vec<Scope<'a>> {
    let zone = zone_of(plan);
    match subject.kind {
        SubjectKind::Plan => vec![Scope::of_plan(plan, zone, context)],
        SubjectKind::PlanPart(part) => {
            let Data::Record(record) = &plan.data else { return Vec::new() };
            let Some(Value { data: Data::List(items), .. }) = record.field(part.list()) else { return Vec::new() };
            items.iter().map(|item| Scope::of_part(item, plan, zone.clone(), context)).collect()
        }
        SubjectKind::Document(_) => Vec::new(),
    }
}

/// Whether a plan is among those a policy's red flag is for.
pub fn selects(subject: &Subject, plan: &Value, context: &Context<'_>) -> Selected {
    let Some(when) = &subject.when else { return Selected::Yes };
    let Some(scope) = scopes(subject, plan, context).into_iter().next() else { return Selected::No };
    match condition(when, &scope) {
        Ok(true) => Selected::Yes,
        Ok(false) => Selected::No,
        Err(unknown) => Selected::Unknown(unknown.message()),
    }
}

/// The zone civil times of a plan are read in.
fn zone_of(plan: &Value) -> Option<Zone> {
    let Data::Record(record) = &plan.data else { return None };
    let Data::Record(window) = &record.field("window")?.data else { return None };
    match window.field("zone").map(|zone| &zone.data) {
        Some(Data::Zone(zone)) => Some(zone.clone()),
        _ => window_of(window).map(|window| window.zone().clone()),
    }
}
