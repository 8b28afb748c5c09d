//! Blocks of code with `stopline` behind their fence: what Markdown has no form for, in the language itself.

use std::collections::BTreeMap;

use super::fence::is_native;
use super::reading::Reading;
use crate::document::markdown::{Block as Part, BlockKind, Markdown};
use crate::model::plan::Phase;
use crate::model::read::BlockType;
use crate::source::{FileId, Span};
use crate::syntax::ast::{Block, Entry, Item};
use crate::syntax::parse;

const OPEN: &str = "plan p {";

/// A comment of the language in such a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NativeComment {
    pub span: Span,
    pub own_line: bool,
}

/// What each such block holds, by where it begins.
pub(super) type Native = BTreeMap<u32, Vec<Entry>>;

impl Reading<'_> {
    pub(super) fn read_native(&mut self) {
        let Some(alone) = alone(self.markdown, self.text) else { return };
        let parsed = parse(self.file, &alone);
        self.diagnostics.extend(parsed.diagnostics);
        for item in parsed.tree.items {
            if let Item::Plan(plan) = item {
                self.native.insert(plan.span.start, plan.body);
            }
        }
    }

    /// The actions of a block that stands among the steps of a phase; whatever else it holds belongs to the plan.
    pub(super) fn native_actions(&mut self, part: &Part) -> Vec<Block> {
        let entries = self.native.remove(&part.span.start).unwrap_or_default();
        let mut actions = Vec::new();
        for entry in entries {
            match entry {
                Entry::Block(block) if is_action(&block) => actions.push(block),
                Entry::Block(_) | Entry::Attribute(_) | Entry::RedFlag(_) => self.rest.push(entry),
            }
        }
        actions
    }

    /// What such blocks hold belongs to the plan as if it stood between its braces; a phase that is there already is
    /// continued.
    pub(super) fn native(&mut self) {
        let left: Vec<Entry> = std::mem::take(&mut self.native).into_values().flatten().collect();
        let taken: Vec<Entry> = std::mem::take(&mut self.rest);
        for entry in taken.into_iter().chain(left) {
            let Entry::Block(block) = entry else {
                self.rest.push(entry);
                continue;
            };
            let same =
                |phase: &&mut Block| block.kind.value == "phase" && block.title.is_none() && phase.id == block.id;
            match self.phases.iter_mut().find(same) {
                Some(phase) => phase.body.extend(block.body),
                None if block.kind.value == "phase" => self.phases.push(block),
                None => self.rest.push(Entry::Block(block)),
            }
        }
    }
}

fn is_action(block: &Block) -> bool {
    Phase::SHAPE.blocks.iter().any(|known| known.shape.kind == block.kind.value)
}

/// The comments of all such blocks, so that findings can be ignored in them.
pub fn native_comments(file: FileId, markdown: &Markdown, text: &str) -> Vec<NativeComment> {
    let Some(alone) = alone(markdown, text) else { return Vec::new() };
    let comments = parse(file, &alone).comments;
    comments.iter().map(|comment| NativeComment { span: comment.span, own_line: comment.own_line }).collect()
}

/// The text with everything blanked but such blocks, each a plan of its own where its fences were: what is read of it
/// stands where it stands in the text.
fn alone(markdown: &Markdown, text: &str) -> Option<String> {
    let mut blank: Vec<u8> =
        text.bytes().map(|byte| if byte == b'\n' || byte == b'\r' { byte } else { b' ' }).collect();
    let mut found = false;
    for (_, block) in markdown.blocks() {
        let BlockKind::Code { info } = &block.kind else { continue };
        if !is_native(info.as_deref()) {
            continue;
        }
        let (span, code) = (block.span.range(), block.inline.span.range());
        // A fence that was never closed ends with the text.
        let close = code.end.max(span.start + OPEN.len());
        let (Some(head), Some(_)) = (blank.get_mut(span.start..span.start + OPEN.len()), text.get(close..close + 1))
        else {
            continue;
        };
        head.copy_from_slice(OPEN.as_bytes());
        for run in &block.inline.runs {
            let range = run.span.range();
            if let (Some(place), Some(written)) = (blank.get_mut(range.clone()), text.as_bytes().get(range)) {
                place.copy_from_slice(written);
            }
        }
        if let Some(brace) = blank.get_mut(close) {
            *brace = b'}';
            found = true;
        }
    }
    // Whatever was blanked is one byte a byte, and code is copied whole.
    found.then(|| String::from_utf8(blank).ok()).flatten()
}
