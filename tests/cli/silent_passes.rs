//! What other checkers let pass without a word, one test a case, and what Stopline says of it. The cases, and where each was
//! seen, stand in docs/never-silent.md.

use crate::door::{Came, Cli};

const CONFIG: &str = "{\n  \"session_expiry\": \"720:00:00\",\n  \"ssl\": {\"protocols\": [\"TLSv1\", \"TLSv1.2\"]},\n  \"developer_mode\": 1\n}\n";

/// One rule over `config.json`.
fn policy(rule: &str) -> String {
    format!("policy p {{\n  rule r {{\n    on json in \"config.json\" as c\n    {rule}\n    message \"m\"\n  }}\n}}\n")
}

fn judged(policy: &str, config: &str) -> Came {
    Cli::new(&["check", "config.json", "--policy", "p.policy", "--format", "concise", "--at", "2026-11-23T09:00Z"])
        .file("p.policy", policy)
        .file("config.json", config)
        .run()
}

fn says(came: &Came, status: i32, what: &str) {
    assert!(came.status == status && came.output.contains(what), "wanted {status} and `{what}`\n{came:#?}");
}

// Misspelt policies

#[test]
fn a_misspelt_path_in_when_is_said_to_have_applied_to_nothing() {
    let rule = "when c.sll exists\n    forbid c.ssl.protocols contains \"TLSv1\"";
    says(&judged(&policy(rule), CONFIG), 0, "note[policy/never-applied] the policy `p` was applied to nothing");
    let strict =
        Cli::new(&["check", "config.json", "--policy", "p.policy", "--format", "concise", "--fail-on", "note"]);
    says(&strict.file("p.policy", policy(rule)).file("config.json", CONFIG).run(), 1, "policy/never-applied");
}

#[test]
fn a_misspelt_path_in_the_condition_stops() {
    let missing = "config.json:1:1: error[p/r] `sll` is missing";
    says(&judged(&policy("forbid c.sll.protocols contains \"TLSv1\""), CONFIG), 1, missing);
    says(&judged(&policy("require every v in c.sll.protocols: v != \"TLSv1\""), CONFIG), 1, missing);
    says(&judged(&policy("forbid some v in c.sll.protocols: v == \"TLSv1\""), CONFIG), 1, missing);
    says(&judged(&policy("forbid not (c.sll.strict == true)"), CONFIG), 1, missing);
}

#[test]
fn a_misspelt_path_in_the_message_takes_no_finding_away() {
    let rule = policy("require duration(c.session_expiry) <= 4h").replace("\"m\"", "\"lives {c.session_expiri}\"");
    says(&judged(&rule, CONFIG), 1, "config.json:2:21: error[p/r] lives ‹c.session_expiri›");
}

#[test]
fn a_hash_in_a_message_ends_nothing() {
    let rule = policy("require c.developer_mode == 0").replace("\"m\"", "\"see issue #92\"");
    says(&judged(&rule, CONFIG), 1, "error[p/r] see issue #92");
}

#[test]
fn a_key_that_is_not_there_is_no_pass() {
    says(&judged(&policy("require c.hsts == true"), CONFIG), 1, "error[p/r] `hsts` is missing");
    says(
        &judged(&policy("forbid c.debug == true"), CONFIG),
        1,
        "error[p/r] `debug` is missing, so `p/r` cannot be decided",
    );
}

#[test]
fn a_misspelt_clause_a_subject_and_a_field_of_a_known_kind_are_errors() {
    says(&judged(&policy("requre c.developer_mode == 0"), CONFIG), 2, "error[syntax/");
    says(&judged(&policy("require c.developer_mode === 0"), CONFIG), 2, "error[syntax/");
    says(&judged(&policy("require true").replace("on json", "on jsn"), CONFIG), 2, "error[policy/");
    let field = policy("require c.timeout_minutes exists").replace("on json in \"config.json\"", "on workflow.job");
    says(&judged(&field, CONFIG), 2, "error[policy/unknown-name]");
}

#[test]
fn a_misspelt_pack_or_parameter_is_an_error() {
    let run = |arguments: &[&str]| Cli::new(arguments).file("config.json", CONFIG).run();
    assert_eq!(run(&["check", "config.json", "--pack", "web-tsl"]).status, 2);
    says(
        &run(&["check", "config.json", "--pack", "secrets", "--param", "secrets.strictt=1", "--format", "concise"]),
        2,
        "error[policy/unknown-parameter]",
    );
}

#[test]
fn a_rule_that_can_never_fail_is_an_error() {
    let rule = release("forbid plan.risk == low and plan.risk == high", "")
        .replace("on plan", "on plan when plan.risk exists");
    says(&judged_plan(&rule, "2026-11-23T09:00Z"), 1, "error[policy/unbreakable-rule]");
}

// Nothing to judge, or nothing to judge by

#[test]
fn no_policy_and_no_file_are_no_success() {
    says(&judged("", CONFIG), 2, "error[policy/no-rules]");
    says(&judged("policy p {}\n", CONFIG), 2, "error[policy/no-rules]");
    let folder = Cli::new(&["check", "data", "--format", "concise"]).file("data/.keep", "").run();
    says(&folder, 2, "error[policy/nothing-to-judge]");
    assert_eq!(Cli::new(&["check", "nowhere"]).run().status, 2);
}

// Files that cannot be read

#[test]
fn a_broken_file_is_never_good_and_nothing_is_missed_behind_it() {
    let rule = policy("require duration(c.session_expiry) <= 4h");
    for broken in [
        "{\n  \"session_expiry\": \"720:00:00\",\n  \"x\": ",
        "{\"session_expiry\": \"01:00:00\",}",
        "{\"session_expiry\": \"01:00:00\"",
        "{\"session_expiry\": \"01:00:00\", \"session_expiry\": \"02:00:00\"}",
        "{'session_expiry': '01:00:00'}",
        "",
    ] {
        says(&judged(&rule, broken), 2, "config.json:");
        says(&judged(&rule, broken), 2, "error[document/");
    }
    let binary = Cli::new(&["check", "config.json", "--policy", "p.policy", "--format", "concise"])
        .file("p.policy", rule)
        .file("config.json", [b'{', 0xff, b'}'])
        .run();
    says(&binary, 2, "error[document/unreadable]");
}

#[test]
fn one_broken_workflow_beside_a_good_one_leaves_the_run_undecided() {
    let came = Cli::new(&["check", "--format", "concise"])
        .file(".github/workflows/good.yml", "on: push\njobs:\n  a: {runs-on: x, steps: [{run: ls}]}\n")
        .file(".github/workflows/broken.yml", "on: push\njobs:\n  a: {runs-on: x, steps: [{run: ls}\n")
        .run();
    says(&came, 2, ".github/workflows/broken.yml:3:26: error[document/syntax]");
}

#[test]
fn an_nginx_file_without_its_semicolons_and_braces_is_no_good_one() {
    let check = |text: &str| Cli::new(&["check", "--format", "concise"]).file("nginx.conf", text).run();
    let came = check("http {\n  server {\n    listen 443 ssl\n    ssl_protocols TLSv1;\n  }\n");
    says(&came, 2, "nginx.conf:1:6: error[document/syntax]");
    says(&came, 2, "nginx.conf:3:16: error[document/syntax]");
    says(&check("server {\n  listen} 443 ssl;\n}\n"), 2, "nginx.conf:2:3: error[document/syntax]");
}

// Places

#[test]
fn the_very_value_is_named_by_line_and_column_also_behind_an_anchor() {
    says(&judged(&policy("require c.developer_mode == 0"), CONFIG), 1, "config.json:4:21: error[p/r]");
    let policy = policy("require c.prod.hsts == true").replace("on json in \"config.json\"", "on yaml in \"c.yaml\"");
    let came = Cli::new(&["check", "c.yaml", "--policy", "p.policy", "--format", "concise"])
        .file("p.policy", policy)
        .file("c.yaml", "base: &base\n  hsts: false\nprod:\n  <<: *base\n  ttl: 3\n")
        .run();
    says(&came, 1, "c.yaml:2:9: error[p/r]");
}

// Waivers

const PLAN: &str = "plan p {\n  service     = \"shop\"\n  environment = production\n  window { start = 2026-11-27T10:00, duration = 2h, zone = \"Europe/Berlin\" }\n  phase verify { watch stable { for = 5m } }\n}\n";

fn release(rule: &str, waiver: &str) -> String {
    format!("policy p {{\n  rule r {{\n    on plan\n    {rule}\n    message \"m\"\n  }}\n}}\n{waiver}\n")
}

fn judged_plan(policy: &str, at: &str) -> Came {
    Cli::new(&["check", "p.plan", "--policy", "p.policy", "--format", "concise", "--at", at])
        .file("p.policy", policy)
        .file("p.plan", PLAN)
        .run()
}

#[test]
fn a_waiver_that_has_ended_excuses_nothing_and_is_said() {
    let waived = |until: &str| {
        release(
            "forbid plan.window overlaps friday",
            &format!("waive p/r {{\n  plan   = p\n  reason = \"agreed\"\n  by     = @ruth\n  until  = {until}\n}}"),
        )
    };
    let last_second = judged_plan(&waived("2026-11-23"), "2026-11-23T23:59:59Z");
    says(&last_second, 0, "waived[p/r]");
    let after = judged_plan(&waived("2026-11-23"), "2026-11-24T00:00:00Z");
    says(&after, 1, "error[p/r]");
    says(&after, 1, "error[waiver/");
}

#[test]
fn a_waiver_that_nothing_needs_or_that_names_no_rule_is_said() {
    let waiver = |rule: &str| {
        format!("waive {rule} {{\n  plan   = p\n  reason = \"agreed\"\n  by     = @ruth\n  until  = 2027-01-31\n}}")
    };
    let at = "2026-11-23T09:00Z";
    says(&judged_plan(&release("require plan.service exists", &waiver("p/r")), at), 0, "warning[waiver/");
    says(&judged_plan(&release("require plan.service exists", &waiver("p/s")), at), 2, "error[waiver/");
}

// Time

#[test]
fn a_misspelt_zone_or_weekday_does_not_switch_a_ban_off() {
    let at = "2026-11-23T09:00Z";
    let zone = release("forbid plan.window overlaps c", "calendar c { weekdays = [friday], zone = \"Europe/Berlim\" }");
    says(&judged_plan(&zone, at), 2, "error[policy/impossible-value] no time zone is called `Europe/Berlim`");
    says(&judged_plan(&release("forbid plan.window overlaps fridy", ""), at), 2, "error[policy/");
    says(&judged_plan(&release("forbid plan.window overlaps friday", ""), at), 1, "p.plan:4:3: error[p/r]");
}

#[test]
fn a_freeze_holds_through_its_last_day_where_its_people_are() {
    let at = "2026-11-01T09:00Z";
    let freeze = release(
        "forbid plan.window overlaps f",
        "calendar f { from = 2026-11-25, to = 2026-11-27, zone = \"Pacific/Honolulu\" }",
    );
    // 10:00 in Berlin on the 28th is still the 27th in Honolulu.
    let late = |start: &str| {
        Cli::new(&["check", "p.plan", "--policy", "p.policy", "--format", "concise", "--at", at])
            .file("p.policy", freeze.as_str())
            .file("p.plan", PLAN.replace("2026-11-27T10:00", start))
            .run()
    };
    says(&late("2026-11-28T10:00"), 1, "error[p/r]");
    assert!(!late("2026-11-28T11:00").output.contains("p/r"));
}

// Tests of policies

fn tested(test: &str) -> Came {
    let rule = policy("require c.developer_mode == 0").replace("rule r", "rule no-dev-mode");
    Cli::new(&["test", "p.policy", "--format", "concise"]).file("p.policy", format!("{rule}{test}\n")).run()
}

#[test]
fn a_test_for_a_rule_that_is_not_there_is_an_error() {
    let came = tested(
        "test \"t\" for no-dev-mod { given json \"config.json\" \"\"\"{\"developer_mode\": 1}\"\"\" expect fail }",
    );
    says(&came, 2, "p.policy:8:14: error[policy/unknown-test-rule]");
}

#[test]
fn a_test_that_wants_fail_and_gets_pass_fails() {
    let came = tested(
        "test \"t\" for no-dev-mode { given json \"config.json\" \"\"\"{\"developer_mode\": 0}\"\"\" expect fail }",
    );
    says(&came, 1, "error[policy/test-failed]");
    assert!(came.output.contains("fail") && came.output.contains("pass"), "{came:?}");
    let elsewhere = "test \"t\" for no-dev-mode { given json \"config.json\" \"\"\"{\"developer_mode\": 1, \"x\": 1}\"\"\" expect fail at x }";
    says(&tested(elsewhere), 1, "error[policy/test-failed]");
}

#[test]
fn a_test_that_gives_or_expects_nothing_is_an_error() {
    says(
        &tested("test \"t\" for no-dev-mode { given json \"config.json\" \"\"\"{}\"\"\" }"),
        2,
        "error[policy/incomplete-test]",
    );
    says(&tested("test \"t\" for no-dev-mode { expect pass }"), 2, "error[policy/incomplete-test]");
    says(&tested(""), 2, "");
}

#[test]
fn what_a_test_says_of_something_missing_is_what_a_run_says_of_it() {
    let given = "given json \"config.json\" \"\"\"{\"x\": 1}\"\"\"";
    says(&tested(&format!("test \"t\" for no-dev-mode {{ {given} expect fail }}")), 0, "");
    says(&tested(&format!("test \"t\" for no-dev-mode {{ {given} expect skip }}")), 1, "error[policy/test-failed]");
    says(&judged(&policy("require c.developer_mode == 0"), "{\"x\": 1}"), 1, "error[p/r] `developer_mode` is missing");
}
