//! Items with a box to tick.

use super::inline::Inline;
use super::times;
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
    /// When it is due, in milliseconds from the start of the window, and where that is said.
    pub due: Option<(i64, Span)>,
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
        let headings = markdown.heading_path(block);
        found.push(Task {
            id,
            tick: *tick,
            text: inline.map(Inline::text).unwrap_or_default(),
            span: inline.map_or(Span::at(tick.span.end), |inline| inline.span),
            due: due(inline, &headings),
            headings,
            parent: above.map(|(task, _)| task),
            depth,
            list: *list,
            number: *number,
            links: inline.map(Inline::links).unwrap_or_default(),
        });
    }
    found
}

/// What the task says itself, else the nearest heading that says anything. Only below a heading about the time after the
/// release does a limit such as `(within 15 minutes)` mean that time.
fn due(own: Option<&Inline>, headings: &[&Block]) -> Option<(i64, Span)> {
    if let Some(said) = own.and_then(|own| said_in(own, times::offset)) {
        return Some(said);
    }
    for (index, heading) in headings.iter().enumerate().rev() {
        let path = headings.get(..=index).unwrap_or_default();
        let afterwards = path.iter().any(|heading| is_about_afterwards(&heading.inline.text()));
        let limit = || if afterwards { said_in(&heading.inline, times::within) } else { None };
        if let Some(said) = said_in(&heading.inline, times::offset).or_else(limit) {
            return Some(said);
        }
    }
    None
}

fn is_about_afterwards(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    ["post-deploy", "post deploy", "post-release", "post release", "after"].iter().any(|words| heading.contains(words))
}

fn said_in(inline: &Inline, read: impl Fn(&str) -> Option<times::Found<i64>>) -> Option<(i64, Span)> {
    inline.runs.iter().find_map(|run| {
        let (length, range) = read(&run.text)?;
        // Where the text does not stand as it is, the whole of it is meant.
        let exact = u32::try_from(run.text.len()).is_ok_and(|length| length == run.span.len());
        Some((length, if exact { Span::of(range).shifted(run.span.start) } else { run.span }))
    })
}
