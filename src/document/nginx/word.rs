//! A word of an nginx file.

use crate::source::Span;

/// A name or an argument: its text as nginx reads it, and where that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Quotes removed, escapes resolved.
    pub text: Box<str>,
    /// Inside the quotes.
    pub span: Span,
    pub quoted: bool,
}

impl Word {
    /// The text as written, escapes resolved the way nginx does: `\"`, `\'`, `\\`, `\t`, `\r`, `\n`; any other backslash
    /// stays.
    pub(super) fn new(written: &str, span: Span, quoted: bool) -> Self {
        Self { text: unescaped(written).into(), span, quoted }
    }

    /// With its quotes.
    pub fn outer(&self) -> Span {
        if self.quoted {
            Span::new(self.span.start.saturating_sub(1), self.span.end.saturating_add(1))
        } else {
            self.span
        }
    }
}

fn unescaped(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut rest = written.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        let mut ahead = rest.clone();
        let meant = match ahead.next() {
            Some(escaped @ ('"' | '\'' | '\\')) => escaped,
            Some('t') => '\t',
            Some('r') => '\r',
            Some('n') => '\n',
            _ => {
                text.push('\\');
                continue;
            }
        };
        text.push(meant);
        rest = ahead;
    }
    text
}
