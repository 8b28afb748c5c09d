//! The excerpts of documents for people, made by the program from the example and the journal of a run.

use std::path::Path;
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::kept;

const PLAN: &str = "examples/checkout.plan";

/// When the example's window opens.
const OPENS: i64 = 1_795_510_800;

/// Seconds since the window opened, event, what it is about, and what else is said of it.
type Event<'a> = (i64, &'a str, &'a str, &'a [(&'a str, &'a str)]);

const RUN: &[Event<'_>] = &[
    (9, "open", "", &[("plan", "PLAN"), ("user", "deploy"), ("host", "ops-1")]),
    (311, "end", "all-tests-pass", &[("part", "run"), ("status", "0"), ("seconds", "298")]),
    (352, "approve", "code-review-approved", &[("who", "engineer2"), ("user", "deploy"), ("host", "ops-1")]),
    (360, "probe", "staging-healthy", &[("verdict", "good")]),
    (702, "end", "backup-db", &[("part", "run"), ("status", "0"), ("seconds", "338")]),
    (914, "approve", "go-live", &[("who", "cto"), ("user", "deploy"), ("host", "ops-1")]),
    (987, "end", "migrate", &[("part", "run"), ("status", "0"), ("seconds", "71")]),
    (1001, "end", "canary", &[("part", "shift"), ("share", "10"), ("status", "0"), ("seconds", "9")]),
    (1089, "flag", "error-rate", &[("verdict", "raised"), ("values", " error-rate=8.1")]),
    (1149, "rollback", "", &[("why", "red flag error-rate is raised: Error rate above 5%")]),
    (1153, "end", "canary", &[("part", "undo"), ("status", "0"), ("seconds", "4")]),
    (1153, "undone", "canary", &[]),
    (1208, "end", "migrate", &[("part", "undo"), ("status", "0"), ("seconds", "55")]),
    (1208, "undone", "migrate", &[]),
    (1247, "end", "restart", &[("part", "return"), ("status", "0"), ("seconds", "31")]),
    (1254, "returned", "restart", &[]),
    (1254, "rolled-back", "", &[("why", "red flag error-rate is raised: Error rate above 5%")]),
];

#[test]
fn the_excerpts_are_what_the_program_writes() {
    let folder = tempfile::tempdir().unwrap();
    let journal = folder.path().join("journal.jsonl");
    std::fs::write(&journal, written(&kept::text(PLAN))).unwrap();
    kept::sections("docs/documents-for-people.md", &|name| match name {
        "card" => Some(fenced(&told("rollback-card", &["--at", "2026-11-23T09:00+01:00"]))),
        "report" => {
            let report = told("incident-report", &["--journal", journal.to_str()?]);
            let from = report.find("## Timeline")?;
            let until = report.find("## Root cause")?;
            Some(fenced(report.get(from..until)?))
        }
        _ => None,
    });
}

fn fenced(text: &str) -> String {
    format!("````markdown\n{}\n````", text.trim_end())
}

fn told(part: &str, more: &[&str]) -> String {
    let arguments = ["compile", PLAN, "--pack", "release", "--no-config", "--to", "markdown", "--part", part];
    let done = Command::new(env!("CARGO_BIN_EXE_stopline"))
        .args(arguments)
        .args(more)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Chained as the runbook chains them.
fn written(plan: &str) -> String {
    let digest =
        |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let (mut before, mut text) = ("0".repeat(64), String::new());
    for (number, (at, event, of, facts)) in (1..).zip(RUN) {
        let at = OPENS + at;
        let facts = facts.iter().map(|(name, fact)| format!(",\"{name}\":\"{}\"", fact.replace("PLAN", &digest(plan))));
        let facts = facts.collect::<Vec<_>>().concat();
        let line = format!(
            "{{\"seq\":{number},\"prev\":\"{before}\",\"at\":{at},\"event\":\"{event}\",\"of\":\"{of}\"{facts}}}"
        );
        before = digest(&line);
        text.push_str(&line);
        text.push('\n');
    }
    text
}
