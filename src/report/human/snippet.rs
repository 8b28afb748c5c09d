//! The few lines of a file that a finding speaks of, made fit for a terminal. Knows line numbers from the file's line
//! table, so the size of the file does not matter.

use std::collections::BTreeSet;

use miette::{LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents};

use crate::report::{Drawing, printable};
use crate::source::{LineIndex, SourceFile, Span};

/// Lines above and below each marked line.
pub(super) const CONTEXT: usize = 1;
/// Columns that the drawing around the source takes.
const MARGIN: usize = 12;
const NARROWEST: usize = 40;

/// A place to be underlined, and what is said about it.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) text: Option<String>,
    pub(super) primary: bool,
}

#[derive(Debug)]
pub(super) struct Snippet {
    path: String,
    text: String,
    lines: Vec<Line>,
    labels: Vec<Label>,
}

#[derive(Debug)]
struct Line {
    /// In the file, counted from 0.
    number: usize,
    start: usize,
    /// Behind its line end.
    end: usize,
}

#[derive(Debug)]
struct Label {
    start: usize,
    end: usize,
    /// In the file, counted from 0.
    column: usize,
    mark: Mark,
}

impl Snippet {
    pub(super) fn new(file: &SourceFile, marks: &[Mark], width: usize, drawing: Drawing) -> Self {
        let index = file.lines();
        let room = width.saturating_sub(MARGIN).max(NARROWEST);
        let mut snippet = Self {
            path: printable::line(file.path()).into_owned(),
            text: String::new(),
            lines: Vec::new(),
            labels: Vec::new(),
        };
        for number in wanted(index, marks) {
            snippet.add(file, number, marks, room, drawing);
        }
        snippet.labels.sort_by_key(|label| (label.start, label.end));
        snippet
    }

    /// In the order of the text.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.labels.iter().map(|label| {
            let (text, length) = (label.mark.text.clone(), label.end - label.start);
            if label.mark.primary {
                LabeledSpan::new_primary_with_span(text, (label.start, length))
            } else {
                LabeledSpan::new(text, label.start, length)
            }
        })
    }

    /// Which of the labels is the finding's own place.
    pub(super) fn primary(&self) -> impl Iterator<Item = bool> {
        self.labels.iter().map(|label| label.mark.primary)
    }

    fn add(&mut self, file: &SourceFile, number: usize, marks: &[Mark], room: usize, drawing: Drawing) {
        let index = file.lines();
        let range = index.line_range(number, file.text());
        let raw = file.text().get(range.clone()).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let of_line = |mark: &&Mark| index.line(mark.span.start) == number;
        let local = |offset: u32| (offset as usize).saturating_sub(range.start).min(raw.len());
        let first = marks.iter().filter(of_line).map(|mark| local(mark.span.start)).min();
        let start = self.text.len();
        let shown = show(raw, first.unwrap_or_default(), room, drawing, &mut self.text);
        for mark in marks.iter().filter(of_line) {
            let (from, to) = (shown.position(local(mark.span.start)), shown.position(local(mark.span.end)));
            let column = index.line_column(file.text(), mark.span.start).column as usize - 1;
            self.labels.push(Label { start: from, end: to.max(from), column, mark: mark.clone() });
        }
        self.text.push('\n');
        self.lines.push(Line { number, start, end: self.text.len() });
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }

    /// Do this line and the one after it stand side by side in the file?
    fn adjoins_next(&self, line: usize) -> bool {
        match (self.lines.get(line), self.lines.get(line + 1)) {
            (Some(this), Some(next)) => this.number + 1 == next.number,
            _ => false,
        }
    }
}

/// The numbers of the lines to be shown.
fn wanted(index: &LineIndex, marks: &[Mark]) -> BTreeSet<usize> {
    let mut numbers = BTreeSet::new();
    for mark in marks {
        let line = index.line(mark.span.start);
        let last = (line + CONTEXT).min(index.line_count().saturating_sub(2)).max(line);
        numbers.extend(line.saturating_sub(CONTEXT)..=last);
    }
    numbers
}

/// Where each shown character of a line went: offsets in the line and in the snippet, both rising.
struct Shown(Vec<(usize, usize)>);

impl Shown {
    fn position(&self, offset: usize) -> usize {
        let after = self.0.partition_point(|(from, _)| *from < offset);
        self.0.get(after).or(self.0.last()).map_or(0, |(_, to)| *to)
    }
}

/// Appends a line, cut to `room` columns around `focus` where it is longer.
fn show(raw: &str, focus: usize, room: usize, drawing: Drawing, out: &mut String) -> Shown {
    let ellipsis = match drawing {
        Drawing::Unicode => "…",
        Drawing::Ascii => "...",
    };
    let before = raw.get(..focus).unwrap_or_default();
    let fits = raw.chars().nth(room).is_none() || before.chars().nth(room / 2).is_none();
    let from = if fits { 0 } else { before.char_indices().nth_back(room / 3).map_or(0, |(at, _)| at) };
    if from > 0 {
        out.push_str(ellipsis);
    }
    let mut positions = Vec::new();
    let mut rest = raw.get(from..).unwrap_or_default().char_indices();
    for (at, character) in rest.by_ref().take(room) {
        positions.push((from + at, out.len()));
        if character == '\t' {
            out.push('\t');
        } else {
            printable::push(out, character);
        }
    }
    let end = rest.next().map_or(raw.len(), |(at, _)| from + at);
    positions.push((end, out.len()));
    if end < raw.len() {
        out.push_str(ellipsis);
    }
    Shown(positions)
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let mut first = self.line_at(span.offset());
        let mut last = self.line_at((span.offset() + span.len()).saturating_sub(1).max(span.offset()));
        for _ in 0..context_lines_before {
            if first > 0 && self.adjoins_next(first - 1) {
                first -= 1;
            }
        }
        for _ in 0..context_lines_after {
            if self.adjoins_next(last) {
                last += 1;
            }
        }
        let (Some(top), Some(bottom)) = (self.lines.get(first), self.lines.get(last)) else {
            return Err(MietteError::OutOfBounds);
        };
        let data = self.text.get(top.start..bottom.end).ok_or(MietteError::OutOfBounds)?;
        let column = self.labels.iter().find(|label| label.start == span.offset()).map_or(0, |label| label.column);
        Ok(Box::new(Contents {
            data,
            span: SourceSpan::from((top.start, data.len())),
            path: &self.path,
            line: top.number,
            column: if context_lines_before == 0 { column } else { 0 },
            line_count: last - first + 1,
        }))
    }
}

struct Contents<'a> {
    data: &'a str,
    span: SourceSpan,
    path: &'a str,
    line: usize,
    column: usize,
    line_count: usize,
}

impl<'a> SpanContents<'a> for Contents<'a> {
    fn data(&self) -> &'a [u8] {
        self.data.as_bytes()
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(self.path)
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.line_count
    }
}
