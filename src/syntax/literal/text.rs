//! Quoted texts with their escapes, and block texts without their indentation.

use super::Flaw;
use crate::syntax::diagnostics::{SINGLE_QUOTES, UNKNOWN_ESCAPE};

/// One escape in a quoted text.
#[derive(Debug)]
pub(in crate::syntax) struct Escape {
    pub(in crate::syntax) character: char,
    /// How many bytes it takes, the backslash included.
    pub(in crate::syntax) length: usize,
}

/// The inside of `"…"`.
pub(super) fn quoted(inside: &str, flaws: &mut Vec<Flaw>) -> String {
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        let (plain, escape) = rest.split_at(at);
        value.push_str(plain);
        let start = inside.len() - escape.len();
        match self::escape(escape) {
            Ok(read) => value.push(read.character),
            Err(mut flaw) => {
                // One byte for the opening quote.
                flaw.range = flaw.range.start + start + 1..flaw.range.end + start + 1;
                flaws.push(flaw);
            }
        }
        rest = escape.get(escape_length(escape)..).unwrap_or_default();
    }
    value.push_str(rest);
    value
}

/// The escape that a text starts with.
pub(in crate::syntax) fn escape(text: &str) -> Result<Escape, Flaw> {
    let length = escape_length(text);
    let written = text.get(..length).unwrap_or(text);
    let character = match written.chars().nth(1) {
        Some('n') => Some('\n'),
        Some('t') => Some('\t'),
        Some(itself @ ('"' | '\\')) => Some(itself),
        Some('u') => written
            .strip_prefix("\\u{")
            .and_then(|digits| digits.strip_suffix('}'))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .and_then(char::from_u32),
        _ => None,
    };
    match character {
        Some(character) => Ok(Escape { character, length }),
        None => Err(unknown(written)),
    }
}

fn unknown(written: &str) -> Flaw {
    let help = if written.starts_with("\\u") {
        "a character is written with its number between braces, as in `\\u{1F680}`"
    } else {
        "the escapes are `\\\"`, `\\\\`, `\\n`, `\\t`, and `\\u{1F680}`; a backslash itself is `\\\\`, and a block string \
         `\"\"\"` takes it as it stands"
    };
    Flaw::whole(&UNKNOWN_ESCAPE, written, format!("`{written}` is no escape")).help(help)
}

/// How many bytes the escape takes that a text starts with.
fn escape_length(text: &str) -> usize {
    let mut characters = text.chars();
    characters.next();
    let Some(kind) = characters.next() else { return text.len() };
    let short = 1 + kind.len_utf8();
    if kind != 'u' {
        return short;
    }
    let Some(digits) = text.get(short..).and_then(|rest| rest.strip_prefix('{')) else { return short };
    let end = digits.find(|digit: char| !digit.is_ascii_hexdigit()).unwrap_or(digits.len());
    let closed = usize::from(digits.get(end..).is_some_and(|rest| rest.starts_with('}')));
    short + 1 + end + closed
}

pub(super) fn single_quoted(text: &str) -> Flaw {
    let inside = text.trim_matches('\'');
    let flaw = Flaw::whole(&SINGLE_QUOTES, text, "a text stands in double quotes");
    if inside.contains('"') || inside.contains('\\') {
        let apart = if inside.ends_with('"') { " " } else { "" };
        return flaw.help(format!("write `\"\"\"{inside}{apart}\"\"\"`"));
    }
    let cure = format!("\"{inside}\"");
    flaw.help(format!("write `{cure}`")).cure(cure)
}
