//! Bare words: variables, parameters, calendars, and words of the set the other side belongs to.

use super::Typer;
use crate::diagnostic::did_you_mean;
use crate::model::data::Data;
use crate::model::enums::WEEKDAY;
use crate::model::expression::{Expr, ExprKind};
use crate::model::read::list_names;
use crate::model::types::{EnumShape, Type};
use crate::source::Span;

impl Typer<'_> {
    pub(super) fn name(&mut self, name: &str, span: Span, expected: Option<Type>) -> Option<Expr> {
        if let Some(known) = self.known_name(name, span) {
            return Some(known);
        }
        if self.scope.policy.unsound.iter().any(|known| known == name) {
            return None;
        }
        if let Some(Type::Enum(words)) = expected {
            return self.word(name, span, words);
        }
        if expected.is_none() && WEEKDAY.values.iter().any(|day| day.name == name) {
            return self.word(name, span, &WEEKDAY);
        }
        let help = did_you_mean(name, self.scope.names())
            .map(|meant| format!("did you mean `{meant}`?"))
            .or_else(|| self.cure_for_word(name, expected));
        self.report(self.ids.unknown, span, format!("`{name}` means nothing here"), help);
        None
    }

    /// A name that means something without its surroundings.
    pub(super) fn known_name(&mut self, name: &str, span: Span) -> Option<Expr> {
        if let Some((variable, of_type)) = self.scope.variable(name) {
            return Some(self.expr(ExprKind::Variable(variable), of_type, span));
        }
        if let Some((parameter, of_type)) = self.scope.parameter(name) {
            return Some(self.expr(ExprKind::Parameter(parameter), of_type, span));
        }
        let calendar = self.scope.calendar(name).cloned()?;
        Some(self.expr(ExprKind::Constant(Data::Calendar(calendar)), Type::Calendar, span))
    }

    fn word(&mut self, name: &str, span: Span, words: &'static EnumShape) -> Option<Expr> {
        if let Some(value) = words.values.iter().find(|value| value.name == name) {
            return Some(self.expr(ExprKind::Constant(Data::Word(value.name)), Type::Enum(words), span));
        }
        let known = || words.values.iter().map(|value| value.name);
        let help = did_you_mean(name, known())
            .map_or_else(|| format!("write {}", list_names(known())), |meant| format!("did you mean `{meant}`?"));
        self.report(self.ids.impossible, span, format!("`{name}` is not {}", words.noun), Some(help));
        None
    }

    fn cure_for_word(&self, name: &str, expected: Option<Type>) -> Option<String> {
        match expected {
            _ if ["null", "nil", "none", "undefined"].contains(&name) => {
                Some("whether a value is there is asked with `exists`: `not plan.ticket exists`".to_owned())
            }
            Some(Type::Text | Type::Name | Type::Any | Type::Zone) => Some(format!("a string is written `\"{name}\"`")),
            Some(Type::Person) => Some(format!("a person is written `@{name}`")),
            _ => {
                let names: Vec<&str> = self.scope.names().collect();
                (!names.is_empty()).then(|| format!("known here: {}", list_names(names.into_iter())))
            }
        }
    }
}
