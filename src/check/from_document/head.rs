//! The id and title of a block. The key named like the kind carries the id, or, where it is no word, the title.

use super::layout;
use super::reading::{Field, Reading};
use crate::check::names::IN_PLANS;
use crate::document::{NodeId, Value};
use crate::model::read::{describe_value, kebab_case};
use crate::model::types::{self, Shape, Type};
use crate::syntax::ast::{Literal, Name, Node, Text, ValueKind};

/// What the keys of a mapping say about its name.
#[derive(Debug, Default)]
pub(super) struct Naming<'a> {
    /// The first key that gives the id.
    id: Option<Field<'a>>,
    pub(super) title: Option<Node<Text>>,
}

impl<'a> Reading<'a> {
    pub(super) fn note_id(&mut self, naming: &mut Naming<'a>, field: Field<'a>, shape: &Shape) {
        let Some(first) = &naming.id else {
            naming.id = Some(field);
            return;
        };
        let message =
            format!("the id of this {} is given twice: as `{}` and as `{}`", shape.kind, first.key, field.key);
        self.report(IN_PLANS.repeated, field.key_span, message, "keep one of the two");
    }

    pub(super) fn title(&mut self, field: &Field<'a>) -> Option<Node<Text>> {
        if self.is_blank(field.value) {
            self.no_value(field.key, field.value);
            return None;
        }
        let title = self.value(field.key, field.value, Type::Text)?;
        if let ValueKind::Literal(Literal::Text(text)) = title.value {
            return Some(Node::new(text, title.span));
        }
        let message = format!("expected {}, found {}", Type::Text.describe(), describe_value(&title));
        self.report(IN_PLANS.wrong_type, title.span, message, "quote it, if it is meant as a text");
        None
    }

    /// The id and title that a mapping gives itself.
    pub(super) fn named(&mut self, naming: Naming<'a>, shape: &'static Shape) -> (Option<Name>, Option<Node<Text>>) {
        let Naming { id: Some(field), title } = naming else { return (None, naming.title) };
        let Some(text) = self.name_text(&field, shape) else { return (None, title) };
        let span = self.inner_span(field.value);
        if is_word(text) || matches!(shape.naming, types::Naming::Of(_)) {
            return (Some(Node::new(text.to_owned(), span)), title);
        }
        if field.key != layout::ID && shape.kind != layout::USE && title.is_none() {
            return (None, Some(self.text_node(field.value, text)));
        }
        let message = format!("`{text}` cannot be an id");
        let help = "an id starts with a letter, then come letters, digits, `_` and `-`; anything else is a `title`";
        self.report(IN_PLANS.naming, span, message, help);
        let sound = kebab_case(text);
        ((!sound.is_empty()).then(|| Node::new(sound, span)), title)
    }

    fn name_text(&mut self, field: &Field<'a>, shape: &Shape) -> Option<&'a str> {
        let Field { key, value, .. } = *field;
        let found = match self.document.value(value) {
            _ if self.is_blank(value) => {
                self.no_value(key, value);
                return None;
            }
            Value::String(text) => return Some(text),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => {
                self.document.kind(value).name()
            }
        };
        let message = format!("`{key}` gives this {} its id, found {found}", shape.kind);
        let help = format!("write `{key}: some-id`, and its other keys beside it");
        self.report(IN_PLANS.naming, self.span(value), message, help);
        None
    }

    pub(super) fn text_node(&self, node: NodeId, text: &str) -> Node<Text> {
        Node::new(super::value::text_of(text), self.span(node))
    }
}

/// A letter, then letters, digits, `_` and, between them, `-`: an identifier of the language.
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !text.ends_with('-')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}
