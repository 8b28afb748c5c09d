//! Text from users on its way to a terminal: nothing in it may move the cursor, hide, or run backwards.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::source::is_unseen;

/// Hidden characters spelt out; line ends kept.
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    spelt(text, |character| character != '\n' && is_unseen(character))
}

/// Hidden characters spelt out, on one line.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unseen) {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split(['\n', '\r', '\t']).map(str::trim).filter(|word| !word.is_empty()).collect();
    Cow::Owned(spelt(&words.join(" "), is_unseen).into_owned())
}

/// Appends a character as it may be shown.
pub(super) fn push(out: &mut String, character: char) {
    if is_unseen(character) {
        // Writing to a string cannot fail.
        let _ = write!(out, "<U+{:04X}>", u32::from(character));
    } else {
        out.push(character);
    }
}

fn spelt(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if hidden(character) {
            push(&mut out, character);
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_spelt_out() {
        assert_eq!(
            line("a\u{1b}[2Jb\u{9b}1mc\u{7f}\u{202e}d\u{200b}\u{e0041}"),
            "a<U+001B>[2Jb<U+009B>1mc<U+007F><U+202E>d<U+200B><U+E0041>"
        );
        assert_eq!(lines("a\r\nb\u{0}"), "a<U+000D>\nb<U+0000>");
    }

    #[test]
    fn several_lines_become_one() {
        assert_eq!(line("a\n  b\tc\r\n"), "a b c");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        let text = "Grüße, 世界 🚀 `x`";
        assert!(matches!(line(text), Cow::Borrowed(same) if same == text));
        assert!(matches!(lines(text), Cow::Borrowed(_)));
    }
}
