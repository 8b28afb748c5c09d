//! Calendars: freezes and other times that policies name. A calendar is the set of instants that meet all its conditions.

use super::interval::merged;
use super::{Hours, Ics, IcsError, Instant, Interval, Moment, Pattern, UnitError, Weekday, Window, Zone, ZoneError};

/// What a calendar is made of, each part optional.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conditions {
    /// The first day, or the instant it begins.
    pub from: Option<Moment>,
    /// The last day, to its end; or the instant it ends.
    pub to: Option<Moment>,
    /// Where days and hours are judged; without it, where the window is that is asked about.
    pub zone: Option<Zone>,
    /// None given is every day.
    pub weekdays: Vec<Weekday>,
    /// None given is the whole day; `22:00-06:00` belongs to the day it begins on.
    pub hours: Vec<Hours>,
    /// When an iCalendar file is closed.
    pub events: Option<Ics>,
}

/// Conditions that can be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    from: Option<Moment>,
    to: Option<Moment>,
    zone: Option<Zone>,
    pattern: Pattern,
    events: Option<Ics>,
}

/// What is wrong with a calendar, by the part that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarError {
    /// It has no condition: it would be always.
    Empty(UnitError),
    From(UnitError),
    To(UnitError),
    Events(IcsError),
}

/// What is wrong, without the part that says it.
impl From<CalendarError> for UnitError {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::Empty(error) | CalendarError::From(error) | CalendarError::To(error) => error,
            CalendarError::Events(error) => error.error,
        }
    }
}

/// Where a window and a calendar meet first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The first stretch that is in both.
    pub interval: Interval,
    /// The title of the event it falls into, where an iCalendar file gives one.
    pub title: Option<String>,
}

impl Calendar {
    pub fn new(conditions: Conditions) -> Result<Self, CalendarError> {
        let Conditions { from, to, zone, weekdays, hours, events } = conditions;
        let pattern = Pattern { weekdays, hours };
        if from.is_none() && to.is_none() && pattern.is_always() && events.is_none() {
            return Err(CalendarError::Empty(
                UnitError::new("a calendar without a condition is always")
                    .help("give it `from` and `to`, `weekdays`, `hours` or `ics`"),
            ));
        }
        let calendar = Self { from, to, zone, pattern, events };
        // without a zone wall clocks compare among themselves in any zone; with instants they must wait for the window
        let zoned = |moment: &Option<Moment>| matches!(moment, Some(Moment::Zoned(_)));
        let probe = match &calendar.zone {
            Some(zone) => Some(zone.clone()),
            None if zoned(&calendar.from) == zoned(&calendar.to) => Some(Zone::utc()),
            None => None,
        };
        if let Some(zone) = probe {
            calendar.bounds(&zone)?;
        }
        Ok(calendar)
    }

    /// The first stretch of the window that is in the calendar.
    pub fn overlap(&self, window: &Window) -> Result<Option<Overlap>, CalendarError> {
        self.first_in(window.touched(), window.zone())
    }

    /// The first stretch of `within` that is in the calendar; `zone` where the calendar names none.
    pub fn first_in(&self, within: Interval, zone: &Zone) -> Result<Option<Overlap>, CalendarError> {
        let zone = self.zone.as_ref().unwrap_or(zone);
        let Some(within) = self.bounds(zone)?.intersection(within) else {
            return Ok(None);
        };
        let Some(events) = &self.events else {
            let interval = self.pattern.intervals(zone, within).next();
            return Ok(interval.map(|interval| Overlap { interval, title: None }));
        };
        let closed = events.closed(within, self.zone.as_ref(), zone).map_err(CalendarError::Events)?;
        let stretches = closed.intervals.iter().filter_map(|closed| closed.intersection(within));
        let interval = merged(stretches.flat_map(|stretch| self.pattern.intervals(zone, stretch))).next();
        Ok(interval.map(|interval| {
            let title = closed.title_at(interval.start).map(str::to_owned);
            Overlap { interval, title }
        }))
    }

    /// Every stretch of `within` that is in the calendar, in order: what a runbook carries instead of a calendar.
    pub fn intervals(&self, within: Interval, zone: &Zone) -> Result<Vec<Interval>, CalendarError> {
        let zone = self.zone.as_ref().unwrap_or(zone);
        let Some(within) = self.bounds(zone)?.intersection(within) else {
            return Ok(Vec::new());
        };
        let Some(events) = &self.events else {
            return Ok(self.pattern.intervals(zone, within).collect());
        };
        let closed = events.closed(within, self.zone.as_ref(), zone).map_err(CalendarError::Events)?;
        let stretches = closed.intervals.iter().filter_map(|closed| closed.intersection(within));
        Ok(merged(stretches.flat_map(|stretch| self.pattern.intervals(zone, stretch))).collect())
    }

    /// From the first reading of `from` to the last reading of `to`.
    fn bounds(&self, zone: &Zone) -> Result<Interval, CalendarError> {
        let start = match &self.from {
            None => Instant::clamped(i64::MIN),
            Some(Moment::Date(date)) => zone.start_of(*date),
            Some(Moment::Zoned(zoned)) => zoned.instant(),
            Some(Moment::Civil(civil)) => match zone.resolve(*civil) {
                Ok(instant) => instant,
                Err(ZoneError::Fold(fold)) => fold.earlier,
                Err(ZoneError::Gap(gap)) => return Err(CalendarError::From(gap.into())),
            },
        };
        let end = match &self.to {
            None => Instant::clamped(i64::MAX),
            Some(Moment::Date(date)) => zone.end_of(*date),
            Some(Moment::Zoned(zoned)) => zoned.instant(),
            Some(Moment::Civil(civil)) => match zone.resolve(*civil) {
                Ok(instant) => instant,
                Err(ZoneError::Fold(fold)) => fold.later,
                Err(ZoneError::Gap(gap)) => return Err(CalendarError::To(gap.into())),
            },
        };
        match (Interval::new(start, end).filter(|bounds| !bounds.is_empty()), &self.to) {
            (Some(bounds), _) => Ok(bounds),
            (None, Some(to)) => {
                let error = UnitError::new(format!("the calendar is over at `{to}`, before it begins"));
                Err(CalendarError::To(error.help("`to` is the last day, or the time it ends: write one after `from`")))
            }
            (None, None) => {
                Err(CalendarError::From(UnitError::new("the calendar begins after the last year there is")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::{Civil, Duration};

    fn moment(text: &str) -> Option<Moment> {
        Moment::parse(text).ok()
    }

    fn window(start: &str, duration: &str, zone: &str) -> Window {
        let duration = Duration::parse(duration).unwrap();
        Window::at(Civil::parse(start).unwrap(), duration, Zone::parse(zone).unwrap()).unwrap()
    }

    fn year_end() -> Calendar {
        let zone = Zone::parse("Europe/Berlin").ok();
        Calendar::new(Conditions {
            from: moment("2026-12-18"),
            to: moment("2027-01-04"),
            zone,
            ..Conditions::default()
        })
        .unwrap()
    }

    /// Where a calendar meets a window first, on the clock of the window.
    fn first(calendar: &Calendar, window: &Window) -> String {
        match calendar.overlap(window).unwrap() {
            Some(overlap) => {
                let title = overlap.title.map(|title| format!(" {title}")).unwrap_or_default();
                format!("{}{title}", window.zone().local(overlap.interval.start))
            }
            None => "free".to_owned(),
        }
    }

    #[test]
    fn the_last_day_is_in_to_its_end() {
        let calendar = year_end();
        assert_eq!(first(&calendar, &window("2027-01-04T23:59", "30m", "Europe/Berlin")), "2027-01-04T23:59");
        assert_eq!(first(&calendar, &window("2027-01-05T00:00", "30m", "Europe/Berlin")), "free");
        assert_eq!(first(&calendar, &window("2026-12-17T23:30", "30m", "Europe/Berlin")), "free");
        assert_eq!(first(&calendar, &window("2026-12-17T23:30", "31m", "Europe/Berlin")), "2026-12-18T00:00");
        assert_eq!(first(&calendar, &window("2026-12-18T00:00", "0s", "Europe/Berlin")), "2026-12-18T00:00");
        assert_eq!(first(&calendar, &window("2026-11-01T00:00", "60d", "Europe/Berlin")), "2026-12-18T00:00");
    }

    #[test]
    fn days_are_judged_in_the_zone_of_the_calendar_or_else_of_the_window() {
        let tokyo = window("2026-12-18T06:00", "1h", "Asia/Tokyo");
        assert_eq!(first(&year_end(), &tokyo), "free");
        let anywhere = Calendar::new(Conditions { from: moment("2026-12-18"), ..Conditions::default() }).unwrap();
        assert_eq!(first(&anywhere, &tokyo), "2026-12-18T06:00");
    }

    #[test]
    fn all_conditions_must_be_met() {
        let calendar = Calendar::new(Conditions {
            from: moment("2026-11-01"),
            to: moment("2026-11-30"),
            weekdays: vec![Weekday::Friday, Weekday::Saturday],
            hours: vec![Hours::parse("09:00-17:00").unwrap(), Hours::parse("22:00-06:00").unwrap()],
            ..Conditions::default()
        })
        .unwrap();
        let first = |start, duration| first(&calendar, &window(start, duration, "Europe/Berlin"));
        assert_eq!(first("2026-11-27T08:00", "1h"), "free");
        assert_eq!(first("2026-11-27T08:00", "1h1m"), "2026-11-27T09:00");
        assert_eq!(first("2026-11-29T05:00", "1h"), "2026-11-29T05:00");
        assert_eq!(first("2026-11-29T06:00", "1d"), "free");
        assert_eq!(first("2026-11-27T04:00", "1h"), "free");
        assert_eq!(first("2026-12-04T10:00", "1h"), "free");
        assert_eq!(first("2026-10-31T01:00", "1h"), "free");
    }

    #[test]
    fn events_give_their_title() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Christmas\nDTSTART:20261224\nDTEND:20261227\nEND:VEVENT\nEND:VCALENDAR\n";
        let events = Ics::parse(text).ok();
        let calendar = Calendar::new(Conditions { events, ..Conditions::default() }).unwrap();
        assert_eq!(first(&calendar, &window("2026-12-23T23:30", "1h", "Asia/Tokyo")), "2026-12-24T00:00 Christmas");
        assert_eq!(first(&calendar, &window("2026-12-27T00:00", "1h", "Asia/Tokyo")), "free");
        let business = Calendar::new(Conditions {
            events: Ics::parse(text).ok(),
            hours: vec![Hours::parse("09:00-17:00").unwrap()],
            ..Conditions::default()
        });
        assert_eq!(
            first(&business.unwrap(), &window("2026-12-24T00:00", "1d", "Asia/Tokyo")),
            "2026-12-24T09:00 Christmas"
        );
    }

    #[test]
    fn a_runbook_gets_the_instants() {
        let calendar = Calendar::new(Conditions {
            weekdays: vec![Weekday::Friday],
            to: moment("2026-11-27T12:00"),
            ..Conditions::default()
        });
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        let fortnight = window("2026-11-19T00:00", "2w", "Europe/Berlin").touched();
        let found = calendar.unwrap().intervals(fortnight, &berlin).unwrap();
        let seconds: Vec<(i64, i64)> = found.into_iter().map(Interval::epoch_seconds).collect();
        assert_eq!(seconds, [(1_795_129_200, 1_795_215_600), (1_795_734_000, 1_795_777_200)]);
    }

    #[test]
    fn what_can_never_be_met_is_refused() {
        let error = |from: &str, to: &str, zone: Option<&str>| {
            let zone = zone.map(|name| Zone::parse(name).unwrap());
            match Calendar::new(Conditions { from: moment(from), to: moment(to), zone, ..Conditions::default() }) {
                Ok(_) => "fine".to_owned(),
                Err(CalendarError::From(error)) => format!("from: {error}"),
                Err(CalendarError::To(error)) => format!("to: {error}"),
                Err(CalendarError::Empty(error)) => error.message,
                Err(CalendarError::Events(error)) => error.to_string(),
            }
        };
        assert_eq!(
            error("2027-01-04", "2026-12-18", None),
            "to: the calendar is over at `2026-12-18`, before it begins"
        );
        assert_eq!(error("2026-12-18", "2026-12-18", None), "fine");
        assert_eq!(
            error("2026-12-18T10:00", "2026-12-18T10:00", None),
            "to: the calendar is over at `2026-12-18T10:00`, before it begins"
        );
        assert_eq!(error("2026-12-18T10:00Z", "2026-12-18", None), "fine");
        assert_eq!(
            error("2026-12-18T10:00Z", "2026-12-01", Some("Europe/Berlin")),
            "to: the calendar is over at `2026-12-01`, before it begins"
        );
        assert_eq!(
            error("2026-03-29T02:30", "2026-12-18", Some("Europe/Berlin")),
            "from: 02:30 does not exist on 2026-03-29 in Europe/Berlin: clocks go from 02:00 to 03:00"
        );
        assert!(matches!(Calendar::new(Conditions::default()), Err(CalendarError::Empty(_))));
    }

    #[test]
    fn ends_that_come_twice_are_taken_at_their_widest() {
        let zone = Zone::parse("Europe/Berlin").ok();
        let calendar = Calendar::new(Conditions {
            from: moment("2026-10-25T02:15"),
            to: moment("2026-10-25T02:30"),
            zone,
            ..Conditions::default()
        });
        let day = window("2026-10-25T00:00", "1d", "Europe/Berlin");
        let overlap = calendar.unwrap().overlap(&day).unwrap().unwrap();
        assert_eq!(overlap.interval.duration().to_string(), "1h15m");
    }
}
