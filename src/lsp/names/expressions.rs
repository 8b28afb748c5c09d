//! Names in conditions, paths and messages.

use super::{FILE, Gathered, Kind, Mention, Scope, Use};
use crate::source::Span;
use crate::syntax::ast::{Expression, ExpressionKind, Name, Template, TemplatePart};

/// What a bare word may stand for.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The parameters of the policy, and the policy.
    pub(super) parameters: Vec<String>,
    pub(super) policy: Span,
    /// Variables and where they are one, the innermost last.
    pub(super) variables: Vec<(String, Scope)>,
}

impl Gathered<'_> {
    pub(super) fn expression(&mut self, expression: &Expression, known: &mut Known) {
        match &expression.value {
            ExpressionKind::Literal(_) => {}
            ExpressionKind::Name(name) => self.word(name, expression.span, known),
            ExpressionKind::Index { of, index } => {
                self.expression(of, known);
                self.expression(index, known);
            }
            ExpressionKind::Call { arguments, .. } | ExpressionKind::List(arguments) => {
                for argument in arguments {
                    self.expression(argument, known);
                }
            }
            ExpressionKind::Member { of, .. }
            | ExpressionKind::Not(of)
            | ExpressionKind::Negate(of)
            | ExpressionKind::Exists(of)
            | ExpressionKind::Group(of) => self.expression(of, known),
            ExpressionKind::Binary { left, right, .. } => {
                self.expression(left, known);
                self.expression(right, known);
            }
            ExpressionKind::Quantified { variable, over, body, .. } => {
                self.expression(over, known);
                let scope = Scope::Within(expression.span);
                self.declare(variable, scope);
                known.variables.push((variable.value.clone(), scope));
                self.expression(body, known);
                // `at`, `message` and `help` know it too: it is forgotten with the rule.
            }
            ExpressionKind::If { condition, yes, no } => {
                self.expression(condition, known);
                self.expression(yes, known);
                self.expression(no, known);
            }
        }
    }

    pub(super) fn template(&mut self, template: &Template, known: &mut Known) {
        for part in &template.parts {
            match part {
                TemplatePart::Text(_) => {}
                TemplatePart::Expression(expression) => self.expression(expression, known),
            }
        }
    }

    pub(super) fn declare(&mut self, variable: &Name, scope: Scope) {
        self.define(Kind::Variable, Some(variable), None, scope);
    }

    /// A variable that nobody wrote: `on plan` makes `plan`.
    pub(super) fn imply(&mut self, name: &str, span: Span, scope: Scope) {
        let (kind, name, part) = (Kind::Variable, name.to_owned(), Use::Definition);
        self.mentions.push(Mention { kind, name, span, part, scope, is_written: false });
    }

    fn word(&mut self, name: &str, span: Span, known: &Known) {
        if let Some((_, scope)) = known.variables.iter().rev().find(|(variable, _)| variable == name) {
            return self.refer(Kind::Variable, name, span, *scope);
        }
        if known.parameters.iter().any(|parameter| parameter == name) {
            return self.refer(Kind::Parameter, name, span, Scope::Within(known.policy));
        }
        if self.calendars.iter().any(|calendar| calendar == name) {
            self.refer(Kind::Calendar, name, span, FILE);
        }
    }

    /// What a red flag of a plan looks at: `metric.ID`, `step.ID.failed`, `phase.ID.failed`.
    pub(super) fn observed(&mut self, expression: &Expression, scope: Scope) {
        match &expression.value {
            ExpressionKind::Member { of, name } => {
                let kind = if let ExpressionKind::Name(kind) = &of.value { observable(kind) } else { None };
                match kind {
                    Some(kind) => self.refer(kind, &name.value, name.span, scope),
                    None => self.observed(of, scope),
                }
            }
            ExpressionKind::Literal(_) | ExpressionKind::Name(_) => {}
            ExpressionKind::Index { of, index } => {
                self.observed(of, scope);
                self.observed(index, scope);
            }
            ExpressionKind::Call { arguments, .. } | ExpressionKind::List(arguments) => {
                for argument in arguments {
                    self.observed(argument, scope);
                }
            }
            ExpressionKind::Not(of)
            | ExpressionKind::Negate(of)
            | ExpressionKind::Exists(of)
            | ExpressionKind::Group(of) => self.observed(of, scope),
            ExpressionKind::Binary { left, right, .. } => {
                self.observed(left, scope);
                self.observed(right, scope);
            }
            ExpressionKind::Quantified { over, body, .. } => {
                self.observed(over, scope);
                self.observed(body, scope);
            }
            ExpressionKind::If { condition, yes, no } => {
                self.observed(condition, scope);
                self.observed(yes, scope);
                self.observed(no, scope);
            }
        }
    }
}

fn observable(word: &str) -> Option<Kind> {
    match word {
        "metric" => Some(Kind::Metric),
        "probe" => Some(Kind::Probe),
        "step" => Some(Kind::Step),
        "phase" => Some(Kind::Phase),
        _ => None,
    }
}
