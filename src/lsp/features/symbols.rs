//! The outline of a text: plans with their phases and steps, policies with their rules.

use gen_lsp_types::{DocumentSymbol, SymbolKind};

use crate::lsp::document::Document;
use crate::source::Span;
use crate::syntax::ast::{Block, Entry, Item, Name, Node, PolicyEntry, Text};

pub(in crate::lsp) fn symbols(document: &Document) -> Vec<DocumentSymbol> {
    document.items().iter().map(|item| of_item(document, item)).collect()
}

fn of_item(document: &Document, item: &Item) -> DocumentSymbol {
    match item {
        Item::Plan(block) | Item::Calendar(block) => of_block(document, block),
        Item::Procedure(procedure) => of_block(document, &procedure.block),
        Item::Policy(policy) => {
            let head = Head { id: policy.id.as_ref(), title: policy.title.as_ref(), kind: "policy" };
            let children = policy.body.iter().filter_map(|entry| of_entry(document, entry)).collect();
            symbol(document, &head, SymbolKind::Module, policy.span, children)
        }
        Item::Waiver(waiver) => {
            let head = Head { id: Some(&waiver.rule), title: None, kind: "waive" };
            symbol(document, &head, SymbolKind::Event, waiver.span, Vec::new())
        }
        Item::Test(test) => {
            let head = Head { id: Some(&test.rule), title: Some(&test.title), kind: "test" };
            symbol(document, &head, SymbolKind::Method, test.span, Vec::new())
        }
    }
}

fn of_entry(document: &Document, entry: &PolicyEntry) -> Option<DocumentSymbol> {
    match entry {
        PolicyEntry::Attribute(_) => None,
        PolicyEntry::Parameter(parameter) => {
            let head = Head { id: Some(&parameter.name), title: parameter.doc.as_ref(), kind: "param" };
            Some(symbol(document, &head, SymbolKind::Constant, parameter.span, Vec::new()))
        }
        PolicyEntry::Calendar(block) => Some(of_block(document, block)),
        PolicyEntry::Rule(rule) => {
            let head = Head { id: rule.id.as_ref(), title: rule.title.as_ref(), kind: "rule" };
            Some(symbol(document, &head, SymbolKind::Function, rule.span, Vec::new()))
        }
        PolicyEntry::RedFlag(flag) => {
            let head = Head { id: flag.id.as_ref(), title: flag.title.as_ref(), kind: "redflag" };
            Some(symbol(document, &head, SymbolKind::Event, flag.span, Vec::new()))
        }
    }
}

fn of_block(document: &Document, block: &Block) -> DocumentSymbol {
    let children = block.body.iter().filter_map(|entry| match entry {
        Entry::Attribute(_) => None,
        Entry::Block(inner) => Some(of_block(document, inner)),
        Entry::RedFlag(flag) => {
            let head = Head { id: flag.id.as_ref(), title: flag.title.as_ref(), kind: "redflag" };
            Some(symbol(document, &head, SymbolKind::Event, flag.span, Vec::new()))
        }
    });
    let head = Head { id: block.id.as_ref(), title: block.title.as_ref(), kind: &block.kind.value };
    symbol(document, &head, kind_of(&block.kind.value), block.span, children.collect())
}

fn kind_of(block: &str) -> SymbolKind {
    match block {
        "plan" | "procedure" => SymbolKind::Module,
        "phase" | "checklist" | "rollback" | "parallel" => SymbolKind::Namespace,
        "step" | "use" | "notify" => SymbolKind::Function,
        "metric" => SymbolKind::Variable,
        "item" => SymbolKind::Boolean,
        "hold" | "probe" | "watch" | "followup" => SymbolKind::Event,
        "calendar" | "window" => SymbolKind::Constant,
        _ => SymbolKind::Object,
    }
}

/// What a symbol is called by.
struct Head<'t> {
    id: Option<&'t Name>,
    title: Option<&'t Node<Text>>,
    kind: &'t str,
}

fn symbol(
    document: &Document,
    head: &Head<'_>,
    kind: SymbolKind,
    span: Span,
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    let title = head.title.map(|title| title.value.value.clone()).filter(|title| !title.trim().is_empty());
    let (name, detail) = match (head.id, title) {
        (Some(id), title) => (id.value.clone(), title),
        (None, Some(title)) => (title, None),
        (None, None) => (head.kind.to_owned(), None),
    };
    let word = Span::new(span.start, span.start + u32::try_from(head.kind.len()).unwrap_or_default());
    let selection = head.id.map(|id| id.span).or(head.title.map(|title| title.span)).unwrap_or(word);
    // The protocol wants what is selected to be a part of the whole.
    let selection = if span.contains(selection) { selection } else { Span::at(span.start) };
    DocumentSymbol {
        name: if name.is_empty() { head.kind.to_owned() } else { name },
        detail: Some(detail.map_or(head.kind.to_owned(), |title| format!("{}: {title}", head.kind))),
        kind,
        tags: None,
        #[expect(deprecated, reason = "the protocol still has it, and the struct cannot be made without")]
        deprecated: None,
        range: document.range(span),
        selection_range: document.range(selection),
        children: (!children.is_empty()).then_some(children),
    }
}
