//! When something is due, as an instant.

use super::Lowering;
use super::diagnostics::UNSUPPORTED_TIME;
use crate::model::attribute::Due;
use crate::model::located::Located;
use crate::model::units::{Instant, Moment, ZoneError};
use crate::runbook::Epoch;
use crate::source::Place;

impl Lowering<'_> {
    /// A day is due at its end, a time that comes twice at its second coming.
    pub(super) fn due(&mut self, due: &Located<Due>) -> Option<Epoch> {
        let instant = match &due.value {
            Due::Offset(offset) => {
                let Some(window) = &self.window else {
                    let message = format!("`{offset}` counts from the start of the window, and this plan has none");
                    self.refuse_time(due.place, message);
                    return None;
                };
                let Some(instant) = offset.from(window.start()) else {
                    self.refuse_time(due.place, format!("`{offset}` lies outside the calendar"));
                    return None;
                };
                instant
            }
            Due::Moment(moment) => self.instant(moment, due.place)?,
        };
        Some(Epoch::new(instant.epoch_seconds_up()))
    }

    fn instant(&mut self, moment: &Moment, place: Place) -> Option<Instant> {
        if let Moment::Zoned(zoned) = moment {
            return Some(zoned.instant());
        }
        let Some(zone) = self.window.as_ref().map(|window| window.zone().clone()) else {
            self.refuse_time(place, format!("`{moment}` names no zone, and this plan has no window to take it from"));
            return None;
        };
        match moment {
            Moment::Zoned(zoned) => Some(zoned.instant()),
            Moment::Date(date) => Some(zone.end_of(*date)),
            Moment::Civil(civil) => match zone.resolve(*civil) {
                Ok(instant) => Some(instant),
                Err(ZoneError::Fold(fold)) => Some(fold.later),
                Err(ZoneError::Gap(gap)) => {
                    self.unsound(place, gap.into());
                    None
                }
            },
        }
    }

    fn refuse_time(&mut self, place: Place, message: String) {
        let help = "give the plan a `window` with `start`, `duration` and `zone`";
        self.refuse(&UNSUPPORTED_TIME, place, message, help);
    }
}
