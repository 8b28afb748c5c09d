//! A rule beside a schema: what is said of it, at which words.

use super::SHIPPED_SCHEMAS;
use crate::check::policy::{NamedFiles, check_policy};
use crate::source::SourceMap;
use crate::syntax::ast::Item;
use crate::syntax::parse;

const SITE: &str = r##"{
  "type": "object",
  "properties": {
    "name": {"type": "string"},
    "port": {"type": "integer"},
    "kind": {"enum": ["mariadb", "postgres"]},
    "level": {"enum": [1, 2.0]},
    "debug": {"type": ["boolean", "integer"]},
    "tags": {"type": "array", "items": {"type": "string"}},
    "owner": {"$ref": "#/$defs/person"},
    "people": {"type": "array", "items": {"$ref": "#/$defs/person"}},
    "free": {"description": "whatever"},
    "elsewhere": {"$ref": "https://example.com/schema.json"},
    "either": {"anyOf": [{"type": "string"}, {"type": "object", "properties": {"url": {"type": "string"}}, "additionalProperties": false}]},
    "named": {"type": "object", "additionalProperties": {"type": "number"}},
    "pattern": {"type": "object", "properties": {"alpha": {}}, "patternProperties": {"^x": {}}, "additionalProperties": false}
  },
  "$defs": {
    "person": {
      "type": "object",
      "properties": {"mail": {"type": "string"}, "boss": {"$ref": "#/$defs/person"}},
      "additionalProperties": false
    }
  }
}"##;

/// What is said of a rule on `json as site`, each with the words it underlines; `…` stands for its message.
fn said(schema: &str, clauses: &str) -> Vec<String> {
    let (before, after) = clauses.split_once("…").unwrap_or((clauses, ""));
    of_rule(schema, &format!("on json as site\n {before}\n message \"no\"\n {after}"))
}

fn of_rule(schema: &str, rule: &str) -> Vec<String> {
    let mut sources = SourceMap::default();
    let text = format!("policy p {{ rule r {{ schema = \"./s.json\"\n {rule} }} }}");
    let file = sources.add("p.policy", text.as_str());
    let named = NamedFiles::from([((file, "./s.json".to_owned()), sources.add("s.json", schema))]);
    let parsed = parse(file, &text);
    assert!(parsed.diagnostics.is_empty(), "{:#?}", parsed.diagnostics);
    let Some(Item::Policy(policy)) = parsed.tree.items.into_iter().next() else { panic!("a policy") };
    let mut said = Vec::new();
    let checked = check_policy(file, &policy, &[], &named, &[], &sources, &mut said);
    assert_eq!(checked.rules.is_empty(), !said.is_empty(), "a rule is left out exactly where something is wrong");
    let shown = said.iter().map(|said| {
        assert!(said.undecided);
        let help = said.help.as_ref().map_or_else(String::new, |help| format!(" ({help})"));
        format!("{}: {}{help}", sources.slice(said.place.unwrap()), said.message)
    });
    shown.collect()
}

#[track_caller]
fn refused(condition: &str, expected: &str) {
    assert_eq!(said(SITE, &format!("require {condition}")), [expected], "{condition}");
}

#[track_caller]
fn taken(condition: &str) {
    assert_eq!(said(SITE, &format!("require {condition}")), [""; 0], "{condition}");
}

#[test]
fn misspelt_fields_are_found_without_any_document() {
    refused(
        "site.nmae == \"a\"",
        "nmae: `site` has no `nmae`, says the schema `./s.json` (did you mean `name`? a field that the schema does not name is asked for with `site[\"nmae\"]`)",
    );
    refused(
        "site.owner.mial exists",
        "mial: `site.owner` has no `mial`, says the schema `./s.json` (did you mean `mail`?)",
    );
    refused(
        "site.owner.boss.boss.phone exists",
        "phone: `site.owner.boss.boss` has no `phone`, says the schema `./s.json` (it has `mail` or `boss`)",
    );
    refused(
        "every p in site.people: p.mial == \"a\"",
        "mial: `p` has no `mial`, says the schema `./s.json` (did you mean `mail`?)",
    );
    refused(
        "site.owner[\"mial\"] exists",
        "[\"mial\"]: `site.owner` has no `mial`, says the schema `./s.json` (did you mean `mail`?)",
    );
    refused("site.name.first exists", "first: `site.name` is a string: it has no `first`");
}

#[test]
fn every_clause_is_read() {
    let expected = "mial: `site.owner` has no `mial`, says the schema `./s.json` (did you mean `mail`?)";
    for clauses in [
        "require true at site.owner.mial",
        "forbid site.debug == 1 unless site.owner.mial exists",
        "require true … help \"{site.owner.mial}\"",
        "require not (site.owner.mial exists)",
        "require if site.port > 1 then site.owner.mial == \"a\" else true",
        "require len(site.owner.mial) > 1",
        "require site.name in [\"a\", site.owner.mial]",
        "require true … fix set site.owner.mial = \"a\"",
    ] {
        assert_eq!(said(SITE, clauses), [expected], "{clauses}");
    }
    let when = of_rule(SITE, "on json as site when site.owner.mial exists\n require true\n message \"no\"");
    assert_eq!(when, [expected]);
    let witness = said(SITE, "require every p in site.people: p.mail exists\n at p.mial");
    assert_eq!(witness, ["mial: `p` has no `mial`, says the schema `./s.json` (did you mean `mail`?)"]);
}

#[test]
fn comparisons_that_never_fit_are_found() {
    refused("site.port == \"80\"", "site.port == \"80\": a number cannot be compared with a string by `==`");
    refused("site.name > 3", "site.name > 3: a string cannot be compared with a number by `>`");
    refused(
        "site.debug == \"on\"",
        "site.debug == \"on\": `true` or `false` or a number cannot be compared with a string by `==`",
    );
    refused("site.port < 4h", "site.port < 4h: a number cannot be compared with a duration such as `30m` by `<`");
    refused(
        "site.port matches /^8/",
        "site.port matches /^8/: `matches` asks whether a string fits a pattern, not whether a number fits a pattern such as `/^v\\d+/`",
    );
    refused(
        "site.tags contains 3",
        "site.tags contains 3: `contains` asks whether a list holds a value or a string a string, not whether a list of values holds a number",
    );
    refused(
        "3 in site.tags",
        "3 in site.tags: `in` asks whether a list holds a value, not whether a list of values holds a number",
    );
    refused("every t in site.port: t == 1", "site.port: this goes through a list, but `site.port` is a number");
    refused(
        "site.port",
        "site.port: a condition is true or false, but `site.port` is a number (compare it with something, or ask whether it `exists`)",
    );
    refused("lower(site.port) == \"a\"", "site.port: `lower` does not take a number (it gives the text in lower case)");
    refused("site.port[0] == 1", "site.port[0]: a number has no elements");
}

#[test]
fn values_that_never_stand_there_are_found() {
    refused(
        "site.kind == \"postgre\"",
        "\"postgre\": `postgre` never stands there, says the schema `./s.json` (did you mean `postgres`?)",
    );
    refused(
        "\"oracle\" != site.kind",
        "\"oracle\": `oracle` never stands there, says the schema `./s.json` (it may be `mariadb` or `postgres`)",
    );
    refused(
        "site.kind in [\"mariadb\", \"postgre\"]",
        "\"postgre\": `postgre` never stands there, says the schema `./s.json` (did you mean `postgres`?)",
    );
    refused("site.level == 3", "3: `3` never stands there, says the schema `./s.json` (it may be `1` or `2`)");
    taken("site.level == 2");
    taken("(site.kind ?? \"none\") == \"none\"");
    taken("site.kind != \"mariadb\"");
}

#[test]
fn what_cannot_be_typed_may_be_anything() {
    for condition in [
        "site.free == 3 and site.free == \"a\" and site.free.x.y exists",
        "site.elsewhere.x == 3",
        "site.unheard_of == 3",
        "site[\"nmae\"] == \"a\"",
        "site.either == \"a\"",
        "site.either.url == \"a\"",
        "site.named.x > 3",
        "site.pattern.x1 exists",
        "site.debug == true and site.debug == 1",
        "duration(site.name) <= 4h",
        "number(site.port) == 1",
        "site.name == @alice",
        "some p in as_list(site.owner): p.mail == \"a\"",
        "(site.port ?? 0) + 1 > 2",
        "site.tags[0] == \"a\"",
        "text(site.port) in [\"80\"]",
    ] {
        taken(condition);
    }
}

#[test]
fn a_field_of_one_alternative_alone_is_typed_by_it() {
    refused(
        "site.either.urk == \"a\"",
        "urk: `site.either` has no `urk`, says the schema `./s.json` (did you mean `url`?)",
    );
    refused("site.named.x == \"a\"", "site.named.x == \"a\": a number cannot be compared with a string by `==`");
    refused(
        "some p in as_list(site.owner): p.mial == \"a\"",
        "mial: `p` has no `mial`, says the schema `./s.json` (did you mean `mail`?)",
    );
}

#[test]
fn a_fix_sets_what_may_stand_there() {
    let fixed = |fix: &str| said(SITE, &format!("require site.free exists … fix set {fix}"));
    assert_eq!(fixed("site.port = 80"), [""; 0]);
    assert_eq!(
        fixed("site.port = \"80\""),
        ["\"80\": `site.port` is a number, and cannot be set to a string (write a number)"]
    );
    assert_eq!(
        fixed("site.kind = \"postgre\""),
        ["\"postgre\": `postgre` never stands there, says the schema `./s.json` (did you mean `postgres`?)"]
    );
}

#[test]
fn a_schema_that_is_broken_is_said_where_it_is() {
    let of = |schema: &str| said(schema, "require site.a exists");
    assert_eq!(of(r#"{"type": "strng"}"#), ["\"strng\": `strng` is no type of JSON Schema (did you mean `string`?)"]);
    assert_eq!(of(r#"{"properties": []}"#), ["[]: `properties` holds schemas by their names"]);
    assert_eq!(of(r#"{"properties": {"a": 3}}"#), ["3: a schema is a mapping, `true` or `false`"]);
    assert_eq!(of(r#"{"anyOf": []}"#), ["[]: `anyOf` is a list of schemas, and not an empty one"]);
    assert_eq!(of(r##"{"$ref": "#/$defs/x"}"##), ["\"#/$defs/x\": `#/$defs/x` leads nowhere in this schema"]);
    let slip = "is no keyword of JSON Schema, so what it says would count for nothing (did you mean";
    assert_eq!(
        of(r#"{"propertes": {"a": {}}, "additionalProperties": false}"#),
        [format!("\"propertes\": `propertes` {slip} `properties`?)")]
    );
    assert_eq!(of(r#"{"properties": {"a": {"Type": "string"}}}"#), [format!("\"Type\": `Type` {slip} `type`?)")]);
    assert_eq!(of(r#"{"properties": {"propertes": {}, "Type": {}}, "x-type": 1}"#), [""; 0]);
    assert_eq!(
        of("false"),
        [
            "false: no document fits this schema: it is `false` (leave `schema` out, or name one that some document fits)"
        ]
    );
    assert_eq!(of("[1]"), ["[1]: a schema is a mapping, `true` or `false`"]);
    assert_eq!(of("{").len(), 1);
    assert_eq!(of("").len(), 1);
}

#[test]
fn no_schema_hangs_or_exhausts_anything() {
    let around = r##"{"$ref": "#", "properties": {"a": {"$ref": "#/properties/a"}}}"##;
    assert_eq!(said(around, "require site.a.b.c == 3 and site.b exists"), [""; 0]);
    let wide = format!(
        r#"{{"type": "object", "properties": {{"a": {{"allOf": [{}]}}}}}}"#,
        [r#"{"anyOf": [{}, {}, {}]}"#; 12].join(", ")
    );
    assert_eq!(said(&wide, "require site.a == 3"), [""; 0]);
}

#[test]
fn only_documents_that_say_themselves_what_they_hold_have_one() {
    assert_eq!(
        of_rule(SITE, "on workflow\n require workflow.name exists\n message \"no\""),
        [
            "\"./s.json\": a schema types documents that say themselves what they hold: `json`, `yaml` and `toml` (leave `schema` out)"
        ]
    );
    assert_eq!(of_rule(SITE, "on plan\n require plan.service exists\n message \"no\"").len(), 1);
}

#[test]
fn what_is_shipped_is_json_schema() {
    for (name, text) in SHIPPED_SCHEMAS {
        let schema: serde_json::Value = serde_json::from_str(text).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        let site = serde_json::json!({"db_name": "a", "deny_multiple_sessions": 1, "an_app": {"key": 3}});
        assert!(jsonschema::is_valid(&schema, &site), "{name}");
        assert_eq!(
            said(text, "require site.deny_multiple_sessions == 1 and site.session_expiry exists").len(),
            0,
            "{name}"
        );
    }
}
