//! `**Service**: checkout`: the attributes of a plan, wherever they stand.

use super::fence::{Fence, fence};
use super::labels;
use super::reading::{Reading, attribute};
use super::said::{Line, Said};
use super::section::Section;
use super::value::is_absent;
use super::words::{self, Field};
use crate::check::names::IN_PLANS;
use crate::document::markdown::{Block, BlockId, BlockKind};
use crate::model::plan::{Plan, Staged};
use crate::model::read::BlockType;
use crate::model::types::Type;
use crate::source::Span;
use crate::syntax::ast::Entry;

impl<'a> Reading<'a> {
    /// A section that is about nothing a plan knows: its fields count all the same.
    pub(super) fn other(&mut self, section: &Section<'a>) {
        self.left_out(section);
        self.held_back(section);
        let mut unread: Option<Span> = None;
        let is_checklist = section.is_checklist();
        for (id, block) in &section.blocks {
            let read = match &block.kind {
                BlockKind::Paragraph => self.field_lines(block, section),
                BlockKind::Item { task: None, .. } => self.first_line(*id).is_some_and(|line| self.field(&line)),
                BlockKind::Table => {
                    let unread = self.rows(*id).iter().filter(|line| !self.field(line)).count();
                    unread == 0
                }
                BlockKind::Code { .. } => match fence(block) {
                    Some(Fence::Native) => true,
                    Some(Fence::LooksNative) => {
                        self.unread_code(block);
                        true
                    }
                    Some(Fence::Script | Fence::Transcript | Fence::OtherShell | Fence::Other) | None => {
                        if is_checklist {
                            self.unread_code(block);
                        }
                        is_checklist
                    }
                },
                BlockKind::Heading(_)
                | BlockKind::Item { .. }
                | BlockKind::Quote
                | BlockKind::Row { .. }
                | BlockKind::Cell
                | BlockKind::Html
                | BlockKind::Rule => true,
            };
            if !read {
                unread.get_or_insert(block.span);
            }
        }
        if let Some(span) = unread {
            let place = section.heading.as_ref().map_or(span, |heading| heading.span);
            let what = section.heading.as_ref().map_or_else(
                || "what stands before the first heading".to_owned(),
                |heading| format!("`{}`", heading.text),
            );
            // More was said of a heading that is nearly one of a plan.
            if !self.unread.contains(&place.start) {
                self.not_read(place, &what);
            }
        }
    }

    /// Each line of a paragraph that is a field; whatever is none is prose.
    fn field_lines(&mut self, block: &Block, section: &Section<'a>) -> bool {
        let lines: Vec<Line> = block.inline.lines().filter_map(Line::of).collect();
        for line in &lines {
            if section.is_checklist() && is_meant(line) {
                self.unread_line(line);
            } else {
                self.field(line);
            }
        }
        true
    }

    /// The rows of a table with two columns, as lines.
    pub(super) fn rows(&self, table: BlockId) -> Vec<Line> {
        let mut lines = Vec::new();
        let rows = self.markdown.children(table).filter(|(_, row)| row.kind == BlockKind::Row { heads: false });
        for (row, _) in rows {
            let cells: Vec<&Block> = self.markdown.children(row).map(|(_, cell)| cell).collect();
            let [label, value] = cells.as_slice() else { return Vec::new() };
            let Some(mut line) = Line::of(&value.inline.runs) else { continue };
            line.label = Said::of(&label.inline.runs).map(|label| label.trimmed(&[':']));
            line.value = Some(line.whole.clone());
            lines.push(line);
        }
        lines
    }

    /// Reads a line as a field; false where it is none.
    pub(super) fn field(&mut self, line: &Line) -> bool {
        let Some(label) = &line.label else { return false };
        let Some(known) = words::field(&label.text) else {
            return self.unknown_field(line, label);
        };
        let Some(value) = &line.value else {
            let message = format!("`{}` has no value", label.text);
            self.not_understood(label.span, message, "write it behind the colon, or delete the line");
            return true;
        };
        let twice = match known {
            Field::Date => self.window.date.is_some(),
            Field::Time => self.window.time.is_some(),
            Field::Duration => self.window.duration.is_some(),
            Field::Zone => self.window.zone.is_some(),
            Field::Plan(_) | Field::RollbackTime | Field::Staged(_) | Field::Title => false,
        };
        if twice {
            self.given_twice(label, &label.text);
            return true;
        }
        match known {
            Field::Plan(name) => self.plan_attribute(name, label, value),
            Field::Date => self.window.date = Some(value.clone()),
            Field::Time => self.window.time = Some(value.clone()),
            Field::Duration => self.window.duration = Some((label.clone(), value.clone())),
            Field::Zone => self.window.zone = Some((label.clone(), value.clone())),
            Field::RollbackTime => self.rollback_within(label, value),
            Field::Staged(name) => {
                let wanted = type_of(Staged::SHAPE.attributes.iter().map(|known| (known.name, known.kind)), name);
                if !is_absent(value, wanted) {
                    let value = self.value(value, wanted);
                    self.staged.add(Entry::Attribute(attribute(name, label.span, value)), label.span);
                }
            }
            Field::Title => self.title = Some(value.clone()),
        }
        if self.window.span.is_none() && matches!(known, Field::Date | Field::Time) {
            self.window.span = Some(label.span);
        }
        true
    }

    fn plan_attribute(&mut self, name: &'static str, label: &Said, value: &Said) {
        let wanted = type_of(Plan::SHAPE.attributes.iter().map(|known| (known.name, known.kind)), name);
        if self.attributes.iter().any(|known| known.name.value == name) {
            self.given_twice(label, name);
            return;
        }
        if is_absent(value, wanted) {
            return;
        }
        let value = self.value(value, wanted);
        self.attributes.push(attribute(name, label.span, value));
    }

    fn given_twice(&mut self, label: &Said, name: &str) {
        let message = format!("`{name}` is given twice");
        self.report(IN_PLANS.repeated, label.span, message, "keep one of the two");
    }

    /// A label in bold was meant as a field; any other is prose, unless it is nearly one.
    fn unknown_field(&mut self, line: &Line, label: &Said) -> bool {
        let has_time =
            line.value.as_ref().is_some_and(|value| value.text.contains(|digit: char| digit.is_ascii_digit()));
        if words::ends_window(&label.text) && (line.strong || has_time) {
            let message = format!("`{}` says when the window ends, and nothing would end it then", label.text);
            let help = "write when it begins and how long it is open: `**Time**: 14:30 Europe/Berlin` and `**Duration**: 2 hours`, or `**Time**: 14:30-16:30 Europe/Berlin`";
            self.not_understood(label.span, message, help);
            return true;
        }
        if !line.strong {
            return self.held_back_by_field(line, label);
        }
        if labels::is_hold(&label.text) {
            return self.meant_label(line, label);
        }
        if self.held_back_by_field(line, label) {
            return true;
        }
        match words::nearly_field(&label.text) {
            Some(meant) => {
                let message = format!("a plan has no `{}`", label.text);
                self.not_understood(label.span, message, format!("did you mean `{meant}`?"));
            }
            None => self.not_read(label.span, &format!("`{}`", label.text)),
        }
        true
    }

    /// `key: value` between the dashes at the beginning.
    pub(super) fn front_matter(&mut self) {
        let Some(span) = self.markdown.front_matter() else { return };
        let mut at = span.start;
        for row in span.text(self.text).split_inclusive('\n') {
            let start = at;
            at += u32::try_from(row.len()).unwrap_or_default();
            let Some((key, value)) = row.split_once(':') else { continue };
            if key.starts_with([' ', '\t', '-', '#']) || key.is_empty() {
                continue;
            }
            let place = |text: &str, from: usize| Said {
                text: text.to_owned(),
                span: Span::of(from..from + text.len()).shifted(start),
            };
            let label = place(key.trim_end(), 0);
            let lead = value.len() - value.trim_start().len();
            let value = place(value.trim(), key.len() + 1 + lead).trimmed(&['"', '\'']);
            let value = (!value.text.is_empty()).then_some(value);
            let whole = label.clone();
            let words = String::new();
            self.field(&Line { label: Some(label), strong: true, value, whole, words, code: Vec::new(), link: None });
        }
    }
}

/// Whether a line between boxes may say something of them.
fn is_meant(line: &Line) -> bool {
    let Some(label) = line.label.as_ref().filter(|label| words::field(&label.text).is_none()) else { return false };
    let stands_out = line.strong || !line.code.is_empty();
    let is_attribute = words::step_attribute(&label.text).is_some();
    labels::is_hold(&label.text)
        || stands_out && (is_attribute || labels::meant(&label.text, line.value.is_none()).is_some())
}

fn type_of(mut known: impl Iterator<Item = (&'static str, Type)>, name: &str) -> Type {
    known.find(|(attribute, _)| *attribute == name).map_or(Type::Any, |(_, kind)| kind)
}
