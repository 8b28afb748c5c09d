//! How a text of a plan is made fit to be shown: what would act on a terminal, or hide from a reader, is spelt out.

use crate::source::is_unseen;

/// In one line.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' | '\r' => shown.push(' '),
            _ => push(&mut shown, character),
        }
    }
    shown
}

/// Line for line, tabs kept, without empty lines at the end.
pub(super) fn shown_lines(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.trim_end().replace("\r\n", "\n").chars() {
        match character {
            '\n' | '\t' => shown.push(character),
            _ => push(&mut shown, character),
        }
    }
    shown
}

fn push(shown: &mut String, character: char) {
    if is_unseen(character) {
        shown.extend(character.escape_unicode());
    } else {
        shown.push(character);
    }
}

/// Whether what stands around an `@` makes an address of e-mail of it, as GitHub finds them.
pub fn is_mail(before: Option<char>, after: impl Iterator<Item = char>) -> bool {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | '+');
    let host: String = after.take_while(|letter| is_name(*letter)).collect();
    before.is_some_and(is_name) && host.trim_matches('.').contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_mail_is_told_from_a_mention_and_a_digest() {
        let mail = |before: char, after: &str| is_mail(Some(before), after.chars());
        assert!(mail('a', "example.com, b") && mail('_', "a.b-c.d."));
        assert!(!mail(' ', "example.com") && !mail('a', "sha256:0.1") && !mail('a', "b."));
    }

    #[test]
    fn what_acts_on_a_terminal_is_spelt_out() {
        assert_eq!(shown("a\u{1b}[31mb\u{202e}c\nd 🚀"), "a\\u{1b}[31mb\\u{202e}c d 🚀");
        assert_eq!(shown_lines("a\u{1b}\n\tb\r\nc\n\n"), "a\\u{1b}\n\tb\nc");
    }
}
