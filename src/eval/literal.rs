//! `fix set PATH = VALUE`: the change that would make a rule hold.

use super::context::Scope;
use super::evaluate::evaluate;
use super::unknown::Unknown;
use crate::diagnostic::{Applicability, Fix};
use crate::format::quoted;
use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind};
use crate::model::policy::SetFix;

const NO_HOLDER: &str = "what should hold it is missing too";

/// The fix; why there is none, where somebody can do something about that. It is never safe: another value is another
/// behaviour of what reads it.
pub(super) fn fix_of(fix: &SetFix, scope: &Scope<'_>) -> Result<Fix, Option<&'static str>> {
    let wanted = evaluate(&fix.value, scope).map_err(|_| None)?.data;
    let text = literal(&wanted).ok_or(None)?;
    let pen = scope.context.pen;
    let edits = match evaluate(&fix.path, scope) {
        Ok(current) => pen.replace(&current, &wanted)?,
        Err(Unknown::Missing { .. }) => {
            let (holder, name) = held(&fix.path, scope).ok_or(None)?;
            pen.insert(&evaluate(holder, scope).map_err(|_| Some(NO_HOLDER))?, &name, &wanted)?
        }
        Err(Unknown::Unusable { .. } | Unknown::Unresolved { .. }) => return Err(None),
    };
    Ok(Fix { title: format!("set `{}` to {text}", fix.path), applicability: Applicability::Unsafe, edits })
}

/// The last name of a path, and what should hold it.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is not named here has no name")]
fn held<'p>(path: &'p Expr, scope: &Scope<'_>) -> Option<(&'p Expr, String)> {
    match &path.kind {
        ExprKind::Field { of, name } => Some((of, name.to_string())),
        ExprKind::Index { of, index } => Some((of, evaluate(index, scope).ok()?.data.as_text()?.to_owned())),
        _ => None,
    }
}

/// As the language writes a single value; `None` for what has no such form.
pub fn literal(data: &Data) -> Option<String> {
    match data {
        Data::Text(text) => Some(quoted(text)),
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
        Data::Zone(zone) => Some(quoted(zone.name())),
        Data::Pattern(_) | Data::Calendar(_) | Data::List(_) | Data::Record(_) | Data::Unresolved(_) => None,
    }
}
