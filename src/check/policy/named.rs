//! The files that a policy names, calendars and schemas: where their names stand. Reads none of them.

use std::collections::HashMap;

use super::calendar::calendar_blocks;
use super::schema::schema_attributes;
use crate::check::document_schema::names_shipped_schema;
use crate::source::{FileId, Span};
use crate::syntax::ast;

/// The texts of files that policies name, by the policy's file and the name it gives.
pub type NamedFiles = HashMap<(FileId, String), FileId>;

/// A file that a policy names, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    pub kind: NamedKind,
    pub name: String,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedKind {
    Calendar,
    /// A schema in a file.
    Schema,
    /// A schema that Stopline ships.
    ShippedSchema,
}

/// Every file that a policy names; `beside` are the calendars of its own file.
pub fn named_files(policy: &ast::Policy, beside: &[ast::Block]) -> Vec<NamedFile> {
    let calendars = calendar_blocks(policy, beside)
        .filter_map(|block| block.attribute("ics"))
        .filter_map(|attribute| named(NamedKind::Calendar, attribute));
    let schemas = schema_attributes(policy).filter_map(|attribute| {
        let found = named(NamedKind::Schema, attribute)?;
        let kind = if names_shipped_schema(&found.name) { NamedKind::ShippedSchema } else { NamedKind::Schema };
        Some(NamedFile { kind, ..found })
    });
    calendars.chain(schemas).collect()
}

fn named(kind: NamedKind, attribute: &ast::Attribute) -> Option<NamedFile> {
    match &attribute.value.value {
        ast::ValueKind::Literal(ast::Literal::Text(text)) => {
            Some(NamedFile { kind, name: text.value.clone(), span: attribute.value.span })
        }
        ast::ValueKind::Literal(_) | ast::ValueKind::Symbol(_) | ast::ValueKind::List(_) | ast::ValueKind::Map(_) => {
            None
        }
    }
}
