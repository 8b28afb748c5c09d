//! Collects the diagnostics of the pass, and shifts places into the file.

use std::ops::Range;

use crate::diagnostic::{Descriptor, Diagnostic};
use crate::source::{FileId, Place, Span};

#[derive(Debug)]
pub(super) struct Report {
    file: FileId,
    offset: u32,
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    pub(super) fn new(file: FileId, offset: u32) -> Self {
        Self { file, offset, diagnostics: Vec::new() }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::of(range).shifted(self.offset)
    }

    pub(super) fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.file, self.span(range))
    }

    pub(super) fn error(
        &self,
        descriptor: &'static Descriptor,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::new(descriptor, self.place(range), message)
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
