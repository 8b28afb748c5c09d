//! A value and where it was written.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// A value with its span. Equality and hashing ignore the span.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Node<T> {
    pub value: T,
    pub span: Span,
}

/// An identifier as written.
pub type Name = Node<String>;

impl<T> Node<T> {
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Node<U> {
        Node { value: change(self.value), span: self.span }
    }
}

impl<T: PartialEq> PartialEq for Node<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Node<T> {}
