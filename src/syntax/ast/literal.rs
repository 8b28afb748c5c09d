//! What stands to the right of `=`: literals as written, symbols, lists and maps.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Attribute, Name, Node};

/// A quoted or block string. The span covers the quotes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Escapes resolved; in a block string the common indentation removed.
    pub value: String,
    pub style: TextStyle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextStyle {
    Quoted,
    Block,
}

/// A date, or a date and time, as written. Numbers are as written too: `2026-02-31` is a diagnostic of a later layer,
/// with this node's span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moment {
    /// `2026-11-24`
    Date(String),
    /// `2026-11-24T10:00`, without a zone: civil
    Civil(String),
    /// `2026-11-24T10:00[Europe/Berlin]`, `2026-11-24T10:00+01:00`, `2026-11-24T10:00Z`: an instant
    Zoned(String),
}

/// A literal of the language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Literal {
    Bool(bool),
    Number(Decimal),
    Text(Text),
    /// Milliseconds.
    Duration(i64),
    /// `5%` is 5.
    Percent(Decimal),
    /// `v1.2` is `[1, 2]`.
    Version(Vec<u64>),
    Moment(Moment),
    /// Milliseconds from the window's start: `T-1w` is negative.
    Offset(i64),
    /// `@alice`, without the `@`.
    Person(String),
    /// `/^v\d+/`: the regular expression without its slashes, `\/` resolved to `/`.
    Pattern(String),
}

/// A literal, a bare word, a list or a map.
pub type Value = Node<ValueKind>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueKind {
    Literal(Literal),
    /// A bare word: an enum value, a role, an id, a parameter of a procedure.
    Symbol(String),
    List(Vec<Value>),
    /// `{ TEXT = "…", OTHER = 1 }`
    Map(Vec<Attribute>),
}

impl Text {
    pub fn quoted(value: impl Into<String>) -> Self {
        Self { value: value.into(), style: TextStyle::Quoted }
    }
}

impl Node<ValueKind> {
    /// The bare word this value is, if it is one.
    pub fn as_symbol(&self) -> Option<Name> {
        match &self.value {
            ValueKind::Symbol(name) => Some(Node::new(name.clone(), self.span)),
            ValueKind::Literal(_) | ValueKind::List(_) | ValueKind::Map(_) => None,
        }
    }
}
