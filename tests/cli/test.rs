//! `stopline test`.

use crate::door::{Cli, repository};

const RULE: &str = "policy p {\n  rule r {\n    on plan\n    require plan.risk != critical\n    at plan.risk\n    message \"no\"\n  }\n}\n";

fn tested(test: &str) -> crate::door::Came {
    Cli::new(&["test", "p.policy", "--format", "concise"]).file("p.policy", format!("{RULE}{test}\n")).run()
}

const GIVEN: &str =
    "given plan \"\"\"\n  plan x {\n    service = \"s\"\n    environment = staging\n    risk = critical\n  }\n  \"\"\"";

#[test]
fn a_test_is_for_the_rule_of_its_own_file() {
    let policy = repository("tests/fixtures/design/healthcare.policy");
    // `tls-floor` is a rule of a shipped pack that is recommended, too.
    let came = Cli::new(&["check", "--format", "concise"])
        .file("healthcare.policy", &policy)
        .file(
            "sites/a/site_config.json",
            r#"{"db_name": "a", "session_expiry": "04:00:00", "deny_multiple_sessions": 1}"#,
        )
        .run();
    assert!(!came.output.contains("policy/unknown-test-rule"), "{came:?}");
    let twins =
        "policy a \"A\" { rule x \"X\" { severity = error\n on plan\n require plan.id exists\n message \"m\" } }\n";
    let came = Cli::new(&["test", "--format", "concise"])
        .file("a.policy", twins)
        .file("b.policy", twins.replacen("policy a", "policy b", 1))
        .file("c.policy", "test \"t\" for x { given plan \"\"\"plan p {}\"\"\" expect pass }\n")
        .run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.output.contains("several rules are called `x`"), "{came:?}");
}

#[test]
fn the_tests_of_the_design_pass() {
    let came = Cli::new(&["test", "release.policy"])
        .file("release.policy", repository("tests/fixtures/design/release.policy"))
        .run();
    assert_eq!(came.status, 0, "{came:?}");
    assert!(came.output.ends_with("\n3 passed, 0 failed\n"), "{came:?}");
}

#[test]
fn a_test_is_a_case_of_junit_with_its_place_and_why_it_failed() {
    let tests = format!(
        "test \"stays\" for r {{ {GIVEN} expect fail }}\ntest \"goes\" for r {{ {GIVEN} expect pass }}\ntest \"nobody\" for q {{ {GIVEN} expect pass }}\n"
    );
    let cli = Cli::new(&["test", "p.policy", "--format", "junit"]).file("p.policy", format!("{RULE}{tests}"));
    let came = cli.run();
    assert_eq!((came.status, came.error.as_str()), (2, "1 passed, 2 failed\n"), "{came:?}");
    let lines: Vec<&str> = came.output.lines().map(str::trim).collect();
    let cases: Vec<&str> = lines.iter().copied().filter(|line| line.starts_with("<testcase")).collect();
    assert_eq!(
        cases,
        [
            r#"<testcase name="stays" classname="p/r" file="p.policy" line="9"/>"#,
            r#"<testcase name="goes" classname="p/r" file="p.policy" line="22">"#,
            r#"<testcase name="nobody" classname="q" file="p.policy" line="23">"#,
            r#"<testcase name="verdict">"#,
        ],
        "{came:?}"
    );
    assert!(
        came.output
            .contains(r#"<failure message="`goes` was expected to pass, but came to fail" type="error">p.policy:22:"#),
        "{came:?}"
    );
    assert!(came.output.contains(r#"<error message="there is no rule `q` to test" type="error">"#), "{came:?}");
}

/// Where nothing is found, titles are all that is shown.
#[test]
fn no_secret_in_the_title_of_a_test_is_shown() {
    let token = format!("ghp_{}", "a1B2".repeat(9));
    let tests = format!("test \"{token}\" for r {{ {GIVEN} expect fail }}\n{PASSING}");
    let came = Cli::new(&["test", "p.policy", "--format", "junit"]).file("p.policy", format!("{RULE}{tests}")).run();
    assert!(came.status == 0 && came.output.contains("ghp_") && !came.output.contains(&token), "{came:?}");
}

#[test]
fn a_test_says_what_it_expected_and_what_came() {
    tested(&format!("test \"t\" for r {{ {GIVEN} expect fail at plan.risk }}\n{PASSING}")).is(
        0,
        "2 passed, 0 failed\n",
        "",
    );
    let came = tested(&format!("test \"t\" for r {{ {GIVEN} expect pass }}"));
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("error[policy/test-failed] `t` was expected to pass, but came to fail"), "{came:?}");
    let elsewhere = tested(&format!("test \"t\" for r {{ {GIVEN} expect fail at plan.service }}"));
    assert!(elsewhere.output.contains("`t` failed, but not at `plan.service`"), "{elsewhere:?}");
}

#[test]
fn a_test_that_asserts_nothing_is_an_error() {
    for (test, message) in [
        (format!("test \"t\" for s {{ {GIVEN} expect pass }}"), "there is no rule `s` to test"),
        (format!("test \"t\" for r {{ {GIVEN} }}"), "this test expects nothing"),
        ("test \"t\" for r { expect pass }".to_owned(), "this test gives nothing to judge"),
        (format!("test \"t\" for r {{ {GIVEN} {GIVEN} expect pass }}"), "a test of a rule about plans gives one plan"),
        (
            format!("test \"t\" for r {{ {} expect pass }}", GIVEN.replace("\n  }\n", "\n  }\n  plan y { }\n")),
            "a test judges one plan, and here are several",
        ),
        (
            format!("test \"t\" for r {{ {} expect pass }}", GIVEN.replace("risk", "rsk")),
            "has a mistake: a plan has no `rsk`",
        ),
        (
            "test \"t\" for r { given yaml \"\"\"plan: {}\"\"\" expect pass }".to_owned(),
            "`given yaml` does not say what the text is: a path is missing",
        ),
    ] {
        let came = tested(&test);
        assert!(came.status != 0 && came.output.contains(message), "{came:?}");
    }
    assert_eq!(Cli::new(&["test"]).file("p.policy", RULE).run().status, 2);
}

const PASSING: &str = "test \"fine\" for r {\n  given plan \"\"\"\n    plan x { service = \"s\", environment = staging, risk = low }\n    \"\"\"\n  expect pass\n}\n";

#[test]
fn what_came_is_shown_where_it_was_decided() {
    let test = "test \"t\" for q {\n  given plan \"\"\"\n    plan x { service = \"s\", environment = staging, risk = low }\n    \"\"\"\n  expect fail\n}\n";
    let shown = |clauses: &str| {
        let rule = format!("policy p {{\n  rule q \"Q\" {{\n    {clauses}\n    message \"no\"\n  }}\n}}\n{test}");
        Cli::new(&["test", "p.policy"]).file("p.policy", rule).run().output
    };
    for (clauses, underlined, said) in [
        ("on plan\n    require plan.risk < high", "plan.risk < high", "the rule holds: this says so"),
        (
            "on plan when plan.risk == high\n    require plan.ticket exists",
            "plan.risk == high",
            "the rule is skipped: this is false",
        ),
        (
            "on plan when plan.version > v1.2\n    require plan.ticket exists",
            "plan.version > v1.2",
            "the rule is skipped: something in this is missing",
        ),
        (
            "on plan\n    require plan.ticket exists\n    unless plan.risk == low",
            "plan.risk == low",
            "the rule is skipped: this is true",
        ),
    ] {
        let output = shown(clauses);
        assert!(output.contains(underlined) && output.contains(said), "{output}");
        assert!(output.contains("`t` was expected to fail, but came to"), "{output}");
    }
}

#[test]
fn a_rule_owes_a_passing_and_a_failing_test() {
    let failing = format!("test \"t\" for r {{ {GIVEN} expect fail }}\n");
    let came = tested(&failing);
    assert_eq!(came.status, 0, "{came:?}");
    assert!(
        came.output.contains("warning[policy/untested-rule] no test shows of `p/r` that anything passes it"),
        "{came:?}"
    );
    let came = tested(PASSING);
    assert!(came.output.contains("no test shows of `p/r` that it can fail"), "{came:?}");
    tested(&format!("{failing}{PASSING}")).is(0, "2 passed, 0 failed\n", "");
    let strict = Cli::new(&["test", "p.policy", "--coverage", "--format", "concise"])
        .file("p.policy", format!("{RULE}{failing}"))
        .run();
    assert_eq!(strict.status, 1, "{strict:?}");
    assert!(strict.output.contains("error[policy/untested-rule]"), "{strict:?}");
}

const CLAUSES: &str = r#"policy p {
  rule c "C" {
    on plan when plan.environment == production
    require plan.risk exists and (plan.risk == low or plan.ticket exists)
    unless plan.urgent exists
    message "no"
  }
  rule d "D" {
    on plan
    require every w in plan.watches: w.for >= (if plan.risk == high then 1h else 10m)
    message "no"
  }
}
test "low" for c {
  given plan """plan x { service = "s", environment = production, risk = low }"""
  expect pass
}
test "nothing said" for c {
  given plan """plan x { service = "s", environment = production }"""
  expect fail
}
test "long" for d {
  given plan """plan x { service = "s", environment = production, risk = low, phase verify { watch w { for = 15m } } }"""
  expect pass
}
test "short" for d {
  given plan """plan x { service = "s", environment = production, risk = low, phase verify { watch w { for = 5m } } }"""
  expect fail
}
"#;

#[test]
fn coverage_says_which_clauses_no_test_decides() {
    let came = Cli::new(&["test", "p.policy", "--coverage", "--format", "concise"]).file("p.policy", CLAUSES).run();
    let said: Vec<&str> = came.output.lines().filter_map(|line| line.strip_prefix("p.policy:")).collect();
    assert_eq!(
        said,
        [
            "3:18: note[policy/undecided-clause] no test makes this `when` false (`p/c`)",
            "4:35: note[policy/undecided-clause] no test makes this condition false (`p/c`)",
            "4:35: note[policy/undecided-clause] no test makes this condition false (`p/c`)",
            "4:55: note[policy/undecided-clause] no test makes this condition true, and none false (`p/c`)",
            "5:12: note[policy/undecided-clause] no test makes this `unless` true (`p/c`)",
            "10:74: note[policy/undecided-clause] no test takes this branch (`p/d`)",
        ],
        "{}",
        came.output
    );
    assert!(came.output.ends_with("4 passed, 0 failed, 5 of 11 clauses decided\n"), "{}", came.output);
    assert_eq!(came.status, 0);
}

#[test]
fn coverage_is_in_the_report_for_machines() {
    let came = Cli::new(&["test", "p.policy", "--coverage", "--format", "json"]).file("p.policy", CLAUSES).run();
    let report: serde_json::Value = serde_json::from_str(&came.output).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let branch = findings.iter().find(|finding| finding["message"].as_str().unwrap().contains("branch")).unwrap();
    assert_eq!(branch["rule"], "policy/undecided-clause");
    assert_eq!(branch["span"]["start"]["line"], 10);
    assert_eq!(came.error, "4 passed, 0 failed, 5 of 11 clauses decided\n");
    let schema: serde_json::Value = serde_json::from_str(&repository("schemas/report.schema.json")).unwrap();
    let valid = jsonschema::validator_for(&schema).unwrap();
    assert!(valid.is_valid(&report), "{report:#}");
}

#[test]
fn a_policy_that_cannot_mean_what_it_says_is_said_beside_its_tests() {
    let contradicts = RULE.replace("plan.risk != critical", "plan.risk == low and plan.risk == high");
    let came = Cli::new(&["test", "p.policy", "--format", "concise"])
        .file("p.policy", format!("{contradicts}{}", PASSING.replace("expect pass", "expect fail")))
        .run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("error[policy/unsatisfiable-rule] no plan can pass `p/r`"), "{came:?}");
}

/// Nothing passes this rule, and nothing uses the parameter.
const MEANS_NOTHING: &str = "policy p \"P\" {\n  # stopline: ignore[policy/unused-parameter] the next rule needs it\n  param soon: duration = 1h \"how soon\"\n  rule r \"R\" {\n    on plan\n    require plan.risk == low and plan.risk == high\n    message \"no\"\n  }\n}\n";

fn waiver(rule: &str, until: &str) -> String {
    format!(
        "waive {rule} {{\n  path = \"*.policy\"\n  reason = \"being written\"\n  by = @lead\n  until = {until}\n}}\n"
    )
}

const FAILS: &str = "test \"t\" for r { given plan \"\"\"\n  plan x {\n    service = \"s\"\n    environment = staging\n    risk = low\n  }\n  \"\"\" expect fail }\n";

#[test]
fn what_check_lets_pass_in_a_policy_a_test_lets_pass_too() {
    let waived = waiver("policy/unsatisfiable-rule", "2030-01-31");
    // What other rules found is for `check` to judge: here is nothing that needs these.
    let more = waiver("plan/missing-undo", "2030-01-31") + &waiver("release/unknown", "2020-01-31");
    let policy = format!("{MEANS_NOTHING}{FAILS}{waived}{more}");
    let test = ["test", "--at", "2029-01-01T00:00Z", "--format", "concise"];
    let cli = Cli::new(&test).file("p.policy", &policy);
    let came = cli.run();
    assert_eq!(came.status, 0, "{came:?}");
    let lines: Vec<&str> = came.output.lines().collect();
    assert!(lines[0].contains("waived[policy/unused-parameter]"), "{came:?}");
    assert!(lines[2].contains("waived[policy/unsatisfiable-rule]"), "{came:?}");
    assert!(!came.output.contains("waiver/"), "{came:?}");
    let after = cli.again(&["test", "--at", "2031-01-01T00:00Z", "--format", "concise"]).run();
    assert_eq!(after.status, 1, "{after:?}");
    assert!(after.output.contains("error[policy/unsatisfiable-rule]"), "{after:?}");
    assert!(
        after.output.contains("error[waiver/expired] the waiver of `policy/unsatisfiable-rule` ended"),
        "{after:?}"
    );
}

#[test]
fn a_test_that_failed_is_mended_and_never_let_pass() {
    let waived = waiver("policy/test-failed", "2030-01-31");
    let policy = format!("{RULE}test \"t\" for r {{ {GIVEN} expect pass }}\n{waived}");
    let came = Cli::new(&["test", "--at", "2029-01-01T00:00Z"]).file("p.policy", policy).run();
    assert_eq!(came.status, 1, "{came:?}");
}

#[test]
fn settings_weigh_and_leave_out_for_tests_as_they_do_for_check() {
    let policy = MEANS_NOTHING.replace("low and plan.risk == high", "low") + FAILS;
    let policy = policy.replace("  # stopline: ignore[policy/unused-parameter] the next rule needs it\n", "");
    let test = ["test", "--format", "concise"];
    let cli = Cli::new(&test).file("p.policy", policy.replace("risk = low", "risk = high"));
    let cli = cli.file("vendor/b.policy", "policy b {");
    assert_eq!(cli.run().status, 2);
    let cli = cli.file("stopline.toml", "exclude = [\"vendor/\"]\n[severity]\n\"policy/unused-parameter\" = \"error\"\n\"release/peak-hours\" = \"note\"\n");
    let came = cli.run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("error[policy/unused-parameter]") && !came.output.contains("vendor"), "{came:?}");
    assert!(!came.output.contains("config/"), "{came:?}");
    assert_eq!(cli.again(&["test", "vendor/b.policy"]).run().status, 2);
    assert_eq!(cli.again(&["test", "--no-config"]).run().status, 2);
    let cli = cli.file("stopline.toml", "exlude = []\n");
    assert!(cli.run().output.contains("config/unknown-setting"));
}
