//! Grammar pairs to tree. Owns the places of what is read and the diagnostics on the way; decides nothing about meaning.

mod block;
mod clause;
mod expression;
mod file;
mod hint;
mod junk;
mod keyword;
mod order;
mod operator;
mod parts;
mod policy;
mod separator;
mod slip;
mod template;
mod test;
mod value;

use pest::Parser;

use super::grammar::{Grammar, Pair, Pairs, Rule};
use super::scan::Scan;
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::source::{FileId, Place, Span};
pub(super) use parts::Parts;

/// How deep brackets and expressions may nest: no later pass can overflow the stack on what is let through.
pub(super) const DEPTH_LIMIT: usize = 128;

/// One text being read.
#[derive(Debug)]
pub(super) struct Lower<'a> {
    file: FileId,
    /// What the user wrote.
    source: &'a str,
    /// What the grammar sees: as long as `source`, with its brackets and quotes balanced.
    text: &'a str,
    /// Where the text starts in its file.
    offset: u32,
    /// Where the slice now being read starts in the text.
    origin: u32,
    depth: usize,
    /// The heads of the blocks now being read.
    heads: Vec<Span>,
    /// Where the scan has found something wrong, in the order of the text.
    known: Vec<Span>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Lower<'a> {
    /// `source` is what was scanned; it starts `offset` bytes into its file.
    pub(super) fn new(file: FileId, source: &'a str, scan: &'a Scan<'_>, offset: u32) -> Self {
        let diagnostics = scan.diagnostics.clone();
        let mut known: Vec<Span> =
            diagnostics.iter().filter_map(|diagnostic| diagnostic.place).map(|place| place.span).collect();
        known.sort_unstable();
        Self { file, source, text: &scan.balanced, offset, origin: 0, depth: 0, heads: Vec::new(), known, diagnostics }
    }

    /// The place of a pair in the file.
    fn span(&self, pair: &Pair<'_>) -> Span {
        let span = pair.as_span();
        let span = Span::of(span.start()..span.end()).shifted(self.origin + self.offset);
        // A bracket that was added after the end stands at the end.
        let end = self.everything().end;
        Span::new(span.start.min(end), span.end.min(end))
    }

    /// All that the user wrote.
    fn everything(&self) -> Span {
        Span::of(0..self.source.len()).shifted(self.offset)
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn error(&self, descriptor: &'static Descriptor, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(descriptor, self.place(span), message)
    }

    /// What the user wrote at a place of this file.
    fn written(&self, span: Span) -> &'a str {
        let back = |at: u32| at.saturating_sub(self.offset) as usize;
        self.source.get(back(span.start)..back(span.end)).unwrap_or_default()
    }

    fn source_before(&self, at: u32) -> &'a str {
        self.written(Span::new(self.offset, at))
    }

    fn source_after(&self, at: u32) -> &'a str {
        self.written(Span::new(at, self.everything().end))
    }

    /// What the grammar sees at a place of this file.
    fn seen(&self, span: Span) -> &'a str {
        let back = |at: u32| at.saturating_sub(self.offset) as usize;
        self.text.get(back(span.start)..back(span.end)).unwrap_or_default()
    }

    /// Reads a slice of the text, given as a place in the file, with a rule of its own.
    fn reread<T>(
        &mut self,
        rule: Rule,
        slice: Span,
        read: impl FnOnce(&mut Self, Pairs<'a>) -> T,
    ) -> Result<T, pest::error::Error<Rule>> {
        let start = slice.start.saturating_sub(self.offset);
        let pairs = Grammar::parse(rule, self.seen(slice))?;
        let origin = std::mem::replace(&mut self.origin, start);
        let tree = read(self, pairs);
        self.origin = origin;
        Ok(tree)
    }
}
