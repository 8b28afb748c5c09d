//! How texts enter HTML, as content and in attributes.

use crate::emit::shown::{shown, shown_lines};

/// A text in one line.
pub(super) fn escape(text: &str) -> String {
    escaped(&shown(text))
}

/// A text line for line.
pub(super) fn escape_lines(text: &str) -> String {
    escaped(&shown_lines(text))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}
