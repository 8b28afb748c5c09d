//! One application as rules see it: other names of its fields, and what PM2 decides where nobody says it.

use super::listed::is_nothing;
use crate::model::data::{Data, Record, Value};
use crate::model::subject::PM2_APP;
use crate::subject::SourceText;
use crate::subject::fields::{Fields, get, head, path, record, text};

pub(super) fn app(source: &SourceText<'_>, app: &Value) -> Value {
    let place = get(app, &["name"]).or_else(|| get(app, &["script"])).map_or_else(|| head(app), |named| named.place);
    let mut known = Fields::known(app, &PM2_APP);
    known.set("path", path(source.path, place));
    for (name, others) in ALIASES {
        let other = others.iter().find_map(|other| own(app, other));
        if own(app, name).is_none() {
            known.set_if(name, other.cloned());
        }
    }
    known.set_if(Record::OTHERS, own(app, Record::OTHERS).cloned());
    let made = known.clone().into_value(&PM2_APP, place);
    known.set("clustered", Value::new(clustered(&made), place));
    let name = get(app, &["name"]).or_else(|| get(app, &["script"]));
    known.set("name", name.map_or_else(|| path(source.path, place), Clone::clone));
    known.into_value(&PM2_APP, place)
}

/// Other names that PM2 takes.
const ALIASES: &[(&str, &[&str])] = &[
    ("script", &["cmd", "command"]),
    ("interpreter", &["exec_interpreter"]),
    ("error_file", &["err", "error", "err_file", "err_log", "error_log"]),
    ("out_file", &["out", "output", "out_log"]),
];

/// A field that a record says itself.
pub(super) fn own<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let fields = &record(value)?.fields;
    fields.iter().find(|(known, _)| &**known == name).map(|(_, value)| value)
}

/// What an application starts, by whatever name; that may be worked out.
pub(super) fn script_of(app: &Value) -> Option<&Value> {
    ["script", "cmd", "command"].iter().find_map(|name| get(app, &[name]).filter(|value| !is_nothing(value)))
}

/// As PM2 decides where nobody says it: instances of Node.js share a socket, even one of them.
fn clustered(app: &Value) -> Data {
    if let Some(mode) = get(app, &["exec_mode"]) {
        return match text(mode) {
            Some(mode) => Data::Bool(mode.starts_with("cluster")),
            None => unknown(mode),
        };
    }
    let plain = get(app, &["interpreter"]);
    let by_node = match plain {
        Some(interpreter) if text(interpreter).is_none() => return unknown(interpreter),
        Some(interpreter) => text(interpreter).is_some_and(|name| name.contains("node") || name.contains("bun")),
        None => get(app, &["script"]).and_then(text).is_none_or(is_run_by_node),
    };
    match get(app, &["instances"]) {
        Some(instances) if matches!(instances.data, Data::Unresolved(_)) => unknown(instances),
        Some(_) => Data::Bool(by_node),
        None => Data::Bool(false),
    }
}

fn unknown(value: &Value) -> Data {
    if matches!(value.data, Data::Unresolved(_)) {
        return value.data.clone();
    }
    Data::Unresolved(format!("`{}` is nothing that PM2 knows here", value.data).into())
}

fn is_run_by_node(script: &str) -> bool {
    let name = script.rsplit('/').next().unwrap_or(script);
    [".js", ".cjs", ".mjs", ".ts"].iter().any(|ending| name.ends_with(ending)) || !name.contains('.')
}
