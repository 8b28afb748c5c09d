//! A red flag as an object: its keys are clauses.

use serde_json::{Map, Value, json};

use super::block::{id, object_of};
use super::value::schema_of;
use super::{described, reference};
use crate::check::from_document::layout::{ID, RED_FLAG, TITLE};
use crate::model::types::{Shape, Type};

pub(super) fn schema(shape: &Shape) -> Value {
    let mut properties: Map<String, Value> = RED_FLAG
        .iter()
        .map(|clause| (clause.name.to_owned(), described(written(clause.name, clause.kind), clause.doc)))
        .collect();
    for key in [shape.kind, ID] {
        properties.insert(key.to_owned(), id(shape, key));
    }
    properties.insert(TITLE.to_owned(), described(reference("text"), "what people call it"));
    object_of(shape, properties, RED_FLAG, json!(false))
}

fn written(name: &str, wanted: Type) -> Value {
    if name == "during" {
        return json!({ "anyOf": [reference("id"), { "type": "array", "items": reference("id"), "minItems": 1 }] });
    }
    schema_of(wanted)
}
