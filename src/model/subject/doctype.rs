//! `doctype`: definitions of document types in apps of the Frappe framework.

use super::{Shape, Type, field, subject};

/// A document type.
pub static DOCTYPE: Shape = subject(
    "doctype",
    "A document type of the Frappe framework: a JSON file whose `doctype` is `DocType`.",
    &[
        field("path", Type::Text, "The path of its file."),
        field("name", Type::Text, "Its name."),
        field("module", Type::Text, "The module it belongs to."),
        field("track_changes", Type::Number, "1 where each change is kept with its author."),
        field("track_seen", Type::Number, "1 where it is kept who has seen a document."),
        field("track_views", Type::Number, "1 where each view is kept."),
        field("is_submittable", Type::Number, "1 where documents are submitted and can only be amended afterwards."),
        field("istable", Type::Number, "1 for rows of another document."),
        field("issingle", Type::Number, "1 where there is one document only."),
        field("is_virtual", Type::Number, "1 where documents do not come from the database."),
        field("custom", Type::Number, "1 where it was made on a site."),
        field("allow_rename", Type::Number, "1 where documents may be renamed."),
        field("allow_import", Type::Number, "1 where documents may be imported."),
        field("beta", Type::Number, "1 while it is being tried out."),
        field("read_only", Type::Number, "1 where nobody may change documents."),
        field("in_create", Type::Number, "1 where users cannot create documents."),
        field("autoname", Type::Text, "How documents are named."),
        field("engine", Type::Text, "The engine of its table."),
        field("fields", Type::List(&Type::Any), "Its fields."),
        field("permissions", Type::List(&Type::Any), "Which roles may do what."),
        field("field_names", Type::List(&Type::Text), "The `fieldname` of each field."),
    ],
);
