//! Durations and offsets, in milliseconds.

use super::Flaw;
use crate::diagnostic::did_you_mean;
use crate::syntax::diagnostics::{BAD_DURATION, BAD_OFFSET, OUT_OF_RANGE};

const UNITS: &[(&str, i64)] =
    &[("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

const UNIT_HELP: &str = "the units are `w`, `d`, `h`, `m`, `s`, and `ms`, the largest first: `1h30m`";

/// `1h30m`, which starts `at` bytes into its literal.
pub(super) fn read(text: &str, at: usize) -> Result<i64, Flaw> {
    let mut total: i64 = 0;
    let mut last = usize::MAX;
    for part in parts(text) {
        let range = at + part.start..at + part.start + part.digits.len() + part.unit.len();
        let Some(rank) = UNITS.iter().position(|(unit, _)| *unit == part.unit) else {
            return Err(unknown_unit(text, &part, range));
        };
        if last != usize::MAX && rank <= last {
            return Err(out_of_order(text, &part, rank == last, range));
        }
        last = rank;
        let scale = UNITS.get(rank).map_or(1, |(_, scale)| *scale);
        let sum = part.digits.parse::<i64>().ok().and_then(|count| count.checked_mul(scale)?.checked_add(total));
        let Some(sum) = sum else {
            return Err(Flaw::whole(&OUT_OF_RANGE, text, format!("`{text}` is longer than a duration can be"))
                .help("a duration holds up to 292 million years")
                .shifted(at));
        };
        total = sum;
    }
    Ok(total)
}

/// `T-1w`, `T+15m`, `T-0`.
pub(super) fn offset(text: &str) -> Result<i64, Flaw> {
    let (sign, length) = (text.get(1..2).unwrap_or_default(), text.get(2..).unwrap_or_default());
    if length == "0" {
        return Ok(0);
    }
    let length = read(length, 2)?;
    Ok(if sign == "-" { -length } else { length })
}

pub(super) fn malformed_offset(text: &str) -> Flaw {
    let length = text.get(2..).unwrap_or_default();
    let flaw = Flaw::whole(&BAD_OFFSET, text, format!("`{text}` is not an offset"));
    let sign = text.get(..2).unwrap_or_default();
    if length.bytes().all(|byte| byte.is_ascii_digit()) {
        return flaw.help(format!("it needs a unit: `{text}m`, `{text}h`, or `{text}d`"));
    }
    match malformed(length).and_then(|inner| inner.suggestion()) {
        Some(better) => flaw.help(format!("did you mean `{sign}{better}`? {UNIT_HELP}")),
        None => flaw.help(UNIT_HELP),
    }
}

/// Says what is wrong with `5min` or `1.5h`, if it was meant as a duration.
pub(super) fn malformed(text: &str) -> Option<Flaw> {
    if let Some((whole, rest)) = text.split_once('.') {
        return fraction(text, whole, rest);
    }
    let mut meant = String::new();
    for part in parts(text) {
        if part.digits.is_empty() || part.unit.is_empty() || !part.unit.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        meant.push_str(part.digits);
        meant.push_str(unit_meant(part.unit)?);
    }
    if meant.is_empty() {
        return None;
    }
    Some(
        Flaw::whole(&BAD_DURATION, text, format!("`{text}` is not a duration"))
            .help(format!("did you mean `{meant}`? {UNIT_HELP}")),
    )
}

fn fraction(text: &str, whole: &str, rest: &str) -> Option<Flaw> {
    let unit = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
    unit_meant(unit)?;
    let smaller = match unit_meant(unit)? {
        "w" => "`1w3d`",
        "d" => "`1d12h`",
        "h" => "`1h30m`",
        "m" => "`1m30s`",
        _ => "`1s500ms`",
    };
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(
        Flaw::whole(&BAD_DURATION, text, format!("`{text}` is not a duration: its numbers are whole"))
            .help(format!("write the rest in a smaller unit, as in {smaller}")),
    )
}

/// The unit somebody meant who wrote it out.
fn unit_meant(written: &str) -> Option<&'static str> {
    const WRITTEN: &[(&str, &str)] = &[
        ("w", "w"),
        ("wk", "w"),
        ("wks", "w"),
        ("week", "w"),
        ("weeks", "w"),
        ("d", "d"),
        ("day", "d"),
        ("days", "d"),
        ("h", "h"),
        ("hr", "h"),
        ("hrs", "h"),
        ("hour", "h"),
        ("hours", "h"),
        ("m", "m"),
        ("min", "m"),
        ("mins", "m"),
        ("minute", "m"),
        ("minutes", "m"),
        ("s", "s"),
        ("sec", "s"),
        ("secs", "s"),
        ("second", "s"),
        ("seconds", "s"),
        ("ms", "ms"),
        ("msec", "ms"),
        ("millis", "ms"),
        ("millisecond", "ms"),
        ("milliseconds", "ms"),
    ];
    let exact = |wanted: &str| WRITTEN.iter().find(|(name, _)| *name == wanted).map(|(_, unit)| *unit);
    let wanted = written.to_lowercase();
    exact(&wanted).or_else(|| {
        let long = WRITTEN.iter().map(|(name, _)| *name).filter(|name| name.len() > 3);
        if wanted.len() > 3 { did_you_mean(&wanted, long).and_then(exact) } else { None }
    })
}

fn unknown_unit(text: &str, part: &Part<'_>, range: std::ops::Range<usize>) -> Flaw {
    let message = format!("`{}` in `{text}` has no unit that is known", text.get(part.start..).unwrap_or_default());
    Flaw { descriptor: &BAD_DURATION, range, message, help: Some(UNIT_HELP.to_owned()), cure: None }
}

fn out_of_order(text: &str, part: &Part<'_>, repeated: bool, range: std::ops::Range<usize>) -> Flaw {
    let piece = format!("{}{}", part.digits, part.unit);
    let message = if repeated {
        format!("`{piece}` in `{text}` repeats the unit `{}`", part.unit)
    } else {
        format!("`{piece}` in `{text}` comes after a smaller unit")
    };
    Flaw { descriptor: &BAD_DURATION, range, message, help: Some(UNIT_HELP.to_owned()), cure: None }
}

impl Flaw {
    fn shifted(mut self, by: usize) -> Self {
        self.range = self.range.start + by..self.range.end + by;
        self
    }

    /// What is put in the first quotes of the help: the text to write instead.
    fn suggestion(&self) -> Option<String> {
        self.help.as_deref()?.split('`').nth(1).map(str::to_owned)
    }
}

struct Part<'a> {
    start: usize,
    digits: &'a str,
    unit: &'a str,
}

/// Digits and what follows them, again and again.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let digits = rest.len() - rest.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
        let after = rest.get(digits..).unwrap_or_default();
        let unit = after.len() - after.trim_start_matches(|letter: char| !letter.is_ascii_digit()).len();
        let part =
            Part { start, digits: rest.get(..digits).unwrap_or_default(), unit: after.get(..unit).unwrap_or_default() };
        start += digits + unit;
        Some(part)
    })
}
