//! Plans written in Markdown as people keep them, read into the tree that the language has: whatever comes after is shared.
//! Knows how such plans are laid out; decides nothing about what they mean.

mod as_typed;
mod back;
mod below;
mod boxes;
mod changes;
mod checklist;
mod communication;
mod conditions;
mod criteria;
mod diagnostics;
mod fence;
mod fields;
mod hedge;
mod hedge_words;
mod held_back;
mod labels;
mod left_out;
mod like_headings;
mod moment;
mod native;
mod nearly;
mod order;
mod people;
mod reading;
mod rollback;
mod said;
mod section;
mod steps;
mod unread;
mod value;
mod waits;
mod window;
mod words;

use crate::diagnostic::Diagnostic;
use crate::document::markdown::Markdown;
use crate::source::FileId;
use crate::syntax::ast::{Block, Entry};
use crate::syntax::hidden_characters;

pub use diagnostics::{FROM_MARKDOWN_DESCRIPTORS, NOT_READ, NOT_UNDERSTOOD};
pub use native::{NativeComment, native_comments};
use reading::Reading;
use section::sections;
use words::Topic;

/// The plan that a Markdown text holds, as the language would have written it; every place in it is one of the text.
pub fn plan_block(file: FileId, markdown: &Markdown, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Block {
    let mut reading = Reading::new(file, markdown, text, diagnostics);
    reading.front_matter();
    reading.unclosed();
    reading.held_back_by_title();
    let (told, sections): (Vec<_>, Vec<_>) =
        sections(markdown).into_iter().partition(|section| section.topic == Topic::Communication);
    // Who is told is told before and after everything else.
    for section in sections.into_iter().chain(told) {
        reading.nearly(&section);
        reading.struck(&section);
        reading.boxes(&section);
        match section.topic {
            Topic::Team => {
                reading.held_back_beside(&section);
                reading.team(&section);
            }
            Topic::Changes => reading.changes(&section),
            Topic::Rollback => reading.rollback(&section),
            Topic::SignOff => {
                reading.asks(&section);
                reading.sign_off(&section);
            }
            Topic::Communication | Topic::Phase(_) => reading.steps(&section),
            Topic::Other => reading.other(&section),
        }
    }
    reading.hedged_in_footnotes();
    reading.checklists();
    reading.native();
    let plan = reading.finish();
    let hidden = hidden_characters(file, text).into_iter().filter(|hidden| stands_in_value(&plan, hidden));
    diagnostics.extend(hidden.map(|hidden| hidden.help("delete it")));
    plan
}

/// In prose and headings, what cannot be seen does no harm: people paste it there from everywhere.
fn stands_in_value(block: &Block, hidden: &Diagnostic) -> bool {
    let Some(place) = hidden.place else { return true };
    block.body.iter().any(|entry| match entry {
        Entry::Attribute(attribute) => attribute.value.span.contains(place.span),
        Entry::Block(inner) => stands_in_value(inner, hidden),
        Entry::RedFlag(flag) => flag.span.contains(place.span),
    })
}

#[cfg(test)]
mod tests;
