//! Boxes to tick: every task of the text, in a checklist for each heading.

use std::collections::HashSet;

use super::reading::{Ids, Reading, attribute, block, title_of};
use super::said::{Line, Said};
use crate::document::markdown::{Block as Part, BlockId, BlockKind, Task};
use crate::model::plan::Item;
use crate::model::read::BlockType;
use crate::source::Span;
use crate::syntax::ast::{Attribute, Block, Entry, Literal, Node, Value, ValueKind};

use super::value::{is_absent, people, quoted};
use super::words;

/// What an item says.
#[derive(Debug)]
pub(super) struct ItemParts {
    pub(super) title: Said,
    pub(super) by: Option<Value>,
    pub(super) more: Vec<Attribute>,
    /// All of its first line.
    pub(super) span: Span,
}

impl ItemParts {
    pub(super) fn new(title: Said) -> Self {
        Self { span: title.span, title, by: None, more: Vec::new() }
    }
}

impl Reading<'_> {
    /// Every task, under the heading it stands under.
    pub(super) fn checklists(&mut self) {
        let tasks = self.markdown.tasks();
        let mut ids_of_lists = Ids::default();
        for known in &self.checklists {
            if let Some(title) = &known.title {
                ids_of_lists.id_for(&Said { text: title.value.value.clone(), span: title.span }, "checklist", 0);
            }
        }
        let section = |task: &Task<'_>| self.markdown.block(task.id).and_then(|block| block.section);
        let mut groups: Vec<(Option<BlockId>, Vec<&Task<'_>>)> = Vec::new();
        for task in &tasks {
            let heading = section(task);
            match groups.last_mut() {
                Some((known, group)) if *known == heading => group.push(task),
                _ => groups.push((heading, vec![task])),
            }
        }
        // Of two headings of one name, both say what they stand under.
        let mut names: HashSet<String> = HashSet::new();
        let twice: HashSet<String> = groups
            .iter()
            .filter_map(|(_, group)| Some(group.first()?.headings.last()?.inline.text()))
            .filter(|name| !names.insert(name.clone()))
            .collect();
        for (_, group) in &groups {
            self.checklist(group, &twice, &mut ids_of_lists);
        }
    }

    fn checklist(&mut self, group: &[&Task<'_>], twice: &HashSet<String>, ids_of_lists: &mut Ids) {
        let Some(first) = group.first() else { return };
        let title = title_under(&first.headings, twice);
        let kind = title.as_ref().map_or(first.tick.span, |title| title.span);
        let mut body = Vec::with_capacity(group.len() + 1);
        let heading = first.headings.last().map(|heading| heading.inline.span);
        let common =
            first.due.filter(|(_, place)| first.headings.iter().any(|heading| heading.inline.span.contains(*place)));
        if let Some((length, place)) = common {
            body.push(Entry::Attribute(due(length, place)));
        }
        let mut ids = Ids::default();
        for task in group {
            let own = task.due.filter(|own| common.is_none_or(|common| common.1 != own.1));
            let item = self.task(task, own, &mut ids);
            body.push(Entry::Block(item));
        }
        let line = self.lines.line(kind.start) + 1;
        let id = match &title {
            Some(title) => ids_of_lists.id_for(title, "checklist", line),
            None => ids_of_lists.id_for(&Said { text: "Checklist".to_owned(), span: kind }, "checklist", line),
        };
        let title =
            title.as_ref().map(title_of).or_else(|| Some(title_of(&Said { text: "Checklist".to_owned(), span: kind })));
        let mut list = block("checklist", heading.unwrap_or(kind), id, title, body);
        list.span = group.iter().fold(list.span, |span, task| span.to(task.span));
        self.checklists.push(list);
    }

    fn task(&mut self, task: &Task<'_>, own_due: Option<(i64, Span)>, ids: &mut Ids) -> Block {
        let line = self.first_line(task.id);
        let whole =
            line.as_ref().map_or_else(|| Said { text: String::new(), span: task.span }, |line| line.whole.clone());
        // A paragraph of several lines is one text.
        let title = Said { text: task.text.clone(), span: task.span };
        let mut parts = ItemParts::new(if title.text.is_empty() {
            Said { text: "empty".to_owned(), span: task.tick.span }
        } else {
            title
        });
        if let Some(line) = &line {
            self.settle(line, &whole, task, &mut parts);
            if !parts.more.is_empty() && !line.code.is_empty() {
                self.hedged_line(line);
            }
        }
        for found in self.item_parts(task.id) {
            parts.more.retain(|known| known.name.value != found.name.value);
            parts.more.push(found);
        }
        let tick = ValueKind::Literal(Literal::Bool(task.tick.ticked));
        parts.more.push(attribute("done", task.tick.span, Node::new(tick, task.tick.span)));
        if let Some((length, place)) = own_due {
            parts.more.push(due(length, place));
        }
        parts.span = task.tick.span.to(task.span);
        self.item(parts, ids)
    }

    /// A command behind a colon, a signer at the end, or a link to what shows that a ticked item is done.
    fn settle(&mut self, line: &Line, whole: &Said, task: &Task<'_>, parts: &mut ItemParts) {
        if let (Some(label), Some(value), [code]) = (&line.label, &line.value, line.code.as_slice())
            && value.text == code.text
        {
            parts.title = label.clone();
            parts.more.push(attribute("run", code.span, self.command_value(code)));
        }
        let signers = people(whole);
        if let [signer] = signers.as_slice()
            && whole.text.trim_end_matches([')', ']', '.']).ends_with(signed(signer))
        {
            parts.by = Some(signer.clone());
        }
        if let (Some(link), true) = (&line.link, task.tick.ticked) {
            parts.more.push(attribute("evidence", link.span, quoted(link)));
        }
    }

    /// What stands below an item and belongs to it.
    pub(super) fn item_parts(&mut self, item: BlockId) -> Vec<Attribute> {
        self.unread_rest(item);
        let mut parts: Vec<Attribute> = Vec::new();
        for (below, block) in self.below(item) {
            match &block.kind {
                // A box below a box is an item as well.
                BlockKind::Item { task: Some(_), .. } => {}
                BlockKind::Item { task: None, .. } => self.part_of_item(below, block, &mut parts),
                BlockKind::Paragraph
                | BlockKind::Heading(_)
                | BlockKind::Code { .. }
                | BlockKind::Quote
                | BlockKind::Table
                | BlockKind::Row { .. }
                | BlockKind::Cell
                | BlockKind::Html
                | BlockKind::Rule => self.unread(below, block),
            }
        }
        parts
    }

    /// `- By: @eve` below an item.
    fn part_of_item(&mut self, item: BlockId, block: &Part, parts: &mut Vec<Attribute>) {
        let known = self.first_line(item).and_then(|line| {
            let label = line.label.clone()?;
            let name = words::plain(&label.text).replace(' ', "_");
            let known = Item::SHAPE.attributes.iter().find(|known| known.name == name)?;
            Some((line, label, known))
        });
        let Some((line, label, known)) = known else {
            self.unread(item, block);
            return;
        };
        for (below, block) in self.below(item) {
            self.unread(below, block);
        }
        let Some(value) = line.value.clone() else {
            self.nothing_behind(Some((known.name, label)));
            return;
        };
        let value = match &line.link {
            _ if known.name == "run" => self.command(&line).map(|command| self.command_value(&command)),
            Some(target) if known.name == "evidence" => Some(quoted(target)),
            None if is_absent(&value, known.kind) => None,
            Some(_) | None => Some(self.value(&value, known.kind)),
        };
        parts.extend(value.map(|value| attribute(known.name, label.span, value)));
    }

    pub(super) fn item(&mut self, parts: ItemParts, ids: &mut Ids) -> Block {
        let line = self.lines.line(parts.span.start) + 1;
        let id = ids.id_for(&parts.title, "item", line);
        let by = parts.by.map(|by| attribute("by", by.span, by));
        let body = parts.more.into_iter().filter(|more| by.is_none() || more.name.value != "by").chain(by.clone());
        let body = body.map(Entry::Attribute).collect();
        block("item", parts.span, id, Some(title_of(&parts.title)), body)
    }
}

fn due(length: i64, place: Span) -> Attribute {
    attribute("due", place, Node::new(ValueKind::Literal(Literal::Offset(length)), place))
}

fn signed(signer: &Value) -> &str {
    match &signer.value {
        ValueKind::Literal(Literal::Person(name)) => name,
        ValueKind::Literal(_) | ValueKind::Symbol(_) | ValueKind::List(_) | ValueKind::Map(_) => "",
    }
}

/// The nearest heading, with those above it where its name alone is not enough. The title of the text says nothing here.
fn title_under(headings: &[&Part], twice: &HashSet<String>) -> Option<Said> {
    let nearest = headings.last()?;
    let said = Said::of(&nearest.inline.runs)?;
    if !twice.contains(&nearest.inline.text()) {
        return Some(said);
    }
    let path: Vec<String> = headings.iter().skip(1).map(|heading| heading.inline.text()).collect();
    if path.len() < 2 { Some(said) } else { Some(Said { text: path.join(" > "), span: said.span }) }
}
