//! Durations, percentages and versions.

use rust_decimal::Decimal;

use super::literal;
use crate::model::data::Data;
use crate::model::read::{AttributeType, Reader};
use crate::model::types::Type;
use crate::model::units::{Duration, Percent, Version};
use crate::source::Place;
use crate::syntax::ast::{self, Literal};

impl AttributeType for Duration {
    const TYPE: Type = Type::Duration;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(Literal::Duration(millis)) = literal(value) else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        Some(Self::from_milliseconds(*millis))
    }

    fn data(&self, _: Place) -> Data {
        Data::Duration(*self)
    }
}

impl AttributeType for Percent {
    const TYPE: Type = Type::Percent;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(Literal::Percent(percent)) = literal(value) else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        if *percent > Decimal::ONE_HUNDRED {
            reader.impossible(value.span, format!("`{percent}%` is more than everything"), None);
            return None;
        }
        Some(Self::new(*percent))
    }

    fn data(&self, _: Place) -> Data {
        Data::Percent(*self)
    }
}

impl AttributeType for Version {
    const TYPE: Type = Type::Version;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        match literal(value) {
            Some(Literal::Version(components)) => Some(Self::from_components(components)),
            Some(Literal::Text(text)) => reader.sound(Self::parse(&text.value), value.span),
            _ => {
                reader.wrong_type(value, Self::TYPE);
                None
            }
        }
    }

    fn data(&self, _: Place) -> Data {
        Data::Version(self.clone())
    }
}
