//! What is known of a value before any document is read: the kinds of value it may be.

use crate::diagnostic::join_with_or;
use crate::document::NodeId;
use crate::model::types::Type;

/// One kind of value, and the nodes of the schema that say more of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct One {
    pub(super) of_type: Type,
    pub(super) nodes: Vec<NodeId>,
}

/// The kinds of value that something may be: never none, since what cannot be typed may be anything.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known(Vec<One>);

impl One {
    pub(super) const fn of(of_type: Type) -> Self {
        Self { of_type, nodes: Vec::new() }
    }

    pub(super) fn described(of_type: Type, nodes: &[NodeId]) -> Self {
        Self { of_type, nodes: nodes.to_vec() }
    }
}

impl Known {
    pub(super) fn anything() -> Self {
        Self::of(Type::Any)
    }

    pub(super) fn of(of_type: Type) -> Self {
        Self(vec![One::of(of_type)])
    }

    pub(super) fn either(ones: impl IntoIterator<Item = One>) -> Self {
        let mut kinds: Vec<One> = Vec::new();
        for one in ones {
            if !kinds.contains(&one) {
                kinds.push(one);
            }
        }
        if kinds.is_empty() || kinds.iter().any(|one| one.of_type == Type::Any) {
            Self::anything()
        } else {
            Self(kinds)
        }
    }

    pub(super) fn kinds(&self) -> &[One] {
        &self.0
    }

    pub(super) fn types(&self) -> impl Iterator<Item = Type> {
        self.0.iter().map(|one| one.of_type)
    }

    pub(super) fn may_be(&self, fits: impl Fn(Type) -> bool) -> bool {
        self.types().any(fits)
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        Self::either(self.0.iter().chain(&other.0).cloned())
    }

    /// "a string or a number", as messages say it.
    pub(super) fn describe(&self) -> String {
        let mut said: Vec<String> = Vec::new();
        for of_type in self.types() {
            // A map of the language is written in a plan, and this one in a document.
            let kind = if matches!(of_type, Type::Map(_)) { "a mapping".to_owned() } else { of_type.describe() };
            if !said.contains(&kind) {
                said.push(kind);
            }
        }
        join_with_or(&said)
    }

    /// The node of the schema to show beside a message.
    pub(super) fn said_at(&self) -> Option<NodeId> {
        self.0.iter().find_map(|one| one.nodes.first()).copied()
    }
}
