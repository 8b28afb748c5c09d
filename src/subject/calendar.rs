//! Events of iCalendar files, each part at its line. When a series comes again is the business of calendars.

use rust_decimal::Decimal;

use super::fields::{Fields, path};
use super::{Found, SourceText};
use crate::diagnostic::Diagnostic;
use crate::document::SYNTAX;
use crate::model::data::{Data, Value};
use crate::model::subject::CALENDAR_EVENT;
use crate::model::units::WrittenEvent;
use crate::source::{Place, Span};

pub(super) fn find(files: &[SourceText<'_>]) -> Found {
    let mut found = Found::default();
    for source in files {
        match WrittenEvent::all(&source.text) {
            Ok(events) => found.subjects.extend(events.iter().map(|event| subject(source, event))),
            // While anything is wrong, nothing is judged by the file.
            Err(problem) => {
                let place = Place::new(source.file, problem.span);
                found
                    .diagnostics
                    .push(Diagnostic::new(&SYNTAX, place, problem.error.message).maybe_help(problem.error.help));
            }
        }
    }
    found
}

fn subject(source: &SourceText<'_>, event: &WrittenEvent) -> Value {
    let place = Place::new(source.file, event.summary.as_ref().map_or(event.span, |(_, span)| *span));
    let mut fields = Fields::default();
    let mut set =
        |name: &'static str, data: Data, span: Span| fields.set(name, Value::new(data, Place::new(source.file, span)));
    let texts = [
        ("uid", &event.uid),
        ("summary", &event.summary),
        ("description", &event.description),
        ("location", &event.location),
        ("status", &event.status),
        ("zone", &event.zone),
    ];
    for (name, said) in texts {
        if let Some((text, line)) = said {
            set(name, Data::text(text.as_str()), value_of(source, *line));
        }
    }
    let (start, line) = &event.start;
    set("start", Data::Moment(start.clone()), value_of(source, *line));
    if let Some((end, line)) = &event.end {
        set("end", Data::Moment(end.clone()), value_of(source, *line));
    }
    if let Some((length, line)) = event.length {
        set("length", Data::Duration(length), value_of(source, line));
    }
    let rules = event
        .rules
        .iter()
        .map(|(rule, line)| Value::new(Data::text(rule.as_str()), Place::new(source.file, value_of(source, *line))));
    set("rules", Data::List(rules.collect()), event.rules.first().map_or(place.span, |(_, line)| *line));
    set("exceptions", Data::Number(Decimal::from(event.exceptions)), place.span);
    for (name, flag) in [("all_day", event.all_day), ("repeats", event.repeats), ("cancelled", event.is_cancelled)] {
        set(name, Data::Bool(flag), place.span);
    }
    fields.set("path", path(source.path, place));
    fields.into_value(&CALENDAR_EVENT, place)
}

/// What stands behind the colon of a line; the whole of it where it goes on in the next or has more than one.
fn value_of(source: &SourceText<'_>, line: Span) -> Span {
    let written = line.text(&source.text);
    let mut colons = written.match_indices(':');
    match (colons.next(), colons.next()) {
        (Some((at, _)), None) if !written.contains('\n') => {
            let length = Span::of(0..at + 1).end;
            Span::new(line.start + length, line.end)
        }
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::policy::DocumentKind;
    use crate::subject::testing::{Lab, cut, field, said};

    fn calendar(body: &str) -> Lab {
        Lab::new(&[("freeze.ics", &format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}\r\nEND:VCALENDAR\r\n"))])
    }

    #[test]
    fn each_part_of_an_event_stands_where_it_is_written() {
        let lab = calendar(
            "BEGIN:VEVENT\r\nUID:1@example.com\r\nSUMMARY:Freeze\\, all of\r\n  it\r\nDTSTART;TZID=Europe/Berlin:20261224T090000\r\nDTEND;TZID=Europe/Berlin:20261224T180000\r\nRRULE:FREQ=YEARLY\r\nEXDATE;TZID=Europe/Berlin:20271224T090000\r\nSTATUS:CONFIRMED\r\nEND:VEVENT",
        );
        let found = lab.find(DocumentKind::CalendarEvent);
        assert!(found.diagnostics.is_empty(), "{:#?}", found.diagnostics);
        let event = &found.subjects[0];
        for (name, expected, place) in [
            ("uid", "1@example.com", "1@example.com"),
            ("summary", "Freeze, all of it", "SUMMARY:Freeze\\, all of\r\n  it"),
            ("start", "2026-12-24T09:00+01:00[Europe/Berlin]", "20261224T090000"),
            ("zone", "Europe/Berlin", "20261224T090000"),
            ("status", "confirmed", "CONFIRMED"),
        ] {
            assert_eq!(
                (said(event, name).as_str(), cut(&lab, field(event, name).unwrap()).as_str()),
                (expected, place)
            );
        }
        assert_eq!(said(event, "rules"), "FREQ=YEARLY");
        assert_eq!(
            (said(event, "repeats"), said(event, "exceptions"), said(event, "all_day")),
            ("true".into(), "1".into(), "false".into())
        );
        assert_eq!(said(event, "length"), "missing");
    }

    #[test]
    fn a_time_is_in_the_zone_that_says_it() {
        let start = |head: &str, start: &str| {
            let lab = calendar(&format!("{head}BEGIN:VEVENT\nDTSTART{start}\nDURATION:P1DT1H\nEND:VEVENT"));
            let found = lab.find(DocumentKind::CalendarEvent);
            assert_eq!(said(&found.subjects[0], "length"), "1d1h");
            said(&found.subjects[0], "start")
        };
        assert_eq!(start("", ":20261224T090000"), "2026-12-24T09:00");
        assert_eq!(start("", ":20261224T090000Z"), "2026-12-24T09:00Z");
        assert_eq!(start("", ";TZID=W. Europe Standard Time:20261224T090000"), "2026-12-24T09:00+01:00[Europe/Berlin]");
        assert_eq!(start("X-WR-TIMEZONE:Asia/Tokyo\n", ":20261224T090000"), "2026-12-24T09:00+09:00[Asia/Tokyo]");
        let own = "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE\n";
        assert!(start(own, ";TZID=Mine:20261224T090000").starts_with("2026-12-24T09:00+03:00"));
    }

    #[test]
    fn a_broken_calendar_is_one_finding_at_its_line() {
        for (body, place) in [
            ("BEGIN:VEVENT\nDTSTART:20260231\nEND:VEVENT", "DTSTART:20260231"),
            ("BEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT", "BEGIN:VEVENT"),
            ("BEGIN:VEVENT\nDTSTART:20260201", "END:VCALENDAR"),
        ] {
            let lab = calendar(body);
            let found = lab.find(DocumentKind::CalendarEvent);
            assert_eq!((found.subjects.len(), found.diagnostics.len()), (0, 1), "{body}");
            assert!(found.diagnostics[0].undecided);
            assert_eq!(lab.sources.slice(found.diagnostics[0].place.unwrap()), place, "{body}");
        }
    }
}
