//! A whole iCalendar text, and the question it answers: when is it closed?

use super::IcsError;
use super::budget::Budget;
use super::clock::{Clocks, known_elsewhere};
use super::component::{self, Component};
use super::event::Event;
use super::expand::Expansion;
use super::lines;
use crate::model::units::interval::{complement, union};
use crate::model::units::{Instant, Interval, Zone};

/// The calendars of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ics {
    calendars: Vec<Sheet>,
}

/// One `VCALENDAR`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sheet {
    events: Vec<Event>,
    zones: Vec<Component>,
    /// `X-WR-TIMEZONE`: the zone of times and dates without one.
    floating: Option<lines::Line>,
    events_mean: Meaning,
}

/// `X-CALENDAR-TYPE`: what an event does to the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Closed,
    Open,
}

/// When a calendar is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::model::units) struct Closed {
    /// In order, joined where they touch; they may reach out of what was asked for.
    pub(in crate::model::units) intervals: Vec<Interval>,
    titles: Vec<(Interval, String)>,
}

impl Ics {
    /// Reads a text. What it refuses, it refuses here: only repetitions without number are found later.
    pub fn parse(text: &str) -> Result<Self, IcsError> {
        let lines = lines::read(text)?;
        let calendars = component::read(lines)?;
        if calendars.is_empty() {
            let whole = crate::source::Span::of(0..text.len());
            return Err(IcsError::new(whole, "this is not an iCalendar file: it holds no `VCALENDAR`"));
        }
        let calendars = calendars.into_iter().map(Sheet::read).collect::<Result<Vec<_>, _>>()?;
        let file = Self { calendars };
        let epoch = Instant::clamped(0);
        file.closed(Interval { start: epoch, end: epoch }, Some(&Zone::utc()), &Zone::utc())?;
        Ok(file)
    }

    /// How many events are written in it, each series counted once.
    pub fn event_count(&self) -> usize {
        self.calendars.iter().map(|calendar| calendar.events.len()).sum()
    }

    /// When it is closed, as far as that touches `within`. Times without a zone are in `zone` if given, else in the zone that
    /// the file names, else in `fallback`.
    pub(in crate::model::units) fn closed(
        &self,
        within: Interval,
        zone: Option<&Zone>,
        fallback: &Zone,
    ) -> Result<Closed, IcsError> {
        let mut intervals = Vec::new();
        let mut titles = Vec::new();
        let mut budget = Budget::default();
        for calendar in &self.calendars {
            let floating = match zone {
                Some(zone) => zone.clone(),
                None => calendar.floating(fallback)?,
            };
            let clocks = Clocks::new(&calendar.zones, floating, within.end, budget)?;
            let mut expansion = Expansion { clocks, within };
            let occurrences = expansion.occurrences(&calendar.events)?;
            budget = expansion.clocks.budget;
            let taken = union(occurrences.iter().map(|occurrence| occurrence.interval).collect());
            match calendar.events_mean {
                Meaning::Open => intervals.extend(complement(within, &taken)),
                Meaning::Closed => {
                    intervals.extend(taken);
                    titles.extend(occurrences.iter().filter_map(|one| Some((one.interval, one.event.title.clone()?))));
                }
            }
        }
        Ok(Closed { intervals: union(intervals), titles })
    }
}

impl Closed {
    /// The title of an event that closes the calendar at an instant.
    pub(in crate::model::units) fn title_at(&self, instant: Instant) -> Option<&str> {
        self.titles.iter().find(|(interval, _)| interval.contains(instant)).map(|(_, title)| title.as_str())
    }
}

impl Sheet {
    fn read(calendar: Component) -> Result<Self, IcsError> {
        let events_mean = meaning(&calendar)?;
        let floating = calendar.only("X-WR-TIMEZONE")?.cloned();
        let events = calendar.inner("VEVENT").map(Event::read).collect::<Result<_, _>>()?;
        let zones = calendar.inner.into_iter().filter(|inner| inner.kind == "VTIMEZONE").collect();
        Ok(Self { events, zones, floating, events_mean })
    }

    fn floating(&self, fallback: &Zone) -> Result<Zone, IcsError> {
        let Some(line) = &self.floating else {
            return Ok(fallback.clone());
        };
        floating_zone(line)
    }
}

/// The zone that `X-WR-TIMEZONE` names.
pub(super) fn floating_zone(line: &lines::Line) -> Result<Zone, IcsError> {
    let name = line.value.trim();
    match Zone::parse(name) {
        Ok(zone) => Ok(zone),
        Err(error) => known_elsewhere(name).ok_or(IcsError { error, span: line.span }),
    }
}

fn meaning(calendar: &Component) -> Result<Meaning, IcsError> {
    let Some(line) = calendar.only("X-CALENDAR-TYPE")? else {
        return Ok(Meaning::Closed);
    };
    match line.value.trim() {
        "DEFAULT_OPEN" => Ok(Meaning::Closed),
        "DEFAULT_CLOSED" => Ok(Meaning::Open),
        other => Err(IcsError::at(line, format!("`{other}` is not a type of calendar"))
            .help("write `DEFAULT_OPEN`, where events close it, or `DEFAULT_CLOSED`, where they open it")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn calendar(body: &str) -> String {
        format!("BEGIN:VCALENDAR\nVERSION:2.0\n{body}\nEND:VCALENDAR\n")
    }

    fn event(body: &str) -> String {
        calendar(&format!("BEGIN:VEVENT\nUID:1\n{body}\nEND:VEVENT"))
    }

    /// When a text is closed between two instants, floating times in Berlin.
    fn closed(text: &str, start: &str, end: &str) -> Vec<String> {
        let within = Interval { start: Instant::parse(start).unwrap(), end: Instant::parse(end).unwrap() };
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        match Ics::parse(text).and_then(|file| file.closed(within, None, &berlin)) {
            Ok(closed) => {
                closed.intervals.iter().map(|interval| format!("{} {}", interval.start, interval.end)).collect()
            }
            Err(error) => vec![format!("{error} @ {}", error.span.text(text))],
        }
    }

    fn in_2026(text: &str) -> Vec<String> {
        closed(text, "2026-01-01T00:00Z", "2027-01-01T00:00Z")
    }

    #[test]
    fn the_end_of_an_all_day_event_is_the_day_after() {
        let days = event("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227");
        assert_eq!(in_2026(&days), ["2026-12-23T23:00:00Z 2026-12-26T23:00:00Z"]);
        for one in ["DTSTART;VALUE=DATE:20261224", "DTSTART:20261224\nDTEND:20261224", "DTSTART:20261224\nDURATION:P1D"]
        {
            assert_eq!(in_2026(&event(one)), ["2026-12-23T23:00:00Z 2026-12-24T23:00:00Z"], "{one}");
        }
    }

    #[test]
    fn times_are_in_the_zone_they_name() {
        let at = |start: &str| in_2026(&event(&format!("DTSTART{start}\nDURATION:PT1H")));
        assert_eq!(at(":20261224T090000Z"), ["2026-12-24T09:00:00Z 2026-12-24T10:00:00Z"]);
        assert_eq!(at(":20261224T090000"), ["2026-12-24T08:00:00Z 2026-12-24T09:00:00Z"]);
        assert_eq!(at(";TZID=Asia/Tokyo:20261224T090000"), ["2026-12-24T00:00:00Z 2026-12-24T01:00:00Z"]);
        assert_eq!(
            at(";TZID=\"W. Europe Standard Time\":20261224T090000"),
            ["2026-12-24T08:00:00Z 2026-12-24T09:00:00Z"]
        );
        assert_eq!(
            at(";TZID=Mars:20261224T090000"),
            ["the zone `Mars` is neither known nor defined in this file @ DTSTART;TZID=Mars:20261224T090000"]
        );
        let named = calendar("X-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT\nDTSTART:20261224T090000\nEND:VEVENT");
        assert_eq!(in_2026(&named), ["2026-12-24T00:00:00Z 2026-12-24T00:00:00.001Z"]);
        let misnamed = named.replace("Asia/Tokyo", "Asia/Tokio");
        assert_eq!(in_2026(&misnamed), ["no time zone is called `Asia/Tokio` @ X-WR-TIMEZONE:Asia/Tokio"]);
    }

    #[test]
    fn a_zone_that_the_file_defines_is_used() {
        let text = calendar(
            "BEGIN:VTIMEZONE\nTZID:MyTimezone\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0330\nTZOFFSETTO:-0330\n\
             END:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=MyTimezone:20261224T090000\nDURATION:PT1H\nEND:VEVENT",
        );
        assert_eq!(in_2026(&text), ["2026-12-24T12:30:00Z 2026-12-24T13:30:00Z"]);
    }

    #[test]
    fn series_keep_their_wall_clock_over_changes_of_clocks() {
        let text = event(
            "DTSTART;TZID=Europe/Berlin:20261023T180000\nDTEND;TZID=Europe/Berlin:20261026T060000\nRRULE:FREQ=WEEKLY;COUNT=2",
        );
        assert_eq!(
            in_2026(&text),
            ["2026-10-23T16:00:00Z 2026-10-26T05:00:00Z", "2026-10-30T17:00:00Z 2026-11-02T05:00:00Z"]
        );
    }

    #[test]
    fn until_is_included_whatever_form_it_has() {
        for until in ["20261113", "20261113T170000Z", "20261113T180000"] {
            let text = event(&format!(
                "DTSTART;TZID=Europe/Berlin:20261106T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL={until}"
            ));
            assert_eq!(in_2026(&text).len(), 2, "{until}");
        }
    }

    #[test]
    fn exceptions_replacements_and_further_dates_count() {
        let series = "DTSTART;TZID=Europe/Berlin:20261106T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\n\
                      EXDATE;TZID=Europe/Berlin:20261113T180000\nRDATE;VALUE=PERIOD:20261201T000000Z/PT2H,20261202T000000Z/20261202T010000Z";
        let moved = "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20261120T170000Z\nDTSTART:20261121T100000Z\nDTEND:20261121T110000Z\nEND:VEVENT";
        let dropped = "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20261127T170000Z\nDTSTART:20261127T170000Z\nSTATUS:CANCELLED\nEND:VEVENT";
        let other = "BEGIN:VEVENT\nUID:2\nRECURRENCE-ID:20261106T170000Z\nDTSTART:20261106T170000Z\nSTATUS:CANCELLED\nEND:VEVENT";
        let text = calendar(&format!("BEGIN:VEVENT\nUID:1\n{series}\nEND:VEVENT\n{moved}\n{dropped}\n{other}"));
        assert_eq!(
            in_2026(&text),
            [
                "2026-11-06T17:00:00Z 2026-11-06T18:00:00Z",
                "2026-11-21T10:00:00Z 2026-11-21T11:00:00Z",
                "2026-12-01T00:00:00Z 2026-12-01T02:00:00Z",
                "2026-12-02T00:00:00Z 2026-12-02T01:00:00Z",
            ]
        );
    }

    #[test]
    fn several_rules_are_all_followed() {
        let text = event(
            "DTSTART:20261102\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2\nRRULE:FREQ=MONTHLY;BYMONTHDAY=15;COUNT=1\nEXRULE:FREQ=WEEKLY;BYDAY=MO;INTERVAL=2",
        );
        assert_eq!(
            in_2026(&text),
            ["2026-11-08T23:00:00Z 2026-11-09T23:00:00Z", "2026-11-14T23:00:00Z 2026-11-15T23:00:00Z"]
        );
    }

    #[test]
    fn in_a_calendar_that_is_closed_by_default_events_open_it() {
        let text =
            event("DTSTART:20260601T000000Z\nDURATION:P1D").replace("VERSION:2.0", "X-CALENDAR-TYPE:DEFAULT_CLOSED");
        assert_eq!(
            in_2026(&text),
            ["2026-01-01T00:00:00Z 2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z 2027-01-01T00:00:00Z"]
        );
        assert_eq!(in_2026(&text.replace("_CLOSED", "_OPEN")), ["2026-06-01T00:00:00Z 2026-06-02T00:00:00Z"]);
        assert_eq!(
            in_2026(&text.replace("DEFAULT_CLOSED", "CLOSED")),
            ["`CLOSED` is not a type of calendar @ X-CALENDAR-TYPE:CLOSED"]
        );
    }

    #[test]
    fn what_cannot_be_judged_is_refused() {
        assert_eq!(in_2026(""), ["this is not an iCalendar file: it holds no `VCALENDAR` @ "]);
        assert_eq!(
            in_2026(&event("DTSTART:20260102\nDTEND:20260101")),
            ["this event ends before it starts @ DTEND:20260101"]
        );
        assert_eq!(
            in_2026(&event("DTSTART:20260102T100000Z\nDTEND;TZID=Asia/Tokyo:20260102T100000")),
            ["this event ends before it starts @ DTEND;TZID=Asia/Tokyo:20260102T100000"]
        );
        assert_eq!(
            in_2026(&event("DTSTART:20000101T000000Z\nRRULE:FREQ=HOURLY")),
            ["the rule repeats more than 20000 times before 2027-01-02 @ RRULE:FREQ=HOURLY"]
        );
    }

    #[test]
    fn no_file_takes_long() {
        let series = "BEGIN:VEVENT\nDTSTART:20200101T000000\nRRULE:FREQ=HOURLY;COUNT=10000\nEND:VEVENT\n".repeat(100);
        let answer = in_2026(&calendar(series.trim_end()));
        assert_eq!(answer, ["the events of this file repeat too often to be counted @ RRULE:FREQ=HOURLY;COUNT=10000"]);
    }

    #[test]
    fn a_calendar_without_events_is_never_closed() {
        assert_eq!(in_2026(&calendar("BEGIN:VTODO\nDTSTART:broken\nEND:VTODO")), [""; 0]);
        assert_eq!(Ics::parse(&calendar("")).unwrap().event_count(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn any_text_is_read_or_refused_at_a_place(
            lines in proptest::collection::vec("DTSTART:[0-9TZ]{8,16}|DTSTART;VALUE=DATE:2026[01][0-9][0-3][0-9]|DTEND:[0-9]{8}|RRULE:FREQ=(DAILY|YEARLY)(;BY[A-Z]{3,8}=-?[0-9]{1,3})?|EXDATE:[0-9,]{8,17}|DURATION:P[0-9DTHMS]{0,6}| \\PC{0,5}|\\PC{0,8}|TZID=:;\"|BEGIN:VEVENT|END:VEVENT", 0..8),
        ) {
            let text = event(&lines.join("\n"));
            if let Err(error) = Ics::parse(&text) {
                prop_assert!(text.get(error.span.range()).is_some());
            }
        }
    }
}
