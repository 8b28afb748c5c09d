//! Mappings to blocks.

use super::head::Naming;
use super::layout::{self, Key};
use super::reading::{Field, Reading};
use crate::check::names::IN_PLANS;
use crate::diagnostic::did_you_mean;
use crate::document::NodeId;
use crate::model::read::list_names;
use crate::model::types::{BlockShape, Shape};
use crate::syntax::ast::{Attribute, Block, Entry, Name, Node};

impl<'a> Reading<'a> {
    /// A mapping that says itself what it is, or whose list says it.
    pub(super) fn entry_block(&mut self, mapping: NodeId, shape: &'static Shape) -> Block {
        let kind = self.kind_of(mapping, shape);
        self.block(kind, mapping, shape)
    }

    /// The kind stands where its key is, else where the mapping begins.
    pub(super) fn kind_of(&self, mapping: NodeId, shape: &Shape) -> Name {
        let key = self.document.entry(mapping, shape.kind).or(self.document.entries(mapping).first().copied());
        let span = key.map_or_else(|| self.span(mapping), |entry| self.inner_span(entry.key));
        Node::new(shape.kind.to_owned(), span)
    }

    /// The block that `kind` names and `mapping` describes.
    pub(super) fn block(&mut self, kind: Name, mapping: NodeId, shape: &'static Shape) -> Block {
        let braces = self.span(mapping);
        let fields = self.fields(mapping);
        let mut naming = Naming::default();
        let mut body = Vec::with_capacity(fields.len());
        for field in fields {
            match layout::key(shape, field.key) {
                Some(Key::Id) => self.note_id(&mut naming, field, shape),
                Some(Key::Title) => naming.title = self.title(&field),
                Some(Key::Attribute(wanted)) => {
                    body.extend(self.attribute(&field, wanted).map(Entry::Attribute));
                }
                Some(Key::Child(child)) => body.extend(self.child(&field, child).map(Entry::Block)),
                Some(Key::Children(list)) => body.extend(self.entries(&field, &list)),
                None => self.unknown_key(&field, shape),
            }
        }
        let (id, title) = self.named(naming, shape);
        Block { span: kind.span.to(braces), kind, id, title, body, braces }
    }

    pub(super) fn attribute(&mut self, field: &Field<'a>, wanted: crate::model::types::Type) -> Option<Attribute> {
        let value = self.value(field.key, field.value, wanted)?;
        Some(Attribute { name: field.name(), span: field.key_span.to(value.span), value })
    }

    fn child(&mut self, field: &Field<'a>, child: &'static BlockShape) -> Option<Block> {
        if !self.is_mapping(field.value) {
            let keys = layout::keys(child.shape).map(|(name, _)| name);
            let help = format!("write its keys below it: it has {}", list_names(keys));
            self.not_a_mapping(&format!("`{}`", field.key), field.value, help);
            return None;
        }
        Some(self.block(field.name(), field.value, child.shape))
    }

    /// The same finding as in the language; the cure is a document's.
    fn unknown_key(&mut self, field: &Field<'a>, shape: &'static Shape) {
        let help = misplaced(field.key, shape).unwrap_or_else(|| {
            let known = || layout::keys(shape).map(|(name, _)| name);
            did_you_mean(field.key, known()).map_or_else(
                || format!("a {} has {}", shape.kind, list_names(known())),
                |meant| format!("did you mean `{meant}`?"),
            )
        });
        let message = format!("a {} has no `{}`", shape.kind, field.key);
        self.report(IN_PLANS.unknown, field.key_span, message, help);
    }
}

/// Where a child belongs that stands under the name of its kind, or under its plural in a phase.
fn misplaced(key: &str, shape: &'static Shape) -> Option<String> {
    let child = shape.blocks.iter().find(|child| child.shape.kind == key || child.field == key)?;
    let kind = child.shape.kind;
    if layout::holds_in_order(shape) {
        let list = layout::IN_ORDER;
        return Some(format!("put it into `{list}`, whose order counts: `- {kind}: …`"));
    }
    Some(format!("put it into the list `{}`: `- {kind}: …`", child.field))
}
