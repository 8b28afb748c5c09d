//! A plan is the same plan, whatever it is written in.

use super::{JSON, LANGUAGE, YAML, complaints, in_language, plan};
use crate::document::Format::{Json, Jsonc, Yaml};

#[test]
fn the_example_is_one_tree_in_all_three() {
    let language = in_language(LANGUAGE);
    assert_eq!(plan(Yaml, YAML), language);
    assert_eq!(plan(Json, JSON), language);
    assert_eq!(plan(Yaml, JSON), language, "JSON is YAML");
    assert_eq!(plan(Jsonc, JSON), language);
}

#[test]
fn the_example_has_nothing_wrong() {
    assert_eq!(complaints(Yaml, YAML), "");
    assert_eq!(complaints(Json, JSON), "");
}

/// A phase with one entry, in YAML and in the language.
#[track_caller]
fn same_action(yaml: &str, language: &str) {
    let yaml = format!("plan: p\nphases:\n  - phase: deploy\n    steps:\n      - {yaml}\n");
    let language = format!("plan p {{\n phase deploy {{\n {language}\n }}\n}}");
    assert_eq!(plan(Yaml, &yaml), in_language(&language), "{yaml}");
}

/// One key of a plan, in YAML and in the language.
#[track_caller]
fn same_key(yaml: &str, language: &str) {
    assert_eq!(plan(Yaml, &format!("plan: p\n{yaml}\n")), in_language(&format!("plan p {{\n{language}\n}}")), "{yaml}");
}

#[test]
fn an_id_stands_under_the_kind_or_under_id_and_a_title_needs_none() {
    let language = in_language("plan a-1 \"A b\" {}");
    assert_eq!(plan(Yaml, "{plan: a-1, title: A b}"), language);
    assert_eq!(plan(Yaml, "{id: a-1, title: A b}"), language);
    assert_eq!(plan(Yaml, "{title: A b}"), in_language("plan \"A b\" {}"));
    assert_eq!(plan(Yaml, "{plan: A b}"), in_language("plan \"A b\" {}"));
}

#[test]
fn values_are_read_as_their_attribute_wants_them() {
    same_key("risk: high", "risk = high");
    same_key("risk: 'high'", "risk = high");
    same_key("data: [pii, \"phi\"]", "data = [pii, phi]");
    same_key("service: checkout", "service = \"checkout\"");
    same_key("service: production", "service = \"production\"");
    same_key("window: {start: 2026-11-24, duration: 1h30m}", "window { start = 2026-11-24, duration = 1h30m }");
    same_key("window: {start: '2026-11-24T10:00[UTC]'}", "window { start = 2026-11-24T10:00[UTC] }");
    same_key("team: {lead: '@a', approvers: ['@b']}", "team { lead = @a, approvers = [@b] }");
    same_key("checklists: [{title: T, due: T-1w}]", "checklist \"T\" { due = T-1w }");
    same_key("checklists: [{title: T, due: 2026-11-24}]", "checklist \"T\" { due = 2026-11-24 }");
    same_action("{hold: h, by: [approvers, '@b'], needs: 2}", "hold h { by = [approvers, @b], needs = 2 }");
    same_action("{step: s, run: a, changes: false}", "step s { run = \"a\", changes = false }");
    same_action("{step: s, run: a, needs: [b, c d]}", "step s { run = \"a\", needs = [b, \"c d\"] }");
}

#[test]
fn an_item_was_done_or_was_done_at_some_time() {
    same_key(
        "checklists: [{checklist: c, items: [{item: i, done: true}, {item: j, done: 2026-11-20}]}]",
        "checklist c {\n item i { done = true }\n item j { done = 2026-11-20 }\n}",
    );
}

#[test]
fn what_yaml_takes_for_numbers_is_the_text_that_was_written() {
    same_key("service: 007", "service = \"007\"");
    same_key("version: 1.10", "version = \"1.10\"");
    assert_eq!(plan(Yaml, "{plan: p, title: 12}"), in_language("plan p \"12\" {}"));
    same_action(
        "{step: s, run: a, env: {N: 1.10, F: yes, T: True}}",
        "step s { run = \"a\", env = { N = \"1.10\", F = \"yes\", T = \"True\" } }",
    );
}

#[test]
fn commands_keep_their_lines_and_quotes() {
    same_action("step: s\n        run: |-\n          a \"b\"\n          c", "step s { run = \"\"\"a \"b\"\nc\"\"\" }");
    same_action(r#"{step: s, run: "a \"b\" \\ c"}"#, r#"step s { run = """a "b" \ c""" }"#);
}

#[test]
fn every_kind_of_action_stands_in_one_list_in_its_order() {
    same_action(
        "notify: Tell them\n        run: a\n      - step: s\n        run: b\n      - watch: w\n        for: 5m",
        "notify \"Tell them\" { run = \"a\" }\n step s { run = \"b\" }\n watch w { for = 5m }",
    );
    same_action(
        "parallel:\n          limit: 2\n          steps: [{step: a, run: x}, {title: B c, run: y}]",
        "parallel {\n limit = 2\n step a { run = \"x\" }\n step \"B c\" { run = \"y\" }\n }",
    );
    same_action("{strategy: blue-green, run: a}", "strategy blue-green { run = \"a\" }");
}

#[test]
fn parameters_of_a_procedure_are_what_they_look_like() {
    same_action(
        "{use: restart, unit: checkout, wait: 30s, share: 5%, by: '@a', at: 2026-11-24, n: 3, id: x, step: y}",
        "use restart { unit = \"checkout\", wait = 30s, share = 5%, by = @a, at = 2026-11-24, n = 3, id = \"x\", step = \"y\" }",
    );
    // What some readers of YAML take for a truth is no text unless it is quoted.
    same_action("{use: restart, mode: off, on: 'off'}", "use restart { mode = off, on = \"off\" }");
    same_action(
        "{use: restart, text: '\"30s\"', version: v1.2.3, path: /etc/, list: [1h, a]}",
        "use restart { text = \"30s\", version = \"v1.2.3\", path = \"/etc/\", list = [1h, \"a\"] }",
    );
}

#[test]
fn red_flags_are_clauses() {
    same_key(
        "redflags: [{redflag: f, then: hold, for: 1m, stop: metric.a > 5%, during: deploy, controls: [A]}]",
        "redflag f {\n controls = [\"A\"]\n during deploy\n stop when metric.a > 5% for 1m\n then hold\n }",
    );
}

#[test]
fn anchors_and_merges_stand_for_what_they_name() {
    let text = "\
plan: p
phases:
  - phase: deploy
    steps:
      - &first {step: a, run: x, timeout: 5m}
      - {<<: *first, step: b}
";
    let language = "plan p { phase deploy {
        step a { run = \"x\", timeout = 5m }
        step b { run = \"x\", timeout = 5m }
    } }";
    assert_eq!(plan(Yaml, text), in_language(language));
}
