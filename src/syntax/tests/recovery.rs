//! One mistake does not hide the next, and what is sound is kept.

use super::{read, said};
use crate::syntax::ast::{ClauseKind, Entry, Item, PolicyEntry};

#[test]
fn five_mistakes_are_five_diagnostics_and_the_rest_is_kept() {
    let text = r#"plan shop {
  service = "shop"
  risk    = 'low'
  window {
    start = 2026-11-24T10:00
    duration 2h
  }
  metric errors { run = "./errors.sh, unit = percent }
  step a {
    run     = "a"
    timeout = 5min
  }
}

policy p {
  rule r "title" {
    on plan
    requre plan.risk == low
    message "m"
  }
}
"#;
    assert_eq!(
        said(text).iter().map(|line| line.split(':').next().unwrap()).collect::<Vec<_>>(),
        [
            "syntax/single-quotes",
            "syntax/missing-equals",
            "syntax/unterminated-string",
            "syntax/bad-duration",
            "syntax/misspelt-keyword"
        ]
    );
    let tree = read(text).tree;
    let [Item::Plan(plan), Item::Policy(policy)] = tree.items.as_slice() else { panic!("{tree:#?}") };
    assert_eq!(entries(&plan.body), ["service", "risk", "window", "metric", "step"]);
    let Entry::Block(window) = &plan.body[2] else { panic!() };
    assert_eq!(entries(&window.body), ["start", "duration"]);
    let Entry::Block(step) = &plan.body[4] else { panic!() };
    assert_eq!(entries(&step.body), ["run"]);
    let PolicyEntry::Rule(rule) = &policy.body[0] else { panic!() };
    let clauses: Vec<&str> = rule.clauses.iter().map(|clause| clause.kind.keyword()).collect();
    assert_eq!(clauses, ["on", "require", "message"]);
}

fn entries(body: &[Entry]) -> Vec<&str> {
    body.iter()
        .map(|entry| match entry {
            Entry::Attribute(attribute) => attribute.name.value.as_str(),
            Entry::Block(block) => block.kind.value.as_str(),
            Entry::RedFlag(_) => "redflag",
        })
        .collect()
}

#[test]
fn a_misspelt_item_keeps_what_is_in_it() {
    let tree = read("polcy p \"t\" {\n  rul r {\n    on plan\n    requre a\n  }\n}\n").tree;
    let [Item::Policy(policy)] = tree.items.as_slice() else { panic!("{tree:#?}") };
    let PolicyEntry::Rule(rule) = &policy.body[0] else { panic!("{policy:#?}") };
    assert!(matches!(rule.clauses[1].kind, ClauseKind::Require(_)));
}

#[test]
fn a_misspelt_red_flag_is_one() {
    let tree = read("plan p {\n  redfalg a {\n    stop when x\n    then hold\n  }\n}\n").tree;
    let [Item::Plan(plan)] = tree.items.as_slice() else { panic!("{tree:#?}") };
    let Entry::RedFlag(flag) = &plan.body[0] else { panic!("{plan:#?}") };
    assert_eq!(flag.clauses.len(), 2);
}

#[test]
fn unclosed_blocks_end_where_the_indentation_says() {
    let tree = read("plan p {\n  window {\n    zone = \"UTC\"\n  team {\n    lead = @a\n  }\n}\nplan q {\n}\n").tree;
    let [Item::Plan(plan), Item::Plan(_)] = tree.items.as_slice() else { panic!("{tree:#?}") };
    assert_eq!(entries(&plan.body), ["window", "team"]);
}

#[test]
fn odd_layout_is_no_mistake() {
    assert_eq!(said("plan p {\n      window {\n  }\n    team { lead = @a\n }\n  }"), Vec::<String>::new());
}

#[test]
fn an_unclosed_block_string_ends_where_the_indentation_says() {
    let text = "plan p {\n  a = \"\"\"\n    x\n  b = 1\n  c = \"\"\"\n    y\n    \"\"\"\n  d = 1\n}\n";
    let parsed = read(text);
    assert_eq!(parsed.diagnostics.len(), 1, "{:#?}", parsed.diagnostics);
    let [Item::Plan(plan)] = parsed.tree.items.as_slice() else { panic!() };
    assert_eq!(entries(&plan.body), ["a", "b", "c", "d"]);
}

#[test]
fn twenty_errors_are_listed_and_the_rest_counted() {
    let text = format!("plan p {{\n{}}}\n", "  a 'b'\n".repeat(30));
    let said = said(&text);
    assert_eq!(said.len(), 21);
    assert!(said[20].starts_with("syntax/too-many-errors: 40 more syntax errors from here on"), "{}", said[20]);
}

#[test]
fn diagnostics_stand_in_the_order_of_the_text() {
    let text = "plan p {\n  a = 5min\n  b = \"x\n  c == 1\n  d = [1\n}\n";
    let places: Vec<u32> = read(text).diagnostics.iter().map(|said| said.place.unwrap().span.start).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(places.len(), 4);
}
