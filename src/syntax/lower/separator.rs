//! Walks the entries between braces: a newline or a comma separates an attribute from what follows it.

use super::Lower;
use crate::source::Span;
use crate::syntax::diagnostics::{MISSING_SEPARATOR, UNEXPECTED};
use crate::syntax::grammar::{Pair, Rule};

/// The sound entry directly before another, if there is one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before(pub(super) Option<Span>);

/// What stood before the entry now being read.
#[derive(Debug, Default)]
pub(super) struct Neighbour {
    /// An attribute that still waits for its separator.
    attribute: Option<Span>,
    /// An entry that could be read.
    sound: Option<Span>,
}

impl Neighbour {
    /// An attribute was read, at this place.
    pub(super) fn is_attribute(&mut self, place: Span) {
        self.attribute = Some(place);
    }

    /// Whether this part of a body is an entry that is to be read, and what stands before it. Punctuation is none, and
    /// neither is what cannot be read because it runs on after a value.
    pub(super) fn passes(&mut self, lower: &mut Lower<'_>, pair: &Pair<'_>) -> Option<Before> {
        let before = self.sound.take();
        let attribute = self.attribute.take();
        if matches!(pair.as_rule(), Rule::brace_open | Rule::brace_close | Rule::comma) {
            return None;
        }
        let next = lower.span(pair);
        let is_junk = matches!(pair.as_rule(), Rule::entry_junk | Rule::clause_junk);
        if !is_junk {
            self.sound = Some(lower.trimmed(next));
        }
        let Some(attribute) = attribute else { return Some(Before(before)) };
        // A repaired quote or bracket may have taken the place of the line end itself.
        let between = Span::new(attribute.end.saturating_sub(1), next.start);
        if lower.written(between).contains('\n') || lower.is_known(between) {
            return Some(Before(before));
        }
        lower.missing_separator(attribute, next);
        (!is_junk).then_some(Before(before))
    }
}

impl Lower<'_> {
    fn missing_separator(&mut self, attribute: Span, next: Span) {
        let found = self.first_token(next);
        let (written, ended) = (self.written(found), self.written(attribute));
        let last = ended.split_whitespace().next_back().unwrap_or(ended);
        let rest = self.source_after(next.start);
        let touches = attribute.end == next.start;
        let diagnostic = if written == ";" {
            let rest = self.source_after(found.end).split(['\n', '\r']).next().unwrap_or_default().trim_start();
            let ends_line = rest.is_empty() || rest.starts_with(['#', '}']);
            let instead = if ends_line { "" } else { "," };
            self.error(&MISSING_SEPARATOR, found, "a new line or `,` ends an attribute, not `;`").cure(
                "delete the `;`",
                self.place(found),
                instead,
            )
        } else if touches && !written.is_ascii() {
            let name = Span::new(found.start - u32::try_from(last.len()).unwrap_or_default(), found.end);
            self.error(&UNEXPECTED, name, format!("`{}` is not a name", self.written(name)))
                .help("a name holds the letters a to z, digits, `_`, and `-`; any other text stands in quotes")
        } else {
            let help = match rest.get(..5).filter(|time| last.len() == 10 && is_time(time)) {
                Some(time) => format!("a date and a time are joined with `T`: `{last}T{time}`"),
                None => format!("end the value `{last}` with a comma or a new line; quote a text of several words"),
            };
            self.error(&MISSING_SEPARATOR, found, format!("a new line or `,` is missing before `{written}`")).help(help)
        };
        self.report(diagnostic);
    }
}

/// `10:00`
fn is_time(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| if at == 2 { byte == b':' } else { byte.is_ascii_digit() })
}
