//! Applications that PM2 runs: out of JSON, YAML and scripts that export what stands in them.

mod diagnostics;
mod script;

use std::sync::Arc;

pub use diagnostics::{PM2_DIAGNOSTICS, PROGRAM};

use super::fields::{Fields, get, head, items, path, record, text};
use super::generic::each;
use super::{Found, SourceText};
use crate::diagnostic::Diagnostic;
use crate::document::Format;
use crate::model::data::{Data, Record, Value};
use crate::model::subject::PM2_APP;
use crate::source::Place;

pub(super) fn find(files: &[SourceText<'_>]) -> Found {
    let mut all = Found::default();
    for source in files {
        let found = if is_script(source.path) { of_script(source) } else { of_document(source) };
        all.subjects.extend(found.subjects);
        all.diagnostics.extend(found.diagnostics);
        all.comments.extend(found.comments);
    }
    all
}

fn is_script(path: &str) -> bool {
    [".js", ".cjs", ".mjs"].iter().any(|ending| path.ends_with(ending))
}

fn of_document(source: &SourceText<'_>) -> Found {
    let with_comments;
    // PM2 takes comments and trailing commas in JSON.
    let read = if Format::from_path(source.path) == Some(Format::Json) {
        with_comments = SourceText::new(source.file, "pm2.jsonc", Arc::clone(&source.text));
        &with_comments
    } else {
        source
    };
    each(std::slice::from_ref(read), Format::Yaml, |_, root| {
        apps(root).unwrap_or_default().into_iter().map(|value| app(source, value)).collect()
    })
}

fn of_script(source: &SourceText<'_>) -> Found {
    let exported = match script::exported(source.file, &source.text) {
        Ok(exported) => exported,
        Err(program) => return only(undecided(Place::new(source.file, program.span), program.why)),
    };
    let Some(listed) = apps(&exported) else {
        let place = unresolved(&exported).unwrap_or(exported.place);
        return only(undecided(place, "which applications there are is worked out"));
    };
    let mut found = Found::default();
    for value in listed {
        if matches!(value.data, Data::Unresolved(_)) {
            found.diagnostics.push(undecided(value.place, "which application this is, is worked out"));
        } else {
            found.subjects.push(app(source, value));
        }
    }
    found
}

fn undecided(place: Place, why: &str) -> Diagnostic {
    let message = format!("this is a program, and nobody but Node.js knows what comes of it: {why}");
    Diagnostic::new(&PROGRAM, place, message)
        .help("export what stands in the file, without working anything out, or write it as JSON or YAML")
}

fn only(diagnostic: Diagnostic) -> Found {
    Found { diagnostics: vec![diagnostic], ..Found::default() }
}

/// The applications of a configuration: under `apps`, or the whole where it is a list or one application. `None` where that
/// is worked out.
fn apps(root: &Value) -> Option<Vec<&Value>> {
    let listed = get(root, &["apps"]).unwrap_or(root);
    if matches!(listed.data, Data::Unresolved(_)) {
        return None;
    }
    let is_one = record(listed).is_some() && (get(listed, &["script"]).is_some() || own(root, "apps").is_some());
    Some(if is_one { vec![listed] } else { items(listed).iter().collect() })
}

fn unresolved(root: &Value) -> Option<Place> {
    get(root, &["apps"]).map(|apps| apps.place)
}

fn app(source: &SourceText<'_>, app: &Value) -> Value {
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

fn own<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let fields = &record(value)?.fields;
    fields.iter().find(|(known, _)| &**known == name).map(|(_, value)| value)
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

#[cfg(test)]
mod tests {
    use crate::model::policy::DocumentKind;
    use crate::subject::testing::{Lab, cut, field, said};

    fn lab(path: &str, text: &str) -> Lab {
        Lab::new(&[(path, text)])
    }

    #[test]
    fn the_same_application_in_every_notation() {
        for (path, text) in [
            (
                "ecosystem.config.js",
                "module.exports = {apps: [{name: 'shop', script: 'a.js', instances: 2, error: 'e'}]}",
            ),
            (
                "ecosystem.json",
                "{\"apps\": [{\"name\": \"shop\", \"script\": \"a.js\", \"instances\": 2, /* no */ \"error\": \"e\",}]}",
            ),
            ("process.yaml", "apps:\n  - {name: shop, script: a.js, instances: 2, error: e}\n"),
            ("process.json", "[{\"name\": \"shop\", \"script\": \"a.js\", \"instances\": 2, \"error\": \"e\"}]"),
            ("pm2.json", "{\"name\": \"shop\", \"script\": \"a.js\", \"instances\": 2, \"error\": \"e\"}"),
        ] {
            let lab = lab(path, text);
            let found = lab.find(DocumentKind::Pm2App);
            assert!(found.diagnostics.is_empty(), "{path}: {:#?}", found.diagnostics);
            let app = &found.subjects[0];
            assert_eq!(
                (said(app, "name"), said(app, "instances"), said(app, "error_file")),
                ("shop".into(), "2".into(), "e".into()),
                "{path}"
            );
            assert_eq!(said(app, "clustered"), "true", "{path}");
            assert!(cut(&lab, app).contains("shop"), "{path}");
        }
    }

    #[test]
    fn what_runs_in_cluster_mode_is_what_pm2_says() {
        for (app, expected) in [
            ("script: 'a.js'", "false"),
            ("script: 'a.js', instances: 1", "true"),
            ("script: 'a.js', instances: 'max'", "true"),
            ("script: 'a.py', instances: 2", "false"),
            ("script: 'a.js', instances: 2, exec_mode: 'fork'", "false"),
            ("script: 'a.js', exec_mode: 'cluster_mode'", "true"),
        ] {
            let lab = lab("ecosystem.config.js", &format!("module.exports = {{apps: [{{{app}}}]}}"));
            assert_eq!(said(&lab.find(DocumentKind::Pm2App).subjects[0], "clustered"), expected, "{app}");
        }
    }

    #[test]
    fn a_program_is_undecided_and_never_passed() {
        for text in [
            "module.exports = require('./base')",
            "module.exports = {apps: build()}",
            "module.exports = {apps: [...apps]}",
            "module.exports = {...base}",
            "module.exports = {apps: [web]}",
            "module.exports = () => ({apps: []})",
        ] {
            let found = lab("ecosystem.config.js", text).find(DocumentKind::Pm2App);
            assert!(found.subjects.is_empty(), "{text}");
            assert_eq!(found.diagnostics.len(), 1, "{text}");
            assert!(found.diagnostics[0].undecided, "{text}");
        }
        let lab = lab("ecosystem.config.js", "module.exports = {apps: [{...base, name: 'a'}]}");
        let found = lab.find(DocumentKind::Pm2App);
        assert_eq!(field(&found.subjects[0], "watch").unwrap().data.noun(), "not known");
    }

    #[test]
    fn what_is_no_configuration_of_pm2_holds_no_application() {
        assert!(lab("process.json", "{\"steps\": []}").find(DocumentKind::Pm2App).subjects.is_empty());
    }
}
