//! From a wall clock's time in a zone to the instant: one, none in a gap, two in a fold.

use super::{Civil, Date, Instant, UnitError, UtcOffset, Zone};

/// Why a wall-clock time is not one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZoneError {
    /// Clocks were put forward over it.
    Gap(Gap),
    /// Clocks were put back over it.
    Fold(Fold),
}

/// A time that no clock of the zone showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub civil: Civil,
    pub zone: Zone,
    /// When the clocks were put forward.
    pub change: Instant,
}

/// A time that the clocks of the zone showed twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    pub civil: Civil,
    pub zone: Zone,
    pub earlier: Instant,
    pub later: Instant,
    /// When the clocks were put back.
    pub change: Instant,
}

impl Zone {
    /// The one instant at which clocks here show `civil`.
    pub fn resolve(&self, civil: Civil) -> Result<Instant, ZoneError> {
        use jiff::tz::AmbiguousOffset::{Fold as Twice, Gap as Never, Unambiguous};
        let at = |offset: jiff::tz::Offset| Instant::clamped(civil.milliseconds() - i64::from(offset.seconds()) * 1000);
        match self.clock().to_ambiguous_timestamp(civil.value()).offset() {
            Unambiguous { offset } => Ok(at(offset)),
            Never { after, .. } => {
                let change = self.change_after(at(after), after);
                Err(ZoneError::Gap(Gap { civil, zone: self.clone(), change }))
            }
            Twice { before, after } => {
                let (earlier, later) = (at(before), at(after));
                let change = self.change_after(earlier, after);
                Err(ZoneError::Fold(Fold { civil, zone: self.clone(), earlier, later, change }))
            }
        }
    }

    /// What clocks here show at an instant.
    pub fn local(&self, instant: Instant) -> Civil {
        Civil::of(self.clock().to_datetime(instant.timestamp()))
    }

    /// Whether clocks here show the time of an instant once more, before or after it.
    pub fn shows_twice(&self, instant: Instant) -> bool {
        matches!(self.resolve(self.local(instant)), Err(ZoneError::Fold(_)))
    }

    /// The first instant whose date here is `date` or later: midnight, or the change that skipped it.
    pub fn start_of(&self, date: Date) -> Instant {
        match self.resolve(date.midnight()) {
            Ok(instant) => instant,
            Err(ZoneError::Gap(gap)) => gap.change,
            Err(ZoneError::Fold(fold)) => fold.earlier,
        }
    }

    /// The instant from which on the date here is later than `date`.
    pub fn end_of(&self, date: Date) -> Instant {
        match self.resolve(date.next().midnight()) {
            Ok(instant) => instant,
            Err(ZoneError::Gap(gap)) => gap.change,
            Err(ZoneError::Fold(fold)) => fold.later,
        }
    }

    /// The first change of the clocks to `offset` after an instant.
    fn change_after(&self, instant: Instant, offset: jiff::tz::Offset) -> Instant {
        let mut changes = self.clock().following(instant.timestamp()).take(4);
        changes.find(|change| change.offset() == offset).map_or(instant, |change| Instant::of(change.timestamp()))
    }
}

impl Gap {
    /// The first time clocks showed after the gap.
    pub fn first_after(&self) -> Civil {
        self.zone.local(self.change)
    }
}

impl Fold {
    /// The offsets of the earlier and the later reading.
    pub fn offsets(&self) -> (UtcOffset, UtcOffset) {
        (self.zone.offset_at(self.earlier), self.zone.offset_at(self.later))
    }
}

impl From<ZoneError> for UnitError {
    fn from(error: ZoneError) -> Self {
        match error {
            ZoneError::Gap(gap) => gap.into(),
            ZoneError::Fold(fold) => fold.into(),
        }
    }
}

impl From<Gap> for UnitError {
    fn from(gap: Gap) -> Self {
        let (from, to) = change_of_clocks(&gap.zone, gap.change);
        Self::new(format!(
            "{} does not exist on {} in {}: clocks go from {from} to {to}",
            gap.civil.time(),
            gap.civil.date(),
            gap.zone
        ))
        .help(format!("the first time after the change is `{}`", gap.first_after()))
    }
}

impl From<Fold> for UnitError {
    fn from(fold: Fold) -> Self {
        let (from, to) = change_of_clocks(&fold.zone, fold.change);
        let (first, second) = fold.offsets();
        let Fold { civil, zone, .. } = &fold;
        let (time, date) = (civil.time(), civil.date());
        Self::new(format!(
            "{time} comes twice on {date} in {zone}, at {first} and at {second}: clocks go back from {from} to {to}"
        ))
        .help(format!(
            "write the offset: `{civil}{first}[{zone}]` for the first time, `{civil}{second}[{zone}]` for the second"
        ))
    }
}

/// What clocks show when they are changed, and what they are changed to; with the dates where they differ.
fn change_of_clocks(zone: &Zone, change: Instant) -> (String, String) {
    let before = zone.offset_at(Instant::clamped(change.epoch_milliseconds() - 1));
    let from = Civil::from_milliseconds(change.epoch_milliseconds() + before.milliseconds());
    let to = zone.local(change);
    if from.date() == to.date() {
        return (from.time(), to.time());
    }
    (format!("{} {}", from.date(), from.time()), format!("{} {}", to.date(), to.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(civil: &str, zone: &str) -> String {
        match Zone::parse(zone).unwrap().resolve(Civil::parse(civil).unwrap()) {
            Ok(instant) => instant.to_string(),
            Err(error) => UnitError::from(error).message,
        }
    }

    #[test]
    fn most_times_are_one_instant() {
        assert_eq!(resolve("2026-11-24T10:00", "Europe/Berlin"), "2026-11-24T09:00:00Z");
        assert_eq!(resolve("2024-02-29T23:59:59.999", "Asia/Kathmandu"), "2024-02-29T18:14:59.999Z");
        assert_eq!(resolve("2026-03-29T03:00", "Europe/Berlin"), "2026-03-29T01:00:00Z");
        assert_eq!(resolve("2026-03-29T01:59", "Europe/Berlin"), "2026-03-29T00:59:00Z");
    }

    #[test]
    fn a_time_in_a_gap_does_not_exist() {
        assert_eq!(
            resolve("2026-03-29T02:30", "Europe/Berlin"),
            "02:30 does not exist on 2026-03-29 in Europe/Berlin: clocks go from 02:00 to 03:00"
        );
        assert_eq!(
            resolve("2026-10-04T02:15", "Australia/Lord_Howe"),
            "02:15 does not exist on 2026-10-04 in Australia/Lord_Howe: clocks go from 02:00 to 02:30"
        );
        assert_eq!(
            resolve("2011-12-30T10:00", "Pacific/Apia"),
            "10:00 does not exist on 2011-12-30 in Pacific/Apia: clocks go from 2011-12-30 00:00 to 2011-12-31 00:00"
        );
    }

    #[test]
    fn a_time_in_a_fold_comes_twice_and_the_cure_is_the_offset() {
        let civil = Civil::parse("2026-10-25T02:30").unwrap();
        let error = UnitError::from(Zone::parse("Europe/Berlin").unwrap().resolve(civil).unwrap_err());
        assert_eq!(
            error.message,
            "02:30 comes twice on 2026-10-25 in Europe/Berlin, at +02:00 and at +01:00: clocks go back from 03:00 to 02:00"
        );
        assert_eq!(
            error.help.unwrap(),
            "write the offset: `2026-10-25T02:30+02:00[Europe/Berlin]` for the first time, \
             `2026-10-25T02:30+01:00[Europe/Berlin]` for the second"
        );
        assert_eq!(
            resolve("2027-04-04T01:45", "Australia/Lord_Howe"),
            "01:45 comes twice on 2027-04-04 in Australia/Lord_Howe, at +11:00 and at +10:30: clocks go back from 02:00 to 01:30"
        );
    }

    #[test]
    fn a_day_starts_at_the_first_instant_it_has() {
        let start =
            |date: &str, zone: &str| Zone::parse(zone).unwrap().start_of(Date::parse(date).unwrap()).to_string();
        let end = |date: &str, zone: &str| Zone::parse(zone).unwrap().end_of(Date::parse(date).unwrap()).to_string();
        assert_eq!(start("2026-12-18", "Europe/Berlin"), "2026-12-17T23:00:00Z");
        assert_eq!(end("2027-01-04", "Europe/Berlin"), "2027-01-04T23:00:00Z");
        assert_eq!(start("2018-11-04", "America/Sao_Paulo"), "2018-11-04T03:00:00Z");
        assert_eq!(start("2011-12-30", "Pacific/Apia"), "2011-12-30T10:00:00Z");
        assert_eq!(end("2011-12-30", "Pacific/Apia"), "2011-12-30T10:00:00Z");
    }
}
