//! Values that stand in a script as they are: objects, lists, strings, numbers.

use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::cursor::Script;
use super::{MAX_DEPTH, Program};
use crate::model::data::{Data, Record, Text, Value};
use crate::source::Place;

/// A key that is no field: it says what the object inherits.
const INHERITED: &str = "__proto__";

impl Script<'_> {
    pub(super) fn value(&mut self) -> Result<Value, Program> {
        self.blanks()?;
        let start = self.at;
        if self.depth >= MAX_DEPTH {
            return Err(self.program_at(start, "it nests too deep"));
        }
        self.depth += 1;
        let data = self.literal()?;
        self.depth -= 1;
        let end = self.at;
        self.blanks()?;
        let is_whole = matches!(self.peek(), None | Some(',' | '}' | ']' | ')' | ';')) || self.ends_statement(end);
        match data {
            Some(data) if is_whole => Ok(Value::new(data, self.place(start, end))),
            Some(_) | None => self.worked_out(start),
        }
    }

    /// An export needs no semicolon: it may end with its line.
    fn ends_statement(&self, end: usize) -> bool {
        self.depth == 0 && self.text.get(end..self.at).is_some_and(|between| between.contains('\n'))
    }

    /// `None` where what begins here is no literal.
    fn literal(&mut self) -> Result<Option<Data>, Program> {
        Ok(match self.peek() {
            Some('{') => Some(self.object()?),
            Some('[') => self.array()?,
            Some('"' | '\'') => Some(Data::text(self.string()?)),
            Some('`') => self.template()?.map(Data::text),
            Some('-' | '0'..='9' | '.') => self.number(),
            Some(_) => match self.word() {
                "true" => Some(Data::Bool(true)),
                "false" => Some(Data::Bool(false)),
                "null" | "undefined" => Some(Data::Null),
                _ => None,
            },
            None => None,
        })
    }

    fn object(&mut self) -> Result<Data, Program> {
        let head = self.place(self.at, self.at + 1);
        self.at += 1;
        let mut fields: Vec<(Text, Value)> = Vec::new();
        while !self.accept("}")? {
            let start = self.at;
            match self.key()? {
                // What it inherits: any field that it does not say itself.
                Some(name) if name == INHERITED && self.accept(":")? => {
                    self.value()?;
                    put(&mut fields, Record::OTHERS, self.worked_out(start)?);
                }
                Some(name) if self.accept(":")? => {
                    let key = self.place(start, start + name.len());
                    put(&mut fields, &name, under(self.value()?, key));
                }
                // A short form or a method: its name is known, its value is not.
                Some(name) if matches!(self.peek(), Some(',' | '}' | '(')) => {
                    put(&mut fields, &name, self.worked_out(start)?);
                }
                // A spread, a computed name, a getter: it may be any field, and it may replace each before it.
                Some(_) | None => {
                    fields.clear();
                    put(&mut fields, Record::OTHERS, self.worked_out(start)?);
                }
            }
            if !self.accept(",")? && self.peek() != Some('}') {
                return Err(self.program_at(self.at, "it cannot be read here"));
            }
        }
        Ok(Data::Record(Arc::new(Record { shape: None, fields, head })))
    }

    /// `None` for a spread or a computed name.
    fn key(&mut self) -> Result<Option<String>, Program> {
        self.blanks()?;
        Ok(match self.peek() {
            Some('"' | '\'') => Some(self.string()?),
            Some('.' | '[') => None,
            Some(_) => {
                let word = self.word();
                if word.is_empty() {
                    return Err(self.program_at(self.at, "it cannot be read here"));
                }
                Some(word.to_owned())
            }
            None => return Err(self.program_at(self.at, "it ends in the middle")),
        })
    }

    /// `None` where how many elements there are is worked out.
    fn array(&mut self) -> Result<Option<Data>, Program> {
        self.at += 1;
        let (mut items, mut is_known) = (Vec::new(), true);
        while !self.accept("]")? {
            self.blanks()?;
            is_known &= !self.rest().starts_with("...") && self.peek() != Some(',');
            items.push(self.value()?);
            if !self.accept(",")? && self.peek() != Some(']') {
                return Err(self.program_at(self.at, "it cannot be read here"));
            }
        }
        Ok(is_known.then(|| Data::List(items.into())))
    }

    /// `None` where something is filled in.
    fn template(&mut self) -> Result<Option<String>, Program> {
        let start = self.at;
        self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                Some('`') => return Ok(Some(text)),
                Some('\\') => return Err(self.program_at(self.at - 1, "this escape is not read")),
                Some('$') if self.peek() == Some('{') => {
                    self.at = start;
                    return Ok(None);
                }
                Some(letter) => text.push(letter),
                None => return Err(self.program_at(start, "this string does not end")),
            }
        }
    }

    fn number(&mut self) -> Option<Data> {
        let length =
            self.rest().find(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '.' | '_' | '-'));
        let written = self.rest().get(..length.unwrap_or(self.rest().len()))?;
        self.at += written.len();
        Decimal::from_str(&written.replace('_', "")).ok().map(Data::Number)
    }
}

/// The last of several is the one that counts.
fn put(fields: &mut Vec<(Text, Value)>, name: &str, value: Value) {
    fields.retain(|(known, _)| **known != *name);
    fields.push((name.into(), value));
}

/// What is missing from a mapping is missed at its key.
fn under(value: Value, key: Place) -> Value {
    let Data::Record(record) = &value.data else { return value };
    let record = Record { shape: None, fields: record.fields.clone(), head: key };
    Value::new(Data::Record(Arc::new(record)), value.place)
}
