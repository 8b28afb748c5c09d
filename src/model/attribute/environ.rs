//! Variables of the environment.

use std::sync::Arc;

use super::literal;
use crate::model::data::{Data, Record, Value};
use crate::model::read::{AttributeType, Reader, describe_value};
use crate::model::types::Type;
use crate::source::Place;
use crate::syntax::ast::{self, Literal, ValueKind};

/// Names of environment variables and their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environ(pub Vec<(String, String)>);

impl AttributeType for Environ {
    const TYPE: Type = Type::Map(&Type::Text);

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let ValueKind::Map(entries) = &value.value else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        let mut variables: Vec<(String, String)> = Vec::new();
        for entry in entries {
            let name = entry.name.value.as_str();
            if !is_variable_name(name) {
                let help = "use letters, digits and `_`, and start with a letter or `_`".to_owned();
                reader.impossible(entry.name.span, format!("`{name}` cannot name an environment variable"), Some(help));
                return None;
            }
            if variables.iter().any(|(known, _)| known == name) {
                reader.impossible(
                    entry.name.span,
                    format!("`{name}` is given twice"),
                    Some("keep one of the two".to_owned()),
                );
                return None;
            }
            let text = match literal(&entry.value) {
                Some(Literal::Text(text)) => text.value.clone(),
                Some(Literal::Number(number)) => number.to_string(),
                Some(Literal::Bool(flag)) => flag.to_string(),
                _ => {
                    let help = Some(format!("write `{name} = \"…\"`"));
                    let message =
                        format!("an environment variable holds a string, not {}", describe_value(&entry.value));
                    reader.impossible(entry.value.span, message, help);
                    return None;
                }
            };
            variables.push((name.to_owned(), text));
        }
        Some(Self(variables))
    }

    fn data(&self, place: Place) -> Data {
        let fields = self
            .0
            .iter()
            .map(|(name, text)| (Arc::from(name.as_str()), Value::new(Data::text(text.as_str()), place)))
            .collect();
        Data::Record(Arc::new(Record { shape: None, fields, head: place }))
    }
}

/// Letters, digits and `_`, not starting with a digit: what POSIX allows.
pub fn is_variable_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
