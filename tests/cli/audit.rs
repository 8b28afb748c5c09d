//! `stopline audit`: evidence of plans, waivers and journals.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use stopline::journal::Digest;

use crate::door::{Came, Cli, repository};
use crate::people::journal::{TEN, written};
use crate::tools::tool;

const AT: &str = "2026-12-05T10:00Z";

/// The journal of the quick example, really run against the stand-ins, with its plan and its logs.
struct Ran {
    plan: String,
    /// Its folder below that of the state, and what stands in it.
    home: String,
    journal: String,
    logs: Vec<(String, Vec<u8>)>,
}

static RAN: LazyLock<Ran> = LazyLock::new(|| {
    let hour = Command::new("date").args(["-u", "+%Y-%m-%dT%H:00"]).output().unwrap();
    let hour = String::from_utf8(hour.stdout).unwrap();
    let plan = repository("examples/quick.plan")
        .replace("2026-11-24T10:00", hour.trim())
        .replace("duration = 2h", "duration = 9h");
    let cli = Cli::new(&["compile", "quick.plan", "--pack", "release", "--to", "bash", "-o", "release.sh"])
        .file("quick.plan", &plan);
    cli.run().is(0, "", "");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stubs"), &cli.path(""));
    let path = format!("{}:{}", cli.path("bin").display(), std::env::var("PATH").unwrap());
    let done = Command::new("bash")
        .args(["release.sh", "run", "--state", "state", "--approve", "go-live", "--as", "@pm1"])
        .current_dir(cli.path(""))
        .env("PATH", path)
        .env("DATABASE_URL", "postgres://demo")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let place = cli.path("state/checkout-staging");
    let homes = std::fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path());
    let home = homes.into_iter().find(|home| home.is_dir()).unwrap();
    let logs = std::fs::read_dir(home.join("log")).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    Ran {
        plan,
        journal: std::fs::read_to_string(home.join("journal.jsonl")).unwrap(),
        logs: logs.map(|log| (name(&log), std::fs::read(&log).unwrap())).collect(),
        home: format!("state/checkout-staging/{}", name(&home)),
    }
});

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

/// An audit of the run that was really made, with another journal and other logs.
fn audited(journal: &str, logs: &[(String, Vec<u8>)], more: &[&str]) -> Came {
    audit_of(journal, logs, more).run()
}

fn audit_of(journal: &str, logs: &[(String, Vec<u8>)], more: &[&str]) -> Cli {
    let Ran { plan, home, .. } = &*RAN;
    let arguments = [&["audit", "quick.plan", "state", "--pack", "release"], more].concat();
    let cli = Cli::new(&arguments).file("quick.plan", plan).file(&format!("{home}/journal.jsonl"), journal);
    logs.iter().fold(cli, |cli, (name, text)| cli.file(&format!("{home}/log/{name}"), text))
}

fn json(came: &Came) -> serde_json::Value {
    assert!(came.output.starts_with('{'), "{came:?}");
    serde_json::from_str(&came.output).unwrap()
}

/// The rule and the line of each finding in a journal.
fn found(came: &Came) -> Vec<(String, u64)> {
    let document = json(came);
    let rule = |finding: &serde_json::Value| finding.get("rule").and_then(|rule| rule.as_str()).unwrap().to_owned();
    let line = |finding: &serde_json::Value| finding.pointer("/span/start/line").and_then(serde_json::Value::as_u64);
    let findings = document.get("findings").and_then(|findings| findings.as_array()).unwrap().iter();
    let of_journals = findings.filter(|finding| rule(finding).starts_with("journal/"));
    of_journals.map(|finding| (rule(finding), line(finding).unwrap_or_default())).collect()
}

#[test]
fn a_run_that_was_really_made_is_told_and_proven() {
    let Ran { journal, logs, home, .. } = &*RAN;
    let came = audited(journal, logs, &["--format", "json"]);
    let document = json(&came);
    assert_eq!(found(&came), []);
    let run = &document["runs"][0];
    for (field, want) in [
        ("end", "confirmed"),
        ("service", "checkout"),
        ("environment", "staging"),
        ("journal", &format!("{home}/journal.jsonl")),
    ] {
        assert_eq!(run[field], want, "{run:#}");
    }
    assert_eq!(run["plan"]["path"], "quick.plan", "{run:#}");
    assert_eq!(run["approvals"][0]["of"], "go-live", "{run:#}");
    assert_eq!(run["approvals"][0]["who"], "pm1", "{run:#}");
    assert_eq!((&run["changed"], &run["is_sound"]), (&true.into(), &true.into()), "{run:#}");
    let proven = &document["journals"][0];
    assert_eq!(proven["logs_named"], proven["logs_proven"], "{proven:#}");
    let head = Digest::of(journal.lines().last().unwrap().as_bytes()).to_string();
    assert_eq!(proven["head"], head.as_str());
    let again = audited(journal, logs, &["--format", "json", "--head", &head]);
    assert_eq!(found(&again), []);
}

/// Somebody who audits a quarter has plans whose windows are over: those that went in them are what it is about.
#[test]
fn a_window_that_is_over_is_nothing_to_stop_for_where_the_plan_went_in_it() {
    let Ran { journal, logs, .. } = &*RAN;
    let later = ["--at", "2099-01-01T00:00Z", "--format", "json"];
    let stopped = |journal: &str| {
        let document = json(&audited(journal, logs, &later));
        let findings = document["findings"].as_array().unwrap().clone();
        findings.iter().any(|finding| finding["rule"] == "plan/window-in-the-past")
    };
    assert!(!stopped(journal));
    // changed, without its end, without a run
    let (before_the_end, _) = journal.trim_end().rsplit_once('\n').unwrap();
    for unproven in [&journal.replacen("pm1", "pm2", 1), &format!("{before_the_end}\n"), "\n"] {
        assert!(stopped(unproven), "{unproven}");
    }
    // in the window, on the day before
    for (began, status) in [(TEN, 0), (TEN - 86_400, 1)] {
        let plan = repository("examples/checkout.plan");
        let journal = written(&plan, &[(began, "open", "", &[("plan", "PLAN")]), (began + 9, "confirmed", "", &[])]);
        let cli = Cli::new(&["audit", "checkout.plan", "state", "--pack", "release", "--at", AT])
            .file("checkout.plan", &plan);
        let cli = cli.file("state/checkout-production/checkout-1-2-3-0123456789abcdef/journal.jsonl", &journal);
        let came = cli.run();
        assert_eq!((came.status, came.output.contains("window-in-the-past")), (status, status == 1), "{came:?}");
    }
}

#[test]
fn whatever_is_done_to_a_journal_is_found_at_its_line() {
    let Ran { journal, logs, .. } = &*RAN;
    let whole: Vec<&str> = journal.lines().collect();
    let last = whole.len();
    let audit = |lines: &[String], logs: &[(String, Vec<u8>)]| {
        let came = audited(&(lines.join("\n") + "\n"), logs, &["--format", "json"]);
        assert_ne!(came.status, 0, "{came:?}");
        (came.status, found(&came))
    };
    let lines = || whole.iter().map(|&line| line.to_owned()).collect::<Vec<_>>();
    // one letter of a text, in lines here and there: each of them is its own process
    for line in [0, 1, 18, last - 3] {
        let mut changed = lines();
        changed[line] = changed[line].replacen("\"of\":\"", "\"of\":\"x", 1);
        let (status, found) = audit(&changed, logs);
        assert!(found.contains(&("journal/changed".to_owned(), line as u64 + 1)), "{line}: {found:?}");
        assert_eq!(status, 1);
    }
    let mut removed = lines();
    removed.remove(19);
    assert!(audit(&removed, logs).1.contains(&("journal/removed".to_owned(), 19)));
    let mut begun_later = lines();
    begun_later.drain(..2);
    assert!(audit(&begun_later, logs).1.contains(&("journal/removed".to_owned(), 1)));
    let mut swapped = lines();
    swapped.swap(24, 25);
    let (_, found_swapped) = audit(&swapped, logs);
    assert!(found_swapped.iter().any(|(rule, line)| rule.starts_with("journal/") && (24..=27).contains(line)));
    let mut overwritten = lines();
    overwritten[4] = "all was well".to_owned();
    assert!(audit(&overwritten, logs).1.contains(&("journal/not-a-line".to_owned(), 5)));
    // the end, behind which no line knows it: the logs do
    let cut = lines()[..20].to_vec();
    assert!(audit(&cut, logs).1.contains(&("journal/cut-off".to_owned(), 20)));
    let torn = audited(journal.get(..journal.len() - 5).unwrap(), logs, &["--format", "json"]);
    assert!(found(&torn).contains(&("journal/torn".to_owned(), last as u64)), "{torn:?}");
    let mut other = logs.clone();
    other[0].1.extend(b"and all was well\n");
    let (_, found_other) = audit(&lines(), &other);
    assert_eq!(found_other.iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(), ["journal/changed-log"]);
    let (_, found_fewer) = audit(&lines(), &logs[1..]);
    assert_eq!(found_fewer.iter().map(|(rule, _)| rule.as_str()).collect::<Vec<_>>(), ["journal/missing-log"]);
}

#[test]
fn a_cut_that_took_its_logs_is_shown_by_the_head_that_was_kept() {
    let Ran { journal, .. } = &*RAN;
    let head = Digest::of(journal.lines().last().unwrap().as_bytes()).to_string();
    let cut: String = journal.split_inclusive('\n').take(13).collect();
    let without = audited(&cut, &[], &["--format", "json"]);
    assert_eq!(found(&without), [], "nothing in it can show that");
    let with = audited(&cut, &[], &["--format", "json", "--head", &head]);
    assert_eq!(found(&with), [("journal/missing-head".to_owned(), 0)]);
    assert_eq!(with.status, 1);
    let wrong = audited(&cut, &[], &["--head", "abc"]);
    assert!(wrong.status == 2 && wrong.error.contains("`--head abc` is no digest"), "{wrong:?}");
}

fn small(events: &[(&str, &str)]) -> String {
    let lines: Vec<_> = (TEN..).zip(events).map(|(at, (event, of))| (at, *event, *of, &[][..])).collect();
    written("", &lines)
}

const ALONE: [&str; 5] = ["audit", "--no-config", "--at", AT, "--format"];

#[test]
fn journals_alone_can_be_audited_and_nothing_at_all_cannot() {
    let journal = small(&[("open", ""), ("confirmed", "")]);
    let arguments = |path: &'static str| [&ALONE[..], &["concise", path]].concat();
    let go = "GO    0 errors  (1 file)\n";
    for path in ["state", "copy.jsonl"] {
        let cli = Cli::new(&arguments(path)).file("state/a/journal.jsonl", &journal).file("copy.jsonl", &journal);
        cli.run().is(0, go, "");
    }
    let empty = Cli::new(&arguments(".")).file("notes.txt", "").run();
    assert!(empty.status == 2 && empty.output.contains("there is no plan and no journal"), "{empty:?}");
    let home = "state/a-staging/a-0123456789abcdef";
    let taken = Cli::new(&arguments("state")).file(&format!("{home}/log/2-a-run.log"), "").run();
    assert!(taken.status == 2 && taken.output.contains("it is gone"), "{taken:?}");
    let gone = Cli::new(&arguments("gone.jsonl")).run();
    assert!(gone.status == 2 && gone.error.contains("there is no file `gone.jsonl`"), "{gone:?}");
    let emptied = Cli::new(&arguments("journal.jsonl")).file("journal.jsonl", "").run();
    assert!(emptied.status == 2 && emptied.output.contains("error[journal/no-run]"), "{emptied:?}");
}

#[test]
fn nothing_hides_a_journal() {
    let broken = small(&[("open", ""), ("refuse", "go-live"), ("confirmed", "")]).replacen("refuse", "approve", 1);
    let cli = Cli::new(&["audit", "--at", AT, "--format", "concise", "."])
        .file(".gitignore", "state/\n*.jsonl\n")
        .file("stopline.toml", "packs = []\nexclude = [\"state\"]\nbaseline = \"all.json\"\n")
        .file("all.json", "{\"schema\": \"stopline.baseline/1\", \"findings\": []}")
        .file(".hidden/state/journal.jsonl", &broken)
        .file("state/x/journal.jsonl", &broken);
    std::fs::create_dir(cli.path(".git")).unwrap();
    let came = cli.run();
    assert_eq!(came.status, 1, "{came:?}");
    for path in ["state/x/journal.jsonl:2:1", ".hidden/state/journal.jsonl:2:1"] {
        assert!(came.output.contains(&format!("{path}: error[journal/changed]")), "{came:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_leaves_the_audit_undecided() {
    let cli = Cli::new(&[&ALONE[..], &["concise", "state"]].concat()).file("state/a/keep", "");
    let cli = cli.link("state/a/journal.jsonl", "gone");
    let came = cli.run();
    assert!(came.status == 2 && came.output.contains("error[journal/unreadable]"), "{came:?}");
}

#[test]
fn no_result_takes_the_place_of_what_was_audited() {
    let journal = small(&[("open", ""), ("confirmed", "")]);
    for output in ["state/journal.jsonl", "state/log/2-a-run.log"] {
        let cli = Cli::new(&[&ALONE[..], &["csv", "state", "-o", output]].concat())
            .file("state/journal.jsonl", &journal)
            .file("state/log/2-a-run.log", "kept");
        let came = cli.run();
        assert!(came.status == 2 && came.error.contains("is not overwritten"), "{came:?}");
        assert_eq!(cli.read("state/log/2-a-run.log"), "kept");
    }
}

/// A journal of the example, with a failure, then as it went well.
fn runs() -> String {
    written(
        &repository("examples/checkout.plan"),
        &[
            (TEN, "open", "", &[("plan", "PLAN"), ("user", "eve"), ("host", "runner"), ("policies", "release=1=ab")]),
            (TEN + 5, "begin", "migrate", &[("part", "run"), ("changes", "yes")]),
            (TEN + 10, "flag", "error-rate", &[("verdict", "raised"), ("values", " error-rate=7")]),
            (TEN + 11, "rollback", "", &[("why", "red flag error-rate")]),
            (TEN + 310, "rolled-back", "", &[("why", "red flag error-rate")]),
            (TEN + 900, "open", "", &[("plan", "PLAN"), ("user", "eve"), ("host", "runner")]),
            (TEN + 901, "glass", "", &[("reason", "nobody can pay")]),
            (TEN + 901, "guard", "", &[("name", "window"), ("verdict", "broken"), ("why", "the window is over")]),
            (
                TEN + 902,
                "approve",
                "go-live",
                &[("who", "cto"), ("how", "option"), ("user", "eve"), ("host", "runner")],
            ),
            (TEN + 903, "baseline", "baseline", &[("metric", "latency-p95"), ("value", "02e-1")]),
            (TEN + 905, "begin", "migrate", &[("part", "run"), ("changes", "yes")]),
            (TEN + 999, "watch", "stable", &[("verdict", "fine"), ("values", " error-rate=0.4 latency-p95=210ms")]),
            (TEN + 1000, "confirmed", "", &[]),
        ],
    )
}

fn measured(config: &str) -> serde_json::Value {
    let cli = Cli::new(&["audit", "checkout.plan", "j.jsonl", "--at", AT, "--format", "json"])
        .file("checkout.plan", repository("examples/checkout.plan"))
        .file("stopline.toml", config)
        .file("j.jsonl", runs());
    json(&cli.run())
}

#[test]
fn measures_say_what_they_were_taken_of_and_are_never_met_by_nothing() {
    let document = measured("packs = [\"release\"]\n");
    let all = &document["measures"][0];
    assert_eq!((&all["service"], &all["runs"]), (&serde_json::Value::Null, &2.into()));
    let measure = |id: &str| all["measures"].as_array().unwrap().iter().find(|measure| measure["id"] == id).unwrap();
    for (id, value, met) in [
        ("time-to-recover", 300.0, "yes"),
        ("change-failure-rate", 50.0, "no"),
        ("rollback-rate", 50.0, "no"),
        ("degradation", 5.0, "yes"),
        ("error-rate", 0.4, "yes"),
    ] {
        let found = measure(id);
        assert_eq!((found["figure"]["value"].as_f64(), &found["met"]), (Some(value), &met.into()), "{found:#}");
    }
    assert_eq!(measure("deployment-frequency")["met"], "no");
    assert_eq!(measure("lead-time")["of"], 1);
    let run = &document["runs"][1];
    assert_eq!((&run["glass"][0]["why"], &run["overruled"][0]["of"]), (&"nobody can pay".into(), &"window".into()));
    let own = &document["measures"][1];
    assert_eq!((&own["service"], &own["environment"]), (&"checkout".into(), &"production".into()));
    // targets are those of the repository
    let settled = measured("packs = [\"release\"]\n[audit]\nrollbacks = \"60%\"\ntime-to-recover = \"4m\"\n");
    let met = |id: &str| {
        let all = settled["measures"][0]["measures"].as_array().unwrap();
        all.iter().find(|measure| measure["id"] == id).unwrap()["met"].clone()
    };
    assert_eq!((met("rollback-rate"), met("time-to-recover")), ("yes".into(), "no".into()));
    // out of a journal that was changed, nothing is met
    let changed = Cli::new(&["audit", "checkout.plan", "j.jsonl", "--pack", "release", "--at", AT, "--format", "json"])
        .file("checkout.plan", repository("examples/checkout.plan"))
        .file("j.jsonl", runs().replacen("error-rate=0.4", "error-rate=0.1", 1))
        .run();
    let document = json(&changed);
    for measure in document["measures"][0]["measures"].as_array().unwrap() {
        assert_eq!((&measure["met"], &measure["figure"]), (&"unknown".into(), &serde_json::Value::Null), "{measure:#}");
        assert!(measure["why"].as_str().unwrap().contains("not what was written"), "{measure:#}");
    }
}

const POLICY: &str = r#"policy team "Team" {
  rule ticket "A ticket" {
    severity = error
    controls = ["SOC2 CC8.1", "SOX ITGC-1"]
    on plan
    require plan.ticket exists
    at plan.service
    message "no ticket"
  }
  rule risk "Low risk" {
    controls = ["SOC2 CC8.1"]
    on plan
    require plan.risk == high
    at plan.service
    message "no high risk"
  }
  rule files "Ports" {
    controls = ["GDPR Art.32"]
    on json in "settings.json" as s
    require s.port == 443
    message "another port"
  }
}
"#;

#[test]
fn controls_say_what_their_rules_came_to_and_silence_is_no_evidence() {
    let document = |waiver: &str| {
        let cli = Cli::new(&["audit", ".", "--policy", "team.policy", "--at", AT, "--format", "json"])
            .file("checkout.plan", repository("examples/checkout.plan").replacen("  ticket", "  # ticket", 1))
            .file("team.policy", format!("{POLICY}{waiver}"));
        json(&cli.run())
    };
    let status = |document: &serde_json::Value, framework: &str| {
        let all = document["controls"].as_array().unwrap();
        all.iter().find(|control| control["framework"] == framework).unwrap()["status"].clone()
    };
    let open = document("");
    assert_eq!(status(&open, "SOX"), "failed", "{open:#}");
    assert_eq!(status(&open, "SOC2"), "failed");
    assert_eq!(status(&open, "GDPR"), "no-evidence");
    let rules = open["controls"].as_array().unwrap().iter().find(|control| control["framework"] == "SOC2").unwrap();
    assert_eq!(rules["rules"][0]["id"], "team/risk");
    assert_eq!((&rules["rules"][0]["passed"], &rules["rules"][1]["failed"]), (&1.into(), &1.into()));
    let until = |until: &str| {
        format!("waive team/ticket {{ path = \"*.plan\", reason = \"r\", by = @cto, until = {until} }}\n")
    };
    let waived = document(&until("2026-12-31"));
    assert_eq!((status(&waived, "SOX"), &waived["waivers"][0]["state"]), ("waived".into(), &"active".into()));
    let expired = document(&until("2026-11-30"));
    assert_eq!((status(&expired, "SOX"), &expired["waivers"][0]["state"]), ("failed".into(), &"expired".into()));
}

#[test]
fn the_schemas_and_the_validator_accept_the_evidence() {
    let rules = r#"{"root": true, "extends": ["html-validate:standard", "html-validate:a11y"]}"#;
    let policy = POLICY.replace("SOC2 CC8.1", "SOC 2/ü: §4");
    let broken = runs().replacen("nobody can pay", "somebody can pay <b>now</b>", 1);
    let cli = Cli::new(&[])
        .file(".htmlvalidate.json", rules)
        .file("checkout.plan", repository("examples/checkout.plan"))
        .file("team.policy", format!("{policy}{WAIVER}"))
        .file("whole.jsonl", runs())
        .file("broken.jsonl", broken);
    let evidence = |format: &str, output: &str, paths: &[&str]| {
        let arguments =
            [&["audit", "--policy", "team.policy", "--at", AT, "--format", format, "-o", output][..], paths].concat();
        let came = cli.again(&arguments).run();
        assert_eq!((came.output.as_str(), came.error.as_str()), ("", ""), "{came:?}");
    };
    let all = ["checkout.plan", "whole.jsonl", "broken.jsonl"];
    for (format, checker, scopes) in [
        ("json", "check-jsonschema", [&all[..], &["whole.jsonl"]]),
        ("oscal", "oscal-check", [&all[..], &["whole.jsonl"]]),
        ("html", "html-validate", [&all[..], &["whole.jsonl"]]),
    ] {
        for (index, scope) in scopes.into_iter().enumerate() {
            let output = format!("{index}.{format}.{}", if format == "html" { "html" } else { "json" });
            evidence(format, &output, scope);
            let mut checker = tool(checker);
            if format == "json" {
                let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/audit.schema.json");
                checker.arg("--schemafile").arg(schema);
            }
            let done = checker.arg(&output).current_dir(cli.path("")).output().unwrap();
            let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
            assert!(done.status.success(), "{format}: {said}");
        }
    }
    let schema = serde_json::from_str(&repository("schemas/audit.schema.json")).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
}

const WAIVER: &str =
    "waive team/ticket { path = \"*.plan\", reason = \"r\", by = @cto, until = 2026-12-31, ticket = \"SEC-1\" }\n";

#[test]
fn the_findings_alone_are_written_as_check_writes_them() {
    let broken = runs().replacen("nobody can pay", "somebody can pay", 1);
    for format in ["concise", "sarif", "junit", "github", "gitlab", "rdjson"] {
        let cli = Cli::new(&[&ALONE[..], &[format, "j.jsonl"]].concat()).file("j.jsonl", &broken);
        let came = cli.run();
        assert_eq!(came.status, 1, "{came:?}");
        assert!(came.output.contains("journal/changed"), "{format}: {came:?}");
    }
}
