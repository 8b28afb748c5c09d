//! Tables while they are gathered. TOML may add to a table anywhere in the text, the arena takes each whole: what was
//! gathered is handed over at the end. What stands twice is left for the arena to find.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::document::builder::{Builder, Collection, Scalar, TooDeep};
use crate::source::Span;

pub(super) type Id = usize;

/// A key as it is written, and what it says.
#[derive(Debug, Clone)]
pub(super) struct Key<'text> {
    pub(super) span: Span,
    pub(super) name: Cow<'text, str>,
}

/// How a table came to be, which says who may add to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The text itself, or `[a]`.
    Header,
    /// `a`, named by `[a.b]` alone.
    HeaderBelow,
    /// `a`, named by `a.b = 1`.
    Dotted,
    /// `{ … }`.
    Inline,
}

#[derive(Debug)]
pub(super) enum Content<'text> {
    Scalar(Scalar, Cow<'text, str>),
    Array(Vec<Id>),
    Table(Origin, Vec<(Key<'text>, Id)>),
    /// What `[[a]]` gathers.
    Tables(Vec<Id>),
}

#[derive(Debug)]
pub(super) struct Node<'text> {
    pub(super) span: Span,
    /// Whether the place may still grow.
    pub(super) open: bool,
    pub(super) content: Content<'text>,
}

#[derive(Debug, Default)]
pub(super) struct Draft<'text> {
    nodes: Vec<Node<'text>>,
    /// The tables, and lists of them, that a path of keys may lead into.
    reachable: HashMap<(Id, Cow<'text, str>), Id>,
}

impl<'text> Draft<'text> {
    pub(super) fn push(&mut self, span: Span, content: Content<'text>) -> Id {
        self.nodes.push(Node { span, open: true, content });
        self.nodes.len() - 1
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn content(&self, id: Id) -> Option<&Content<'text>> {
        self.nodes.get(id).map(|node| &node.content)
    }

    pub(super) fn origin(&self, id: Id) -> Option<Origin> {
        match self.content(id)? {
            Content::Table(origin, _) => Some(*origin),
            Content::Scalar(..) | Content::Array(_) | Content::Tables(_) => None,
        }
    }

    pub(super) fn child(&self, table: Id, key: &Key<'text>) -> Option<Id> {
        self.reachable.get(&(table, key.name.clone())).copied()
    }

    pub(super) fn begin(&mut self, id: Id, start: u32) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.span = Span::at(start);
        }
    }

    /// The place of a node ends here.
    pub(super) fn end(&mut self, id: Id, end: u32) {
        if let Some(node) = self.nodes.get_mut(id).filter(|node| node.open) {
            node.span.end = end.max(node.span.start);
            node.open = false;
        }
    }

    /// What `[a.b]` named is now written as `[a]`.
    pub(super) fn headed(&mut self, id: Id, header: Span) {
        let Some(node) = self.nodes.get_mut(id) else { return };
        if !node.open {
            node.span = header;
            node.open = true;
        }
        if let Content::Table(origin, _) = &mut node.content {
            *origin = Origin::Header;
        }
    }

    /// Whether a dotted key may lead into the table: from then on no header may be the table's own.
    pub(super) fn may_be_dotted(&mut self, id: Id) -> bool {
        match self.nodes.get_mut(id).map(|node| &mut node.content) {
            Some(Content::Table(origin @ (Origin::Dotted | Origin::HeaderBelow), _)) => {
                *origin = Origin::Dotted;
                true
            }
            Some(Content::Table(..) | Content::Scalar(..) | Content::Array(_) | Content::Tables(_)) | None => false,
        }
    }

    pub(super) fn enter(&mut self, table: Id, key: Key<'text>, value: Id) {
        let Some(node) = self.nodes.get_mut(table) else { return };
        if let Content::Table(_, entries) = &mut node.content {
            entries.push((key, value));
        }
    }

    /// Enters a table that paths may lead into from now on.
    pub(super) fn enter_reachable(&mut self, table: Id, key: &Key<'text>, value: Id) {
        self.reachable.insert((table, key.name.clone()), value);
        self.enter(table, key.clone(), value);
    }

    pub(super) fn append(&mut self, list: Id, item: Id) {
        match self.nodes.get_mut(list).map(|node| &mut node.content) {
            Some(Content::Array(items) | Content::Tables(items)) => items.push(item),
            Some(Content::Scalar(..) | Content::Table(..)) | None => {}
        }
    }

    pub(super) fn last_item(&self, list: Id) -> Option<Id> {
        match self.content(list)? {
            Content::Array(items) | Content::Tables(items) => items.last().copied(),
            Content::Scalar(..) | Content::Table(..) => None,
        }
    }

    /// Hands the node over to the arena, and all below it: no deeper than the arena lets anything nest.
    pub(super) fn build(&self, id: Id, builder: &mut Builder) -> Result<(), TooDeep> {
        let Some(node) = self.nodes.get(id) else { return Ok(()) };
        match &node.content {
            Content::Scalar(scalar, value) => {
                builder.scalar(*scalar, node.span, value, &inside(node.span, builder.written(node.span)));
            }
            Content::Array(items) | Content::Tables(items) => {
                builder.open(Collection::Sequence, Span::at(node.span.start))?;
                items.iter().try_for_each(|item| self.build(*item, builder))?;
                builder.close(Some(node.span.end));
            }
            Content::Table(_, entries) => {
                builder.open(Collection::Mapping, Span::at(node.span.start))?;
                for (key, value) in entries {
                    builder.scalar(Scalar::String, key.span, &key.name, &inside(key.span, builder.written(key.span)));
                    self.build(*value, builder)?;
                }
                builder.close(Some(node.span.end));
            }
        }
        Ok(())
    }
}

/// Where the text of a scalar may stand: bare, in one quote, in three, behind the line end that three quotes swallow.
fn inside(span: Span, written: &str) -> [Span; 3] {
    let within = |front: u32, back: u32| {
        let start = span.start + front;
        Span::new(start, span.end.saturating_sub(back).max(start))
    };
    let quote = |quote: &str| written.len() > 5 && written.starts_with(quote) && written.ends_with(quote);
    if quote("\"\"\"") || quote("'''") {
        let swallowed = written
            .get(3..)
            .map_or(0, |rest| if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with('\n')) });
        return [within(3 + swallowed, 3), span, span];
    }
    if written.len() > 1 && written.starts_with(['"', '\'']) { [within(1, 1), span, span] } else { [span; 3] }
}
