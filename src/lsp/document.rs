//! One text as an editor holds it: its lines, its tree, and the changes that reach it.

use std::cell::OnceCell;
use std::sync::Arc;

use gen_lsp_types::{Position, Range, TextDocumentContentChangeEvent};

use super::position::Lines;
use crate::session::{self, Input, Language};
use crate::source::{FileId, LineIndex, Span, Unit};
use crate::syntax::{Parse, ast};

/// A text, its lines and what it says.
#[derive(Debug)]
pub(super) struct Document {
    /// As the client writes it.
    pub(super) uri: String,
    /// As findings name it.
    pub(super) path: String,
    pub(super) version: i32,
    pub(super) text: Arc<str>,
    /// How it is read; none for what is neither plan nor policy.
    pub(super) language: Option<Language>,
    pub(super) encoding: Unit,
    index: LineIndex,
    parsed: OnceCell<Parse<ast::File>>,
}

impl Document {
    pub(super) fn new(uri: &str, path: &str, language: Option<Language>, text: &str, encoding: Unit) -> Self {
        Self {
            uri: uri.to_owned(),
            path: path.to_owned(),
            version: 0,
            text: Arc::from(text),
            language,
            encoding,
            index: LineIndex::new(text),
            parsed: OnceCell::new(),
        }
    }

    /// How a text is read, by its name or, where that says nothing, by what the client calls its language.
    pub(super) fn language_of(path: &str, language_id: &str) -> Option<Language> {
        let by_name = Language::of(path);
        by_name.or_else(|| language_id.starts_with("stopline").then_some(Language::Stopline))
    }

    pub(super) fn set(&mut self, text: &str) {
        self.text = Arc::from(text);
        self.index = LineIndex::new(text);
        self.parsed = OnceCell::new();
    }

    /// Applies changes in their order; each is made to what the one before it left.
    pub(super) fn change(&mut self, changes: &[TextDocumentContentChangeEvent]) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => self.set(&whole.text),
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(partial) => {
                    let span = self.lines().span(partial.range);
                    let (before, after) = (self.text.get(..span.start as usize), self.text.get(span.end as usize..));
                    let text = [before.unwrap_or_default(), &partial.text, after.unwrap_or_default()].concat();
                    self.set(&text);
                }
            }
        }
    }

    pub(super) fn lines(&self) -> Lines<'_> {
        Lines::new(&self.text, &self.index, self.encoding)
    }

    pub(super) fn range(&self, span: Span) -> Range {
        self.lines().range(span)
    }

    pub(super) fn offset(&self, position: Position) -> u32 {
        self.lines().offset(position)
    }

    /// What it says; nothing where it is neither plan nor policy.
    pub(super) fn parsed(&self) -> &Parse<ast::File> {
        self.parsed.get_or_init(|| match self.language {
            Some(language) => session::parse(Input { file: FileId::default(), language }, &self.text),
            None => Parse { tree: ast::File::default(), comments: Vec::new(), diagnostics: Vec::new() },
        })
    }

    pub(super) fn items(&self) -> &[ast::Item] {
        &self.parsed().tree.items
    }

    /// Whether it is written in Stopline's own language.
    pub(super) fn is_native(&self) -> bool {
        self.language == Some(Language::Stopline)
    }

    pub(super) fn slice(&self, span: Span) -> &str {
        span.text(&self.text)
    }

    /// Where the line of an offset begins.
    pub(super) fn line_start(&self, offset: u32) -> u32 {
        super::position::number(self.index.line_range(self.index.line(offset), &self.text).start)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn changes_are_made_one_after_the_other_whatever_they_name() {
        let mut document = Document::new("u", "a.plan", None, "a🚀b\nc\n", Unit::Utf16);
        let changes = json!([
            { "range": { "start": { "line": 0, "character": 3 }, "end": { "line": 0, "character": 4 } }, "text": "X\nY" },
            { "range": { "start": { "line": 1, "character": 1 }, "end": { "line": 2, "character": 0 } }, "text": "" },
            { "range": { "start": { "line": 9, "character": 9 }, "end": { "line": 0, "character": 0 } }, "text": "end" },
        ]);
        let changes: Vec<TextDocumentContentChangeEvent> = serde_json::from_value(changes).unwrap();
        document.change(&changes[..2]);
        assert_eq!(&*document.text, "a🚀X\nYc\n");
        document.change(&changes[2..]);
        assert_eq!(&*document.text, "end");
    }
}
