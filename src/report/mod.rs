//! Reports as text: one renderer a file. Knows every output format and judges nothing.

mod options;
mod paint;
mod page;
mod patch;
mod masked;
mod printable;
mod range;
mod verdict;
mod human;
mod audit;
mod concise;
mod json;
mod sarif;
mod junit;
mod github;
mod gitlab;
mod rdjson;
mod markdown;
#[cfg(test)]
mod testing;

pub use audit::{AuditFormat, ShownAudit};
pub use masked::{Shown, masked, shown_fingerprints};
pub use options::{Color, Drawing, Format, Options};
pub use page::{BOOK, page};
pub use patch::{Change, patch};

use crate::session::Report;
use crate::source::SourceMap;

/// The whole report, ending with a line end. What is secret is masked before any renderer sees it.
pub fn render(format: Format, report: &Report, sources: &SourceMap, options: &Options) -> String {
    // Where nothing was found, nothing of the texts is shown but the titles of tests.
    let shown = match options.cases {
        Some(_) => masked::veiled(report, sources),
        None => masked::masked(report, sources),
    };
    match shown {
        Some((report, sources)) => rendered(format, &report, &sources, options),
        None => rendered(format, report, sources, options),
    }
}

fn rendered(format: Format, report: &Report, sources: &SourceMap, options: &Options) -> String {
    match format {
        Format::Human => human::render(report, sources, options),
        Format::Concise => concise::render(report, sources, options),
        Format::Json => json::render(report, sources, options),
        Format::Sarif => sarif::render(report, sources, options),
        Format::Junit => junit::render(report, sources, options),
        Format::Github => github::render(report, sources, options),
        Format::Gitlab => gitlab::render(report, sources, options),
        Format::Rdjson => rdjson::render(report, sources, options),
        Format::Markdown => markdown::render(report, sources, options),
    }
}
