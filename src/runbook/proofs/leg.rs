//! The parts that a length of time is made of, and where the plan says them.

use crate::diagnostic::Diagnostic;
use crate::model::plan::{self, Plan};
use crate::model::read::Head;
use crate::model::units::Duration;
use crate::runbook::{Id, Seconds};
use crate::source::Place;

/// How many of the longest are named.
const NAMED: usize = 3;

/// One part of a path, and the longest it can take.
#[derive(Debug)]
pub(super) struct Leg {
    /// As a message names it: "`migrate`", "the way back".
    pub(super) name: String,
    pub(super) time: Seconds,
    pub(super) stands: Stands,
}

/// Where the plan says a part; looked for only where it is told.
#[derive(Debug)]
pub(super) enum Stands {
    AtId(Id),
    At(Place),
    Nowhere,
}

impl Leg {
    /// Of something with an id.
    pub(super) fn of(id: &Id, time: Seconds) -> Self {
        Self { name: format!("`{id}`"), time, stands: Stands::AtId(id.clone()) }
    }
}

/// "`migrate` 10m12s, the way back 5m": the longest, longest first.
pub(super) fn longest(legs: &[Leg]) -> String {
    let named: Vec<String> = first(legs).map(|leg| format!("{} {}", leg.name, leg.time.written())).collect();
    named.join(", ")
}

/// Says beside the longest how long they can take.
pub(super) fn labelled(diagnostic: Diagnostic, legs: &[Leg], plan: &Plan) -> Diagnostic {
    first(legs).fold(diagnostic, |diagnostic, leg| {
        let place = match &leg.stands {
            Stands::AtId(id) => place_of(plan, id),
            Stands::At(place) => Some(*place),
            Stands::Nowhere => None,
        };
        match place {
            Some(place) => diagnostic.related(place, format!("takes up to {}", leg.time.written())),
            None => diagnostic,
        }
    })
}

fn first(legs: &[Leg]) -> impl Iterator<Item = &Leg> {
    let mut sorted: Vec<&Leg> = legs.iter().filter(|leg| leg.time > Seconds::ZERO).collect();
    sorted.sort_by_key(|leg| std::cmp::Reverse(leg.time));
    sorted.into_iter().take(NAMED)
}

/// The next whole minute: what a person would write.
pub(super) fn in_minutes(time: Seconds) -> Duration {
    Seconds::new(time.get().div_ceil(60)).times(60).written()
}

/// Where the plan names what became `id`.
pub(super) fn place_of(plan: &Plan, id: &Id) -> Option<Place> {
    let actions = plan.phases.iter().flat_map(|phase| phase.actions.iter().map(plan::Action::head));
    let steps = plan.phases.iter().flat_map(|phase| phase.steps().map(|step| &step.head));
    let undos = plan.rollback.iter().flat_map(|rollback| rollback.steps.iter().map(|step| &step.head));
    let items = plan.checklists.iter().flat_map(|checklist| checklist.items.iter().map(|item| &item.head));
    let mut heads = actions.chain(steps).chain(undos).chain(items);
    let named = |head: &&Head| head.id.value == id.as_str() || Id::nearest(&head.id.value) == *id;
    heads.find(named).map(|head| head.id.place)
}
