//! Characters that cannot be seen, or that turn the direction of what stands around them.

use std::ops::Range;

use super::report::Report;
use crate::source::{is_unseen, is_wide_blank};
use crate::syntax::diagnostics::HIDDEN_CHARACTER;

#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) range: Range<usize>,
    character: char,
}

impl Hidden {
    /// A blank that is none of the language's, and harmless within a text.
    pub(super) fn is_blank(&self) -> bool {
        is_wide_blank(self.character)
    }
}

/// Every hidden character but a byte order mark at the very start.
pub(super) fn find(text: &str) -> Vec<Hidden> {
    // Plain text is the rule: one look at the bytes tells whether a closer one is needed.
    let is_suspect =
        |byte: u8| matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 127 | 0xC2 | 0xD8 | 0xE1..=0xE3 | 0xEF | 0xF3);
    let bytes = text.as_bytes();
    if !bytes.iter().copied().any(is_suspect) && (0..bytes.len()).all(|at| !is_lone_return(bytes, at)) {
        return Vec::new();
    }
    text.char_indices()
        .filter(|(at, character)| {
            is_hidden(*character) && !(*at == 0 && *character == '\u{FEFF}') || is_lone_return(bytes, *at)
        })
        .map(|(at, character)| Hidden { range: at..at + character.len_utf8(), character })
        .collect()
}

/// Editors show the end of a line there, and a comment goes on: what looks like a rule would be none.
fn is_lone_return(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n')
}

fn is_hidden(character: char) -> bool {
    !matches!(character, '\n' | '\r' | '\t') && (is_unseen(character) || is_wide_blank(character))
}

fn name(character: char) -> &'static str {
    match character {
        '\0' => "NUL",
        '\r' => "carriage return without a line feed",
        '\u{A0}' => "no-break space",
        '\u{AD}' => "soft hyphen",
        '\u{200B}' => "zero-width space",
        '\u{200C}' => "zero-width non-joiner",
        '\u{200D}' => "zero-width joiner",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202E}' => "right-to-left override",
        '\u{FEFF}' => "byte order mark",
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202D}' | '\u{2066}'..='\u{2069}' => "direction mark",
        control if control.is_control() => "control character",
        blank if is_wide_blank(blank) => "a blank that is no space",
        _ => "invisible character",
    }
}

impl Report {
    pub(super) fn hidden(&mut self, hidden: &Hidden) {
        let number = format!("U+{:04X}", u32::from(hidden.character));
        let diagnostic = self
            .error(
                &HIDDEN_CHARACTER,
                hidden.range.clone(),
                format!("the hidden character {number} ({}) stands here", name(hidden.character)),
            )
            .help(format!(
                "delete it; a quoted string that needs it writes `\\u{{{:X}}}`",
                u32::from(hidden.character)
            ));
        self.push(diagnostic);
    }
}
