//! Finds in files what rules speak of: texts in, typed values with exact places out. Knows no rule and no outcome.

mod calendar;
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
mod pm2;
mod secret;
mod sql;
mod usual;
mod workflow;
#[cfg(test)]
mod testing;

use crate::document::Format;
use crate::model::policy::DocumentKind;

pub use found::{Found, Neighbour, Neighbours, Scripts, SourceText};
pub use nginx::{DEFAULT_SERVER_DECIDES, INCLUDE_CYCLE, INCLUDE_NOT_FOUND, INCLUDE_UNSEEN, NGINX_DIAGNOSTICS, Nginx};
pub use pm2::{NO_APPLICATION, PM2_DIAGNOSTICS, PROGRAM};
pub use usual::{given_formats, given_path, paths};

/// Whether subjects of a kind are made of several files: of those they include, of those before them. Each file says by
/// itself what it holds of the others.
pub const fn is_of_several_files(kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::NginxServer | DocumentKind::SqlScript | DocumentKind::SqlStatement => true,
        DocumentKind::Json
        | DocumentKind::Yaml
        | DocumentKind::Toml
        | DocumentKind::Env
        | DocumentKind::Ini
        | DocumentKind::Certificate
        | DocumentKind::File
        | DocumentKind::Secret
        | DocumentKind::MarkdownTask
        | DocumentKind::Workflow
        | DocumentKind::WorkflowJob
        | DocumentKind::WorkflowStep
        | DocumentKind::KubernetesContainer
        | DocumentKind::ComposeService
        | DocumentKind::DocType
        | DocumentKind::Pm2App
        | DocumentKind::CalendarEvent => false,
    }
}

/// Every subject of one kind in `files`, which are seen together: a file may include another.
pub fn find(kind: DocumentKind, files: &[SourceText<'_>], neighbours: &mut dyn Neighbours) -> Found {
    match kind {
        DocumentKind::Json => generic::find(files, Format::Json),
        DocumentKind::Yaml => generic::find(files, Format::Yaml),
        DocumentKind::Toml => generic::find(files, Format::Toml),
        DocumentKind::Env => generic::find(files, Format::Env),
        DocumentKind::Ini => generic::find(files, Format::Ini),
        DocumentKind::Certificate => certificate::find(files),
        DocumentKind::File => file::find(files),
        DocumentKind::Secret => secret::find(files),
        DocumentKind::NginxServer => nginx::find(files, neighbours),
        DocumentKind::MarkdownTask => markdown::find(files),
        DocumentKind::SqlScript => sql::scripts(files, neighbours),
        DocumentKind::SqlStatement => sql::statements(files),
        DocumentKind::Workflow => workflow::workflows(files),
        DocumentKind::WorkflowJob => workflow::jobs(files),
        DocumentKind::WorkflowStep => workflow::steps(files),
        DocumentKind::KubernetesContainer => kubernetes::find(files),
        DocumentKind::ComposeService => compose::find(files),
        DocumentKind::DocType => doctype::find(files),
        DocumentKind::Pm2App => pm2::find(files),
        DocumentKind::CalendarEvent => calendar::find(files),
    }
}
