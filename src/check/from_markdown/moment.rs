//! Dates, times of the day and zones as people write them.

use std::ops::Range;

use crate::model::units::{Date, Weekday};

/// When a window opens and, where a span of time was written, when it closes. Ranges are of the text that was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Clock {
    /// Hours and minutes, `10:00`.
    pub(super) start: Option<(String, Range<usize>)>,
    pub(super) end: Option<(String, Range<usize>)>,
    pub(super) zone: Option<Range<usize>>,
    /// What was not understood.
    pub(super) rest: Option<Range<usize>>,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A day as the language writes it, and where it stands. None where there is none, or where day and month could change
/// places.
pub(super) fn date(text: &str) -> Option<(String, Range<usize>)> {
    dates(text).into_iter().next()
}

/// Every such day in a text.
pub(super) fn dates(text: &str) -> Vec<(String, Range<usize>)> {
    let words = words(text);
    let mut dates = Vec::new();
    for (index, (range, word)) in words.iter().enumerate() {
        // A time may hang on to it.
        let day = word.split('T').next().unwrap_or_default();
        if is_iso(day) {
            dates.push((day.to_owned(), range.start..range.start + day.len()));
            continue;
        }
        let Some(month) = month(word) else { continue };
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        let (next, last) = (words.get(index + 1), words.get(index + 2));
        // `24 November 2026`, `November 24, 2026`
        if let (Some((from, day)), Some((to, year))) = (before, next)
            && let (Some(day), Some(year)) = (day_of(day), year_of(year))
        {
            dates.push((format!("{year}-{month:02}-{day:02}"), from.start..to.end));
            continue;
        }
        if let (Some((_, day)), Some((to, year))) = (next, last)
            && let (Some(day), Some(year)) = (day_of(day), year_of(year))
        {
            dates.push((format!("{year}-{month:02}-{day:02}"), range.start..to.end));
        }
    }
    dates
}

/// The days of the week that a text names.
pub(super) fn weekdays(text: &str) -> Vec<(Weekday, Range<usize>)> {
    words(text).into_iter().filter_map(|(range, word)| Some((weekday(word)?, range))).collect()
}

/// The day of the week of such a day.
pub(super) fn weekday_of(day: &str) -> Option<Weekday> {
    Date::parse(day).ok().map(Date::weekday)
}

/// Where the words begin and end that stand before a day and say nothing of it.
pub(super) fn before_day(text: &str) -> Option<Range<usize>> {
    let says_nothing = |word: &str| weekday(word).is_some() || matches!(word.to_lowercase().as_str(), "on" | "the");
    let words: Vec<_> = words(text).into_iter().filter(|(_, word)| !says_nothing(word)).collect();
    Some(words.first()?.0.start..words.last()?.0.end)
}

fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches('.').to_lowercase();
    Weekday::ALL.into_iter().find(|day| word.len() >= 3 && day.name().starts_with(&word))
}

/// `10:00 AM UTC`, `22:00-23:30 Europe/Berlin`, `9 pm`. What stands in brackets is a comment.
pub(super) fn clock(text: &str) -> Clock {
    let mut found = Clock::default();
    let end = text.find('(').unwrap_or(text.len());
    let mut at = 0;
    while let Some(rest) = text.get(at..end) {
        let trimmed = rest
            .trim_start_matches(|found: char| found.is_whitespace() || matches!(found, ',' | '-' | '–' | '—' | '~'));
        let trimmed = trimmed
            .strip_prefix('T')
            .filter(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
            .unwrap_or(trimmed);
        let start = end - trimmed.len();
        if trimmed.is_empty() {
            break;
        }
        let length = trimmed
            .find(|found: char| found.is_whitespace() || matches!(found, ',' | '–' | '—'))
            .unwrap_or(trimmed.len());
        let word = trimmed.get(..length).unwrap_or_default();
        if let Some((time, length)) = time_at(trimmed) {
            let range = start..start + length;
            if found.start.is_none() {
                found.start = Some((time, range));
            } else if found.end.is_none() {
                found.end = Some((time, range));
            } else {
                found.rest.get_or_insert(range);
            }
            at = start + length;
            continue;
        }
        let range = start..start + length;
        at = range.end;
        if matches!(word.to_ascii_lowercase().as_str(), "to" | "at" | "until" | "from") || weekday(word).is_some() {
            continue;
        }
        if found.zone.is_none() && is_zone(word) {
            found.zone = Some(range);
        } else {
            found.rest.get_or_insert(range);
        }
    }
    found
}

/// The name of the zone that a word stands for.
pub(super) fn zone(word: &str) -> String {
    if matches!(word, "Z" | "GMT" | "utc" | "gmt") { "UTC".to_owned() } else { word.to_owned() }
}

pub(super) fn is_zone(word: &str) -> bool {
    matches!(word, "UTC" | "GMT" | "Z" | "utc" | "gmt")
        || word.contains('/') && word.starts_with(|first: char| first.is_ascii_uppercase())
}

/// A time of the day at the beginning of a text, and how many bytes of it.
pub(super) fn time_at(text: &str) -> Option<(String, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(text);
    if !(1..=2).contains(&hours) {
        return None;
    }
    let mut hour: u32 = text.get(..hours)?.parse().ok()?;
    let mut length = hours;
    let mut minute = 0;
    let minutes = text.get(hours..)?.strip_prefix(':');
    if let Some(rest) = minutes {
        if digits(rest) != 2 {
            return None;
        }
        minute = rest.get(..2)?.parse().ok()?;
        length += 3;
        // Seconds say nothing here.
        if text.get(length..)?.starts_with(":00") {
            length += 3;
        }
    }
    let after = text.get(length..)?;
    let half = after.trim_start_matches([' ', '\u{a0}']);
    let gap = after.len() - half.len();
    let half = half.get(..2).map(str::to_ascii_lowercase);
    match half.as_deref() {
        Some("am") => hour %= 12,
        Some("pm") => hour = hour % 12 + 12,
        _ if minutes.is_some() => {
            return (hour < 24 && minute < 60).then(|| (format!("{hour:02}:{minute:02}"), length));
        }
        _ => return None,
    }
    (minute < 60).then(|| (format!("{hour:02}:{minute:02}"), length + gap + 2))
}

fn words(text: &str) -> Vec<(Range<usize>, &str)> {
    let separators = |found: char| found.is_whitespace() || matches!(found, ',' | '(' | ')');
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split(separators) {
        if !word.is_empty() {
            words.push((at..at + word.len(), word));
        }
        at += word.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    words
}

fn is_iso(word: &str) -> bool {
    let shape: Vec<&str> = word.split('-').collect();
    matches!(shape.as_slice(), [year, month, day]
        if year.len() == 4 && month.len() == 2 && day.len() == 2
            && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
}

fn month(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.').to_lowercase();
    let index = MONTHS.iter().position(|month| *month == word || word.len() == 3 && month.starts_with(&word))?;
    Some(index + 1)
}

fn day_of(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
    digits.trim_end_matches('.').parse().ok().filter(|day| (1..=31).contains(day))
}

fn year_of(word: &str) -> Option<u32> {
    word.parse().ok().filter(|year| (1000..=9999).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_where_it_can_only_be_one() {
        for (text, expected, cut) in [
            ("2026-11-24", "2026-11-24", "2026-11-24"),
            ("Tuesday, 2026-11-24 (CW 48)", "2026-11-24", "2026-11-24"),
            ("24 November 2026", "2026-11-24", "24 November 2026"),
            ("Tue, Nov 3rd, 2026", "2026-11-03", "Nov 3rd, 2026"),
            ("2026-11-24T10:00", "2026-11-24", "2026-11-24"),
        ] {
            let (date, range) = date(text).unwrap();
            assert_eq!((date.as_str(), text.get(range).unwrap()), (expected, cut));
        }
        for text in ["", "01/02/2026", "next Tuesday", "May", "November 2026"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_has_an_end_and_a_zone_where_they_are_said() {
        let read = |text: &str| {
            let found = clock(text);
            let time = |time: Option<(String, Range<usize>)>| {
                time.map(|(time, range)| (time, text.get(range).unwrap().to_owned()))
            };
            let cut = |range: Option<Range<usize>>| range.map(|range| text.get(range).unwrap().to_owned());
            (time(found.start), time(found.end), cut(found.zone), cut(found.rest))
        };
        let at = |time: &str, cut: &str| Some((time.to_owned(), cut.to_owned()));
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(read("10:00 AM UTC (low traffic)"), (at("10:00", "10:00 AM"), None, said("UTC"), None));
        assert_eq!(
            read("22:00–23:30 Europe/Berlin"),
            (at("22:00", "22:00"), at("23:30", "23:30"), said("Europe/Berlin"), None)
        );
        assert_eq!(read("9pm - 10:15 pm"), (at("21:00", "9pm"), at("22:15", "10:15 pm"), None, None));
        assert_eq!(read("12:05 am EST"), (at("00:05", "12:05 am"), None, None, said("EST")));
        assert_eq!(read("soon"), (None, None, None, said("soon")));
        assert_eq!(read("25:00").0, None);
    }
}
