//! What can be wrong with a document before any rule looks at it.

use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Place, Span};

/// That a file or folder cannot be read, and why.
pub fn unreadable(file: FileId, path: &str, problem: &str) -> Diagnostic {
    Diagnostic::new(&UNREADABLE, Place::new(file, Span::default()), format!("`{path}` cannot be read: {problem}"))
        .help("mend that, name another one, or leave it out: `exclude` in `stopline.toml`")
}

descriptors! {
    /// Every diagnostic of documents.
    DOCUMENT_DIAGNOSTICS;
    UNREADABLE = {
        id: "document/unreadable", severity: Error, undecided: true,
        summary: "a file cannot be read",
        doc: include_str!("docs/unreadable.md"),
    }
    TOO_LARGE = {
        id: "document/too-large", severity: Error, undecided: true,
        summary: "a document is too large",
        doc: include_str!("docs/too-large.md"),
    }
    EMPTY = {
        id: "document/empty", severity: Error, undecided: true,
        summary: "a document says nothing",
        doc: include_str!("docs/empty.md"),
    }
    SYNTAX = {
        id: "document/syntax", severity: Error, undecided: true,
        summary: "a document is not written in its format",
        doc: include_str!("docs/syntax.md"),
    }
    TEMPLATE = {
        id: "document/template", severity: Error, undecided: true,
        summary: "a file is a template of what will be read",
        doc: include_str!("docs/template.md"),
    }
    DUPLICATE_KEY = {
        id: "document/duplicate-key", severity: Error, undecided: true,
        summary: "a mapping holds a key twice",
        doc: include_str!("docs/duplicate-key.md"),
    }
    TOO_DEEP = {
        id: "document/too-deep", severity: Error, undecided: true,
        summary: "a document nests too deeply",
        doc: include_str!("docs/too-deep.md"),
    }
    TOO_MANY_ALIASES = {
        id: "document/too-many-aliases", severity: Error, undecided: true,
        summary: "the aliases of a document stand for too much",
        doc: include_str!("docs/too-many-aliases.md"),
    }
    UNCLOSED = {
        id: "document/unclosed", severity: Error, undecided: true,
        summary: "a string, name or comment is never closed",
        doc: include_str!("docs/unclosed.md"),
    }
    TOO_MANY_STATEMENTS = {
        id: "document/too-many-statements", severity: Error, undecided: true,
        summary: "a file holds more statements than are read",
        doc: include_str!("docs/too-many-statements.md"),
    }
    UNKNOWN_ALIAS = {
        id: "document/unknown-alias", severity: Error, undecided: true,
        summary: "an alias names nothing",
        doc: include_str!("docs/unknown-alias.md"),
    }
    INVALID_MERGE = {
        id: "document/invalid-merge", severity: Error, undecided: true,
        summary: "`<<` merges something that is no mapping",
        doc: include_str!("docs/invalid-merge.md"),
    }
    INVALID_CERTIFICATE = {
        id: "document/invalid-certificate", severity: Error, undecided: true,
        summary: "a certificate cannot be read",
        doc: include_str!("docs/invalid-certificate.md"),
    }
    INVALID_TAG = {
        id: "document/invalid-tag", severity: Error, undecided: true,
        summary: "a value is not what its tag says",
        doc: include_str!("docs/invalid-tag.md"),
    }
}

#[cfg(test)]
mod tests {
    use super::DOCUMENT_DIAGNOSTICS;

    #[test]
    fn every_diagnostic_says_what_it_is_and_what_to_do() {
        for descriptor in DOCUMENT_DIAGNOSTICS {
            assert!(descriptor.id.starts_with("document/"), "{}", descriptor.id);
            assert!(descriptor.undecided, "{}: a document that was not understood was not judged", descriptor.id);
            for heading in ["## Why is this bad?", "## Use instead"] {
                assert!(descriptor.doc.contains(heading), "{}: {heading}", descriptor.id);
            }
        }
    }
}
