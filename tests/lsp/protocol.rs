//! Clients that say what they should not, or nothing at all: exact errors, and never a hang.

use serde_json::{Value, json};

use crate::client::{client, started};
use crate::samples::{ALONE, PLAN};

#[test]
fn it_ends_as_it_was_asked_to() {
    let mut orderly = client(&[ALONE]);
    assert_eq!(orderly.ask("shutdown", &Value::Null), Value::Null);
    assert_eq!(orderly.refused("textDocument/hover", &json!({})), (-32600, "the server was shut down".to_owned()));
    orderly.tell("exit", &Value::Null);
    assert_eq!(orderly.ended(), (Some(0), String::new()));
    let mut abrupt = client(&[ALONE]);
    abrupt.tell("exit", &Value::Null);
    assert_eq!(abrupt.ended(), (Some(1), String::new()));
    assert_eq!(client(&[ALONE]).close(), (Some(0), String::new()));
    assert_eq!(started(&[]).close(), (Some(0), String::new()));
}

#[test]
fn nothing_is_answered_before_initialize_and_initialize_once() {
    let mut client = started(&[ALONE]);
    let early = "`textDocument/hover` came before `initialize`".to_owned();
    assert_eq!(client.refused("textDocument/hover", &json!({})), (-32002, early));
    client.tell("textDocument/didOpen", &json!({}));
    client.initialize(&json!({}));
    assert_eq!(client.refused("initialize", &json!({})).0, -32600);
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let mut client = started(&[]);
    let asked = json!({ "rootUri": "file:///no/such/folder", "capabilities": {} });
    let (code, message) = client.refused("initialize", &asked);
    assert_eq!(code, -32602);
    assert!(message.starts_with("the folder `/no/such/folder` cannot be entered: "), "{message}");
}

#[test]
fn unknown_methods_and_broken_parameters_are_refused_by_name() {
    let mut client = client(&[ALONE]);
    let unknown = client.refused("textDocument/banana", &json!({}));
    assert_eq!(unknown, (-32601, "there is no method `textDocument/banana` here".to_owned()));
    let (code, message) = client.refused("textDocument/hover", &json!({ "textDocument": 1 }));
    assert_eq!(code, -32602);
    assert!(message.starts_with("the parameters cannot be read: "), "{message}");
    let elsewhere = json!({ "textDocument": { "uri": "file:///x.plan" }, "position": { "line": 0, "character": 0 } });
    let closed = client.refused("textDocument/hover", &elsewhere);
    assert_eq!(closed, (-32803, "`file:///x.plan` is not open here".to_owned()));
    client.tell("banana", &json!({}));
    client.tell("textDocument/didOpen", &json!({ "textDocument": 7 }));
    // A run may log that there is nothing to judge before.
    client.told("window/logMessage", |log| {
        log["message"].as_str().unwrap().starts_with("`textDocument/didOpen`: the parameters")
    });
}

#[test]
fn a_message_that_is_no_json_is_answered_and_the_next_one_is_heard() {
    let mut client = client(&[ALONE]);
    client.write_frame("{ no json");
    assert_eq!(client.answer(&Value::Null)["error"]["code"], -32700);
    client.write_frame(r#"{"id": 7000}"#);
    assert_eq!(client.answer(&json!(7000))["error"]["code"], -32600);
    assert_eq!(client.ask("shutdown", &Value::Null), Value::Null);
}

#[test]
fn what_is_no_frame_ends_the_server_with_a_reason() {
    let mut client = client(&[ALONE]);
    client.write_bytes(b"hello\r\n\r\n");
    let (status, error) = client.ended();
    assert_eq!(status, Some(2));
    assert!(error.contains("the editor cannot be understood any more: `hello` is no header of a message"), "{error}");
}

#[test]
fn every_request_about_any_place_of_a_torn_text_is_answered() {
    let mut client = client(&[ALONE]);
    let torn: String = PLAN.chars().filter(|sign| !"}]".contains(*sign)).collect();
    let texts =
        [torn.as_str(), "", "plan", "🚀", "policy p { rule r { on plan require every x in plan.", "waive \u{0}"];
    for (index, text) in texts.iter().enumerate() {
        let name = format!("torn{index}.plan");
        client.open(&name, text);
        let document = json!({ "uri": client.uri(&name) });
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
        for method in ["documentSymbol", "foldingRange", "semanticTokens/full"] {
            client.ask(&format!("textDocument/{method}"), &json!({ "textDocument": document }));
        }
        client.ask(
            "textDocument/formatting",
            &json!({ "textDocument": document, "options": { "tabSize": 2, "insertSpaces": true } }),
        );
        client.ask("textDocument/inlayHint", &json!({ "textDocument": document, "range": range }));
        client.ask(
            "textDocument/codeAction",
            &json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } }),
        );
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)).step_by(11) {
            let place = client.place(&name, &client.position(text, at));
            for method in ["hover", "completion", "definition", "documentHighlight"] {
                client.ask(&format!("textDocument/{method}"), &place);
            }
        }
    }
}
