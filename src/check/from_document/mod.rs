//! Plans written as YAML or JSON, read into the tree that the language has: whatever comes after is shared. Knows how
//! keys are laid out; decides nothing about what they mean.

mod block;
mod diagnostics;
mod head;
mod language;
pub(super) mod layout;
mod list;
mod reading;
mod red_flag;
mod value;

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Kind, NodeId};
use crate::model::plan::Plan;
use crate::model::read::BlockType;
use crate::source::FileId;
use crate::syntax::ast::Block;
use crate::syntax::hidden_characters;

pub use diagnostics::{FROM_DOCUMENT_DESCRIPTORS, NO_VALUE, NOT_A_LIST, NOT_A_MAPPING, SEVERAL_PLANS, UNCLEAR_KIND};
use reading::Reading;
pub(super) use value::text_of;

const AS_AN_ESCAPE: &str = "delete it; a string that needs it stands in double quotes and writes it as an escape";

/// The plan that a document holds, as the language would have written it; every place in it cuts out of `text` what it
/// speaks of. None where the document is no mapping, which is said.
///
/// What is wrong with the document itself is not said again.
pub fn plan_block(file: FileId, document: &Document, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Block> {
    diagnostics.extend(hidden_characters(file, text).into_iter().map(|hidden| hidden.help(AS_AN_ESCAPE)));
    let mut reading = Reading { file, document, text, diagnostics };
    let root = reading.only_document()?;
    if !reading.is_mapping(root) {
        let help = "start with `plan: some-id`, and write the plan's other keys below it";
        reading.not_a_mapping("a plan", root, help);
        return None;
    }
    Some(reading.entry_block(root, Plan::SHAPE))
}

impl Reading<'_> {
    /// Documents that hold nothing are passed over; where there is no other, that has been reported.
    fn only_document(&mut self) -> Option<NodeId> {
        let document = self.document;
        let is_empty = |root: NodeId| document.kind(root) == Kind::Null && document.span(root).is_empty();
        let mut documents = document.roots().iter().copied().filter(|root| !is_empty(*root));
        let first = documents.next()?;
        for another in documents {
            let message = "a second document stands in this file: a YAML plan is one document";
            self.report(&SEVERAL_PLANS, self.span(another), message, "give each plan a file of its own");
        }
        Some(first)
    }
}

#[cfg(test)]
mod tests;
