//! What people write to values of the language, as the type of their attribute wants them. What does not fit is handed on
//! as the word it is: the shared reader says so.

use super::moment;
use super::reading::Reading;
use super::said::Said;
use crate::document::markdown::times;
use crate::model::answer::denies;
use crate::model::types::Type;
use crate::model::units::Person;
use crate::syntax::ast::{Literal, Moment, Node, Text, Value, ValueKind};
use crate::syntax::parse_value;

/// Words of the trade for words of the language.
const SYNONYMS: &[(&str, &str)] = &[
    ("prod", "production"),
    ("dev", "development"),
    ("stage", "staging"),
    ("k8s", "kubernetes"),
    ("yes", "true"),
    ("no", "false"),
];

impl Reading<'_> {
    /// The value that a text gives an attribute of this type.
    pub(super) fn value(&self, said: &Said, wanted: Type) -> Value {
        match wanted {
            Type::Text | Type::Zone | Type::Version => text_value(said),
            Type::Enum(_) | Type::Bool => symbol(said),
            Type::Duration => match times::duration(&said.text) {
                Some((length, range)) => {
                    Node::new(ValueKind::Literal(Literal::Duration(length)), said.part(range).span)
                }
                None => self.in_language(said),
            },
            Type::Moment => match moment::date(&said.text) {
                Some((date, range)) if !said.text.contains(':') => {
                    Node::new(ValueKind::Literal(Literal::Moment(Moment::Date(date))), said.part(range).span)
                }
                Some(_) | None => self.in_language(said),
            },
            Type::Person => people(said).into_iter().next().unwrap_or_else(|| symbol(said)),
            Type::List(Type::Person) => {
                let found = people(said);
                match found.len() {
                    0 => symbol(said),
                    _ => Node::new(ValueKind::List(found), said.span),
                }
            }
            Type::List(element) => Node::new(ValueKind::List(self.list(said, *element)), said.span),
            Type::Any
            | Type::Number
            | Type::Percent
            | Type::Offset
            | Type::Due
            | Type::Name
            | Type::Pattern
            | Type::Calendar
            | Type::Map(_)
            | Type::Record(_)
            | Type::Measure => self.in_language(said),
        }
    }

    fn list(&self, said: &Said, element: Type) -> Vec<Value> {
        let mut at = 0;
        let mut values = Vec::new();
        for part in said.text.split(',') {
            let one = said.part(at..at + part.len()).trimmed(&['`']);
            at += part.len() + 1;
            if !one.text.is_empty() {
                values.push(self.value(&one, element));
            }
        }
        values
    }

    /// A text that is, from its first to its last character, one value of the language; else the word it is.
    fn in_language(&self, said: &Said) -> Value {
        let parse = parse_value(self.file, &said.text, said.span.start);
        match parse.tree {
            Some(value) if parse.diagnostics.is_empty() => Node::new(value.value, said.span),
            Some(_) | None => symbol(said),
        }
    }
}

/// Whether a text was filled in with a word for nothing: it is as if its line were not there.
pub(super) fn is_absent(said: &Said, wanted: Type) -> bool {
    matches!(wanted, Type::Text) && denies(&said.text)
}

pub(super) fn text_value(said: &Said) -> Value {
    let text = crate::check::from_document::text_of(&said.text);
    Node::new(ValueKind::Literal(Literal::Text(text)), said.span)
}

pub(super) fn quoted(said: &Said) -> Value {
    Node::new(ValueKind::Literal(Literal::Text(Text::quoted(said.text.clone()))), said.span)
}

/// A bare word; what stands in brackets behind it is a comment.
fn symbol(said: &Said) -> Value {
    let end = said.text.find('(').filter(|at| *at > 0).unwrap_or(said.text.len());
    let said = said.part(0..end).trimmed(&['`']);
    let word = said.text.to_lowercase().replace(' ', "-");
    let word = SYNONYMS.iter().find(|(known, _)| *known == word).map_or(word, |(_, meant)| (*meant).to_owned());
    let kind = match word.as_str() {
        "true" => ValueKind::Literal(Literal::Bool(true)),
        "false" => ValueKind::Literal(Literal::Bool(false)),
        _ => ValueKind::Symbol(word),
    };
    Node::new(kind, said.span)
}

/// `@10:00` and `@10am` name nobody.
fn is_time(name: &str) -> bool {
    let behind = name.trim_start_matches(|digit: char| digit.is_ascii_digit());
    behind.len() < name.len() && matches!(behind.to_lowercase().as_str(), "" | "am" | "pm" | "h" | "z" | "utc")
}

/// Everybody a text names with `@`.
pub(super) fn people(said: &Said) -> Vec<Value> {
    let mut found = Vec::new();
    for (at, _) in said.text.match_indices('@') {
        let before = said.text.get(..at).unwrap_or_default();
        let name = said.text.get(at + 1..).unwrap_or_default();
        let name = Person::leading(name);
        if name.is_empty() || is_time(name) || before.ends_with(|last: char| last.is_alphanumeric()) {
            continue;
        }
        let place = said.part(at..at + 1 + name.len());
        found.push(Node::new(ValueKind::Literal(Literal::Person(name.to_owned())), place.span));
    }
    found
}
