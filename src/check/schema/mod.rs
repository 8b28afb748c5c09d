//! The JSON Schema of plans in YAML and JSON, drawn from the tables that read them. It is for editors: whatever it
//! refuses, reading the plan refuses too.

mod block;
mod red_flag;
mod value;

use serde_json::{Map, Value, json};

use crate::model::plan::Plan;
use crate::model::read::BlockType;

/// The schema of a plan (draft 2020-12).
pub fn plan_schema() -> Value {
    let mut definitions = Map::new();
    value::define(&mut definitions);
    block::define(Plan::SHAPE, &mut definitions);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Stopline plan",
        "description": "A deployment plan in YAML or JSON: `*.plan.yaml`, `*.plan.json`.",
        "$ref": "#/$defs/plan",
        "$defs": definitions,
    })
}

/// The schema as `schemas/plan.schema.json` holds it.
pub fn plan_schema_text() -> String {
    format!("{:#}\n", plan_schema())
}

/// Where a definition is found.
fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// What `value` must be, and what is said about it.
fn described(mut value: Value, doc: &str) -> Value {
    if let (Value::Object(fields), false) = (&mut value, doc.is_empty()) {
        fields.insert("description".to_owned(), Value::from(doc));
    }
    value
}

#[cfg(test)]
mod tests;
