//! Values as JSON writes them.

use std::fmt::Write as _;

use super::Wanted;

pub(super) fn written(wanted: Wanted<'_>) -> String {
    match wanted {
        Wanted::Null => "null".to_owned(),
        Wanted::Bool(value) => value.to_string(),
        Wanted::Number(digits) => digits.to_owned(),
        Wanted::Text(text) => key(text),
    }
}

/// A text in double quotes, with the escapes that JSON, YAML and TOML share.
pub(super) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // One that cannot be seen stands there as an escape; all of these are single units of UTF-16.
            hidden if hidden.is_control() || matches!(hidden, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(hidden));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
