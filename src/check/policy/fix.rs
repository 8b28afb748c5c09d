//! `fix set PATH = VALUE`: what is set must be something that can be written there.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use crate::check::expression::{Typer, comparable, cure};
use crate::model::expression::{Expr, ExprKind};
use crate::model::policy::SetFix;
use crate::model::types::Type;
use crate::syntax::ast::Expression;

/// `None` after saying what is wrong with it.
pub(super) fn check_fix(path: &Expression, value: &Expression, typer: &mut Typer<'_>) -> Option<SetFix> {
    let path_typed = typer.path(path);
    let value_typed = typer.expression(value, path_typed.as_ref().map(|path| path.of_type));
    let (path_typed, value_typed) = (path_typed?, value_typed?);
    if !is_written(&path_typed) {
        let message = format!("`{path_typed}` is not what somebody wrote, so nothing can set it");
        let help = "set an attribute of the plan, or a field of a file that stands there as it is";
        typer.report(typer.ids.wrong_type, path.span, message, Some(help.to_owned()));
        return None;
    }
    let (wanted, found) = (path_typed.of_type, value_typed.of_type);
    if !is_one_value(found) {
        let message = format!("a fix can set a single value, not {}", found.describe());
        typer.report(typer.ids.wrong_type, value.span, message, None);
        return None;
    }
    if !fits(wanted, found) {
        let message = format!("`{path_typed}` is {}, and cannot be set to {}", wanted.describe(), found.describe());
        let help = cure(&path_typed, &value_typed).or_else(|| Some(format!("write {}", wanted.describe())));
        typer.report(typer.ids.wrong_type, value.span, message, help);
        return None;
    }
    Some(SetFix { path: path_typed, value: value_typed })
}

/// Whether a place stands for text that somebody wrote as a value: an id, a list of blocks or a window's end do not.
fn is_written(path: &Expr) -> bool {
    match &path.kind {
        ExprKind::Field { of, name } => match of.of_type {
            Type::Record(shape) => shape.is_settable(name),
            _ => true,
        },
        // The words of a directive.
        ExprKind::Index { of, .. } if matches!(&of.kind, ExprKind::Field { of, .. } if is_map(of)) => true,
        _ => path.of_type == Type::Any,
    }
}

const fn is_map(of: &Expr) -> bool {
    matches!(of.of_type, Type::Map(_))
}

/// Whether a value has a form that plans, YAML and JSON alike can hold in one place.
const fn is_one_value(found: Type) -> bool {
    !matches!(found, Type::List(_) | Type::Map(_) | Type::Record(_) | Type::Calendar | Type::Pattern)
}

fn fits(wanted: Type, found: Type) -> bool {
    match (wanted, found) {
        // One person needs no brackets.
        (Type::List(Type::Person), Type::Person) => true,
        // A name is a bare word, and a text is written in quotes.
        (Type::Name, Type::Text) => false,
        _ => comparable(wanted, found),
    }
}
