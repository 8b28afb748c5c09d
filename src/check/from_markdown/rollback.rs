//! The way back: its steps, and how long it may take.

use super::reading::{Reading, attribute};
use super::said::Said;
use super::section::Section;
use crate::document::markdown::{BlockKind, times};
use crate::model::types::Type;
use crate::syntax::ast::{Entry, Literal, ValueKind};

impl<'a> Reading<'a> {
    pub(super) fn rollback(&mut self, section: &Section<'a>) {
        let mut left = Vec::with_capacity(section.blocks.len());
        for (id, part) in &section.blocks {
            if let BlockKind::Item { task: None, .. } = part.kind
                && let Some(line) = self.first_line(*id)
                && let (Some(label), Some(value)) = (&line.label, &line.value)
                && line.code.is_empty()
                && times::duration(&value.text).is_some()
            {
                self.rollback_within(label, value);
                continue;
            }
            left.push((*id, *part));
        }
        // Where its length is said, it is not there for people alone.
        let is_leaf = section.is_leaf && left.len() == section.blocks.len();
        let (heading, nearly, hedged) = (section.heading.clone(), section.nearly.clone(), section.hedged.clone());
        let rest = Section { heading, nearly, hedged, blocks: left, is_leaf, ..*section };
        let steps = self.actions(&rest);
        for step in steps {
            let span = step.span;
            self.rollback.add(Entry::Block(step), section.heading.as_ref().map_or(span, |heading| heading.span));
        }
    }

    /// Said twice it must say the same.
    pub(super) fn rollback_within(&mut self, label: &Said, said: &Said) {
        let value = self.value(said, Type::Duration);
        let known = self.rollback.body.iter().find_map(|entry| match entry {
            Entry::Attribute(known) if known.name.value == "within" => Some(known.value.clone()),
            Entry::Attribute(_) | Entry::Block(_) | Entry::RedFlag(_) => None,
        });
        match known {
            None => self.rollback.add(Entry::Attribute(attribute("within", label.span, value)), label.span),
            Some(known) if known == value => {}
            Some(known) => {
                let shown = known.span.text(self.text).to_owned();
                let is_length = matches!(value.value, ValueKind::Literal(Literal::Duration(_)));
                if is_length {
                    let message = format!("the way back takes `{}` here, and `{shown}` elsewhere", said.text);
                    self.not_understood(said.span, message, "say it once");
                }
            }
        }
    }
}
