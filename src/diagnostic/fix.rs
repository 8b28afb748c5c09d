//! A change of text that would cure a finding.

use crate::source::Place;

/// Replaces the text at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub place: Place,
    pub text: String,
}

/// Edits that belong together: all or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, in the imperative.
    pub title: String,
    pub edits: Vec<Edit>,
}
