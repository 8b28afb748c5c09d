//! `- On-call: @alice`: who does what, and who signs.

use super::checklist::ItemParts;
use super::reading::{Ids, Reading, attribute, block, title_of};
use super::said::Line;
use super::section::Section;
use super::words::Topic;
use super::{value, words};
use crate::check::names::IN_PLANS;
use crate::document::markdown::{Block, BlockKind};
use crate::model::types::Type;
use crate::syntax::ast::Entry;

impl<'a> Reading<'a> {
    pub(super) fn team(&mut self, section: &Section<'a>) {
        for line in self.lines_of(section) {
            let Some(label) = &line.label else {
                if !value::people(&line.whole).is_empty() {
                    let message = format!("`{}` names somebody and no role", line.whole.text);
                    self.not_understood(line.whole.span, message, "write `- On-call: @alice`");
                }
                continue;
            };
            let Some(role) = words::role(&label.text) else {
                self.unknown_role(&line);
                continue;
            };
            let Some(said) = &line.value else {
                self.not_understood(label.span, format!("`{}` names nobody", label.text), "write `- On-call: @alice`");
                continue;
            };
            if self.team.has(role) {
                let message = format!("the role `{role}` is given twice");
                self.report(IN_PLANS.repeated, label.span, message, "name everybody who has it on one line");
                continue;
            }
            let value = self.value(said, Type::List(&Type::Person));
            self.team.add(Entry::Attribute(attribute(role, label.span, value)), label.span);
        }
    }

    fn unknown_role(&mut self, line: &Line) {
        let Some(label) = &line.label else { return };
        if let Some(meant) = words::nearly_role(&label.text) {
            let message = format!("a team has no `{}`", label.text);
            self.not_understood(label.span, message, format!("did you mean `{meant}`?"));
        } else {
            self.not_read(label.span, &format!("`{}`", label.text));
        }
    }

    /// Who must sign: a checklist whose items say by whom.
    pub(super) fn sign_off(&mut self, section: &Section<'a>) {
        let mut ids = Ids::default();
        let mut items = Vec::new();
        for line in self.lines_of(section) {
            if !line.code.is_empty() {
                self.unread_command(&line);
            }
            let signer = line.value.as_ref().and_then(|said| value::people(said).into_iter().next());
            let title = line.label.as_ref().filter(|_| signer.is_some()).unwrap_or(&line.whole).clone();
            let parts = ItemParts { title, by: signer, ..ItemParts::new(line.whole.clone()) };
            items.push(self.item(parts, &mut ids));
        }
        let heading = section.heading.as_ref();
        let Some(span) = items.first().map(|item| item.span) else {
            self.nobody_signs(section);
            return;
        };
        let id = heading.and_then(|heading| self.id_of_list(heading));
        let body = items.into_iter().map(Entry::Block).collect();
        let place = heading.map_or(span, |heading| heading.span);
        self.checklists.push(block("checklist", place, id, heading.map(title_of), body));
    }

    /// A section that is called an approval and asks nobody.
    fn nobody_signs(&mut self, section: &Section<'a>) {
        let Some(heading) = &section.heading else { return };
        let says = |part: &Block| match &part.kind {
            BlockKind::Paragraph | BlockKind::Table => true,
            BlockKind::Code { .. }
            | BlockKind::Heading(_)
            | BlockKind::Quote
            | BlockKind::Item { .. }
            | BlockKind::Row { .. }
            | BlockKind::Cell
            | BlockKind::Html
            | BlockKind::Rule => false,
        };
        if !section.is_checklist() && section.blocks.iter().any(|(_, part)| says(part)) {
            let message = format!("`{}` asks nobody: no item names who signs", heading.text);
            let help = "write who signs as items, `- Security: @eve`, or as a table of two columns";
            self.said_once(heading.span, message, help);
        }
    }

    /// Items without a box, rows, and lines of paragraphs with a label.
    pub(super) fn lines_of(&mut self, section: &Section<'a>) -> Vec<Line> {
        let mut lines = Vec::new();
        for (id, part) in &section.blocks {
            match &part.kind {
                BlockKind::Item { task: None, .. } => {
                    lines.extend(self.first_line(*id));
                    if section.topic == Topic::SignOff {
                        self.below(*id).into_iter().for_each(|(id, part)| self.unread(id, part));
                    }
                }
                BlockKind::Code { .. } if section.topic == Topic::SignOff => self.unread_code(part),
                BlockKind::Table => lines.extend(self.rows(*id)),
                BlockKind::Paragraph => {
                    lines.extend(part.inline.lines().filter_map(Line::of).filter(|line| line.label.is_some()));
                }
                BlockKind::Code { info } if !super::fence::is_native(info.as_deref()) => {
                    self.not_read(part.span, "this block of code");
                }
                BlockKind::Item { .. }
                | BlockKind::Heading(_)
                | BlockKind::Code { .. }
                | BlockKind::Quote
                | BlockKind::Row { .. }
                | BlockKind::Cell
                | BlockKind::Html
                | BlockKind::Rule => {}
            }
        }
        lines
    }
}
