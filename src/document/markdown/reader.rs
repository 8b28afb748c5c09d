//! A text to its blocks, one after the other.

use std::sync::Arc;

use super::comments::comments_in;
use super::events::{Said, What, events};
use super::front_matter;
use super::inline::{Inline, Run, RunKind};
use super::tree::{Block, BlockId, BlockKind, Markdown, TickBox};
use crate::source::{FileId, Span};

/// Reads a whole text. It cannot be wrong.
pub fn read(file: FileId, text: &str) -> Markdown {
    let (begin, front_matter) = front_matter::split(text);
    let mut reader = Reader::new(text, begin);
    // A box at the very end of the text counts as well as one at the end of a line.
    let body = text.get(begin..).unwrap_or_default();
    if body.ends_with('\n') {
        events(body).for_each(|said| reader.take(said));
    } else {
        events(&format!("{body}\n")).for_each(|said| reader.take(said));
    }
    Markdown { file, blocks: reader.blocks, front_matter, comments: reader.comments }
}

#[derive(Debug)]
struct Reader<'a> {
    text: &'a str,
    /// How many bytes stand before what the parser sees.
    begin: usize,
    blocks: Vec<Block>,
    /// The blocks that are open, the innermost last.
    open: Vec<Open>,
    lists: Vec<List>,
    known_lists: u32,
    /// The nearest heading of each level.
    sections: [Option<BlockId>; 6],
    strong: u32,
    struck: u32,
    links: Vec<Arc<str>>,
    comments: Vec<super::super::Comment>,
}

#[derive(Debug)]
struct Open {
    id: BlockId,
    /// The paragraph that an item without blank lines speaks through.
    tacit: Option<BlockId>,
}

#[derive(Debug)]
struct List {
    id: u32,
    next: Option<u64>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, begin: usize) -> Self {
        Self {
            text,
            begin,
            blocks: Vec::new(),
            open: Vec::new(),
            lists: Vec::new(),
            known_lists: 0,
            sections: [None; 6],
            strong: 0,
            struck: 0,
            links: Vec::new(),
            comments: Vec::new(),
        }
    }

    fn take(&mut self, said: Said) {
        let end = (said.range.end + self.begin).min(self.text.len());
        let range = (said.range.start + self.begin).min(end)..end;
        let span = Span::of(range);
        match said.what {
            What::Open(BlockKind::Rule) => {
                self.push(BlockKind::Rule, span);
            }
            What::Open(kind) => {
                if kind == BlockKind::Html {
                    comments_in(self.text, span, &mut self.comments);
                }
                self.open(kind, span);
            }
            What::Close => self.close(),
            What::OpenList(first) => {
                self.end_tacit();
                self.known_lists += 1;
                self.lists.push(List { id: self.known_lists, next: first });
            }
            What::CloseList => {
                self.lists.pop();
            }
            What::Box(ticked) => self.tick(ticked, span),
            What::OpenStrong => {
                self.strong += 1;
                self.extend(span);
            }
            What::CloseStrong => self.strong = self.strong.saturating_sub(1),
            What::OpenStruck => {
                self.struck += 1;
                self.extend(span);
            }
            What::CloseStruck => self.struck = self.struck.saturating_sub(1),
            What::OpenLink(target) => {
                self.links.push(Arc::from(target));
                self.extend(span);
            }
            What::CloseLink => {
                self.links.pop();
            }
            What::Markup => self.extend(span),
            What::Text(text) => self.run(RunKind::Text, text, span, span),
            What::Code(text) => {
                let inner = within_backticks(self.text, &text, span);
                self.run(RunKind::Code, text, inner, span);
            }
            What::Break => self.run(RunKind::Break, String::new(), span, span),
            What::Html => {
                self.tag(span);
                comments_in(self.text, span, &mut self.comments);
            }
        }
    }

    /// A tag within a line: some strike through what stands between them.
    fn tag(&mut self, span: Span) {
        let tag = span.text(self.text).trim_start_matches('<').to_lowercase();
        let name = |tag: &str| tag.split(|found: char| !found.is_ascii_alphanumeric()).next().map(str::to_owned);
        let strikes = |name: Option<String>| name.is_some_and(|name| matches!(name.as_str(), "del" | "s" | "strike"));
        match tag.strip_prefix('/') {
            Some(closed) if strikes(name(closed)) => self.struck = self.struck.saturating_sub(1),
            None if strikes(name(&tag)) => self.struck += 1,
            Some(_) | None => {}
        }
    }

    fn open(&mut self, kind: BlockKind, span: Span) {
        self.end_tacit();
        // A tag that is never closed strikes no other block through.
        self.struck = 0;
        let id = match kind {
            BlockKind::Item { task, .. } => {
                let (list, number) = self.lists.last_mut().map_or((0, None), |list| {
                    let number = list.next;
                    list.next = number.and_then(|number| number.checked_add(1));
                    (list.id, number)
                });
                self.push(BlockKind::Item { list, number, task }, span)
            }
            BlockKind::Heading(level) => self.heading(level, span),
            kind @ (BlockKind::Paragraph
            | BlockKind::Code { .. }
            | BlockKind::Quote
            | BlockKind::Table
            | BlockKind::Row { .. }
            | BlockKind::Cell
            | BlockKind::Html
            | BlockKind::Rule) => self.push(kind, span),
        };
        self.open.push(Open { id, tacit: None });
    }

    /// A heading stands under the next higher one; one within a quote or an item divides nothing.
    fn heading(&mut self, level: u8, span: Span) -> BlockId {
        if !self.open.is_empty() {
            return self.push(BlockKind::Heading(level), span);
        }
        let (above, own) = self.sections.split_at_mut(usize::from(level).saturating_sub(1));
        own.fill(None);
        let section = above.iter().rev().find_map(|heading| *heading);
        let id = self.push(BlockKind::Heading(level), span);
        if let Some(block) = self.blocks.get_mut(id.index()) {
            block.section = section;
        }
        if let Some(slot) = self.sections.get_mut(usize::from(level).saturating_sub(1)) {
            *slot = Some(id);
        }
        id
    }

    fn push(&mut self, kind: BlockKind, span: Span) -> BlockId {
        let id = BlockId::new(self.blocks.len());
        let written = span.text(self.text);
        let span = Span::new(span.start, span.start + Span::of(0..written.trim_end().len()).end);
        let parent = self.open.last().map(|open| open.id);
        let section = self.sections.iter().rev().find_map(|heading| *heading);
        self.blocks.push(Block {
            kind,
            span,
            parent,
            section,
            inline: Inline { runs: Vec::new(), span: Span::at(span.start) },
        });
        id
    }

    fn close(&mut self) {
        self.end_tacit();
        self.open.pop();
    }

    fn tick(&mut self, ticked: bool, span: Span) {
        let written = span.text(self.text);
        let before = written.find('[').unwrap_or_default();
        let span = Span::of(before..before + "[ ]".len()).shifted(span.start);
        if !is_box(self.text, span) {
            let text = span.text(self.text).to_owned();
            return self.run(RunKind::Text, text, span, span);
        }
        let item = self.open.iter().rev().find_map(|open| {
            let block = self.blocks.get(open.id.index())?;
            matches!(block.kind, BlockKind::Item { .. }).then_some(open.id)
        });
        let block = item.and_then(|id| self.blocks.get_mut(id.index()));
        if let Some(Block { kind: BlockKind::Item { task, .. }, .. }) = block {
            *task = Some(TickBox { ticked, span });
        }
    }

    fn run(&mut self, kind: RunKind, text: String, span: Span, written: Span) {
        self.extend(written);
        let run = Run {
            kind,
            text,
            span,
            strong: self.strong > 0,
            struck: self.struck > 0,
            link: self.links.last().cloned(),
        };
        if let Some(inline) = self.inline(span) {
            inline.runs.push(run);
        }
    }

    /// What stands in the open block reaches at least this far.
    fn extend(&mut self, span: Span) {
        if let Some(inline) = self.inline(span) {
            inline.span = if inline.span.is_empty() { span } else { inline.span.to(span) };
        }
    }

    /// What the open block says; an item speaks through a paragraph.
    fn inline(&mut self, span: Span) -> Option<&mut Inline> {
        let open = self.open.last()?;
        let (id, tacit) = (open.id, open.tacit);
        let kind = &self.blocks.get(id.index())?.kind;
        if *kind == BlockKind::Html {
            return None;
        }
        let speaks = !matches!(kind, BlockKind::Item { .. });
        let id = match tacit {
            _ if speaks => id,
            Some(paragraph) => paragraph,
            None => {
                let paragraph = self.push(BlockKind::Paragraph, span);
                if let Some(open) = self.open.last_mut() {
                    open.tacit = Some(paragraph);
                }
                paragraph
            }
        };
        self.blocks.get_mut(id.index()).map(|block| &mut block.inline)
    }

    /// Whatever is said of an item after another block begins a paragraph of its own.
    fn end_tacit(&mut self) {
        let tacit = self.open.last_mut().and_then(|open| open.tacit.take());
        if let Some(block) = tacit.and_then(|id| self.blocks.get_mut(id.index())) {
            block.span = block.inline.span;
        }
    }
}

/// GitHub shows no box where a tab stands between the brackets, or where the line ends right behind them.
fn is_box(text: &str, span: Span) -> bool {
    let behind = text.get(span.end as usize..).unwrap_or_default();
    matches!(span.text(text), "[ ]" | "[x]" | "[X]") && behind.starts_with([' ', '\t'])
}

/// The text of a code span without its backticks, if it stands there byte for byte.
fn within_backticks(source: &str, text: &str, span: Span) -> Span {
    let written = span.text(source);
    let ticks = written.len() - written.trim_start_matches('`').len();
    let inside = written.get(ticks..written.len().saturating_sub(ticks)).unwrap_or_default();
    match inside.find(text) {
        Some(at) => Span::of(ticks + at..ticks + at + text.len()).shifted(span.start),
        None => span,
    }
}

#[cfg(test)]
mod tests {
    use super::within_backticks;
    use crate::source::Span;

    #[test]
    fn code_stands_between_its_backticks() {
        for (written, text) in [("`a b`", "a b"), ("`` a`b ``", "a`b"), ("` a `", "a")] {
            let span = within_backticks(written, text, Span::of(0..written.len()));
            assert_eq!(span.text(written), text, "{written}");
        }
        assert_eq!(within_backticks("`a\nb`", "a b", Span::new(0, 5)), Span::new(0, 5));
    }
}
