//! What is let pass is marked, never hidden, and ends.

use crate::door::{findings, found, plan, requires, rule};

const POLICY: &str = "policy p { rule r { on plan require plan.service == \"t\" at plan.service message \"no\" } }";

fn waived(waiver: &str) -> Vec<String> {
    findings(&format!("{POLICY}\nwaive {waiver}"), &plan(""))
}

#[test]
fn a_waived_finding_is_still_listed() {
    assert_eq!(
        waived("p/r { plan = x, reason = \"old\", by = @alice, until = 2026-12-31 }"),
        ["error[p/r] (waived) `\"s\"`: no"]
    );
}

#[test]
fn without_reason_person_and_end_it_is_refused() {
    assert_eq!(
        waived("p/r { plan = x, reason = \"old\" }"),
        [
            "error[waiver/incomplete] `p/r`: this waiver has no `by`",
            "error[waiver/incomplete] `p/r`: this waiver has no `until`",
            "error[p/r] `\"s\"`: no",
        ]
    );
}

#[test]
fn what_says_nothing_is_no_reason() {
    assert_eq!(
        waived("p/r { plan = x, reason = \"n/a\", by = @alice, until = 2026-12-31, ticket = \"TBD\" }"),
        [
            "error[policy/impossible-value] `\"n/a\"`: `n/a` says nothing",
            "error[policy/impossible-value] `\"TBD\"`: `TBD` says nothing",
            "error[p/r] `\"s\"`: no",
        ]
    );
}

#[test]
fn without_a_plan_or_a_path_it_is_refused() {
    let body = "reason = \"old\", by = @alice, until = 2026-12-31";
    let refused =
        "error[waiver/incomplete] `p/r`: this waiver does not say what it is for: it would reach every plan".to_owned();
    assert_eq!(waived(&format!("p/r {{ {body} }}")), [refused, "error[p/r] `\"s\"`: no".to_owned()]);
    for reach in ["plan = x", "path = \"x.plan\"", "path = \"**\""] {
        assert_eq!(waived(&format!("p/r {{ {reach}, {body} }}")), ["error[p/r] (waived) `\"s\"`: no"], "{reach}");
    }
}

#[test]
fn one_whose_reach_cannot_be_read_reaches_nothing() {
    let with = |reach: &str| waived(&format!("p/r {{ {reach}, reason = \"old\", by = @alice, until = 2026-12-31 }}"));
    for reach in ["path = 5", "pth = \"other/**\"", "plan = 5m", "path = \"a\", path = \"b\""] {
        let found = with(reach);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.contains(&"error[p/r] `\"s\"`: no".to_owned()), "{found:?}");
    }
}

#[test]
fn an_expired_waiver_is_a_finding_and_waives_nothing() {
    let policy = format!("{POLICY}\nwaive p/r {{ plan = x, reason = \"old\", by = @alice, until = 2026-11-22 }}");
    let at = |at: &str| -> Vec<String> {
        found(&policy, &plan(""), at)
            .into_iter()
            .filter(|line| line.contains("[p/") || line.contains("[waiver/"))
            .collect()
    };
    assert_eq!(at("2026-11-22T23:59Z"), ["error[p/r] (waived) `\"s\"`: no"]);
    assert_eq!(
        at("2026-11-23T00:00Z"),
        ["error[waiver/expired] `2026-11-22`: the waiver of `p/r` ended on 2026-11-22", "error[p/r] `\"s\"`: no"]
    );
}

#[test]
fn it_reaches_only_what_it_names() {
    assert_eq!(
        waived("p/r { plan = y, reason = \"old\", by = @alice, until = 2026-12-31 }"),
        ["warning[waiver/unused] `p/r`: nothing needed this waiver of `p/r`", "error[p/r] `\"s\"`: no"]
    );
    assert_eq!(
        waived("p/r { plan = x, path = \"*.plan\", reason = \"old\", by = @alice, until = 2026-12-31 }").len(),
        1
    );
    assert_eq!(waived("p/r { path = \"other/**\", reason = \"old\", by = @alice, until = 2026-12-31 }").len(), 2);
}

#[test]
fn an_unknown_rule_is_an_error() {
    assert_eq!(
        waived("p/rr { plan = x, reason = \"old\", by = @alice, until = 2026-12-31 }"),
        ["error[waiver/unknown-rule] `p/rr`: there is no rule `p/rr`", "error[p/r] `\"s\"`: no"]
    );
}

#[test]
fn what_was_not_understood_cannot_be_let_pass() {
    let text = "plan x {\n  service = \"t\"\n  environment = production\n  # stopline: ignore[plan/impossible-value] it is high\n  risk = hihg\n}\n";
    let found = found(POLICY, text, "2026-11-23T09:00Z");
    assert!(found.contains(&"error[plan/impossible-value] `hihg`: `hihg` is not a risk".to_owned()), "{found:?}");
    let refused = "error[waiver/not-waivable] `plan/impossible-value`: `plan/impossible-value` cannot be let pass";
    assert!(found.contains(&refused.to_owned()), "{found:?}");
    assert_eq!(
        waived("policy/no-rules { plan = x, reason = \"old\", by = @alice, until = 2026-12-31 }"),
        [
            "error[waiver/not-waivable] `policy/no-rules`: `policy/no-rules` cannot be let pass",
            "error[p/r] `\"s\"`: no"
        ]
    );
}

#[test]
fn what_could_not_be_decided_cannot_be_let_pass() {
    let friday = rule("on plan\n forbid plan.window overlaps friday\n at plan.id\n message \"touches a Friday\"");
    let waiver = "waive p/r { plan = x, reason = \"old\", by = @alice, until = 2026-12-31 }";
    let both = format!("{friday}\n{waiver}");
    let undecided = "error[p/r] `x`: `window` is missing, so `p/r` cannot be decided";
    assert_eq!(findings(&both, &plan("")), [undecided]);
    let ignored = format!("# stopline: ignore[p/r] old\n{}", plan(""));
    assert_eq!(findings(&friday, &ignored), [undecided]);
    // What is found is let pass by the same words, and so is what a rule requires and misses.
    let on_friday = plan("window { start = 2026-11-27T10:00Z, duration = 1h }");
    assert_eq!(findings(&both, &on_friday), ["error[p/r] (waived) `x`: touches a Friday"]);
    let lacking = format!("{}\n{waiver}", requires("plan.risk == low"));
    assert_eq!(findings(&lacking, &plan("")), ["error[p/r] (waived) `x`: `risk` is missing"]);
}

#[test]
fn inline_ignores_need_a_reason_and_a_finding() {
    let ignored = |comment: &str| {
        let text = format!("plan x {{\n  service = \"s\" {comment}\n  environment = production\n}}\n");
        findings(POLICY, &text)
    };
    assert_eq!(ignored("# stopline: ignore[p/r] it is old"), ["error[p/r] (waived) `\"s\"`: no"]);
    assert_eq!(
        ignored("# stopline: ignore[p/r]"),
        ["error[p/r] `\"s\"`: no", "error[waiver/no-reason] `# stopline: ignore[p/r]`: this ignore does not say why"]
    );
    for reason in ["none", "tbd", "-", "n/a"] {
        let comment = format!("# stopline: ignore[p/r] {reason}");
        let said = format!("error[waiver/no-reason] `{comment}`: this ignore does not say why");
        assert_eq!(ignored(&comment), ["error[p/r] `\"s\"`: no", said.as_str()]);
    }
    assert_eq!(
        ignored("# stopline: ignore[p/q] it is old"),
        ["error[p/r] `\"s\"`: no", "error[waiver/unknown-rule] `p/q`: there is no rule `p/q`"]
    );
    let above = "plan x {\n  # stopline: ignore[p/r] it is old\n\n  service = \"s\"\n  environment = production\n}\n";
    assert_eq!(findings(POLICY, above), ["error[p/r] (waived) `\"s\"`: no"]);
    let elsewhere = "plan x {\n  service = \"s\"\n  environment = production # stopline: ignore[p/r] it is old\n}\n";
    assert_eq!(
        findings(POLICY, elsewhere),
        ["error[p/r] `\"s\"`: no", "warning[waiver/unused] `p/r`: nothing needed this ignore of `p/r`"]
    );
}

#[test]
fn a_waived_mistake_hides_nothing_behind_it() {
    let text = "plan x {\n  service = \"t\"\n  environment = production\n  phase deploy { step a { run = \"true\", needs = [b] } } # stopline: ignore[plan/missing-undo, plan/unknown-step] old\n}\n";
    let found = found(POLICY, text, "2026-11-23T09:00Z");
    assert!(found.iter().any(|line| line.contains(" (waived) ")), "{found:?}");
    assert!(found.iter().any(|line| line.starts_with("error") && !line.contains("(waived)")), "{found:?}");
}

#[test]
fn a_policy_cannot_be_called_as_built_in_diagnostics_are() {
    assert_eq!(
        findings("policy plan { rule missing-undo { on plan require true message \"no\" } }", &plan("")),
        ["error[policy/naming] `plan`: `plan` is how built-in diagnostics are named"]
    );
}
