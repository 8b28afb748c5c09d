//! Lengths of time as people write them in headings and fields: `~30 minutes`, `1 h 30 min`, `T-1 Week`, `24–48 hours`.

use std::ops::Range;

/// Something found in a text.
pub type Found<T> = (T, Range<usize>);

const SECOND: i64 = 1_000;
const UNITS: &[(i64, &[&str])] = &[
    (SECOND, &["s", "sec", "secs", "second", "seconds"]),
    (60 * SECOND, &["m", "min", "mins", "minute", "minutes"]),
    (3_600 * SECOND, &["h", "hr", "hrs", "hour", "hours"]),
    (86_400 * SECOND, &["d", "day", "days"]),
    (7 * 86_400 * SECOND, &["w", "wk", "wks", "week", "weeks"]),
];

/// The first length of time in a text, in milliseconds, and where it stands. Of a span such as `24-48 hours` it is the
/// longer end.
pub fn duration(text: &str) -> Option<Found<i64>> {
    let mut at = 0;
    while let Some(start) = next_number(text, at) {
        let number = number_at(text, start)?;
        at = number.1.end;
        if text.get(..start).is_some_and(|before| before.ends_with(|last: char| last.is_alphanumeric())) {
            continue;
        }
        let from = span_from(text, &number);
        let last = from.as_ref().map_or(&number, |(_, upper)| upper);
        let Some((mut total, mut end)) = with_unit(text, last) else { continue };
        // `1 h 30 min` is one length.
        while let Some((part, after)) = next_number(text, end)
            .filter(|next| text.get(end..*next).is_some_and(|between| matches!(between.trim(), "" | "and" | ",")))
            .and_then(|next| with_unit(text, &number_at(text, next)?))
        {
            total = total.checked_add(part)?;
            end = after;
        }
        return Some((total, start..end));
    }
    None
}

/// `T-1 Week`, `T-3d`, `T+15m`, `T-0`: relative to the start of the window, in milliseconds.
pub fn offset(text: &str) -> Option<Found<i64>> {
    text.char_indices().filter(|(_, found)| *found == 'T' || *found == 't').find_map(|(start, _)| {
        if text.get(..start)?.ends_with(|last: char| last.is_alphanumeric()) {
            return None;
        }
        let rest = text.get(start + 1..)?;
        let trimmed = rest.trim_start_matches(' ');
        let sign = trimmed.chars().next()?;
        let factor = match sign {
            '-' | '\u{2212}' | '\u{2013}' => -1,
            '+' => 1,
            _ => return None,
        };
        let after = trimmed.get(sign.len_utf8()..)?;
        let digits = text.len() - after.trim_start_matches(' ').len();
        let number = number_at(text, digits)?;
        if let Some((length, end)) = with_unit(text, &number) {
            return Some((factor * length, start..end));
        }
        // Nothing before or after the start needs no unit.
        (number.0 == 0.0).then_some((0, start..number.1.end))
    })
}

/// How long after the start of the window something is due that speaks of a time after it: `(within 15 minutes)`,
/// `(24-48 hours)`, `(first hour)` says nothing.
pub fn within(text: &str) -> Option<Found<i64>> {
    let (length, range) = duration(text)?;
    let before = text.get(..range.start)?.trim_end().to_lowercase();
    let is_span = text.get(range.clone())?.contains(['-', '\u{2013}']);
    let is_limit = ["within", "first", "after", "+"].iter().any(|word| before.ends_with(word));
    (is_span || is_limit).then_some((length, range))
}

fn next_number(text: &str, from: usize) -> Option<usize> {
    text.get(from..)?.find(|found: char| found.is_ascii_digit()).map(|at| from + at)
}

fn number_at(text: &str, start: usize) -> Option<Found<f64>> {
    let rest = text.get(start..)?;
    let length = rest.find(|found: char| !found.is_ascii_digit() && found != '.').unwrap_or(rest.len());
    let digits = rest.get(..length)?.trim_end_matches('.');
    Some((digits.parse().ok()?, start..start + digits.len()))
}

/// The two numbers of `24-48`.
fn span_from(text: &str, lower: &Found<f64>) -> Option<(f64, Found<f64>)> {
    let rest = text.get(lower.1.end..)?;
    let after = rest
        .trim_start()
        .strip_prefix(['-', '\u{2013}', '\u{2014}'])
        .or_else(|| rest.trim_start().strip_prefix("to "))?;
    let start = text.len() - after.trim_start().len();
    let upper = number_at(text, start)?;
    (upper.0 >= lower.0).then_some((lower.0, upper))
}

/// A number with the unit behind it, and where that ends.
fn with_unit(text: &str, number: &Found<f64>) -> Option<(i64, usize)> {
    let rest = text.get(number.1.end..)?;
    let word = rest.trim_start_matches([' ', '\u{a0}', '-']);
    let start = text.len() - word.len();
    let length = word.find(|found: char| !found.is_alphabetic()).unwrap_or(word.len());
    let unit = word.get(..length)?.to_ascii_lowercase();
    let (worth, _) = UNITS.iter().find(|(_, names)| names.contains(&unit.as_str()))?;
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "what is out of range is refused")]
    let length = {
        let exact = number.0 * *worth as f64;
        (exact.abs() < 1e15).then_some(exact.round() as i64)?
    };
    Some((length, start + unit.len()))
}

#[cfg(test)]
mod tests {
    use super::{duration, offset, within};

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, expected, cut) in [
            ("~30 minutes", 30 * MINUTE, "30 minutes"),
            ("about 1 hour, 30 min in all", 90 * MINUTE, "1 hour, 30 min"),
            ("1h30m", 90 * MINUTE, "1h30m"),
            ("0.5 h", 30 * MINUTE, "0.5 h"),
            ("24–48 hours", 48 * HOUR, "24–48 hours"),
            ("(0-15 min)", 15 * MINUTE, "0-15 min"),
            ("a 2-day freeze", 2 * DAY, "2-day"),
            ("v2 in 3 weeks", 21 * DAY, "3 weeks"),
        ] {
            let (length, range) = duration(text).unwrap();
            assert_eq!((length, text.get(range).unwrap()), (expected, cut));
        }
        for text in ["", "30", "1.2.3", "5%", "30 apples", "99999999999999999999 weeks", "½ hour"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_are_relative_to_the_window() {
        for (text, expected, cut) in [
            ("Planning (T-1 Week)", -7 * DAY, "T-1 Week"),
            ("T-3d", -3 * DAY, "T-3d"),
            ("Day (T-0 Day)", 0, "T-0 Day"),
            ("T-0", 0, "T-0"),
            ("T + 15 min", 15 * MINUTE, "T + 15 min"),
            ("T\u{2212}1d: security", -DAY, "T\u{2212}1d"),
        ] {
            let (length, range) = offset(text).unwrap();
            assert_eq!((length, text.get(range).unwrap()), (expected, cut));
        }
        for text in ["", "T-", "T-5", "BT-1d", "T 1d", "Time-to-live"] {
            assert_eq!(offset(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_after_the_start_is_a_limit_or_a_span() {
        assert_eq!(within("Checks (Within 15 minutes)").map(|found| found.0), Some(15 * MINUTE));
        assert_eq!(within("Monitoring (24-48 hours)").map(|found| found.0), Some(48 * HOUR));
        assert_eq!(within("Takes 15 minutes"), None);
    }
}
