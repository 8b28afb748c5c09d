//! Items with a box to tick.

use super::tree::{Block, BlockId, BlockKind, Markdown, TickBox};
use crate::source::Span;

/// One task.
#[derive(Debug, Clone)]
pub struct Task<'a> {
    pub id: BlockId,
    pub tick: TickBox,
    /// Its first paragraph without markup.
    pub text: String,
    /// Where that stands, markup included; just behind the box where it is empty.
    pub span: Span,
    /// The headings above it, the highest first.
    pub headings: Vec<&'a Block>,
    /// The task it is a part of.
    pub parent: Option<BlockId>,
    /// How many tasks it is a part of.
    pub depth: u32,
    /// The lists of the text, counted from 1.
    pub list: u32,
    /// In a list with numbers, its own.
    pub number: Option<u64>,
    /// Where its links lead to.
    pub links: Vec<&'a str>,
}

pub(super) fn tasks(markdown: &Markdown) -> Vec<Task<'_>> {
    let mut first_paragraph: Vec<Option<&Block>> = vec![None; markdown.blocks.len()];
    for block in &markdown.blocks {
        let place = block.parent.and_then(|parent| first_paragraph.get_mut(parent.index()));
        if let (Some(place @ None), BlockKind::Paragraph) = (place, &block.kind) {
            *place = Some(block);
        }
    }
    // The nearest task each block stands in (or is), and how many there are above.
    let mut within: Vec<Option<(BlockId, u32)>> = Vec::with_capacity(markdown.blocks.len());
    let mut found = Vec::new();
    for (id, block) in markdown.blocks() {
        let above = block.parent.and_then(|parent| within.get(parent.index()).copied().flatten());
        let BlockKind::Item { list, number, task: Some(tick) } = &block.kind else {
            within.push(above);
            continue;
        };
        let depth = above.map_or(0, |(_, depth)| depth + 1);
        within.push(Some((id, depth)));
        let inline = first_paragraph.get(id.index()).copied().flatten().map(|paragraph| &paragraph.inline);
        found.push(Task {
            id,
            tick: *tick,
            text: inline.map(super::Inline::text).unwrap_or_default(),
            span: inline.map_or(Span::at(tick.span.end), |inline| inline.span),
            headings: markdown.heading_path(block),
            parent: above.map(|(task, _)| task),
            depth,
            list: *list,
            number: *number,
            links: inline.map(super::Inline::links).unwrap_or_default(),
        });
    }
    found
}
