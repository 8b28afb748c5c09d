//! A place in a script, and what is taken there: blanks, marks, words and strings. Knows no value.

use super::Program;
use crate::source::{FileId, Place, Span};

/// A script, read as far as `at`.
pub(super) struct Script<'t> {
    file: FileId,
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) depth: usize,
}

impl<'t> Script<'t> {
    pub(super) const fn new(file: FileId, text: &'t str) -> Self {
        Self { file, text, at: 0, depth: 0 }
    }

    /// Blanks and comments.
    pub(super) fn blanks(&mut self) -> Result<(), Program> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                let Some(end) = trimmed.find("*/") else {
                    return Err(self.program_at(self.at, "this comment does not end"));
                };
                self.at += end + 2;
            } else {
                return Ok(());
            }
        }
    }

    /// Takes `mark` if it comes next.
    pub(super) fn accept(&mut self, mark: &str) -> Result<bool, Program> {
        self.blanks()?;
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len();
        }
        Ok(found)
    }

    /// Takes all of `marks` if they come next, one after the other.
    pub(super) fn follow(&mut self, marks: &[&str]) -> Result<bool, Program> {
        for mark in marks {
            if !self.accept(mark)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(super) fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let ends = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '$');
        let word = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default();
        self.at += word.len();
        word
    }

    pub(super) fn string(&mut self) -> Result<String, Program> {
        let start = self.at;
        let quote = self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                Some('\n') | None => return Err(self.program_at(start, "this string does not end")),
                found if found == quote => return Ok(text),
                Some('\\') => match self.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some(plain @ ('\\' | '"' | '\'' | '/' | '`')) => text.push(plain),
                    _ => return Err(self.program_at(self.at.saturating_sub(2), "this escape is not read")),
                },
                Some(letter) => text.push(letter),
            }
        }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        Place::new(self.file, Span::of(start..end.min(self.text.len())))
    }

    pub(super) fn program_at(&self, start: usize, why: &'static str) -> Program {
        let length = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Program { span: Span::of(start..start + length), why }
    }
}
