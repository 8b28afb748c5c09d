//! Files, items and the blocks that plans, procedures and calendars are made of.

use serde::{Deserialize, Serialize};

use super::{Name, Node, Policy, RedFlag, Test, Text, Value, Waiver};
use crate::source::Span;

/// Everything a `.plan` or `.policy` file holds, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct File {
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    /// A block of kind `plan`.
    Plan(Block),
    /// A block of kind `calendar` outside a policy.
    Calendar(Block),
    Procedure(Procedure),
    Policy(Policy),
    Waiver(Waiver),
    Test(Test),
}

/// `kind id "title" { … }`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Block {
    pub kind: Name,
    pub id: Option<Name>,
    pub title: Option<Node<Text>>,
    pub body: Vec<Entry>,
    /// From the kind to the closing brace.
    pub span: Span,
    /// The braces and what is between them; empty, at the end of the head, where the block has no braces.
    pub braces: Span,
}

/// What stands between the braces of a block, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    Attribute(Attribute),
    Block(Block),
    RedFlag(RedFlag),
}

/// `name = value`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attribute {
    pub name: Name,
    pub value: Value,
    pub span: Span,
}

/// `procedure id(name: type = default, …) "title" { … }`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    pub parameters: Vec<Parameter>,
    /// A block of kind `procedure`.
    pub block: Block,
}

/// `name: type = default "what it is"`, of a procedure or (after `param`) of a policy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parameter {
    pub name: Name,
    /// The name of the type: `duration`, `version`, `string`, …
    pub kind: Name,
    pub default: Option<Value>,
    pub doc: Option<Node<Text>>,
    pub span: Span,
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind && self.id == other.id && self.title == other.title && self.body == other.body
    }
}

impl Eq for Block {}

impl PartialEq for Attribute {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl Eq for Attribute {}

impl PartialEq for Parameter {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.kind == other.kind && self.default == other.default && self.doc == other.doc
    }
}

impl Eq for Parameter {}

impl Block {
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.body.iter().filter_map(|entry| match entry {
            Entry::Attribute(attribute) => Some(attribute),
            Entry::Block(_) | Entry::RedFlag(_) => None,
        })
    }

    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes().find(|attribute| attribute.name.value == name)
    }

    /// The id and title, or the kind where it has neither: what to underline when speaking of the whole block.
    pub fn head(&self) -> Span {
        match (&self.id, &self.title) {
            (Some(id), _) => id.span,
            (None, Some(title)) => title.span,
            (None, None) => self.kind.span,
        }
    }
}
