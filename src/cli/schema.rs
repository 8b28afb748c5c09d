//! `stopline schema`.

use super::arguments::{Schema, SchemaName};
use super::output::print;
use super::status::{Failure, Status};
use crate::check::schema::plan_schema_text;
use crate::session::config_schema_text;

pub(super) fn run(arguments: &Schema) -> Result<Status, Failure> {
    match arguments.name {
        SchemaName::Config => print(&config_schema_text())?,
        SchemaName::Plan => print(&plan_schema_text())?,
        SchemaName::Report => print(include_str!("../../schemas/report.schema.json"))?,
    }
    Ok(Status::Go)
}
