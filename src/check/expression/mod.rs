//! Types every expression: what it may name, what it yields. A mistake is said once, where it stands.

mod call;
mod constant;
mod flag;
mod name;
mod operator;
mod path;

use crate::check::literal::literal_data;
use crate::check::names::IN_POLICIES;
use crate::check::scope::Scope;
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind, Template, TemplatePart};
use crate::model::plan::Plan;
use crate::model::read::{BlockType, NameDiagnostics};
use crate::model::types::Type;
use crate::model::units::Zone;
use crate::source::{FileId, Place, Span};
use crate::syntax::ast::{self, Expression, ExpressionKind};

pub(super) use call::{accepts, is_text_like};
pub(super) use flag::unit_type;
pub(super) use operator::{comparable, cure, joined, refusal};

/// A path into a plan, as tests write it: `plan.window.start`.
pub fn path_in_plan(file: FileId, path: &Expression, diagnostics: &mut Vec<Diagnostic>) -> Option<Expr> {
    let mut scope = Scope::default();
    scope.declare("plan", Type::Record(Plan::SHAPE));
    Typer { file, ids: &IN_POLICIES, scope, diagnostics }.path(path)
}

/// A path into a subject out of a file, as tests write it: `site.session_expiry`, or `session_expiry` alone.
pub fn path_in_subject(
    file: FileId,
    path: &Expression,
    (variable, of_type): (&str, Type),
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Expr> {
    let mut scope = Scope::default();
    scope.declare(variable, of_type);
    Typer { file, ids: &IN_POLICIES, scope, diagnostics }.path(&rooted(path, variable))
}

/// The same path, seen from the variable that holds its root.
#[expect(clippy::wildcard_enum_match_arm, reason = "what is no path stays what it is, whatever kinds there will be")]
fn rooted(path: &Expression, variable: &str) -> Expression {
    let span = path.span;
    let kind = match &path.value {
        ExpressionKind::Name(name) if name != variable => ExpressionKind::Member {
            of: Box::new(Expression::new(ExpressionKind::Name(variable.to_owned()), span)),
            name: ast::Name::new(name.clone(), span),
        },
        ExpressionKind::Member { of, name } => {
            ExpressionKind::Member { of: Box::new(rooted(of, variable)), name: name.clone() }
        }
        ExpressionKind::Index { of, index } => {
            ExpressionKind::Index { of: Box::new(rooted(of, variable)), index: index.clone() }
        }
        _ => return path.clone(),
    };
    Expression::new(kind, span)
}

/// Types the expressions of one file.
#[derive(Debug)]
pub(super) struct Typer<'a> {
    pub file: FileId,
    pub ids: &'static NameDiagnostics,
    pub scope: Scope,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Typer<'_> {
    /// A condition: something that is true or false.
    pub(super) fn condition(&mut self, expression: &Expression) -> Option<Expr> {
        let typed = self.expression(expression, Some(Type::Bool))?;
        if matches!(typed.of_type, Type::Bool | Type::Any) {
            return Some(typed);
        }
        self.report(
            self.ids.wrong_type,
            expression.span,
            format!("a condition is true or false, but this is {}", typed.of_type.describe()),
            Some("compare it with something, or ask whether it `exists`".to_owned()),
        );
        None
    }

    /// A path: what a finding can point at.
    pub(super) fn path(&mut self, expression: &Expression) -> Option<Expr> {
        let typed = self.expression(expression, None)?;
        if typed.is_path() {
            return Some(typed);
        }
        self.report(
            self.ids.wrong_type,
            expression.span,
            "a finding can only point at a path".to_owned(),
            Some("write something like `plan.window.start`".to_owned()),
        );
        None
    }

    /// A path that is asked whether it `exists`.
    fn asked(&mut self, expression: &Expression) -> Option<Expr> {
        let typed = self.expression(expression, None)?;
        if typed.is_path() {
            return Some(typed);
        }
        let help = if matches!(typed.kind, ExprKind::Metric(_) | ExprKind::Baseline(_)) {
            "a metric that does not answer raises the flag by itself: compare its value"
        } else {
            "ask it of something like `plan.window.zone`"
        };
        let message = "only a path can be asked whether it `exists`".to_owned();
        self.report(self.ids.wrong_type, expression.span, message, Some(help.to_owned()));
        None
    }

    pub(super) fn template(&mut self, template: &ast::Template) -> Option<Template> {
        let mut parts = Vec::with_capacity(template.parts.len());
        let mut sound = true;
        for part in &template.parts {
            match part {
                ast::TemplatePart::Text(text) => parts.push(TemplatePart::Text(text.clone())),
                ast::TemplatePart::Expression(expression) => match self.expression(expression, None) {
                    Some(typed) => parts.push(TemplatePart::Expr(typed)),
                    None => sound = false,
                },
            }
        }
        sound.then_some(Template { parts })
    }

    /// `expected` is what stands on the other side: it gives meaning to bare words.
    pub(super) fn expression(&mut self, expression: &Expression, expected: Option<Type>) -> Option<Expr> {
        let span = expression.span;
        match &expression.value {
            ExpressionKind::Literal(literal) => self.literal(literal, span, expected),
            ExpressionKind::Name(name) => self.name(name, span, expected),
            ExpressionKind::Member { of, name } => self.member(of, name, span),
            ExpressionKind::Index { of, index } => self.index(of, index, span),
            ExpressionKind::Call { function, arguments } => self.call(function, arguments, span),
            ExpressionKind::List(items) => self.list(items, span, expected),
            ExpressionKind::Not(inner) => {
                let inner = self.condition(inner)?;
                Some(self.expr(ExprKind::Not(Box::new(inner)), Type::Bool, span))
            }
            ExpressionKind::Negate(inner) => self.negate(inner, span, expected),
            ExpressionKind::Exists(inner) => {
                let inner = self.asked(inner)?;
                Some(self.expr(ExprKind::Exists(Box::new(inner)), Type::Bool, span))
            }
            ExpressionKind::Binary { operator, left, right } => self.binary(operator, left, right, span, expected),
            ExpressionKind::Quantified { quantifier, variable, over, body } => {
                self.quantified(quantifier.value, variable, over, body, span)
            }
            ExpressionKind::If { condition, yes, no } => self.conditional(condition, yes, no, span, expected),
            ExpressionKind::Group(inner) => self.expression(inner, expected),
        }
    }

    fn literal(&mut self, literal: &ast::Literal, span: Span, expected: Option<Type>) -> Option<Expr> {
        if let (ast::Literal::Text(text), Some(Type::Zone)) = (literal, expected) {
            return match Zone::parse(&text.value) {
                Ok(zone) => Some(self.expr(ExprKind::Constant(Data::Zone(zone)), Type::Zone, span)),
                Err(problem) => {
                    self.report(self.ids.impossible, span, problem.message, problem.help);
                    None
                }
            };
        }
        match literal_data(literal) {
            Ok((data, of_type)) => Some(self.expr(ExprKind::Constant(data), of_type, span)),
            Err(problem) => {
                self.report(self.ids.impossible, span, problem.message, problem.help);
                None
            }
        }
    }

    fn list(&mut self, items: &[Expression], span: Span, expected: Option<Type>) -> Option<Expr> {
        let mut element = match expected {
            Some(Type::List(element)) => Some(*element),
            _ => None,
        };
        let mut typed = Vec::with_capacity(items.len());
        for item in items {
            let item_typed = self.expression(item, element);
            if let (Some(found), Some(wanted)) = (&item_typed, element)
                && !operator::comparable(found.of_type, wanted)
            {
                self.report(
                    self.ids.wrong_type,
                    item.span,
                    format!("expected {}, found {}", wanted.describe(), found.of_type.describe()),
                    None,
                );
                return None;
            }
            element = element.or_else(|| item_typed.as_ref().map(|found| found.of_type));
            typed.push(item_typed);
        }
        let typed: Vec<Expr> = typed.into_iter().collect::<Option<_>>()?;
        let of_type = element.map_or(Type::List(&Type::Any), Type::list);
        Some(self.expr(ExprKind::List(typed), of_type, span))
    }

    fn negate(&mut self, inner: &Expression, span: Span, expected: Option<Type>) -> Option<Expr> {
        let typed = self.expression(inner, expected)?;
        if matches!(typed.of_type, Type::Number | Type::Duration | Type::Percent | Type::Any | Type::Measure) {
            let of_type = typed.of_type;
            return Some(self.expr(ExprKind::Negate(Box::new(typed)), of_type, span));
        }
        let message = format!("{} has no opposite", typed.of_type.describe());
        self.report(self.ids.wrong_type, inner.span, message, None);
        None
    }

    fn quantified(
        &mut self,
        quantifier: ast::Quantifier,
        variable: &ast::Name,
        over: &Expression,
        body: &Expression,
        span: Span,
    ) -> Option<Expr> {
        let over = self.expression(over, None);
        let element = match over.as_ref().map(|over| over.of_type) {
            Some(Type::List(element)) => *element,
            Some(Type::Any) | None => Type::Any,
            Some(other) => {
                self.report(
                    self.ids.wrong_type,
                    over.as_ref().map_or(span, |over| over.place.span),
                    format!("`{}` goes through a list, but this is {}", quantifier.keyword(), other.describe()),
                    None,
                );
                return None;
            }
        };
        let declared = self.scope.declare(&variable.value, element);
        let body = self.condition(body);
        self.scope.forget();
        let kind =
            ExprKind::Quantified { quantifier, variable: declared, over: Box::new(over?), body: Box::new(body?) };
        Some(self.expr(kind, Type::Bool, span))
    }

    fn conditional(
        &mut self,
        condition: &Expression,
        yes: &Expression,
        no: &Expression,
        span: Span,
        expected: Option<Type>,
    ) -> Option<Expr> {
        let condition = self.condition(condition);
        let yes = self.expression(yes, expected);
        let no = self.expression(no, expected.or_else(|| yes.as_ref().map(|yes| yes.of_type)));
        let (condition, yes, no) = (condition?, yes?, no?);
        if !operator::comparable(yes.of_type, no.of_type) {
            let message = format!("this `if` yields {} or {}", yes.of_type.describe(), no.of_type.describe());
            self.report(
                self.ids.wrong_type,
                span,
                message,
                Some("let both sides yield the same kind of value".to_owned()),
            );
            return None;
        }
        let of_type = if yes.of_type == Type::Any { no.of_type } else { yes.of_type };
        let kind = ExprKind::If { condition: Box::new(condition), yes: Box::new(yes), no: Box::new(no) };
        Some(self.expr(kind, of_type, span))
    }

    pub(super) fn expr(&self, kind: ExprKind, of_type: Type, span: Span) -> Expr {
        Expr { kind, of_type, place: Place::new(self.file, span) }
    }

    pub(super) fn report(&mut self, id: &'static Descriptor, span: Span, message: String, help: Option<String>) {
        self.diagnostics.push(Diagnostic::new(id, Place::new(self.file, span), message).maybe_help(help));
    }
}
