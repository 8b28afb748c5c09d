//! `fix set PATH = VALUE`: the edit that would make a rule hold.

use super::context::Scope;
use super::evaluate::evaluate;
use crate::diagnostic::{Edit, Fix};
use crate::model::data::Data;
use crate::model::policy::SetFix;

/// Only where the value stands in the text already: what is missing has no place to be set.
pub(super) fn fix_of(fix: &SetFix, scope: &Scope<'_>) -> Option<Fix> {
    let current = evaluate(&fix.path, scope).ok()?;
    let wanted = evaluate(&fix.value, scope).ok()?;
    let text = written(&wanted.data)?;
    Some(Fix { title: format!("set `{}` to {text}", fix.path), edits: vec![Edit { place: current.place, text }] })
}

/// As plans, JSON and YAML alike write it; `None` for what has no such form.
fn written(data: &Data) -> Option<String> {
    match data {
        Data::Text(text) => {
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
            Some(format!("\"{escaped}\""))
        }
        Data::Null
        | Data::Bool(_)
        | Data::Number(_)
        | Data::Duration(_)
        | Data::Percent(_)
        | Data::Version(_)
        | Data::Moment(_)
        | Data::Offset(_)
        | Data::Person(_)
        | Data::Word(_) => Some(data.to_string()),
        Data::Zone(zone) => Some(format!("\"{}\"", zone.name())),
        Data::Pattern(_) | Data::Calendar(_) | Data::List(_) | Data::Record(_) | Data::Unresolved(_) => None,
    }
}
