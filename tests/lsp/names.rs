//! Where things are declared, where they are spoken of, and other names for them.

use serde_json::{Value, json};

use crate::client::{Client, client};
use crate::samples::{ALONE, PLAN, POLICY};

/// What each of the locations cuts out of which text, with its line.
fn cuts(client: &Client, locations: &Value) -> Vec<String> {
    let folder = client.uri("");
    let locations = locations.as_array().cloned().unwrap_or_default();
    let mut cuts: Vec<String> = locations
        .iter()
        .map(|location| {
            let name = location["uri"].as_str().unwrap().strip_prefix(&folder).unwrap().trim_start_matches('/');
            let line = location["range"]["start"]["line"].as_u64().unwrap() + 1;
            format!("{name}:{line} {}", client.cut(name, &location["range"]))
        })
        .collect();
    cuts.sort();
    cuts
}

fn with(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1)
}

#[test]
fn a_step_a_metric_a_phase_and_a_role_lead_to_where_they_are_declared() {
    for (old, new, wanted) in [
        ("[fetch]", "[fet‸ch]", "a.plan:17 fetch"),
        ("metric.error-rate", "metric.error‸-rate", "a.plan:13 error-rate"),
        ("during deploy,", "during de‸ploy,", "a.plan:15 deploy"),
        ("by = [approvers]", "by = [appro‸vers]", "a.plan:6 approvers"),
    ] {
        let mut client = client(&[ALONE, ("shop.policy", POLICY)]);
        let position = client.open("a.plan", &with(PLAN, old, new));
        let found = client.ask("textDocument/definition", &client.place("a.plan", &position));
        assert_eq!(cuts(&client, &found), [wanted]);
    }
}

#[test]
fn procedures_parameters_and_calendars_lead_to_where_they_are_declared() {
    let plan = "procedure go(unit: string) {\n  step s { run = \"true\", env = { U = unit } }\n}\n\nplan a {\n  phase deploy {\n    use go { unit = \"x\" }\n  }\n}\n";
    for (text, old, new, wanted) in [
        (plan, "use go", "use g‸o", "a.plan:1 go"),
        (plan, "{ unit = \"x\"", "{ un‸it = \"x\"", "a.plan:1 unit"),
        (plan, "U = unit", "U = un‸it", "a.plan:1 unit"),
        (POLICY, ">= watching", ">= watch‸ing", "a.plan:2 watching"),
        (POLICY, "{watching}", "{watch‸ing}", "a.plan:2 watching"),
        (POLICY, "overlaps year-end", "overlaps year-‸end", "a.plan:4 year-end"),
        (POLICY, "w.for", "w‸.for", "a.plan:18 w"),
    ] {
        let mut client = client(&[ALONE]);
        let position = client.open("a.plan", &with(text, old, new));
        let found = client.ask("textDocument/definition", &client.place("a.plan", &position));
        assert_eq!(cuts(&client, &found), [wanted], "{new}");
    }
}

const WAIVED: &str = "waive shop/friday { plan = checkout, reason = \"r\", by = @cto, until = 2030-12-31 }\n";
const IGNORED: &str = "# stopline: ignore[shop/friday] agreed\nplan: b\nservice: s\nenvironment: production\n";
const WEIGHED: &str = "packs = []\n[severity]\n\"shop/friday\" = \"warning\"\n";

fn folder() -> Client {
    let plan = format!("{PLAN}\n{WAIVED}");
    let policy = format!("{POLICY}\ntest \"t\" for friday {{\n  given plan \"\"\"x\"\"\"\n  expect pass\n}}\n");
    client(&[
        ("stopline.toml", WEIGHED),
        ("shop.policy", policy.as_str()),
        ("a.plan", plan.as_str()),
        ("b.plan.yaml", IGNORED),
    ])
}

#[test]
fn a_rule_is_found_in_waivers_tests_ignores_and_settings_of_the_whole_folder() {
    let mut client = folder();
    let text = client.text("a.plan").replacen("waive shop/friday", "waive shop/fri‸day", 1);
    let position = client.open("a.plan", &text);
    client.told("textDocument/publishDiagnostics", |_| true);
    let place = client.place("a.plan", &position);
    let found = client.ask("textDocument/definition", &place);
    assert_eq!(cuts(&client, &found), ["shop.policy:6 friday"]);
    let mut asked = place.clone();
    asked["context"] = json!({ "includeDeclaration": true });
    let found = client.ask("textDocument/references", &asked);
    let wanted = [
        "a.plan:37 friday",
        "b.plan.yaml:1 friday",
        "shop.policy:31 friday",
        "shop.policy:6 friday",
        "stopline.toml:3 friday",
    ];
    assert_eq!(cuts(&client, &found), wanted);
    asked["context"] = json!({ "includeDeclaration": false });
    let found = client.ask("textDocument/references", &asked);
    assert_eq!(cuts(&client, &found).len(), 4);
}

#[test]
fn a_rule_is_renamed_in_the_whole_folder() {
    let mut client = folder();
    let policy = client.text("shop.policy").replacen("rule friday", "rule fri‸day", 1);
    let position = client.open("shop.policy", &policy);
    client.told("textDocument/publishDiagnostics", |_| true);
    let mut asked = client.place("shop.policy", &position);
    let prepared = client.ask("textDocument/prepareRename", &asked);
    assert_eq!(prepared["placeholder"], "friday");
    assert_eq!(client.cut("shop.policy", &prepared["range"]), "friday");
    asked["newName"] = json!("no-friday");
    let after = client.ask("textDocument/rename", &asked);
    let after = client.after(&after);
    assert!(after["shop.policy"].contains("rule no-friday \"No Fridays\""));
    assert!(after["shop.policy"].contains("test \"t\" for no-friday {"));
    assert!(after["a.plan"].contains("waive shop/no-friday {"));
    assert!(after["b.plan.yaml"].contains("ignore[shop/no-friday] agreed"));
    assert!(after["stopline.toml"].contains("\"shop/no-friday\" = "));
    assert_eq!(after.len(), 4);
}

#[test]
fn a_step_is_renamed_with_all_that_needs_it_and_nothing_else() {
    let mut client = client(&[ALONE]);
    let position = client.open("a.plan", &with(PLAN, "[fetch]", "[fe‸tch]"));
    let mut asked = client.place("a.plan", &position);
    asked["newName"] = json!("get");
    let after = client.ask("textDocument/rename", &asked);
    let wanted = PLAN.replace("step fetch", "step get").replace("[fetch]", "[get]");
    assert_eq!(client.after(&after)["a.plan"], wanted);
}

#[test]
fn what_must_keep_its_name_is_refused_with_the_reason() {
    for (text, old, new, name, why) in [
        (PLAN, "[approvers]", "[appro‸vers]", "x", "`approvers` is a role of the language: its name is fixed"),
        (PLAN, "phase deploy", "phase dep‸loy", "x", "the phase `deploy` has a meaning by its name"),
        (
            PLAN,
            "[fetch]",
            "[fe‸tch]",
            "a b",
            "`a b` cannot be a name: it starts with a letter; then come letters, digits, `_` and `-`",
        ),
        (PLAN, "[fetch]", "[fe‸tch]", "migrate", "there is another step `migrate`"),
        (PLAN, "service ", "serv‸ice ", "x", "nothing here has a name"),
        (
            POLICY,
            "forbid plan.window overlaps friday",
            "forbid pl‸an.window overlaps friday",
            "x",
            "`plan` is what rules call their subject; `as` gives it another name",
        ),
        (
            "plan \"A title\" {\n  phase \"Load it\" {}\n  redflag r { during load‸-it }\n}\n",
            "redflag r",
            "redflag r",
            "x",
            "`load-it` is made of a title: give the phase an id first",
        ),
    ] {
        let mut client = client(&[ALONE]);
        let position = client.open("a.plan", &with(text, old, new));
        let mut asked = client.place("a.plan", &position);
        asked["newName"] = json!(name);
        assert_eq!(client.refused("textDocument/rename", &asked).1, why);
    }
}

#[test]
fn what_the_cursor_stands_on_is_marked_in_its_text() {
    let mut client = client(&[ALONE]);
    let position = client.open("a.plan", &with(PLAN, "metric error", "metric err‸or"));
    let found = client.ask("textDocument/documentHighlight", &client.place("a.plan", &position));
    let found = found.as_array().unwrap();
    let kinds: Vec<_> = found.iter().map(|one| (client.cut("a.plan", &one["range"]), one["kind"].as_i64())).collect();
    assert_eq!(kinds, [("error-rate".to_owned(), Some(3)), ("error-rate".to_owned(), Some(2))]);
}
