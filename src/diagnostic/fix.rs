//! A change of text that would cure a finding.

use crate::source::Place;

/// Replaces the text at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub place: Place,
    pub text: String,
}

/// Whether a fix may be made without somebody having looked at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// The text has one reading, and this is it: nothing that works does anything else afterwards.
    Safe,
    /// It guesses what was meant, or changes what a service does.
    Unsafe,
}

impl Applicability {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// Edits that belong together: all or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the fix does, in the imperative.
    pub title: String,
    pub applicability: Applicability,
    pub edits: Vec<Edit>,
}

impl Fix {
    /// Another text at one place.
    pub fn at(applicability: Applicability, title: impl Into<String>, place: Place, text: impl Into<String>) -> Self {
        Self { title: title.into(), applicability, edits: vec![Edit { place, text: text.into() }] }
    }

    /// The one way in which a text that cannot be read can be meant.
    pub fn safe(title: impl Into<String>, place: Place, text: impl Into<String>) -> Self {
        Self::at(Applicability::Safe, title, place, text)
    }
}
