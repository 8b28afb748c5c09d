//! The times a plan speaks of, and when they are: read in the window's zone, counted from its start.

use crate::model::attribute::{Done, Due};
use crate::model::located::Located;
use crate::model::plan::Plan;
use crate::model::units::{Instant, Moment, Zone, ZoneError};
use crate::source::Place;

/// Where and from when a plan counts its times.
#[derive(Debug)]
pub(super) struct Clock {
    pub(super) zone: Option<Zone>,
    /// When the window opens; the first reading of a time that comes twice.
    pub(super) start: Option<Instant>,
}

impl Clock {
    pub(super) fn of(plan: &Plan) -> Self {
        let Some(window) = &plan.window else { return Self { zone: None, start: None } };
        let written = window.start.as_ref().map(|start| &start.value);
        let zone = match (&window.zone, written) {
            (Some(zone), _) => Some(zone.value.clone()),
            (None, Some(Moment::Zoned(zoned))) => Some(zoned.zone().clone()),
            (None, Some(Moment::Date(_) | Moment::Civil(_)) | None) => None,
        };
        let mut clock = Self { zone, start: None };
        clock.start = written.filter(|start| !matches!(start, Moment::Date(_))).and_then(|start| clock.first(start));
        clock
    }

    /// The first instant a moment can mean.
    pub(super) fn first(&self, moment: &Moment) -> Option<Instant> {
        match moment {
            Moment::Zoned(zoned) => Some(zoned.instant()),
            Moment::Date(date) => Some(self.zone.as_ref()?.start_of(*date)),
            Moment::Civil(civil) => Some(match self.zone.as_ref()?.resolve(*civil) {
                Ok(instant) => instant,
                Err(ZoneError::Gap(gap)) => gap.change,
                Err(ZoneError::Fold(fold)) => fold.earlier,
            }),
        }
    }

    /// The instant something must be done by: a day counts through its end.
    pub(super) fn deadline(&self, due: &Due) -> Option<Instant> {
        match due {
            Due::Offset(offset) => offset.from(self.start?),
            Due::Moment(Moment::Date(date)) => Some(self.zone.as_ref()?.end_of(*date)),
            Due::Moment(Moment::Civil(civil)) => Some(match self.zone.as_ref()?.resolve(*civil) {
                Ok(instant) => instant,
                Err(ZoneError::Gap(gap)) => gap.change,
                Err(ZoneError::Fold(fold)) => fold.later,
            }),
            Due::Moment(Moment::Zoned(zoned)) => Some(zoned.instant()),
        }
    }

    /// As a clock on the wall of the window shows it.
    pub(super) fn show(&self, instant: Instant) -> String {
        match &self.zone {
            Some(zone) => format!("{} {zone}", zone.local(instant)),
            None => instant.to_string(),
        }
    }
}

/// Every moment that is written in a plan.
pub(super) fn moments(plan: &Plan) -> Vec<(&Moment, Place)> {
    let start = plan.window.iter().filter_map(|window| window.start.as_ref());
    let staged = plan.staged.iter().filter_map(|staged| staged.at.as_ref());
    let mut found: Vec<_> = start.chain(staged).map(|written| (&written.value, written.place)).collect();
    found.extend(dues(plan).filter_map(|due| match &due.value {
        Due::Moment(moment) => Some((moment, due.place)),
        Due::Offset(_) => None,
    }));
    let items = plan.checklists.iter().flat_map(|checklist| &checklist.items);
    found.extend(items.filter_map(|item| match &item.done {
        Some(Located { value: Done::At(moment), place }) => Some((moment, *place)),
        Some(Located { value: Done::Flag(_), .. }) | None => None,
    }));
    found
}

/// Everything that says when something is due.
pub(super) fn dues(plan: &Plan) -> impl Iterator<Item = &Located<Due>> {
    let checklists = plan
        .checklists
        .iter()
        .flat_map(|checklist| checklist.due.iter().chain(checklist.items.iter().filter_map(|item| item.due.as_ref())));
    let followups = plan.phases.iter().flat_map(|phase| phase.followups().filter_map(|owed| owed.due.as_ref()));
    checklists.chain(followups)
}
