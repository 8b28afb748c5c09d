//! Building the record of a subject out of what a document says, field by field.

use std::sync::Arc;

use crate::model::data::{Data, Record, Text, Value};
use crate::model::types::Shape;
use crate::source::Place;

/// The fields of a subject in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<(Text, Value)>);

impl Fields {
    /// Those of a mapping that the shape knows; rules cannot ask for others.
    pub(super) fn known(value: &Value, shape: &'static Shape) -> Self {
        let known = |name: &str| shape.field_type(name).is_some();
        Self(fields(value).iter().filter(|(name, _)| known(name)).cloned().collect())
    }

    /// Sets a field, whatever it was before.
    pub(super) fn set(&mut self, name: &'static str, value: Value) {
        self.0.retain(|(known, _)| &**known != name);
        self.0.push((Text::fixed(name), value));
    }

    pub(super) fn set_if(&mut self, name: &'static str, value: Option<Value>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Changes a field where it is there.
    pub(super) fn change(&mut self, name: &str, change: impl FnOnce(Value) -> Option<Value>) {
        if let Some(at) = self.0.iter().position(|(known, _)| &**known == name) {
            let (known, value) = self.0.remove(at);
            self.0.extend(change(value).map(|value| (known, value)));
        }
    }

    /// The record; `head` is what is underlined when the whole or something missing from it is spoken of.
    pub(super) fn into_value(self, shape: &'static Shape, head: Place) -> Value {
        Value::new(Data::Record(Arc::new(Record { shape: Some(shape), fields: self.0, head })), head)
    }
}

/// The fields of a mapping; none where it is no mapping.
pub(super) fn fields(value: &Value) -> &[(Text, Value)] {
    match record(value) {
        Some(record) => &record.fields,
        None => &[],
    }
}

pub(super) fn record(value: &Value) -> Option<&Record> {
    if let Data::Record(record) = &value.data { Some(record) } else { None }
}

/// What stands under `path`, one key after the other.
pub(super) fn get<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, name| record(value)?.field(name))
}

pub(super) fn text(value: &Value) -> Option<&str> {
    if let Data::Text(text) = &value.data { Some(text) } else { None }
}

/// The elements of a list; none where it is no list.
pub(super) fn items(value: &Value) -> &[Value] {
    if let Data::List(items) = &value.data { items } else { &[] }
}

/// Where a mapping hangs: the key it stands under, or its first mark.
pub(super) fn head(value: &Value) -> Place {
    record(value).map_or(value.place, |record| record.head)
}

/// One thing or a list of them: always the list.
pub(super) fn listed(value: Value) -> Value {
    if matches!(value.data, Data::List(_)) {
        return value;
    }
    let place = value.place;
    Value::new(Data::List([value].into()), place)
}

/// The keys of a mapping as texts, or the list as it is.
pub(super) fn keys_or_list(value: Value) -> Value {
    let Some(record) = record(&value) else { return listed(value) };
    let keys = record.fields.iter().map(|(name, value)| Value::new(Data::Text(name.clone()), head(value)));
    Value::new(Data::List(keys.collect()), value.place)
}

/// The path of a file, said at the head of what stands in it.
pub(super) fn path(path: &str, place: Place) -> Value {
    Value::new(Data::text(path), place)
}
