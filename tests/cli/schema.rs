//! `stopline schema`.

use crate::door::{Cli, repository};

#[test]
fn schemas_are_those_of_the_repository() {
    for name in ["config", "plan", "report", "audit", "site_config", "common_site_config", "system_settings"] {
        let schema = repository(&format!("schemas/{name}.schema.json"));
        Cli::new(&["schema", name]).run().is(0, &schema, "");
    }
}

/// A policy whose one rule names `schema` and asks for `port` of `settings.json`.
fn policy(schema: &str, condition: &str) -> String {
    format!(
        "policy p \"P\" {{\n  rule r \"R\" {{\n    schema = \"{schema}\"\n\n    on json in \"settings.json\" as s\n    \
         require {condition}\n    message \"m\"\n  }}\n}}\n"
    )
}

const SCHEMA: &str = "{\n  \"type\": \"object\",\n  \"properties\": {\"port\": {\"type\": \"integer\"}}\n}\n";

fn check(schema: &str, condition: &str) -> Cli {
    Cli::new(&["check", ".", "--policy", "rules/p.policy", "--format", "concise"])
        .file("rules/p.policy", policy(schema, condition))
        .file("settings.json", "{\"port\": 80}")
}

#[test]
fn a_schema_beside_the_policy_types_the_rule() {
    let came = check("s.json", "s.port == 80").file("rules/s.json", SCHEMA).run();
    assert_eq!(came.status, 0, "{came:?}");
    let came = check("s.json", "s.prot == 80").file("rules/s.json", SCHEMA).run();
    assert_eq!(came.status, 2, "{came:?}");
    let expected = "rules/p.policy:6:15: error[policy/unknown-name] `s` has no `prot`, says the schema `s.json`";
    assert!(came.output.contains(expected), "{came:?}");
}

#[test]
fn a_schema_that_cannot_be_read_leaves_the_run_undecided() {
    for (name, schema, expected) in [
        ("s.json", "{", "rules/s.json:1:1: error[document/"),
        ("s.json", "{\"type\": \"objekt\"}", "rules/s.json:1:10: error[policy/impossible-value] `objekt` is no type"),
        ("t.json", SCHEMA, "rules/p.policy:3:14: error[document/unreadable] this schema cannot be read: "),
        ("site_confg", SCHEMA, "rules/p.policy:3:14: error[policy/unknown-name] Stopline ships no schema `site_confg`"),
    ] {
        let came = check(name, "s.port == 80").file("rules/s.json", schema).run();
        assert_eq!(came.status, 2, "{came:?}");
        assert!(came.output.contains(expected), "{expected}: {came:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_no_result() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_stopline"));
    let came = command.args(["schema", "plan"]).stdout(full).output().unwrap();
    assert_eq!(came.status.code(), Some(2), "{came:?}");
    assert!(came.stderr.starts_with(b"error: standard output cannot be written: "), "{came:?}");
}
