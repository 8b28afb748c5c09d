//! Where a path of a test leads.

use std::collections::HashMap;

use super::context::{Context, NoFiles, Scope};
use super::evaluate::evaluate;
use crate::model::data::Value;
use crate::model::expression::Expr;
use crate::model::units::Instant;
use crate::source::Place;

/// The place of what a path names in a plan or another subject; `None` where it leads nowhere.
pub fn place_of_path(path: &Expr, subject: &Value, now: Instant) -> Option<Place> {
    let parameters = HashMap::new();
    let context = Context { now, parameters: &parameters, files: &NoFiles };
    let scope = Scope::new(&context, None, vec![subject.clone()]);
    evaluate(path, &scope).ok().map(|value| value.place)
}
