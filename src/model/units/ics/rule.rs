//! `RRULE`: read strictly here, expanded by calcard, which reads leniently and knows no places.
//!
//! The expansion is of wall clocks alone, so calcard's own copy of the time zones is never asked.

use std::fmt::Display;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::datecalc::rrule::RRule;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarDay, ICalendarEntry, ICalendarFrequency,
    ICalendarMonth, ICalendarProperty, ICalendarRecurrenceRule, ICalendarValue, ICalendarWeekday,
};

use super::IcsError;
use super::budget::{Budget, MOST};
use super::lines::Line;
use super::value::When;
use crate::model::units::Civil;

/// A checked rule, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    parts: ICalendarRecurrenceRule,
    pub(super) until: Option<When>,
    pub(super) line: Line,
}

impl Rule {
    pub(super) fn read(line: &Line) -> Result<Self, IcsError> {
        let mut rule = Self { parts: ICalendarRecurrenceRule::default(), until: None, line: line.clone() };
        let mut seen = Vec::new();
        for part in line.value.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| refuse(line, part))?;
            let name = name.to_ascii_uppercase();
            rule.set(&name, value).ok_or_else(|| refuse(line, part))??;
            if seen.contains(&name) {
                return Err(IcsError::at(line, format!("`{name}` comes twice in one rule")));
            }
            seen.push(name);
        }
        if !seen.iter().any(|name| name == "FREQ") {
            return Err(IcsError::at(line, "the rule has no `FREQ`"));
        }
        Ok(rule)
    }

    /// None where the value is not one of this part.
    fn set(&mut self, name: &str, value: &str) -> Option<Result<(), IcsError>> {
        let parts = &mut self.parts;
        match name {
            "FREQ" if ["MINUTELY", "SECONDLY"].iter().any(|fast| value.eq_ignore_ascii_case(fast)) => {
                return Some(Err(unsupported(&self.line, &format!("`FREQ={value}`"))));
            }
            "FREQ" => parts.freq = frequency(value)?,
            "INTERVAL" => parts.interval = Some(number(value, 1..=10_000)?),
            "COUNT" => parts.count = Some(number(value, 1..=i64::from(u32::MAX))?),
            "UNTIL" => match When::read_text(&self.line, value) {
                Ok(until) => self.until = Some(until),
                Err(error) => return Some(Err(error)),
            },
            "BYSECOND" => parts.bysecond = list(value, |item| number(item, 0..=59))?,
            "BYMINUTE" => parts.byminute = list(value, |item| number(item, 0..=59))?,
            "BYHOUR" => parts.byhour = list(value, |item| number(item, 0..=23))?,
            "BYDAY" => parts.byday = list(value, day)?,
            "BYMONTHDAY" => parts.bymonthday = list(value, |item| signed(item, 31))?,
            "BYYEARDAY" => parts.byyearday = list(value, |item| signed(item, 366))?,
            "BYWEEKNO" => parts.byweekno = list(value, |item| signed(item, 53))?,
            "BYSETPOS" => parts.bysetpos = list(value, |item| signed(item, 366))?,
            "BYMONTH" => parts.bymonth = list(value, |item| Some(ICalendarMonth::new(number(item, 1..=12)?, false)))?,
            "WKST" => parts.wkst = Some(weekday(value)?),
            // these two say what goes without saying
            "RSCALE" if value.eq_ignore_ascii_case("GREGORIAN") => {}
            "SKIP" if value.eq_ignore_ascii_case("OMIT") => {}
            "RSCALE" | "SKIP" => return Some(Err(unsupported(&self.line, &format!("`{name}`")))),
            _ => return None,
        }
        Some(Ok(()))
    }

    /// The wall clocks at which it starts, from `first` to `last`.
    pub(super) fn expand(&self, first: Civil, last: Civil, budget: &mut Budget) -> Result<Vec<Civil>, IcsError> {
        let broken = |why: &dyn Display| IcsError::at(&self.line, format!("the rule is not valid: {why}"));
        let start = partial(first).ok_or_else(|| broken(&"it starts out of reach"))?;
        let judged = RRule::from_floating_ical(&self.parts).zip(start.to_date_time_with_tz(Tz::Floating));
        let (judged, judged_from) = judged.ok_or_else(|| broken(&"it starts out of reach"))?;
        judged.validate(judged_from).map_err(|error| broken(&error))?;
        if last < first {
            return Ok(Vec::new());
        }
        let parts = ICalendarRecurrenceRule { until: partial(last), ..self.parts.clone() };
        let entry = |name, value| ICalendarEntry { name, params: Vec::new(), values: vec![value] };
        let event = ICalendarComponent {
            component_type: ICalendarComponentType::VEvent,
            entries: vec![
                entry(ICalendarProperty::Dtstart, ICalendarValue::PartialDateTime(Box::new(start))),
                entry(ICalendarProperty::Rrule, ICalendarValue::RecurrenceRule(Box::new(parts))),
            ],
            component_ids: Vec::new(),
        };
        let expanded = ICalendar { components: vec![event] }.expand_dates(Tz::Floating, MOST);
        if let Some(error) = expanded.errors.first() {
            return Err(broken(&error.error));
        }
        if expanded.events.len() >= MOST {
            let many = format!("the rule repeats more than {MOST} times before {}", last.date());
            return Err(IcsError::at(&self.line, many));
        }
        budget.spend(expanded.events.len(), &self.line)?;
        let starts = expanded.events.iter().map(|event| event.timestamps().0.saturating_mul(1000));
        Ok(starts.map(Civil::from_milliseconds).collect())
    }
}

fn refuse(line: &Line, part: &str) -> IcsError {
    IcsError::at(line, format!("`{part}` is not a part of a recurrence rule"))
        .help("RFC 5545, section 3.3.10, lists the parts")
}

fn unsupported(line: &Line, what: &str) -> IcsError {
    IcsError::at(line, format!("{what} is not supported")).help("write the times as events of their own")
}

fn frequency(text: &str) -> Option<ICalendarFrequency> {
    match text.to_ascii_uppercase().as_str() {
        "YEARLY" => Some(ICalendarFrequency::Yearly),
        "MONTHLY" => Some(ICalendarFrequency::Monthly),
        "WEEKLY" => Some(ICalendarFrequency::Weekly),
        "DAILY" => Some(ICalendarFrequency::Daily),
        "HOURLY" => Some(ICalendarFrequency::Hourly),
        _ => None,
    }
}

fn list<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',').map(read).collect()
}

fn number<T: TryFrom<i64>>(text: &str, range: std::ops::RangeInclusive<i64>) -> Option<T> {
    let value = text.strip_prefix('+').unwrap_or(text).parse::<i64>().ok()?;
    T::try_from(value).ok().filter(|_| range.contains(&value))
}

/// From the start or, negative, from the end; never 0.
fn signed<T: TryFrom<i64>>(text: &str, most: i64) -> Option<T> {
    number(text, -most..=most).filter(|_| text.parse::<i64>() != Ok(0))
}

/// `FR`, `-1SU`, `2MO`.
fn day(text: &str) -> Option<ICalendarDay> {
    let (ordinal, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let ordwk = if ordinal.is_empty() { None } else { Some(signed(ordinal, 53)?) };
    Some(ICalendarDay { ordwk, weekday: weekday(name)? })
}

fn weekday(text: &str) -> Option<ICalendarWeekday> {
    match text.to_ascii_uppercase().as_str() {
        "MO" => Some(ICalendarWeekday::Monday),
        "TU" => Some(ICalendarWeekday::Tuesday),
        "WE" => Some(ICalendarWeekday::Wednesday),
        "TH" => Some(ICalendarWeekday::Thursday),
        "FR" => Some(ICalendarWeekday::Friday),
        "SA" => Some(ICalendarWeekday::Saturday),
        "SU" => Some(ICalendarWeekday::Sunday),
        _ => None,
    }
}

fn partial(civil: Civil) -> Option<PartialDateTime> {
    let value = civil.value();
    let small = |number: i8| u8::try_from(number).ok();
    Some(PartialDateTime {
        year: Some(u16::try_from(value.year()).ok()?),
        month: small(value.month()),
        day: small(value.day()),
        hour: small(value.hour()),
        minute: small(value.minute()),
        second: small(value.second()),
        ..PartialDateTime::default()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::lines;
    use super::*;

    fn rule(text: &str) -> Result<Rule, String> {
        Rule::read(&lines::read(&format!("RRULE:{text}")).unwrap()[0]).map_err(|error| error.to_string())
    }

    fn starts(text: &str, first: &str, last: &str) -> String {
        let rule = rule(text).unwrap();
        match rule.expand(Civil::parse(first).unwrap(), Civil::parse(last).unwrap(), &mut Budget::default()) {
            Ok(starts) => starts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn rules_start_when_they_say() {
        assert_eq!(
            starts("FREQ=WEEKLY;BYDAY=FR", "2026-11-06T18:00", "2026-11-21T00:00"),
            "2026-11-06T18:00 2026-11-13T18:00 2026-11-20T18:00"
        );
        assert_eq!(
            starts("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "2026-11-27T00:00", "2027-12-31T00:00"),
            "2026-11-27T00:00 2026-12-25T00:00"
        );
        assert_eq!(
            starts("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2024-02-29T00:00", "2033-01-01T00:00"),
            "2024-02-29T00:00 2028-02-29T00:00 2032-02-29T00:00"
        );
        assert_eq!(
            starts("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "1601-10-28T03:00", "1603-01-01T00:00"),
            "1601-10-28T03:00 1602-10-27T03:00"
        );
        assert_eq!(starts("FREQ=DAILY", "2026-11-27T00:00", "2026-11-26T00:00"), "");
        assert_eq!(
            starts("FREQ=HOURLY", "2000-01-01T00:00", "2026-01-01T00:00"),
            "the rule repeats more than 20000 times before 2026-01-01"
        );
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for part in [
            "FREQ=OFTEN",
            "INTERVAL=0",
            "COUNT=-1",
            "BYHOUR=24",
            "BYHOUR=256",
            "BYDAY=XX",
            "BYDAY=0MO",
            "BYMONTHDAY=0",
            "BYMONTH=13",
            "BYSETPOS=0",
            "WKST=1",
            "X-A=1",
            "FREQ",
            "BYDAY=",
            "BYDAY=é",
        ] {
            let error = rule(&format!("FREQ=DAILY;{part}")).unwrap_err();
            assert_eq!(error, format!("`{part}` is not a part of a recurrence rule"));
        }
        assert_eq!(rule("BYDAY=FR").unwrap_err(), "the rule has no `FREQ`");
        assert_eq!(rule("FREQ=DAILY;FREQ=DAILY").unwrap_err(), "`FREQ` comes twice in one rule");
        assert_eq!(rule("FREQ=SECONDLY").unwrap_err(), "`FREQ=SECONDLY` is not supported");
        assert!(
            starts("FREQ=WEEKLY;BYMONTHDAY=1", "2026-11-06T18:00", "2027-01-01T00:00")
                .starts_with("the rule is not valid: ")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_rule_ends_and_stays_within_its_bounds(
            frequency in proptest::sample::select(vec!["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]),
            parts in proptest::collection::vec(proptest::sample::select(vec![
                "INTERVAL=9999", "INTERVAL=2", "COUNT=3", "BYHOUR=1,23", "BYMINUTE=0,59", "BYSECOND=59", "BYDAY=MO,-1SU", "BYDAY=53FR",
                "BYMONTHDAY=31,-31", "BYMONTHDAY=30", "BYYEARDAY=366,-366", "BYWEEKNO=53,-53", "BYMONTH=2", "BYSETPOS=-1,366", "WKST=SU",
            ]), 0..4),
            year in 1..9998_u32,
            day in 1..29_u32,
            years in 0..30_u32,
        ) {
            let mut names: Vec<&str> = Vec::new();
            let mut text = format!("FREQ={frequency}");
            for part in parts {
                let name = part.split('=').next().unwrap();
                if !names.contains(&name) {
                    names.push(name);
                    text = format!("{text};{part}");
                }
            }
            let first = Civil::parse(&format!("{year:04}-02-{day:02}T23:30")).unwrap();
            let last = Civil::parse(&format!("{:04}-12-31T00:00", (year + years).min(9998))).unwrap();
            if let Ok(starts) = rule(&text).unwrap().expand(first, last, &mut Budget::default()) {
                prop_assert!(starts.iter().all(|start| first <= *start && *start <= last), "{text}");
            }
        }
    }
}
