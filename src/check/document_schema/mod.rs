//! What a JSON Schema says of documents, and whether a rule that names one can mean what it says of them. It judges rules,
//! never documents: no document is looked at, and what the schema leaves open may be anything.

mod claim;
mod keyword;
mod known;
mod schema;
mod shipped;
mod sound;
#[cfg(test)]
mod tests;

pub use shipped::{COMMON_SITE_CONFIG, SHIPPED_SCHEMAS, SITE_CONFIG, SYSTEM_SETTINGS, names_shipped_schema};

pub(super) use claim::{Clauses, check_claims};
pub(super) use schema::Schema;
