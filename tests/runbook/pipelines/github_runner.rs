//! A small GitHub: it runs the jobs of a workflow as they stand in the file, each on a machine of its own, keeps artifacts
//! by run, and answers what is asked of it. It knows nothing of how the workflow is written.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{ExitStatus, Output};

use serde_json::{Value, json};
use stopline::emit::github;
use stopline::runbook::Procedure;

use super::expression::{Said, begins, filled_in};
use super::world::{Machine, World, copy};
use super::{text, texts, yaml};
use crate::tools::tool;

/// Answers with what lies in `$ANSWERS`, or not at all; with no more than a page of a hundred, unless it is to turn it. The real
/// one has `gojq` in it.
const GH: &str = r#"[ -z "$SILENT" ] || case $2 in *"$SILENT"*) exit 1 ;; esac
case $2 in
*/actions/artifacts\?name=*)
  name=${2#*=}
  [ "${5-}" = --paginate ] && page=null || page=100
  "$JQ" --arg name "${name%%&*}" --argjson page "$page" '.artifacts |= map(select(.name == $name))[:$page]' "$ANSWERS/artifacts" |
    "$JQ" -r "$4"
  ;;
*) "$JQ" -r "$4" "$ANSWERS/$(printf '%s' "${2%%\?*}" | tr / _)" ;;
esac"#;

/// How a job ended, and what it said of a person who is waited for.
#[derive(Debug, Clone)]
pub(super) struct Came {
    pub(super) result: &'static str,
    pub(super) outputs: BTreeMap<String, String>,
    /// In which attempt of its run, and whether the step that says so to others said that it begins.
    attempt: u64,
    said_so: bool,
    /// No other job began at this moment.
    started: u64,
}

/// What happens to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Luck {
    Good,
    /// Its machine is gone as soon as the runbook has ended.
    Dies,
    /// Nothing can be uploaded.
    Mute,
    /// The step of this name fails.
    Fails(&'static str),
    /// Somebody cancels the job when it comes to the step of this name.
    Cancelled(&'static str),
}

impl Luck {
    /// What becomes of the step of this name, where it does not do what it says.
    fn at(self, step: &str) -> Option<&'static str> {
        match self {
            Self::Fails(name) => (name == step).then_some("failure"),
            Self::Cancelled(name) => (name == step).then_some("cancelled"),
            Self::Good | Self::Dies | Self::Mute => None,
        }
    }
}

type Results = BTreeMap<String, Came>;

pub(super) struct Github {
    pub(super) world: World,
    jobs: Value,
    pub(super) run: u64,
    attempt: u64,
    /// What whoever dispatched the run has asked for.
    pub(super) back: bool,
    pub(super) finished: String,
    pub(super) again: String,
    /// Environments and who approved them, a pair a line.
    pub(super) signed: String,
    pub(super) reviewers: Option<usize>,
    /// GitHub says of no job which steps it had.
    pub(super) stepless: bool,
    /// GitHub lists a job that is not run again with the next attempt, too.
    pub(super) relists: bool,
    /// Runs whose artifacts have expired.
    pub(super) expired: Vec<u64>,
    /// Artifacts of others, as GitHub lists them.
    pub(super) others: Vec<Value>,
    pub(super) results: Results,
    /// What each attempt of each run came to.
    history: BTreeMap<(u64, u64), Results>,
    clock: u64,
}

impl Github {
    pub(super) fn new(procedure: &Procedure, signed: &str) -> Self {
        let mut world = World::new(procedure);
        world.stub("gh", GH);
        std::fs::create_dir(world.path("answers")).unwrap();
        let answers = world.path("answers").display().to_string();
        let jq = tool("gojq").get_program().to_str().unwrap().to_owned();
        for (key, value) in [("ANSWERS", answers.as_str()), ("JQ", &jq), ("SILENT", "")] {
            world.set(key, value);
        }
        let signed = signed.to_owned();
        let (results, history) = (Results::new(), BTreeMap::new());
        let (run, attempt, back, reviewers, others) = (1, 1, false, Some(2), Vec::new());
        let (finished, again) = (String::new(), String::new());
        Self {
            world,
            jobs: jobs_of(procedure),
            run,
            attempt,
            back,
            finished,
            again,
            signed,
            reviewers,
            stepless: false,
            relists: false,
            expired: Vec::new(),
            others,
            results,
            history,
            clock: 0,
        }
    }

    /// From now on the repository has the workflow of this procedure.
    pub(super) fn edit(&mut self, procedure: &Procedure) {
        self.world.edit(procedure);
        self.jobs = jobs_of(procedure);
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.jobs.as_object().unwrap().keys().cloned().collect()
    }

    /// What this run has left.
    pub(super) fn artifacts(&self) -> PathBuf {
        self.artifacts_of(self.run)
    }

    pub(super) fn artifacts_of(&self, run: u64) -> PathBuf {
        self.world.path("artifacts").join(run.to_string())
    }

    /// Somebody dispatches another run.
    pub(super) fn next(&mut self) {
        self.remember();
        self.run = self.history.keys().map(|(run, _)| *run).max().unwrap() + 1;
        self.attempt = 1;
        self.results.clear();
    }

    /// `Re-run failed jobs`, of this run or an earlier one: those, and what needs them.
    pub(super) fn run_failed_again(&mut self, run: u64) {
        self.remember();
        let ((_, attempt), results) = self.history.range((run, 0)..=(run, u64::MAX)).next_back().unwrap();
        (self.run, self.attempt, self.results) = (run, attempt + 1, results.clone());
        let failed: Vec<String> = self
            .results
            .iter()
            .filter(|(_, came)| ["failure", "cancelled"].contains(&came.result))
            .map(|(name, _)| name.clone())
            .collect();
        let again: Vec<String> =
            self.names().into_iter().filter(|name| failed.iter().any(|other| self.leads_to(other, name))).collect();
        self.results.retain(|name, _| !again.contains(name));
    }

    /// `Re-run all jobs`: what was left is let go of.
    pub(super) fn run_all_again(&mut self) {
        self.remember();
        self.attempt += 1;
        self.results.clear();
        let _ = std::fs::remove_dir_all(self.artifacts());
    }

    fn remember(&mut self) {
        self.history.insert((self.run, self.attempt), self.results.clone());
    }

    /// Whether `name` is `other`, or needs it.
    fn leads_to(&self, other: &str, name: &str) -> bool {
        other == name || texts(&self.jobs[name]["needs"]).iter().any(|need| self.leads_to(other, need))
    }

    /// All that has no end yet, in the order of needs; `rejected` is the gate that somebody refuses.
    pub(super) fn run(&mut self, rejected: Option<&str>) {
        loop {
            let ready = |name: &String| {
                let needs = texts(&self.jobs[name.as_str()]["needs"]);
                !self.results.contains_key(name) && needs.iter().all(|need| self.results.contains_key(*need))
            };
            let Some(name) = self.names().into_iter().find(ready) else { return };
            if !begins(text(&self.jobs[&name], "if"), &|word| self.means(&name, word)) {
                self.ends(&name, "skipped");
            } else if rejected == Some(name.as_str()) {
                self.ends(&name, "failure");
            } else {
                self.job(&name);
            }
        }
    }

    /// It ends like this, and says nothing.
    pub(super) fn ends(&mut self, name: &str, result: &'static str) {
        self.came(name, result, BTreeMap::new(), false);
    }

    fn came(&mut self, name: &str, result: &'static str, outputs: BTreeMap<String, String>, said_so: bool) {
        self.clock += 1;
        let (attempt, started) = (self.attempt, self.clock);
        self.results.insert(name.to_owned(), Came { result, outputs, attempt, said_so, started });
    }

    /// One job, whatever it needs.
    pub(super) fn job(&mut self, name: &str) -> Output {
        self.job_with(name, Luck::Good)
    }

    pub(super) fn job_with(&mut self, name: &str, luck: Luck) -> Output {
        let job = self.jobs[name].clone();
        assert_eq!(text(&job, "runs-on"), "ubuntu-24.04");
        let machine = self.world.machine();
        let mut steps = Steps { status: "success", outcomes: BTreeMap::new(), outputs: BTreeMap::new() };
        let mut came: Option<Output> = None;
        for step in job["steps"].as_array().unwrap() {
            let means = |word: &str| steps.means(word).unwrap_or_else(|| self.means(name, word));
            if !begins(text(step, "if"), &means) {
                steps.end(step, "skipped", "");
                continue;
            }
            if let Some(outcome) = luck.at(text(step, "name")) {
                steps.end(step, outcome, "");
                continue;
            }
            let with = |key: &str| filled_in(text(&step["with"], key), &means);
            let well = match text(step, "uses").split('@').next().unwrap() {
                "" => {
                    self.answer();
                    let output = Self::script(&machine, step, &means);
                    let well = output.status.success();
                    if text(step, "id") != "end" && came.as_ref().is_none_or(|came| came.status.success()) {
                        came = Some(output);
                    }
                    well
                }
                "actions/checkout" => true,
                "actions/download-artifact" => {
                    let run = Some(with("run-id")).filter(|run| !run.is_empty());
                    let run = run.map_or(self.run, |run| run.parse().unwrap());
                    self.download(run, &with("pattern"), &machine.path(&with("path")));
                    true
                }
                "actions/upload-artifact" => {
                    let (from, to) = (machine.path(&with("path")), self.artifacts().join(with("name")));
                    assert_eq!(with("if-no-files-found").as_str(), "error");
                    let again = step["with"]["overwrite"] == json!(true);
                    // It deletes first, and then may fail.
                    if again && luck == Luck::Mute {
                        let _ = std::fs::remove_dir_all(&to);
                    }
                    let well = luck != Luck::Mute && from.exists();
                    if well {
                        copy(&from, &to);
                    }
                    well
                }
                other => panic!("nobody knows {other}"),
            };
            steps.end(step, if well { "success" } else { "failure" }, &machine.text("output"));
            let _ = std::fs::remove_file(machine.path("output"));
            if luck == Luck::Dies && step["run"].as_str().is_some_and(|run| run.contains("$RUNBOOK")) {
                self.came(name, "failure", BTreeMap::new(), steps.said_so());
                return came.unwrap();
            }
        }
        let outputs = job["outputs"].as_object().into_iter().flatten();
        let outputs = outputs
            .map(|(key, value)| (key.clone(), filled_in(value.as_str().unwrap(), &|word| steps.means(word).unwrap())));
        let outputs = outputs.collect();
        self.came(name, steps.status, outputs, steps.said_so());
        came.unwrap_or_else(nothing)
    }

    fn script(machine: &Machine<'_>, step: &Value, means: &dyn Fn(&str) -> Said) -> Output {
        let said = step["env"].as_object().into_iter().flatten();
        let mut env: Vec<(String, String)> =
            said.map(|(key, value)| (key.clone(), filled_in(value.as_str().unwrap(), means))).collect();
        env.push(("GITHUB_WORKFLOW_REF".to_owned(), "o/r/.github/workflows/deploy.yml@refs/heads/main".to_owned()));
        env.push(("GITHUB_OUTPUT".to_owned(), machine.path("output").display().to_string()));
        assert!(!text(step, "run").contains("${{"), "an expression in a script is a script of somebody else");
        std::fs::write(machine.path("step.sh"), text(step, "run")).unwrap();
        machine.run(&["bash", "--noprofile", "--norc", "-eo", "pipefail", "step.sh"], &env)
    }

    /// A single artifact is unpacked without a folder of its own.
    fn download(&self, run: u64, pattern: &str, to: &std::path::Path) {
        let artifacts = if self.expired.contains(&run) { Vec::new() } else { self.names_of_artifacts(run) };
        let wanted: Vec<_> = artifacts.iter().filter(|name| name.starts_with(pattern.trim_end_matches('*'))).collect();
        std::fs::create_dir(to).unwrap();
        for name in &wanted {
            let to = if wanted.len() == 1 { to.to_owned() } else { to.join(name) };
            copy(&self.artifacts_of(run).join(name), &to);
        }
    }

    fn names_of_artifacts(&self, run: u64) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.artifacts_of(run)) else { return Vec::new() };
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// What GitHub knows by now.
    fn answer(&self) {
        let say = |file: &str, answer: Value| {
            std::fs::write(self.world.path("answers").join(file), answer.to_string()).unwrap();
        };
        let mut artifacts = self.others.clone();
        let mut runs = Vec::new();
        for run in 1..=self.history.keys().map(|(run, _)| *run).max().unwrap_or(1).max(self.run) {
            let known = self.names_of_artifacts(run).into_iter().map(|name| {
                let mut artifact = artifact(&name, run, "main", 5);
                artifact["expired"] = self.expired.contains(&run).into();
                artifact
            });
            let known: Vec<Value> = known.collect();
            say(&format!("repos_o_r_actions_runs_{run}_artifacts"), json!({ "artifacts": known }));
            artifacts.extend(known);
            let repository = json!({ "id": 5 });
            runs.push(
                json!({ "id": run, "head_branch": "main", "repository": repository, "head_repository": repository }),
            );
        }
        runs.reverse();
        say("repos_o_r_actions_workflows_deploy.yml_runs", json!({ "workflow_runs": runs }));
        say("artifacts", json!({ "total_count": artifacts.len(), "artifacts": artifacts }));
        for ((run, attempt), results) in &self.history {
            let jobs = results.iter().map(|(name, came)| json!({ "name": name, "conclusion": came.result }));
            let jobs: Vec<Value> = jobs.collect();
            say(&format!("repos_o_r_actions_runs_{run}_attempts_{attempt}_jobs"), json!({ "jobs": jobs }));
        }
        for run in self.history.keys().map(|(run, _)| *run).chain([self.run]) {
            let before =
                self.history.iter().filter(|((of, _), _)| *of == run).map(|((_, attempt), came)| (*attempt, came));
            let attempts: Vec<_> = before.chain((run == self.run).then_some((self.attempt, &self.results))).collect();
            let all = attempts.iter().flat_map(|(attempt, results)| results.iter().map(move |came| (*attempt, came)));
            let listed = all.filter(|(attempt, (_, came))| self.relists || came.attempt == *attempt);
            let jobs = listed.map(|(attempt, (name, came))| {
                let conclusion = if came.said_so { "success" } else { "skipped" };
                let steps = [json!({ "name": "Say that it begins", "conclusion": conclusion })];
                let steps = if self.stepless { &[][..] } else { &steps[..] };
                let (result, started) = (came.result, format!("2026-11-30T00:00:{:02}Z", came.started));
                json!({ "name": name, "conclusion": result, "run_attempt": attempt, "started_at": started, "steps": steps })
            });
            let jobs: Vec<Value> = jobs.collect();
            say(&format!("repos_o_r_actions_runs_{run}_jobs"), json!({ "jobs": jobs }));
            let well = attempts.last().unwrap().1.values().all(|came| ["success", "skipped"].contains(&came.result));
            let conclusion = if well { "success" } else { "failure" };
            say(&format!("repos_o_r_actions_runs_{run}"), json!({ "conclusion": conclusion }));
        }
        let signed = self.signed.lines().map(|line| line.split_once(' ').unwrap());
        let approvals = signed.map(|(environment, who)| {
            json!({ "state": "approved", "user": { "login": who }, "environments": [{ "name": environment }] })
        });
        let approvals: Vec<Value> = approvals.collect();
        say(&format!("repos_o_r_actions_runs_{}_approvals", self.run), json!(approvals));
        for job in self.jobs.as_object().unwrap().values() {
            let Some(reviewers) = self.reviewers else { continue };
            let rule = json!({ "type": "required_reviewers", "reviewers": vec![json!({}); reviewers] });
            let environment = format!("repos_o_r_environments_{}", text(job, "environment"));
            say(&environment, json!({ "protection_rules": [{ "type": "wait_timer" }, rule] }));
        }
    }

    /// What a word of an expression means for this job.
    fn means(&self, job: &str, word: &str) -> Said {
        let is = |name: &str| self.results.get(name).map_or("", |came| came.result);
        let before = || self.names().into_iter().filter(|name| name != job && self.leads_to(name, job));
        match word.split_once('.') {
            Some(("secrets", _)) => Said::text("postgres://hush"),
            Some(("github", "token")) => Said::text("token"),
            Some(("github", "repository")) => Said::text("o/r"),
            Some(("github", "run_id")) => Said::text(&self.run.to_string()),
            Some(("github", "ref_name")) => Said::text("main"),
            Some(("github", "run_attempt")) => Said::text(&self.attempt.to_string()),
            Some(("inputs", "back")) => Said::Is(self.back),
            Some(("inputs", "finished")) => Said::text(&self.finished),
            Some(("inputs", "again")) => Said::text(&self.again),
            Some(("github", "actor")) => Said::text("ann"),
            Some(("needs", what)) => {
                let (need, what) = what.split_once('.').unwrap();
                assert!(texts(&self.jobs[job]["needs"]).contains(&need), "{job} does not need {need}");
                if what == "result" {
                    return Said::text(is(need));
                }
                let key = what.strip_prefix("outputs.").unwrap_or_else(|| panic!("nobody knows {what} of a job"));
                assert!(self.jobs[need]["outputs"].get(key).is_some(), "{need} says nothing of {key}");
                let came = self.results.get(need).and_then(|came| came.outputs.get(key));
                Said::text(came.map_or("", String::as_str))
            }
            None if word == "success()" => Said::Is(before().all(|name| is(&name) == "success")),
            _ => panic!("nobody knows {word}"),
        }
    }

    pub(super) fn held(&self, job: &str) -> bool {
        self.results[job].outputs.get("held").is_some_and(|held| held == "stopline-held")
    }

    pub(super) fn result(&self, job: &str) -> &str {
        self.results[job].result
    }
}

fn jobs_of(procedure: &Procedure) -> Value {
    yaml(&github::emit(procedure, "release.sh").unwrap().text)["jobs"].take()
}

/// What a job says in which no script was run.
fn nothing() -> Output {
    Output { status: ExitStatus::from_raw(1 << 8), stdout: Vec::new(), stderr: Vec::new() }
}

/// An artifact, as GitHub lists it.
pub(super) fn artifact(name: &str, run: u64, branch: &str, from: u64) -> Value {
    let of = json!({ "id": run, "repository_id": 5, "head_repository_id": from, "head_branch": branch });
    json!({ "name": name, "expired": false, "workflow_run": of })
}

/// The steps of one job so far.
struct Steps {
    status: &'static str,
    outcomes: BTreeMap<String, String>,
    outputs: BTreeMap<String, String>,
}

impl Steps {
    fn end(&mut self, step: &Value, outcome: &'static str, output: &str) {
        if self.status == "success" && outcome != "skipped" {
            self.status = outcome;
        }
        let id = text(step, "id");
        self.outcomes.insert(id.to_owned(), outcome.to_owned());
        for (key, value) in output.lines().filter_map(|line| line.split_once('=')) {
            self.outputs.insert(format!("{id}.{key}"), value.to_owned());
        }
    }

    fn said_so(&self) -> bool {
        self.outcomes.get("begun").is_some_and(|begun| begun == "success")
    }

    /// Where the word is one for steps.
    fn means(&self, word: &str) -> Option<Said> {
        match word {
            "always()" => return Some(Said::Is(true)),
            "success()" => return Some(Said::Is(self.status == "success")),
            "cancelled()" => return Some(Said::Is(self.status == "cancelled")),
            "job.status" => return Some(Said::text(self.status)),
            _ => {}
        }
        let word = word.strip_prefix("steps.")?;
        let known = match word.split_once(".outputs.") {
            Some((id, key)) => self.outputs.get(&format!("{id}.{key}")),
            None => Some(&self.outcomes[word.strip_suffix(".outcome").unwrap()]),
        };
        Some(Said::text(known.map_or("", String::as_str)))
    }
}
