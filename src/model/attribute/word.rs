//! Words out of closed sets.

use crate::model::data::Data;
use crate::model::enums::{self, ChangeKind, DataClass, Environment, Level, MissingData, Platform, Risk, Unit};
use crate::model::read::{AttributeType, Reader, Word};
use crate::model::types::Type;
use crate::model::units::Weekday;
use crate::source::Place;
use crate::syntax::ast;

/// A word of a closed set, read from a bare word.
macro_rules! word_attributes {
    ($($name:ident = $shape:ident),+ $(,)?) => {$(
        impl AttributeType for $name {
            const TYPE: Type = Type::Enum(&enums::$shape);

            fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
                read_word(value, reader, Self::TYPE)
            }

            fn data(&self, _: Place) -> Data {
                Data::Word(self.name())
            }
        }
    )+};
}

word_attributes! {
    Environment = ENVIRONMENT,
    Risk = RISK,
    DataClass = DATA_CLASS,
    ChangeKind = CHANGE_KIND,
    Unit = UNIT,
    MissingData = MISSING_DATA,
    Platform = PLATFORM,
    Level = LEVEL,
}

fn read_word<T: Word>(value: &ast::Value, reader: &mut Reader<'_>, expected: Type) -> Option<T> {
    let Some(name) = value.as_symbol() else {
        reader.wrong_type(value, expected);
        return None;
    };
    let word = T::all().iter().copied().find(|word| word.word() == name.value);
    if word.is_none() {
        reader.unknown_word(&name.value, name.span, T::shape());
    }
    word
}

impl AttributeType for Weekday {
    const TYPE: Type = Type::Enum(&enums::WEEKDAY);

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        read_word(value, reader, Self::TYPE)
    }

    fn data(&self, _: Place) -> Data {
        Data::Word(self.name())
    }
}
