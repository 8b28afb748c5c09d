//! What rules compute with: values, each with the place it came from.

mod text;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

pub use self::text::Text;
use super::calendar::NamedCalendar;
use super::pattern::Pattern;
use super::types::Shape;
use super::units::{Duration, Moment, Offset, Percent, Person, Version, Zone};
use crate::source::Place;

/// A value of the language.
#[derive(Debug, Clone)]
pub enum Data {
    Null,
    Bool(bool),
    Number(Decimal),
    Text(Text),
    Duration(Duration),
    Percent(Percent),
    Version(Version),
    Moment(Moment),
    Offset(Offset),
    Person(Person),
    Zone(Zone),
    Pattern(Arc<Pattern>),
    Calendar(Arc<NamedCalendar>),
    /// A word out of a closed set.
    Word(&'static str),
    List(Arc<[Value]>),
    Record(Arc<Record>),
    /// Something stands here that could not be read, for this reason: no condition on it is ever true or false.
    Unresolved(Arc<str>),
}

/// A value and where it was written; what is computed stands where its first operand stood.
#[derive(Debug, Clone)]
pub struct Value {
    pub data: Data,
    pub place: Place,
}

/// A block of a plan, or an object of a document.
#[derive(Debug, Clone)]
pub struct Record {
    /// None for what comes out of a document without a schema.
    pub shape: Option<&'static Shape>,
    /// Only what is there: absence is not a value.
    pub fields: Vec<(Text, Value)>,
    /// What to underline when something is missing from it.
    pub head: Place,
}

impl Value {
    pub const fn new(data: Data, place: Place) -> Self {
        Self { data, place }
    }
}

impl Record {
    /// The name under which a record keeps what its other fields are: a record that has them, or that they are
    /// unresolved, where something that may hold them could not be read.
    pub const OTHERS: &'static str = "*";

    pub fn field(&self, name: &str) -> Option<&Value> {
        let named = |name: &str| self.fields.iter().find(|(known, _)| &**known == name).map(|(_, value)| value);
        named(name).or_else(|| {
            let others = named(Self::OTHERS)?;
            if let Data::Record(record) = &others.data { record.field(name) } else { Some(others) }
        })
    }
}

impl Data {
    pub fn text(text: impl Into<Text>) -> Self {
        Self::Text(text.into())
    }

    /// What it is compared with others by as text; `None` for what is no text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Word(word) => Some(word),
            Self::Person(person) => Some(person.name()),
            Self::Zone(zone) => Some(zone.name()),
            Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::Duration(_)
            | Self::Percent(_)
            | Self::Version(_)
            | Self::Moment(_)
            | Self::Offset(_)
            | Self::Pattern(_)
            | Self::Calendar(_)
            | Self::List(_)
            | Self::Record(_)
            | Self::Unresolved(_) => None,
        }
    }

    /// What reads as text, as messages print it; `None` for everything else.
    pub fn readable(&self) -> Option<Cow<'_, str>> {
        if matches!(self, Self::Person(_) | Self::Version(_)) {
            return Some(Cow::Owned(self.to_string()));
        }
        self.as_text().map(Cow::Borrowed)
    }

    /// "a duration": what a message calls it.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Null => "nothing (`null`)",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::Duration(_) => "a duration",
            Self::Percent(_) => "a percentage",
            Self::Version(_) => "a version",
            Self::Moment(_) => "a date",
            Self::Offset(_) => "an offset",
            Self::Person(_) => "a person",
            Self::Zone(_) => "a time zone",
            Self::Pattern(_) => "a pattern",
            Self::Calendar(_) => "a calendar",
            Self::Word(_) => "a word",
            Self::List(_) => "a list",
            Self::Record(_) => "a record",
            Self::Unresolved(_) => "not known",
        }
    }
}

/// As messages print it.
impl fmt::Display for Data {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => write!(formatter, "{value}"),
            Self::Number(value) => write!(formatter, "{}", value.normalize()),
            Self::Text(value) => formatter.write_str(value),
            Self::Duration(value) => write!(formatter, "{value}"),
            Self::Percent(value) => write!(formatter, "{value}"),
            Self::Version(value) => write!(formatter, "{value}"),
            Self::Moment(value) => write!(formatter, "{value}"),
            Self::Offset(value) => write!(formatter, "{value}"),
            Self::Person(value) => write!(formatter, "{value}"),
            Self::Zone(value) => write!(formatter, "{value}"),
            Self::Pattern(value) => write!(formatter, "{value}"),
            Self::Calendar(value) => formatter.write_str(value.label()),
            Self::Word(value) => formatter.write_str(value),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(formatter, "{separator}{}", item.data)?;
                }
                Ok(())
            }
            Self::Record(record) => write_record(record, formatter),
            Self::Unresolved(_) => formatter.write_str("…"),
        }
    }
}

/// A window reads as its span of time, anything else as its title or id.
fn write_record(record: &Record, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    if let Some(window) = super::plan::window_of(record) {
        return write!(formatter, "{window}");
    }
    match record.field("title").or_else(|| record.field("id")) {
        Some(name) => write!(formatter, "{}", name.data),
        None => formatter.write_str(record.shape.map_or("record", |shape| shape.kind)),
    }
}
