//! Whose wall clock a time of the file is on: a zone of the database, one that the file defines, or the reader's own.

use std::collections::HashMap;
use std::rc::Rc;
use std::str::FromStr;

use super::IcsError;
use super::budget::Budget;
use super::component::Component;
use super::lines::Line;
use super::rule::Rule;
use super::value::When;
use crate::model::units::{Civil, Duration, Instant, UtcOffset, Zone, ZoneError};

/// A wall clock.
#[derive(Debug)]
pub(super) enum Clock {
    Zone(Zone),
    Defined(Definition),
}

/// A `VTIMEZONE`: the offset at first, and the changes in their order.
#[derive(Debug)]
pub(super) struct Definition {
    first: UtcOffset,
    changes: Vec<(Instant, UtcOffset)>,
}

/// The clocks of one file.
#[derive(Debug)]
pub(super) struct Clocks<'a> {
    definitions: Vec<(&'a str, &'a Component)>,
    floating: Rc<Clock>,
    utc: Rc<Clock>,
    /// How far definitions are expanded.
    horizon: Instant,
    found: HashMap<String, Rc<Clock>>,
    pub(super) budget: Budget,
}

const DAY: i64 = Duration::DAY.milliseconds();

impl<'a> Clocks<'a> {
    /// `zones` are the `VTIMEZONE`s; `floating` is for times and dates without a zone.
    pub(super) fn new(
        zones: &'a [Component],
        floating: Zone,
        horizon: Instant,
        budget: Budget,
    ) -> Result<Self, IcsError> {
        let mut definitions = Vec::new();
        for zone in zones {
            let name = zone.only("TZID")?.ok_or_else(|| IcsError::at(&zone.begin, "this `VTIMEZONE` has no `TZID`"))?;
            definitions.push((name.value.as_str(), zone));
        }
        let (floating, utc) = (Rc::new(Clock::Zone(floating)), Rc::new(Clock::Zone(Zone::utc())));
        Ok(Self { definitions, floating, utc, horizon, found: HashMap::new(), budget })
    }

    pub(super) fn of(&mut self, when: &When, line: &Line) -> Result<Rc<Clock>, IcsError> {
        let name = match when {
            When::Utc(_) => return Ok(Rc::clone(&self.utc)),
            When::Date(_) | When::Local(_, None) => return Ok(Rc::clone(&self.floating)),
            When::Local(_, Some(name)) => name,
        };
        if let Some(clock) = self.found.get(name) {
            return Ok(Rc::clone(clock));
        }
        let clock = Rc::new(self.find(name, line)?);
        self.found.insert(name.clone(), Rc::clone(&clock));
        Ok(clock)
    }

    fn find(&mut self, name: &str, line: &Line) -> Result<Clock, IcsError> {
        if let Ok(zone) = Zone::parse(name) {
            return Ok(Clock::Zone(zone));
        }
        if let Some((_, component)) = self.definitions.iter().find(|(known, _)| *known == name) {
            return Definition::read(component, self.horizon, &mut self.budget).map(Clock::Defined);
        }
        known_elsewhere(name).map(Clock::Zone).ok_or_else(|| {
            IcsError::at(line, format!("the zone `{name}` is neither known nor defined in this file"))
                .help("use a name of the IANA time zone database, such as `Europe/Berlin`")
        })
    }
}

/// Names that other programs give to zones of the database: `W. Europe Standard Time`, `/registry.example/Europe/Berlin`.
pub(super) fn known_elsewhere(name: &str) -> Option<Zone> {
    if let Ok(known) = calcard::common::timezone::Tz::from_str(name) {
        return Zone::parse(&known.name()?).ok();
    }
    let parts = name.strip_prefix('/')?;
    parts.match_indices('/').filter_map(|(at, _)| parts.get(at + 1..)).find_map(|end| Zone::parse(end).ok())
}

impl Clock {
    /// The first and the last instant at which the clock shows `civil`; in a gap, what it would be had the clocks not been
    /// put forward (RFC 5545, section 3.3.5).
    pub(super) fn readings(&self, civil: Civil) -> (Instant, Instant) {
        match self {
            Self::Defined(definition) => definition.readings(civil),
            Self::Zone(zone) => match zone.resolve(civil) {
                Ok(instant) => (instant, instant),
                Err(ZoneError::Fold(fold)) => (fold.earlier, fold.later),
                Err(ZoneError::Gap(gap)) => {
                    let before = zone.offset_at(Instant::clamped(gap.change.epoch_milliseconds() - 1));
                    let instant = Instant::clamped(civil.milliseconds() - before.milliseconds());
                    (instant, instant)
                }
            },
        }
    }

    pub(super) fn local(&self, instant: Instant) -> Civil {
        match self {
            Self::Zone(zone) => zone.local(instant),
            Self::Defined(definition) => {
                let offset = definition.offset_before(definition.changes.partition_point(|(at, _)| *at <= instant));
                Civil::from_milliseconds(instant.epoch_milliseconds() + offset.milliseconds())
            }
        }
    }
}

impl Definition {
    fn read(zone: &Component, horizon: Instant, budget: &mut Budget) -> Result<Self, IcsError> {
        let mut changes = Vec::new();
        let mut first: Option<(Instant, UtcOffset)> = None;
        let observances = zone.inner.iter().filter(|inner| inner.kind == "STANDARD" || inner.kind == "DAYLIGHT");
        for observance in observances {
            let (from, to) = (offset(observance, "TZOFFSETFROM")?, offset(observance, "TZOFFSETTO")?);
            for civil in onsets(observance, from, horizon, budget)? {
                let at = Instant::clamped(civil.milliseconds() - from.milliseconds());
                changes.push((at, to));
                first = Some(first.map_or((at, from), |first| if at < first.0 { (at, from) } else { first }));
            }
        }
        changes.sort_unstable();
        let (_, first) =
            first.ok_or_else(|| IcsError::at(&zone.begin, "this `VTIMEZONE` has neither `STANDARD` nor `DAYLIGHT`"))?;
        Ok(Self { first, changes })
    }

    /// The offset before the change at an index.
    fn offset_before(&self, index: usize) -> UtcOffset {
        index.checked_sub(1).and_then(|last| self.changes.get(last)).map_or(self.first, |(_, offset)| *offset)
    }

    fn readings(&self, civil: Civil) -> (Instant, Instant) {
        let wall = civil.milliseconds();
        // no clock is further from UTC than two days
        let from = self.changes.partition_point(|(at, _)| at.epoch_milliseconds() < wall - 2 * DAY);
        let to = self.changes.partition_point(|(at, _)| at.epoch_milliseconds() <= wall + 2 * DAY);
        let mut found: Option<(Instant, Instant)> = None;
        let mut skipped = self.offset_before(from);
        for index in from..=to {
            let offset = self.offset_before(index);
            let instant = Instant::clamped(wall - offset.milliseconds());
            let begun =
                index.checked_sub(1).and_then(|last| self.changes.get(last)).is_none_or(|(at, _)| *at <= instant);
            let over = self.changes.get(index).is_some_and(|(at, _)| *at <= instant);
            if begun && !over {
                found = Some(found.map_or((instant, instant), |(first, _)| (first, instant)));
            }
            if begun {
                skipped = offset;
            }
        }
        let instant = Instant::clamped(wall - skipped.milliseconds());
        found.map_or((instant, instant), |(first, last)| (first.min(last), first.max(last)))
    }
}

/// When an observance begins, on the clock before it.
fn onsets(
    observance: &Component,
    from: UtcOffset,
    horizon: Instant,
    budget: &mut Budget,
) -> Result<Vec<Civil>, IcsError> {
    let line = observance
        .only("DTSTART")?
        .ok_or_else(|| IcsError::at(&observance.begin, format!("this `{}` has no `DTSTART`", observance.kind)))?;
    let first = When::read(line)?.civil();
    let horizon = Civil::from_milliseconds(horizon.epoch_milliseconds().saturating_add(DAY));
    let mut onsets = vec![first];
    for line in observance.all("RRULE") {
        let rule = Rule::read(line)?;
        let last = match &rule.until {
            Some(When::Utc(until)) => Civil::from_milliseconds(until.milliseconds() + from.milliseconds()),
            Some(When::Date(until)) => until.next().midnight(),
            Some(When::Local(until, _)) => *until,
            None => horizon,
        };
        onsets.extend(rule.expand(first, last.min(horizon), budget)?);
    }
    for line in observance.all("RDATE") {
        onsets.extend(When::read_all(line)?.iter().map(When::civil));
    }
    Ok(onsets)
}

/// `TZOFFSETFROM:-0800`.
fn offset(observance: &Component, name: &str) -> Result<UtcOffset, IcsError> {
    let line = observance
        .only(name)?
        .ok_or_else(|| IcsError::at(&observance.begin, format!("this `{}` has no `{name}`", observance.kind)))?;
    let digits = line.value.trim();
    let coloned = digits.split_at_checked(3).map(|(hours, rest)| (hours, rest.split_at_checked(2)));
    let Some((hours, Some((minutes, "" | "00")))) = coloned else {
        return Err(
            IcsError::at(line, format!("`{digits}` is not an offset from UTC")).help("write `+0100` or `-0800`")
        );
    };
    UtcOffset::parse(&format!("{hours}:{minutes}")).map_err(|error| IcsError { error, span: line.span })
}

#[cfg(test)]
mod tests {
    use super::super::{component, lines};
    use super::*;

    const BERLIN: &str = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:MyTimezone\n\
        BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n\
        BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n\
        END:VTIMEZONE\nEND:VCALENDAR\n";

    fn clock(text: &str) -> Result<Clock, String> {
        let calendars = component::read(lines::read(text).unwrap()).unwrap();
        let horizon = Instant::parse("2030-01-01T00:00Z").unwrap();
        Definition::read(&calendars[0].inner[0], horizon, &mut Budget::default())
            .map(Clock::Defined)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_zone_of_the_file_reads_as_the_zone_it_copies() {
        let (defined, known) = (clock(BERLIN).unwrap(), Clock::Zone(Zone::parse("Europe/Berlin").unwrap()));
        let start = Civil::parse("2025-12-01T00:00").unwrap().milliseconds();
        for half_hour in 0..20_000 {
            let civil = Civil::from_milliseconds(start + half_hour * 30 * 60_000);
            assert_eq!(defined.readings(civil), known.readings(civil), "{civil}");
            let instant = Instant::clamped(start + half_hour * 30 * 60_000);
            assert_eq!(defined.local(instant), known.local(instant), "{instant}");
        }
    }

    #[test]
    fn names_of_other_programs_are_known() {
        assert_eq!(known_elsewhere("W. Europe Standard Time").unwrap().name(), "Europe/Berlin");
        assert_eq!(known_elsewhere("/registry.example/Europe/Berlin").unwrap().name(), "Europe/Berlin");
        let far = known_elsewhere("/registry.example/a/b/America/Argentina/Ushuaia");
        assert_eq!(far.unwrap().name(), "America/Argentina/Ushuaia");
        assert_eq!(known_elsewhere("Mars"), None);
    }

    #[test]
    fn a_zone_that_says_too_little_is_refused() {
        let error = |text: &str| clock(text).unwrap_err();
        assert_eq!(
            error("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nEND:VTIMEZONE\nEND:VCALENDAR"),
            "this `VTIMEZONE` has neither `STANDARD` nor `DAYLIGHT`"
        );
        assert_eq!(error(&BERLIN.replace("TZOFFSETTO:+0100\n", "")), "this `STANDARD` has no `TZOFFSETTO`");
        assert_eq!(error(&BERLIN.replace("TZOFFSETTO:+0100", "TZOFFSETTO:+1")), "`+1` is not an offset from UTC");
        assert_eq!(error(&BERLIN.replace("DTSTART:16010101T030000\n", "")), "this `STANDARD` has no `DTSTART`");
    }
}
