//! Numbers and percentages.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{Flaw, duration};
use crate::syntax::ast::Literal;
use crate::syntax::diagnostics::{BAD_DATE, BAD_NUMBER, OUT_OF_RANGE};

/// `digits` is the number in the literal `whole`.
pub(super) fn read(digits: &str, whole: &str) -> Result<Decimal, Flaw> {
    Decimal::from_str_exact(digits).map_err(|_| {
        Flaw::whole(&OUT_OF_RANGE, whole, format!("`{whole}` has more digits than a number can hold"))
            .help("a number holds up to 28 digits")
    })
}

/// `-5` and `-5%`.
pub(super) fn negative(whole: &str) -> Result<Literal, Flaw> {
    let number = whole.trim_end_matches('%');
    let value = read(number, whole)?;
    Ok(if number.len() == whole.len() { Literal::Number(value) } else { Literal::Percent(value) })
}

/// Says what is wrong with what starts like a number.
pub(super) fn malformed(text: &str) -> Flaw {
    if let Some(flaw) = duration::malformed(text) {
        return flaw;
    }
    let parts: Vec<&str> = text.split('-').collect();
    if let [year, month, day] = parts.as_slice()
        && [year, month, day].iter().all(|part| part.starts_with(|first: char| first.is_ascii_digit()))
    {
        return date(text, year, month, day);
    }
    let flaw = Flaw::whole(&BAD_NUMBER, text, format!("`{text}` is not a number"));
    let plain: String = text.chars().filter(|character| *character != '_').collect();
    if plain != text && Decimal::from_str(&plain).is_ok() {
        return flaw.help(format!("write `{plain}`: digits are not grouped")).cure(plain);
    }
    if text.ends_with('.') && Decimal::from_str(text.trim_end_matches('.')).is_ok() {
        let plain = text.trim_end_matches('.');
        return flaw.help(format!("write `{plain}`")).cure(plain);
    }
    if text.split_once('-').is_some() {
        return flaw.help("a subtraction has a blank on either side of its `-`; a text stands in quotes");
    }
    flaw.help(format!("if it is a text, quote it: `\"{text}\"`"))
}

fn date(text: &str, year: &str, month: &str, day: &str) -> Flaw {
    let flaw = Flaw::whole(&BAD_DATE, text, format!("`{text}` is not a date"));
    let all_digits = |part: &str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() == 4 && all_digits(month) && all_digits(day) {
        let date = format!("{year}-{month:0>2}-{day:0>2}");
        return flaw.help(format!("write month and day with two digits: `{date}`")).cure(date);
    }
    flaw.help("a date is written `2026-11-24`, a date with a time `2026-11-24T10:00`")
}
