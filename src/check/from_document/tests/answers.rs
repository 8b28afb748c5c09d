//! A yes or a no is no text, and what says nothing gives no reason: neither opens a door, in whatever coat it comes.

use super::{complaints, in_language};
use crate::check::plan::check_plan;
use crate::document::Format::{Json, Yaml};
use crate::source::FileId;

/// What is said of a plan in YAML with this step in it and this at its end.
fn yaml(step: &str, rest: &str) -> String {
    let step = format!("- {{step: a, run: x{step}}}");
    complaints(
        Yaml,
        &format!("plan: p\nservice: s\nenvironment: local\nphases: [{{phase: deploy, steps: [\n{step}\n]}}]\n{rest}")
            .replace("- {step", "{step"),
    )
}

#[test]
fn a_plain_yes_or_no_of_yaml_is_no_text() {
    for word in ["false", "true", "no", "No", "NO", "yes", "on", "off", "Off", "TRUE"] {
        for (step, rest) in [
            (String::new(), format!("urgent: {word}\n")),
            (String::new(), format!("ticket: {word}\n")),
            (String::new(), format!("staged: {{at: 2026-11-24, evidence: {word}}}\n")),
            (String::new(), format!("checklists: [{{title: t, items: [{{title: i, skip: {word}}}]}}]\n")),
            (String::new(), format!("checklists: [{{title: t, items: [{{title: i, evidence: {word}}}]}}]\n")),
            (format!(", irreversible: {word}"), String::new()),
            (format!(", undo: {word}"), String::new()),
            (format!(", verify: {word}"), String::new()),
            (format!(", undo: &no {word}, verify: *no"), String::new()),
            (format!(", capture: {{OLD: {word}}}"), String::new()),
        ] {
            let said = yaml(&step, &rest);
            assert!(said.contains("plan/type-mismatch: expected a string, found "), "{word} {step}{rest}\n{said}");
            assert!(said.contains("quote it if it is meant as a text, or leave it out"), "{said}");
            assert!(said.contains(&format!("`{word}` plan/type-mismatch")), "{said}");
        }
    }
    assert_eq!(
        complaints(Yaml, "plan: p\nservice: no\nenvironment: local\nurgent: 'fire in no. 5'\n"),
        "\
2:10 `no` plan/type-mismatch: expected a string, found the word `no`
  quote it if it is meant as a text, or leave it out
"
    );
}

#[test]
fn numbers_and_variables_of_the_environment_stay_what_they_are() {
    assert_eq!(yaml(", env: {DEBUG: true, COLOUR: off, LEVEL: 3}", "version: 1.10\nticket: 4711\n"), "");
    assert_eq!(yaml(", undo: \"true\", verify: './no'", "urgent: |\n  no other day\n"), "");
}

#[test]
fn what_says_nothing_is_no_reason() {
    for word in
        ["no", "None", " n/a ", "0", "-", "?", "TBD", "todo", "nope", "FALSE", "(none)", "...", "yes", "not urgent"]
    {
        for (name, text) in [
            ("urgent", format!("urgent = \"{word}\"")),
            ("ticket", format!("ticket = \"{word}\"")),
            ("evidence", format!("staged {{ at = 2026-11-24, evidence = \"{word}\" }}")),
            ("ticket", format!("change c {{ kind = fix, ticket = \"{word}\" }}")),
            ("flag", format!("change c {{ kind = fix, flag = \"{word}\" }}")),
            ("skip", format!("checklist l {{ item i {{ skip = \"{word}\" }} }}")),
            ("evidence", format!("checklist l {{ item i {{ evidence = \"{word}\" }} }}")),
            ("irreversible", format!("phase deploy {{ step a {{ run = \"x\", irreversible = \"{word}\" }} }}")),
            (
                "irreversible",
                format!("phase deploy {{ strategy recreate {{ run = \"x\", irreversible = \"{word}\" }} }}"),
            ),
        ] {
            let plan = in_language(&format!("plan p {{ service = \"s\", environment = local, {text} }}"));
            let mut said = Vec::new();
            check_plan(FileId::default(), &plan, &mut said);
            let said: Vec<String> = said.iter().map(|said| format!("{}: {}", said.rule, said.message)).collect();
            let wanted = format!("plan/impossible-value: `{}` says nothing", word.trim());
            assert!(said.contains(&wanted), "{name} {text}\n{said:?}");
        }
    }
    for (said, place) in [
        (
            complaints(Json, r#"{"plan": "p", "service": "s", "environment": "local", "urgent": "n/a"}"#),
            "1:65 `\\\"n/a\\\"`",
        ),
        (complaints(Yaml, "plan: p\nservice: s\nenvironment: local\nurgent: n/a\n"), "4:9 `n/a`"),
    ] {
        let wanted = format!(
            "{place} plan/impossible-value: `n/a` says nothing\n  say what is so, or leave the attribute out\n"
        );
        assert_eq!(said, wanted);
    }
}

#[test]
fn what_says_nothing_is_no_command() {
    for word in ["none", "n/a", "no", "-", "?", "TBD", "todo", "0", "..."] {
        let said = yaml(&format!(", undo: \"{word}\""), "");
        assert!(said.contains(&format!("plan/impossible-value: `{word}` is no command")), "{word}\n{said}");
    }
    for command in ["true", "false", ":", "yes", ".", "./no", "$TBD", "n", "/opt/tbd"] {
        assert_eq!(yaml(&format!(", undo: \"{command}\""), ""), "");
    }
}

#[test]
fn what_has_a_reason_in_it_is_one() {
    for reason in [
        "no other window",
        "0 customers are left",
        "CVE-2026-1",
        "#0815",
        "1",
        "нет другого дня",
        "緊急",
        "done by hand",
    ] {
        assert_eq!(yaml("", &format!("urgent: \"{reason}\"\n")), "", "{reason}");
    }
}
