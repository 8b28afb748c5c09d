//! What is taken for a plan or policy, and what is not.

use super::{Look, may_be_misnamed, misnamed};
use crate::source::SourceMap;

/// What is underlined and what it should be called, if the text is taken for a plan or policy.
fn found(path: &str, text: &str) -> Option<(String, String)> {
    assert!(may_be_misnamed(path).is_some(), "{path}");
    let mut sources = SourceMap::default();
    let finding = misnamed(path, text, &mut sources)?;
    let help = finding.help.unwrap();
    let name = help.strip_prefix("call it `").and_then(|help| help.split('`').next());
    Some((sources.slice(finding.place.unwrap()).to_owned(), name.unwrap().to_owned()))
}

fn is(path: &str, text: &str, underlined: &str, name: &str) {
    assert_eq!(found(path, text), Some((underlined.to_owned(), name.to_owned())), "{path}: {text}");
}

const YAML: &str = "plan: x\nservice: s\nenvironment: production\n";
const PROSE: &str = "# Deployment plan: a\n\n**Service**: shop\n";

#[test]
fn a_plan_is_known_by_what_it_says_in_each_notation() {
    is("a/release.yaml", YAML, "service", "a/release.plan.yaml");
    is("RELEASE.YML", YAML, "service", "RELEASE.plan.yml");
    let json = r#"{"service": "s", "environment": "production", "window": {}}"#;
    is("release.json", json, "\"service\"", "release.plan.json");
    is("release.md", "# R\n**Service**: shop\n**Environment**: production\n", "shop", "release.plan.md");
    is("release.md", PROSE, "shop", "release.plan.md");
    let title = "# Release plan: a\n\nEnvironment: staging\n";
    is("release.md", title, "Release plan: a", "release.plan.md");
}

#[test]
fn a_plan_is_known_under_any_name() {
    is("rel.txt", YAML, "service", "rel.plan.yaml");
    is("rel", "{\"service\": \"s\", \"environment\": \"x\", \"plan\": \"p\"}", "\"service\"", "rel.plan.json");
    is("a.b/rel.conf", PROSE, "shop", "a.b/rel.plan.md");
}

#[test]
fn what_stands_in_the_language_is_known_by_how_it_begins_under_any_name() {
    for path in ["x.txt", "x.md", "x.yaml", "x.json", "x.hcl", "x"] {
        is(path, "plan a {\n  service = \"s\"\n}\n", "a", "x.plan");
        is(path, "\u{feff}# why\n\n  policy team \"T\"\n{ rule r {} }\n", "team", "x.policy");
    }
    is("x.txt", "procedure up(to: version) { step a { run = \"true\" } }\nplan p {}\n", "p", "x.plan");
    is("x.txt", "calendar c { dates = [2026-12-24] }\npolicy p { }\n", "c", "x.policy");
    is("x.txt", "waive a/b { path = \"**\" }\n", "a/b", "x.policy");
    is("x.txt", "test \"t\" for r { expect pass }\n", "r", "x.policy");
    // What is broken is one all the same.
    is("x.txt", "plan a {\n  service = \n", "a", "x.plan");
    is("x.txt", "policy a {\n  rule r { on plan requre x }\n", "a", "x.policy");
}

#[test]
fn what_only_speaks_of_services_and_environments_is_none() {
    for (path, text) in [
        ("compose.yaml", "services:\n  shop:\n    environment: {A: b}\n"),
        ("compose.yaml", "service: s\nenvironment: {A: b}\nwindow: 1\n"),
        ("serverless.yml", "service: shop\nprovider: {environment: {A: b}}\n"),
        ("values.yaml", "service: shop\nenvironment: production\nteam: web\n"),
        ("values.txt", "service: shop\nenvironment: production\nteam: web\n"),
        ("README.md", "# Shop\nThe service reads its environment.\n- Service: see below\n"),
        ("README.md", "# How to write a deployment plan\n\nSay what is deployed.\n\n- [ ] Tests pass\n"),
        ("made.md", "# Release plan: a\n\n## Deployment\n\n- Up: `./up.sh`\n"),
        ("notes.txt", "# Shop\n**Service**: shop\n**Environment**: production\n"),
        ("deploy.sh", "#!/bin/sh\n# Deployment plan: up\nservice: x\n"),
        ("deploy.py", "# Deployment plan\nservice = 1\n"),
        ("broken.json", "{\"service\": \"environment"),
        ("empty.md", ""),
        ("empty.txt", "\n# nothing\n"),
    ] {
        assert_eq!(found(path, text), None, "{path}: {text}");
    }
}

#[test]
fn what_only_begins_with_a_word_of_the_language_is_none() {
    for text in [
        "plan the release {carefully}\nand tell everybody\n",
        "plan a release\n",
        "plan: a {b}\n",
        "planning a { b }\n",
        "policy \"restrict\" {\n  source = \"x\"\n}\n",
        "policy-options { prefix-list a { 10.0.0.0/8; } }\n",
        "plan facts(TargetSpec $targets) {\n}\n",
        "procedure Up(a: Integer);\nbegin\nend;\n",
        "test \"name\" {\n}\n",
        "test('a', () => { })\n",
        "calendar of events\n",
        "resource a { }\nplan b { }\n",
    ] {
        assert_eq!(found("x.txt", text), None, "{text}");
    }
}

#[test]
fn what_is_called_a_plan_or_policy_is_not_looked_at_and_what_may_be_large_not_whole() {
    for path in ["a.plan", "a.plan.yaml", "a.plan.md", "a.policy"] {
        assert_eq!(may_be_misnamed(path), None, "{path}");
    }
    assert_eq!(may_be_misnamed("a.json"), Some(Look::Whole));
    assert_eq!(may_be_misnamed("dump.sql"), Some(Look::Beginning));
}
