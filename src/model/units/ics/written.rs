//! Events one by one, as they are written, each part with its place. When a series comes again is not worked out here.

use super::IcsError;
use super::budget::Budget;
use super::clock::{Clock, Clocks, known_elsewhere};
use super::component::{self, Component};
use super::event::{Event, Extent, Timed, unescaped};
use super::file::{Ics, floating_zone};
use super::lines::{self, Line};
use super::value::When;
use crate::model::units::{Duration, Instant, Moment, UtcOffset, Zone, Zoned};
use crate::source::Span;

/// Something that is said of an event, and the line that says it.
type Said<T> = Option<(T, Span)>;

/// A `VEVENT` as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenEvent {
    /// The line that opens it.
    pub span: Span,
    pub uid: Said<String>,
    pub summary: Said<String>,
    pub description: Said<String>,
    pub location: Said<String>,
    pub status: Said<String>,
    pub start: (Moment, Span),
    pub end: Said<Moment>,
    /// How long it is, where that is said instead of an end; a day is 24 hours.
    pub length: Said<Duration>,
    /// As `TZID` of its start names it.
    pub zone: Said<String>,
    pub all_day: bool,
    /// The rules by which it comes again, as they are written.
    pub rules: Vec<(String, Span)>,
    /// How many of its occurrences are left out.
    pub exceptions: usize,
    /// Whether it comes more than once.
    pub repeats: bool,
    pub is_cancelled: bool,
}

impl WrittenEvent {
    /// Every event of a text, in its order; what [`Ics::parse`] refuses is refused here too.
    pub fn all(text: &str) -> Result<Vec<Self>, IcsError> {
        Ics::parse(text)?;
        let mut events = Vec::new();
        let mut budget = Budget::default();
        for calendar in component::read(lines::read(text)?)? {
            let floating = calendar.only("X-WR-TIMEZONE")?.map(floating_zone).transpose()?;
            let zones: Vec<Component> = calendar.inner("VTIMEZONE").cloned().collect();
            let read = calendar.inner("VEVENT").map(|component| Ok((component, Event::read(component)?)));
            let read: Vec<(&Component, Event)> = read.collect::<Result<_, IcsError>>()?;
            let times = read.iter().flat_map(|(_, event)| [Some(&event.start), until(&event.extent)]).flatten();
            let last = times.map(|time| time.when.civil().milliseconds()).max().unwrap_or_default();
            let horizon = Instant::clamped(last.saturating_add(Duration::DAY.milliseconds() * 2));
            let clock = floating.clone().unwrap_or_else(Zone::utc);
            let mut times =
                Times { clocks: Clocks::new(&zones, clock, horizon, budget)?, has_zone: floating.is_some() };
            for (component, event) in read {
                events.push(times.event(component, &event)?);
            }
            budget = times.clocks.budget;
        }
        Ok(events)
    }
}

fn until(extent: &Extent) -> Option<&Timed> {
    match extent {
        Extent::Until(end) => Some(end),
        Extent::Length(_) => None,
    }
}

struct Times<'a> {
    clocks: Clocks<'a>,
    /// Whether the file says in which zone times without one are.
    has_zone: bool,
}

impl Times<'_> {
    fn event(&mut self, component: &Component, event: &Event) -> Result<WrittenEvent, IcsError> {
        let text = |name: &str| said(component, name, |line| unescaped(&line.value));
        let length = component.only("DURATION")?.map(|line| match event.extent {
            Extent::Length(length) => (length.whole(), line.span),
            Extent::Until(_) => (Duration::ZERO, line.span),
        });
        let end = until(&event.extent).map(|end| Ok((self.moment(end)?, end.line.span))).transpose()?;
        let rules: Vec<(String, Span)> =
            component.all("RRULE").map(|line| (line.value.trim().to_owned(), line.span)).collect();
        Ok(WrittenEvent {
            span: component.begin.span,
            uid: text("UID")?,
            summary: text("SUMMARY")?.filter(|(title, _)| !title.is_empty()),
            description: text("DESCRIPTION")?,
            location: text("LOCATION")?,
            status: said(component, "STATUS", |line| line.value.trim().to_ascii_lowercase())?,
            start: (self.moment(&event.start)?, event.start.line.span),
            end,
            length,
            zone: match &event.start.when {
                When::Local(_, Some(name)) => Some((name.clone(), event.start.line.span)),
                When::Local(_, None) | When::Date(_) | When::Utc(_) => None,
            },
            all_day: event.start.when.is_date(),
            repeats: !rules.is_empty() || !event.dates.is_empty(),
            rules,
            exceptions: event.except_dates.len(),
            is_cancelled: event.is_cancelled,
        })
    }

    /// A time without a zone stays one where the file names none either.
    fn moment(&mut self, time: &Timed) -> Result<Moment, IcsError> {
        let civil = time.when.civil();
        let zone = match &time.when {
            When::Date(date) => return Ok(Moment::Date(*date)),
            When::Local(_, None) if !self.has_zone => return Ok(Moment::Civil(civil)),
            When::Local(_, Some(name)) => Zone::parse(name).ok().or_else(|| known_elsewhere(name)),
            When::Local(_, None) | When::Utc(_) => None,
        };
        let clock = self.clocks.of(&time.when, &time.line)?;
        let (instant, _) = clock.readings(civil);
        let zone = match (&zone, &*clock) {
            (_, Clock::Zone(zone)) | (Some(zone), Clock::Defined(_)) => zone.clone(),
            // A zone of the file's own has no name that anybody else knows: what counts is how far it is from UTC then.
            (None, Clock::Defined(_)) => {
                let ahead = civil.milliseconds().saturating_sub(instant.epoch_milliseconds()) / 1000;
                i32::try_from(ahead).map_or_else(|_| Zone::utc(), |ahead| Zone::fixed(UtcOffset::from_seconds(ahead)))
            }
        };
        Ok(Moment::Zoned(Zoned::new(instant, zone)))
    }
}

fn said<T>(component: &Component, name: &str, read: impl Fn(&Line) -> T) -> Result<Said<T>, IcsError> {
    Ok(component.only(name)?.map(|line| (read(line), line.span)))
}
