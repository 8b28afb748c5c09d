//! Durations in strings: `duration("04:00:00")`. Accepts what configuration files hold, refuses what has no unit.

use super::duration::unit;
use super::{Duration, UnitError};

impl Duration {
    /// Reads `1h30m`, `HH:MM[:SS]` or ISO 8601 `PT4H`.
    pub fn parse(text: &str) -> Result<Self, UnitError> {
        if text.is_empty() {
            return Err(refusal(text, "is empty"));
        }
        if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return Err(UnitError::new(format!("`{text}` has no unit"))
                .help(format!("write the unit too, for example `{text}s` or `{text}m`, or `HH:MM:SS`")));
        }
        if text.starts_with('-') || text.starts_with('+') {
            return Err(refusal(text, "has a sign"));
        }
        if text.contains(':') {
            return clock(text);
        }
        if let Some(rest) = text.strip_prefix('P') {
            return iso(text, rest);
        }
        let count = unit_counts(text, text)?;
        total(text, &count, "unknown unit", unit)
    }
}

/// `04:00:00`, `04:00`, and as many hours as are wanted: `170:00:00`.
fn clock(text: &str) -> Result<Duration, UnitError> {
    let parts: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes] => (*hours, *minutes, "00"),
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        _ => return Err(refusal(text, "is not `HH:MM` or `HH:MM:SS`")),
    };
    let sixty = |part: &str| number(part).filter(|value| part.len() == 2 && *value < 60);
    let (Some(hours), Some(minutes), Some(seconds)) = (number(hours), sixty(minutes), sixty(seconds)) else {
        return Err(refusal(text, "is not `HH:MM` or `HH:MM:SS`"));
    };
    hours
        .checked_mul(3600)
        .and_then(|total| total.checked_add(minutes * 60 + seconds))
        .and_then(|total| total.checked_mul(1000))
        .map(Duration::from_milliseconds)
        .ok_or_else(|| too_long(text))
}

/// `P1DT12H`, without the `P`. Years and months have no fixed length.
fn iso(text: &str, rest: &str) -> Result<Duration, UnitError> {
    let (date, time) = rest.split_once('T').unwrap_or((rest, ""));
    if rest.is_empty() || rest.ends_with('T') {
        return Err(refusal(text, "names no length"));
    }
    if date.contains(['Y', 'M']) {
        return Err(UnitError::new(format!("`{text}` counts years or months, which have no fixed length"))
            .help("count in weeks or days: `P30D`"));
    }
    let date_unit =
        |letters: &str| unit(letters.to_ascii_lowercase().as_str()).filter(|_| ["W", "D"].contains(&letters));
    let time_unit =
        |letters: &str| unit(letters.to_ascii_lowercase().as_str()).filter(|_| ["H", "M", "S"].contains(&letters));
    let days = total(text, &unit_counts(text, date)?, "unknown ISO 8601 unit", date_unit)?;
    let clock = total(text, &unit_counts(text, time)?, "unknown ISO 8601 unit", time_unit)?;
    days.checked_add(clock).ok_or_else(|| too_long(text))
}

/// `1h30m` as `[(1, "h"), (30, "m")]`.
fn unit_counts<'a>(text: &str, mut rest: &'a str) -> Result<Vec<(i64, &'a str)>, UnitError> {
    let mut counts = Vec::new();
    while !rest.is_empty() {
        let (digits, after) = split_while(rest, |letter| letter.is_ascii_digit());
        let (letters, after) = split_while(after, |letter| letter.is_ascii_alphabetic());
        if digits.is_empty() || letters.is_empty() {
            return Err(refusal(text, "is not a duration"));
        }
        counts.push((number(digits).ok_or_else(|| too_long(text))?, letters));
        rest = after;
    }
    Ok(counts)
}

/// The sum, provided that each unit is known and shorter than the one before.
fn total(
    text: &str,
    counts: &[(i64, &str)],
    unknown: &str,
    unit: impl Fn(&str) -> Option<i64>,
) -> Result<Duration, UnitError> {
    let mut sum = 0_i64;
    let mut last = i64::MAX;
    for (count, letters) in counts {
        let length = unit(letters).ok_or_else(|| refusal(text, &format!("has the {unknown} `{letters}`")))?;
        if length >= last {
            return Err(refusal(text, "does not go from the longest unit to the shortest"));
        }
        last = length;
        sum = count.checked_mul(length).and_then(|part| sum.checked_add(part)).ok_or_else(|| too_long(text))?;
    }
    Ok(Duration::from_milliseconds(sum))
}

fn split_while(text: &str, accept: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|letter| !accept(letter)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn number(digits: &str) -> Option<i64> {
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn too_long(text: &str) -> UnitError {
    UnitError::new(format!("`{text}` is longer than can be counted"))
}

fn refusal(text: &str, why: &str) -> UnitError {
    UnitError::new(format!("`{text}` {why}"))
        .help("write a duration such as `30s`, `15m`, `4h`, `1h30m`, `04:00:00` or `PT4H`")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        match Duration::parse(text) {
            Ok(duration) => duration.to_string(),
            Err(error) => error.message,
        }
    }

    #[test]
    fn three_forms_say_the_same() {
        for text in ["4h", "04:00", "04:00:00", "4:00:00", "PT4H", "240m", "PT240M", "P0DT4H"] {
            assert_eq!(read(text), "4h", "{text}");
        }
        assert_eq!(read("170:00:00"), "1w2h");
        assert_eq!(read("P2W"), "2w");
        assert_eq!(read("1h30m"), "1h30m");
        assert_eq!(read("500ms"), "500ms");
        assert_eq!(read("00:00:00"), "0s");
    }

    #[test]
    fn what_has_no_unit_or_no_sense_is_refused_with_the_reason() {
        assert_eq!(read("14400"), "`14400` has no unit");
        assert_eq!(read("1.5"), "`1.5` has no unit");
        assert_eq!(read("1.5h"), "`1.5h` is not a duration");
        assert_eq!(read(""), "`` is empty");
        assert_eq!(read("-4h"), "`-4h` has a sign");
        assert_eq!(read("04:60"), "`04:60` is not `HH:MM` or `HH:MM:SS`");
        assert_eq!(read("1:2:3:4"), "`1:2:3:4` is not `HH:MM` or `HH:MM:SS`");
        assert_eq!(read("4 hours"), "`4 hours` is not a duration");
        assert_eq!(read("4y"), "`4y` has the unknown unit `y`");
        assert_eq!(read("30m1h"), "`30m1h` does not go from the longest unit to the shortest");
        assert_eq!(read("P1M"), "`P1M` counts years or months, which have no fixed length");
        assert_eq!(read("PT"), "`PT` names no length");
        assert_eq!(read("P4H"), "`P4H` has the unknown ISO 8601 unit `H`");
        assert_eq!(read("99999999999999999999h"), "`99999999999999999999h` is longer than can be counted");
        assert_eq!(read("９h"), "`９h` is not a duration");
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(milliseconds in 0..i64::MAX) {
            let duration = Duration::from_milliseconds(milliseconds);
            prop_assert_eq!(Duration::parse(&duration.to_string()), Ok(duration));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[PT0-9:hmsdwHMSDWé. +-]{0,24}|\\PC{0,8}") {
            let _ = Duration::parse(&text);
        }
    }
}
