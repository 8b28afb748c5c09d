//! `stopline.toml`: what a repository settles for every run.

use crate::door::{Cli, repository};

const AT: &str = "2026-11-23T09:00+01:00";
const POLICY: &str = r#"
policy team "Team" {
  param least: number = 2 "The fewest"

  rule replicas "Too few" {
    on json in "**/app.json" as app
    require app.replicas >= least
    at app.replicas
    message "{app.replicas} is fewer than {least}"
  }
}
"#;

fn check(config: &str) -> Cli {
    Cli::new(&["check", "--format", "concise", "--at", AT])
        .file("stopline.toml", config)
        .file("policies/team.policy", POLICY)
        .file("app.json", "{\"replicas\": 2}")
}

#[test]
fn parameters_weights_and_what_is_left_out_are_settled_once() {
    check("packs = []\n").run().is(0, "GO    0 errors  (2 files)\n", "");
    let stricter = check("packs = []\n[params.team]\nleast = 3\n").run();
    assert_eq!(stricter.status, 1, "{stricter:?}");
    assert!(stricter.output.starts_with("app.json:1:14: error[team/replicas] 2 is fewer than 3\n"), "{stricter:?}");
    let lighter = "packs = []\n[params.team]\nleast = 3\n[severity]\n\"team/replicas\" = \"warning\"\n";
    let lighter = check(lighter).run();
    assert_eq!(lighter.status, 0, "{lighter:?}");
    assert!(lighter.output.starts_with("app.json:1:14: warning[team/replicas]"), "{lighter:?}");
    let excluded = check("packs = []\nexclude = [\"old/\"]\n").file("old/sub/app.json", "{\"replicas\": 1}").run();
    excluded.is(0, "GO    0 errors  (2 files)\n", "");
    let seen = check("packs = []\n").file("old/sub/app.json", "{\"replicas\": 1}").run();
    assert_eq!(seen.status, 1, "{seen:?}");
}

#[test]
fn it_is_found_upward_and_its_paths_are_seen_from_where_it_stands() {
    let config = "packs = []\npolicies = [\"policies\"]\nexclude = [\"deploy/old\"]\n";
    let came = check(config)
        .file("deploy/app.json", "{\"replicas\": 1}")
        .file("deploy/old/app.json", "{\"replicas\": 0}")
        .from("deploy")
        .run();
    assert_eq!(came.status, 1, "{came:?}");
    assert_eq!(came.output.matches("team/replicas").count(), 1, "{came:?}");
    assert!(came.output.starts_with("app.json:1:14: error[team/replicas] 1 is fewer than 2\n"), "{came:?}");
}

#[test]
fn a_mistake_in_it_leaves_the_run_undecided_at_its_place() {
    for (config, said) in [
        ("pack = []\n", "stopline.toml:1:1: error[config/unknown-setting]"),
        ("packs = []\n[severity]\n\"team/replicsa\" = \"note\"\n", "stopline.toml:3:19: error[config/unknown-rule]"),
        ("packs = []\n[params.team]\nlesat = 3\n", "stopline.toml:3:9: error[policy/unknown-parameter]"),
        ("packs = [\n", "error[document/syntax]"),
        (
            "packs = [\"release\", \"realease\"]\n",
            "stopline.toml:1:21: error[config/wrong-setting] there is no pack `realease`",
        ),
        ("packs = []\nexclude = [\"a[\"]\n", "stopline.toml:2:12: error[config/wrong-setting] `a[` is no pattern"),
        (
            "packs = []\npolicies = [\"policys\"]\n",
            "stopline.toml:2:13: error[config/wrong-setting] there is no file or folder `policys`",
        ),
    ] {
        let came = check(config).run();
        assert_eq!(came.status, 2, "{came:?}");
        assert!(came.output.contains(said), "{said}: {came:?}");
    }
    let unreadable = check("").file("stopline.toml", [0xff]).run();
    assert_eq!(unreadable.status, 2, "{unreadable:?}");
    let said = "stopline.toml:1:1: error[document/unreadable] `stopline.toml` cannot be read: it is not UTF-8";
    assert!(unreadable.output.contains(said), "{unreadable:?}");
}

#[test]
fn a_policy_that_is_called_like_a_pack_is_told_so_at_its_own_name() {
    let own = "policy release \"Ours\" {\n  rule x \"X\" {\n    on plan\n    require plan.ticket exists\n    message \"no\"\n  }\n}\n";
    for packs in ["", "packs = [\"release\"]\n"] {
        let came = check(packs).file("release.policy", own).run();
        assert_eq!(came.status, 2, "{came:?}");
        assert!(came.output.contains("release.policy:1:8: error[policy/duplicate-policy]"), "{came:?}");
    }
}

#[test]
fn it_can_be_left_aside_or_named() {
    let arguments = ["check", "app.json", "--policy", "policies", "--format", "concise"];
    let strict = "[params.team]\nleast = 9\n";
    let with = |more: &[&str]| {
        Cli::new(&[&arguments[..], more].concat())
            .file("stopline.toml", strict)
            .file("other.toml", "")
            .file("policies/team.policy", POLICY)
            .file("app.json", "{\"replicas\": 2}")
            .run()
    };
    assert_eq!(with(&[]).status, 1);
    assert_eq!(with(&["--no-config"]).status, 0);
    assert_eq!(with(&["--config", "other.toml"]).status, 0);
    assert_eq!(with(&["--config", "nowhere.toml"]).status, 2);
}

#[test]
fn its_schema_is_kept() {
    let schema = repository("schemas/config.schema.json");
    assert!(schema.contains("\"exclude\""), "{schema}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_left_out_is_not_entered_and_that_is_said_to_whoever_asks() {
    let with = |exclude: &str| {
        Cli::new(&["check", "--format", "concise", "--at", AT, "--verbose"])
            .file("stopline.toml", format!("packs = []\nexclude = [{exclude}]\n"))
            .file("policies/team.policy", POLICY)
            .file("app.json", "{\"replicas\": 2}")
            .file("vendor/theirs/their.plan", "plan x")
            .link("vendor/theirs/round.plan", "round.plan")
            .run()
    };
    let entered = with("");
    assert_eq!(entered.output.matches("document/unreadable").count(), 1, "{entered:?}");
    let left_out = with("\"vendor/\"");
    assert_eq!(left_out.status, 0, "{left_out:?}");
    let said = "passed over `vendor/theirs/their.plan`: `stopline.toml` leaves it out";
    assert!(left_out.error.contains(said), "{left_out:?}");
}
