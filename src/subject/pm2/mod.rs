//! Applications that PM2 runs: out of JSON, YAML and scripts that export what stands in them.

mod app;
mod diagnostics;
mod listed;
mod script;

use std::sync::Arc;

pub use diagnostics::{NO_APPLICATION, PM2_DIAGNOSTICS, PROGRAM};

use self::app::app;
use self::diagnostics::worked_out;
use self::listed::{Claim, Listed, listed};
use super::generic::each;
use super::{Found, SourceText};
use crate::document::Format;
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

/// `process.json` may be anybody's; who calls a file `ecosystem.json`, or names it in a rule, means PM2.
fn claim(path: &str) -> Claim {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_anybodys = ["process.json", "process.yaml", "process.yml"].contains(&name);
    if is_anybodys { Claim::ByItsFields } else { Claim::Certain }
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
    let mut refused = Vec::new();
    let mut found = each(std::slice::from_ref(read), Format::Yaml, |_, root| {
        let Listed { apps, diagnostics } = listed(root, claim(source.path));
        refused.extend(diagnostics);
        apps.into_iter().map(|value| app(source, value)).collect()
    });
    found.diagnostics.extend(refused);
    found
}

fn of_script(source: &SourceText<'_>) -> Found {
    let exported = match script::exported(source.file, &source.text) {
        Ok(exported) => exported,
        Err(program) => {
            let diagnostics = vec![worked_out(Place::new(source.file, program.span), program.why)];
            return Found { diagnostics, ..Found::default() };
        }
    };
    let Listed { apps, diagnostics } = listed(&exported, claim(source.path));
    Found { subjects: apps.into_iter().map(|value| app(source, value)).collect(), diagnostics, ..Found::default() }
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
    fn what_pm2_would_start_nothing_from_is_said_at_its_place() {
        for (path, text, place) in [
            ("ecosystem.config.js", "module.exports = {pm2: {apps: [{script: 'a.js'}]}}", "pm2"),
            ("ecosystem.config.js", "module.exports = {Apps: [{script: 'a.js'}]}", "[{script: 'a.js'}]"),
            ("ecosystem.config.js", "module.exports = {apps: null}", "null"),
            ("ecosystem.config.js", "module.exports = {apps: 'a.js'}", "'a.js'"),
            ("ecosystem.config.js", "module.exports = 'a.js'", "'a.js'"),
            ("ecosystem.config.js", "module.exports = {}", "{"),
            ("ecosystem.config.js", "module.exports = {apps: [{name: 'a'}]}", "{"),
            ("ecosystem.config.js", "module.exports = {apps: [{script: ''}]}", "{"),
            ("ecosystem.config.js", "module.exports = {apps: ['a.js', {script: 'b.js'}]}", "'a.js'"),
            ("ecosystem.json", "{\"pm2\": {\"apps\": [{\"script\": \"a.js\"}]}}", "\"pm2\""),
            ("ecosystem.json", "{\"Apps\": []}", "[]"),
            ("ecosystem.json", "{\"apps\": null}", "null"),
            ("pm2.yml", "apps: a.js\n", "a.js"),
            ("pm2.yml", "a.js\n", "a.js"),
            ("pm2.yml", "name: a\n", "name"),
            ("process.yml", "Apps: [{script: a.js}]\n", "[{script: a.js}]"),
            ("ecosystem.json", "{\"__proto__\": {\"apps\": []}, \"apps\": []}", "\"__proto__\""),
            ("ecosystem.json", "{\"apps\": [{\"script\": \"a.js\", \"env\": {\"__proto__\": 1}}]}", "1"),
        ] {
            let lab = lab(path, text);
            let found = lab.find(DocumentKind::Pm2App);
            assert_eq!(found.diagnostics.len(), 1, "{path}: {text}");
            assert!(found.diagnostics[0].undecided, "{text}");
            assert_eq!(lab.sources.slice(found.diagnostics[0].place.unwrap()), place, "{text}");
        }
    }

    #[test]
    fn applications_stand_where_pm2_looks_for_them() {
        for (text, count) in [
            ("{pm2: [{script: 'a.js'}, {cmd: 'b.js'}]}", 2),
            ("{apps: null, pm2: {command: 'a.js'}}", 1),
            ("{apps: {script: 'a.js'}, pm2: 'x'}", 1),
            ("{apps: [], deploy: {}}", 0),
            ("{deploy: {}}", 0),
            ("{__proto__: {watch: true}, apps: [{script: 'a.js'}]}", 1),
        ] {
            let found = lab("ecosystem.config.js", &format!("module.exports = {text}")).find(DocumentKind::Pm2App);
            assert!(found.diagnostics.is_empty(), "{text}: {:#?}", found.diagnostics);
            assert_eq!(found.subjects.len(), count, "{text}");
        }
    }

    #[test]
    fn what_is_no_configuration_of_pm2_holds_no_application() {
        assert!(lab("process.json", "{\"steps\": []}").find(DocumentKind::Pm2App).subjects.is_empty());
    }
}
