//! Finds in files what rules speak of: texts in, typed values with exact places out. Knows no rule and no outcome.

mod file;
mod found;
mod generic;
mod markdown;
mod usual;

use crate::document::Format;
use crate::model::policy::DocumentKind;

pub use found::{Found, Neighbour, Neighbours, SourceText};
pub use usual::{given_formats, given_path, paths};

/// Every subject of one kind in `files`, which are seen together: a file may include another.
///
/// `None` for kinds that this version does not read.
pub fn find(kind: DocumentKind, files: &[SourceText<'_>], neighbours: &mut dyn Neighbours) -> Option<Found> {
    let _ = neighbours;
    match kind {
        DocumentKind::Json => Some(generic::find(files, Format::Json)),
        DocumentKind::Yaml => Some(generic::find(files, Format::Yaml)),
        DocumentKind::File => Some(file::find(files)),
        DocumentKind::MarkdownTask => Some(markdown::find(files)),
        DocumentKind::Toml
        | DocumentKind::Env
        | DocumentKind::NginxServer
        | DocumentKind::SqlStatement
        | DocumentKind::Workflow
        | DocumentKind::WorkflowJob
        | DocumentKind::WorkflowStep
        | DocumentKind::KubernetesContainer
        | DocumentKind::ComposeService
        | DocumentKind::DocType => None,
    }
}
