//! A red flag: its keys are the clauses of the language, and `for` belongs to `stop`.

use super::head::Naming;
use super::layout::{ID, RED_FLAG, TITLE};
use super::reading::{Field, Reading};
use crate::check::names::IN_PLANS;
use crate::diagnostic::did_you_mean;
use crate::document::{NodeId, Value};
use crate::model::read::{describe_value, list_names};
use crate::model::types::{Shape, Type};
use crate::source::Span;
use crate::syntax::ast::{self, Attribute, Clause, ClauseKind, Name, RedFlag, ValueKind};

/// Attributes stand before all of these.
const ORDER: &[&str] = &["during", "stop", "then"];

impl<'a> Reading<'a> {
    pub(super) fn red_flag(&mut self, mapping: NodeId, shape: &'static Shape) -> RedFlag {
        let mut naming = Naming::default();
        let mut clauses = Vec::new();
        let mut lasting: Option<(Field<'a>, Attribute)> = None;
        for field in self.fields(mapping) {
            let clause = match field.key {
                ID => {
                    self.note_id(&mut naming, field, shape);
                    continue;
                }
                TITLE => {
                    naming.title = self.title(&field);
                    continue;
                }
                key if key == shape.kind => {
                    self.note_id(&mut naming, field, shape);
                    continue;
                }
                "for" => {
                    let Some(value) = self.attribute(&field, Type::Duration) else { continue };
                    lasting = Some((field, value));
                    continue;
                }
                "during" => self.during(&field),
                "stop" => self.stop(&field),
                "then" => self.then(&field),
                _ => self.clause_attribute(&field, shape),
            };
            clauses.extend(clause);
        }
        if let Some((field, attribute)) = lasting {
            self.lengthen(&mut clauses, &field, attribute);
        }
        // Keys stand in any order, clauses in one.
        clauses.sort_by_key(|clause| ORDER.iter().position(|keyword| *keyword == clause.kind.keyword()));
        let (id, title) = self.named(naming, shape);
        RedFlag { id, title, clauses, span: self.span(mapping) }
    }

    /// Says how long the condition must be true.
    fn lengthen(&mut self, clauses: &mut [Clause], field: &Field<'a>, attribute: Attribute) {
        let stop = clauses.iter_mut().find_map(|clause| match &mut clause.kind {
            ClauseKind::Stop { lasting, .. } => Some((lasting, &mut clause.span)),
            ClauseKind::Attribute(_)
            | ClauseKind::On(_)
            | ClauseKind::Require(_)
            | ClauseKind::Forbid(_)
            | ClauseKind::Unless(_)
            | ClauseKind::At(_)
            | ClauseKind::Message(_)
            | ClauseKind::Help(_)
            | ClauseKind::Fix { .. }
            | ClauseKind::Enforce(_)
            | ClauseKind::During(_)
            | ClauseKind::Then(_) => None,
        });
        if let Some((lasting, span)) = stop {
            *span = span.to(attribute.span);
            *lasting = Some(attribute.value);
            return;
        }
        let message = "`for` says how long `stop` must be true, and there is no `stop` that could be read";
        self.report(IN_PLANS.missing, field.key_span, message, "say when to stop: `stop: metric.error-rate > 5%`");
    }

    fn stop(&mut self, field: &Field<'a>) -> Option<Clause> {
        let text = self.condition_text(field)?;
        let when = self.expression(field.value, text)?;
        Some(clause(field, when.span, ClauseKind::Stop { when, lasting: None }))
    }

    fn condition_text(&mut self, field: &Field<'a>) -> Option<&'a str> {
        if self.is_blank(field.value) {
            self.no_value(field.key, field.value);
            return None;
        }
        match self.document.value(field.value) {
            Value::String(text) => Some(text),
            Value::Bool(_) | Value::Number(_) if self.is_plain(field.value) => Some(self.written(field.value)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => {
                let found = self.document.kind(field.value).name();
                let message = format!("expected a condition, found {found}");
                let help = "write it as a string: `stop: metric.error-rate > 5%`";
                self.report(IN_PLANS.wrong_type, self.span(field.value), message, help);
                None
            }
        }
    }

    fn during(&mut self, field: &Field<'a>) -> Option<Clause> {
        let value = self.value(field.key, field.value, Type::List(&Type::Name))?;
        let names = match &value.value {
            ValueKind::List(phases) => phases.iter().filter_map(|phase| self.word(phase)).collect(),
            ValueKind::Literal(_) | ValueKind::Symbol(_) | ValueKind::Map(_) => Vec::from_iter(self.word(&value)),
        };
        if matches!(&value.value, ValueKind::List(phases) if phases.is_empty()) {
            let help = "name the phases in which it is armed, or leave the key out";
            self.report(IN_PLANS.impossible, value.span, "`during` names no phase", help);
        }
        Some(clause(field, value.span, ClauseKind::During(names)))
    }

    fn then(&mut self, field: &Field<'a>) -> Option<Clause> {
        let value = self.value(field.key, field.value, Type::Name)?;
        let action = self.word(&value)?;
        Some(clause(field, action.span, ClauseKind::Then(action)))
    }

    /// A bare word; anything else is reported.
    fn word(&mut self, value: &ast::Value) -> Option<Name> {
        let word = value.as_symbol();
        if word.is_none() {
            let message = format!("expected {}, found {}", Type::Name.describe(), describe_value(value));
            self.report(IN_PLANS.wrong_type, value.span, message, "write a word, such as `deploy`");
        }
        word
    }

    fn clause_attribute(&mut self, field: &Field<'a>, shape: &Shape) -> Option<Clause> {
        if let Some(known) = RED_FLAG.iter().find(|known| known.name == field.key) {
            let attribute = self.attribute(field, known.kind)?;
            return Some(Clause { span: attribute.span, kind: ClauseKind::Attribute(attribute) });
        }
        let known = || [shape.kind, ID, TITLE].into_iter().chain(RED_FLAG.iter().map(|known| known.name));
        let help = did_you_mean(field.key, known())
            .map_or_else(|| format!("it has {}", list_names(known())), |meant| format!("did you mean `{meant}`?"));
        self.report(IN_PLANS.unknown, field.key_span, format!("a red flag has no `{}`", field.key), help);
        None
    }
}

fn clause(field: &Field<'_>, end: Span, kind: ClauseKind) -> Clause {
    Clause { kind, span: field.key_span.to(end) }
}
