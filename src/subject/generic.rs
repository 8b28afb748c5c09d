//! Documents that say themselves what they hold: each document is one subject, field for field.

mod value;

use std::sync::Arc;

use super::{Found, SourceText};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Comment, Format};
use crate::model::data::Value;
use crate::source::FileId;

use self::value::Values;

/// What a text says in one format.
#[derive(Debug)]
pub(super) struct Reading {
    /// The value of each document; none while anything is wrong, since nothing may be judged by it.
    roots: Vec<Value>,
    diagnostics: Vec<Diagnostic>,
    comments: Vec<Comment>,
}

impl Reading {
    pub(super) fn of(file: FileId, text: &Arc<str>, format: Format) -> Self {
        let parsed = document::parse(file, text, format);
        let mut roots = Vec::new();
        if parsed.diagnostics.is_empty() {
            let mut values = Values::new(&parsed.document);
            roots.extend(parsed.document.roots().iter().map(|root| values.value(*root)));
        }
        Self { roots, comments: parsed.document.comments().to_vec(), diagnostics: parsed.diagnostics }
    }
}

/// The subjects in each document of each file.
pub(super) fn each(
    files: &[SourceText<'_>],
    usual: Format,
    mut subjects: impl FnMut(&SourceText<'_>, &Value) -> Vec<Value>,
) -> Found {
    let mut found = Found::default();
    for source in files {
        let reading = source.reading(usual);
        found.subjects.extend(reading.roots.iter().flat_map(|root| subjects(source, root)));
        found.diagnostics.extend(reading.diagnostics.iter().cloned());
        found.comments.extend(reading.comments.iter().map(|comment| (source.file, *comment)));
    }
    found
}

/// Reads each file in the format its name asks for, else in `usual`.
pub(super) fn find(files: &[SourceText<'_>], usual: Format) -> Found {
    each(files, usual, |_, root| vec![root.clone()])
}
