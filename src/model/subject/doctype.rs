//! `doctype`: definitions of document types in apps of the Frappe framework.

use super::{Shape, Type, field, subject, written};

/// A document type.
pub static DOCTYPE: Shape = subject(
    "doctype",
    "A document type of the Frappe framework: a JSON file whose `doctype` is `DocType`.",
    &[
        field("path", Type::Text, "The path of its file."),
        field("name", Type::Text, "Its name."),
        written("module", Type::Text, "The module it belongs to."),
        written("track_changes", Type::Number, "1 where each change is kept with its author."),
        written("track_seen", Type::Number, "1 where it is kept who has seen a document."),
        written("track_views", Type::Number, "1 where each view is kept."),
        written("is_submittable", Type::Number, "1 where documents are submitted and can only be amended afterwards."),
        written("istable", Type::Number, "1 for rows of another document."),
        written("issingle", Type::Number, "1 where there is one document only."),
        written("is_virtual", Type::Number, "1 where documents do not come from the database."),
        written("custom", Type::Number, "1 where it was made on a site."),
        written("allow_rename", Type::Number, "1 where documents may be renamed."),
        written("allow_import", Type::Number, "1 where documents may be imported."),
        written("beta", Type::Number, "1 while it is being tried out."),
        written("read_only", Type::Number, "1 where nobody may change documents."),
        written("in_create", Type::Number, "1 where users cannot create documents."),
        written("autoname", Type::Text, "How documents are named."),
        written("engine", Type::Text, "The engine of its table."),
        field("fields", Type::List(&Type::Any), "Its fields."),
        field("permissions", Type::List(&Type::Any), "Which roles may do what."),
        field("field_names", Type::List(&Type::Text), "The `fieldname` of each field."),
    ],
);
