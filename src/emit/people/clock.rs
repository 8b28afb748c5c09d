//! Times and lengths of time as people say them, in the zone of the plan.

use crate::model::plan::Plan;
pub(super) use crate::model::units::in_words as took;
use crate::model::units::{Civil, Instant, Window, Zone};
use crate::runbook::{Epoch, Seconds};

/// The plan's window and its zone; UTC where it has none.
#[derive(Debug)]
pub(super) struct Clock {
    pub(super) zone: Zone,
    pub(super) window: Option<Window>,
}

impl Clock {
    pub(super) fn of(plan: &Plan) -> Self {
        let window = plan.window.as_ref().and_then(|written| written.resolve()?.ok());
        Self { zone: window.as_ref().map_or_else(Zone::utc, |window| window.zone().clone()), window }
    }

    /// `Tue 2026-11-24 10:00 Europe/Berlin`
    pub(super) fn moment(&self, at: Epoch) -> String {
        self.local(at).map_or_else(|| unheard_of(at), |local| format!("{} {} {}", day(local), self.time(at), self.zone))
    }

    /// `Tue 2026-11-24`
    pub(super) fn day(&self, at: Epoch) -> String {
        self.local(at).map_or_else(|| unheard_of(at), day)
    }

    /// `10:00:05`, and which one is meant where clocks show it twice.
    pub(super) fn time(&self, at: Epoch) -> String {
        self.time_since(at, at)
    }

    /// The same beside a time that was said before: `02:10+01:00` where the clocks have changed since, too.
    pub(super) fn time_since(&self, at: Epoch, before: Epoch) -> String {
        let Some(instant) = Instant::from_epoch_seconds(at.get()) else { return unheard_of(at) };
        let (time, offset) = (self.zone.local(instant).time(), self.zone.offset_at(instant));
        let changed = Instant::from_epoch_seconds(before.get()).is_some_and(|then| self.zone.offset_at(then) != offset);
        if changed || self.zone.shows_twice(instant) { format!("{time}{offset}") } else { time }
    }

    fn local(&self, at: Epoch) -> Option<Civil> {
        Instant::from_epoch_seconds(at.get()).map(|instant| self.zone.local(instant))
    }
}

fn day(local: Civil) -> String {
    format!("{} {}", local.date().weekday().short(), local.date())
}

fn unheard_of(at: Epoch) -> String {
    format!("second {} of 1970", at.get())
}

/// A limit: never shorter than it is, and no more exact than anybody needs. `90 s`, `21 min`, `2 h 5 min`.
pub(super) fn at_most(length: Seconds) -> String {
    let seconds = length.get();
    if seconds < 120 { took(seconds) } else { took(seconds.div_ceil(60) * 60) }
}

/// What somebody chose, and what acts then: as long as it is.
pub(super) fn exactly(length: Seconds) -> String {
    took(length.get())
}

/// What there is at least of something, no more exact than anybody needs.
pub(super) fn at_least(length: Seconds) -> String {
    let seconds = length.get();
    if seconds < 120 { took(seconds) } else { took(seconds / 60 * 60) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_never_shorter_than_it_is() {
        let said = |seconds| at_most(Seconds::new(seconds));
        assert_eq!(
            [said(0), said(66), said(120), said(606), said(7500)],
            ["0 s", "1 min 6 s", "2 min", "11 min", "2 h 5 min"]
        );
        assert_eq!(at_least(Seconds::new(179)), "2 min");
        assert_eq!(took(90_252), "1 d 1 h 4 min 12 s");
    }

    #[test]
    fn a_time_is_said_with_its_day_in_the_zone_of_the_plan() {
        let clock = Clock { zone: Zone::parse("Europe/Berlin").unwrap(), window: None };
        assert_eq!(clock.moment(Epoch::new(1_795_510_800)), "Tue 2026-11-24 10:00 Europe/Berlin");
        assert_eq!(clock.time(Epoch::new(1_795_510_805)), "10:00:05");
    }

    #[test]
    fn of_a_time_that_comes_twice_it_is_said_which_one_is_meant() {
        let clock = Clock { zone: Zone::parse("Europe/Berlin").unwrap(), window: None };
        let half_past_two = Epoch::new(1_792_888_200);
        assert_eq!(clock.moment(half_past_two), "Sun 2026-10-25 02:30+02:00 Europe/Berlin");
        assert_eq!(clock.time(Epoch::new(1_792_891_800)), "02:30+01:00");
        assert_eq!(clock.time(Epoch::new(1_792_893_600)), "03:00");
        assert_eq!(clock.time_since(Epoch::new(1_792_893_600), half_past_two), "03:00+01:00");
    }
}
