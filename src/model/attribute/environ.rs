//! Variables of the environment.

use std::sync::Arc;

use super::{Command, literal};
use crate::model::data::{Data, Record, Text, Value};
use crate::model::read::{AttributeType, Reader, describe_value};
use crate::model::types::Type;
use crate::source::Place;
use crate::syntax::ast::{self, Literal, ValueKind};

/// Names of environment variables and their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environ(pub Vec<(String, String)>);

/// Names of environment variables and the commands that print their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captures(pub Vec<(String, Command)>);

impl AttributeType for Environ {
    const TYPE: Type = Type::Map(&Type::Text);

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let text = |name: &str, value: &ast::Value, reader: &mut Reader<'_>| match literal(value) {
            Some(Literal::Text(text)) => Some(text.value.clone()),
            Some(Literal::Number(number)) => Some(number.to_string()),
            Some(Literal::Bool(flag)) => Some(flag.to_string()),
            _ => {
                let help = Some(format!("write `{name} = \"…\"`"));
                let message = format!("an environment variable holds a string, not {}", describe_value(value));
                reader.impossible(value.span, message, help);
                None
            }
        };
        variables(value, Self::TYPE, reader, text).map(Self)
    }

    fn data(&self, place: Place) -> Data {
        record(self.0.iter().map(|(name, text)| (name.as_str(), text.as_str())), place)
    }
}

impl AttributeType for Captures {
    const TYPE: Type = Type::Map(&Type::Text);

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let command = |_: &str, value: &ast::Value, reader: &mut Reader<'_>| Command::read(value, reader);
        variables(value, Self::TYPE, reader, command).map(Self)
    }

    fn data(&self, place: Place) -> Data {
        record(self.0.iter().map(|(name, command)| (name.as_str(), command.0.as_str())), place)
    }
}

/// Each variable once, with what `of` makes of its value.
fn variables<T>(
    value: &ast::Value,
    of_type: Type,
    reader: &mut Reader<'_>,
    of: impl Fn(&str, &ast::Value, &mut Reader<'_>) -> Option<T>,
) -> Option<Vec<(String, T)>> {
    let ValueKind::Map(entries) = &value.value else {
        reader.wrong_type(value, of_type);
        return None;
    };
    let mut variables: Vec<(String, T)> = Vec::new();
    for entry in entries {
        let name = entry.name.value.as_str();
        if !is_variable_name(name) {
            let help = "use letters, digits and `_`, and start with a letter or `_`".to_owned();
            reader.impossible(entry.name.span, format!("`{name}` cannot name an environment variable"), Some(help));
            return None;
        }
        if variables.iter().any(|(known, _)| known == name) {
            let help = Some("keep one of the two".to_owned());
            reader.impossible(entry.name.span, format!("`{name}` is given twice"), help);
            return None;
        }
        variables.push((name.to_owned(), of(name, &entry.value, reader)?));
    }
    Some(variables)
}

fn record<'v>(variables: impl Iterator<Item = (&'v str, &'v str)>, place: Place) -> Data {
    let fields = variables.map(|(name, text)| (Text::from(name), Value::new(Data::text(text), place))).collect();
    Data::Record(Arc::new(Record { shape: None, fields, head: place }))
}

/// Letters, digits and `_`, not starting with a digit: what POSIX allows.
pub fn is_variable_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
