//! What could stand where the cursor is.

use serde_json::{Value, json};

use crate::client::{Client, client, started};
use crate::samples::{ALONE, PLAN, POLICY};

fn items(client: &mut Client, name: &str, text: &str) -> Vec<Value> {
    let position = client.open(name, text);
    let found = client.ask("textDocument/completion", &client.place(name, &position));
    found.as_array().unwrap().clone()
}

fn labels(name: &str, text: &str) -> Vec<String> {
    let mut client = client(&[ALONE, ("shop.policy", POLICY)]);
    let items = items(&mut client, name, text);
    items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
}

/// The first suggestions where this is put into the text.
fn first(text: &str, old: &str, new: &str, count: usize) -> Vec<String> {
    assert!(text.contains(old), "{old}");
    labels("a.plan", &text.replacen(old, new, 1)).into_iter().take(count).collect()
}

#[test]
fn blocks_offer_what_they_lack_and_attributes_what_they_take() {
    assert_eq!(first(PLAN, "  window {", "  ‸\n  window {", 2), ["version", "previous_version"]);
    assert!(first(PLAN, "  window {", "  ‸\n  window {", 99).contains(&"redflag".to_owned()));
    assert_eq!(first(PLAN, "= production", "= ‸", 4), ["local", "development", "staging", "production"]);
    assert_eq!(first(PLAN, "[fetch]", "[‸]", 9), ["fetch", "migrate"]);
    assert_eq!(first(PLAN, "[approvers]", "[‸]", 2), ["lead", "on_call"]);
    assert_eq!(first(PLAN, "then rollback", "then ‸", 3), ["rollback", "hold", "fix-forward"]);
    assert_eq!(first(PLAN, "when metric.error-rate", "when metric.‸", 9), ["error-rate"]);
    assert_eq!(first(PLAN, "during deploy,", "during ‸,", 2), ["deploy", "verify"]);
    assert!(first(PLAN, "\"Europe/Berlin\"", "\"Europe/Be‸", 999).contains(&"Europe/Berlin".to_owned()));
    assert_eq!(labels("a.plan", "‸")[..3], ["plan", "policy", "procedure"]);
}

#[test]
fn people_are_offered_as_they_are_called() {
    let by = |begun: &str| {
        labels(
            "a.plan",
            &format!(
                "plan a {{\n  team {{ lead = [@jane.doe, @1st] }}\n  checklist c {{\n    item i {{\n      by = {begun}‸\n    }}\n  }}\n}}\n"
            ),
        )
    };
    assert_eq!(by(""), ["@1st", "@jane.doe"]);
    assert_eq!(by("@"), ["1st", "jane.doe"]);
    assert_eq!(by("@ja"), ["1st", "jane.doe"]);
    assert_eq!(by("@jane.do"), ["doe"]);
}

#[test]
fn a_use_offers_its_parameters_and_a_word_before_its_ids() {
    let procedure = "procedure swap(host: word, wait: duration = 1s) { step copy { run = \"c\" } }\n";
    let using = |procedure: &str, name: &str| {
        labels(
            "a.plan",
            &format!("{procedure}plan a {{\n  phase deploy {{\n    use {name} {{\n      ‸\n    }}\n  }}\n}}\n"),
        )
    };
    assert_eq!(using(procedure, "swap"), ["host", "wait", "as"]);
    assert_eq!(using("", "fly"), ["as"]);
}

#[test]
fn rules_offer_subjects_fields_values_and_functions() {
    assert_eq!(first(POLICY, "on plan when plan.environment", "on ‸", 3), ["plan", "change", "item"]);
    assert_eq!(first(POLICY, "when plan.environment == production", "when plan.win‸", 3), ["id", "title", "service"]);
    assert_eq!(first(POLICY, "== production", "== ‸", 4), ["local", "development", "staging", "production"]);
    assert_eq!(first(POLICY, "w.for >=", "w.‸", 9), ["id", "title", "for", "every", "phase"]);
    assert_eq!(first(POLICY, "overlaps friday", "overlaps ‸", 2), ["monday", "tuesday"]);
    assert_eq!(first(POLICY, "severity = error", "severity = ‸", 3), ["note", "warning", "error"]);
    let words = first(POLICY, ">= watching", ">= ‸", 99);
    assert!(
        ["w", "plan", "watching", "year-end", "count", "and"].iter().all(|word| words.contains(&(*word).to_owned())),
        "{words:?}"
    );
}

#[test]
fn rules_are_offered_where_they_are_named_and_replaced_as_a_whole() {
    for (text, wanted) in [
        ("waive shop/fri‸", "waive shop/friday"),
        ("# stopline: ignore[shop/fri‸", "# stopline: ignore[shop/friday"),
        ("test \"t\" for shop/fri‸", "test \"t\" for shop/friday"),
    ] {
        let mut client = client(&[ALONE, ("shop.policy", POLICY)]);
        let position = client.open("a.plan", text);
        client.told("textDocument/publishDiagnostics", |_| true);
        let found = client.ask("textDocument/completion", &client.place("a.plan", &position));
        let rule = found.as_array().unwrap().iter().find(|item| item["label"] == "shop/friday").unwrap().clone();
        assert_eq!(client.edited("a.plan", &json!([rule["textEdit"]])), wanted);
        assert_eq!(rule["documentation"]["value"], "Nobody is there on Saturday.");
    }
}

#[test]
fn places_to_fill_in_are_for_clients_that_know_them() {
    let snippets = json!({ "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } } });
    for (capabilities, wanted) in [(json!({}), "service"), (snippets, "service = \"$0\"")] {
        let mut client = started(&[ALONE]);
        client.initialize(&capabilities);
        let items = items(&mut client, "a.plan", "plan a {\n  ser‸\n}\n");
        assert_eq!(items[0]["textEdit"]["newText"], wanted);
    }
}

#[test]
fn packs_are_offered_in_the_settings() {
    assert!(labels("stopline.toml", "packs = [\"‸\"]\n").contains(&"release".to_owned()));
    assert!(labels("stopline.toml", "exclude = [\"‸\"]\n").is_empty());
}
