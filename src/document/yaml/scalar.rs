//! The core schema of YAML 1.2: which words are null, booleans and numbers. `on`, `yes` and `0b1` are strings.

use crate::document::builder::Scalar;

/// What an untagged plain scalar is.
pub(super) fn plain(text: &str) -> Scalar {
    // Most texts are told from everything else by how they begin.
    let may_be_more =
        |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F');
    if text.as_bytes().first().is_some_and(|byte| !may_be_more(byte)) {
        return Scalar::String;
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Bool(true),
        "false" | "False" | "FALSE" => Scalar::Bool(false),
        _ if is_integer(text) || is_float(text) => Scalar::Number,
        _ => Scalar::String,
    }
}

/// What a scalar is whose tag names a type of the core schema; None where it is not of that type.
pub(super) fn tagged(tag: &str, text: &str) -> Option<Scalar> {
    match (tag, plain(text)) {
        ("str", _) => Some(Scalar::String),
        ("null", Scalar::Null) => Some(Scalar::Null),
        ("bool", Scalar::Bool(value)) => Some(Scalar::Bool(value)),
        ("int", Scalar::Number) if is_integer(text) => Some(Scalar::Number),
        ("float", Scalar::Number) => Some(Scalar::Number),
        _ => None,
    }
}

fn is_integer(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |byte| (b'0'..=b'7').contains(&byte));
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, |byte| byte.is_ascii_hexdigit());
    }
    all(unsigned(text), |byte| byte.is_ascii_digit())
}

fn is_float(text: &str) -> bool {
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let text = unsigned(text);
    if matches!(text, ".inf" | ".Inf" | ".INF") {
        return true;
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| all(unsigned(exponent), |byte| byte.is_ascii_digit()))
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['-', '+']).unwrap_or(text)
}

fn all(text: &str, belongs: impl Fn(u8) -> bool) -> bool {
    !text.is_empty() && text.bytes().all(belongs)
}
