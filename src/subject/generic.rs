//! Documents that say themselves what they hold: each document is one subject, field for field.

mod value;

use super::{Found, SourceText};
use crate::document::{self, Format};
use crate::model::data::Value;

pub(super) use value::Values;

/// The subjects in each document of each file.
pub(super) fn each(
    files: &[SourceText<'_>],
    usual: Format,
    subjects: impl Fn(&SourceText<'_>, &Value) -> Vec<Value>,
) -> Found {
    let mut all = Found::default();
    for source in files {
        let mut found = find(std::slice::from_ref(source), usual);
        found.subjects = found.subjects.iter().flat_map(|root| subjects(source, root)).collect();
        all.extend(found);
    }
    all
}

/// Reads each file in the format its name asks for, else in `usual`.
pub(super) fn find(files: &[SourceText<'_>], usual: Format) -> Found {
    let mut found = Found::default();
    for source in files {
        let format = Format::from_path(source.path).unwrap_or(usual);
        let parsed = document::parse(source.file, &source.text, format);
        found.comments.extend(parsed.document.comments().iter().map(|comment| (source.file, *comment)));
        // While anything is wrong, nothing is judged by the file.
        if parsed.diagnostics.is_empty() {
            let mut values = Values::new(&parsed.document);
            found.subjects.extend(parsed.document.roots().iter().map(|root| values.value(*root)));
        }
        found.diagnostics.extend(parsed.diagnostics);
    }
    found
}
