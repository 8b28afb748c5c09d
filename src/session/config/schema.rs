//! The JSON Schema of `stopline.toml`, made from the table of its settings.

use serde_json::{Map, Value, json};

use super::settings::{Holds, SETTINGS, Setting};

/// As `schemas/config.schema.json` holds it.
pub fn config_schema_text() -> String {
    let mut schema = table(SETTINGS);
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!("stopline.toml"));
    schema.insert("description".to_owned(), json!("What a repository says once for every run of Stopline."));
    serde_json::to_string_pretty(&Value::Object(schema)).map_or_else(|_| String::new(), |text| text + "\n")
}

fn table(settings: &[Setting]) -> Map<String, Value> {
    let properties: Map<String, Value> = settings
        .iter()
        .map(|setting| {
            let mut schema = schema_of(setting.holds);
            schema.insert("description".to_owned(), json!(setting.doc));
            (setting.name.to_owned(), Value::Object(schema))
        })
        .collect();
    object(&json!({ "type": "object", "additionalProperties": false, "properties": properties }))
}

fn schema_of(holds: Holds) -> Map<String, Value> {
    match holds {
        Holds::Texts => object(&json!({ "type": "array", "items": { "type": "string" } })),
        Holds::Text => object(&json!({ "type": "string" })),
        Holds::Parameters => object(&json!({
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": { "type": ["string", "number", "boolean"] }
            }
        })),
        Holds::Severities => object(&json!({
            "type": "object",
            "propertyNames": { "pattern": "^[^/]+/[^/]+$" },
            "additionalProperties": { "enum": ["error", "warning", "note"] }
        })),
        Holds::Table(settings) => table(settings),
    }
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
