//! The parts of a Markdown text, side by side in its order: nesting is told by numbers, so that no depth can hurt.

use super::super::Comment;
use super::inline::Inline;
use super::look_alike::LookAlike;
use super::task::Task;
use crate::source::{FileId, Span};

/// One Markdown text.
#[derive(Debug)]
pub struct Markdown {
    pub(super) file: FileId,
    pub(super) blocks: Vec<Block>,
    pub(super) front_matter: Option<Span>,
    pub(super) comments: Vec<Comment>,
}

/// A block of one [`Markdown`]. Ids follow the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(u32);

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// All of it, without the line end it ends with.
    pub span: Span,
    /// The item, quote or row it stands in.
    pub parent: Option<BlockId>,
    /// The heading it stands under; for a heading the next higher one.
    pub section: Option<BlockId>,
    /// What it says itself; items, quotes, tables and rows speak through their children.
    pub inline: Inline,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// From 1 to 6.
    Heading(u8),
    Paragraph,
    Item {
        /// The lists of the text, counted from 1.
        list: u32,
        /// In a list with numbers, the item's.
        number: Option<u64>,
        task: Option<TickBox>,
    },
    /// With the words behind its opening fence; none for code that is indented.
    Code {
        info: Option<String>,
    },
    Quote,
    Table,
    Row {
        heads: bool,
    },
    Cell,
    Html,
    Rule,
}

/// `[ ]` or `[x]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TickBox {
    pub ticked: bool,
    /// The three characters.
    pub span: Span,
}

impl BlockId {
    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Markdown {
    pub fn file(&self) -> FileId {
        self.file
    }

    /// Every block, in the order of the text.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = (BlockId, &Block)> {
        self.blocks.iter().enumerate().map(|(index, block)| (BlockId::new(index), block))
    }

    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.get(id.index())
    }

    /// What stands directly in a block, in the order of the text.
    pub fn children(&self, parent: BlockId) -> impl Iterator<Item = (BlockId, &Block)> {
        let end = self.block(parent).map_or(0, |block| block.span.end);
        let after = self.blocks.iter().enumerate().skip(parent.index() + 1);
        after
            .take_while(move |(_, block)| block.span.start <= end)
            .filter(move |(_, block)| block.parent == Some(parent))
            .map(|(index, block)| (BlockId::new(index), block))
    }

    /// Everything that stands in a block, at any depth, in the order of the text.
    pub fn within(&self, outer: BlockId) -> impl Iterator<Item = (BlockId, &Block)> {
        let end = self.block(outer).map_or(0, |block| block.span.end);
        let after = self.blocks.iter().enumerate().skip(outer.index() + 1);
        after.take_while(move |(_, block)| block.span.start < end).map(|(index, block)| (BlockId::new(index), block))
    }

    /// The headings above a block, the highest first.
    pub fn heading_path(&self, block: &Block) -> Vec<&Block> {
        let mut path = Vec::new();
        let mut next = block.section;
        while let Some(heading) = next.and_then(|id| self.block(id)) {
            path.push(heading);
            next = heading.section;
        }
        path.reverse();
        path
    }

    /// What stands between `---` at the very beginning, without the lines of dashes.
    pub fn front_matter(&self) -> Option<Span> {
        self.front_matter
    }

    /// `<!-- … -->`, in the order of the text.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Every task that GitHub shows as one, in the order of the text.
    pub fn tasks(&self) -> Vec<Task<'_>> {
        super::task::tasks(self)
    }

    /// What looks like a task and is none, because it stands in a code block.
    pub fn look_alikes(&self) -> Vec<LookAlike> {
        super::look_alike::look_alikes(self)
    }
}
