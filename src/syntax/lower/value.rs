//! Values: literals, symbols, lists and maps.

use super::separator::Neighbour;
use super::{Lower, Parts};
use crate::diagnostic::Fix;
use crate::syntax::ast::{Attribute, Literal, Node, Text, Value, ValueKind};
use crate::syntax::grammar::{Pair, Rule};
use crate::syntax::literal::{self, Flaw};

impl<'a> Lower<'a> {
    pub(in crate::syntax) fn value(&mut self, pair: Pair<'a>) -> Option<Value> {
        let pair = Parts::of(pair).next()?;
        let span = self.span(&pair);
        let form = pair.as_rule();
        let kind = if matches!(form, Rule::symbol | Rule::lasting_word | Rule::instant_word) {
            ValueKind::Symbol(pair.as_str().to_owned())
        } else if form == Rule::list {
            ValueKind::List(self.list(pair)?)
        } else if form == Rule::map {
            ValueKind::Map(self.map(pair))
        } else {
            ValueKind::Literal(self.literal(&pair)?)
        };
        Some(Node::new(kind, span))
    }

    fn list(&mut self, pair: Pair<'a>) -> Option<Vec<Value>> {
        // Every element is read before one that is missing loses the list: each has its own diagnostic.
        let elements: Vec<Option<Value>> =
            Parts::of(pair).filter(|part| part.as_rule() == Rule::value).map(|part| self.value(part)).collect();
        elements.into_iter().collect()
    }

    fn map(&mut self, pair: Pair<'a>) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        let mut neighbour = Neighbour::default();
        for pair in Parts::of(pair) {
            if neighbour.passes(self, &pair).is_none() {
                continue;
            }
            let mut parts = Parts::of(pair);
            let Some(word) = parts.next() else { continue };
            let word = self.name(&word);
            let Some(attribute) = self.attribute(word, parts) else { continue };
            neighbour.is_attribute(attribute.span);
            attributes.push(attribute);
        }
        attributes
    }

    /// A literal of a value or of an expression.
    pub(super) fn literal(&mut self, pair: &Pair<'a>) -> Option<Literal> {
        let span = self.span(pair);
        let mut flaws: Vec<Flaw> = Vec::new();
        let literal = literal::read(pair.as_rule(), pair.as_str(), &mut flaws);
        self.flaws(span, flaws);
        literal
    }

    /// A title, path or plain text; never fails: what is wrong within it is said.
    pub(super) fn title(&mut self, pair: Pair<'a>) -> Node<Text> {
        let span = self.span(&pair);
        let Some(inner) = Parts::of(pair).next() else { return Node::new(Text::quoted(""), span) };
        let text = match self.literal(&inner) {
            Some(Literal::Text(text)) => text,
            Some(
                Literal::Bool(_)
                | Literal::Number(_)
                | Literal::Duration(_)
                | Literal::Percent(_)
                | Literal::Version(_)
                | Literal::Moment(_)
                | Literal::Offset(_)
                | Literal::Person(_)
                | Literal::Pattern(_),
            )
            | None => Text::quoted(""),
        };
        Node::new(text, span)
    }

    pub(super) fn titles(&mut self, pair: Pair<'a>) -> Vec<Node<Text>> {
        Parts::of(pair).filter(|part| part.as_rule() == Rule::title).map(|part| self.title(part)).collect()
    }

    /// Says what is wrong within a literal; a flaw's range counts from the literal's start.
    pub(super) fn flaws(&mut self, literal: crate::source::Span, flaws: Vec<Flaw>) {
        for flaw in flaws {
            let span = crate::source::Span::of(flaw.range).shifted(literal.start);
            let mut diagnostic = self.error(flaw.descriptor, span, flaw.message).maybe_help(flaw.help);
            // Within a text, a quote would end it.
            let line = self.source_before(span.start).rsplit('\n').next().unwrap_or_default();
            if let Some(cure) = flaw.cure.filter(|_| !line.contains('"')) {
                diagnostic = diagnostic.fix(Fix::safe(format!("write `{cure}`"), self.place(span), cure));
            }
            self.report(diagnostic);
        }
    }
}
