//! How texts of a plan enter a script: as one single-quoted word, or made fit to be shown.

/// One word for the shell, whatever the text. NUL is the caller's to refuse.
pub(super) fn word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The text for a terminal: what would act on it, or hide from a reader, is spelt out.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' | '\r' => shown.push(' '),
            _ if character.is_control() || is_invisible(character) => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    shown
}

fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_one_word() {
        assert_eq!(word("it's $(rm) `x`"), r"'it'\''s $(rm) `x`'");
        assert_eq!(word(""), "''");
    }

    #[test]
    fn what_acts_on_a_terminal_is_spelt_out() {
        assert_eq!(shown("a\u{1b}[31mb\u{202e}c\nd 🚀"), "a\\u{1b}[31mb\\u{202e}c d 🚀");
    }
}
