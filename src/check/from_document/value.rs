//! Values of a document to values of the language, as the type of their attribute wants them. What does not fit is
//! handed on as what it is: the shared reader says so.

use super::head::is_word;
use super::language::Said;
use super::reading::Reading;
use crate::check::names::IN_PLANS;
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::document::{self, NodeId};
use crate::model::answer::is_yes_or_no;
use crate::model::types::Type;
use crate::syntax::ast::{Attribute, Literal, Node, Text, TextStyle, Value, ValueKind};
use crate::syntax::diagnostics::{BAD_DATE, BAD_DURATION, BAD_OFFSET, OUT_OF_RANGE};

/// The variables that commands are given.
const ENVIRONMENT: &str = "env";

impl Reading<'_> {
    /// The value under the key `name`; None after saying why there is none.
    pub(super) fn value(&mut self, name: &str, node: NodeId, wanted: Type) -> Option<Value> {
        let document = self.document;
        match document.value(node) {
            document::Value::Null => {
                self.no_value(name, node);
                None
            }
            document::Value::Bool(flag) => {
                let text = if is_text(wanted) { None } else { self.plain_text(node, wanted) };
                Some(text.unwrap_or_else(|| self.literal(node, Literal::Bool(flag))))
            }
            document::Value::Number(written) => {
                if let Some(text) = self.plain_text(node, wanted) {
                    return Some(text);
                }
                let Some(number) = document.decimal(node) else {
                    let message = format!("`{written}` is more than a number can hold");
                    self.report(IN_PLANS.impossible, self.span(node), message, "write a number of up to 28 digits");
                    return None;
                };
                Some(self.literal(node, Literal::Number(number)))
            }
            document::Value::String(text) => self.string(name, node, text, element(wanted)),
            document::Value::Sequence(items) => {
                let element = element(wanted);
                let items = items.iter().filter_map(|item| self.value(name, *item, element)).collect();
                Some(Node::new(ValueKind::List(items), self.span(node)))
            }
            document::Value::Mapping(_) => {
                let element = if let Type::Map(element) = wanted { *element } else { Type::Any };
                Some(Node::new(ValueKind::Map(self.map(name, node, element)), self.span(node)))
            }
        }
    }

    /// A variable of the environment may hold `on` as it may hold 5; as a command neither is meant.
    fn map(&mut self, name: &str, node: NodeId, element: Type) -> Vec<Attribute> {
        let mut entries = Vec::new();
        for field in self.fields(node) {
            if name == ENVIRONMENT && self.is_plain(field.value) && is_yes_or_no(self.written(field.value)) {
                let value = self.text_value(field.value, self.written(field.value));
                entries.push(Attribute { name: field.name(), span: field.key_span.to(value.span), value });
            } else {
                entries.extend(self.attribute(&field, element));
            }
        }
        entries
    }

    /// What YAML takes for a number, where a text is wanted: `version: 1.10` is not 1.1.
    fn plain_text(&self, node: NodeId, wanted: Type) -> Option<Value> {
        let takes_text = match element(wanted) {
            Type::Text | Type::Zone | Type::Version | Type::Name => true,
            Type::Any
            | Type::Bool
            | Type::Number
            | Type::Duration
            | Type::Percent
            | Type::Moment
            | Type::Offset
            | Type::Due
            | Type::Person
            | Type::Pattern
            | Type::Calendar
            | Type::Enum(_)
            | Type::List(_)
            | Type::Map(_)
            | Type::Record(_)
            | Type::Measure => false,
        };
        (takes_text && self.is_plain(node)).then(|| self.text_value(node, self.written(node)))
    }

    fn string(&mut self, name: &str, node: NodeId, text: &str, wanted: Type) -> Option<Value> {
        match wanted {
            // Whoever writes `urgent: no` means no reason: YAML itself has taken it for one or the other.
            Type::Text | Type::Any if self.is_plain(node) && is_yes_or_no(text) => {
                return Some(self.symbol(node, text));
            }
            Type::Text | Type::Zone | Type::Version => return Some(self.text_value(node, text)),
            _ if self.is_blank(node) => {
                self.no_value(name, node);
                return None;
            }
            Type::Enum(_) | Type::Calendar => return Some(self.symbol(node, text)),
            Type::Name if is_word(text) => return Some(self.symbol(node, text)),
            Type::Name
            | Type::Any
            | Type::Bool
            | Type::Number
            | Type::Duration
            | Type::Percent
            | Type::Moment
            | Type::Offset
            | Type::Due
            | Type::Person
            | Type::Pattern
            | Type::List(_)
            | Type::Map(_)
            | Type::Record(_)
            | Type::Measure => {}
        }
        match (self.say(node, text), wanted) {
            (Said::Literal(person @ Literal::Person(_)), Type::Name) => Some(self.literal(node, person)),
            (_, Type::Name) => Some(self.text_value(node, text)),
            // In quotes it is a string; the reader says to leave them out.
            (Said::Literal(Literal::Bool(_) | Literal::Number(_)), Type::Bool | Type::Number) => {
                Some(self.text_value(node, text))
            }
            (said, Type::Any | Type::List(_) | Type::Map(_) | Type::Record(_)) => Some(self.anything(node, text, said)),
            (Said::Literal(Literal::Text(_)), _) => Some(self.symbol(node, text)),
            (Said::Literal(literal), _) => Some(self.literal(node, literal)),
            (Said::Flawed(flaws), _) if nearly(&flaws, wanted) => {
                self.diagnostics.extend(flaws);
                None
            }
            (Said::Flawed(_) | Said::Nothing, _) => Some(self.symbol(node, text)),
        }
    }

    /// A parameter of a procedure, whose type only the procedure knows: what reads as a length of time, a share, a time
    /// or a person is one, and anything else a text. A text that must not be read so stands in quotes of its own.
    fn anything(&self, node: NodeId, text: &str, said: Said) -> Value {
        match said {
            Said::Literal(
                literal @ (Literal::Text(_)
                | Literal::Duration(_)
                | Literal::Percent(_)
                | Literal::Moment(_)
                | Literal::Offset(_)
                | Literal::Person(_)),
            ) => self.literal(node, literal),
            Said::Literal(Literal::Bool(_) | Literal::Number(_) | Literal::Version(_) | Literal::Pattern(_))
            | Said::Flawed(_)
            | Said::Nothing => self.text_value(node, text),
        }
    }

    fn literal(&self, node: NodeId, literal: Literal) -> Value {
        Node::new(ValueKind::Literal(literal), self.inner_span(node))
    }

    /// A bare word, or what stands where one is wanted.
    fn symbol(&self, node: NodeId, text: &str) -> Value {
        Node::new(ValueKind::Symbol(text.to_owned()), self.inner_span(node))
    }

    fn text_value(&self, node: NodeId, text: &str) -> Value {
        self.text_node(node, text).map(|text| ValueKind::Literal(Literal::Text(text)))
    }
}

/// A text in the style in which the language would write it without escapes.
pub(in crate::check) fn text_of(text: &str) -> Text {
    let escapes = text.contains(['"', '\\', '\n', '\r', '\t']);
    let style = if escapes && !text.contains("\"\"\"") { TextStyle::Block } else { TextStyle::Quoted };
    Text { value: text.to_owned(), style }
}

const fn is_text(wanted: Type) -> bool {
    matches!(element(wanted), Type::Text)
}

/// One value where several may stand is read as one of them.
const fn element(wanted: Type) -> Type {
    if let Type::List(element) = wanted { *element } else { wanted }
}

/// Whether a text with these flaws was meant as a value of this type.
fn nearly(flaws: &[Diagnostic], wanted: Type) -> bool {
    let family: &[&Descriptor] = match wanted {
        Type::Duration => &[&BAD_DURATION, &OUT_OF_RANGE],
        Type::Percent => &[&OUT_OF_RANGE],
        Type::Moment => &[&BAD_DATE, &OUT_OF_RANGE],
        Type::Offset => &[&BAD_OFFSET, &OUT_OF_RANGE],
        Type::Due => &[&BAD_OFFSET, &BAD_DATE, &OUT_OF_RANGE],
        Type::Any
        | Type::Bool
        | Type::Number
        | Type::Text
        | Type::Version
        | Type::Name
        | Type::Person
        | Type::Pattern
        | Type::Zone
        | Type::Calendar
        | Type::Enum(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Record(_)
        | Type::Measure => &[],
    };
    flaws.iter().all(|flaw| family.iter().any(|known| known.id == flaw.rule))
}
