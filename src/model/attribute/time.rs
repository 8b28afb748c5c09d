//! Moments, offsets, zones and hours.

use super::literal;
use crate::model::data::{Data, Value};
use crate::model::read::{AttributeType, Reader};
use crate::model::types::Type;
use crate::model::units::{Hours, Instant, Moment, Offset, Zone};
use crate::source::Place;
use crate::syntax::ast::{self, Literal, ValueKind};

/// When something is due: relative to the window's start, or a date.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    Offset(Offset),
    Moment(Moment),
}

/// Done or not, or when it was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    Flag(bool),
    At(Moment),
}

impl AttributeType for Moment {
    const TYPE: Type = Type::Moment;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(Literal::Moment(written)) = literal(value) else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        reader.sound(Self::of(written), value.span)
    }

    fn data(&self, _: Place) -> Data {
        Data::Moment(self.clone())
    }
}

impl AttributeType for Offset {
    const TYPE: Type = Type::Offset;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(Literal::Offset(millis)) = literal(value) else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        Some(Self::from_milliseconds(*millis))
    }

    fn data(&self, _: Place) -> Data {
        Data::Offset(*self)
    }
}

impl AttributeType for Due {
    const TYPE: Type = Type::Due;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        match literal(value) {
            Some(Literal::Moment(_)) => Moment::read(value, reader).map(Self::Moment),
            _ => Offset::read(value, reader).map(Self::Offset),
        }
    }

    fn data(&self, place: Place) -> Data {
        match self {
            Self::Offset(offset) => offset.data(place),
            Self::Moment(moment) => moment.data(place),
        }
    }
}

impl AttributeType for Done {
    const TYPE: Type = Type::Bool;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        match literal(value) {
            Some(Literal::Moment(_)) => Moment::read(value, reader).map(Self::At),
            _ => bool::read(value, reader).map(Self::Flag),
        }
    }

    fn data(&self, _: Place) -> Data {
        Data::Bool(matches!(self, Self::At(_) | Self::Flag(true)))
    }
}

impl AttributeType for Zone {
    const TYPE: Type = Type::Zone;

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(Literal::Text(text)) = literal(value) else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        reader.sound(Self::parse(&text.value), value.span)
    }

    fn data(&self, _: Place) -> Data {
        Data::Zone(self.clone())
    }
}

/// The instant a value names; `None` for anything but a date and time with its zone.
pub fn instant_of(value: &ast::Value) -> Option<Instant> {
    match literal(value) {
        Some(Literal::Moment(written)) => match Moment::of(written).ok()? {
            Moment::Zoned(zoned) => Some(zoned.instant()),
            Moment::Date(_) | Moment::Civil(_) => None,
        },
        _ => None,
    }
}

/// Hours of the day; several ranges may be given as a list.
impl AttributeType for Vec<Hours> {
    const TYPE: Type = Type::List(&Type::Text);

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let values = match &value.value {
            ValueKind::List(values) => values.as_slice(),
            ValueKind::Literal(_) | ValueKind::Symbol(_) | ValueKind::Map(_) => std::slice::from_ref(value),
        };
        let hours: Vec<Hours> = values
            .iter()
            .filter_map(|value| {
                let text = String::read(value, reader)?;
                reader.sound(Hours::parse(&text), value.span)
            })
            .collect();
        (hours.len() == values.len()).then_some(hours)
    }

    fn data(&self, place: Place) -> Data {
        Data::List(self.iter().map(|hours| Value::new(Data::text(hours.to_string()), place)).collect())
    }
}
