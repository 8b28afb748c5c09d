//! Settings in, what is settled and what is wrong out.

use super::{Config, config_schema_text, read_config};
use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;

fn read(text: &str) -> (Config, Vec<String>) {
    let mut sources = SourceMap::default();
    let file = sources.add("stopline.toml", text);
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let config = read_config(file, &sources.get(file).unwrap().shared_text(), &mut diagnostics);
    let said = |finding: &Diagnostic| {
        let cut = finding.place.map_or("", |place| sources.slice(place));
        format!("{} `{cut}`: {}", finding.rule, finding.message)
    };
    let said = diagnostics.iter().map(said).collect();
    (config, said)
}

#[test]
fn everything_a_repository_can_settle() {
    let (config, wrong) = read(
        r#"
packs = ["release", "workflow"]
policies = ["policies/"]
exclude = ["vendor/**"]
baseline = "deploy/baseline.json"

[params.release]
monitoring = "30m"

[severity]
"release/peak-hours" = "error"

[nginx]
root = "deploy/nginx"
version = "1.28.0"

[audit]
per-day = "0.5"
lead-time = "1d"
rollbacks = "2.5%"
"#,
    );
    assert_eq!(wrong, [""; 0]);
    let packs: Vec<&str> = config.packs.unwrap().into_iter().map(|pack| pack.name).collect();
    assert_eq!(packs, ["release", "workflow"]);
    assert_eq!(config.baseline.unwrap().value, "deploy/baseline.json");
    assert_eq!(config.parameters[0].value, "30m");
    assert_eq!(config.severities["release/peak-hours"].value.name(), "error");
    assert_eq!(config.nginx_root.unwrap().value, "deploy/nginx");
    let targets = [config.targets.lead_time.to_string(), config.targets.rollbacks.to_string()];
    assert_eq!((targets, config.targets.per_day.to_string()), (["1d".to_owned(), "2.5%".to_owned()], "0.5".to_owned()));
}

#[test]
fn every_mistake_is_said_where_it_stands() {
    let (_, wrong) = read(
        r#"
pack = ["release"]
policies = "policies/"
exclude = [1]
baseline = ["a.json"]
severity = { "release/freeze" = "off" }
params = { release = { monitoring = [1] } }
nginx = { rot = "x", version = "new" }
audit = { errors = "1", per-day = "none" }
"#,
    );
    assert_eq!(
        wrong,
        [
            "config/unknown-setting `pack`: `stopline.toml` has no setting `pack`",
            "config/wrong-setting `\"policies/\"`: `policies` is a string",
            "config/wrong-setting `1`: `exclude` is a number, not a string",
            "config/wrong-setting `[\"a.json\"]`: `baseline` is a list, not a string",
            "config/wrong-setting `\"off\"`: `off` is no severity",
            "config/wrong-setting `[1]`: `monitoring` is a list",
            "config/unknown-setting `rot`: `[nginx]` has no setting `rot`",
            "config/wrong-setting `\"new\"`: `new` is not a version",
            "config/wrong-setting `\"1\"`: `1` has no `%`",
            "config/wrong-setting `\"none\"`: `none` is no number above zero",
        ]
    );
}

#[test]
fn an_empty_file_settles_nothing() {
    let (config, wrong) = read("# nothing yet\n");
    assert_eq!(wrong, [""; 0]);
    assert!(config.packs.is_none() && config.policies.is_none());
}

#[test]
fn the_schema_takes_what_is_read_and_refuses_what_is_not() {
    let schema: serde_json::Value = serde_json::from_str(&config_schema_text()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&serde_json::json!({"packs": ["release"], "severity": {"a/b": "note"}})));
    assert!(validator.is_valid(&serde_json::json!({"params": {"release": {"monitoring": "30m"}}})));
    assert!(!validator.is_valid(&serde_json::json!({"severity": {"a/b": "off"}})));
    assert!(!validator.is_valid(&serde_json::json!({"pack": []})));
}
