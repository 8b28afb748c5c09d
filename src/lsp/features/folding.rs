//! What can be folded: blocks, block strings, runs of comments.

use gen_lsp_types::{FoldingRange, FoldingRangeKind};

use crate::lsp::document::Document;
use crate::source::Span;
use crate::syntax::ast::{Block, Entry, Item, PolicyEntry};

pub(in crate::lsp) fn ranges(document: &Document) -> Vec<FoldingRange> {
    let mut spans = Vec::new();
    for item in document.items() {
        of_item(item, &mut spans);
    }
    let blocks = spans.into_iter().filter_map(|span| range(document, span, FoldingRangeKind::Region));
    let comments = comments(document).into_iter().filter_map(|span| range(document, span, FoldingRangeKind::Comment));
    let mut ranges: Vec<FoldingRange> = blocks.chain(comments).collect();
    ranges.sort_by_key(|range| (range.start_line, range.end_line));
    ranges.dedup_by_key(|range| range.start_line);
    ranges
}

fn of_item(item: &Item, spans: &mut Vec<Span>) {
    match item {
        Item::Plan(block) | Item::Calendar(block) => of_block(block, spans),
        Item::Procedure(procedure) => of_block(&procedure.block, spans),
        Item::Policy(policy) => {
            spans.push(policy.span);
            for entry in &policy.body {
                match entry {
                    PolicyEntry::Attribute(attribute) => spans.push(attribute.span),
                    PolicyEntry::Parameter(_) => {}
                    PolicyEntry::Calendar(block) => of_block(block, spans),
                    PolicyEntry::Rule(rule) => {
                        spans.push(rule.span);
                        spans.extend(rule.clauses.iter().map(|clause| clause.span));
                    }
                    PolicyEntry::RedFlag(flag) => spans.push(flag.span),
                }
            }
        }
        Item::Waiver(waiver) => spans.push(waiver.span),
        Item::Test(test) => {
            spans.push(test.span);
            spans.extend(test.clauses.iter().filter_map(|clause| match clause {
                crate::syntax::ast::TestClause::Given(given) => Some(given.text.span),
                crate::syntax::ast::TestClause::At(_) | crate::syntax::ast::TestClause::Expect(_) => None,
            }));
        }
    }
}

fn of_block(block: &Block, spans: &mut Vec<Span>) {
    spans.push(block.span);
    for entry in &block.body {
        match entry {
            Entry::Attribute(attribute) => spans.push(attribute.span),
            Entry::Block(inner) => of_block(inner, spans),
            Entry::RedFlag(flag) => spans.push(flag.span),
        }
    }
}

/// Comments on lines of their own that follow each other.
fn comments(document: &Document) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for comment in document.parsed().comments.iter().filter(|comment| comment.own_line) {
        match runs.last_mut() {
            Some(run) if follows(document, *run, comment.span) => run.end = comment.span.end,
            Some(_) | None => runs.push(comment.span),
        }
    }
    runs
}

fn follows(document: &Document, run: Span, comment: Span) -> bool {
    let between = document.slice(Span::new(run.end, comment.start));
    between.trim().is_empty() && between.matches('\n').count() == 1
}

/// From the first to the last line; what stands on one line is not folded.
fn range(document: &Document, span: Span, kind: FoldingRangeKind) -> Option<FoldingRange> {
    let range = document.range(span);
    let last = document.slice(span).trim_end();
    // The closing brace stays in sight.
    let end = if last.ends_with('}') { range.end.line.saturating_sub(1) } else { range.end.line };
    (end > range.start.line).then_some(FoldingRange {
        start_line: range.start.line,
        start_character: None,
        end_line: end,
        end_character: None,
        kind: Some(kind),
        collapsed_text: None,
    })
}
