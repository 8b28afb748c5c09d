//! Documents that say themselves what they hold: each document is one subject, field for field.

mod value;

use super::{Found, SourceText};
use crate::document::{self, Format};

pub(super) use value::Values;

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
