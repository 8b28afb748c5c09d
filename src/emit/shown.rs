//! How a text of a plan is made fit to be shown: what would act on a terminal, or hide from a reader, is spelt out.

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
    if character.is_control() || is_invisible(character) {
        shown.extend(character.escape_unicode());
    } else {
        shown.push(character);
    }
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
    fn what_acts_on_a_terminal_is_spelt_out() {
        assert_eq!(shown("a\u{1b}[31mb\u{202e}c\nd 🚀"), "a\\u{1b}[31mb\\u{202e}c d 🚀");
        assert_eq!(shown_lines("a\u{1b}\n\tb\r\nc\n\n"), "a\\u{1b}\n\tb\nc");
    }
}
