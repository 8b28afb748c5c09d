//! Which word is what, for colours: what only a tree can tell, and what clients without a grammar cannot see at all.

mod gather;

use gen_lsp_types::{SemanticToken, SemanticTokens};

use crate::lsp::document::Document;
use crate::lsp::position::number;
use crate::source::Span;

/// What a token is, by its place in the list that is told to the client.
pub(in crate::lsp) const TYPES: [&str; 13] = [
    "keyword",
    "namespace",
    "function",
    "variable",
    "parameter",
    "property",
    "enumMember",
    "string",
    "number",
    "comment",
    "regexp",
    "operator",
    "type",
];

pub(in crate::lsp) const MODIFIERS: [&str; 1] = ["declaration"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Keyword,
    Namespace,
    Function,
    Variable,
    Parameter,
    Property,
    EnumMember,
    String,
    Number,
    Comment,
    Regexp,
    Operator,
    Type,
}

/// A stretch of text and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    span: Span,
    class: Class,
    is_declaration: bool,
}

/// Only Stopline's own language: YAML and JSON have colours of their own.
pub(in crate::lsp) fn tokens(document: &Document) -> SemanticTokens {
    let mut tokens = if document.is_native() { gather::tokens(document) } else { Vec::new() };
    tokens.sort_by_key(|token| (token.span.start, token.span.end));
    SemanticTokens { result_id: None, data: encoded(document, &tokens) }
}

/// Each by its distance from the one before, line by line; of two that overlap, the first.
fn encoded(document: &Document, tokens: &[Token]) -> Vec<SemanticToken> {
    let (mut data, mut end) = (Vec::new(), 0);
    let (mut line, mut column) = (0, 0);
    for token in tokens {
        if token.span.start < end {
            continue;
        }
        end = token.span.end;
        let mut start = token.span.start;
        for part in document.slice(token.span).split_inclusive('\n') {
            let content = part.trim_end_matches(['\n', '\r']);
            let lead = number(content.len() - content.trim_start().len());
            let position = document.lines().position(start + lead);
            let length = number(document.encoding.length(content.trim_start()));
            start += number(part.len());
            if length == 0 {
                continue;
            }
            let delta_line = position.line - line;
            let delta_start = if delta_line == 0 { position.character - column } else { position.character };
            (line, column) = (position.line, position.character);
            data.push(SemanticToken {
                delta_line,
                delta_start,
                length,
                token_type: token.class as u32,
                token_modifiers_bitset: u32::from(token.is_declaration),
            });
        }
    }
    data
}
