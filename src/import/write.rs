//! Texts, ids and values as the language writes them, and comments that say where something came from.

use std::collections::{HashMap, HashSet};

use super::Renamed;
use super::items::Item;
use crate::format::{must_be_escaped, quoted};
use crate::model::units::{Duration, Offset};
use crate::source::{LineIndex, Span};
use crate::syntax::ast::{Attribute, Literal, Moment, Value, ValueKind};

/// The text that is imported.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) path: String,
    pub(super) text: &'a str,
    pub(super) lines: &'a LineIndex,
}

/// What the result is called.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) title: String,
}

impl Named {
    /// After the title of the text, else after its file.
    pub(super) fn of(title: Option<String>, path: &str) -> Self {
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or("imported");
        let title = title.unwrap_or_else(|| stem.to_owned());
        Self { id: super::id_of(stem, "imported"), title }
    }

    /// Another id, where this one is taken.
    pub(super) fn avoid(&mut self, taken: &[&str]) -> Option<Renamed> {
        let from = self.id.clone();
        while taken.contains(&self.id.as_str()) {
            self.id.push_str("-list");
        }
        (from != self.id).then(|| Renamed { from, to: self.id.clone() })
    }
}

impl Source<'_> {
    pub(super) fn line(&self, span: Span) -> usize {
        self.lines.line(span.start) + 1
    }

    /// `# from DEPLOY.md:42`, and what of the item has no place in the language.
    pub(super) fn origin(&self, item: &Item) -> String {
        let mut comment = format!("# from {}:{}", self.path, item.line);
        if let Some(parent) = &item.parent {
            comment.push_str(", part of ");
            comment.push_str(&plain(parent));
        }
        for link in &item.links {
            comment.push_str(", see ");
            comment.push_str(&plain(link));
        }
        comment
    }
}

/// The headings above an item, as a comment says them.
pub(super) fn heading_path(headings: &[String]) -> String {
    let headings: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    headings.join(" > ")
}

/// A text on one line, without what cannot be seen.
pub(super) fn plain(text: &str) -> String {
    let seen: String = text.chars().map(|letter| if must_be_escaped(letter) { ' ' } else { letter }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A message: braces are braces.
pub(super) fn message(text: &str) -> String {
    quoted(&text.replace('{', "{{").replace('}', "}}"))
}

/// `name = value`.
pub(super) fn attribute(attribute: &Attribute) -> Option<String> {
    Some(format!("{} = {}", attribute.name.value, value(&attribute.value)?))
}

/// A value as the language writes it; None for what is no value of the language.
fn value(written: &Value) -> Option<String> {
    Some(match &written.value {
        ValueKind::Literal(literal) => self::literal(literal),
        ValueKind::Symbol(word) if is_word(word) => word.clone(),
        // The finding about it stands where it stood.
        ValueKind::Symbol(word) => quoted(word),
        ValueKind::List(values) => {
            let values: Option<Vec<String>> = values.iter().map(value).collect();
            format!("[{}]", values?.join(", "))
        }
        ValueKind::Map(_) => return None,
    })
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Bool(flag) => flag.to_string(),
        Literal::Number(number) => number.to_string(),
        Literal::Text(text) if text.value.contains('\n') && !text.value.contains("\"\"\"") => block_text(&text.value),
        Literal::Text(text) => quoted(&text.value),
        Literal::Duration(length) => Duration::from_milliseconds(*length).to_string(),
        Literal::Percent(share) => format!("{share}%"),
        Literal::Version(parts) => {
            let parts: Vec<String> = parts.iter().map(u64::to_string).collect();
            format!("v{}", parts.join("."))
        }
        Literal::Moment(Moment::Date(text) | Moment::Civil(text) | Moment::Zoned(text)) => text.clone(),
        Literal::Offset(length) => offset(*length),
        Literal::Person(name) => format!("@{name}"),
        Literal::Pattern(pattern) => format!("/{}/", pattern.replace('/', "\\/")),
    }
}

fn block_text(text: &str) -> String {
    if text.chars().any(|letter| letter != '\n' && must_be_escaped(letter)) || text.ends_with('"') {
        return quoted(text);
    }
    format!("\"\"\"\n{text}\n\"\"\"")
}

pub(super) fn offset(length: i64) -> String {
    if length == 0 { "T-0".to_owned() } else { Offset::from_milliseconds(length).to_string() }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !text.ends_with('-')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// Ids that are given once.
#[derive(Debug, Default)]
pub(super) struct Ids {
    given: HashSet<String>,
    /// How often each title has come so far, so that no number is tried twice.
    counted: HashMap<String, u32>,
}

impl Ids {
    pub(super) fn take(&mut self, title: &str, or: &str) -> String {
        let id = super::id_of(title, or);
        if self.given.insert(id.clone()) {
            return id;
        }
        let count = self.counted.entry(id.clone()).or_insert(1);
        loop {
            *count += 1;
            let numbered = format!("{id}-{count}");
            if self.given.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}
