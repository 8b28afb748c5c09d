//! What editors underline: what `check` finds, in the text as it is typed.

use serde_json::json;

use crate::client::{client, started};
use crate::samples::{ALONE, PLAN, POLICY, friday};

#[test]
fn a_finding_comes_and_goes_as_somebody_types() {
    let mut client = client(&[ALONE, ("policies/shop.policy", POLICY), ("shop.plan", PLAN)]);
    client.open("shop.plan", PLAN);
    client.diagnostics("shop.plan", <[_]>::is_empty);
    client.edit("shop.plan", "2030-11-26T10:00", "2030-11-29T10:00");
    let friday = client.finding("shop.plan", "shop/friday");
    assert_eq!(friday.cut, "2030-11-29T10:00");
    assert_eq!(friday.severity, 1);
    let said = "the window Fri 2030-11-29 10:00–13:00 Europe/Berlin touches a Friday\nhelp: move it";
    assert_eq!(friday.message, said);
    client.edit("shop.plan", "2030-11-29T10:00", "2030-11-26T10:00");
    client.diagnostics("shop.plan", <[_]>::is_empty);
}

#[test]
fn what_is_underlined_is_right_behind_an_emoji_a_byte_order_mark_and_carriage_returns() {
    let plan = PLAN.replace("\"Migrate 🚀\" {\n", "\"Migrate 🚀🚀\" { retrys = 2\n");
    let plan = format!("\u{feff}{}", plan.replace('\n', "\r\n"));
    for capabilities in [json!({}), json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } })] {
        let mut client = started(&[ALONE, ("shop.policy", POLICY)]);
        let result = client.initialize(&capabilities);
        let wanted = if capabilities == json!({}) { "utf-16" } else { "utf-8" };
        assert_eq!(result["capabilities"]["positionEncoding"], wanted);
        client.open("shop.plan", &plan);
        let finding = client.finding("shop.plan", "plan/unknown-name");
        assert_eq!(finding.cut, "retrys");
        let column = if wanted == "utf-16" { 34 } else { 38 };
        assert_eq!(finding.range["start"], json!({ "line": 17, "character": column }));
    }
}

#[test]
fn every_notation_of_a_plan_is_judged() {
    let yaml = "plan: shop\nservice: shop\nenvironment: prodution\n";
    let json = "{\"plan\": \"shop\", \"service\": \"shop\", \"environment\": \"prodution\"}\n";
    let markdown = "# Deployment plan: shop\n\n**Service:** shop\n**Environment:** prodution\n";
    for (name, text) in [("a.plan.yaml", yaml), ("a.plan.json", json), ("a.plan.md", markdown)] {
        let mut client = client(&[ALONE, ("shop.policy", POLICY)]);
        client.open(name, text);
        let found = client.diagnostics(name, |shown| !shown.is_empty());
        assert!(found.iter().any(|shown| shown.cut.trim_matches('"') == "prodution"), "{name}: {found:#?}");
    }
}

#[test]
fn an_unsaved_policy_judges_the_plans_of_the_folder() {
    let friday = friday();
    let lenient = POLICY.replace("forbid plan.window overlaps friday", "forbid plan.window overlaps saturday");
    let mut client = client(&[ALONE, ("shop.policy", lenient.as_str()), ("deploy/shop.plan", friday.as_str())]);
    client.open("shop.policy", POLICY);
    assert_eq!(client.finding("deploy/shop.plan", "shop/friday").cut, "2030-11-29T10:00");
    client.tell("textDocument/didClose", &json!({ "textDocument": { "uri": client.uri("shop.policy") } }));
    client.diagnostics("deploy/shop.plan", <[_]>::is_empty);
}

#[test]
fn settings_that_are_being_edited_count_and_show_their_mistakes() {
    let friday = friday();
    let mut client = client(&[ALONE, ("shop.policy", POLICY), ("shop.plan", friday.as_str())]);
    client.open("shop.plan", &friday);
    assert_eq!(client.finding("shop.plan", "shop/friday").severity, 1);
    client.open("stopline.toml", "packs = []\n\n[severity]\n\"shop/friday\" = \"warning\"\n");
    client.tell("textDocument/didSave", &json!({ "textDocument": { "uri": client.uri("stopline.toml") } }));
    client.diagnostics("shop.plan", |shown| shown.iter().any(|shown| shown.severity == 2));
    client.change("stopline.toml", "packs = []\nexlude = []\n");
    client.tell("textDocument/didSave", &json!({ "textDocument": { "uri": client.uri("stopline.toml") } }));
    assert_eq!(client.finding("stopline.toml", "config/unknown-setting").cut, "exlude");
}

#[test]
fn what_the_repository_has_listed_is_left_out_and_what_is_listed_in_vain_is_said() {
    let friday = friday();
    let settings = ("stopline.toml", "packs = []\nbaseline = \"deploy/listed.json\"\n");
    let mut client = started(&[settings, ("shop.policy", POLICY), ("shop.plan", friday.as_str()), ("deploy/x", "")]);
    let write = ["check", "--write-baseline", "deploy/listed.json"];
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_stopline"));
    let came = command.args(write).current_dir(client.folder.path()).output().unwrap();
    assert!(came.status.success(), "{came:?}");
    client.initialize(&json!({}));
    client.open("shop.plan", &friday);
    client.diagnostics("shop.plan", <[_]>::is_empty);
    client.edit("shop.plan", "service     = \"checkout\"", "servce      = \"checkout\"");
    let found = client.diagnostics("shop.plan", |shown| !shown.is_empty());
    assert!(found.iter().all(|shown| shown.rule != "shop/friday"), "{found:#?}");
    client.edit("shop.plan", "servce      = \"checkout\"", "service     = \"checkout\"");
    client.edit("shop.plan", "2030-11-29T10:00", "2030-11-26T10:00");
    let in_vain = client.finding("deploy/listed.json", "waiver/unused-entry");
    assert_eq!((in_vain.cut.len(), in_vain.severity), (32, 2));
    client.open("stopline.toml", "packs = []\nbaseline = \"gone.json\"\n");
    client.tell("textDocument/didSave", &json!({ "textDocument": { "uri": client.uri("stopline.toml") } }));
    assert_eq!(client.finding("stopline.toml", "config/wrong-setting").cut, "\"gone.json\"");
}

#[test]
fn settings_that_cannot_be_understood_silence_nothing() {
    let friday = friday();
    let files = [("stopline.toml", "packs = [\"relase\"]\n"), ("shop.policy", POLICY), ("shop.plan", friday.as_str())];
    let mut client = client(&files);
    client.open("shop.plan", &friday);
    assert_eq!(client.finding("stopline.toml", "config/wrong-setting").cut, "\"relase\"");
    assert_eq!(client.finding("shop.plan", "shop/friday").severity, 1);
}

#[test]
fn settings_without_which_nothing_can_be_judged_are_shown_and_the_next_ones_count() {
    let friday = friday();
    let mut client = client(&[
        ("stopline.toml", "policies = [\"notes.txt\"]\n"),
        ("notes.txt", ""),
        ("shop.policy", POLICY),
        ("shop.plan", friday.as_str()),
    ]);
    client.open("shop.plan", &friday);
    let shown = client.told("window/showMessage", |_| true);
    assert!(shown["message"].as_str().unwrap().starts_with("`notes.txt` is neither plan nor policy"), "{shown}");
    client.open("stopline.toml", "packs = []\n");
    client.tell("textDocument/didSave", &json!({ "textDocument": { "uri": client.uri("stopline.toml") } }));
    assert_eq!(client.finding("shop.plan", "shop/friday").severity, 1);
}

#[test]
fn files_that_rules_speak_of_are_judged_too() {
    let policy = "policy files {\n  rule named \"Named\" {\n    on yaml in \"*.yaml\"\n    require yaml.name exists\n    message \"no name\"\n  }\n}\n";
    let mut client = client(&[ALONE, ("files.policy", policy), ("a.yaml", "size: 1\n")]);
    client.open("files.policy", policy);
    assert_eq!(client.finding("a.yaml", "files/named").severity, 1);
    client.open("a.yaml", "size: 1\n");
    client.change("a.yaml", "name: x\n");
    client.diagnostics("a.yaml", <[_]>::is_empty);
}

#[test]
fn what_is_let_pass_is_shown_as_a_hint_with_its_reason() {
    let plan =
        friday() + "\nwaive shop/friday { plan = checkout, reason = \"agreed\", by = @cto, until = 2030-12-31 }\n";
    let mut client = client(&[ALONE, ("shop.policy", POLICY), ("shop.plan", plan.as_str())]);
    client.open("shop.plan", &plan);
    let waived = client.finding("shop.plan", "shop/friday");
    assert_eq!(waived.severity, 4);
    assert!(waived.message.contains("\nwaived until 2030-12-31 by @cto: agreed"), "{}", waived.message);
}

#[test]
fn a_text_without_a_folder_is_judged_by_what_stands_beside_it() {
    let mut client = started(&[ALONE, ("shop.policy", POLICY), ("below/other.policy", "policy {")]);
    client.initialize_alone();
    client.open("shop.plan", &friday());
    assert_eq!(client.finding("shop.plan", "shop/friday").cut, "2030-11-29T10:00");
    let uri = client.uri("below/other.policy");
    client.tell("textDocument/didClose", &json!({ "textDocument": { "uri": client.uri("shop.plan") } }));
    client.open("shop.plan", PLAN);
    client.diagnostics("shop.plan", <[_]>::is_empty);
    assert!(!client.was_told(&uri), "what lies below was not asked for");
}

#[test]
fn no_byte_of_a_secret_is_said() {
    let token = concat!("ghp", "_", "9aB3cD4eF5gH6iJ7kL8mN9oP0qR1sT2uV3wX");
    let policy = "policy names {\n  rule short \"Short\" {\n    on plan\n    require plan.service == \"x\"\n    message \"the service is {plan.service}\"\n  }\n}\n";
    let plan = PLAN.replace("= \"checkout\"", &format!("= \"{token}\""));
    let mut client = client(&[ALONE, ("names.policy", policy)]);
    client.open("shop.plan", &plan);
    let said = client.finding("shop.plan", "names/short").message;
    assert!(said.starts_with("the service is ") && !said.contains(token), "{said}");
}

#[test]
fn a_text_of_thousands_of_lines_is_judged_and_every_change_arrives() {
    let steps: String = (0..2000).fold(String::new(), |steps, number| {
        steps + &format!("    step s{number} {{ run = \"true\", undo = \"true\" }}\n")
    });
    let plan = PLAN.replace("    step fetch", &format!("{steps}    step fetch"));
    let mut client = client(&[ALONE, ("shop.policy", POLICY)]);
    client.open("shop.plan", &plan);
    for _ in 0..20 {
        client.edit("shop.plan", "  service     = \"", "  service     = \"x");
    }
    client.edit("shop.plan", "environment = production", "environment = prodution");
    client.diagnostics("shop.plan", |shown| shown.iter().any(|shown| shown.cut == "prodution"));
}
