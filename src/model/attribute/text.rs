//! Texts, commands, names, yes or no, and counts.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::literal;
use crate::model::answer;
use crate::model::data::Data;
use crate::model::read::{AttributeType, Reader};
use crate::model::types::Type;
use crate::source::Place;
use crate::syntax::ast::{self, Literal, ValueKind};

/// A text on which something depends: why, or where it can be seen. It says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement(pub String);

/// A shell command. Plan values reach it only as environment variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command(pub String);

/// A word that names something of the plan: a step, a role, a variable of the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference(pub String);

/// A whole number from 0 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub u32);

impl AttributeType for String {
    const TYPE: Type = Type::Text;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(Literal::Text(text)) = literal(value) else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        if text.value.trim().is_empty() {
            reader.impossible(
                value.span,
                "this string is empty",
                Some("say something, or leave the attribute out".to_owned()),
            );
            return None;
        }
        Some(text.value.clone())
    }

    fn data(&self, _: Place) -> Data {
        Data::text(self.as_str())
    }
}

impl AttributeType for Statement {
    const TYPE: Type = Type::Text;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let text = String::read(value, reader)?;
        if answer::says_nothing(&text) {
            let help = "say what is so, or leave the attribute out".to_owned();
            reader.impossible(value.span, format!("`{}` says nothing", text.trim()), Some(help));
            return None;
        }
        Some(Self(text))
    }

    fn data(&self, _: Place) -> Data {
        Data::text(self.0.as_str())
    }
}

impl AttributeType for Command {
    const TYPE: Type = Type::Text;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let text = String::read(value, reader)?;
        // A comment does nothing, and always does it well.
        let is_comment = text.lines().map(str::trim_start).all(|line| line.is_empty() || line.starts_with('#'));
        let message = if is_comment {
            "this command is only a comment".to_owned()
        } else if answer::is_no_command(&text) {
            format!("`{}` is no command", text.trim())
        } else {
            return Some(Self(text));
        };
        reader.impossible(value.span, message, Some("write a command, or leave the attribute out".to_owned()));
        None
    }

    fn data(&self, _: Place) -> Data {
        Data::text(self.0.as_str())
    }
}

impl AttributeType for Reference {
    const TYPE: Type = Type::Name;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.value {
            ValueKind::Symbol(name) => Some(Self(name.clone())),
            ValueKind::Literal(Literal::Text(text)) => Some(Self(text.value.clone())),
            ValueKind::Literal(_) | ValueKind::List(_) | ValueKind::Map(_) => {
                reader.wrong_type(value, Self::TYPE);
                None
            }
        }
    }

    fn data(&self, _: Place) -> Data {
        Data::text(self.0.as_str())
    }
}

impl AttributeType for bool {
    const TYPE: Type = Type::Bool;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(Literal::Bool(found)) = literal(value) else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        Some(*found)
    }

    fn data(&self, _: Place) -> Data {
        Data::Bool(*self)
    }
}

impl AttributeType for Count {
    const TYPE: Type = Type::Number;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(Literal::Number(number)) = literal(value) else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        let count = if number.fract().is_zero() { number.to_u32() } else { None };
        if count.is_none() {
            let message = if number.fract().is_zero() && number.is_sign_positive() {
                format!("`{number}` is too many: nobody counts beyond {}", u32::MAX)
            } else {
                format!("`{number}` is not a whole number from 0 on")
            };
            reader.impossible(value.span, message, None);
        }
        count.map(Self)
    }

    fn data(&self, _: Place) -> Data {
        Data::Number(Decimal::from(self.0))
    }
}
