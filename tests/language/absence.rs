//! Absence is never silent.

use crate::door::{findings, found, plan, requires, rule};

#[test]
fn a_missing_path_in_require_fails_on_what_should_hold_it() {
    assert_eq!(findings(&requires("plan.risk == low"), &plan("")), ["error[p/r] `x`: `risk` is missing"]);
    assert_eq!(
        findings(
            &requires("plan.window.zone == \"UTC\""),
            &plan("window { start = 2026-11-24T10:00Z, duration = 1h }")
        ),
        ["error[p/r] `window`: `zone` is missing"]
    );
}

#[test]
fn a_missing_path_in_forbid_leaves_the_rule_undecided() {
    let policy = rule("on plan\n forbid plan.window overlaps friday\n message \"no\"");
    assert_eq!(findings(&policy, &plan("")), ["error[p/r] `x`: `window` is missing, so `p/r` cannot be decided"]);
}

#[test]
fn a_missing_path_in_unless_leaves_the_rule_undecided_unless_it_holds_anyway() {
    let policy = rule(
        "severity = note\n on plan\n require plan.service == \"other\"\n unless plan.risk == low\n message \"no\"",
    );
    assert_eq!(findings(&policy, &plan("")), ["error[p/r] `x`: `risk` is missing, so `p/r` cannot be decided"]);
    let holds = rule("on plan\n require plan.service == \"s\"\n unless plan.risk == low\n message \"no\"");
    assert_eq!(findings(&holds, &plan("")), [""; 0]);
}

#[test]
fn a_missing_path_in_when_skips_and_is_reported_as_never_applied() {
    let policy = rule("on plan when plan.risk == high\n require false\n message \"no\"");
    assert_eq!(
        findings(&policy, &plan("")),
        [
            "note[policy/never-applied] `plan.risk == high`: `p/r` was never applied: what its `when` asks for stands in none of the files of this run"
        ]
    );
    assert_eq!(findings(&policy, &plan("risk = high")), ["error[p/r] `x`: no"]);
}

#[test]
fn a_policy_that_was_applied_to_nothing_is_said() {
    let whole =
        "note[policy/never-applied] `p`: the policy `p` was applied to nothing: no rule of it found anything to judge";
    let misspelt = rule("on plan when plan.service == \"chekout\"\n require false\n message \"no\"");
    assert_eq!(findings(&misspelt, &plan("")), [whole]);
    let others = rule("on plan when plan.environment == staging\n require false\n message \"no\"");
    assert_eq!(findings(&others, &plan("")), [whole]);
    let no_such_part = rule("on strategy\n require false\n message \"no\"");
    assert_eq!(findings(&no_such_part, &plan("")), [whole]);
    let flag =
        "policy p { redflag f { on plan when plan.service == \"chekout\" stop when phase.deploy.failed then hold } }";
    assert_eq!(findings(flag, &plan("")), [whole]);
    let excused = rule("on plan\n require false\n unless plan.service == \"s\"\n message \"no\"");
    assert_eq!(findings(&excused, &plan("")), [""; 0]);
}

#[test]
fn a_rule_or_red_flag_whose_when_may_be_misspelt_is_said() {
    let beside = "rule sound { on plan require true message \"no\" }";
    let never = |when: &str, id: &str| {
        format!(
            "note[policy/never-applied] `{when}`: `p/{id}` was never applied: its `when` is true for no plan of this run"
        )
    };
    let when = "plan.service == \"chekout\"";
    let misspelt = format!("policy p {{ {beside}\n rule r {{ on plan when {when} require false message \"no\" }} }}");
    assert_eq!(findings(&misspelt, &plan("")), [never(when, "r")]);
    let flag = format!(
        "policy p {{ {beside}\n redflag f {{ on plan when {when} stop when phase.deploy.failed then hold }} }}"
    );
    assert_eq!(findings(&flag, &plan("")), [never(when, "f")]);
    // A word out of a closed set cannot be misspelt, and a part of a certain name is asked for where there may be none.
    for when in
        ["plan.environment == staging", "plan.environment == production and some m in plan.metrics: m.id == \"load\""]
    {
        let meant = format!("policy p {{ {beside}\n rule r {{ on plan when {when} require false message \"no\" }} }}");
        assert_eq!(findings(&meant, &plan("")), [""; 0], "{when}");
    }
}

#[test]
fn exists_asks_and_a_default_answers() {
    assert_eq!(findings(&requires("plan.risk exists"), &plan("")), ["error[p/r] `x`: no"]);
    assert_eq!(findings(&requires("plan.risk exists"), &plan("risk = low")), [""; 0]);
    assert_eq!(findings(&requires("(plan.risk ?? low) == low"), &plan("")), [""; 0]);
    assert_eq!(findings(&requires("plan.risk ?? low == low"), &plan("risk = high")), ["error[p/r] `high`: no"]);
}

#[test]
fn logic_is_three_valued() {
    let missing = "plan.risk == low";
    let is = |condition: &str| findings(&requires(condition), &plan(""));
    let lacks = ["error[p/r] `x`: `risk` is missing"];
    assert_eq!(is(&format!("true or {missing}")), [""; 0]);
    assert_eq!(is(&format!("{missing} or true")), [""; 0]);
    assert_eq!(is(&format!("not (false and {missing})")), [""; 0]);
    assert_eq!(is(&format!("not ({missing} and false)")), [""; 0]);
    assert_eq!(is(&format!("false or {missing}")), lacks);
    assert_eq!(is(&format!("true and {missing}")), lacks);
    assert_eq!(is(&format!("not ({missing})")), lacks);
    assert_eq!(is(&format!("if {missing} then true else true")), lacks);
    assert_eq!(is("some c in plan.changes: c.kind == fix"), ["error[p/r] `x`: no"]);
}

#[test]
fn quantifiers_are_undecided_only_where_it_matters() {
    let two = plan("change \"a\" { kind = fix, flag = \"f\" }\n change \"b\" { kind = fix }");
    assert_eq!(findings(&requires("some c in plan.changes: c.flag == \"f\""), &two), [""; 0]);
    assert_eq!(
        findings(&requires("no c in plan.changes: c.flag == \"g\""), &two),
        ["error[p/r] `\"b\"`: `flag` is missing"]
    );
    assert_eq!(
        findings(&requires("every c in plan.changes: c.flag == \"f\""), &two),
        ["error[p/r] `\"b\"`: `flag` is missing"]
    );
}

#[test]
fn every_gives_one_finding_for_each_that_fails() {
    let policy = rule(
        "on plan\n require every c in plan.changes: c.kind != fix\n at c.kind\n message \"{c.title} is a {c.kind}\"",
    );
    let plan = plan("change \"a\" { kind = fix }\n change \"b\" { kind = schema }\n change \"c\" { kind = fix }");
    assert_eq!(findings(&policy, &plan), ["error[p/r] `fix`: a is a fix", "error[p/r] `fix`: c is a fix"]);
}

#[test]
fn an_element_that_is_not_there_is_missing() {
    assert_eq!(
        findings(&requires("plan.changes[0].kind == fix"), &plan("")),
        ["error[p/r] `x`: `plan.changes[0]` is missing"]
    );
}

#[test]
fn a_policy_with_a_mistake_leaves_the_run_undecided_but_judges_by_its_sound_rules() {
    let policy = "policy p {\n rule a { on plan require plan.rsk == low message \"no\" }\n rule b { on plan require plan.service == \"t\" message \"no\" }\n}";
    assert_eq!(
        findings(policy, &plan("")),
        ["error[policy/unknown-name] `rsk`: a plan has no `rsk`", "error[p/b] `\"s\"`: no"]
    );
}

#[test]
fn what_is_unusable_stops_though_something_else_is_missing() {
    for when in ["plan.risk == high and number(plan.service) == 1", "number(plan.service) == 1 and plan.risk == high"] {
        let policy = rule(&format!("on plan when {when}\n require false\n message \"no\""));
        assert_eq!(
            findings(&policy, &plan("")),
            ["error[p/r] `\"s\"`: `s` is not a number, so `p/r` cannot be decided"],
            "{when}"
        );
    }
}

/// A comment does nothing, and always does it well.
#[test]
fn a_command_is_more_than_a_comment() {
    let body = |verify: &str| {
        format!(
            "metric m {{ run = \"# 5\" }}\nphase verify {{ step look {{ run = \"ls\", verify = \"\"\"\n{verify}\n\"\"\" }} }}"
        )
    };
    let said = |verify: &str| {
        let found = found(&requires("true"), &plan(&body(verify)), "2026-11-23T09:00Z");
        found.iter().filter(|line| line.contains("this command is only a comment")).count()
    };
    assert_eq!(said("# later\n\n  # or never"), 2);
    assert_eq!(said("# the log\ngrep -c ok log"), 1);
}
