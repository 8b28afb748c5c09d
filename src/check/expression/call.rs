//! Calls: the right number of arguments, of the right types.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use super::Typer;
use crate::check::scope::Flags;
use crate::diagnostic::did_you_mean;
use crate::model::expression::{Expr, ExprKind};
use crate::model::function::{Function, Gives, Takes};
use crate::model::types::Type;
use crate::source::Span;
use crate::syntax::ast::{Expression, Name};

impl Typer<'_> {
    pub(super) fn call(&mut self, name: &Name, arguments: &[Expression], span: Span) -> Option<Expr> {
        if name.value == "baseline" && !matches!(self.scope.flags, Flags::NotHere) {
            return self.baseline(arguments, span);
        }
        let Some(function) = Function::named(&name.value) else {
            let help = did_you_mean(&name.value, Function::ALL.iter().map(|function| function.name()))
                .map(|meant| format!("did you mean `{meant}`?"));
            self.report(self.ids.unknown, name.span, format!("there is no function `{}`", name.value), help);
            return None;
        };
        let signature = function.signature();
        if signature.takes.len() != arguments.len() {
            let message = format!(
                "`{}` takes {}, not {}",
                name.value,
                count_of(signature.takes.len(), "argument"),
                arguments.len()
            );
            self.report(self.ids.arguments, span, message, Some(format!("it gives {}", signature.doc)));
            return None;
        }
        let typed: Vec<Option<Expr>> = arguments
            .iter()
            .zip(signature.takes)
            .map(|(argument, takes)| self.argument(argument, *takes, name))
            .collect();
        let typed: Vec<Expr> = typed.into_iter().collect::<Option<_>>()?;
        let first = typed.first().map_or(Type::Any, |first| first.of_type);
        let of_type = match signature.gives {
            Gives::This(of_type) => of_type,
            Gives::First => first,
            Gives::Element => match first {
                Type::List(element) => *element,
                _ => Type::Any,
            },
        };
        Some(self.expr(ExprKind::Call { function, arguments: typed }, of_type, span))
    }

    fn argument(&mut self, argument: &Expression, takes: Takes, name: &Name) -> Option<Expr> {
        let expected = match takes {
            Takes::One(wanted) => Some(wanted),
            Takes::TextLike => Some(Type::Text),
            Takes::AnyList | Takes::ListOrText | Takes::Anything => None,
        };
        let typed = self.expression(argument, expected)?;
        if accepts(takes, typed.of_type) {
            return Some(typed);
        }
        let wanted = match takes {
            Takes::One(wanted) => wanted.describe(),
            Takes::TextLike => Type::Text.describe(),
            Takes::AnyList => "a list".to_owned(),
            Takes::ListOrText => "a list or a string".to_owned(),
            Takes::Anything => "a value".to_owned(),
        };
        let message = format!("`{}` takes {wanted}, not {}", name.value, typed.of_type.describe());
        self.report(self.ids.wrong_type, argument.span, message, None);
        None
    }
}

/// Whether a function takes a value of this type there.
pub(in crate::check) fn accepts(takes: Takes, found: Type) -> bool {
    if found == Type::Any {
        return true;
    }
    match takes {
        Takes::One(wanted) => found == wanted,
        Takes::TextLike => is_text_like(found),
        Takes::AnyList => matches!(found, Type::List(_)),
        Takes::ListOrText => matches!(found, Type::List(_)) || is_text_like(found),
        Takes::Anything => true,
    }
}

/// Text, and what reads like it.
pub(in crate::check) const fn is_text_like(found: Type) -> bool {
    matches!(found, Type::Text | Type::Name | Type::Zone | Type::Person | Type::Version | Type::Enum(_) | Type::Any)
}

/// "one argument", "2 arguments".
fn count_of(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("one {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
