//! The shape promised in `docs`, and that code and schema are the same promise.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::testing::{example, finding, hostile};
use crate::report::{Format, Options, render};
use crate::session::{FailOn, Report};
use crate::source::SourceMap;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../schemas/report.schema.json")).unwrap()
}

#[track_caller]
fn valid(text: &str) -> Value {
    let report: Value = serde_json::from_str(text).unwrap();
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let errors: Vec<String> =
        schema.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, [""; 0]);
    report
}

fn rendered((report, sources): &(Report, SourceMap), fail_on: FailOn) -> String {
    render(Format::Json, report, sources, &Options { fail_on, ..Options::default() })
}

#[test]
fn a_finding_has_the_documented_shape() {
    let report = valid(&rendered(&example(), FailOn::Error));
    assert_eq!(report["schema"], "stopline.report/1");
    assert_eq!(report["tool"]["name"], "stopline");
    assert_eq!(report["verdict"], "stop");
    assert_eq!(
        report["summary"],
        json!({"files": 4, "errors": 3, "warnings": 1, "notes": 0, "waived": 1, "undecided": 1})
    );
    assert_eq!(
        report["findings"][0],
        json!({
            "rule": "release/friday-deploy",
            "severity": "error",
            "path": "release.plan",
            "span": {
                "start": {"line": 6, "column": 16, "offset": 115},
                "end": {"line": 6, "column": 32, "offset": 131}
            },
            "message": "the window 2026-11-27 10:00 to 12:00 touches a Friday in Europe/Berlin",
            "help": "move it to Monday through Thursday, or give the reason it cannot wait in `urgent`",
            "related": [],
            "controls": ["SOC2 CC8.1", "ISO27001 A.8.32"],
            "waived": null,
            "fix": null
        })
    );
}

#[test]
fn fields_stand_in_the_documented_order() {
    let text = rendered(&example(), FailOn::Error);
    let top: Vec<&str> =
        text.lines().filter(|line| line.starts_with("  \"")).filter_map(|line| line.split('"').nth(1)).collect();
    assert_eq!(top, ["schema", "tool", "verdict", "summary", "findings"]);
    assert_eq!(text, rendered(&example(), FailOn::Error), "the same input gives the same bytes");
    assert!(text.ends_with("}\n"));
}

#[test]
fn a_finding_without_a_place_has_neither_path_nor_span() {
    let sources = SourceMap::default();
    let nothing = Diagnostic { undecided: true, ..finding("run/empty", Severity::Error, None, "no file to check") };
    let report = valid(&rendered(&(Report::new(vec![nothing], &sources, 0, 3), sources), FailOn::Never));
    assert_eq!(report["verdict"], "stop");
    assert_eq!(report["findings"][0]["path"], Value::Null);
    assert_eq!(report["findings"][0]["span"], Value::Null);
}

#[test]
fn a_run_without_findings_is_go() {
    let sources = SourceMap::default();
    let report = valid(&rendered(&(Report::new(vec![], &sources, 3, 3), sources), FailOn::Note));
    assert_eq!(report["verdict"], "go");
    assert_eq!(report["findings"], json!([]));
}

#[test]
fn control_characters_are_escaped_and_come_back_whole() {
    let text = rendered(&hostile(), FailOn::Error);
    assert!(!text.contains(|character| character != '\n' && crate::source::is_unseen(character)));
    assert_eq!(valid(&text)["findings"][0]["message"], "says \u{1b}]0;pwned\u{7} and\n\u{202e}sdrawkcab");
}

#[test]
fn the_schema_refuses_what_is_not_in_it() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let report = valid(&rendered(&example(), FailOn::Error));
    for pointer in ["", "/tool", "/summary", "/findings/0", "/findings/0/span", "/findings/0/span/start"] {
        let mut changed = report.clone();
        changed.pointer_mut(pointer).unwrap()["surprise"] = json!(1);
        assert!(!schema.is_valid(&changed), "{pointer}");
    }
    let mut changed = report.clone();
    changed["findings"][0].as_object_mut().unwrap().remove("help");
    assert!(!schema.is_valid(&changed));
}

/// Notes which properties of the schema a value uses, by the description that introduces them.
fn used(schema: &Value, root: &Value, value: &Value, seen: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        return used(root.pointer(name.trim_start_matches('#')).unwrap(), root, value, seen);
    }
    if let (Some(choice), false) = (schema["anyOf"].get(0), value.is_null()) {
        return used(choice, root, value, seen);
    }
    for item in value.as_array().into_iter().flatten() {
        used(&schema["items"], root, item, seen);
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        if !inner.is_null() {
            seen.insert(format!("{}.{name}", schema["description"]));
        }
        used(&schema["properties"][name], root, inner, seen);
    }
}

/// Every property the schema declares; on the way, that objects are closed and everything is described.
fn declared(schema: &Value, all: &mut BTreeSet<String>) {
    for inner in schema["$defs"].as_object().into_iter().flatten().map(|(_, inner)| inner) {
        declared(inner, all);
    }
    let Some(properties) = schema["properties"].as_object() else { return };
    assert_eq!(schema["additionalProperties"], json!(false), "{schema}");
    let required: Vec<&str> = schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for (name, inner) in properties {
        assert!(inner["description"].is_string(), "{name} is not described");
        assert!(required.contains(&name.as_str()), "{name} is always there, so it is required");
        all.insert(format!("{}.{name}", schema["description"]));
        declared(inner, all);
    }
}

#[test]
fn code_and_schema_know_the_same_fields() {
    let schema = schema();
    let (mut seen, mut all) = (BTreeSet::new(), BTreeSet::new());
    used(&schema, &schema, &valid(&rendered(&example(), FailOn::Error)), &mut seen);
    declared(&schema, &mut all);
    assert_eq!(seen, all);
}
