//! `- Feature: new dashboard`: what goes out.

use super::reading::{Ids, Reading, attribute, block, title_of};
use super::said::{Line, Said};
use super::section::Section;
use super::words;
use crate::document::markdown::{BlockId, BlockKind, times};
use crate::model::plan::Change;
use crate::model::read::BlockType;
use crate::source::Span;
use crate::syntax::ast::{Attribute, Entry, Node, Value, ValueKind};

/// What kind of change a label means.
const KINDS: &[(&str, &[&str])] = &[
    ("feature", &["feature", "new", "added", "add feature", "enhancement", "improvement"]),
    ("fix", &["fix", "bug", "bugfix", "bug fix", "fixed", "hotfix"]),
    ("security", &["security", "vulnerability", "security fix", "security patch"]),
    (
        "schema",
        &[
            "schema",
            "migration",
            "add column",
            "add index",
            "add table",
            "drop column",
            "drop index",
            "drop table",
            "rename column",
            "rename table",
            "alter table",
            "alter column",
            "create table",
            "create index",
            "index",
        ],
    ),
    ("config", &["config", "configuration", "setting", "settings", "environment variable"]),
    ("dependency", &["dependency", "dependencies", "update", "upgrade", "bump"]),
];

impl<'a> Reading<'a> {
    pub(super) fn changes(&mut self, section: &Section<'a>) {
        let heading = section.heading.as_ref().map(|heading| words::plain(&heading.text)).unwrap_or_default();
        let usual = if ["database", "schema", "migration"].iter().any(|word| heading.contains(word)) {
            Some("schema")
        } else if heading.contains("config") {
            Some("config")
        } else {
            None
        };
        let mut ids = Ids::default();
        for known in &self.changes {
            if let Some(title) = &known.title {
                ids.id_for(&Said { text: title.value.value.clone(), span: title.span }, "change", 0);
            }
        }
        let usual = usual.zip(section.heading.as_ref().map(|heading| heading.span));
        for (id, part) in &section.blocks {
            if let BlockKind::Item { task: None, .. } = part.kind
                && let Some(line) = self.first_line(*id)
            {
                self.change(*id, &line, usual, &mut ids);
            }
        }
        let rest: Vec<(BlockId, &crate::document::markdown::Block)> =
            section.blocks.iter().copied().filter(|(_, part)| !matches!(part.kind, BlockKind::Item { .. })).collect();
        let rest = Section {
            heading: section.heading.clone(),
            nearly: section.nearly.clone(),
            hedged: None,
            blocks: rest,
            ..*section
        };
        self.other(&rest);
    }

    fn change(&mut self, item: BlockId, line: &Line, usual: Option<(&'static str, Span)>, ids: &mut Ids) {
        let is_time =
            |value: &Said| times::duration(&value.text).is_some_and(|(_, range)| range.end == value.text.len());
        if let (Some(label), Some(value)) = (&line.label, &line.value)
            && is_time(value)
        {
            self.not_read(label.span, &format!("`{}`", label.text));
            return;
        }
        let said = line.label.as_ref().and_then(|label| Some((kind_of(&label.text, &line.whole.text)?, label)));
        let (kind, title) = match (said, usual) {
            // What is done to the database is said by the whole line.
            (Some((kind @ "schema", label)), _) => (Some((kind, label.span)), line.whole.clone()),
            (Some((kind, label)), _) => {
                (Some((kind, label.span)), line.value.clone().unwrap_or_else(|| line.whole.clone()))
            }
            (None, usual) => (usual, line.whole.clone()),
        };
        let line_number = self.lines.line(line.whole.span.start) + 1;
        let id = ids.id_for(&title, "change", line_number);
        let kind = kind.map(|(kind, span)| {
            let value: Value = Node::new(ValueKind::Symbol(kind.to_owned()), span);
            Entry::Attribute(attribute("kind", span, value))
        });
        let mut body = Vec::from_iter(kind);
        for below in self.below(item) {
            match self.part_of_change(below.0) {
                Some(found) => body.extend(found.into_iter().map(Entry::Attribute)),
                None => self.not_read(below.1.span, "what stands below a change"),
            }
        }
        self.changes.push(block("change", line.whole.span, id, Some(title_of(&title)), body));
    }

    /// `- Ticket: SHOP-1` below a change; nothing, where it says that there is none.
    fn part_of_change(&self, item: BlockId) -> Option<Vec<Attribute>> {
        let line = self.first_line(item)?;
        let (label, value) = (line.label?, line.value?);
        let name = words::plain(&label.text).replace(' ', "_");
        let known = Change::SHAPE.attributes.iter().find(|known| known.name == name)?;
        let is_there = !super::value::is_absent(&value, known.kind);
        let said = is_there.then(|| attribute(known.name, label.span, self.value(&value, known.kind)));
        Some(said.into_iter().collect())
    }
}

fn kind_of(label: &str, line: &str) -> Option<&'static str> {
    let label = words::plain(label);
    let (kind, _) = KINDS.iter().find(|(_, words)| words.contains(&label.as_str()))?;
    let is_patch = *kind == "dependency" && words::plain(line).contains("security");
    Some(if is_patch { "security" } else { kind })
}
