//! Strings of a document that are written in the language: `2h`, `T-1d`, `@alice`, conditions. Places point into the
//! string; where escapes or folding come between, at the whole of it.

use super::reading::Reading;
use crate::diagnostic::Diagnostic;
use crate::document::NodeId;
use crate::source::{Place, Span};
use crate::syntax::ast::{BinaryOperator, Expression, ExpressionKind, Literal, Name, Node, Quantifier, ValueKind};
use crate::syntax::diagnostics::HIDDEN_CHARACTER;
use crate::syntax::{parse_expression, parse_value};

/// What a string says in the language.
#[derive(Debug)]
pub(super) enum Said {
    Literal(Literal),
    /// It looks like a value and is none.
    Flawed(Vec<Diagnostic>),
    /// Some other text.
    Nothing,
}

impl Reading<'_> {
    /// A string that is, from its first to its last character, one literal.
    pub(super) fn say(&self, node: NodeId, text: &str) -> Said {
        // Neither brackets nor lines occur in a literal of a document; quotes only to say that a text is meant.
        if text.starts_with(['[', '{', '\'']) || text.contains(['\n', '\r', '#']) {
            return Said::Nothing;
        }
        let inner = self.document.content_span(node);
        let start = inner.map_or(0, |span| span.start);
        let whole = Span::of(0..text.len()).shifted(start);
        let parse = parse_value(self.file, text, start);
        if !parse.diagnostics.is_empty() {
            return Said::Flawed(self.placed(parse.diagnostics, node));
        }
        match parse.tree {
            Some(Node { value: ValueKind::Literal(literal), span }) if span == whole => Said::Literal(literal),
            Some(_) | None => Said::Nothing,
        }
    }

    /// A condition; what is wrong with it is reported.
    pub(super) fn expression(&mut self, node: NodeId, text: &str) -> Option<Expression> {
        let start = self.document.content_span(node).map_or(0, |span| span.start);
        let parse = parse_expression(self.file, text, start);
        let said = self.placed(parse.diagnostics, node);
        self.diagnostics.extend(said);
        let mut expression = parse.tree?;
        if self.document.content_span(node).is_none() {
            stand_at(&mut expression, self.span(node));
        }
        Some(expression)
    }

    /// Diagnostics of a text that does not stand in the file as it is speak of the whole scalar.
    fn placed(&self, mut diagnostics: Vec<Diagnostic>, node: NodeId) -> Vec<Diagnostic> {
        if self.document.content_span(node).is_some() {
            // What cannot be seen has been said of the whole text.
            diagnostics.retain(|diagnostic| diagnostic.rule != HIDDEN_CHARACTER.id);
            return diagnostics;
        }
        let place = Place::new(self.file, self.span(node));
        for diagnostic in &mut diagnostics {
            diagnostic.place = Some(place);
            diagnostic.related.clear();
            diagnostic.fix = None;
        }
        diagnostics
    }
}

/// Gives every part of an expression the same place.
fn stand_at(expression: &mut Expression, place: Span) {
    expression.span = place;
    let name = |name: &mut Name| name.span = place;
    match &mut expression.value {
        ExpressionKind::Literal(_) | ExpressionKind::Name(_) => {}
        ExpressionKind::Member { of, name: member } => {
            name(member);
            stand_at(of, place);
        }
        ExpressionKind::Index { of, index } => {
            stand_at(of, place);
            stand_at(index, place);
        }
        ExpressionKind::Call { function, arguments } => {
            name(function);
            for argument in arguments {
                stand_at(argument, place);
            }
        }
        ExpressionKind::List(items) => {
            for item in items {
                stand_at(item, place);
            }
        }
        ExpressionKind::Not(inner)
        | ExpressionKind::Negate(inner)
        | ExpressionKind::Exists(inner)
        | ExpressionKind::Group(inner) => stand_at(inner, place),
        ExpressionKind::Binary { operator, left, right } => {
            let Node::<BinaryOperator> { span, .. } = operator;
            *span = place;
            stand_at(left, place);
            stand_at(right, place);
        }
        ExpressionKind::Quantified { quantifier, variable, over, body } => {
            let Node::<Quantifier> { span, .. } = quantifier;
            *span = place;
            name(variable);
            stand_at(over, place);
            stand_at(body, place);
        }
        ExpressionKind::If { condition, yes, no } => {
            for part in [condition, yes, no] {
                stand_at(part, place);
            }
        }
    }
}
