//! What goes into the search for subjects and what comes out of it.

use std::fmt;
use std::sync::Arc;

use super::Nginx;
use crate::diagnostic::Diagnostic;
use crate::document::Comment;
use crate::model::data::Value;
use crate::source::FileId;

/// One file of the search.
#[derive(Debug, Clone)]
pub struct SourceText<'a> {
    pub file: FileId,
    /// As reports show it.
    pub path: &'a str,
    pub text: Arc<str>,
}

/// Files that are named by those of the search, such as the includes of nginx.
pub trait Neighbours: fmt::Debug {
    /// The files that `pattern` (a path or a glob) names, seen from the folder of the file `beside`, in order of their
    /// paths; an absolute pattern is seen from the roots that the caller knows. Empty where there are none.
    fn matching(&mut self, beside: &str, pattern: &str) -> Vec<Neighbour>;

    /// What is known of the nginx that will read its files.
    fn nginx(&self) -> Nginx {
        Nginx::default()
    }
}

/// A file beside those of the search.
#[derive(Debug, Clone)]
pub struct Neighbour {
    pub path: String,
    /// Its text, or why it cannot be read.
    pub text: Result<(FileId, Arc<str>), String>,
}

/// The subjects of a search.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// In the order of the files and their texts. The place of each is what a finding about the whole underlines.
    pub subjects: Vec<Value>,
    /// What could not be read. A file that is named here holds subjects nobody saw: it is undecided.
    pub diagnostics: Vec<Diagnostic>,
    /// Where findings may be ignored inline.
    pub comments: Vec<(FileId, Comment)>,
}

impl Found {
    /// Adds what another search found.
    pub fn extend(&mut self, other: Self) {
        self.subjects.extend(other.subjects);
        self.diagnostics.extend(other.diagnostics);
        self.comments.extend(other.comments);
    }
}
