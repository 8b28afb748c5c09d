//! What the parser says, in the words of this layer. The outside crate is named here alone.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::tree::BlockKind;

/// One thing the parser says, with its bytes of the text.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) what: What,
    pub(super) range: Range<usize>,
}

#[derive(Debug)]
pub(super) enum What {
    Open(BlockKind),
    OpenList(Option<u64>),
    CloseList,
    Close,
    /// The box of the item that was opened last.
    Box(bool),
    OpenStrong,
    CloseStrong,
    OpenStruck,
    CloseStruck,
    OpenLink(String),
    CloseLink,
    /// Other markup within a line, from its first to its last character.
    Markup,
    Text(String),
    Code(String),
    Break,
    Html,
}

/// GitHub's extensions. Its front matter is cut off before, since the parser would find it anywhere.
const OPTIONS: Options = Options::ENABLE_TASKLISTS
    .union(Options::ENABLE_TABLES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_FOOTNOTES);

pub(super) fn events(text: &str) -> impl Iterator<Item = Said> {
    Parser::new_ext(text, OPTIONS)
        .into_offset_iter()
        .filter_map(|(event, range)| said(event).map(|what| Said { what, range }))
}

fn said(event: Event<'_>) -> Option<What> {
    Some(match event {
        Event::Start(tag) => start(tag),
        Event::End(tag) => end(tag)?,
        Event::Text(text) => What::Text(text.into_string()),
        Event::Code(text) => What::Code(text.into_string()),
        Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
            What::Text(text.into_string())
        }
        Event::InlineHtml(_) => What::Html,
        // Its block was opened with all of it.
        Event::Html(_) => return None,
        Event::SoftBreak | Event::HardBreak => What::Break,
        Event::Rule => return Some(What::Open(BlockKind::Rule)),
        Event::TaskListMarker(ticked) => What::Box(ticked),
    })
}

fn start(tag: Tag<'_>) -> What {
    What::Open(match tag {
        Tag::Paragraph
        | Tag::DefinitionList
        | Tag::DefinitionListTitle
        | Tag::DefinitionListDefinition
        | Tag::MetadataBlock(_) => BlockKind::Paragraph,
        Tag::Heading { level, .. } => BlockKind::Heading(level_of(level)),
        Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => BlockKind::Quote,
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => BlockKind::Code { info: Some(info.into_string()) },
        Tag::CodeBlock(CodeBlockKind::Indented) => BlockKind::Code { info: None },
        Tag::HtmlBlock => BlockKind::Html,
        Tag::List(first) => return What::OpenList(first),
        Tag::Item => BlockKind::Item { list: 0, number: None, task: None },
        Tag::Table(_) => BlockKind::Table,
        Tag::TableHead => BlockKind::Row { heads: true },
        Tag::TableRow => BlockKind::Row { heads: false },
        Tag::TableCell => BlockKind::Cell,
        Tag::Strong => return What::OpenStrong,
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => return What::OpenLink(dest_url.into_string()),
        Tag::Strikethrough => return What::OpenStruck,
        Tag::Emphasis | Tag::Superscript | Tag::Subscript => return What::Markup,
    })
}

fn end(tag: TagEnd) -> Option<What> {
    Some(match tag {
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::FootnoteDefinition
        | TagEnd::CodeBlock
        | TagEnd::HtmlBlock
        | TagEnd::Item
        | TagEnd::Table
        | TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::TableCell
        | TagEnd::DefinitionList
        | TagEnd::DefinitionListTitle
        | TagEnd::DefinitionListDefinition
        | TagEnd::MetadataBlock(_) => What::Close,
        TagEnd::List(_) => What::CloseList,
        TagEnd::Strong => What::CloseStrong,
        TagEnd::Link | TagEnd::Image => What::CloseLink,
        TagEnd::Strikethrough => What::CloseStruck,
        TagEnd::Emphasis | TagEnd::Superscript | TagEnd::Subscript => return None,
    })
}

const fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
