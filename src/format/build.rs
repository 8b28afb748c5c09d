//! The run of ops as it grows, and the comments that still wait for their place in it. Knows no construct of the
//! language but files.

use super::op::{Op, Shape, Stands};
use super::{Unsound, sequence::Separator};
use crate::source::{LineIndex, Span};
use crate::syntax::ast::File;
use crate::syntax::{Comment, Parse};

/// The ops of a whole file, with every comment used.
pub(super) fn file<'a>(text: &'a str, parse: &'a Parse<File>) -> Result<Vec<Op<'a>>, Unsound> {
    let mut builder = Builder {
        text,
        lines: LineIndex::new(text),
        comments: &parse.comments,
        used: 0,
        ops: Vec::with_capacity(text.len() / 4),
        groups: Vec::new(),
    };
    let end = Span::of(text.len()..text.len()).end;
    builder.sequence(&parse.tree.items, Separator::Line, end);
    if builder.used == builder.comments.len() { Ok(builder.ops) } else { Err(Unsound::Comments) }
}

#[derive(Debug)]
pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    lines: LineIndex,
    comments: &'a [Comment],
    used: usize,
    ops: Vec<Op<'a>>,
    /// Where the open groups start.
    groups: Vec<usize>,
}

impl<'a> Builder<'a> {
    pub(super) fn push(&mut self, op: Op<'a>) {
        self.ops.push(op);
    }

    pub(super) fn word(&mut self, text: &'a str) {
        self.push(Op::Text(text));
    }

    pub(super) fn space(&mut self) {
        self.push(Op::Space);
    }

    /// A keyword and the blank after it.
    pub(super) fn keyword(&mut self, text: &'static str) {
        self.word(text);
        self.space();
    }

    /// What was written at a place, after the comments before it.
    pub(super) fn written(&mut self, span: Span) {
        self.comments_before(span.start);
        let text = span.text(self.text);
        if text.contains('\n') {
            self.break_groups();
            self.push(Op::Block(text));
        } else {
            self.word(text);
        }
    }

    pub(super) fn group(&mut self, shape: Shape, fill: impl FnOnce(&mut Self)) {
        if shape == Shape::Broken {
            self.break_groups();
        }
        self.groups.push(self.ops.len());
        self.push(Op::Begin(shape));
        fill(self);
        self.groups.pop();
        self.push(Op::End);
    }

    pub(super) fn indented(&mut self, fill: impl FnOnce(&mut Self)) {
        self.push(Op::Indent);
        fill(self);
        self.push(Op::Dedent);
    }

    /// A place where the line may end before what stands at `at`.
    pub(super) fn line_before(&mut self, at: u32) {
        self.trailing_comment(at);
        self.push(Op::Line);
        self.comments_before(at);
    }

    /// The comments that stand before a place in the midst of something.
    pub(super) fn comments_before(&mut self, at: u32) {
        while let Some(comment) = self.next_comment(at) {
            let stands = if comment.own_line { Stands::Alone } else { Stands::Trailing };
            self.comment(comment, stands);
        }
    }

    /// The comments that stand before a place where a line ends anyway: the first may end the line before.
    pub(super) fn comments_on_lines_before(&mut self, at: u32) {
        self.trailing_comment(at);
        while let Some(comment) = self.next_comment(at) {
            self.push(Op::SoftLine);
            self.comment(comment, Stands::Alone);
        }
    }

    /// The comment that ends the line of what has just been written, if it stands before `at`.
    pub(super) fn trailing_comment(&mut self, at: u32) {
        if let Some(comment) = self.next_comment(at).filter(|comment| !comment.own_line) {
            self.comment(comment, Stands::Trailing);
        }
    }

    /// Uses the next comment.
    pub(super) fn comment(&mut self, comment: Comment, stands: Stands) {
        self.used += 1;
        self.break_groups();
        let text = comment.span.text(self.text).trim_end();
        self.push(Op::Comment { text, stands });
    }

    /// The next comment, if it stands before `at`.
    pub(super) fn next_comment(&self, at: u32) -> Option<Comment> {
        self.comments.get(self.used).copied().filter(|comment| comment.span.start < at)
    }

    /// The comments between two places, used or not.
    pub(super) fn comments_between(&self, start: u32, end: u32) -> &'a [Comment] {
        let from = self.comments.partition_point(|comment| comment.span.start < start);
        let to = self.comments.partition_point(|comment| comment.span.start < end);
        self.comments.get(from..to).unwrap_or_default()
    }

    /// How a bracketed thing was written: what was opened over several lines stays open.
    pub(super) fn shape(&self, span: Span) -> Shape {
        let is_one_line = self.lines.line(span.start) == self.lines.line(span.end.saturating_sub(1));
        if is_one_line { Shape::Flexible } else { Shape::Broken }
    }

    /// Whether the line before what stands at `at` is empty.
    pub(super) fn empty_line_before(&self, at: u32) -> bool {
        let before = self.text.as_bytes().get(..at as usize).unwrap_or_default();
        let blanks = before.iter().rev().take_while(|byte| byte.is_ascii_whitespace());
        blanks.filter(|byte| **byte == b'\n').nth(1).is_some()
    }

    /// Where the first token after a place starts.
    pub(super) fn token_after(&self, at: u32) -> u32 {
        let mut at = at as usize;
        while let Some(rest) = self.text.get(at..) {
            let token = rest.trim_start();
            at += rest.len() - token.len();
            if !token.starts_with('#') {
                break;
            }
            at += token.find('\n').unwrap_or(token.len());
        }
        Span::of(at..at).start
    }

    /// The last word before a place.
    pub(super) fn word_before(&self, at: u32) -> Span {
        let mut before = self.text.get(..at as usize).unwrap_or_default().trim_end();
        for comment in self.comments_between(0, at).iter().rev() {
            if (comment.span.end as usize) < before.len() {
                break;
            }
            before = before.get(..comment.span.start as usize).unwrap_or_default().trim_end();
        }
        let start = before.rfind(|letter: char| !letter.is_ascii_alphanumeric()).map_or(0, |blank| blank + 1);
        Span::of(start..before.len())
    }

    /// No open group fits on one line any more.
    fn break_groups(&mut self) {
        for start in self.groups.iter().rev() {
            let Some(begin) = self.ops.get_mut(*start) else { continue };
            if *begin == Op::Begin(Shape::Broken) {
                break;
            }
            *begin = Op::Begin(Shape::Broken);
        }
    }
}
