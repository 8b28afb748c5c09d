//! `markdown.task`: the items with a box to tick.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Found, SourceText};
use crate::document::markdown::{BlockId, BlockKind, Task, read};
use crate::model::data::{Data, Record, Text, Value};
use crate::model::subject::MARKDOWN_TASK;
use crate::model::units::Offset;
use crate::source::{LineIndex, Place};

pub(super) fn find(files: &[SourceText<'_>]) -> Found {
    let mut found = Found::default();
    for source in files {
        let markdown = read(source.file, &source.text);
        let lines = LineIndex::new(&source.text);
        let mut texts: HashMap<BlockId, Value> = HashMap::new();
        for task in markdown.tasks() {
            let text = Value::new(Data::text(task.text.as_str()), Place::new(source.file, task.span));
            texts.insert(task.id, text);
            found.subjects.push(subject(source, &task, &texts, &lines));
        }
        found.comments.extend(markdown.comments().iter().map(|comment| (source.file, *comment)));
    }
    found
}

fn subject(source: &SourceText<'_>, task: &Task<'_>, texts: &HashMap<BlockId, Value>, lines: &LineIndex) -> Value {
    let place = |span| Place::new(source.file, span);
    let tick = place(task.tick.span);
    let number = |number: u64| Data::Number(Decimal::from(number));
    let headings: Arc<[Value]> = task
        .headings
        .iter()
        .map(|heading| Value::new(Data::text(heading.inline.text()), place(heading.inline.span)))
        .collect();
    let targets = task.links.iter().map(|target| Value::new(Data::text(*target), place(task.span))).collect();
    let line = lines.line(task.tick.span.start) as u64 + 1;
    let mut fields: Vec<(Text, Value)> = Vec::with_capacity(13);
    let mut add = |name: &'static str, value: Value| fields.push((Text::fixed(name), value));
    let whole = texts.get(&task.id).cloned().unwrap_or_else(|| Value::new(Data::text(""), place(task.span)));
    add("text", whole);
    add("ticked", Value::new(Data::Bool(task.tick.ticked), tick));
    if let (Some(heading), Some(block)) = (headings.last(), task.headings.last()) {
        add("heading", heading.clone());
        if let BlockKind::Heading(level) = block.kind {
            add("level", Value::new(number(u64::from(level)), heading.place));
        }
    }
    add("headings", Value::new(Data::List(headings), tick));
    if let Some((offset, span)) = task.due {
        add("due", Value::new(Data::Offset(Offset::from_milliseconds(offset)), place(span)));
    }
    add("depth", Value::new(number(u64::from(task.depth)), tick));
    if let Some(parent) = task.parent.and_then(|parent| texts.get(&parent)) {
        add("parent", parent.clone());
    }
    if let Some(own) = task.number {
        add("number", Value::new(number(own), tick));
    }
    add("list", Value::new(number(u64::from(task.list)), tick));
    add("links", Value::new(Data::List(targets), place(task.span)));
    add("line", Value::new(number(line), tick));
    add("path", Value::new(Data::text(source.path), tick));
    let head = place(if task.span.is_empty() { task.tick.span } else { task.span });
    Value::new(Data::Record(Arc::new(Record { shape: Some(&MARKDOWN_TASK), fields, head })), head)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::source::SourceMap;

    /// Every field of every task: its name, what it holds, and the text its place cuts out.
    fn fields(text: &str) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add("ops/DEPLOY.md", text);
        let text = sources.get(file).unwrap().shared_text();
        let found = find(&[SourceText::new(file, "ops/DEPLOY.md", text)]);
        let mut out = String::new();
        for subject in found.subjects {
            let Data::Record(record) = &subject.data else { panic!("a record") };
            for (name, value) in &record.fields {
                writeln!(out, "{name} = {} at `{}`", value.data, sources.slice(value.place)).unwrap();
            }
        }
        out
    }

    #[test]
    fn every_field_stands_at_its_place() {
        let text = "# Release\n## Before (T-1 Week)\n1. [x] **Plan** [it](https://w.example)\n   - [ ] twice\n";
        let expected = "\
text = Plan it at `**Plan** [it](https://w.example)`
ticked = true at `[x]`
heading = Before (T-1 Week) at `Before (T-1 Week)`
level = 2 at `Before (T-1 Week)`
headings = Release, Before (T-1 Week) at `[x]`
due = T-1w at `T-1 Week`
depth = 0 at `[x]`
number = 1 at `[x]`
list = 1 at `[x]`
links = https://w.example at `**Plan** [it](https://w.example)`
line = 3 at `[x]`
path = ops/DEPLOY.md at `[x]`
text = twice at `twice`
ticked = false at `[ ]`
heading = Before (T-1 Week) at `Before (T-1 Week)`
level = 2 at `Before (T-1 Week)`
headings = Release, Before (T-1 Week) at `[ ]`
due = T-1w at `T-1 Week`
depth = 1 at `[ ]`
parent = Plan it at `**Plan** [it](https://w.example)`
list = 2 at `[ ]`
links =  at `twice`
line = 4 at `[ ]`
path = ops/DEPLOY.md at `[ ]`
";
        assert_eq!(fields(text), expected);
    }

    #[test]
    fn every_field_is_one_of_the_shape() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.md", "# T-1d\n- [ ] a\n  1. [ ] b\n");
        let text = sources.get(file).unwrap().shared_text();
        for subject in find(&[SourceText::new(file, "a.md", text)]).subjects {
            let Data::Record(record) = &subject.data else { panic!("a record") };
            for (name, _) in &record.fields {
                assert!(MARKDOWN_TASK.field_type(name).is_some(), "{name}");
            }
        }
    }
}
