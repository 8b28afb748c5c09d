//! What every part of the reading needs: what was gathered so far, and a way to complain.

use std::collections::{HashMap, HashSet};

use super::diagnostics::{NOT_READ, NOT_UNDERSTOOD};
use super::native::Native;
use super::order::Order;
use super::said::{Line, Said};
use super::window::WindowParts;
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::document::markdown::{Block as Part, BlockId, BlockKind, Markdown};
use crate::model::read::kebab_case;
use crate::source::{FileId, LineIndex, Place, Span};
use crate::syntax::ast::{Attribute, Block, Entry, Literal, Name, Node, Text, Value, ValueKind};

/// One plan being read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) file: FileId,
    pub(super) markdown: &'a Markdown,
    pub(super) text: &'a str,
    pub(super) lines: LineIndex,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    pub(super) title: Option<Said>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) window: WindowParts,
    pub(super) team: Gathered,
    pub(super) staged: Gathered,
    pub(super) changes: Vec<Block>,
    pub(super) checklists: Vec<Block>,
    pub(super) phases: Vec<Block>,
    pub(super) order: Order,
    pub(super) rollback: Gathered,
    pub(super) native: Native,
    /// What stands in the language and belongs to no section.
    pub(super) rest: Vec<Entry>,
    /// Where something was said not to be read: once is enough.
    pub(super) unread: HashSet<u32>,
}

/// A block that is put together from several places.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) body: Vec<Entry>,
    /// Where it begins.
    pub(super) span: Option<Span>,
}

impl Gathered {
    pub(super) fn add(&mut self, entry: Entry, span: Span) {
        self.span.get_or_insert(span);
        self.body.push(entry);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.body.iter().any(|entry| matches!(entry, Entry::Attribute(known) if known.name.value == name))
    }

    fn block(self, kind: &str) -> Option<Block> {
        let span = self.span?;
        Some(block(kind, span, None, None, self.body))
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        file: FileId,
        markdown: &'a Markdown,
        text: &'a str,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let headings = markdown.blocks().filter(|(_, block)| block.parent.is_none());
        let mut headings = headings.filter(|(_, block)| matches!(block.kind, BlockKind::Heading(_)));
        let title = headings.next().filter(|(_, block)| block.kind == BlockKind::Heading(1));
        let mut reading = Self {
            file,
            markdown,
            text,
            lines: LineIndex::new(text),
            diagnostics,
            title: title.and_then(|(_, block)| Said::of(&block.inline.runs)),
            attributes: Vec::new(),
            window: WindowParts::default(),
            team: Gathered::default(),
            staged: Gathered::default(),
            changes: Vec::new(),
            checklists: Vec::new(),
            phases: Vec::new(),
            order: Order::default(),
            rollback: Gathered::default(),
            native: Native::default(),
            rest: Vec::new(),
            unread: HashSet::new(),
        };
        reading.read_native();
        reading
    }

    pub(super) fn report(
        &mut self,
        descriptor: &'static Descriptor,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(descriptor, Place::new(self.file, span), message).help(help));
    }

    pub(super) fn not_understood(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.report(&NOT_UNDERSTOOD, span, message, help);
    }

    pub(super) fn not_read(&mut self, span: Span, what: &str) {
        let message = format!("{what} is not judged: a plan has no place for it");
        self.report(&NOT_READ, span, message, "nothing, if it is there for people");
    }

    /// The first paragraph of an item.
    pub(super) fn first_line(&self, item: BlockId) -> Option<Line> {
        let (_, paragraph) = self.markdown.children(item).next()?;
        (paragraph.kind == BlockKind::Paragraph).then(|| Line::of(&paragraph.inline.runs)).flatten()
    }

    /// Everything that a block holds besides its first paragraph.
    pub(super) fn below(&self, item: BlockId) -> Vec<(BlockId, &'a Part)> {
        self.markdown.children(item).skip(1).collect()
    }

    pub(super) fn finish(mut self) -> Block {
        self.finish_window();
        self.version_in_title();
        let kind = Span::at(self.title.as_ref().map_or(0, |title| title.span.start));
        let title = self.title.take();
        let id = title.as_ref().filter(|title| kebab_case(&title.text).is_empty()).map(|title| self.id_of_plan(title));
        let mut body: Vec<Entry> = std::mem::take(&mut self.attributes).into_iter().map(Entry::Attribute).collect();
        let window = std::mem::take(&mut self.window.block).map(Entry::Block);
        body.extend(window);
        let gathered = [("team", self.team), ("staged", self.staged)];
        body.extend(gathered.into_iter().filter_map(|(kind, parts)| parts.block(kind)).map(Entry::Block));
        let parts = self.changes.into_iter().chain(self.checklists).chain(self.phases);
        body.extend(parts.map(Entry::Block));
        body.extend(self.rollback.block("rollback").map(Entry::Block));
        body.extend(self.rest);
        let whole = Span::of(0..self.text.len());
        let title = title.map(|title| Node::new(Text::quoted(title.text), title.span));
        let mut plan = block("plan", kind, id, title, body);
        plan.span = whole;
        plan.braces = whole;
        plan
    }
}

impl Reading<'_> {
    /// What a plan is called by whose title has no letter that an id may have.
    fn id_of_plan(&self, title: &Said) -> Name {
        let said = ["service", "version"].iter().filter_map(|name| {
            let attribute = self.attributes.iter().find(|known| known.name.value == *name)?;
            let ValueKind::Literal(Literal::Text(text)) = &attribute.value.value else { return None };
            Some(text.value.as_str())
        });
        let id = kebab_case(&said.collect::<Vec<_>>().join(" "));
        Node::new(if id.is_empty() { "plan".to_owned() } else { id }, title.span)
    }

    /// The id of a list that is called by a heading, where its letters give none.
    pub(super) fn id_of_list(&self, heading: &Said) -> Option<Name> {
        let line = self.lines.line(heading.span.start) + 1;
        kebab_case(&heading.text).is_empty().then(|| Node::new(format!("checklist-{line}"), heading.span))
    }

    /// `Release v1.2.3` says the version, if nothing else does.
    fn version_in_title(&mut self) {
        let Some(title) = self.title.clone() else { return };
        if self.attributes.iter().any(|known| known.name.value == "version") {
            return;
        }
        let mut at = 0;
        for word in title.text.split(' ') {
            let start = at;
            at += word.len() + 1;
            let numbers = word.strip_prefix('v').unwrap_or(word);
            let is_version = numbers.contains('.') && numbers.split('.').all(|part| part.parse::<u64>().is_ok());
            if is_version {
                let said = title.part(start..start + word.len());
                let value = super::value::quoted(&said);
                self.attributes.push(attribute("version", said.span, value));
                return;
            }
        }
    }
}

/// Ids for the parts of one list: what a title gives, with a number where that was taken or says nothing.
#[derive(Debug, Default)]
pub(super) struct Ids {
    given: HashSet<String>,
    /// How often each title has come so far, so that no number is tried twice.
    counted: HashMap<String, u32>,
}

impl Ids {
    /// An id where the title alone would not do.
    pub(super) fn id_for(&mut self, title: &Said, kind: &str, line: usize) -> Option<Name> {
        let plain = kebab_case(&title.text);
        let starts_well = plain.starts_with(|first: char| first.is_ascii_alphabetic());
        if starts_well && self.given.insert(plain.clone()) {
            return None;
        }
        let stem = if plain.is_empty() { line.to_string() } else { plain };
        let stem = if starts_well { stem } else { format!("{kind}-{stem}") };
        let mut id = stem.clone();
        while !self.given.insert(id.clone()) {
            let count = self.counted.entry(stem.clone()).or_insert(1);
            *count += 1;
            id = format!("{stem}-{count}");
        }
        Some(Node::new(id, title.span))
    }
}

/// A block whose parts stand somewhere in the text.
pub(super) fn block(kind: &str, span: Span, id: Option<Name>, title: Option<Node<Text>>, body: Vec<Entry>) -> Block {
    Block { kind: Node::new(kind.to_owned(), span), id, title, body, span, braces: span }
}

pub(super) fn attribute(name: &str, label: Span, value: Value) -> Attribute {
    Attribute { name: Node::new(name.to_owned(), label), span: label.to(value.span), value }
}

pub(super) fn title_of(said: &Said) -> Node<Text> {
    Node::new(Text::quoted(said.text.clone()), said.span)
}
