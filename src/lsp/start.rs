//! `initialize`: what the client can do, what the server can, and which folder both speak of.

use std::io::Write;

use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CompletionOptions, Full, InitializeResult, PositionEncodingKind, RenameOptions,
    Save, SemanticTokensLegend, SemanticTokensOptions, ServerCapabilities, ServerInfo, TextDocumentSyncKind,
    TextDocumentSyncOptions,
};
use serde_json::{Value, json};

use super::features::tokens;
use super::server::{Refusal, Server, Stage};
use super::transport::{self, code};
use super::uri;
use super::world::Reach;
use crate::source::Unit;

pub(super) fn initialize<W: Write>(server: &mut Server<W>, method: &str, params: &Value) -> Result<Value, Refusal> {
    if method != "initialize" {
        return Err(Refusal::new(code::NOT_INITIALIZED, format!("`{method}` came before `initialize`")));
    }
    server.encoding = encoding(params);
    if let Some(folder) = folder(params) {
        server.world.enter(&folder).map_err(|problem| {
            Refusal::new(code::INVALID_PARAMS, format!("the folder `{folder}` cannot be entered: {problem}"))
        })?;
        server.addresses.enter(&folder);
        server.reach = Reach::Folder;
        server.note_disk();
    }
    server.client.watches = can(params, "/workspace/didChangeWatchedFiles/dynamicRegistration");
    server.client.snippets = can(params, "/textDocument/completion/completionItem/snippetSupport");
    server.stage = Stage::Serving;
    let result = InitializeResult {
        capabilities: capabilities(server.encoding),
        server_info: Some(ServerInfo {
            name: "stopline".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    serde_json::to_value(result).map_err(|problem| Refusal::new(code::REQUEST_FAILED, problem.to_string()))
}

/// Asks the client to tell when files change that rules may speak of.
pub(super) fn watch_files() -> Value {
    let params = json!({ "registrations": [{
        "id": "files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": { "watchers": [{ "globPattern": "**/*" }] },
    }] });
    transport::request("watch-files", "client/registerCapability", &params)
}

/// Whether the client says that it can.
fn can(params: &Value, capability: &str) -> bool {
    params.pointer(&format!("/capabilities{capability}")) == Some(&Value::Bool(true))
}

/// Bytes need no counting; without a word about it, columns are UTF-16.
fn encoding(params: &Value) -> Unit {
    let known = params.pointer("/capabilities/general/positionEncodings").and_then(Value::as_array);
    let has = |name: &str| known.is_some_and(|known| known.iter().any(|encoding| encoding == name));
    match () {
        () if has("utf-8") => Unit::Byte,
        () if has("utf-32") && !has("utf-16") => Unit::Scalar,
        () => Unit::Utf16,
    }
}

/// The folder both speak of. Of several, the first.
fn folder(params: &Value) -> Option<String> {
    let text = |pointer: &str| params.pointer(pointer).and_then(Value::as_str);
    let uri = text("/workspaceFolders/0/uri").or_else(|| text("/rootUri"));
    uri.and_then(uri::path_of).or_else(|| text("/rootPath").map(str::to_owned))
}

fn capabilities(encoding: Unit) -> ServerCapabilities {
    let triggers = [".", " ", "=", "[", "/", "\"", ","];
    ServerCapabilities {
        position_encoding: Some(match encoding {
            Unit::Byte => PositionEncodingKind::UTF8,
            Unit::Utf16 => PositionEncodingKind::UTF16,
            Unit::Scalar => PositionEncodingKind::UTF32,
        }),
        text_document_sync: Some(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::Incremental),
                save: Some(Save::Bool(true)),
                ..TextDocumentSyncOptions::default()
            }
            .into(),
        ),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_highlight_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QuickFix]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        document_formatting_provider: Some(true.into()),
        rename_provider: Some(RenameOptions { prepare_provider: Some(true), ..RenameOptions::default() }.into()),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: SemanticTokensLegend {
                    token_types: tokens::TYPES.map(str::to_owned).to_vec(),
                    token_modifiers: tokens::MODIFIERS.map(str::to_owned).to_vec(),
                },
                full: Some(Full::Bool(true)),
                ..SemanticTokensOptions::default()
            }
            .into(),
        ),
        inlay_hint_provider: Some(true.into()),
        ..ServerCapabilities::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_the_client_offers() {
        let offers = |known: Value| encoding(&json!({ "capabilities": { "general": { "positionEncodings": known } } }));
        assert_eq!(offers(json!(["utf-16", "utf-8"])), Unit::Byte);
        assert_eq!(offers(json!(["utf-16", "utf-32"])), Unit::Utf16);
        assert_eq!(offers(json!(["utf-32"])), Unit::Scalar);
        assert_eq!(encoding(&json!({})), Unit::Utf16);
    }

    #[test]
    fn the_first_folder_counts() {
        let both = json!({ "rootUri": "file:///a", "workspaceFolders": [{ "uri": "file:///b%20c", "name": "b" }] });
        assert_eq!(folder(&both).as_deref(), Some("/b c"));
        assert_eq!(folder(&json!({ "rootUri": "file:///a", "workspaceFolders": null })).as_deref(), Some("/a"));
        assert_eq!(folder(&json!({ "rootUri": null, "rootPath": "/p" })).as_deref(), Some("/p"));
        assert_eq!(folder(&json!({})), None);
    }
}
