//! What rules see of files: one shape for each kind of subject, whose fields are documented and typed here alone.

mod calendar;
mod certificate;
mod compose;
mod doctype;
mod file;
mod nginx;
mod kubernetes;
mod secret;
mod markdown;
mod pm2;
mod sql;
mod workflow;

use super::policy::DocumentKind;
use super::types::{AttributeShape, Naming, Shape, Type};

pub use calendar::CALENDAR_EVENT;
pub use certificate::CERTIFICATE;
pub use compose::{MOUNT, SERVICE};
pub use doctype::DOCTYPE;
pub use file::FILE;
pub use kubernetes::CONTAINER;
pub use markdown::MARKDOWN_TASK;
pub use nginx::{DIRECTIVE, HEADER, LISTEN, LOCATION, NGINX_SERVER, RETURN};
pub use pm2::PM2_APP;
pub use secret::SECRET;
pub use sql::{
    SQL_ACTION, SQL_CONSTRAINT, SQL_DIALECT, SQL_DIRECTION, SQL_KIND, SQL_OPERATION, SQL_SCRIPT, SQL_STATEMENT,
};
pub use workflow::{CONCURRENCY, JOB, STEP, WORKFLOW};

/// The fields of a subject; `None` where the document itself says what it holds.
pub const fn shape_of(kind: DocumentKind) -> Option<&'static Shape> {
    match kind {
        DocumentKind::File => Some(&FILE),
        DocumentKind::Secret => Some(&SECRET),
        DocumentKind::CalendarEvent => Some(&CALENDAR_EVENT),
        DocumentKind::Certificate => Some(&CERTIFICATE),
        DocumentKind::NginxServer => Some(&NGINX_SERVER),
        DocumentKind::MarkdownTask => Some(&MARKDOWN_TASK),
        DocumentKind::SqlScript => Some(&SQL_SCRIPT),
        DocumentKind::SqlStatement => Some(&SQL_STATEMENT),
        DocumentKind::Workflow => Some(&WORKFLOW),
        DocumentKind::WorkflowJob => Some(&JOB),
        DocumentKind::WorkflowStep => Some(&STEP),
        DocumentKind::KubernetesContainer => Some(&CONTAINER),
        DocumentKind::ComposeService => Some(&SERVICE),
        DocumentKind::DocType => Some(&DOCTYPE),
        DocumentKind::Pm2App => Some(&PM2_APP),
        DocumentKind::Json | DocumentKind::Yaml | DocumentKind::Toml | DocumentKind::Env | DocumentKind::Ini => None,
    }
}

/// What the variable of a subject holds.
pub const fn type_of(kind: DocumentKind) -> Type {
    match shape_of(kind) {
        Some(shape) => Type::Record(shape),
        None => Type::Any,
    }
}

/// A subject that rules read and nobody writes as a block.
pub(super) const fn subject(kind: &'static str, doc: &'static str, fields: &'static [AttributeShape]) -> Shape {
    Shape { kind, doc, naming: Naming::Anonymous, attributes: &[], blocks: &[], derived: fields }
}

/// One field of a subject, as it is made of what stands in the file.
pub(super) const fn field(name: &'static str, kind: Type, doc: &'static str) -> AttributeShape {
    AttributeShape { name, kind, required: false, settable: false, doc }
}

/// One field of a subject whose value stands in the file as it is: a fix may set it.
pub(super) const fn written(name: &'static str, kind: Type, doc: &'static str) -> AttributeShape {
    AttributeShape { settable: true, ..field(name, kind, doc) }
}
