//! `schema = "…"` of a rule: which schema is meant, and for which subjects there can be one.

use super::clauses::Attributed;
use super::named::NamedFiles;
use crate::check::document_schema::{Clauses, Schema, check_claims};
use crate::check::expression::Typer;
use crate::diagnostic::Diagnostic;
use crate::model::policy::{DocumentKind, Subject, SubjectKind};
use crate::source::{FileId, Place, SourceFile, SourceMap};
use crate::syntax::ast::{self, ClauseKind, PolicyEntry};

/// The schemas that the rules of a policy name, each as its first rule names it.
pub(super) fn schema_attributes(policy: &ast::Policy) -> impl Iterator<Item = &ast::Attribute> {
    let rules = policy.body.iter().filter_map(|entry| match entry {
        PolicyEntry::Rule(rule) => Some(rule),
        PolicyEntry::Attribute(_) | PolicyEntry::Parameter(_) | PolicyEntry::Calendar(_) | PolicyEntry::RedFlag(_) => {
            None
        }
    });
    let clauses = rules.flat_map(|rule| &rule.clauses);
    let attributes = clauses
        .filter_map(|clause| if let ClauseKind::Attribute(attribute) = &clause.kind { Some(attribute) } else { None });
    attributes.filter(|attribute| attribute.name.value == "schema")
}

/// The schemas that rules name, each read once; what is wrong with one is said here.
pub(super) fn schemas(
    file: FileId,
    policy: &ast::Policy,
    named: &NamedFiles,
    sources: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(String, Option<Schema>)> {
    let mut schemas: Vec<(String, Option<Schema>)> = Vec::new();
    for attribute in schema_attributes(policy) {
        let ast::ValueKind::Literal(ast::Literal::Text(name)) = &attribute.value.value else { continue };
        if schemas.iter().any(|(known, _)| *known == name.value) {
            continue;
        }
        // That a file cannot be read was said by whoever tried.
        let text = named.get(&(file, name.value.clone()));
        let text = text.and_then(|text| Some((*text, sources.get(*text).map(SourceFile::shared_text)?)));
        let place = Place::new(file, attribute.value.span);
        let schema = text.and_then(|(text, shared)| Schema::read(&name.value, (text, &shared), place, diagnostics));
        schemas.push((name.value.clone(), schema));
    }
    schemas
}

/// Holds a rule against the schema it names. False after saying what is wrong with the rule, or where the schema itself
/// could not be read.
pub(super) fn agrees_with_schema(
    attributed: &Attributed,
    subject: &Subject,
    clauses: &Clauses<'_>,
    typer: &mut Typer<'_>,
) -> bool {
    let Some(name) = &attributed.schema else { return true };
    if !says_itself_what_it_holds(subject.kind) {
        let message = "a schema types documents that say themselves what they hold: `json`, `yaml` and `toml`";
        typer.diagnostics.push(
            Diagnostic::new(typer.ids.impossible, name.place, message)
                .related(subject.place, "this has fields of its own, which are typed without a schema")
                .help("leave `schema` out"),
        );
        return false;
    }
    let policy = std::sync::Arc::clone(&typer.scope.policy);
    let schema = policy.schemas.iter().find(|(known, _)| *known == name.value);
    let Some((_, Some(schema))) = schema else { return false };
    let before = typer.diagnostics.len();
    check_claims(schema, subject, clauses, typer);
    typer.diagnostics.len() == before
}

const fn says_itself_what_it_holds(kind: SubjectKind) -> bool {
    match kind {
        SubjectKind::Document(kind) => matches!(kind, DocumentKind::Json | DocumentKind::Yaml | DocumentKind::Toml),
        SubjectKind::Plan | SubjectKind::PlanPart(_) => false,
    }
}
