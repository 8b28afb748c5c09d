//! Pipelines: what their linters say of them, and what they do when a small runner of our own takes their jobs as they
//! stand in the file. Nothing here knows how they are written.

mod advice;
mod ansible;
mod decided;
mod differential;
mod expression;
mod github;
mod github_back;
mod github_left;
mod github_runner;
mod github_runs;
mod gitlab;
mod gitlab_back;
mod gitlab_ci_local;
mod gitlab_runner;
mod in_doubt;
mod lint;
mod world;

use std::process::Output;

use serde_json::Value;
use stopline::runbook::*;

use crate::support::*;
use crate::tools::tool;

/// A release with two holds, a secret, and every kind of end.
fn release() -> Procedure {
    let mut migrate = change("migrate");
    migrate.command.secrets = vec![name("DATABASE_URL")];
    let notice = Notify { id: id("tell"), title: "Tell".to_owned(), command: command(&note("tell")) };
    procedure(vec![
        ("prepare", vec![Action::Step(quiet("look", &note("look")))]),
        (
            "deploy",
            vec![
                Action::Hold(hold("go-live")),
                Action::Step(migrate),
                Action::Hold(Hold { needs: 2, ..hold("go-on") }),
                Action::Step(changing("switch", &format!("{}; [ ! -e broken ]", note("switch")))),
            ],
        ),
        ("confirm", vec![Action::Notify(notice)]),
    ])
}

/// The same release by a plan that was edited since.
fn edited() -> Procedure {
    let mut edited = release();
    edited.provenance.plan = "b".repeat(64);
    edited
}

/// The same release, in which this step is taken back otherwise.
fn taken_back_by(id: &str, undo: &Undo) -> Procedure {
    let mut release = release();
    for action in release.phases.iter_mut().flat_map(|phase| &mut phase.actions) {
        if let Action::Step(step) = action
            && step.id.as_str() == id
        {
            step.undo = undo.clone();
        }
    }
    release
}

/// What a file of YAML says, read by somebody else's parser.
fn yaml(text: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.yml");
    std::fs::write(&path, text).unwrap();
    let program = "import json,sys; from ruamel.yaml import YAML; \
                   print(json.dumps(YAML(typ='safe', pure=True).load(open(sys.argv[1], encoding='utf-8'))))";
    let output = tool("python3").args(["-c", program]).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn said(output: &Output) -> String {
    [output.stdout.as_slice(), output.stderr.as_slice()].iter().map(|part| String::from_utf8_lossy(part)).collect()
}

#[track_caller]
fn left_with(output: &Output, status: i32) -> String {
    let said = said(output);
    assert_eq!(output.status.code(), Some(status), "{said}");
    said
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}
