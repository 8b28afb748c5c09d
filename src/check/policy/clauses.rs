//! The clauses of a rule or red flag, each found by its kind: what is missing, what does not belong.

use crate::check::expression::Typer;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use crate::model::enums::Level;
use crate::model::located::Located;
use crate::model::read::{Attributes, Reader, list_names};
use crate::source::{Place, Span};
use crate::syntax::ast;
use crate::syntax::ast::{Attribute, Clause, ClauseKind, Expression, Subject, Template, Value};

/// Clauses by their kind. That none stands twice is the business of the syntax.
#[derive(Debug, Default)]
pub(super) struct Clauses<'a> {
    pub attributes: Vec<&'a Attribute>,
    pub on: Option<&'a Subject>,
    pub require: Option<&'a Expression>,
    pub forbid: Option<&'a Expression>,
    pub unless: Option<&'a Expression>,
    pub at: Option<&'a Expression>,
    pub message: Option<&'a Template>,
    pub help: Option<&'a Template>,
    pub fix: Option<(&'a Expression, &'a Expression)>,
    pub enforce: Option<&'a ast::Name>,
    pub during: &'a [ast::Name],
    pub stop: Option<(&'a Expression, Option<&'a Value>)>,
    pub then: Option<&'a ast::Name>,
}

/// What rules and red flags share.
#[derive(Debug)]
pub(super) struct Attributed {
    pub severity: Severity,
    pub controls: Vec<String>,
    pub docs: Option<String>,
    pub schema: Option<Located<String>>,
}

impl<'a> Clauses<'a> {
    /// Sorts the clauses by kind; those that do not belong to `kind` are reported.
    pub(super) fn of(kind: &str, clauses: &'a [Clause], allowed: &[&str], typer: &mut Typer<'_>) -> Self {
        let mut found = Self::default();
        for clause in clauses {
            let keyword = clause.kind.keyword();
            let is_attribute = matches!(clause.kind, ClauseKind::Attribute(_));
            if !is_attribute && !allowed.contains(&keyword) {
                let span = Span::new(clause.span.start, clause.span.start.saturating_add(super::length_of(keyword)));
                let message = format!("a {kind} has no `{keyword}`");
                let help = format!("it has {}", list_names(allowed.iter().copied()));
                typer
                    .diagnostics
                    .push(Diagnostic::new(typer.ids.unknown, Place::new(typer.file, span), message).help(help));
                continue;
            }
            match &clause.kind {
                ClauseKind::Attribute(attribute) => found.attributes.push(attribute),
                ClauseKind::On(subject) => found.on = Some(subject),
                ClauseKind::Require(condition) => found.require = Some(condition),
                ClauseKind::Forbid(condition) => found.forbid = Some(condition),
                ClauseKind::Unless(condition) => found.unless = Some(condition),
                ClauseKind::At(path) => found.at = Some(path),
                ClauseKind::Message(template) => found.message = Some(template),
                ClauseKind::Help(template) => found.help = Some(template),
                ClauseKind::Fix { path, value } => found.fix = Some((path, value)),
                ClauseKind::Enforce(when) => found.enforce = Some(when),
                ClauseKind::During(phases) => found.during = phases,
                ClauseKind::Stop { when, lasting } => found.stop = Some((when, lasting.as_ref())),
                ClauseKind::Then(action) => found.then = Some(action),
            }
        }
        found
    }

    /// `severity`, `controls`, `docs`, `schema`: those among `known`.
    pub(super) fn attributed(&self, kind: &str, known: &[&str], typer: &mut Typer<'_>) -> Attributed {
        let mut reader = Reader::new(typer.file, typer.ids, typer.diagnostics);
        let fields: Attributes<'_> = reader.loose_attributes(kind, &self.attributes, known);
        let severity = reader.take::<Level>(&fields, "severity").map_or(Severity::Error, |level| match level.value {
            Level::Note => Severity::Note,
            Level::Warning => Severity::Warning,
            Level::Error => Severity::Error,
        });
        let controls = reader
            .take::<crate::model::attribute::ListOf<String>>(&fields, "controls")
            .map(|controls| controls.value.0.into_iter().map(|control| control.value).collect())
            .unwrap_or_default();
        let docs = reader.take::<String>(&fields, "docs").map(|docs| docs.value);
        let schema = reader.take::<String>(&fields, "schema");
        Attributed { severity, controls, docs, schema }
    }
}

/// Reports a clause that must be there and is not.
pub(super) fn missing(typer: &mut Typer<'_>, place: Place, kind: &str, clause: &str, help: &str) {
    let message = format!("this {kind} has no `{clause}`");
    typer.diagnostics.push(Diagnostic::new(typer.ids.missing, place, message).help(help.to_owned()));
}

/// A word out of a few, or a diagnostic with the nearest.
pub(super) fn word_of<'w>(typer: &mut Typer<'_>, name: &ast::Name, what: &str, words: &[&'w str]) -> Option<&'w str> {
    if let Some(found) = words.iter().find(|word| **word == name.value) {
        return Some(found);
    }
    let help = did_you_mean(&name.value, words.iter().copied()).map_or_else(
        || format!("write {}", list_names(words.iter().copied())),
        |meant| format!("did you mean `{meant}`?"),
    );
    let message = format!("`{}` is not {what}", name.value);
    typer
        .diagnostics
        .push(Diagnostic::new(typer.ids.impossible, Place::new(typer.file, name.span), message).help(help));
    None
}
