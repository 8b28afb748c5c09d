//! `window { … }`: when work may happen.

use crate::model::record::record;
use crate::model::types::{Naming, Type};
use crate::model::units::{Duration, Moment, UnitError, Window, Zone};

record! {
    /// When the deployment may happen; every guard and rule of time is judged against it.
    pub struct WindowBlock = "window", Naming::Anonymous;
    attributes {
        /// when it opens, in the window's zone unless the time names its own
        required start "start": Moment;
        /// how long it stays open
        required duration "duration": Duration;
        /// the IANA time zone its days and hours are judged in
        optional zone "zone": Zone;
    }
    blocks {}
    derived {
        /// when it closes
        "end": Type::Moment;
    }
}

impl WindowBlock {
    /// The time this window stands for: `None` where something it needs is not given, an error where it cannot be.
    pub fn resolve(&self) -> Option<Result<Window, UnitError>> {
        let zone = self.zone.as_ref().map(|zone| &zone.value);
        window_at(&self.start.as_ref()?.value, self.duration.as_ref()?.value, zone)
    }
}

/// A day alone says no time, and a civil time alone names no instant: neither opens a window.
pub(super) fn window_at(start: &Moment, duration: Duration, zone: Option<&Zone>) -> Option<Result<Window, UnitError>> {
    let window = match start {
        Moment::Date(_) => return None,
        Moment::Civil(civil) => Window::at(*civil, duration, zone?.clone()),
        Moment::Zoned(zoned) => Window::new(zoned.instant(), duration, zone.unwrap_or(zoned.zone()).clone()),
    };
    Some(window.map_err(UnitError::from))
}
