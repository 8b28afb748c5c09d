//! The GitHub workflow: what its jobs do, one after the other.

use std::collections::BTreeMap;
use std::process::Output;

use serde_json::Value;
use stopline::emit::github;
use stopline::runbook::*;

use super::world::{World, copy};
use super::{left_with, release, text, yaml};
use crate::support::*;

#[test]
fn it_keeps_the_rules_a_deployment_needs() {
    let text = github::emit(&release(), "release.sh").unwrap().text;
    assert!(text.contains("\npermissions: {}\n"));
    assert!(text.contains("  cancel-in-progress: false\n"));
    assert!(text.contains("    shell: \"bash\"\n"));
    assert!(text.contains("environment: \"production-go-live\"\n"));
    assert!(text.contains("environment: \"production-go-on-2\"\n"));
    for line in text.lines().filter(|line| line.contains("uses:")) {
        let digest = line.split('@').nth(1).unwrap().split('"').next().unwrap();
        assert!(digest.len() == 40 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
    }
    let jobs = text.matches("    runs-on:").count();
    assert_eq!((jobs, text.matches("    timeout-minutes:").count()), (9, 9));
}

#[test]
fn a_phase_longer_than_a_hosted_job_may_be_is_refused() {
    let mut long = change("long");
    long.command.timeout = secs(6 * 3600);
    let error = github::emit(&procedure(vec![("deploy", vec![Action::Step(long)])]), "release.sh").unwrap_err();
    assert!(error.to_string().starts_with("phase `deploy` can take "), "{error}");
}

/// Runs the jobs as they stand in the file, each on a machine of its own, with artifacts between them.
pub(super) struct Github {
    pub(super) world: World,
    jobs: Value,
    results: BTreeMap<String, (&'static str, bool)>,
    /// How often the jobs of this run were asked for.
    pub(super) attempt: String,
}

impl Github {
    /// `signed` are environments and who has approved them, one pair a line.
    pub(super) fn new(procedure: &Procedure, signed: &str) -> Self {
        let mut world = World::new(procedure);
        // Answers both questions that are asked of GitHub, as `--jq` would leave them.
        let answers = "case $2 in\n*/artifacts\\?*) printf '%s\\n' \"$EARLIER\" ;;\n*/attempts/*) printf '%s\\n' \"$BEGUN\" ;;\n*/approvals) printf '%b' \"$SIGNED\" | while read -r environment who; do\n\
                       case \" $ENVIRONMENTS \" in *\" $environment \"*) printf '%s\\n' \"$who\" ;; esac\ndone ;;\n*) printf '%s\\n' \"$REVIEWERS\" ;;\nesac";
        world.stub("gh", answers);
        world.set("SIGNED", signed);
        world.set("REVIEWERS", "2");
        world.set("EARLIER", "");
        world.set("BEGUN", "no idea");
        let jobs = yaml(&github::emit(procedure, "release.sh").unwrap().text)["jobs"].take();
        Self { world, jobs, results: BTreeMap::new(), attempt: "1".to_owned() }
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.jobs.as_object().unwrap().keys().cloned().collect()
    }

    /// Another run, which finds what this one left.
    pub(super) fn next(&mut self) {
        let earlier = self.world.path("earlier");
        if earlier.exists() {
            std::fs::remove_dir_all(&earlier).unwrap();
        }
        std::fs::rename(self.world.path("artifacts"), earlier).unwrap();
        std::fs::create_dir(self.world.path("artifacts")).unwrap();
        self.world.set("EARLIER", "7");
        "1".clone_into(&mut self.attempt);
        self.results.clear();
    }

    /// Everything, in the order of needs; `rejected` is the gate that somebody refuses.
    pub(super) fn run(&mut self, rejected: Option<&str>) {
        let mut waiting = self.names();
        while !waiting.is_empty() {
            let ready =
                |name: &&String| needs(&self.jobs[name.as_str()]).iter().all(|need| self.results.contains_key(*need));
            let name = waiting.iter().find(ready).unwrap().clone();
            waiting.retain(|other| *other != name);
            let good = needs(&self.jobs[&name]).iter().all(|need| self.results[*need].0 == "success");
            let goes_back = name == "rollback" && !good && !self.results.values().any(|(_, held)| *held);
            if rejected == Some(name.as_str()) {
                self.results.insert(name, ("failure", false));
            } else if (good && name != "rollback") || goes_back {
                self.job(&name);
            } else {
                self.results.insert(name, ("skipped", false));
            }
        }
    }

    /// One job, whatever it needs.
    pub(super) fn job(&mut self, name: &str) -> Output {
        let job = self.jobs[name].clone();
        assert_eq!(text(&job, "runs-on"), "ubuntu-24.04");
        let machine = self.world.machine();
        let mut came: Option<Output> = None;
        let mut failed = false;
        for step in job["steps"].as_array().unwrap() {
            if failed && text(step, "if") != "${{ always() }}" {
                continue;
            }
            if text(step, "if").contains("earlier") && !machine.text("output").contains("run=7") {
                continue;
            }
            match text(step, "uses").split('@').next().unwrap() {
                "" => {
                    let env = self.env(step, &machine.path("output").display().to_string());
                    std::fs::write(machine.path("step.sh"), text(step, "run")).unwrap();
                    let output = machine.run(&["bash", "--noprofile", "--norc", "-eo", "pipefail", "step.sh"], &env);
                    let bad = !output.status.success();
                    if text(step, "if").is_empty() && (bad || came.as_ref().is_none_or(|came| came.status.success())) {
                        came = Some(output);
                    }
                    failed |= bad;
                }
                "actions/checkout" => {}
                "actions/download-artifact" => {
                    let from = if text(&step["with"], "run-id").is_empty() { "artifacts" } else { "earlier" };
                    self.download(from, &machine.path(text(&step["with"], "path")));
                }
                "actions/upload-artifact" => {
                    let kept = self.world.path("artifacts").join(text(&step["with"], "name"));
                    let state = machine.path(text(&step["with"], "path"));
                    if state.exists() {
                        copy(&state, &kept);
                    } else {
                        assert_eq!(text(&step["with"], "if-no-files-found"), "error");
                        failed = true;
                    }
                }
                other => panic!("nobody knows {other}"),
            }
        }
        let held = machine.text("output").contains("held=true");
        self.results.insert(name.to_owned(), (if failed { "failure" } else { "success" }, held));
        came.unwrap()
    }

    /// A single artifact is unpacked without a folder of its own.
    fn download(&self, from: &str, to: &std::path::Path) {
        let from = self.world.path(from);
        let artifacts: Vec<_> = std::fs::read_dir(&from).unwrap().map(|it| it.unwrap().path()).collect();
        match artifacts.as_slice() {
            [one] => copy(one, to),
            _ => copy(&from, to),
        }
    }

    fn env(&self, step: &Value, output: &str) -> Vec<(String, String)> {
        let said = step["env"].as_object().into_iter().flatten();
        let mut env: Vec<(String, String)> =
            said.map(|(key, value)| (key.clone(), self.filled_in(value.as_str().unwrap(), output))).collect();
        env.push(("GITHUB_OUTPUT".to_owned(), output.to_owned()));
        env
    }

    /// The few expressions there are.
    fn filled_in(&self, value: &str, output: &str) -> String {
        let said = std::fs::read_to_string(output).unwrap_or_default();
        let status = said.lines().find_map(|line| line.strip_prefix("status=")).unwrap_or_default();
        let mut parts = value.split("${{ ");
        let mut filled = parts.next().unwrap().to_owned();
        for part in parts {
            let (expression, rest) = part.split_once(" }}").unwrap();
            filled.push_str(match expression.split_once('.') {
                Some(("secrets", _)) => "postgres://hush",
                Some(("needs", what)) => {
                    let job = what.strip_suffix(".result").unwrap();
                    self.results.get(job).map_or("skipped", |(result, _)| result)
                }
                Some(("github", "token")) => "token",
                Some(("github", "repository")) => "o/r",
                Some(("github", "run_id")) => "1",
                Some(("github", "ref_name")) => "main",
                Some(("github", "run_attempt")) => &self.attempt,
                Some(("steps", "run.outputs.status")) => status,
                Some(("github", "run_attempt == 1 && 'no' || 'yes'")) if self.attempt == "1" => "no",
                Some(("github", "run_attempt == 1 && 'no' || 'yes'")) => "yes",
                _ => panic!("nobody knows {expression}"),
            });
            filled.push_str(rest);
        }
        filled
    }

    pub(super) fn held(&self, job: &str) -> bool {
        self.results[job].1
    }

    pub(super) fn result(&self, job: &str) -> &str {
        self.results[job].0
    }
}

fn needs(job: &Value) -> Vec<&str> {
    super::texts(&job["needs"])
}

const SIGNED: &str = "production-go-live alice\\nproduction-go-on-1 alice\\nproduction-go-on-2 bob\\n";

#[test]
fn the_jobs_do_what_the_script_does() {
    let mut github = Github::new(&release(), SIGNED);
    left_with(&github.job("guard"), 0);
    assert_eq!(github.world.did(), "");
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
    assert_eq!(github.result("rollback"), "skipped");
}

#[test]
fn a_job_that_is_run_again_does_nothing_twice() {
    let mut github = Github::new(&release(), SIGNED);
    for _ in 0..2 {
        for job in ["guard", "p1-prepare", "p2-deploy"] {
            left_with(&github.job(job), 0);
        }
    }
    assert_eq!(github.world.did(), "look migrate ");
}

#[test]
fn one_signature_is_not_two_and_the_run_is_held() {
    let mut github = Github::new(&release(), "production-go-live alice\\nproduction-go-on-1 alice\\n");
    github.run(None);
    assert!(!github.held("p2-deploy") && github.held("p3-deploy"));
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "skipped"));
    assert_eq!(github.world.did(), "look migrate ");
}

#[test]
fn who_may_not_sign_does_not_sign_on_github_either() {
    let mut github = Github::new(&release(), "production-go-live mallory\\n");
    left_with(&github.job("guard"), 0);
    left_with(&github.job("p1-prepare"), 0);
    left_with(&github.job("p2-deploy"), 64);
    assert_eq!(github.world.did(), "look ");
}

/// All jobs are asked for once more.
fn again(github: &mut Github) {
    "2".clone_into(&mut github.attempt);
    github.results.clear();
    github.run(None);
}

#[test]
fn a_signature_that_does_not_count_undoes_nothing() {
    let mut github = Github::new(&release(), "production-go-live alice\\nproduction-go-on-1 mallory\\n");
    github.run(None);
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "skipped"));
    assert_eq!(github.world.did(), "look migrate ");
}

#[test]
fn what_was_held_once_is_undone_when_it_is_ended_later() {
    let mut github = Github::new(&release(), "production-go-live alice\\nproduction-go-on-1 alice\\n");
    github.run(None);
    assert!(github.held("p3-deploy"));
    github.world.set("SIGNED", SIGNED);
    github.world.mark("broken");
    again(&mut github);
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "success"));
    assert_eq!(github.world.did(), "look migrate switch undo switch undo migrate ");
}

#[test]
fn another_run_goes_on_with_what_an_earlier_one_left() {
    let mut github = Github::new(&release(), "production-go-live alice\\nproduction-go-on-1 alice\\n");
    github.run(None);
    assert!(github.held("p3-deploy"));
    github.world.set("SIGNED", SIGNED);
    github.next();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
    github.next();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ", "it was confirmed");
    assert_eq!(github.result("rollback"), "skipped");
}

#[test]
fn what_an_earlier_run_left_of_another_plan_stops_this_one() {
    let mut github = Github::new(&release(), "production-go-live alice\\nproduction-go-on-1 alice\\n");
    github.run(None);
    assert_eq!(github.world.did(), "look migrate ");
    github.next();
    for artifact in std::fs::read_dir(github.world.path("earlier")).unwrap() {
        let place = artifact.unwrap().path().join("checkout-production");
        for run in std::fs::read_dir(&place).unwrap().map(|run| run.unwrap().path()).filter(|run| run.is_dir()) {
            std::fs::rename(run, place.join("another-plan-bbbbbbbbbbbbbbbb")).unwrap();
        }
    }
    github.world.set("SIGNED", SIGNED);
    github.run(None);
    assert_eq!((github.result("guard"), github.result("p1-prepare")), ("failure", "skipped"));
    assert_eq!(github.world.did(), "look migrate ");
}

#[test]
fn what_earlier_runs_left_is_known_or_nothing_begins() {
    let mut github = Github::new(&release(), SIGNED);
    github.world.set("EARLIER", "no idea");
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("GitHub does not say what earlier runs left behind"), "{said}");
}

/// GitHub lets go of artifacts when all jobs run again.
#[test]
fn what_the_attempt_before_did_is_known_or_nothing_begins() {
    let mut github = Github::new(&release(), "production-go-live alice\\nproduction-go-on-1 alice\\n");
    github.run(None);
    assert!(github.held("p3-deploy"));
    github.world.set("SIGNED", SIGNED);
    std::fs::remove_dir_all(github.world.path("artifacts")).unwrap();
    std::fs::create_dir(github.world.path("artifacts")).unwrap();
    again(&mut github);
    assert_eq!((github.result("guard"), github.result("p1-prepare")), ("failure", "skipped"));
    github.world.set("BEGUN", "4");
    again(&mut github);
    assert_eq!((github.result("guard"), github.result("rollback")), ("failure", "skipped"));
    github.next();
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("the state of attempt 1 of run 1 is lost"), "{said}");
    assert_eq!(github.world.did(), "look migrate ");
}

#[test]
fn an_attempt_in_which_nothing_began_may_be_forgotten() {
    let mut github = Github::new(&release(), SIGNED);
    github.world.set("BEGUN", "0");
    again(&mut github);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

#[test]
fn a_state_that_is_lost_in_a_second_attempt_is_not_that_of_the_first() {
    let mut github = Github::new(&release(), "production-go-live alice\\nproduction-go-on-1 alice\\n");
    github.run(None);
    "2".clone_into(&mut github.attempt);
    for job in ["guard", "p1-prepare", "p2-deploy"] {
        left_with(&github.job(job), 0);
    }
    // The machine of the third died.
    github.results.insert("p3-deploy".to_owned(), ("failure", false));
    let said = left_with(&github.job("rollback"), 1);
    assert!(said.contains("the state of job p3-deploy (failure) is lost"), "{said}");
}

#[test]
fn what_was_confirmed_is_not_taken_back_for_what_failed_afterwards() {
    let mut github = Github::new(&release(), SIGNED);
    github.run(None);
    let last = github.names().into_iter().rfind(|name| name.starts_with('p')).unwrap();
    github.results.insert(last, ("failure", false));
    let said = left_with(&github.job("rollback"), 0);
    assert!(said.contains("the run was confirmed"), "{said}");
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

#[test]
fn whoever_refuses_takes_back_what_was_begun_and_that_alone() {
    let mut github = Github::new(&release(), SIGNED);
    github.run(Some("h-go-on-2"));
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("skipped", "success"));
    assert_eq!(github.world.did(), "look migrate undo migrate ");
}

#[test]
fn a_failing_phase_goes_back_by_itself_and_the_rollback_job_has_nothing_left() {
    let mut github = Github::new(&release(), SIGNED);
    github.world.mark("broken");
    github.run(None);
    assert!(!github.held("p3-deploy"));
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "success"));
    assert_eq!(github.world.did(), "look migrate switch undo switch undo migrate ");
}

#[test]
fn a_state_that_was_lost_is_handed_to_a_person() {
    let mut github = Github::new(&release(), SIGNED);
    left_with(&github.job("guard"), 0);
    github.results.insert("p1-prepare".to_owned(), ("cancelled", false));
    let said = left_with(&github.job("rollback"), 1);
    assert!(said.contains("the state of job p1-prepare (cancelled) is lost"), "{said}");
}

#[test]
fn an_environment_without_reviewers_stops_before_anything() {
    for (reviewers, status) in [("0", 1), ("", 1), ("null", 1), ("2", 0)] {
        let mut github = Github::new(&release(), "");
        github.world.set("REVIEWERS", reviewers);
        left_with(&github.job("guard"), status);
    }
}
