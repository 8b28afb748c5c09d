//! The door of the layer: a text and its format in, a document and everything that was wrong out.

use std::sync::Arc;

use super::builder::Builder;
use super::{Document, Format, TOO_LARGE, env, ini, json, pem, toml, yaml};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Place, Span};

/// A document, whole only where nothing was wrong. Parsing never fails.
#[derive(Debug)]
pub struct Parsed {
    pub document: Document,
    /// In the order of the text. While there are any, nothing may be judged by the document.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a whole text.
pub fn parse(file: FileId, text: &Arc<str>, format: Format) -> Parsed {
    if text.len() > Document::MAX_BYTES {
        let mut builder = Builder::new(file, Arc::from(""), format);
        let message = format!("the file is larger than {} MiB", Document::MAX_BYTES >> 20);
        builder.report(
            Diagnostic::new(&TOO_LARGE, Place::new(file, Span::default()), message)
                .help("leave it out of the run on purpose, or split it; nothing in it was read"),
        );
        return builder.finish();
    }
    let builder = Builder::new(file, Arc::clone(text), format);
    match format {
        Format::Json => json::read(builder, text, json::Dialect::Strict),
        Format::Jsonc => json::read(builder, text, json::Dialect::WithComments),
        Format::Yaml => yaml::read(builder, text),
        Format::Toml => toml::read(builder, text),
        Format::Env => env::read(builder, text),
        Format::Ini => ini::read(builder, text),
        Format::Pem => pem::read(builder, text),
    }
}
