//! Plans in YAML and JSON as specification: a text in; the tree of the language, or what is wrong, out.

mod answers;
mod mistakes;
mod places;
mod same;

use std::fmt::Write as _;
use std::sync::Arc;

use super::plan_block;
use crate::check::plan::check_plan;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Format};
use crate::source::{FileId, LineIndex, Span};
use crate::syntax::ast::{Block, Item};

const LANGUAGE: &str = include_str!("../../../../examples/checkout.plan");
const YAML: &str = include_str!("../../../../examples/checkout.plan.yaml");
const JSON: &str = include_str!("../../../../examples/checkout.plan.json");

fn read(format: Format, text: &str) -> (Option<Block>, Vec<Diagnostic>) {
    let file = FileId::default();
    let parsed = document::parse(file, &Arc::from(text), format);
    let mut diagnostics = parsed.diagnostics;
    let block = plan_block(file, &parsed.document, text, &mut diagnostics);
    (block, diagnostics)
}

/// The plan of a text with which nothing is wrong.
#[track_caller]
fn plan(format: Format, text: &str) -> Block {
    let (block, diagnostics) = read(format, text);
    assert_eq!(diagnostics, [], "{text}");
    block.unwrap()
}

/// The plan of a text in the language.
fn in_language(text: &str) -> Block {
    let parsed = crate::syntax::parse(FileId::default(), text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let plan =
        parsed.tree.items.into_iter().find_map(|item| if let Item::Plan(plan) = item { Some(plan) } else { None });
    plan.unwrap()
}

/// Everything that is said about a plan, one finding a line: place, the text it cuts out, id, message, cure.
fn complaints(format: Format, text: &str) -> String {
    let (block, mut diagnostics) = read(format, text);
    if let Some(block) = block {
        check_plan(FileId::default(), &block, &mut diagnostics);
    }
    let index = LineIndex::new(text);
    let show = |span: Span| {
        let at = index.line_column(text, span.start);
        format!("{}:{} `{}`", at.line, at.column, span.text(text).escape_debug())
    };
    diagnostics.sort_by_key(|diagnostic| diagnostic.place);
    let mut out = String::new();
    for Diagnostic { rule, place, message, help, .. } in diagnostics {
        writeln!(out, "{} {rule}: {message}", show(place.unwrap().span)).unwrap();
        writeln!(out, "  {}", help.unwrap_or_default()).unwrap();
    }
    out
}
