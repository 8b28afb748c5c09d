//! What is told of a run, from its journal.

use std::path::Path;
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::door::{Came, Cli, repository};

/// When, event, what it is about, and what else is said of it.
pub(crate) type Line<'a> = (i64, &'a str, &'a str, &'a [(&'a str, &'a str)]);

pub(crate) const TEN: i64 = 1_795_510_800;

/// Lines of a journal of the example, chained as the runbook chains them.
pub(crate) fn written(plan: &str, events: &[Line<'_>]) -> String {
    let digest =
        |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let (mut before, mut text, of_plan) = ("0".repeat(64), String::new(), digest(plan));
    for (index, (at, event, of, facts)) in events.iter().enumerate() {
        let mut line =
            format!("{{\"seq\":{},\"prev\":\"{before}\",\"at\":{at},\"event\":\"{event}\",\"of\":\"{of}\"", index + 1);
        for (name, fact) in *facts {
            let fact = fact.replace("PLAN", &of_plan);
            line = format!("{line},\"{name}\":{}", serde_json::to_string(&fact).unwrap());
        }
        line.push('}');
        before = digest(&line);
        text += &line;
        text.push('\n');
    }
    text
}

pub(super) fn told(journal: &str, more: &[&str]) -> Came {
    let arguments = [&["compile", "checkout.plan", "--pack", "release", "--journal", "j.jsonl"], more].concat();
    Cli::new(&arguments).file("checkout.plan", repository("examples/checkout.plan")).file("j.jsonl", journal).run()
}

/// A run of the quick example against the stand-ins, in a folder of its own; its journal.
fn journal(cli: &Cli, state: &str, arguments: &[&str]) -> (Option<i32>, Vec<u8>) {
    let path = format!("{}:{}", cli.path("bin").display(), std::env::var("PATH").unwrap());
    let done = Command::new("bash")
        .args(["release.sh", "run", "--state", state])
        .args(arguments)
        .current_dir(cli.path(""))
        .env("PATH", path)
        .env("DATABASE_URL", "postgres://demo")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    let place = cli.path(state).join("checkout-staging");
    let homes = std::fs::read_dir(&place)
        .unwrap()
        .filter_map(|entry| std::fs::read(entry.unwrap().path().join("journal.jsonl")).ok());
    (done.status.code(), homes.last().unwrap())
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[test]
fn a_run_that_was_rolled_back_becomes_an_incident_report() {
    let hour = Command::new("date").args(["-u", "+%Y-%m-%dT%H:00"]).output().unwrap();
    let hour = String::from_utf8(hour.stdout).unwrap();
    let plan = repository("examples/quick.plan")
        .replace("2026-11-24T10:00", hour.trim())
        .replace("duration = 2h", "duration = 9h");
    let bash = Cli::new(&["compile", "quick.plan", "--pack", "release", "--to", "bash", "-o", "release.sh"])
        .file("quick.plan", &plan);
    bash.run().is(0, "", "");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stubs"), &bash.path(""));
    std::fs::write(bash.path("unhealthy"), "").unwrap();
    let (status, written) = journal(&bash, "state", &["--approve", "go-live", "--as", "@pm1"]);
    assert_eq!(status, Some(10));
    let report = |journal: &[u8], form: &str| {
        Cli::new(&["compile", "quick.plan", "--pack", "release", "--to", form, "--journal", "j.jsonl"])
            .file("quick.plan", &plan)
            .file("j.jsonl", journal)
            .run()
    };
    let came = report(&written, "markdown");
    assert_eq!((came.status, came.error.as_str()), (0, ""));
    for said in [
        "## Incident report",
        "The deployment was stopped, and everything that was begun has been taken back.",
        "| **@pm1 approved** **Approve the release** (`go-live`) |",
        "### Red flags that were raised",
        "**Error rate above 5%** (`error-rate`): raised",
        "### What was undone",
        "_To be filled in: what made it happen",
        "## Post-deployment update",
    ] {
        assert!(came.output.contains(said), "`{said}` is not in {}", came.output);
    }
    // one line of evidence made a little better
    let forged =
        String::from_utf8(written.clone()).unwrap().replacen("\"verdict\":\"raised\"", "\"verdict\":\"fine\"", 1);
    for form in ["markdown", "html"] {
        let came = report(forged.as_bytes(), form);
        assert_eq!(came.status, 1, "{came:?}");
        assert!(
            came.error.contains("was changed after it was written") && came.output.contains("DO NOT TRUST THIS REPORT"),
            "{came:?}"
        );
    }
    // a crash in the middle of the last line
    let torn = report(&written[..written.len() - 7], "markdown");
    assert!(torn.status == 0 && torn.output.contains("was cut off by a crash"), "{torn:?}");
}

/// Who asks for the way back once more is not why one went back.
#[test]
fn a_report_says_what_went_wrong_first_and_what_followed() {
    let plan = repository("examples/checkout.plan").replacen("  risk", "  urgent = \"nobody can pay\"\n  risk", 1);
    assert!(plan.contains("urgent"));
    let why = |why: &'static str| [("why", why)];
    let written = written(
        &plan,
        &[
            (TEN - 9, "open", "", &[("plan", "PLAN"), ("user", "eve"), ("host", "runner")]),
            (TEN - 8, "refused", "", &why("guards: window")),
            (TEN, "open", "", &[("plan", "PLAN"), ("user", "eve"), ("host", "runner")]),
            (TEN + 1, "captured", "migrate", &[("name", "PREVIOUS"), ("value", "41")]),
            (TEN + 5, "failed", "migrate", &why("migrate left with status 1")),
            (TEN + 5, "rollback", "", &why("migrate left with status 1")),
            (TEN + 6, "handed", "", &why("the undo of migrate left with status 2")),
            (TEN + 60, "rollback", "", &why("asked for by eve")),
            (TEN + 61, "rolled-back", "", &why("asked for by eve")),
        ],
    );
    let came = Cli::new(&["compile", "checkout.plan", "--pack", "release", "--journal", "j.jsonl", "--to", "markdown"])
        .file("checkout.plan", &plan)
        .file("j.jsonl", &written)
        .run();
    for said in [
        "**Why:** migrate left with status 1; then: the undo of migrate left with status 2; then: asked for by eve",
        "| **Could not wait** | nobody can pay |",
        "noted `PREVIOUS=41`",
    ] {
        assert!(came.output.contains(said), "`{said}` is not in {came:?}");
    }
    assert!(!came.output.contains("guards: window\n"), "{came:?}");
}

#[test]
fn a_journal_of_another_plan_is_refused() {
    let other = written("another plan", &[(TEN, "open", "", &[("plan", "PLAN")])]);
    let came = told(&other, &["--to", "markdown"]);
    assert_eq!((came.status, came.output.as_str()), (2, ""));
    assert!(came.error.starts_with("error: the journal is that of another plan: line 1 names `"), "{came:?}");
}

#[test]
fn a_run_is_told_in_the_zone_of_the_plan_as_of_when_it_began() {
    let plan = repository("examples/checkout.plan");
    let journal = written(
        &plan,
        &[
            (TEN, "open", "", &[("plan", "PLAN"), ("user", "eve"), ("host", "runner")]),
            (TEN + 5, "begin", "migrate", &[("part", "run")]),
            (TEN + 257, "end", "migrate", &[("part", "run"), ("status", "0"), ("seconds", "252")]),
            (TEN + 258, "followup", "metrics-review", &[("due", "1795597200"), ("by", "engineer2")]),
            (TEN + 300, "confirmed", "", &[]),
        ],
    );
    let came = told(&journal, &["--to", "markdown", "--part", "incident-report"]);
    assert_eq!((came.status, came.error.as_str()), (0, ""), "{came:?}");
    for said in [
        "# Deployment report",
        "## Timeline, Tue 2026-11-24 Europe/Berlin",
        "| 10:04:17 | **Run database migrations** (`migrate`): done after 4 min 12 s |",
        "- [ ] **Review the metrics** (`metrics-review`): @engineer2, until Wed 2026-11-25 10:00 Europe/Berlin",
        "The journal has 5 lines",
    ] {
        assert!(came.output.contains(said), "`{said}` is not in {}", came.output);
    }
    let update = told(&journal, &["--to", "markdown", "--part", "post-update"]);
    assert!(
        update
            .output
            .contains("From Tue 2026-11-24 10:00 Europe/Berlin until Tue 2026-11-24 10:05 Europe/Berlin, 5 min."),
        "{update:?}"
    );
}

/// A step is done without a command that was seen to end: the run before was killed, and the next one asked.
#[test]
fn a_step_that_was_found_done_after_a_crash_is_told() {
    let plan = repository("examples/checkout.plan");
    let report = |facts: &[Line<'_>]| {
        let lines = [&[(TEN, "open", "", &[("plan", "PLAN")][..])], facts].concat();
        told(&written(&plan, &lines), &["--to", "markdown", "--part", "incident-report"]).output
    };
    let found = "**Run database migrations** (`migrate`): found done: its verification says so, and nobody saw it end";
    let crashed = report(&[
        (TEN + 5, "begin", "migrate", &[("part", "run")]),
        (TEN + 60, "resume", "", &[]),
        (TEN + 61, "begin", "migrate", &[("part", "verify")]),
        (TEN + 62, "end", "migrate", &[("part", "verify"), ("status", "0")]),
        (TEN + 63, "done", "migrate", &[]),
    ]);
    assert!(crashed.contains(&format!("| 10:01:03 | {found} |")), "{crashed}");
    for status in ["0", "3"] {
        let seen = report(&[
            (TEN + 5, "begin", "migrate", &[("part", "run")]),
            (TEN + 60, "end", "migrate", &[("part", "run"), ("status", status)]),
            (TEN + 63, "done", "migrate", &[]),
        ]);
        assert!(!seen.contains("found done"), "{seen}");
    }
}

#[test]
fn until_when_a_hold_waits_is_said_with_its_day() {
    let expires = (TEN + 90_000).to_string();
    let lines: &[Line<'_>] = &[
        (TEN, "open", "", &[("plan", "PLAN"), ("user", "eve"), ("host", "runner")]),
        (TEN + 5, "hold", "go-live", &[("expires", expires.as_str())]),
    ];
    let came = told(&written(&repository("examples/checkout.plan"), lines), &["--to", "markdown"]);
    assert!(came.output.contains("waits for people until Wed 2026-11-25 11:00 Europe/Berlin"), "{}", came.output);
}

#[test]
fn a_run_that_went_on_past_a_failure_is_not_told_as_one_where_everything_went_well() {
    let lines: &[Line<'_>] = &[
        (TEN, "open", "", &[("plan", "PLAN"), ("user", "eve"), ("host", "runner")]),
        (TEN + 5, "failed", "migrate", &[("why", "migrate left with status 1")]),
        (TEN + 5, "owed", "error-rate", &[("kind", "flag")]),
        (TEN + 9, "confirmed", "", &[]),
    ];
    let came = told(&written(&repository("examples/checkout.plan"), lines), &["--to", "markdown"]);
    assert!(
        came.output.contains("is done, and what failed or was raised meanwhile is still to be repaired."),
        "{}",
        came.output
    );
    assert!(!came.output.contains("everything was carried out and verified"), "{}", came.output);
}
