//! Symbols, folding, formatting, tokens and hints.

use serde_json::{Value, json};

use crate::client::{Client, client};
use crate::samples::{ALONE, PLAN, POLICY};

fn opened(name: &str, text: &str) -> Client {
    let mut client = client(&[ALONE]);
    client.open(name, text);
    client
}

fn ask(client: &mut Client, method: &str, name: &str) -> Value {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let document = json!({ "uri": client.uri(name) });
    client.ask(method, &json!({ "textDocument": document, "range": range, "options": options }))
}

fn outline(symbols: &Value, depth: usize, lines: &mut Vec<String>) {
    for symbol in symbols.as_array().into_iter().flatten() {
        lines.push(format!(
            "{}{} ({})",
            "  ".repeat(depth),
            symbol["name"].as_str().unwrap(),
            symbol["detail"].as_str().unwrap()
        ));
        outline(&symbol["children"], depth + 1, lines);
    }
}

#[test]
fn symbols_are_what_a_text_holds() {
    let mut client = opened("a.plan", PLAN);
    let symbols = ask(&mut client, "textDocument/documentSymbol", "a.plan");
    let mut lines = Vec::new();
    outline(&symbols, 0, &mut lines);
    assert_eq!(lines[0], "checkout (plan: Kasse 🚀 v1)");
    assert!(lines.contains(&"    migrate (step: Migrate 🚀)".to_owned()), "{lines:#?}");
    assert!(lines.contains(&"  errors (redflag: Errors)".to_owned()), "{lines:#?}");
    assert_eq!(client.cut("a.plan", &symbols[0]["selectionRange"]), "checkout");
    let mut client = opened("b.policy", POLICY);
    let symbols = ask(&mut client, "textDocument/documentSymbol", "b.policy");
    let mut lines = Vec::new();
    outline(&symbols, 0, &mut lines);
    assert_eq!(
        lines[..4],
        [
            "shop (policy: Rules of the shop)",
            "  watching (param: how long it must be watched)",
            "  year-end (calendar)",
            "  friday (rule: No Fridays)"
        ]
    );
}

#[test]
fn what_spans_lines_can_be_folded_to_its_closing_brace() {
    let mut client = opened("a.plan", "# one\n# two\nplan a {\n  phase p {\n    step s { run = \"x\" }\n  }\n}\n");
    let ranges = ask(&mut client, "textDocument/foldingRange", "a.plan");
    let ranges: Vec<_> = ranges
        .as_array()
        .unwrap()
        .iter()
        .map(|range| {
            (
                range["startLine"].as_u64().unwrap(),
                range["endLine"].as_u64().unwrap(),
                range["kind"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    assert_eq!(ranges, [(0, 1, "comment".to_owned()), (2, 5, "region".to_owned()), (3, 4, "region".to_owned())]);
}

#[test]
fn a_text_is_laid_out_as_fmt_does_and_a_torn_one_stays() {
    let mut client = opened("a.plan", "plan a {\n  service = \"x\"\n    environment=production\n  ticket = \"T\"\n}\n");
    let edits = ask(&mut client, "textDocument/formatting", "a.plan");
    let after = client.edited("a.plan", &edits);
    assert_eq!(after, "plan a {\n  service     = \"x\"\n  environment = production\n  ticket      = \"T\"\n}\n");
    assert_eq!(edits[0]["range"]["start"]["line"], 1);
    client.change("a.plan", &after);
    assert_eq!(ask(&mut client, "textDocument/formatting", "a.plan"), json!([]));
    client.change("a.plan", "plan a {");
    assert_eq!(ask(&mut client, "textDocument/formatting", "a.plan"), Value::Null);
}

#[test]
fn times_are_shown_with_their_weekday_and_zone() {
    let mut client = opened("a.plan", PLAN);
    let hints = ask(&mut client, "textDocument/inlayHint", "a.plan");
    let labels: Vec<&str> = hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["Tue 2030-11-26 10:00–13:00 Europe/Berlin", "Mon 2030-11-25 10:00 Europe/Berlin"]);
    assert_eq!(hints[0]["position"], json!({ "line": 4, "character": 35 }));
}

#[test]
fn tokens_are_exact_behind_an_emoji_and_over_several_lines() {
    let text = "plan a \"🚀\" { service = \"x\" } # end\nplan b { urgent = \"\"\"one\n  two\"\"\" }\n";
    let mut client = opened("a.plan", text);
    let tokens = ask(&mut client, "textDocument/semanticTokens/full", "a.plan");
    let data: Vec<u64> = tokens["data"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    let (mut line, mut column, mut cut) = (0, 0, Vec::new());
    for token in data.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let end = json!({ "line": line, "character": column + token[2] });
        let range = json!({ "start": { "line": line, "character": column }, "end": end });
        cut.push((client.cut("a.plan", &range), token[3]));
    }
    let cut: Vec<(&str, u64)> = cut.iter().map(|(text, class)| (text.as_str(), *class)).collect();
    assert_eq!(
        cut,
        [
            ("plan", 0),
            ("a", 1),
            ("\"🚀\"", 7),
            ("service", 5),
            ("\"x\"", 7),
            ("# end", 9),
            ("plan", 0),
            ("b", 1),
            ("urgent", 5),
            ("\"\"\"one", 7),
            ("two\"\"\"", 7),
        ]
    );
}
