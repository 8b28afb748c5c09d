//! Literals as written to literals of the tree. Knows nothing of places in a file: a flaw counts from the literal's start.

mod block_text;
mod duration;
mod moment;
mod number;
mod text;
mod version;

use super::ast::{Literal, Text, TextStyle};
use super::grammar::Rule;
use crate::diagnostic::Descriptor;

pub(super) use block_text::kept;
pub(super) use text::escape;

/// What is wrong within a literal.
#[derive(Debug)]
pub(super) struct Flaw {
    pub(super) descriptor: &'static Descriptor,
    pub(super) range: std::ops::Range<usize>,
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// The whole literal as it was meant, if there is one way to mean it.
    pub(super) cure: Option<String>,
}

impl Flaw {
    fn whole(descriptor: &'static Descriptor, text: &str, message: impl Into<String>) -> Self {
        Self { descriptor, range: 0..text.len(), message: message.into(), help: None, cure: None }
    }

    fn cure(mut self, text: impl Into<String>) -> Self {
        self.cure = Some(text.into());
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Reads the text of a literal rule. None where it has no meaning; the flaws then say why.
#[expect(clippy::wildcard_enum_match_arm, reason = "the grammar lets no other rule stand here")]
pub(super) fn read(rule: Rule, text: &str, flaws: &mut Vec<Flaw>) -> Option<Literal> {
    let read = match rule {
        Rule::quoted_text => {
            Ok(Literal::Text(Text { value: text::quoted(inside(text, 1), flaws), style: TextStyle::Quoted }))
        }
        Rule::block_text => {
            Ok(Literal::Text(Text { value: block_text::read(inside(text, 3)), style: TextStyle::Block }))
        }
        Rule::single_quoted => {
            flaws.push(text::single_quoted(text));
            Ok(Literal::Text(Text::quoted(inside(text, 1))))
        }
        Rule::moment => Ok(Literal::Moment(moment::read(text))),
        Rule::duration => duration::read(text, 0).map(Literal::Duration),
        Rule::offset => duration::offset(text).map(Literal::Offset),
        Rule::malformed_offset => Err(duration::malformed_offset(text)),
        Rule::percent => number::read(text.trim_end_matches('%'), text).map(Literal::Percent),
        Rule::number => number::read(text, text).map(Literal::Number),
        Rule::negative => number::negative(text),
        Rule::malformed_number => Err(number::malformed(text)),
        Rule::version => version::read(text).map(Literal::Version),
        Rule::malformed_version => Err(version::malformed(text)),
        Rule::boolean => Ok(Literal::Bool(text == "true")),
        Rule::person => Ok(Literal::Person(text.trim_start_matches('@').to_owned())),
        Rule::pattern => Ok(Literal::Pattern(inside(text, 1).replace("\\/", "/"))),
        _ => return None,
    };
    match read {
        Ok(literal) => Some(literal),
        Err(flaw) => {
            flaws.push(flaw);
            None
        }
    }
}

/// The text without its `quotes` first and last bytes.
fn inside(text: &str, quotes: usize) -> &str {
    text.get(quotes..text.len().saturating_sub(quotes)).unwrap_or_default()
}
