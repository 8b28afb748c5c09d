//! The door of the layer: a text and its format in, a document and everything that was wrong out.

use std::sync::Arc;

use super::builder::Builder;
use super::{Document, Format, UNREADABLE, json, yaml};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Place, SourceMap, Span};

/// A document, whole only where nothing was wrong. Parsing never fails.
#[derive(Debug)]
pub struct Parsed {
    pub document: Document,
    /// In the order of the text. While there are any, nothing may be judged by the document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a whole text.
pub fn parse(file: FileId, text: &Arc<str>, format: Format) -> Parsed {
    if text.len() > SourceMap::MAX_BYTES {
        let mut builder = Builder::new(file, Arc::from(""), format);
        builder.report(
            Diagnostic::new(&UNREADABLE, Place::new(file, Span::default()), "the file is 4 GiB or larger")
                .help("split it, or leave it out of the run"),
        );
        return builder.finish();
    }
    let builder = Builder::new(file, Arc::clone(text), format);
    match format {
        Format::Json => json::read(builder, text, json::Dialect::Strict),
        Format::Jsonc => json::read(builder, text, json::Dialect::WithComments),
        Format::Yaml => yaml::read(builder, text),
    }
}
