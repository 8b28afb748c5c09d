//! The evidence of an audit as text: one renderer a file. Judges nothing and measures nothing.

mod csv;
mod human;
mod json;
mod oscal;
mod page;
mod terminal;
#[cfg(test)]
mod tests;

use super::{Options, Shown, masked};
use crate::audit::Audit;
use crate::emit;
use crate::session::Report;
use crate::source::SourceMap;

/// How the evidence as a whole is written; its findings alone, as those of any run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditFormat {
    /// For people at a terminal.
    Human,
    /// `schemas/audit.schema.json`.
    Json,
    /// One document, to be pasted.
    Markdown,
    /// The same as one file to be opened or printed.
    Html,
    /// One table, for spreadsheets.
    Csv,
    /// Assessment results of OSCAL.
    Oscal,
}

/// Evidence in which nothing secret is left.
#[derive(Debug)]
pub struct ShownAudit<'s> {
    pub audit: Audit,
    pub shown: Shown<'s>,
}

impl<'s> ShownAudit<'s> {
    /// The report is shown with some findings only, where a baseline leaves others out or nobody wants to see them.
    pub fn of(mut audit: Audit, found: &Report, sources: &'s SourceMap, shown: Shown<'s>) -> Self {
        masked::hide(&mut audit, found, sources);
        Self { audit, shown }
    }

    /// The whole report, ending with a line end.
    pub fn render(&self, format: AuditFormat, options: &Options<'_>) -> String {
        match format {
            AuditFormat::Human => human::render(self, options),
            AuditFormat::Json => json::render(self, options),
            AuditFormat::Markdown => emit::markdown::write(&page::page(self, options)),
            AuditFormat::Html => emit::html::write(&page::page(self, options)),
            AuditFormat::Csv => csv::render(self, options),
            AuditFormat::Oscal => oscal::render(self, options),
        }
    }
}
