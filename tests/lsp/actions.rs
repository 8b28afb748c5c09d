//! What can be done about a finding.

use serde_json::{Value, json};

use crate::client::{Client, client};
use crate::samples::{ALONE, POLICY, friday};

/// The actions for the first place of some text, once the folder was looked at.
fn actions(client: &mut Client, name: &str, at: &str) -> Vec<Value> {
    let text = client.text(name);
    let start = client.position(&text, text.find(at).unwrap());
    let range = json!({ "start": start, "end": start });
    let asked =
        json!({ "textDocument": { "uri": client.uri(name) }, "range": range, "context": { "diagnostics": [] } });
    client.ask("textDocument/codeAction", &asked).as_array().unwrap().clone()
}

fn titled(actions: &[Value], title: &str) -> Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with(title));
    found.unwrap_or_else(|| panic!("no `{title}`: {actions:#?}")).clone()
}

#[test]
fn a_finding_can_be_ignored_or_waived_and_neither_lets_it_pass_yet() {
    let mut client = client(&[ALONE, ("shop.policy", POLICY)]);
    client.open("a.plan", &friday());
    client.finding("a.plan", "shop/friday");
    let actions = actions(&mut client, "a.plan", "2030-11-29");
    let ignored = client.after(&titled(&actions, "Ignore `shop/friday` here, with a reason")["edit"]);
    assert!(ignored["a.plan"].contains("\n  # stopline: ignore[shop/friday] \n  window {"), "{}", ignored["a.plan"]);
    let waive = titled(&actions, "Waive `shop/friday` until ");
    assert_eq!(waive["diagnostics"][0]["code"], "shop/friday");
    let waived = client.after(&waive["edit"]);
    assert!(waived["a.plan"].contains("\nwaive shop/friday {\n  plan   = checkout\n  reason = \"\"\n  until  = 20"));
    client.change("a.plan", &ignored["a.plan"]);
    client.finding("a.plan", "waiver/no-reason");
    client.change("a.plan", &waived["a.plan"]);
    let found = client.finding("a.plan", "waiver/incomplete");
    assert!(found.message.contains("no `by`"), "{}", found.message);
}

#[test]
fn a_misspelt_word_is_replaced_by_the_one_that_was_meant() {
    let mut client = client(&[ALONE, ("shop.policy", POLICY)]);
    client.open("a.plan", &friday().replace("environment = production", "enviroment = production"));
    client.finding("a.plan", "plan/unknown-name");
    let actions = actions(&mut client, "a.plan", "enviroment");
    let meant = titled(&actions, "Replace `enviroment` by `environment`");
    assert_eq!(meant["isPreferred"], true);
    assert!(client.after(&meant["edit"])["a.plan"].contains("\n  environment = production\n"));
    assert!(
        actions.iter().all(|action| !action["title"].as_str().unwrap().contains("`plan/unknown-name`")),
        "what was not understood is not let pass"
    );
}
