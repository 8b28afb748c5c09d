//! `stopline schema`.

use super::arguments::{Schema, SchemaName};
use super::output::print;
use super::status::{Failure, Status};
use crate::check::document_schema::{COMMON_SITE_CONFIG, SITE_CONFIG, SYSTEM_SETTINGS};
use crate::check::schema::plan_schema_text;
use crate::session::config_schema_text;

pub(super) fn run(arguments: &Schema) -> Result<Status, Failure> {
    match arguments.name {
        SchemaName::Config => print(&config_schema_text())?,
        SchemaName::Plan => print(&plan_schema_text())?,
        SchemaName::Report => print(include_str!("../../schemas/report.schema.json"))?,
        SchemaName::Audit => print(include_str!("../../schemas/audit.schema.json"))?,
        SchemaName::SiteConfig => print(SITE_CONFIG)?,
        SchemaName::CommonSiteConfig => print(COMMON_SITE_CONFIG)?,
        SchemaName::SystemSettings => print(SYSTEM_SETTINGS)?,
    }
    Ok(Status::Go)
}
