//! `on SUBJECT [in "glob", …] [as name] [when COND]`.

use crate::check::expression::Typer;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::located::Located;
use crate::model::plan::Plan;
use crate::model::policy::{Subject, SubjectKind};
use crate::model::read::{BlockType, list_names};
use crate::model::subject::type_of;
use crate::model::types::Type;
use crate::source::Place;
use crate::syntax::ast;

/// Resolves what a rule speaks of and declares its variables: the subject itself and, for a part of a plan, `plan`.
pub(super) fn check_subject(written: &ast::Subject, typer: &mut Typer<'_>) -> Option<Subject> {
    let Some(kind) = SubjectKind::named(&written.kind.value) else {
        let help = did_you_mean(&written.kind.value, SubjectKind::names()).map_or_else(
            || format!("write {}", list_names(SubjectKind::names())),
            |meant| format!("did you mean `{meant}`?"),
        );
        let message = format!("rules cannot speak of `{}`", written.kind.value);
        let place = Place::new(typer.file, written.kind.span);
        typer.diagnostics.push(Diagnostic::new(typer.ids.unknown, place, message).help(help));
        return None;
    };
    let name = written.alias.as_ref().map_or(kind.variable(), |alias| &alias.value);
    if let Some(taken) = taken(written, kind, name, typer) {
        typer.diagnostics.push(taken);
        return None;
    }
    let variable = typer.scope.declare(name, subject_type(kind));
    if matches!(kind, SubjectKind::PlanPart(_)) {
        typer.scope.declare("plan", Type::Record(Plan::SHAPE));
    }
    if let (Some(glob), SubjectKind::Plan | SubjectKind::PlanPart(_)) = (written.globs.first(), kind) {
        let place = Place::new(typer.file, glob.span);
        let message = format!("`{}` is found in plans, whatever their files are called", written.kind.value);
        typer.diagnostics.push(Diagnostic::new(typer.ids.unknown, place, message).help("leave `in …` out"));
    }
    let when = match &written.when {
        Some(condition) => Some(typer.condition(condition)?),
        None => None,
    };
    Some(Subject {
        kind,
        globs: written
            .globs
            .iter()
            .map(|glob| Located::new(glob.value.value.as_str().into(), Place::new(typer.file, glob.span)))
            .collect(),
        variable,
        when,
        place: Place::new(typer.file, written.kind.span),
    })
}

/// Of two things of one name a rule could only speak of one, and nobody could say which.
fn taken(written: &ast::Subject, kind: SubjectKind, name: &str, typer: &mut Typer<'_>) -> Option<Diagnostic> {
    let subject = &written.kind.value;
    let span = written.alias.as_ref().map_or(written.kind.span, |alias| alias.span);
    let other = if name == "plan" && matches!(kind, SubjectKind::PlanPart(_)) {
        format!("the plan that the {subject} stands in")
    } else if typer.scope.parameter(name).is_some() {
        "a parameter of this policy".to_owned()
    } else if typer.scope.calendar(name).is_some() {
        "a calendar of this policy".to_owned()
    } else {
        return None;
    };
    let message = format!("`{name}` is already the name of {other}");
    let help = format!("give the {subject} another name: `on {subject} as …`");
    Some(Diagnostic::new(typer.ids.repeated, Place::new(typer.file, span), message).help(help))
}

/// What the variable of a subject holds.
pub fn subject_type(kind: SubjectKind) -> Type {
    match kind {
        SubjectKind::Plan => Type::Record(Plan::SHAPE),
        SubjectKind::PlanPart(part) => match Plan::SHAPE.field_type(part.list()) {
            Some(Type::List(element)) => *element,
            _ => Type::Any,
        },
        SubjectKind::Document(kind) => type_of(kind),
    }
}
