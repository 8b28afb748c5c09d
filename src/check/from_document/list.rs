//! Lists of mappings to blocks, each of the kind it says.

use super::diagnostics::{NOT_A_LIST, UNCLEAR_KIND};
use super::layout::{self, List};
use super::reading::{Field, Reading};
use crate::check::names::IN_PLANS;
use crate::diagnostic::did_you_mean;
use crate::document::{Kind, NodeId};
use crate::model::read::list_names;
use crate::model::types::{Naming, Shape};
use crate::syntax::ast::{Block, Entry, Node};

impl<'a> Reading<'a> {
    pub(super) fn entries(&mut self, field: &Field<'a>, list: &List) -> Vec<Entry> {
        let document = self.document;
        if document.kind(field.value) != Kind::Sequence {
            let found = document.kind(field.value).name();
            let message = format!("`{}` is a list, found {found}", field.key);
            let help = format!("write one entry for each: `- {}: …`", list.example());
            self.report(&NOT_A_LIST, self.span(field.value), message, help);
            return Vec::new();
        }
        document.items(field.value).iter().filter_map(|item| self.entry(*item, list)).collect()
    }

    fn entry(&mut self, item: NodeId, list: &List) -> Option<Entry> {
        if !self.is_mapping(item) {
            let help = format!("write `- {}: some-id`, and its other keys below it", list.example());
            self.not_a_mapping(&format!("an entry of `{}`", list.name), item, help);
            return None;
        }
        let shape = self.shape_of(item, list)?;
        if layout::is_red_flag(shape) {
            return Some(Entry::RedFlag(self.red_flag(item, shape)));
        }
        if shape.naming == Naming::Anonymous {
            return self.wrapped(item, shape).map(Entry::Block);
        }
        Some(Entry::Block(self.entry_block(item, shape)))
    }

    /// What an entry says it is.
    fn shape_of(&mut self, item: NodeId, list: &List) -> Option<&'static Shape> {
        let document = self.document;
        let keys: Vec<&str> = document.entries(item).iter().filter_map(|entry| document.text(entry.key)).collect();
        let kinds = list.kinds_among(&keys);
        match (kinds.as_slice(), list.tacit) {
            ([kind], _) => return Some(kind),
            ([], Some(tacit)) => return Some(tacit),
            ([], None) => {
                let known = || list.kinds.iter().map(|kind| kind.shape.kind);
                let message = format!("this entry of `{}` does not say what it is", list.name);
                let help = keys.into_iter().find_map(|key| did_you_mean(key, known())).map_or_else(
                    || format!("give it a key that names its kind and carries its id: {}", list_names(known())),
                    |meant| format!("did you mean `{meant}`?"),
                );
                self.report(&UNCLEAR_KIND, self.span(item), message, help);
            }
            ([first, second, ..], _) => {
                let span = document.key_span(item, second.kind).unwrap_or_else(|| self.span(item));
                let message = format!("this entry is a `{}` and a `{}` at once", first.kind, second.kind);
                self.report(&UNCLEAR_KIND, span, message, "make two entries of it");
            }
        }
        None
    }

    /// An entry without a name: `parallel: { … }` and nothing beside it.
    fn wrapped(&mut self, item: NodeId, shape: &'static Shape) -> Option<Block> {
        let mut block = None;
        for field in self.fields(item) {
            if field.key != shape.kind {
                let message = format!("nothing may stand beside `{}`", shape.kind);
                let help = format!("move `{}` below `{}`, or into an entry of its own", field.key, shape.kind);
                self.report(IN_PLANS.unknown, field.key_span, message, help);
            } else if self.is_mapping(field.value) {
                let kind = Node::new(shape.kind.to_owned(), field.key_span);
                block = Some(self.block(kind, field.value, shape));
            } else {
                let keys = list_names(layout::keys(shape).map(|(name, _)| name));
                self.not_a_mapping(&format!("`{}`", shape.kind), field.value, format!("it has {keys}"));
            }
        }
        block
    }
}

impl List {
    /// The kind of entry that a message shows.
    fn example(&self) -> &'static str {
        self.tacit.or(self.kinds.first().map(|kind| kind.shape)).map_or("step", |shape| shape.kind)
    }
}
