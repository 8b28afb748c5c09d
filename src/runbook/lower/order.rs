//! `needs` turned into order: steps of a group are sorted, and whatever then comes too early is refused.

use std::collections::{BTreeSet, HashMap};

use super::Lowering;
use super::diagnostics::UNSUPPORTED_ORDER;
use crate::check::names::IN_PLANS;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::attribute::Reference;
use crate::model::located::Located;
use crate::model::plan;
use crate::runbook::{Id, Phase, Rollback};

/// One name in the `needs` of a step.
#[derive(Debug)]
pub(super) struct Need<'a> {
    pub(super) of: Id,
    pub(super) needed: &'a Located<Reference>,
}

/// The steps of a group, each after those it needs, otherwise as written.
pub(super) fn sorted(steps: &[plan::Step]) -> Result<Vec<&plan::Step>, Box<Diagnostic>> {
    let by_name: HashMap<&str, usize> =
        steps.iter().enumerate().map(|(index, step)| (step.head.id.value.as_str(), index)).collect();
    let needs = |step: &'_ plan::Step| -> BTreeSet<usize> {
        let names = step.needs.iter().flat_map(|needs| needs.value.iter());
        names.filter_map(|name| by_name.get(name.value.0.as_str()).copied()).collect()
    };
    let mut waits: Vec<usize> = Vec::with_capacity(steps.len());
    let mut freed_by: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    for (index, step) in steps.iter().enumerate() {
        let needed = needs(step);
        waits.push(needed.len());
        for earlier in needed {
            if let Some(freed) = freed_by.get_mut(earlier) {
                freed.push(index);
            }
        }
    }
    let mut ready: BTreeSet<usize> =
        waits.iter().enumerate().filter(|(_, waits)| **waits == 0).map(|(index, _)| index).collect();
    let mut order = Vec::with_capacity(steps.len());
    while let Some(index) = ready.pop_first() {
        order.extend(steps.get(index));
        for freed in freed_by.get(index).into_iter().flatten() {
            if let Some(waits) = waits.get_mut(*freed) {
                *waits -= 1;
                if *waits == 0 {
                    ready.insert(*freed);
                }
            }
        }
    }
    let stuck: BTreeSet<usize> =
        (0..steps.len()).filter(|index| waits.get(*index).is_some_and(|waits| *waits > 0)).collect();
    let Some(first) = stuck.first() else { return Ok(order) };
    let next = |index: usize| steps.get(index).and_then(|step| needs(step).intersection(&stuck).next().copied());
    let circle = circle(*first, next);
    let circle: Vec<&plan::Step> = circle.into_iter().filter_map(|index| steps.get(index)).collect();
    Err(in_a_circle(&circle))
}

/// From a step that waits for ever to one that is waited for again, without the way there.
fn circle(first: usize, next: impl Fn(usize) -> Option<usize>) -> Vec<usize> {
    let mut way = vec![first];
    while let Some(needed) = way.last().and_then(|last| next(*last)) {
        if let Some(begins) = way.iter().position(|step| *step == needed) {
            return way.split_off(begins);
        }
        way.push(needed);
    }
    way
}

fn in_a_circle(circle: &[&plan::Step]) -> Box<Diagnostic> {
    let names = circle.iter().chain(circle.first()).map(|step| format!("`{}`", step.head.id.value));
    let message = format!("steps wait for each other: {}", names.collect::<Vec<_>>().join(" needs "));
    let place = circle.first().map(|step| step.needs.as_ref().map_or(step.head.id.place, |needs| needs.place));
    let said = match place {
        Some(place) => Diagnostic::new(&UNSUPPORTED_ORDER, place, message),
        None => Diagnostic::without_place(&UNSUPPORTED_ORDER, message),
    };
    Box::new(said.help("take one of the `needs` out of the circle"))
}

impl Lowering<'_> {
    /// Refuses what needs something later, or something that is not there.
    pub(super) fn check_order(&mut self, phases: &[Phase], rollback: &Rollback) {
        let actions = phases.iter().flat_map(|phase| &phase.actions);
        let actions = actions.flat_map(|action| action.members().map(|step| &step.id).chain([action.id()]));
        let all = actions.chain(rollback.steps.iter().map(|step| &step.id));
        let position: HashMap<&Id, usize> = all.enumerate().map(|(index, id)| (id, index)).collect();
        for Need { of, needed } in std::mem::take(&mut self.needs) {
            let name = &needed.value.0;
            let Some(found) = self.actions.find(name) else {
                let help = did_you_mean(name, self.actions.known())
                    .map_or_else(|| "name a step of the plan".to_owned(), |meant| format!("did you mean `{meant}`?"));
                let message = format!("`{of}` needs `{name}`, which the plan does not have");
                self.diagnostics.push(Diagnostic::new(IN_PLANS.unknown, needed.place, message).help(help));
                continue;
            };
            // what was refused itself has no position: that has been said
            let (Some(mine), Some(theirs)) = (position.get(&of), position.get(found)) else { continue };
            if theirs < mine {
                continue;
            }
            let (message, help) = if found == &of {
                (format!("`{of}` needs itself"), format!("take `{name}` out of `needs`"))
            } else {
                (format!("`{of}` needs `{name}`, which comes after it"), format!("move `{name}` before `{of}`"))
            };
            self.diagnostics.push(Diagnostic::new(&UNSUPPORTED_ORDER, needed.place, message).help(help));
        }
    }
}
