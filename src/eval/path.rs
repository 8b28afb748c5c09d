//! Where a path of a test leads.

use std::collections::HashMap;

use super::context::{Context, NoFiles, NoPen, Scope};
use super::evaluate::evaluate;
use crate::model::data::{Data, Value};
use crate::model::expression::Expr;
use crate::model::units::Instant;
use crate::source::Place;

/// The places of what a path names in a plan or another subject: where it stands, and where something missing from it is
/// missed. Empty where the path leads nowhere.
pub fn places_of_path(path: &Expr, subject: &Value, now: Instant) -> Vec<Place> {
    let parameters = HashMap::new();
    let context = Context { now, parameters: &parameters, files: &NoFiles, pen: &NoPen };
    let scope = Scope::of(subject, &context);
    let Ok(value) = evaluate(path, &scope) else { return Vec::new() };
    let head = if let Data::Record(record) = &value.data { Some(record.head) } else { None };
    std::iter::once(value.place).chain(head).collect()
}
