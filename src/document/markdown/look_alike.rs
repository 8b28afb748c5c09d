//! Tasks in code blocks: templates to copy, not tasks of the document.

use super::reader::read;
use super::tree::{BlockId, BlockKind, Markdown, TickBox};
use crate::source::Span;

/// What would be a task if it did not stand in a code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAlike {
    /// The code block it stands in.
    pub block: BlockId,
    pub tick: TickBox,
    pub text: String,
    pub span: Span,
    /// The headings within the code block, the highest first.
    pub headings: Vec<String>,
    /// The look-alike it is a part of: its place among those of the text.
    pub parent: Option<usize>,
}

pub(super) fn look_alikes(markdown: &Markdown) -> Vec<LookAlike> {
    let mut found: Vec<LookAlike> = Vec::new();
    for (id, block) in markdown.blocks() {
        if !matches!(block.kind, BlockKind::Code { .. }) || !block.inline.runs.iter().any(|run| run.text.contains('['))
        {
            continue;
        }
        let inside = read(markdown.file, &block.inline.verbatim());
        let tasks = inside.tasks();
        let first = found.len();
        for task in &tasks {
            let place = |span| block.inline.source_of(span);
            found.push(LookAlike {
                block: id,
                tick: TickBox { ticked: task.tick.ticked, span: place(task.tick.span) },
                text: task.text.clone(),
                span: place(task.span),
                headings: task.headings.iter().map(|heading| heading.inline.text()).collect(),
                parent: task
                    .parent
                    .and_then(|parent| tasks.binary_search_by_key(&parent, |other| other.id).ok())
                    .map(|index| first + index),
            });
        }
    }
    found
}
