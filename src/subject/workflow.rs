//! GitHub Actions: workflows, their jobs and steps, with the short forms of the format made long.

mod deploys;

use super::fields::{Fields, fields, get, head, items, keys_or_list, listed, path, record, text};
use super::generic::each;
use super::part::part;
use super::{Found, SourceText};
use crate::document::Format;
use crate::model::data::{Data, Text, Value};
use crate::model::subject::{CONCURRENCY, JOB, STEP, WORKFLOW};
use crate::source::Place;

pub(super) fn workflows(files: &[SourceText<'_>]) -> Found {
    each(files, Format::Yaml, |source, root| vec![workflow(source, root)])
}

pub(super) fn jobs(files: &[SourceText<'_>]) -> Found {
    each(files, Format::Yaml, workflow_jobs)
}

pub(super) fn steps(files: &[SourceText<'_>]) -> Found {
    each(files, Format::Yaml, |source, root| {
        let jobs = get(root, &["jobs"]).map(fields).unwrap_or_default();
        jobs.iter().flat_map(|(id, job)| job_steps(source, id, job)).collect()
    })
}

fn workflow(source: &SourceText<'_>, root: &Value) -> Value {
    let place = head(root);
    let mut workflow = Fields::known(root, &WORKFLOW);
    workflow.set("path", path(source.path, place));
    workflow.set_if("triggers", triggers(root));
    workflow.change("concurrency", |value| Some(concurrency(value)));
    let jobs = workflow_jobs(source, root);
    let all = get(root, &["jobs"]).map_or(place, |jobs| jobs.place);
    workflow.set("jobs", Value::new(Data::List(jobs.into()), all));
    workflow.into_value(&WORKFLOW, place)
}

fn triggers(root: &Value) -> Option<Value> {
    get(root, &["on"]).cloned().map(keys_or_list)
}

fn workflow_jobs(source: &SourceText<'_>, root: &Value) -> Vec<Value> {
    let jobs = get(root, &["jobs"]).map(fields).unwrap_or_default();
    jobs.iter().map(|(id, job)| self::job(source, root, id, job)).collect()
}

fn job(source: &SourceText<'_>, root: &Value, id: &Text, job: &Value) -> Value {
    let place = head(job);
    let mut known = Fields::known(job, &JOB);
    known.set("path", path(source.path, place));
    known.set_if("workflow", get(root, &["name"]).cloned());
    known.set_if("triggers", triggers(root));
    known.set_if("workflow-concurrency", get(root, &["concurrency"]).cloned().map(concurrency));
    known.set_if("workflow-permissions", get(root, &["permissions"]).cloned());
    known.set("id", Value::new(Data::Text(id.clone()), place));
    known.change("needs", |value| Some(listed(value)));
    known.change("concurrency", |value| Some(concurrency(value)));
    // The long form names the environment among other things.
    known.change(
        "environment",
        |value| if record(&value).is_some() { get(&value, &["name"]).cloned() } else { Some(value) },
    );
    let steps = job_steps(source, id, job);
    let (deploys, production) = deployment(id, job, &steps);
    known.set("deploys", Value::new(Data::Bool(deploys), place));
    known.set("production", Value::new(Data::Bool(production), place));
    let of = |name: &str| steps.iter().filter_map(|step| get(step, &[name]).cloned()).collect::<Vec<_>>();
    let all = get(job, &["steps"]).map_or(place, |steps| steps.place);
    known.set("commands", Value::new(Data::List(of("run").into()), all));
    known.set("actions", Value::new(Data::List(of("action").into()), all));
    known.set("steps", Value::new(Data::List(steps.into()), all));
    known.into_value(&JOB, place)
}

/// Whether a job deploys, and whether to what may be production.
fn deployment(id: &str, job: &Value, steps: &[Value]) -> (bool, bool) {
    let environment = get(job, &["environment"]);
    let environment = environment.and_then(|value| text(value).or_else(|| get(value, &["name"]).and_then(text)));
    let names: Vec<&str> = get(job, &["name"]).and_then(text).into_iter().chain([id]).collect();
    let by_step =
        || steps.iter().any(|step| matches!(get(step, &["deploys"]).map(|flag| &flag.data), Some(Data::Bool(true))));
    let by_name = || names.iter().any(|name| deploys::name_deploys(name));
    let called = || get(job, &["uses"]).and_then(text).is_some_and(deploys::action_deploys);
    let deploys = environment.is_some() || by_name() || by_step() || called();
    // The environment says it best; names count only where there is none.
    let elsewhere = match environment {
        Some(environment) => deploys::is_elsewhere(environment),
        None => names.iter().any(|name| deploys::is_elsewhere(name)),
    };
    (deploys, deploys && !elsewhere)
}

fn job_steps(source: &SourceText<'_>, id: &Text, job: &Value) -> Vec<Value> {
    let steps = get(job, &["steps"]).map(items).unwrap_or_default();
    steps.iter().map(|step| self::step(source, id, step)).collect()
}

fn step(source: &SourceText<'_>, job: &Text, step: &Value) -> Value {
    let place = head(step);
    let mut known = Fields::known(step, &STEP);
    known.set("path", path(source.path, place));
    known.set("job", Value::new(Data::Text(job.clone()), place));
    let by_action = get(step, &["uses"]).and_then(text).and_then(|uses| uses.split('@').next());
    let deploys = by_action.is_some_and(deploys::action_deploys)
        || get(step, &["run"]).and_then(text).is_some_and(deploys::script_deploys);
    known.set("deploys", Value::new(Data::Bool(deploys), place));
    if let Some((uses, written)) = get(step, &["uses"]).and_then(|uses| Some((uses, text(uses)?))) {
        let at = written.find('@').unwrap_or(written.len());
        known.set_if("action", part(uses, 0..at, &source.text));
        if at < written.len() {
            known.set_if("ref", part(uses, at + 1..written.len(), &source.text));
        }
    }
    known.into_value(&STEP, place)
}

/// A text is the group; a mapping says the group and more.
fn concurrency(value: Value) -> Value {
    let place: Place = value.place;
    if record(&value).is_some() {
        return Fields::known(&value, &CONCURRENCY).into_value(&CONCURRENCY, head(&value));
    }
    let mut fields = Fields::default();
    fields.set("group", value);
    fields.into_value(&CONCURRENCY, place)
}

#[cfg(test)]
mod tests {
    use crate::model::policy::DocumentKind;
    use crate::subject::testing::{Lab, cut, field, said};

    const DEPLOY: &str = "\
name: Deploy
on: [push, workflow_dispatch]
concurrency: production
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: make
  deploy:
    needs: build
    environment: {name: production, url: \"https://example.com\"}
    timeout-minutes: 30
    steps:
      - name: Ship
        run: ./ship.sh
";

    fn lab() -> Lab {
        Lab::new(&[(".github/workflows/deploy.yml", DEPLOY)])
    }

    #[test]
    fn short_forms_are_made_long() {
        let lab = lab();
        let jobs = lab.find(DocumentKind::WorkflowJob).subjects;
        let deploy = &jobs[1];
        assert_eq!(said(deploy, "id"), "deploy");
        assert_eq!(said(deploy, "needs"), "build");
        assert_eq!(said(deploy, "environment"), "production");
        assert_eq!(said(deploy, "triggers"), "push, workflow_dispatch");
        assert_eq!(said(field(deploy, "workflow-concurrency").unwrap(), "group"), "production");
        assert_eq!(said(deploy, "commands"), "./ship.sh");
        assert_eq!(said(&jobs[0], "timeout-minutes"), "missing");
    }

    #[test]
    fn every_part_stands_where_it_is_written() {
        let lab = lab();
        let steps = lab.find(DocumentKind::WorkflowStep).subjects;
        assert_eq!(cut(&lab, field(&steps[0], "action").unwrap()), "actions/checkout");
        assert_eq!(cut(&lab, field(&steps[0], "ref").unwrap()), "v4");
        assert_eq!(cut(&lab, &lab.find(DocumentKind::WorkflowJob).subjects[1]), "deploy");
        assert_eq!(cut(&lab, &lab.find(DocumentKind::Workflow).subjects[0]), "name");
    }

    #[test]
    fn a_file_that_is_no_workflow_at_all_holds_no_jobs() {
        let lab = Lab::new(&[(".github/workflows/a.yml", "- 1\n- 2\n")]);
        assert!(lab.find(DocumentKind::WorkflowJob).subjects.is_empty());
    }
}
