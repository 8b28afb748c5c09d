//! Blocks as objects: one definition for each shape.

use serde_json::{Map, Value, json};

use super::value::schema_of;
use super::{described, red_flag, reference};
use crate::check::from_document::layout::{self, Key, List};
use crate::model::plan::Item;
use crate::model::read::BlockType;
use crate::model::types::{AttributeShape, Naming, Shape, Type};

/// Defines a shape and every shape below it.
pub(super) fn define(shape: &'static Shape, definitions: &mut Map<String, Value>) {
    if definitions.contains_key(shape.kind) {
        return;
    }
    if layout::is_red_flag(shape) {
        definitions.insert(shape.kind.to_owned(), red_flag::schema(shape));
        return;
    }
    // Named before its children are, so that a shape within itself would end.
    definitions.insert(shape.kind.to_owned(), Value::Null);
    for child in shape.blocks {
        define(child.shape, definitions);
    }
    definitions.insert(shape.kind.to_owned(), object(shape));
}

fn object(shape: &'static Shape) -> Value {
    let properties = layout::keys(shape).map(|(name, key)| (name.to_owned(), property(shape, name, key))).collect();
    let open = if shape.kind == layout::USE { schema_of(Type::Any) } else { json!(false) };
    object_of(shape, properties, shape.attributes, open)
}

/// An object with these keys, and others where `open` allows them.
pub(super) fn object_of(
    shape: &Shape,
    properties: Map<String, Value>,
    attributes: &[AttributeShape],
    open: Value,
) -> Value {
    let required: Value = attributes.iter().filter(|key| key.required).map(|key| key.name).collect();
    let fields = [
        ("type", json!("object")),
        ("description", json!(shape.doc)),
        ("properties", properties.into()),
        ("required", required),
        ("additionalProperties", open),
    ];
    fields.into_iter().chain(naming(shape)).map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
}

/// Says that a block has an id or a title: the id once, and never a second title in its place.
fn naming(shape: &Shape) -> Vec<(&'static str, Value)> {
    let kind = shape.kind;
    if shape.naming == Naming::Anonymous || kind == layout::USE {
        return Vec::new();
    }
    let one_of = |names: &[&str]| names.iter().map(|name| json!({ "required": [name] })).collect::<Value>();
    let once = ("not", json!({ "required": [kind, layout::ID] }));
    if shape.naming != Naming::Named {
        return vec![("anyOf", one_of(&[kind, layout::ID])), once];
    }
    let words = json!({ layout::TITLE: { "properties": { kind: reference("id") } } });
    vec![("anyOf", one_of(&[kind, layout::ID, layout::TITLE])), ("dependentSchemas", words), once]
}

fn property(shape: &'static Shape, name: &str, key: Key) -> Value {
    match key {
        Key::Id => id(shape, name),
        Key::Title => described(reference("text"), "what people call it"),
        Key::Attribute(wanted) => {
            let doc = shape.attributes.iter().find(|known| known.name == name).map_or("", |known| known.doc);
            described(attribute(shape, name, wanted), doc)
        }
        Key::Child(child) => reference(child.shape.kind),
        Key::Children(list) => entries(&list),
    }
}

pub(super) fn id(shape: &Shape, key: &str) -> Value {
    if let Naming::Of(words) = shape.naming {
        let endings: Vec<&str> = words.values.iter().map(|word| word.name).collect();
        let longer =
            json!({ "pattern": format!("^[A-Za-z][A-Za-z0-9_-]*-({})$", endings.join("|")), "type": "string" });
        return described(json!({ "anyOf": [schema_of(Type::Enum(words)), longer] }), shape.doc);
    }
    if key == shape.kind && key != layout::USE {
        return described(reference("text"), "its id; a text that cannot be an id is its title");
    }
    described(reference("id"), "its id")
}

/// `done` says that, or when: to rules it is a boolean.
fn attribute(shape: &Shape, name: &str, wanted: Type) -> Value {
    if shape.kind == Item::SHAPE.kind && name == "done" {
        return json!({ "anyOf": [schema_of(Type::Bool), reference("moment")] });
    }
    schema_of(wanted)
}

fn entries(list: &List) -> Value {
    let items = match list.tacit {
        Some(shape) => reference(shape.kind),
        None => json!({ "oneOf": list.kinds.iter().map(|kind| entry(kind.shape)).collect::<Vec<_>>() }),
    };
    json!({ "type": "array", "items": items })
}

/// An entry that says what it is.
fn entry(shape: &'static Shape) -> Value {
    if shape.naming == Naming::Anonymous {
        return json!({
            "type": "object",
            "properties": { shape.kind: reference(shape.kind) },
            "required": [shape.kind],
            "additionalProperties": false,
        });
    }
    json!({ "$ref": format!("#/$defs/{}", shape.kind), "required": [shape.kind] })
}
