//! A text as the language writes it.

use std::fmt::Write as _;

use crate::source::{is_unseen, is_wide_blank};

/// A text in quotes, whatever it holds.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            hidden if must_be_escaped(hidden) => {
                let _ = write!(out, "\\u{{{:X}}}", u32::from(hidden));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// What a text of the language may hold as an escape alone.
pub(crate) fn must_be_escaped(letter: char) -> bool {
    is_unseen(letter) || is_wide_blank(letter)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn whatever_a_text_holds_is_written() {
        assert_eq!(quoted("a \"b\" \\ \n\t\u{202e}ü"), r#""a \"b\" \\ \n\t\u{202E}ü""#);
    }
}
