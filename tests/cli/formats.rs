//! Reports, each read by a program that was made to read it.

use std::collections::BTreeSet;
use std::process::Command;

use crate::door::{Cli, repository};
use crate::tools::tool;

/// A morning on which much is wrong: a plan on a Friday, a waived setting, one that is not waived, a secret, a broken file.
fn morning(format: &str) -> Cli {
    let arguments = ["check", "--at", "2026-11-23T09:00+01:00", "--format", format, "--output", "report"];
    Cli::new(&arguments)
        .file("friday.plan", repository("examples/checkout.plan").replace("2026-11-24T10:00", "2026-11-27T10:00"))
        .file("healthcare.policy", repository("tests/fixtures/design/healthcare.policy"))
        .file("sites/a/site_config.json", "{\"db_name\": \"ü🚀\", \"session_expiry\": \"06:00:00\"}\n")
        .file("sites/training.example.com/site_config.json", "{\"db_name\": \"t\", \"session_expiry\": \"24:00:00\"}\n")
        .file("sites/b/site_config.json", "{\"db_name\": \"b\", \"db_password\": \"kX9-plum-42-Zebra\"}\n")
        .file("sites/c/site_config.json", "{\"db_name\": \n")
        .file("sites/d/site_config.json", "{\"db_name\": \"d\",}\n")
}

fn silent(command: &mut Command) -> String {
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    said
}

/// What the validator says of every log of ours, and why it stays.
const KNOWN: &[(&str, &str)] = &[
    ("SARIF2002", "messages are whole sentences, not templates"),
    ("SARIF2003", "which commit was judged is known to whoever uploads the log"),
    ("SARIF2005", "there is no page of the tool on the net yet"),
    ("SARIF2006", "the validator looks for the schema on the net"),
    ("SARIF2009", "an id names its pack, and each rule is described for itself"),
    ("SARIF2012", "`stopline explain` is the page of a rule, and the log holds it"),
];

/// What the validator says of `report` that is not known.
fn unknown_to_the_validator(cli: &Cli) -> Vec<serde_json::Value> {
    let mut validator = tool("sarif-multitool");
    validator.arg("validate").arg(cli.path("report")).args([
        "--rule-kind",
        "Sarif;Gh",
        "--level",
        "Error;Warning;Note",
    ]);
    validator.arg("--output").arg(cli.path("validated")).args(["--log", "ForceOverwrite"]);
    silent(&mut validator);
    let validated: serde_json::Value = serde_json::from_str(&cli.read("validated")).unwrap();
    let results = validated.pointer("/runs/0/results").and_then(serde_json::Value::as_array).unwrap();
    results.iter().filter(|result| KNOWN.iter().all(|(id, _)| result["ruleId"] != *id)).cloned().collect()
}

#[test]
fn code_scanning_accepts_the_log() {
    let cli = morning("sarif");
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
    let unknown = unknown_to_the_validator(&cli);
    assert!(unknown.is_empty(), "{unknown:#?}");
    let log: serde_json::Value = serde_json::from_str(&cli.read("report")).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() > 4, "{results:#?}");
    let fixes = results.iter().filter_map(|result| result["fixes"][0]["properties"]["applicability"].as_str());
    let fixes: BTreeSet<&str> = fixes.collect();
    assert_eq!(fixes, BTreeSet::from(["safe", "unsafe"]), "both kinds of fix were before the validator");
    assert!(!cli.read("report").contains("plum-42"), "a secret is in the log");
}

#[test]
fn a_test_reporter_reads_every_case() {
    let cli = morning("junit");
    assert_eq!(cli.run().status, 2);
    let script = "
import sys
from junitparser import JUnitXml
report = JUnitXml.fromfile(sys.argv[1])
print(report.tests, report.failures > 0, report.errors > 0, report.skipped > 0)
print(sum(1 for suite in report for case in suite))
";
    let mut reader = tool("python3");
    reader.args(["-c", script]).arg(cli.path("report"));
    let said = silent(&mut reader);
    let (counts, cases) = said.trim().split_once('\n').unwrap();
    assert_eq!(counts, format!("{cases} True True True"), "every kind of outcome is there, and the sum is right");
}

/// Reads each command back, and has the toolkit that actions are written with write it again.
const TOOLKIT: &str = "
const core = require('@actions/core');
const back = text => text.replace(/%(25|0D|0A|3A|2C)/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
const names = { title: 'title', file: 'file', line: 'startLine', endLine: 'endLine', col: 'startColumn', endColumn: 'endColumn' };
for (const line of require('fs').readFileSync(process.argv[1], 'utf8').split('\\n')) {
  const [, level, properties, message] = /^::(\\w+) (.*?)::(.*)$/.exec(line) ?? [];
  if (!level) continue;
  const named = properties.split(',').map(property => property.split(/=(.*)/));
  core[level](back(message), Object.fromEntries(named.map(([name, value]) => [names[name], back(value)])));
}
";

#[test]
fn annotations_are_as_the_toolkit_of_actions_writes_them() {
    let cli = morning("github").file("of, all: 100%.plan", "plan p { servise = \"x\" }\n");
    assert_eq!(cli.run().status, 2);
    let mut toolkit = tool("actions-toolkit");
    toolkit.args(["-e", TOOLKIT]).arg(cli.path("report"));
    let report = cli.read("report");
    let ours: Vec<&str> = report.lines().filter(|line| line.starts_with("::")).collect();
    let theirs = silent(&mut toolkit);
    assert!(ours.len() > 4, "{report}");
    assert_eq!(ours, theirs.lines().collect::<Vec<_>>());
    assert!(report.contains("file=of%2C all%3A 100%25.plan,line=1,"), "{report}");
}

/// A policy with a test that fails.
fn tested(format: &str) -> Cli {
    let failing = "
test \"six hours will do\" for session-expiry {
  given json \"a/site_config.json\" \"\"\"{\"session_expiry\": \"06:00:00\"}\"\"\"
  expect pass
}
";
    Cli::new(&["test", "--format", format, "healthcare.policy"])
        .file("healthcare.policy", repository("tests/fixtures/design/healthcare.policy") + failing)
}

#[test]
fn failing_tests_are_read_by_a_test_reporter_case_by_case() {
    let cli = tested("junit");
    let came = cli.run();
    let script = "
import sys
from junitparser import JUnitXml
report = JUnitXml.fromstring(sys.argv[1])
for suite in report:
    for case in suite:
        kinds = ' '.join(type(result).__name__ for result in case.result)
        place = case._elem.get('file', '') + ':' + case._elem.get('line', '')
        print(place, '|', case.classname, '|', case.name, '|', kinds)
";
    let mut reader = tool("python3");
    reader.args(["-c", script, &came.output]);
    let said = silent(&mut reader);
    let cases: Vec<&str> = said.lines().collect();
    assert_eq!((came.status, cases.len()), (1, 7), "{came:?}");
    assert_eq!(
        cases.get(..4).unwrap(),
        [
            "healthcare.policy:43 | healthcare/session-expiry | six hours is too long | ",
            "healthcare.policy:48 | healthcare/session-expiry | an absent setting is not a pass | ",
            "healthcare.policy:53 | healthcare/tls-floor | TLS 1.1 is too old | ",
            "healthcare.policy:65 | healthcare/session-expiry | six hours will do | Failure",
        ]
    );
}

#[test]
fn failing_tests_are_results_at_their_places() {
    let cli = tested("sarif");
    let came = cli.run();
    let log: serde_json::Value = serde_json::from_str(&came.output).unwrap();
    let failed = |result: &&serde_json::Value| result["ruleId"] == "policy/test-failed";
    let [failed] = log["runs"][0]["results"].as_array().unwrap().iter().filter(failed).collect::<Vec<_>>()[..] else {
        panic!("{log:#?}")
    };
    assert_eq!(failed["locations"][0]["physicalLocation"]["region"]["startLine"], 65);
    assert_eq!(failed["level"], "error");
    let cli = cli.file("report", came.output);
    let unknown = unknown_to_the_validator(&cli);
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn a_report_that_is_asked_for_tests_is_one_of_the_same_form() {
    let came = Cli::new(&["test", "--format", "sarif"])
        .file("healthcare.policy", repository("tests/fixtures/design/healthcare.policy"))
        .run();
    let log: serde_json::Value = serde_json::from_str(&came.output).unwrap();
    assert_eq!((came.status, &log["runs"][0]["invocations"][0]["exitCode"]), (0, &0.into()), "{came:?}");
}
