//! Which method is which feature. Reads parameters, names what is wrong with them, and knows nothing else.

use std::io::{self, Write};

use gen_lsp_types::{
    CodeActionRequest, CompletionRequest, DefinitionRequest, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentFormattingRequest, DocumentHighlightRequest, DocumentSymbolRequest,
    FoldingRangeRequest, HoverRequest, InlayHintRequest, PrepareRenameRequest, ReferencesRequest, RenameRequest,
    Request, SemanticTokensRequest, ShutdownRequest, TextDocumentIdentifier, TextDocumentPositionParams,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::document::Document;
use super::features::{
    actions, completion, definition, folding, formatting, highlight, hints, hover, references, rename, symbols, tokens,
};
use super::server::{Refusal, Server, Stage};
use super::start;
use super::transport::code;
use super::uri;

pub(super) fn request<W: Write>(server: &mut Server<W>, method: &str, params: Value) -> Result<Value, Refusal> {
    match method {
        "shutdown" => {
            server.stage = Stage::ShutDown;
            reply::<ShutdownRequest>(params, |()| Ok(()))
        }
        "initialize" => Err(Refusal::new(code::INVALID_REQUEST, "the server was initialized before")),
        "textDocument/hover" => reply::<HoverRequest>(params, |asked| {
            let (document, offset) = server.at(&asked.text_document_position_params)?;
            Ok(hover::hover(&server.scene(), document, offset))
        }),
        "textDocument/completion" => reply::<CompletionRequest>(params, |asked| {
            let (document, offset) = server.at(&asked.text_document_position_params)?;
            Ok(Some(completion::complete(&server.scene(), document, offset).into()))
        }),
        "textDocument/definition" => reply::<DefinitionRequest>(params, |asked| {
            let (document, offset) = server.at(&asked.text_document_position_params)?;
            Ok(definition::definition(&server.scene(), document, offset))
        }),
        "textDocument/references" => reply::<ReferencesRequest>(params, |asked| {
            let (document, offset) = server.at(&asked.text_document_position_params)?;
            Ok(references::references(&server.scene(), document, offset, asked.context.include_declaration))
        }),
        "textDocument/documentHighlight" => reply::<DocumentHighlightRequest>(params, |asked| {
            let (document, offset) = server.at(&asked.text_document_position_params)?;
            Ok(highlight::highlights(document, offset))
        }),
        "textDocument/prepareRename" => reply::<PrepareRenameRequest>(params, |asked| {
            let (document, offset) = server.at(&asked.text_document_position_params)?;
            rename::prepare(&server.scene(), document, offset)
        }),
        "textDocument/rename" => reply::<RenameRequest>(params, |asked| {
            let (document, offset) = server.at(&asked.text_document_position_params)?;
            rename::rename(&server.scene(), document, offset, &asked.new_name).map(Some)
        }),
        "textDocument/documentSymbol" => reply::<DocumentSymbolRequest>(params, |asked| {
            Ok(Some(symbols::symbols(server.document(&asked.text_document)?).into()))
        }),
        "textDocument/foldingRange" => reply::<FoldingRangeRequest>(params, |asked| {
            Ok(Some(folding::ranges(server.document(&asked.text_document)?)))
        }),
        "textDocument/codeAction" => reply::<CodeActionRequest>(params, |asked| {
            let document = server.document(&asked.text_document)?;
            Ok(Some(actions::actions(&server.scene(), document, asked.range, asked.context.only.as_deref())))
        }),
        "textDocument/formatting" => reply::<DocumentFormattingRequest>(params, |asked| {
            formatting::edits(server.document(&asked.text_document)?)
        }),
        "textDocument/semanticTokens/full" => reply::<SemanticTokensRequest>(params, |asked| {
            Ok(Some(tokens::tokens(server.document(&asked.text_document)?)))
        }),
        "textDocument/inlayHint" => reply::<InlayHintRequest>(params, |asked| {
            Ok(Some(hints::hints(server.document(&asked.text_document)?, asked.range)))
        }),
        unknown => Err(Refusal::new(code::METHOD_NOT_FOUND, format!("there is no method `{unknown}` here"))),
    }
}

fn reply<R: Request>(
    params: Value,
    handle: impl FnOnce(R::Params) -> Result<R::Result, Refusal>,
) -> Result<Value, Refusal> {
    let params = read(params).map_err(|problem| Refusal::new(code::INVALID_PARAMS, problem))?;
    let result = handle(params)?;
    serde_json::to_value(result).map_err(|problem| Refusal::new(code::REQUEST_FAILED, problem.to_string()))
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, String> {
    serde_json::from_value(params).map_err(|problem| format!("the parameters cannot be read: {problem}"))
}

/// What is told and unknown is passed over, as the protocol wants it; what is known and cannot be read is logged.
pub(super) fn notification<W: Write>(server: &mut Server<W>, method: &str, params: Value) -> io::Result<()> {
    let result = match method {
        "initialized" if server.client.watches => return server.send(&start::watch_files()),
        "textDocument/didOpen" => read(params).map(|opened| server.open_document(&opened)),
        "textDocument/didChange" => read(params).and_then(|changed| server.change_document(&changed)),
        "textDocument/didClose" => read(params).map(|closed| server.close_document(&closed)),
        "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
            server.note_disk();
            Ok(())
        }
        _ => Ok(()),
    };
    match result {
        Ok(()) => Ok(()),
        Err(problem) => server.log(&format!("`{method}`: {problem}")),
    }
}

impl<W: Write> Server<W> {
    fn document(&self, identifier: &TextDocumentIdentifier) -> Result<&Document, Refusal> {
        let uri = identifier.uri.as_ref();
        self.documents.get(uri).ok_or_else(|| Refusal::new(code::REQUEST_FAILED, format!("`{uri}` is not open here")))
    }

    fn at(&self, position: &TextDocumentPositionParams) -> Result<(&Document, u32), Refusal> {
        let document = self.document(&position.text_document)?;
        Ok((document, document.offset(position.position)))
    }

    fn open_document(&mut self, opened: &DidOpenTextDocumentParams) {
        let item = &opened.text_document;
        let uri = item.uri.as_ref();
        self.settle_beside(uri);
        let path = self.addresses.path(uri);
        let language = Document::language_of(&path, &String::from(item.language_id.clone()));
        let mut document = Document::new(uri, &path, language, &item.text, self.encoding);
        document.version = item.version;
        self.addresses.opened(&path, uri);
        self.documents.insert(uri.to_owned(), document);
        self.note_change(uri);
    }

    /// Where no folder was opened, paths are seen from that of the first text.
    fn settle_beside(&mut self, uri: &str) {
        if self.addresses.is_settled() {
            return;
        }
        let Some(folder) =
            uri::path_of(uri).and_then(|path| path.rsplit_once('/').map(|(folder, _)| folder.to_owned()))
        else {
            return;
        };
        // What is not on the disk yet is judged without what would stand beside it.
        if self.world.enter(&folder).is_ok() {
            self.addresses.enter(&folder);
        }
    }

    fn change_document(&mut self, changed: &DidChangeTextDocumentParams) -> Result<(), String> {
        let uri = changed.text_document.text_document_identifier.uri.as_ref();
        let Some(document) = self.documents.get_mut(uri) else { return Err(format!("`{uri}` is not open here")) };
        document.change(&changed.content_changes);
        document.version = changed.text_document.version;
        self.note_change(uri);
        Ok(())
    }

    fn close_document(&mut self, closed: &DidCloseTextDocumentParams) {
        let uri = closed.text_document.uri.as_ref();
        if let Some(document) = self.documents.remove(uri) {
            self.addresses.closed(&document.path);
        }
        // What was never saved is gone with it.
        self.note_disk();
    }
}
