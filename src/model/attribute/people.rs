//! Persons, and who may sign.

use super::literal;
use crate::model::data::{Data, Value};
use crate::model::read::{AttributeType, Reader};
use crate::model::types::Type;
use crate::model::units::Person;
use crate::source::Place;
use crate::syntax::ast::{self, Literal, ValueKind};

/// One person or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People(pub Vec<(Person, Place)>);

/// Who may sign: a role of the team, or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signer {
    Role(String),
    Person(Person),
}

impl AttributeType for Person {
    const TYPE: Type = Type::Person;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(Literal::Person(name)) = literal(value) else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        Some(Self::named(name))
    }

    fn data(&self, _: Place) -> Data {
        Data::Person(self.clone())
    }
}

impl AttributeType for People {
    const TYPE: Type = Type::List(&Type::Person);

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let values = match &value.value {
            ValueKind::List(values) => values.as_slice(),
            ValueKind::Literal(_) | ValueKind::Symbol(_) | ValueKind::Map(_) => std::slice::from_ref(value),
        };
        let people: Vec<_> = values
            .iter()
            .filter_map(|value| Person::read(value, reader).map(|person| (person, reader.place(value.span))))
            .collect();
        (people.len() == values.len()).then_some(Self(people))
    }

    fn data(&self, _: Place) -> Data {
        Data::List(self.0.iter().map(|(person, place)| Value::new(Data::Person(person.clone()), *place)).collect())
    }
}

impl AttributeType for Signer {
    const TYPE: Type = Type::Name;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        match &value.value {
            ValueKind::Symbol(role) => Some(Self::Role(role.replace('-', "_"))),
            ValueKind::Literal(Literal::Person(name)) => Some(Self::Person(Person::named(name))),
            ValueKind::Literal(_) | ValueKind::List(_) | ValueKind::Map(_) => {
                reader.wrong_type(value, Self::TYPE);
                None
            }
        }
    }

    fn data(&self, _: Place) -> Data {
        match self {
            Self::Role(role) => Data::text(role.as_str()),
            Self::Person(person) => Data::Person(person.clone()),
        }
    }
}
