//! What a script in JavaScript exports, as far as it stands there as it is. It runs nothing: what would have to be worked
//! out is unresolved, and a script that does more than export is not read at all.

use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::model::data::{Data, Record, Value};
use crate::source::{FileId, Place, Span};

/// Where a script stops being plain, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Program {
    pub(super) span: Span,
    pub(super) why: &'static str,
}

/// How deep values may nest.
const MAX_DEPTH: usize = 64;

/// How much of an expression a message shows.
const SHOWN: usize = 40;

/// The value of `module.exports = …` or `export default …`.
pub(super) fn exported(file: FileId, text: &str) -> Result<Value, Program> {
    Script { file, text, at: 0, depth: 0 }.program()
}

struct Script<'t> {
    file: FileId,
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Script<'t> {
    /// Declarations, which change nothing outside them, and one export at the end.
    fn program(mut self) -> Result<Value, Program> {
        loop {
            self.blanks()?;
            let start = self.at;
            if self.peek().is_some_and(|letter| matches!(letter, '"' | '\'')) {
                // `'use strict';`
                self.string()?;
                self.accept(";")?;
                continue;
            }
            let exports = match self.word() {
                "const" | "let" | "var" | "import" => {
                    self.declaration()?;
                    continue;
                }
                "module" => self.follow(&[".", "exports", "="])?,
                "export" => self.follow(&["default"])?,
                _ => false,
            };
            if exports {
                return self.export();
            }
            let why = if self.text.get(start..).is_some_and(str::is_empty) {
                "it exports nothing by `module.exports` or `export default`"
            } else {
                "it does more than export what stands in it"
            };
            return Err(self.program_at(start, why));
        }
    }

    fn export(mut self) -> Result<Value, Program> {
        let value = self.value()?;
        self.accept(";")?;
        self.blanks()?;
        if self.peek().is_some() {
            return Err(self.program_at(self.at, "what it exports may be changed here"));
        }
        Ok(value)
    }

    /// To its end: a semicolon, or a line break before the next thing a script may hold.
    fn declaration(&mut self) -> Result<(), Program> {
        loop {
            let before = self.at;
            self.blanks()?;
            let is_new_line = self.text.get(before..self.at).is_some_and(|between| between.contains('\n'));
            let begins = ["const ", "let ", "var ", "import ", "module.", "export "];
            if is_new_line && begins.iter().any(|begin| self.rest().starts_with(begin)) {
                return Ok(());
            }
            if self.skip_piece(&[';'])? {
                return self.accept(";").map(|_| ());
            }
        }
    }

    fn value(&mut self) -> Result<Value, Program> {
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
        let mut fields: Vec<(Arc<str>, Value)> = Vec::new();
        while !self.accept("}")? {
            let start = self.at;
            match self.key()? {
                Some(name) if self.accept(":")? => {
                    let key = self.place(start, start + name.len());
                    let value = under(self.value()?, key);
                    fields.retain(|(known, _)| **known != *name);
                    fields.push((name.into(), value));
                }
                // A short form or a method: its name is known, its value is not.
                Some(name) if matches!(self.peek(), Some(',' | '}' | '(')) => {
                    let value = self.worked_out(start)?;
                    fields.retain(|(known, _)| **known != *name);
                    fields.push((name.into(), value));
                }
                // A spread, a computed name, a getter: it may be any field, and it may replace each before it.
                Some(_) | None => {
                    let unknown = self.worked_out(start)?;
                    fields.clear();
                    fields.push((Record::OTHERS.into(), unknown));
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

    fn string(&mut self) -> Result<String, Program> {
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

    /// Goes on to where the expression that began at `start` ends. Nobody knows what comes of it.
    fn worked_out(&mut self, start: usize) -> Result<Value, Program> {
        while !self.skip_piece(&[',', '}', ']', ')', ';'])? {}
        let written = self.text.get(start..self.at).unwrap_or_default().trim_end();
        let place = self.place(start, start + written.len());
        let shown: String = written.lines().next().unwrap_or_default().chars().take(SHOWN).collect();
        let dots = if shown.len() < written.len() { "…" } else { "" };
        Ok(Value::new(Data::Unresolved(format!("`{shown}{dots}` is worked out when the script runs").into()), place))
    }

    /// One letter, string or pair of brackets; true at one of `ends`, which is left where it is, and at the end.
    fn skip_piece(&mut self, ends: &[char]) -> Result<bool, Program> {
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

    /// Blanks and comments.
    fn blanks(&mut self) -> Result<(), Program> {
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
    fn accept(&mut self, mark: &str) -> Result<bool, Program> {
        self.blanks()?;
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len();
        }
        Ok(found)
    }

    /// Takes all of `marks` if they come next, one after the other.
    fn follow(&mut self, marks: &[&str]) -> Result<bool, Program> {
        for mark in marks {
            if !self.accept(mark)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let ends = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '$');
        let word = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default();
        self.at += word.len();
        word
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place::new(self.file, Span::of(start..end.min(self.text.len())))
    }

    fn program_at(&self, start: usize, why: &'static str) -> Program {
        let length = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Program { span: Span::of(start..start + length), why }
    }
}

/// What is missing from a mapping is missed at its key.
fn under(value: Value, key: Place) -> Value {
    let Data::Record(record) = &value.data else { return value };
    let record = Record { shape: None, fields: record.fields.clone(), head: key };
    Value::new(Data::Record(Arc::new(record)), value.place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn read(text: &str) -> Result<(Value, SourceMap), Program> {
        let mut sources = SourceMap::default();
        let file = sources.add("ecosystem.config.js", text);
        exported(file, text).map(|value| (value, sources))
    }

    fn field(text: &str, name: &str) -> (String, String) {
        let (value, sources) = read(text).unwrap();
        let Data::Record(record) = &value.data else { panic!("{value:?}") };
        let value = record.field(name).unwrap_or_else(|| panic!("`{name}` in {text}"));
        let said = if let Data::Unresolved(why) = &value.data { format!("? {why}") } else { value.data.to_string() };
        (said, sources.slice(value.place).to_owned())
    }

    #[test]
    fn what_stands_there_is_read_at_its_place() {
        let text = "'use strict'\n// why\nconst path = require('path')\nmodule.exports = {\n  a: 'x\\'y', \"b\": -1.5, c: `t`, 'd-e': [1, 2,], /* no */ f: true, g: 1_000,\n}\n";
        for (name, said, cut) in [
            ("a", "x'y", "'x\\'y'"),
            ("b", "-1.5", "-1.5"),
            ("c", "t", "`t`"),
            ("d-e", "1, 2", "[1, 2,]"),
            ("f", "true", "true"),
            ("g", "1000", "1_000"),
        ] {
            assert_eq!(field(text, name), (said.to_owned(), cut.to_owned()));
        }
        assert_eq!(field("export default {a: 1}", "a").0, "1");
    }

    #[test]
    fn what_is_worked_out_is_never_guessed() {
        for (text, expression) in [
            ("{a: process.env.A || 'x', b: 1}", "process.env.A || 'x'"),
            ("{a: 'x' + y, b: 1}", "'x' + y"),
            ("{a: `x${y}`, b: 1}", "`x${y}`"),
            ("{a: f(1, {x: [2]}), b: 1}", "f(1, {x: [2]})"),
            ("{a, b: 1}", "a"),
            ("{a() { return 1 }, b: 1}", "a() { return 1 }"),
            ("{a: () => { return '}' }, b: 1}", "() => { return '}' }"),
            ("{a: [1, ...more], b: 1}", "[1, ...more]"),
            ("{a: 2 * 1024, b: 1}", "2 * 1024"),
        ] {
            let text = format!("module.exports = {text};");
            let (said, cut) = field(&text, "a");
            assert_eq!(said, format!("? `{expression}` is worked out when the script runs"), "{text}");
            assert_eq!(cut, expression);
            assert_eq!(field(&text, "b").0, "1");
        }
    }

    #[test]
    fn a_spread_hides_what_stands_before_it_and_what_stands_nowhere() {
        let text = "module.exports = {a: 1, ...base, b: 2, b: 3}";
        assert_eq!(field(text, "a").0, "? `...base` is worked out when the script runs");
        assert_eq!(field(text, "c").0, "? `...base` is worked out when the script runs");
        assert_eq!(field(text, "b").0, "3");
        let getter = "module.exports = {a: 1, get watch() { return true }, b: 2}";
        assert!(field(getter, "watch").0.starts_with("? "));
        assert_eq!(field(getter, "b").0, "2");
    }

    #[test]
    fn a_script_that_does_more_than_export_is_not_read() {
        for text in [
            "",
            "const a = 1",
            "module.exports = {a: 1}; module.exports.a = 2",
            "if (x) { module.exports = {a: 1} }",
            "module.exports = {a: 1",
            "module.exports = {a: 'x\n'}",
            "module.exports = {a: x.replace(/'/g, '')}",
            "function f() {}\nmodule.exports = {a: 1}",
            "module.exports = {a: 1}}",
            "module.exports.apps = []",
            "/* ",
        ] {
            assert!(read(text).is_err(), "{text}: {:?}", read(text).map(|(value, _)| value));
        }
        let deep = format!("module.exports = {}", "[".repeat(100_000));
        assert!(read(&deep).is_err());
    }

    #[test]
    fn what_is_exported_whole_may_be_worked_out() {
        let (value, _) = read("module.exports = build()").unwrap();
        assert!(matches!(value.data, Data::Unresolved(_)));
    }
}
