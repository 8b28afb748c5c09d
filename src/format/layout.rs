//! Ops to lines, in one pass: a group is looked ahead into for one line's length at most. Knows nothing of the language.

use super::block_text;
use super::op::{Op, Shape, Stands};

/// The longest line that is not broken, in characters.
pub(super) const WIDTH: usize = 120;

const INDENT: usize = 2;

/// The text that the ops describe; it ends with one newline, or is empty.
pub(super) fn lay_out(ops: &[Op<'_>]) -> String {
    let mut layout = Layout::default();
    for (index, op) in ops.iter().enumerate() {
        layout.op(*op, ops.get(index + 1..).unwrap_or_default());
    }
    layout.end_line();
    layout.out
}

#[derive(Debug, Default)]
struct Layout {
    out: String,
    /// The groups around this place; outside of all of them every line ends.
    shapes: Vec<Line>,
    level: usize,
    line: Current,
    /// Blanks before the next text, if it stands on this line.
    blanks: usize,
}

/// Whether a group stands on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    One,
    Several,
}

/// The line being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Current {
    #[default]
    Empty,
    /// Empty, and in the midst of what the line before began.
    Continued,
    Text {
        indent: usize,
        column: usize,
    },
    /// Ends with a comment; what comes next starts a line.
    Comment(Next),
}

/// How the line after a comment starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Level,
    Deeper,
}

impl Layout {
    fn op(&mut self, op: Op<'_>, rest: &[Op<'_>]) {
        match op {
            Op::Text(text) => self.text(text),
            Op::Block(text) => self.block(text),
            Op::Pad(more) => self.blanks = if self.breaks() { 1 + more } else { 1 },
            Op::Begin(shape) => self.begin(shape, rest),
            Op::End => {
                self.shapes.pop();
            }
            Op::Indent => self.level += 1,
            Op::Dedent => self.level = self.level.saturating_sub(1),
            Op::Line | Op::SoftLine if self.breaks() => self.end_line(),
            Op::Space | Op::Line => self.blanks = 1,
            Op::EmptyLine => self.empty_line(),
            Op::IfFlat(text) if !self.breaks() => self.text(text),
            Op::IfBroken(text) if self.breaks() => self.text(text),
            Op::SoftLine | Op::IfFlat(_) | Op::IfBroken(_) => {}
            Op::Comment { text, stands } => self.comment(text, stands),
        }
    }

    fn breaks(&self) -> bool {
        self.shapes.last() != Some(&Line::One)
    }

    fn begin(&mut self, shape: Shape, rest: &[Op<'_>]) {
        let is_one = !self.breaks() || shape == Shape::Flexible && fits(rest, self.room());
        self.shapes.push(if is_one { Line::One } else { Line::Several });
    }

    /// How many characters this line still takes.
    fn room(&self) -> usize {
        let column = match self.line {
            Current::Empty | Current::Comment(Next::Level) => self.level * INDENT,
            Current::Continued | Current::Comment(Next::Deeper) => (self.level + 1) * INDENT,
            Current::Text { column, .. } => column + self.blanks,
        };
        WIDTH.saturating_sub(column)
    }

    fn text(&mut self, text: &str) {
        let (indent, column) = self.start_text();
        self.out.push_str(text);
        self.line = Current::Text { indent, column: column + text.chars().count() };
    }

    /// Goes to where the next text stands; its line's indentation and its column.
    fn start_text(&mut self) -> (usize, usize) {
        self.end_comment();
        let blanks = std::mem::take(&mut self.blanks);
        let (indent, column) = match self.line {
            Current::Text { indent, column } => (indent, column),
            Current::Empty | Current::Comment(Next::Level) => (self.level * INDENT, 0),
            Current::Continued | Current::Comment(Next::Deeper) => ((self.level + 1) * INDENT, 0),
        };
        let blanks = if column == 0 { indent } else { blanks };
        self.out.extend(std::iter::repeat_n(' ', blanks));
        (indent, column + blanks)
    }

    /// Goes on after a comment, on the next line.
    fn end_comment(&mut self) {
        let Current::Comment(next) = self.line else { return };
        self.end_line();
        if next == Next::Deeper {
            self.line = Current::Continued;
        }
    }

    fn block(&mut self, text: &str) {
        let (indent, _) = self.start_text();
        let indent = block_text::indent(text, indent, &mut self.out);
        self.line = Current::Text { indent, column: WIDTH };
    }

    fn comment(&mut self, text: &str, stands: Stands) {
        self.end_comment();
        if stands == Stands::Alone && matches!(self.line, Current::Text { .. }) {
            self.end_line();
            self.line = Current::Continued;
        }
        let next = if self.line == Current::Empty { Next::Level } else { Next::Deeper };
        self.blanks = 1;
        self.start_text();
        self.out.push_str(text);
        self.line = Current::Comment(next);
    }

    fn end_line(&mut self) {
        self.blanks = 0;
        match self.line {
            Current::Empty | Current::Continued => {}
            Current::Text { .. } | Current::Comment(_) => self.out.push('\n'),
        }
        self.line = Current::Empty;
    }

    fn empty_line(&mut self) {
        if self.line == Current::Empty && !self.out.is_empty() {
            self.out.push('\n');
        }
    }
}

/// Whether a group that has just begun ends within `room` characters, with what must follow it on its line.
fn fits(ops: &[Op<'_>], room: usize) -> bool {
    let mut used = 0;
    let mut blanks = 0;
    let mut depth = 1_usize;
    for op in ops {
        let is_inside = depth > 0;
        let text = match op {
            Op::Text(text) => text,
            Op::IfFlat(text) if is_inside => text,
            Op::IfBroken(text) if !is_inside => text,
            Op::Line | Op::SoftLine | Op::Comment { .. } | Op::Block(_) if !is_inside => break,
            Op::Comment { .. } | Op::Block(_) => return false,
            Op::Space | Op::Pad(_) | Op::Line => {
                blanks = 1;
                continue;
            }
            Op::Begin(_) => {
                depth += usize::from(is_inside);
                continue;
            }
            Op::End => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Op::Indent | Op::Dedent | Op::SoftLine | Op::EmptyLine | Op::IfFlat(_) | Op::IfBroken(_) => continue,
        };
        used += std::mem::take(&mut blanks) + text.chars().take(room + 1).count();
        if used > room {
            return false;
        }
    }
    true
}
