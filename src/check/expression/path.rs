//! Members and elements: `plan.window.start`, `plan.changes[0]`.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use super::Typer;
use super::flag::Reading;
use crate::diagnostic::did_you_mean;
use crate::model::calendar::CalendarBlock;
use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind};
use crate::model::read::{BlockType, list_names};
use crate::model::types::{Shape, Type};
use crate::source::Span;
use crate::syntax::ast::{Expression, ExpressionKind, Name};

impl Typer<'_> {
    pub(super) fn member(&mut self, of: &Expression, name: &Name, span: Span) -> Option<Expr> {
        if let ExpressionKind::Name(root) = &of.value
            && self.scope.variable(root).is_none()
            && let Some(Reading(found)) = self.flag_root(root, name, span)
        {
            return found;
        }
        if let ExpressionKind::Member { of: outer, name: id } = &of.value
            && let ExpressionKind::Name(root) = &outer.value
            && self.scope.variable(root).is_none()
            && let Some(Reading(found)) = self.failure(root, id, name, span)
        {
            return found;
        }
        let of = self.expression(of, None)?;
        let of_type = match of.of_type {
            Type::Any => Type::Any,
            Type::Map(element) => *element,
            Type::Record(shape) => self.field_of(shape, name)?,
            Type::Calendar => self.field_of(CalendarBlock::SHAPE, name)?,
            Type::List(_) => {
                let help = format!("go through it with `every x in {of}: …`, or take one with `{of}[0]`");
                self.report(
                    self.ids.unknown,
                    name.span,
                    format!("`{of}` is a list: it has no `{}`", name.value),
                    Some(help),
                );
                return None;
            }
            other => {
                self.report(self.ids.unknown, name.span, format!("{} has no `{}`", other.describe(), name.value), None);
                return None;
            }
        };
        Some(self.expr(ExprKind::Field { of: Box::new(of), name: name.value.as_str().into() }, of_type, span))
    }

    fn field_of(&mut self, shape: &'static Shape, name: &Name) -> Option<Type> {
        if let Some(of_type) = shape.field_type(&name.value) {
            return Some(of_type);
        }
        let help = did_you_mean(&name.value, shape.field_names()).map_or_else(
            || format!("it has {}", list_names(shape.field_names())),
            |meant| format!("did you mean `{meant}`?"),
        );
        self.report(self.ids.unknown, name.span, format!("a {} has no `{}`", shape.kind, name.value), Some(help));
        None
    }

    pub(super) fn index(&mut self, of: &Expression, index: &Expression, span: Span) -> Option<Expr> {
        let of = self.expression(of, None);
        let index_typed = self.expression(index, Some(Type::Number));
        let (of, index_typed) = (of?, index_typed?);
        let of_type = match of.of_type {
            Type::Any => Type::Any,
            Type::List(element) => *element,
            Type::Record(shape) if index_typed.of_type == Type::Text && shape.fields_type().is_some() => {
                return self.named_field(of, shape, index_typed, span);
            }
            other => {
                self.report(self.ids.wrong_type, of.place.span, format!("{} has no elements", other.describe()), None);
                return None;
            }
        };
        let by_name = of_type == Type::Any && index_typed.of_type == Type::Text;
        if !by_name && !matches!(index_typed.of_type, Type::Number | Type::Any) {
            let message = format!("an element is named by its number, not by {}", index_typed.of_type.describe());
            self.report(self.ids.wrong_type, index.span, message, None);
            return None;
        }
        Some(self.expr(ExprKind::Index { of: Box::new(of), index: Box::new(index_typed) }, of_type, span))
    }

    /// `plan.team[role]`: a field by its name, which is checked here where it is written out.
    fn named_field(&mut self, of: Expr, shape: &'static Shape, name: Expr, span: Span) -> Option<Expr> {
        if let ExprKind::Constant(Data::Text(written)) = &name.kind {
            self.field_of(shape, &Name::new(written.to_string(), name.place.span))?;
        }
        let of_type = shape.fields_type()?;
        Some(self.expr(ExprKind::Index { of: Box::new(of), index: Box::new(name) }, of_type, span))
    }
}
