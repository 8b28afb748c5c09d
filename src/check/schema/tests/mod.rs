//! The schema and the reader are one promise: the examples are valid, and what the schema refuses is said.

mod mutation;

use std::sync::Arc;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{plan_schema, plan_schema_text};
use crate::check::from_document::plan_block;
use crate::check::plan::check_plan;
use crate::document::{self, Document, Format, NodeId};
use crate::source::FileId;

const YAML: &str = include_str!("../../../../examples/checkout.plan.yaml");
const JSON: &str = include_str!("../../../../examples/checkout.plan.json");

fn validator() -> Validator {
    jsonschema::draft202012::new(&plan_schema()).unwrap()
}

/// What the schema has against a plan.
fn refusals(validator: &Validator, plan: &Value) -> Vec<String> {
    validator.iter_errors(plan).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// What the reader has against a text.
fn findings(format: Format, text: &str) -> Vec<String> {
    let file = FileId::default();
    let parsed = document::parse(file, &Arc::from(text), format);
    let mut diagnostics = parsed.diagnostics;
    if let Some(block) = plan_block(file, &parsed.document, text, &mut diagnostics) {
        check_plan(file, &block, &mut diagnostics);
    }
    diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
}

/// A document as an editor sees it.
fn as_json(document: &Document, node: NodeId) -> Value {
    match document.value(node) {
        document::Value::Null => Value::Null,
        document::Value::Bool(flag) => flag.into(),
        document::Value::Number(text) => serde_json::from_str(text).unwrap(),
        document::Value::String(text) => text.into(),
        document::Value::Sequence(items) => items.iter().map(|item| as_json(document, *item)).collect(),
        document::Value::Mapping(entries) => {
            let field = |key| document.text(key).unwrap().to_owned();
            entries.iter().map(|entry| (field(entry.key), as_json(document, entry.value))).collect()
        }
    }
}

#[test]
fn the_file_holds_what_the_types_say() {
    assert!(
        include_str!("../../../../schemas/plan.schema.json") == plan_schema_text(),
        "schemas/plan.schema.json has drifted from the types: write it anew with \
`cargo run -- schema plan > schemas/plan.schema.json`"
    );
}

#[test]
fn the_schema_is_a_schema() {
    assert!(jsonschema::meta::is_valid(&plan_schema()));
}

#[test]
fn everything_is_described() {
    let mut bare = Vec::new();
    for (name, definition) in plan_schema()["$defs"].as_object().unwrap() {
        if definition["description"].as_str().is_none() {
            bare.push(name.clone());
        }
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            let described = property["description"].is_string() || property["$ref"].is_string() || key == "steps";
            if !described && property["items"]["$ref"].is_null() {
                bare.push(format!("{name}.{key}"));
            }
        }
    }
    assert_eq!(bare, [""; 0]);
}

#[test]
fn the_examples_are_valid() {
    let validator = validator();
    for (format, text) in [(Format::Yaml, YAML), (Format::Json, JSON)] {
        let document = document::parse(FileId::default(), &Arc::from(text), format).document;
        assert_eq!(refusals(&validator, &as_json(&document, document.root())), [""; 0]);
        assert_eq!(findings(format, text), [""; 0]);
    }
}

/// Twenty plans that are wrong: where, and what stands there instead.
fn wrong() -> Vec<(&'static str, Value)> {
    vec![
        ("/service", json!(5)),
        ("/service", json!("")),
        ("/environment", json!("prod")),
        ("/version", json!("latest")),
        ("/data", json!("pii, pci")),
        ("/window", json!("2h")),
        ("/window/start", json!("tomorrow")),
        ("/window/duration", json!(120)),
        ("/team/lead", json!("engineer1")),
        ("/changes", json!({"new-dashboard": {"kind": "feature"}})),
        ("/changes/0", json!({"kind": "feature"})),
        ("/changes/1/reversible", json!("yes")),
        ("/checklists/0/due", json!("1 day before")),
        ("/checklists/0/items/0", json!("All tests pass")),
        ("/metrics/0/unit", json!("percentage")),
        ("/phases/1/steps/0", json!({"title": "Back up", "run": "./backup.sh"})),
        ("/phases/2/steps/0/needs", json!(1.5)),
        ("/phases/2/steps/2/steps", json!([10, 50, 100])),
        ("/phases/4/steps/0/env/TEXT", Value::Null),
        ("/redflags/0/then", json!("panic")),
        ("/redflags/0", json!({"redflag": "error-rate", "then": "rollback"})),
        ("/rollback/steps/0", json!({"hold": "wait", "by": ["approvers"]})),
    ]
}

#[test]
fn a_wrong_plan_is_refused_by_the_schema_and_by_the_reader() {
    let (validator, sound): (_, Value) = (validator(), serde_json::from_str(JSON).unwrap());
    for (place, instead) in wrong() {
        let mut plan = sound.clone();
        *plan.pointer_mut(place).unwrap() = instead.clone();
        assert_ne!(refusals(&validator, &plan), [""; 0], "{place} = {instead}");
        assert_ne!(findings(Format::Json, &plan.to_string()), [""; 0], "{place} = {instead}");
    }
}
