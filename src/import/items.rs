//! What is imported: tasks, and on demand what looks like tasks in blocks of code.

use crate::document::markdown::{Markdown, Task};
use crate::source::Span;

/// One box to tick.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) ticked: bool,
    pub(super) line: usize,
    /// The headings above it, the highest first.
    pub(super) headings: Vec<String>,
    /// What it is a part of.
    pub(super) parent: Option<String>,
    pub(super) links: Vec<String>,
    /// In milliseconds from the start of the window.
    pub(super) due: Option<i64>,
    /// Where its box stands.
    pub(super) tick: Span,
}

pub(super) fn items(markdown: &Markdown, line: &dyn Fn(Span) -> usize) -> Vec<Item> {
    let tasks = markdown.tasks();
    let text_of = |task: &Task<'_>| if task.text.is_empty() { "empty".to_owned() } else { task.text.clone() };
    let parent = |task: &Task<'_>| {
        let index = tasks.binary_search_by_key(&task.parent?, |other| other.id).ok()?;
        tasks.get(index).map(text_of)
    };
    tasks
        .iter()
        .map(|task| Item {
            text: text_of(task),
            ticked: task.tick.ticked,
            line: line(task.tick.span),
            headings: task.headings.iter().map(|heading| heading.inline.text()).collect(),
            parent: parent(task),
            links: task.links.iter().map(|link| (*link).to_owned()).collect(),
            due: task.due.map(|(length, _)| length),
            tick: task.tick.span,
        })
        .collect()
}

/// Tasks of templates stand under the headings of the template, and those under the headings of the text.
pub(super) fn look_alikes(markdown: &Markdown, line: &dyn Fn(Span) -> usize) -> Vec<Item> {
    let found = markdown.look_alikes();
    found
        .iter()
        .map(|task| {
            let above = markdown.block(task.block).map(|block| markdown.heading_path(block)).unwrap_or_default();
            let mut headings: Vec<String> = above.iter().map(|heading| heading.inline.text()).collect();
            // A template mostly repeats the heading it stands under.
            headings.extend(
                task.headings.iter().filter(|heading| headings.last() != Some(heading)).cloned().collect::<Vec<_>>(),
            );
            Item {
                text: if task.text.is_empty() { "empty".to_owned() } else { task.text.clone() },
                ticked: task.tick.ticked,
                line: line(task.tick.span),
                headings,
                parent: task.parent.and_then(|parent| found.get(parent)).map(|parent| parent.text.clone()),
                links: Vec::new(),
                due: None,
                tick: task.tick.span,
            }
        })
        .collect()
}
