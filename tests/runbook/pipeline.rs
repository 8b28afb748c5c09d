//! The GitHub workflow: what the linters say of it, and what its jobs do when they are run one after the other.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use stopline::emit::bash::{Clock, emit};
use stopline::emit::github;
use stopline::runbook::*;

use crate::support::*;

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

#[test]
fn the_linters_have_nothing_to_say() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("release.yml");
    let hostile = crate::hostile::everywhere(&crate::hostile::HOSTILE.join(" "));
    for procedure in [release(), procedure(vec![("deploy", vec![Action::Step(change("a"))])]), hostile] {
        let workflow = github::emit(&procedure, "deploy/release.sh").unwrap();
        std::fs::write(&path, workflow.text).unwrap();
        crate::lint::accepts("actionlint", &[], &path);
        crate::lint::accepts("zizmor", &["--offline", "--no-progress", "--persona=auditor"], &path);
        crate::lint::accepts("check-jsonschema", &["--builtin-schema", "vendor.github-workflows"], &path);
        let timeouts = ["--builtin-schema", "custom.github-workflows-require-timeout"];
        crate::lint::accepts("check-jsonschema", &timeouts, &path);
    }
}

/// What stands after `run:`, as `bash` gets it.
#[test]
fn the_linters_have_nothing_to_say_of_its_scripts_either() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/emit/templates/github");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        crate::lint::silent("shellcheck", &["--shell=bash", "--exclude=SC2154"], &path);
        crate::lint::silent("shfmt", &["-ln=bash", "-i=2", "-ci", "-d"], &path);
    }
}

#[test]
fn it_carries_no_text_of_the_plan() {
    let hostile = crate::hostile::everywhere("SENTINEL ${{ github.token }}");
    let workflow = github::emit(&hostile, "release.sh").unwrap();
    assert!(!workflow.text.contains("SENTINEL"));
}

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
fn a_path_that_could_say_something_else_is_refused() {
    for path in ["", "/etc/x", "../x", "a b", "-x", "a//b", "$(x)", "a\nb"] {
        assert!(github::emit(&release(), path).is_err(), "{path:?}");
    }
}

#[test]
fn a_phase_longer_than_a_hosted_job_may_be_is_refused() {
    let mut long = change("long");
    long.command.timeout = secs(6 * 3600);
    let error = github::emit(&procedure(vec![("deploy", vec![Action::Step(long)])]), "release.sh").unwrap_err();
    assert!(error.to_string().starts_with("phase `deploy` can take "), "{error}");
}

/// Runs the jobs' own scripts, each on a machine of its own, with artifacts between them.
struct Hosting {
    folder: tempfile::TempDir,
    procedure: Procedure,
    signed: &'static str,
}

impl Hosting {
    fn new(signed: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["bin", "artifacts", "production"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        // Answers both questions that are asked of GitHub, as `--jq` would leave them.
        let gh = "#!/bin/sh\ncase $2 in\n*/approvals) printf '%b' \"$SIGNED\" ;;\n*) printf '%s\\n' \"$REVIEWERS\" ;;\nesac\n";
        let path = folder.path().join("bin/gh");
        std::fs::write(&path, gh).unwrap();
        Command::new("chmod").args(["+x"]).arg(&path).status().unwrap();
        Self { folder, procedure: release(), signed }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// One job: fetch, take up, do, keep.
    fn job(&self, job: &str, script: &str, env: &[(&str, &str)]) -> Output {
        let machine = tempfile::tempdir().unwrap();
        std::fs::write(machine.path().join("release.sh"), emit(&self.procedure, Clock::Machine).unwrap()).unwrap();
        let artifacts: Vec<_> =
            std::fs::read_dir(self.path("artifacts")).unwrap().map(|it| it.unwrap().path()).collect();
        match artifacts.as_slice() {
            // A single one is unpacked without a folder of its own.
            [one] => copy(one, &machine.path().join("stopline-artifacts")),
            _ => copy(&self.path("artifacts"), &machine.path().join("stopline-artifacts")),
        }
        let step = |name: &str| {
            let template = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/emit/templates/github").join(name);
            let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
            Command::new("setsid")
                .args(["--wait", "bash", "--noprofile", "--norc", "-eo", "pipefail"])
                .arg(template)
                .current_dir(machine.path())
                .env("PATH", path)
                .env("CI", "true")
                .env("STATE", "stopline-state")
                .env("JOURNAL", "checkout-production/checkout-1-2-3-aaaaaaaaaaaaaaaa/journal.jsonl")
                .env("RUNBOOK", "./release.sh")
                .env("DATABASE_URL", "postgres://hush")
                .env("SIGNED", self.signed)
                .env("REPOSITORY", "o/r")
                .env("RUN_ID", "1")
                .env("GITHUB_OUTPUT", machine.path().join("output"))
                .env("ENVIRONMENTS", "")
                .env("HOLD", "")
                .env("JOB", job)
                .env("UNTIL", "")
                .envs(env.iter().copied())
                .output()
                .unwrap()
        };
        assert!(step("restore.sh").status.success());
        // The steps of all jobs leave their notes in one place, as they would in production.
        let did = self.path("production/did");
        std::fs::write(&did, std::fs::read(&did).unwrap_or_default()).unwrap();
        std::os::unix::fs::symlink(&did, machine.path().join("did")).unwrap();
        if self.path("production/broken").exists() {
            std::fs::write(machine.path().join("broken"), "").unwrap();
        }
        let output = step(script);
        assert!(step("held.sh").status.success());
        std::fs::copy(machine.path().join("output"), self.path("output")).unwrap();
        copy(&machine.path().join("stopline-state"), &self.path("artifacts").join(format!("stopline-state-{job}")));
        output
    }

    fn did(&self) -> String {
        std::fs::read_to_string(self.path("production/did")).unwrap_or_default().replace('\n', " ")
    }

    fn held(&self) -> bool {
        std::fs::read_to_string(self.path("output")).unwrap().contains("held=true")
    }
}

fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    assert!(Command::new("cp").arg("-R").args([from, to]).status().unwrap().success());
}

#[track_caller]
fn left_with(output: &Output, status: i32) {
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    assert_eq!(output.status.code(), Some(status), "{}", String::from_utf8_lossy(&said));
}

const GO_LIVE: [(&str, &str); 3] = [("HOLD", "go-live"), ("ENVIRONMENTS", "production-go-live"), ("UNTIL", "go-on")];
const GO_ON: [(&str, &str); 3] =
    [("HOLD", "go-on"), ("ENVIRONMENTS", "production-go-on-1 production-go-on-2"), ("UNTIL", "tell")];

#[test]
fn the_jobs_do_what_the_script_does() {
    let hosting = Hosting::new("alice\\nbob\\n");
    left_with(&hosting.job("guard", "begin.sh", &[("UNTIL", "look")]), 0);
    assert_eq!(hosting.did(), "");
    left_with(&hosting.job("p1-prepare", "go_on.sh", &[("UNTIL", "go-live")]), 0);
    left_with(&hosting.job("p2-deploy", "go_on.sh", &GO_LIVE), 0);
    left_with(&hosting.job("p3-deploy", "go_on.sh", &GO_ON), 0);
    left_with(&hosting.job("p4-confirm", "go_on.sh", &[]), 0);
    assert_eq!(hosting.did(), "look migrate switch tell ");
}

#[test]
fn a_job_that_is_run_again_does_nothing_twice() {
    let hosting = Hosting::new("alice\\nbob\\n");
    left_with(&hosting.job("guard", "begin.sh", &[("UNTIL", "look")]), 0);
    left_with(&hosting.job("p1-prepare", "go_on.sh", &[("UNTIL", "go-live")]), 0);
    left_with(&hosting.job("p2-deploy", "go_on.sh", &GO_LIVE), 0);
    left_with(&hosting.job("guard", "begin.sh", &[("UNTIL", "look")]), 0);
    left_with(&hosting.job("p1-prepare", "go_on.sh", &[("UNTIL", "go-live")]), 0);
    left_with(&hosting.job("p2-deploy", "go_on.sh", &GO_LIVE), 0);
    assert_eq!(hosting.did(), "look migrate ");
}

#[test]
fn one_signature_is_not_two_and_the_run_is_held() {
    let hosting = Hosting::new("alice\\n");
    left_with(&hosting.job("guard", "begin.sh", &[("UNTIL", "look")]), 0);
    left_with(&hosting.job("p1-prepare", "go_on.sh", &[("UNTIL", "go-live")]), 0);
    left_with(&hosting.job("p2-deploy", "go_on.sh", &GO_LIVE), 0);
    assert!(!hosting.held());
    left_with(&hosting.job("p3-deploy", "go_on.sh", &GO_ON), 21);
    assert!(hosting.held());
    assert_eq!(hosting.did(), "look migrate ");
}

#[test]
fn who_may_not_sign_does_not_sign_on_github_either() {
    let hosting = Hosting::new("mallory\\n");
    left_with(&hosting.job("guard", "begin.sh", &[("UNTIL", "look")]), 0);
    left_with(&hosting.job("p1-prepare", "go_on.sh", &[("UNTIL", "go-live")]), 0);
    left_with(&hosting.job("p2-deploy", "go_on.sh", &GO_LIVE), 64);
    assert_eq!(hosting.did(), "look ");
}

#[test]
fn the_rollback_job_goes_back_from_the_newest_state() {
    let hosting = Hosting::new("alice\\nbob\\n");
    left_with(&hosting.job("guard", "begin.sh", &[("UNTIL", "look")]), 0);
    left_with(&hosting.job("p1-prepare", "go_on.sh", &[("UNTIL", "go-live")]), 0);
    left_with(&hosting.job("p2-deploy", "go_on.sh", &GO_LIVE), 0);
    left_with(
        &hosting.job(
            "rollback",
            "rollback.sh",
            &[("RESULTS", "p1-prepare=success\np2-deploy=success\np3-deploy=skipped\n")],
        ),
        0,
    );
    assert_eq!(hosting.did(), "look migrate undo migrate ");
}

#[test]
fn a_failing_phase_goes_back_by_itself_and_the_rollback_job_has_nothing_left() {
    let hosting = Hosting::new("alice\\nbob\\n");
    std::fs::write(hosting.path("production/broken"), "").unwrap();
    left_with(&hosting.job("guard", "begin.sh", &[("UNTIL", "look")]), 0);
    left_with(&hosting.job("p1-prepare", "go_on.sh", &[("UNTIL", "go-live")]), 0);
    left_with(&hosting.job("p2-deploy", "go_on.sh", &GO_LIVE), 0);
    left_with(&hosting.job("p3-deploy", "go_on.sh", &GO_ON), 10);
    assert!(!hosting.held());
    left_with(&hosting.job("rollback", "rollback.sh", &[("RESULTS", "p3-deploy=failure")]), 0);
    assert_eq!(hosting.did(), "look migrate switch undo switch undo migrate ");
}

#[test]
fn a_state_that_was_lost_is_handed_to_a_person() {
    let hosting = Hosting::new("alice\\n");
    left_with(&hosting.job("guard", "begin.sh", &[("UNTIL", "look")]), 0);
    let output = hosting.job("rollback", "rollback.sh", &[("RESULTS", "p1-prepare=cancelled\np2-deploy=skipped")]);
    left_with(&output, 1);
    assert!(String::from_utf8_lossy(&output.stdout).contains("the state of job p1-prepare (cancelled) is lost"));
}

#[test]
fn an_environment_without_reviewers_stops_before_anything() {
    let hosting = Hosting::new("");
    for (reviewers, status) in [("0", 1), ("", 1), ("null", 1), ("2", 0)] {
        let env = [("ENVIRONMENTS", "production-go-live"), ("REVIEWERS", reviewers)];
        left_with(&hosting.job("guard", "protection.sh", &env), status);
    }
}
