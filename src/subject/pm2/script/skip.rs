//! What nobody reads: expressions that a script would work out, gone over to where they end.

use super::cursor::Script;
use super::{MAX_DEPTH, Program};
use crate::model::data::{Data, Value};

/// How much of an expression a message shows.
const SHOWN: usize = 40;

impl Script<'_> {
    /// Goes on to where the expression that began at `start` ends. Nobody knows what comes of it.
    pub(super) fn worked_out(&mut self, start: usize) -> Result<Value, Program> {
        while !self.skip_piece(&[',', '}', ']', ')', ';'])? {}
        let written = self.text.get(start..self.at).unwrap_or_default().trim_end();
        let place = self.place(start, start + written.len());
        let shown: String = written.lines().next().unwrap_or_default().chars().take(SHOWN).collect();
        let dots = if shown.len() < written.len() { "…" } else { "" };
        Ok(Value::new(Data::Unresolved(format!("`{shown}{dots}` is worked out when the script runs").into()), place))
    }

    /// One letter, string or pair of brackets; true at one of `ends`, which is left where it is, and at the end.
    pub(super) fn skip_piece(&mut self, ends: &[char]) -> Result<bool, Program> {
        self.blanks()?;
        match self.peek() {
            None => return Ok(true),
            Some(letter) if ends.contains(&letter) => return Ok(true),
            Some('"' | '\'') => {
                self.string()?;
            }
            Some('`') => self.skip_template()?,
            Some('(') => self.skip_brackets(')')?,
            Some('[') => self.skip_brackets(']')?,
            Some('{') => self.skip_brackets('}')?,
            // A pattern may hold quotes and brackets that mean nothing; whether it is one, only a parser knows.
            Some('/') => return Err(self.program_at(self.at, "a pattern or a division is not read")),
            Some(')' | ']' | '}') => return Err(self.program_at(self.at, "it cannot be read here")),
            Some(_) => {
                if self.word().is_empty() {
                    self.next();
                }
            }
        }
        Ok(false)
    }

    fn skip_brackets(&mut self, closing: char) -> Result<(), Program> {
        let start = self.at;
        if self.depth >= MAX_DEPTH {
            return Err(self.program_at(start, "it nests too deep"));
        }
        self.depth += 1;
        self.next();
        while !self.skip_piece(&[closing])? {}
        self.depth -= 1;
        if self.next().is_none() {
            return Err(self.program_at(start, "this bracket is never closed"));
        }
        Ok(())
    }

    fn skip_template(&mut self) -> Result<(), Program> {
        let start = self.at;
        self.next();
        loop {
            match self.next() {
                Some('`') => return Ok(()),
                Some('\\') => {
                    self.next();
                }
                Some('$') if self.peek() == Some('{') => self.skip_brackets('}')?,
                Some(_) => {}
                None => return Err(self.program_at(start, "this string does not end")),
            }
        }
    }
}
