//! The lines of a `.env` file. What its readers would not agree upon is reported and stepped over.

use super::escape::decoded;
use crate::document::builder::{Builder, Collection, Scalar, TooDeep};
use crate::document::{Parsed, SYNTAX};
use crate::source::Span;

/// One mistake often looks like several; after this many the rest is noise.
const MAX_SLIPS: usize = 20;

const LINE: &str = "write `NAME=value`, one to a line; a comment starts with `#`";

struct Reader<'text> {
    builder: Builder,
    text: &'text str,
    at: usize,
    /// Where the last value ends.
    end: u32,
    slips: usize,
}

pub(in crate::document) fn read(builder: Builder, text: &str) -> Parsed {
    let mut reader = Reader { builder, text, at: 0, end: 0, slips: 0 };
    reader.take('\u{feff}');
    if let Some(at) = text.find('\0') {
        reader.slip(
            Span::of(at..at + 1),
            "the control character U+0000 stands here",
            "no variable can hold it: remove it",
        );
    }
    let _ = reader.lines();
    reader.builder.finish()
}

impl<'text> Reader<'text> {
    fn lines(&mut self) -> Result<(), TooDeep> {
        let mut opened = false;
        loop {
            self.skip(|found| found.is_ascii_whitespace());
            match self.peek() {
                None => break,
                Some(_) if self.slips >= MAX_SLIPS => break,
                Some('#') => self.comment(),
                Some(_) => {
                    if !opened {
                        self.builder.open(Collection::Mapping, self.here())?;
                        opened = true;
                    }
                    self.line();
                }
            }
        }
        if opened {
            self.builder.close(Some(self.end));
        }
        Ok(())
    }

    fn line(&mut self) {
        let start = self.at;
        let mut key = self.name();
        if key.text(self.text) == "export" && self.peek().is_some_and(is_blank) {
            let behind = self.at;
            self.skip(is_blank);
            let exported = self.name();
            if exported.is_empty() {
                self.at = behind;
            } else {
                key = exported;
            }
        }
        let behind = self.at;
        self.skip(is_blank);
        let follows = self.peek();
        let separated = match follows {
            _ if key.is_empty() => false,
            Some('=') => self.take('='),
            Some(':') => self.take(':') && self.peek().is_none_or(|found| is_blank(found) || is_line_end(found)),
            _ => false,
        };
        if separated {
            self.builder.scalar(Scalar::String, key, key.text(self.text), &[key]);
            self.value();
        } else if !key.is_empty()
            && follows.is_none_or(|found| is_line_end(found) || (found == '#' && behind < self.at))
        {
            self.builder.scalar(Scalar::String, key, key.text(self.text), &[key]);
            self.end = key.end;
            self.builder.scalar(Scalar::Null, Span::at(key.end), "", &[]);
            self.rest();
        } else {
            let line = self.line_end(start);
            let written = self.cut(start..line).trim_end();
            let span = Span::of(start..start + written.len());
            self.slip(span, "this line is no `NAME=value`", LINE);
            self.at = line;
        }
    }

    fn value(&mut self) {
        let behind = self.here();
        self.skip(is_blank);
        match self.peek() {
            Some(quote @ ('\'' | '"' | '`')) => self.quoted(quote),
            Some('#') if behind.start < self.here().start => self.empty(behind),
            Some(found) if !is_line_end(found) => self.bare(),
            Some(_) | None => self.empty(behind),
        }
    }

    fn empty(&mut self, behind: Span) {
        self.end = behind.end;
        self.builder.scalar(Scalar::String, behind, "", &[behind]);
        self.rest();
    }

    fn bare(&mut self) {
        let start = self.at;
        let line = self.cut(start..self.line_end(start));
        let comment = line
            .char_indices()
            .zip(line.chars().skip(1))
            .find_map(|((at, before), found)| (found == '#' && is_blank(before)).then_some(at + 1));
        let written = line.get(..comment.unwrap_or(line.len())).unwrap_or_default().trim_end_matches(is_blank);
        let span = Span::of(start..start + written.len());
        self.string(span, written, span);
        self.at = start + written.len();
        self.rest();
    }

    fn quoted(&mut self, quote: char) {
        let start = self.at;
        let inside = self.text.get(start + 1..).unwrap_or_default();
        let Some(end) = closing(inside, quote) else {
            let line = self.line_end(start);
            let message = format!("the quote {} is never closed", named(quote));
            self.slip(Span::of(start..start + 1), &message, "close it with the same quote it was opened with");
            let span = Span::of(start..line);
            self.string(span, self.cut(start..line), span);
            self.at = line;
            return;
        };
        let content = Span::of(start + 1..start + 1 + end);
        let written = content.text(self.text);
        if let Some(at) = (quote == '\'').then(|| written.find("\\'")).flatten() {
            let at = content.start as usize + at;
            self.slip(
                Span::of(at..at + 2),
                "programs differ in what a backslash before `'` means",
                "put the value in double quotes",
            );
        }
        self.at = content.end as usize + 1;
        self.string(Span::of(start..self.at), &decoded(written, quote), content);
        self.skip(is_blank);
        if self.peek().is_none_or(|found| found == '#' || is_line_end(found)) {
            self.rest();
            return;
        }
        let line = self.line_end(self.at);
        let span = Span::of(self.at..self.at + self.cut(self.at..line).trim_end().len());
        let help = "put the whole value into one pair of quotes; in double quotes `\\\"` stands for a quote";
        self.slip(span, "the text goes on after its closing quote", help);
        self.at = line;
    }

    fn string(&mut self, span: Span, value: &str, content: Span) {
        self.end = span.end;
        self.builder.scalar(Scalar::String, span, value, &[content]);
    }

    /// What stands behind a value: blanks, a comment.
    fn rest(&mut self) {
        self.skip(is_blank);
        if self.peek() == Some('#') {
            self.comment();
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        self.at = self.line_end(start);
        self.builder.comment(Span::of(start..start + self.cut(start..self.at).trim_end().len()));
    }

    fn name(&mut self) -> Span {
        let start = self.at;
        self.skip(|found| found.is_ascii_alphanumeric() || matches!(found, '_' | '.' | '-'));
        Span::of(start..self.at)
    }

    fn slip(&mut self, span: Span, message: &str, help: &str) {
        self.slips += 1;
        let report = self.builder.diagnostic(&SYNTAX, span, message).help(help);
        self.builder.report(report);
    }

    fn here(&self) -> Span {
        Span::of(self.at..self.at)
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at..).and_then(|rest| rest.chars().next())
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find(|found| !wanted(found)).unwrap_or(rest.len());
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.text.get(from..).unwrap_or_default();
        from + rest.find(is_line_end).unwrap_or(rest.len())
    }

    fn cut(&self, range: std::ops::Range<usize>) -> &'text str {
        self.text.get(range).unwrap_or_default()
    }
}

/// Where the quote closes; a backslash protects it, except in backticks.
fn closing(inside: &str, quote: char) -> Option<usize> {
    let mut characters = inside.char_indices();
    while let Some((at, found)) = characters.next() {
        if found == quote {
            return Some(at);
        }
        if found == '\\'
            && (quote == '"' || (quote == '\'' && inside.get(at + 1..).is_some_and(|rest| rest.starts_with(quote))))
        {
            characters.next();
        }
    }
    None
}

fn named(quote: char) -> String {
    if quote == '`' { "of backticks".to_owned() } else { format!("`{quote}`") }
}

fn is_blank(found: char) -> bool {
    matches!(found, ' ' | '\t')
}

fn is_line_end(found: char) -> bool {
    matches!(found, '\n' | '\r')
}
