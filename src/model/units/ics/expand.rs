//! From events to the stretches of time they take, within bounds.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::IcsError;
use super::clock::{Clock, Clocks};
use super::event::{Event, Extent, Timed};
use super::rule::Rule;
use super::value::{Length, When};
use crate::model::units::{Civil, Duration, Instant, Interval};

/// One stretch of time that an event takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Occurrence<'a> {
    pub(super) interval: Interval,
    pub(super) event: &'a Event,
}

/// Expands the events of one calendar.
#[derive(Debug)]
pub(super) struct Expansion<'a> {
    pub(super) clocks: Clocks<'a>,
    pub(super) within: Interval,
}

/// Where an occurrence starts.
struct Start<'a> {
    civil: Civil,
    clock: Rc<Clock>,
    /// How far it reaches, and the time this is told from.
    extent: &'a Extent,
    origin: &'a Timed,
}

const DAY: i64 = Duration::DAY.milliseconds();

impl<'a> Expansion<'a> {
    pub(super) fn occurrences(&mut self, events: &'a [Event]) -> Result<Vec<Occurrence<'a>>, IcsError> {
        let mut replaced: HashMap<&str, HashSet<Instant>> = HashMap::new();
        for event in events {
            if let (Some(uid), Some(of)) = (&event.uid, &event.replaces) {
                replaced.entry(uid).or_default().insert(self.instant(of)?);
            }
        }
        let nothing = HashSet::new();
        let mut found = Vec::new();
        for event in events.iter().filter(|event| !event.is_cancelled) {
            let of_series = event.uid.as_deref().filter(|_| event.replaces.is_none());
            let gone = of_series.and_then(|uid| replaced.get(uid)).unwrap_or(&nothing);
            self.expand(event, gone, &mut found)?;
        }
        Ok(found)
    }

    fn expand(
        &mut self,
        event: &'a Event,
        gone: &HashSet<Instant>,
        found: &mut Vec<Occurrence<'a>>,
    ) -> Result<(), IcsError> {
        let clock = self.clocks.of(&event.start.when, &event.start.line)?;
        let mut except: HashSet<Instant> = HashSet::new();
        for date in &event.except_dates {
            except.insert(self.instant(date)?);
        }
        for rule in &event.except_rules {
            except.extend(self.starts(rule, event, &clock)?.into_iter().map(|civil| clock.readings(civil).0));
        }
        let mut civils = vec![event.start.when.civil()];
        for rule in &event.rules {
            civils.extend(self.starts(rule, event, &clock)?);
        }
        let regular = |civil| Start { civil, clock: Rc::clone(&clock), extent: &event.extent, origin: &event.start };
        let mut starts: Vec<Start<'_>> = civils.into_iter().map(regular).collect();
        for (date, extent) in &event.dates {
            let (extent, origin) = extent.as_ref().map_or((&event.extent, &event.start), |extent| (extent, date));
            let clock = self.clocks.of(&date.when, &date.line)?;
            starts.push(Start { civil: date.when.civil(), clock, extent, origin });
        }
        for start in starts {
            let (first, _) = start.clock.readings(start.civil);
            if except.contains(&first) || gone.contains(&first) {
                continue;
            }
            let interval = Interval { start: first, end: self.end(&start)? };
            if interval.overlaps(self.within) {
                found.push(Occurrence { interval, event });
            }
        }
        Ok(())
    }

    /// The wall clocks at which a rule starts, up to the end of what is asked for.
    fn starts(&mut self, rule: &Rule, event: &Event, clock: &Clock) -> Result<Vec<Civil>, IcsError> {
        let horizon = later(clock.local(self.within.end), DAY);
        let last = match &rule.until {
            None => horizon,
            Some(When::Date(until)) => later(until.next().midnight(), -1000),
            Some(When::Local(until, _)) => *until,
            Some(When::Utc(until)) => clock.local(Instant::clamped(until.milliseconds())),
        };
        rule.expand(event.start.when.civil(), last.min(horizon), &mut self.clocks.budget)
    }

    fn instant(&mut self, timed: &Timed) -> Result<Instant, IcsError> {
        Ok(self.clocks.of(&timed.when, &timed.line)?.readings(timed.when.civil()).0)
    }

    /// Days and wall-clock ends go by the clock, as calendars show them; hours are exact. What lasts no time still touches
    /// the instant it stands at.
    fn end(&mut self, start: &Start<'_>) -> Result<Instant, IcsError> {
        let (first, last) = start.clock.readings(start.civil);
        let end = match start.extent {
            Extent::Length(Length { days, exact }) => {
                let (_, last) = start.clock.readings(later(start.civil, days.saturating_mul(DAY)));
                last.checked_add(*exact).unwrap_or_else(|| Instant::clamped(i64::MAX))
            }
            Extent::Until(until) if same_clock(&until.when, &start.origin.when) => {
                let wall = until.when.civil().milliseconds() - start.origin.when.civil().milliseconds();
                // all-day events that end on the day they start are written by mistake for one day
                let wall = if wall == 0 && until.when.is_date() { DAY } else { wall };
                if wall < 0 {
                    return Err(before_it_starts(until));
                }
                start.clock.readings(later(start.civil, wall)).1
            }
            Extent::Until(until) => {
                let begun = self.instant(start.origin)?;
                let (_, over) = self.clocks.of(&until.when, &until.line)?.readings(until.when.civil());
                if over < begun {
                    return Err(before_it_starts(until));
                }
                last.checked_add(over.since(begun)).unwrap_or_else(|| Instant::clamped(i64::MAX))
            }
        };
        Ok(end.max(Instant::clamped(first.epoch_milliseconds() + 1)))
    }
}

fn before_it_starts(until: &Timed) -> IcsError {
    IcsError::at(&until.line, "this event ends before it starts")
}

fn same_clock(left: &When, right: &When) -> bool {
    match (left, right) {
        (When::Local(_, left), When::Local(_, right)) => left == right,
        (When::Date(_), When::Date(_)) | (When::Utc(_), When::Utc(_)) => true,
        (When::Date(_) | When::Local(..) | When::Utc(_), _) => false,
    }
}

fn later(civil: Civil, milliseconds: i64) -> Civil {
    Civil::from_milliseconds(civil.milliseconds().saturating_add(milliseconds))
}
