//! Lines to sections, keys and values.

use super::line::{self, Line, Slip, comment, lines, quoted, split, trimmed};
use crate::document::builder::{Builder, Collection, Scalar, TooDeep};
use crate::document::{Parsed, SYNTAX};
use crate::source::Span;

/// One mistake often looks like several; after this many the rest is noise.
const MAX_SLIPS: usize = 20;

/// A value that the next lines may go on with.
struct Value {
    /// How deep its key is indented.
    indent: usize,
    span: Span,
    /// None for a key without a separator.
    lines: Option<Vec<Span>>,
}

struct Reader<'text> {
    builder: Builder,
    text: &'text str,
    value: Option<Value>,
    opened: bool,
    in_section: bool,
    /// Where the last key, value or section ends.
    end: u32,
    slips: usize,
}

pub(in crate::document) fn read(builder: Builder, text: &str) -> Parsed {
    let mut reader = Reader { builder, text, value: None, opened: false, in_section: false, end: 0, slips: 0 };
    if let Some(at) = text.find('\0') {
        let help = "remove it; was the file saved as UTF-16?";
        reader.slip(Slip { span: Span::of(at..at + 1), message: "the control character U+0000 stands here", help });
    }
    let start = Span::of(text.len() - text.trim_start_matches('\u{feff}').len()..text.len());
    for line in lines(start.text(text)) {
        if reader.slips >= MAX_SLIPS || reader.line(line.shifted(start.start)).is_err() {
            break;
        }
    }
    reader.close();
    reader.builder.finish()
}

impl Reader<'_> {
    fn line(&mut self, whole: Span) -> Result<(), TooDeep> {
        let line = trimmed(whole, self.text);
        if line.is_empty() {
            if let Some(lines) = self.value.as_mut().and_then(|value| value.lines.as_mut()) {
                lines.push(line);
            }
            return Ok(());
        }
        if line.text(self.text).starts_with(['#', ';']) {
            self.builder.comment(line);
            return Ok(());
        }
        let indent = Span::new(whole.start, line.start).text(self.text).chars().count();
        if let Some(value) = self.value.as_mut().filter(|value| indent > value.indent) {
            let Some(lines) = &mut value.lines else {
                let help = "write `key =` above it, or indent the line as its neighbours";
                self.slip(Slip { span: line, message: "this line goes on with a key that has no value", help });
                return Ok(());
            };
            let (shown, comment) = split(line, self.text);
            lines.push(shown);
            value.span.end = shown.end;
            self.end = shown.end;
            if let Some(comment) = comment {
                self.builder.comment(comment);
            }
            return Ok(());
        }
        self.finish_value();
        if !self.opened {
            self.builder.open(Collection::Mapping, Span::at(line.start))?;
            self.opened = true;
        }
        self.statement(line, indent)
    }

    fn statement(&mut self, line: Span, indent: usize) -> Result<(), TooDeep> {
        match line::read(line, self.text) {
            Line::Slip(slip) => self.slip(slip),
            Line::Section(name) => {
                self.close_section();
                self.key(name);
                self.builder.open(Collection::Mapping, Span::at(line.start))?;
                self.in_section = true;
                let shown = comment(line, self.text);
                self.end = trimmed(Span::new(line.start, shown.map_or(line.end, |shown| shown.start)), self.text).end;
                if let Some(shown) = shown {
                    self.builder.comment(shown);
                }
            }
            Line::Key(key) => {
                self.key(key);
                self.end = key.end;
                self.value = Some(Value { indent, span: Span::at(key.end), lines: None });
                if let Some(shown) = comment(line, self.text) {
                    self.builder.comment(shown);
                }
            }
            Line::Pair(key, behind) => {
                self.key(key);
                let (shown, comment) = split(behind, self.text);
                let span = if shown.is_empty() { Span::at(behind.start) } else { shown };
                self.end = span.end;
                self.value = Some(Value { indent, span, lines: Some(vec![span]) });
                if let Some(comment) = comment {
                    self.builder.comment(comment);
                }
            }
        }
        Ok(())
    }

    fn key(&mut self, key: Span) {
        self.builder.scalar(Scalar::String, key, key.text(self.text), &[key]);
    }

    fn finish_value(&mut self) {
        let Some(Value { mut span, lines, .. }) = self.value.take() else { return };
        let Some(mut lines) = lines else {
            self.builder.scalar(Scalar::Null, span, "", &[]);
            return;
        };
        while lines.len() > 1 && lines.last().is_some_and(|line| line.is_empty()) {
            lines.pop();
        }
        if let [only] = lines.as_slice() {
            let content = quoted(*only, self.text).unwrap_or(*only);
            self.builder.scalar(Scalar::String, *only, content.text(self.text), &[content]);
            return;
        }
        if lines.first().is_some_and(|first| first.is_empty()) {
            span.start = lines.iter().find(|line| !line.is_empty()).map_or(span.start, |line| line.start);
        }
        let text = self.text;
        let value: Vec<&str> = lines.iter().map(|line| line.text(text)).collect();
        self.builder.scalar(Scalar::String, span, &value.join("\n"), &[]);
    }

    fn close_section(&mut self) {
        if self.in_section {
            self.builder.close(Some(self.end));
            self.in_section = false;
        }
    }

    fn close(&mut self) {
        self.finish_value();
        self.close_section();
        if self.opened {
            self.builder.close(Some(self.end));
        }
    }

    fn slip(&mut self, slip: Slip) {
        self.slips += 1;
        let report = self.builder.diagnostic(&SYNTAX, slip.span, slip.message).help(slip.help);
        self.builder.report(report);
    }
}
