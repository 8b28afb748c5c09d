//! Finds in files what rules speak of: texts in, typed values with exact places out. Knows no rule and no outcome.

mod certificate;
mod compose;
mod doctype;
mod fields;
mod file;
mod found;
mod generic;
mod nginx;
mod image;
mod kubernetes;
mod markdown;
mod part;
mod secret;
mod sql;
mod usual;
mod workflow;
#[cfg(test)]
mod testing;

use crate::document::Format;
use crate::model::policy::DocumentKind;

pub use found::{Found, Neighbour, Neighbours, SourceText};
pub use nginx::{DEFAULT_SERVER_DECIDES, INCLUDE_CYCLE, INCLUDE_NOT_FOUND, INCLUDE_UNSEEN, NGINX_DIAGNOSTICS, Nginx};
pub use usual::{given_formats, given_path, paths};

/// Every subject of one kind in `files`, which are seen together: a file may include another.
///
/// `None` for kinds that this version does not read.
pub fn find(kind: DocumentKind, files: &[SourceText<'_>], neighbours: &mut dyn Neighbours) -> Option<Found> {
    match kind {
        DocumentKind::Json => Some(generic::find(files, Format::Json)),
        DocumentKind::Yaml => Some(generic::find(files, Format::Yaml)),
        DocumentKind::Toml => Some(generic::find(files, Format::Toml)),
        DocumentKind::Env => Some(generic::find(files, Format::Env)),
        DocumentKind::Ini => Some(generic::find(files, Format::Ini)),
        DocumentKind::Certificate => Some(certificate::find(files)),
        DocumentKind::File => Some(file::find(files)),
        DocumentKind::Secret => Some(secret::find(files)),
        DocumentKind::NginxServer => Some(nginx::find(files, neighbours)),
        DocumentKind::MarkdownTask => Some(markdown::find(files)),
        DocumentKind::SqlScript => Some(sql::scripts(files, neighbours)),
        DocumentKind::SqlStatement => Some(sql::statements(files)),
        DocumentKind::Workflow => Some(workflow::workflows(files)),
        DocumentKind::WorkflowJob => Some(workflow::jobs(files)),
        DocumentKind::WorkflowStep => Some(workflow::steps(files)),
        DocumentKind::KubernetesContainer => Some(kubernetes::find(files)),
        DocumentKind::ComposeService => Some(compose::find(files)),
        DocumentKind::DocType => Some(doctype::find(files)),
    }
}
