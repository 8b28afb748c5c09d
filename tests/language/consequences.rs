//! What follows from a mistake is not said beside it.

use crate::door::found;

const POLICY: &str = "policy p { rule r { on plan require true message \"no\" } }";

/// What is said of a plan with this window, apart from what a runbook would lack.
fn of_window(window: &str) -> Vec<String> {
    let text = format!(
        "plan x {{\n  service = \"s\"\n  environment = staging\n  window {{ {window} }}\n  phase prepare {{ step a {{ run = \"true\" }} }}\n}}\n"
    );
    found(POLICY, &text, "2026-11-23T09:00Z")
}

#[test]
fn what_could_not_be_read_is_not_missing_too() {
    assert_eq!(
        of_window("start = 2026-11-24T10:00, duration = 4hours, zone = \"UTC\""),
        ["error[syntax/bad-duration] `4hours`: `4hours` is not a duration"]
    );
    assert_eq!(
        of_window("start = 2026-11-24T10:00, duration = -4h, zone = \"UTC\""),
        ["error[syntax/unexpected] `-`: expected a value, found `-`"]
    );
}

#[test]
fn a_zone_that_is_none_is_not_missing_too() {
    assert_eq!(
        of_window("start = 2026-11-24T10:00, duration = 4h, zone = \"Europe/Berlim\""),
        ["error[plan/impossible-value] `\"Europe/Berlim\"`: no time zone is called `Europe/Berlim`"]
    );
    assert_eq!(
        of_window("start = 2026-11-24T10:00, duration = 4h"),
        ["error[plan/missing-zone] `2026-11-24T10:00`: nobody knows in which zone `2026-11-24T10:00` is"]
    );
}

#[test]
fn a_misspelt_name_is_not_missing_too_and_another_is() {
    assert_eq!(
        of_window("strat = 2026-11-24T10:00Z, duration = 4h"),
        ["error[plan/unknown-name] `strat`: a window has no `strat`"]
    );
    assert_eq!(
        of_window("start = 2026-11-24T10:00Z, zon = \"UTC\""),
        [
            "error[plan/missing-attribute] `window`: `duration` is missing from this window",
            "error[plan/unknown-name] `zon`: a window has no `zon`",
        ]
    );
}

#[test]
fn half_a_condition_is_not_judged() {
    let policy = POLICY.replace("require true", "forbid plan.service missing\n");
    assert_eq!(
        found(
            &policy,
            "plan x { service = \"s\", environment = staging, phase a { step b { run = \"true\" } } }",
            "2026-11-23T09:00Z"
        ),
        ["error[syntax/unexpected] `missing`: expected an operator or the end of the line, found `missing`"]
    );
}

#[test]
fn a_parameter_that_is_none_is_said_once() {
    for (parameter, said) in [
        ("a: duraton = 5m", "error[policy/unknown-name] `duraton`: `duraton` is not a type"),
        ("a: duration = 5", "error[policy/type-mismatch] `5`: expected a duration such as `30m`, found the number `5`"),
    ] {
        let policy = format!(
            "policy p {{ param {parameter} \"…\" rule r {{ on plan require plan.window.duration > a message \"no\" }} }}"
        );
        let plan = "plan x {\n  service = \"s\"\n  environment = staging\n  window { start = 2026-11-24T10:00Z, duration = 4h }\n  phase prepare { step a { run = \"true\" } }\n}\n";
        assert_eq!(found(&policy, plan, "2026-11-23T09:00Z"), [said]);
    }
}

#[test]
fn rules_that_found_nothing_in_what_was_not_understood_are_not_said() {
    let policy = "policy p { rule r { on plan when plan.environment == staging require true message \"no\" } }";
    assert_eq!(
        found(
            policy,
            "plan x {\n  service = \"s\"\n  phase prepare { step a { run = \"true\" } }\n}\n",
            "2026-11-23T09:00Z"
        ),
        ["error[plan/missing-attribute] `x`: `environment` is missing from this plan"]
    );
}

#[test]
fn nobody_knows_what_a_plan_lacks_that_was_not_read_whole() {
    let text = "plan x {\n  service = \"s\"\n  environment = staging\n  phase prepare [ ]\n}\n";
    let said = found(POLICY, text, "2026-11-23T09:00Z");
    assert!(said.len() == 1 && said[0].starts_with("error[syntax/"), "{said:?}");
}
