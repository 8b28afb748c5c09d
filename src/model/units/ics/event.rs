//! One `VEVENT`: when it is, how long, when it comes again, and what it replaces. Zones are not looked up here.

use super::IcsError;
use super::component::Component;
use super::lines::Line;
use super::rule::Rule;
use super::value::{Length, When};
use crate::diagnostic::did_you_mean;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) uid: Option<String>,
    pub(super) title: Option<String>,
    pub(super) start: Timed,
    pub(super) extent: Extent,
    pub(super) rules: Vec<Rule>,
    pub(super) dates: Vec<(Timed, Option<Extent>)>,
    pub(super) except_rules: Vec<Rule>,
    pub(super) except_dates: Vec<Timed>,
    /// The occurrence of a series that this event stands in for.
    pub(super) replaces: Option<Timed>,
    pub(super) is_cancelled: bool,
}

const CANCELLED: &str = "CANCELLED";

/// A time and the line that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timed {
    pub(super) when: When,
    pub(super) line: Line,
}

/// How far an event reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Extent {
    Length(Length),
    Until(Timed),
}

impl Event {
    pub(super) fn read(component: &Component) -> Result<Self, IcsError> {
        let start = component.only("DTSTART")?.ok_or_else(|| {
            IcsError::at(&component.begin, "this event has no `DTSTART`").help("an event starts somewhen")
        })?;
        let start = Timed::read(start)?;
        Ok(Self {
            uid: component.only("UID")?.map(|line| line.value.clone()),
            title: component.only("SUMMARY")?.map(|line| unescaped(&line.value)).filter(|title| !title.is_empty()),
            extent: extent(component, &start)?,
            rules: component.all("RRULE").map(Rule::read).collect::<Result<_, _>>()?,
            dates: dates(component)?,
            except_rules: component.all("EXRULE").map(Rule::read).collect::<Result<_, _>>()?,
            except_dates: except_dates(component)?,
            replaces: replaced(component)?,
            is_cancelled: component.only("STATUS")?.map(is_cancelled).transpose()?.unwrap_or_default(),
            start,
        })
    }
}

/// A status that nobody knows may be meant to cancel.
fn is_cancelled(line: &Line) -> Result<bool, IcsError> {
    const KNOWN: &[&str] = &["TENTATIVE", "CONFIRMED", CANCELLED];
    let status = line.value.trim();
    if KNOWN.iter().any(|known| status.eq_ignore_ascii_case(known)) {
        return Ok(status.eq_ignore_ascii_case(CANCELLED));
    }
    let help = did_you_mean(status, KNOWN.iter().copied()).map_or_else(
        || "write `TENTATIVE`, `CONFIRMED` or `CANCELLED`".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    Err(IcsError::at(line, format!("`{}` is not a status of an event", status.escape_debug())).help(help))
}

impl Timed {
    fn read(line: &Line) -> Result<Self, IcsError> {
        Ok(Self { when: When::read(line)?, line: line.clone() })
    }
}

fn extent(component: &Component, start: &Timed) -> Result<Extent, IcsError> {
    let (end, duration) = (component.only("DTEND")?, component.only("DURATION")?);
    match (end, duration) {
        (Some(_), Some(duration)) => Err(IcsError::at(duration, "this event has both `DTEND` and `DURATION`")),
        (None, Some(duration)) => Length::read(duration, duration.value.trim()).map(Extent::Length),
        (None, None) => {
            let days = i64::from(start.when.is_date());
            Ok(Extent::Length(Length { days, exact: crate::model::units::Duration::ZERO }))
        }
        (Some(end), None) => {
            let end = Timed::read(end)?;
            if end.when.is_date() != start.when.is_date() {
                return Err(IcsError::at(&end.line, "of `DTSTART` and `DTEND` one is a date and the other a time"));
            }
            Ok(Extent::Until(end))
        }
    }
}

/// `RDATE`: dates, times, or periods with their own ends.
fn dates(component: &Component) -> Result<Vec<(Timed, Option<Extent>)>, IcsError> {
    let mut dates = Vec::new();
    for line in component.all("RDATE") {
        for text in line.value.split(',') {
            let (start, end) = text.split_once('/').map_or((text, None), |(start, end)| (start, Some(end)));
            let timed = |text| Ok(Timed { when: When::read_text(line, text)?, line: line.clone() });
            let extent = match end {
                None => None,
                Some(length) if length.starts_with(['P', '+']) => Some(Extent::Length(Length::read(line, length)?)),
                Some(end) => Some(Extent::Until(timed(end)?)),
            };
            dates.push((timed(start)?, extent));
        }
    }
    Ok(dates)
}

fn except_dates(component: &Component) -> Result<Vec<Timed>, IcsError> {
    let mut dates = Vec::new();
    for line in component.all("EXDATE") {
        dates.extend(When::read_all(line)?.into_iter().map(|when| Timed { when, line: line.clone() }));
    }
    Ok(dates)
}

fn replaced(component: &Component) -> Result<Option<Timed>, IcsError> {
    let Some(line) = component.only("RECURRENCE-ID")? else {
        return Ok(None);
    };
    if line.parameter("RANGE").is_some() {
        return Err(IcsError::at(line, "`RANGE=THISANDFUTURE` is not supported")
            .help("end the series with `UNTIL` and write the rest as a series of its own"));
    }
    Timed::read(line).map(Some)
}

/// One line of text: escapes resolved, line ends and control characters as blanks.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let meant = match letter {
            '\\' => letters.next().map_or('\\', |escaped| if matches!(escaped, 'n' | 'N') { ' ' } else { escaped }),
            plain => plain,
        };
        plain.push(if meant.is_control() { ' ' } else { meant });
    }
    plain.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::{component, lines};
    use super::*;

    fn event(body: &str) -> Result<Event, String> {
        let text = format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{body}\nEND:VEVENT\nEND:VCALENDAR\n");
        let calendars = component::read(lines::read(&text).unwrap()).unwrap();
        Event::read(&calendars[0].inner[0]).map_err(|error| format!("{error} @ {}", error.span.text(&text)))
    }

    #[test]
    fn the_title_is_one_line() {
        let event = event("DTSTART:20260101\nSUMMARY: Freeze\\, all\\nof\u{7}it\\\\").unwrap();
        assert_eq!(event.title.as_deref(), Some("Freeze, all of it\\"));
    }

    #[test]
    fn what_contradicts_itself_is_refused_at_its_line() {
        let error = |body| event(body).unwrap_err();
        assert_eq!(error("UID:1"), "this event has no `DTSTART` @ BEGIN:VEVENT");
        assert_eq!(
            error("DTSTART:20260101\nDTSTART:20260102"),
            "`DTSTART` comes twice in one `VEVENT` @ DTSTART:20260102"
        );
        assert_eq!(
            error("DTSTART:20260101\nDTEND:20260102T100000"),
            "of `DTSTART` and `DTEND` one is a date and the other a time @ DTEND:20260102T100000"
        );
        assert_eq!(
            error("DTSTART:20260101\nDTEND:20260102\nDURATION:P1D"),
            "this event has both `DTEND` and `DURATION` @ DURATION:P1D"
        );
        assert_eq!(
            error("DTSTART:20260101\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260101"),
            "`RANGE=THISANDFUTURE` is not supported @ RECURRENCE-ID;RANGE=THISANDFUTURE:20260101"
        );
        for status in ["CANCELED", "BANANA", "NEEDS-ACTION", ""] {
            assert_eq!(
                event(&format!("DTSTART:20260101\nSTATUS:{status}")).unwrap_err(),
                format!("`{status}` is not a status of an event @ STATUS:{status}")
            );
        }
        assert_eq!(
            error("DTSTART:20260101\nEXDATE:20260102,soon"),
            "`soon` is not a date or time @ EXDATE:20260102,soon"
        );
    }
}
