//! Suggestions in the words of the protocol.

use gen_lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemTextEdit, Documentation, InsertTextFormat, MarkupContent,
    MarkupKind, TextEdit,
};

use crate::lsp::context::word_before;
use crate::lsp::document::Document;
use crate::lsp::names::Kind;
use crate::lsp::position::number;
use crate::lsp::scene::Scene;
use crate::lsp::vocabulary::Word;
use crate::source::Span;

/// What is suggested, each once.
#[derive(Debug, Default)]
pub(super) struct Items(Vec<Item>);

#[derive(Debug)]
struct Item {
    label: String,
    kind: CompletionItemKind,
    detail: String,
    doc: String,
    /// What follows it, with places to fill in.
    rest: String,
}

impl Items {
    pub(super) fn add(&mut self, label: &str, kind: CompletionItemKind, detail: &str, doc: &str) {
        self.add_with(label, kind, detail, doc, "");
    }

    pub(super) fn add_with(&mut self, label: &str, kind: CompletionItemKind, detail: &str, doc: &str, rest: &str) {
        if self.0.iter().all(|known| known.label != label) {
            self.0.push(Item {
                label: label.to_owned(),
                kind,
                detail: detail.to_owned(),
                doc: doc.to_owned(),
                rest: rest.to_owned(),
            });
        }
    }

    pub(super) fn and(mut self, more: Self) -> Self {
        for item in more.0 {
            if self.0.iter().all(|known| known.label != item.label) {
                self.0.push(item);
            }
        }
        self
    }

    /// In place of the word that is being written, in this order.
    pub(super) fn at(self, scene: &Scene<'_>, document: &Document, before: &str, offset: u32) -> Vec<CompletionItem> {
        let start = offset - number(word_before(before).len());
        let range = document.range(Span::new(start, offset));
        let items = self.0.into_iter().enumerate();
        items
            .map(|(index, item)| {
                let with_places = scene.takes_snippets && !item.rest.is_empty();
                let new_text = if with_places { item.label.clone() + &item.rest } else { item.label.clone() };
                let doc = MarkupContent { kind: MarkupKind::Markdown, value: item.doc };
                CompletionItem {
                    label: item.label,
                    kind: Some(item.kind),
                    detail: Some(item.detail).filter(|detail| !detail.is_empty()),
                    documentation: (!doc.value.is_empty()).then_some(Documentation::MarkupContent(doc)),
                    sort_text: Some(format!("{index:04}")),
                    insert_text_format: with_places.then_some(InsertTextFormat::Snippet),
                    text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit { range, new_text })),
                    ..CompletionItem::default()
                }
            })
            .collect()
    }
}

/// Words of the language.
pub(super) fn of_words(words: &[Word]) -> Items {
    let mut items = Items::default();
    for word in words {
        items.add_with(word.name, CompletionItemKind::Keyword, "", word.doc, word.rest);
    }
    items
}

/// Values that say everything by themselves.
pub(super) fn plain(values: impl IntoIterator<Item = String>, detail: &str) -> Items {
    let mut items = Items::default();
    for value in values {
        items.add(&value, CompletionItemKind::Value, detail, "");
    }
    items
}

pub(super) const fn kind_of(kind: Kind) -> CompletionItemKind {
    match kind {
        Kind::Plan | Kind::Procedure => CompletionItemKind::Module,
        Kind::Phase | Kind::Step | Kind::Hold | Kind::Probe => CompletionItemKind::Function,
        Kind::Metric | Kind::Variable | Kind::Parameter => CompletionItemKind::Variable,
        Kind::Role => CompletionItemKind::Property,
        Kind::Calendar => CompletionItemKind::Event,
        Kind::Rule => CompletionItemKind::Reference,
    }
}
