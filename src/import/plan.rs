//! A checklist or plan as a plan: each heading a checklist, each box an item.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::items::Item;
use super::write::{Ids, Named, Source, attribute, heading_path, offset, plain};
use crate::format::quoted;
use crate::syntax::ast::{Block, Entry};

pub(super) fn write(
    name: &Named,
    plan: &Block,
    is_plan: bool,
    tasks: &[Item],
    templates: &[Item],
    source: &Source<'_>,
) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# Taken from {}; each item says the line it stands in there.", source.path);
    let _ = writeln!(out, "plan {} {} {{", name.id, quoted(&plain(&name.title)));
    let known: BTreeMap<u32, &Item> = tasks.iter().map(|item| (item.tick.start, item)).collect();
    let mut writer = Writer { source, known, out };
    for entry in &plan.body {
        if is_plan || holds_tasks(entry) {
            writer.entry(entry);
        }
    }
    let mut ids = Ids::default();
    for entry in &plan.body {
        if let Entry::Block(Block { kind, id, title, .. }) = entry
            && kind.value == "checklist"
        {
            let named = id.as_ref().map(|id| id.value.clone());
            ids.take(
                &named.or_else(|| title.as_ref().map(|title| title.value.value.clone())).unwrap_or_default(),
                "checklist",
            );
        }
    }
    writer.templates(templates, &mut ids);
    writer.out.push_str("}\n");
    writer.out
}

/// Whether it is a checklist of boxes, and not one that was made of steps without a command.
fn holds_tasks(entry: &Entry) -> bool {
    let Entry::Block(block) = entry else { return false };
    let ticks = |entry: &Entry| matches!(entry, Entry::Block(item) if item.attribute("done").is_some());
    block.kind.value == "checklist" && block.body.iter().any(ticks)
}

/// The attributes of an item, where it has few.
fn on_one_line(block: &Block) -> Option<String> {
    if block.kind.value != "item" || block.body.len() > 2 {
        return None;
    }
    let attributes: Option<Vec<String>> = block
        .body
        .iter()
        .map(|entry| match entry {
            Entry::Attribute(written) => attribute(written).filter(|text| !text.contains('\n')),
            Entry::Block(_) | Entry::RedFlag(_) => None,
        })
        .collect();
    attributes.map(|attributes| attributes.join(", "))
}

#[derive(Debug)]
struct Writer<'a> {
    source: &'a Source<'a>,
    /// Tasks by where their box begins.
    known: BTreeMap<u32, &'a Item>,
    out: String,
}

impl Writer<'_> {
    fn entry(&mut self, entry: &Entry) {
        match entry {
            Entry::Attribute(written) => {
                if let Some(text) = attribute(written) {
                    let _ = writeln!(self.out, "{text}");
                }
            }
            // It stands there in the language itself.
            Entry::RedFlag(flag) => {
                let _ = writeln!(self.out, "{}", flag.span.text(self.source.text));
            }
            Entry::Block(block) => self.block(block),
        }
    }

    fn block(&mut self, block: &Block) {
        if block.kind.value != "item" {
            self.out.push('\n');
        }
        let written = block.span.text(self.source.text);
        if written.starts_with(&block.kind.value) && written.ends_with('}') {
            let _ = writeln!(self.out, "{written}");
            return;
        }
        if let Some(item) = self.known.get(&block.span.start).filter(|_| block.kind.value == "item") {
            let _ = writeln!(self.out, "{}", self.source.origin(item));
        } else if block.kind.value == "checklist" {
            self.heading_of(block);
        } else if block.kind.value != "window" && block.kind.value != "team" && block.kind.value != "phase" {
            let _ = writeln!(self.out, "# from {}:{}", self.source.path, self.source.line(block.span));
        }
        let _ = write!(self.out, "{}", block.kind.value);
        if let Some(id) = &block.id {
            let _ = write!(self.out, " {}", id.value);
        }
        if let Some(title) = &block.title {
            let _ = write!(self.out, " {}", quoted(&title.value.value));
        }
        if let Some(attributes) = on_one_line(block) {
            let _ = writeln!(self.out, " {{ {attributes} }}");
            return;
        }
        self.out.push_str(" {\n");
        for entry in &block.body {
            self.entry(entry);
        }
        self.out.push_str("}\n");
    }

    /// All the headings that a checklist stands under.
    fn heading_of(&mut self, block: &Block) {
        let first = block.body.iter().find_map(|entry| match entry {
            Entry::Block(item) => self.known.get(&item.span.start),
            Entry::Attribute(_) | Entry::RedFlag(_) => None,
        });
        if let Some(item) = first.filter(|item| !item.headings.is_empty()) {
            let _ = writeln!(self.out, "# {}", heading_path(&item.headings));
        }
    }

    /// Tasks of templates, a checklist for each heading.
    fn templates(&mut self, items: &[Item], ids: &mut Ids) {
        let groups = items.chunk_by(|one, next| one.headings == next.headings);
        for group in groups {
            let Some(first) = group.first() else { continue };
            let nearest = first.headings.last().map_or("Checklist", String::as_str);
            let id = ids.take(nearest, "checklist");
            self.out.push('\n');
            if !first.headings.is_empty() {
                let _ = writeln!(self.out, "# {}", heading_path(&first.headings));
            }
            let _ = writeln!(self.out, "checklist {id} {} {{", quoted(&plain(nearest)));
            let mut ids = Ids::default();
            for item in group {
                let _ = writeln!(self.out, "{}", self.source.origin(item));
                let id = ids.take(&item.text, "item");
                let due = item.due.map(|due| format!(", due = {}", offset(due))).unwrap_or_default();
                let _ = writeln!(self.out, "item {id} {} {{ done = {}{due} }}", quoted(&item.text), item.ticked);
            }
            self.out.push_str("}\n");
        }
    }
}
