//! Lists, with the place of each element.

use crate::model::data::{Data, Value};
use crate::model::located::Located;
use crate::model::read::{AttributeType, Reader};
use crate::model::types::Type;
use crate::source::Place;
use crate::syntax::ast::{self, ValueKind};

/// A list, with the place of each element.
#[derive(Debug, Clone, PartialEq)]
pub struct ListOf<T>(pub Vec<Located<T>>);

impl<T> ListOf<T> {
    pub fn iter(&self) -> impl Iterator<Item = &Located<T>> {
        self.0.iter()
    }
}

impl<T: AttributeType> AttributeType for ListOf<T> {
    const TYPE: Type = Type::List(&T::TYPE);

    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self> {
        let ValueKind::List(values) = &value.value else {
            reader.wrong_type(value, Self::TYPE);
            return None;
        };
        let items: Vec<_> = values
            .iter()
            .filter_map(|item| T::read(item, reader).map(|read| Located::new(read, reader.place(item.span))))
            .collect();
        (items.len() == values.len()).then_some(Self(items))
    }

    fn data(&self, _: Place) -> Data {
        Data::List(self.0.iter().map(|item| Value::new(item.value.data(item.place), item.place)).collect())
    }
}
