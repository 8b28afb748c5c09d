//! Things one after another: entries, clauses, elements. Keeps their comments and empty lines, separates them, and
//! aligns neighbouring attributes on `=`.

use super::build::Builder;
use super::op::{Op, Shape, Stands};
use crate::source::Span;
use crate::syntax::ast::{Attribute, Name};

/// Something that stands in a sequence.
pub(super) trait Part {
    fn start(&self, builder: &Builder<'_>) -> u32;

    /// The attribute this is, if it is one.
    fn attribute(&self) -> Option<&Attribute> {
        None
    }

    /// `pad` is how many columns the `=` of an attribute is moved by.
    fn build<'a>(&'a self, builder: &mut Builder<'a>, pad: usize);
}

/// What stands between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// Always on lines of their own.
    Line,
    /// A comma, if they stand on one line.
    LineOrComma,
    /// A comma, and one after the last if they stand on several lines.
    Comma,
}

impl<'a> Builder<'a> {
    /// `{ … }`; `end` is where the closing brace ends.
    pub(super) fn braces<P: Part>(&mut self, parts: &'a [P], shape: Shape, end: u32) {
        self.enclosed(["{", "}"], parts, Separator::LineOrComma, shape, end);
    }

    /// `{ … }` over several lines.
    pub(super) fn block<P: Part>(&mut self, parts: &'a [P], end: u32) {
        self.enclosed(["{", "}"], parts, Separator::Line, Shape::Broken, end);
    }

    /// Parts in brackets; `end` is where the closing one ends.
    pub(super) fn enclosed<P: Part>(
        &mut self,
        [open, close]: [&'static str; 2],
        parts: &'a [P],
        separator: Separator,
        shape: Shape,
        end: u32,
    ) {
        let close_at = end.saturating_sub(1);
        self.word(open);
        if parts.is_empty() && self.next_comment(close_at).is_none() {
            self.word(close);
            return;
        }
        self.group(shape, |builder| {
            builder.indented(|builder| builder.sequence(parts, separator, close_at));
            builder.push(separator.edge());
            builder.word(close);
        });
    }

    /// Parts up to `end`, each on a line of its own unless the group they stand in is flat.
    pub(super) fn sequence<P: Part>(&mut self, parts: &'a [P], separator: Separator, end: u32) {
        let mut lead = Lead { line: separator.edge(), is_first: true };
        let mut run = Run::default();
        for (index, part) in parts.iter().enumerate() {
            if index == run.end {
                run = self.run(parts, index);
            }
            // The line may not end after `=`: a comment between name and `=` goes before the attribute.
            let start = part.start(self);
            let inner = part.attribute().map_or(start, |attribute| attribute.value.span.start);
            self.trailing_comment(start);
            self.lead_comments(&mut lead, inner);
            self.lead_line(&mut lead, start);
            lead.line = Op::Line;

            part.build(self, part.attribute().map_or(0, |attribute| run.width.saturating_sub(width(&attribute.name))));
            let is_last = index + 1 == parts.len();
            self.ops_after(separator, is_last);
        }
        self.trailing_comment(end);
        self.lead_comments(&mut lead, end);
    }

    fn ops_after(&mut self, separator: Separator, is_last: bool) {
        match separator {
            Separator::LineOrComma if !is_last => self.push(Op::IfFlat(",")),
            Separator::Comma if is_last => self.push(Op::IfBroken(",")),
            Separator::Comma => self.word(","),
            Separator::Line | Separator::LineOrComma => {}
        }
    }

    fn lead_comments(&mut self, lead: &mut Lead, until: u32) {
        while let Some(comment) = self.next_comment(until) {
            self.lead_line(lead, comment.span.start);
            self.comment(comment, Stands::Alone);
        }
    }

    fn lead_line(&mut self, lead: &mut Lead, at: u32) {
        self.push(lead.line);
        if !lead.is_first && self.empty_line_before(at) {
            self.push(Op::EmptyLine);
        }
        lead.is_first = false;
    }

    /// The neighbours that share a column from `first` on: attributes with neither an empty line nor a comment between.
    fn run<P: Part>(&self, parts: &[P], first: usize) -> Run {
        let mut run = Run { end: first + 1, width: 0 };
        let mut rest = parts.iter().skip(first).map(Part::attribute);
        let Some(Some(mut before)) = rest.next() else { return run };
        run.width = aligned_width(&before.name);
        for attribute in rest.map_while(|attribute| attribute) {
            if self.apart(before, attribute) {
                break;
            }
            run.width = run.width.max(aligned_width(&attribute.name));
            run.end += 1;
            before = attribute;
        }
        run
    }

    fn apart(&self, before: &Attribute, after: &Attribute) -> bool {
        let comments = self.comments_between(before.span.end, after.value.span.start);
        let trails = |span: Span| span.start < after.span.start;
        match comments {
            [] => self.empty_line_before(after.span.start),
            [only] if !only.own_line && trails(only.span) => self.empty_line_before(after.span.start),
            [..] => true,
        }
    }
}

impl Separator {
    /// What stands between a bracket and the parts.
    const fn edge(self) -> Op<'static> {
        match self {
            Self::Line | Self::LineOrComma => Op::Line,
            Self::Comma => Op::SoftLine,
        }
    }
}

/// How the next line of a sequence starts.
struct Lead {
    line: Op<'static>,
    is_first: bool,
}

/// Parts that are aligned with each other: those before `end`.
#[derive(Default)]
struct Run {
    end: usize,
    width: usize,
}

/// The longest name that its neighbours are aligned with.
const WIDEST: usize = 40;

fn aligned_width(name: &Name) -> usize {
    if width(name) <= WIDEST { width(name) } else { 0 }
}

fn width(name: &Name) -> usize {
    name.value.chars().count()
}
