//! The shape that code scanning asks for.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::report::testing::{example, find, finding};
use crate::report::{Format, Options, render};
use crate::session::{FailOn, Report};
use crate::source::{Place, SourceMap, Span};

fn rendered((report, sources): &(Report, SourceMap)) -> Value {
    let options = Options { fail_on: FailOn::Error, ..Options::default() };
    serde_json::from_str(&render(Format::Sarif, report, sources, &options)).unwrap()
}

#[test]
fn a_result_has_its_place_its_rule_and_what_makes_it_the_same_tomorrow() {
    let log = rendered(&example());
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(run["invocations"][0]["exitCode"], 2);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let result = &run["results"][0];
    assert_eq!(
        result["locations"][0]["physicalLocation"],
        json!({
            "artifactLocation": {"uri": "release.plan", "uriBaseId": "%SRCROOT%"},
            "region": {
                "startLine": 6, "startColumn": 16, "endLine": 6, "endColumn": 32,
                "snippet": {"text": "2026-11-27T10:00"}
            },
            "contextRegion": {
                "startLine": 5, "startColumn": 1, "endLine": 8, "endColumn": 1,
                "snippet": {"text": "  window {\n    start    = 2026-11-27T10:00\n    duration = 2h\n"}
            }
        })
    );
    assert_eq!(result["suppressions"], json!([]));
    assert_eq!(result["partialFingerprints"]["stopline/v1"].as_str().unwrap().len(), 32);
    assert!(result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().ends_with(":1"));
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!((&rule["id"], &rule["name"]), (&json!("release/friday-deploy"), &json!("ReleaseFridayDeploy")));
}

#[test]
fn a_built_in_diagnostic_is_explained() {
    let log = rendered(&example());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"] == "document/duplicate-key").unwrap();
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("## "), "{rule}");
}

#[test]
fn a_rule_has_its_page_where_there_is_a_book() {
    let (report, sources) = example();
    let rules = |book| {
        let text = render(Format::Sarif, &report, &sources, &Options { book, ..Options::default() });
        let log: Value = serde_json::from_str(&text).unwrap();
        log["runs"][0]["tool"]["driver"]["rules"].clone()
    };
    let rules_with = rules(Some("https://docs.example.com"));
    let rule = rules_with.as_array().unwrap().iter().find(|rule| rule["id"] == "document/duplicate-key").unwrap();
    assert_eq!(rule["helpUri"], "https://docs.example.com/diagnostics.html#documentduplicate-key");
    assert!(rules(None).as_array().unwrap().iter().all(|rule| rule.get("helpUri").is_none()));
}

#[test]
fn controls_are_taxa_that_rules_point_at() {
    let log = rendered(&example());
    let run = &log["runs"][0];
    assert_eq!(run["taxonomies"][0]["name"], "SOC2");
    assert_eq!(run["taxonomies"][0]["taxa"], json!([{"id": "CC8.1"}]));
    assert_eq!(
        run["tool"]["driver"]["rules"][0]["relationships"][0],
        json!({
            "target": {"id": "CC8.1", "index": 0, "toolComponent": {"name": "SOC2", "index": 0}},
            "kinds": ["relevant"]
        })
    );
}

#[test]
fn what_is_waived_is_suppressed_with_its_reason() {
    let log = rendered(&example());
    let suppressed: Vec<&Value> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|result| !result["suppressions"].as_array().unwrap().is_empty())
        .collect();
    let [waived] = suppressed.as_slice() else { panic!("{suppressed:?}") };
    assert_eq!(waived["ruleId"], "healthcare/session-expiry");
    assert_eq!(
        waived["suppressions"][0]["justification"],
        "holds synthetic patients only; by @security-lead; until 2027-01-31; see SEC-12"
    );
}

#[test]
fn a_fix_says_whether_it_may_be_made_without_a_look() {
    let (report, sources) = example();
    let findings: Vec<&Diagnostic> = report.findings().iter().filter(|finding| finding.fix.is_some()).collect();
    let [guess] = findings.as_slice() else { panic!("{findings:?}") };
    let place = guess.place.unwrap();
    let sure = Diagnostic { fix: Some(Fix::safe("write `x`", place, "x")), ..(*guess).clone() };
    let fixes = |finding: &Diagnostic| {
        let report = Report::new(vec![finding.clone()], &sources, 1, 1);
        let text = render(Format::Sarif, &report, &sources, &Options::default());
        let log: Value = serde_json::from_str(&text).unwrap();
        log["runs"][0]["results"][0]["fixes"].clone()
    };
    assert_eq!(
        fixes(guess),
        json!([{
            "description": {"text": "set `session_expiry` to \"04:00:00\" (unsafe: look at what it changes)"},
            "artifactChanges": [{
                "artifactLocation": {"uri": "sites/a/site_config.json", "uriBaseId": "%SRCROOT%"},
                "replacements": [{
                    "deletedRegion": {"startLine": 2, "startColumn": 20, "endLine": 2, "endColumn": 30},
                    "insertedContent": {"text": "\"04:00:00\""}
                }]
            }],
            "properties": {"applicability": "unsafe"}
        }])
    );
    let sure = &fixes(&sure)[0];
    assert_eq!(
        (&sure["description"]["text"], &sure["properties"]),
        (&json!("write `x`"), &json!({"applicability": "safe"}))
    );
}

#[test]
fn columns_count_utf16_units_and_paths_are_uris() {
    let mut sources = SourceMap::default();
    let file = sources.add("a b/ü#1.plan", "ü🚀x\n");
    let findings = vec![finding("x/y", Severity::Note, Some(find(&sources, file, "x")), "wrong")];
    let log = rendered(&(Report::new(findings, &sources, 1, 1), sources));
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startColumn"], 4);
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/%C3%BC%231.plan");
}

#[test]
fn what_has_no_place_is_a_notification() {
    let sources = SourceMap::default();
    let findings = vec![finding("document/nothing", Severity::Error, None, "nothing to judge")];
    let log = rendered(&(Report::new(findings, &sources, 0, 1), sources));
    assert_eq!(log["runs"][0]["results"], json!([]));
    assert_eq!(
        log["runs"][0]["invocations"][0]["toolExecutionNotifications"],
        json!([{
            "descriptor": {"id": "document/nothing"}, "level": "error", "message": {"text": "nothing to judge"}
        }])
    );
}

#[test]
fn what_is_too_much_is_left_out_lightest_first_and_said() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.plan", "x\n".repeat(25_010));
    let at = |number: u32| {
        let severity = if number == 25_009 { Severity::Error } else { Severity::Note };
        let place = Place::new(file, Span::new(number * 2, number * 2 + 1));
        finding("x/y", severity, Some(place), "wrong")
    };
    let report = Report::new((0..25_010).map(at).collect(), &sources, 1, 1);
    let log = rendered(&(report, sources));
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 25_000);
    assert_eq!(run["results"][0]["level"], "error");
    let said = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(said.starts_with("10 findings are left out"), "{said}");
}
