//! Names and types, then the built-in lints. Knows no rule of a policy; judges nothing by the clock but what it is told.

pub mod analysis;
pub mod document_schema;
pub mod from_document;
pub mod from_markdown;
pub mod names;
pub mod plan;
pub mod policy;
pub mod schema;
pub mod expand;
pub mod waiver;

mod scope;
mod literal;
pub mod expression;
pub mod lints;
