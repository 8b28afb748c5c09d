//! Expressions: the flat run of operands and operators, bound by a Pratt climb; spans are built from children.

use super::operator::{self, Power};
use super::{DEPTH_LIMIT, Lower, Parts};
use crate::source::Span;
use crate::syntax::ast::{Expression, ExpressionKind, Name, Node, Quantifier};
use crate::syntax::grammar::{Pair, Rule};

/// An expression and how many levels it has: a long chain of operators is as deep a tree as nested brackets are.
struct Built {
    node: Expression,
    height: usize,
}

impl Built {
    fn leaf(kind: ExpressionKind, span: Span) -> Self {
        Self { node: Node::new(kind, span), height: 1 }
    }
}

impl<'a> Lower<'a> {
    pub(in crate::syntax) fn expression(&mut self, pair: Pair<'a>) -> Option<Expression> {
        self.nested(pair).map(|built| built.node)
    }

    /// A path, or any other operand without operators.
    pub(super) fn operand(&mut self, pair: Pair<'a>) -> Option<Expression> {
        self.path(pair).map(|built| built.node)
    }

    fn nested(&mut self, pair: Pair<'a>) -> Option<Built> {
        let span = self.span(&pair);
        self.deeper(span, |lower| lower.climb(&mut Parts::of(pair), 0))
    }

    /// Goes one level down, if there is one left.
    fn deeper(&mut self, span: Span, read: impl FnOnce(&mut Self) -> Option<Built>) -> Option<Built> {
        if self.depth >= DEPTH_LIMIT {
            self.too_deep(span);
            return None;
        }
        self.depth += 1;
        let built = read(self);
        self.depth -= 1;
        built
    }

    /// A node above its children, the highest of which has `height` levels.
    fn above(&mut self, height: usize, kind: ExpressionKind, span: Span) -> Option<Built> {
        if height >= DEPTH_LIMIT {
            self.too_deep(span);
            return None;
        }
        Some(Built { node: Node::new(kind, span), height: height + 1 })
    }

    /// Reads an operand and every operator that holds tighter than `least`.
    fn climb(&mut self, parts: &mut Parts<'a>, least: Power) -> Option<Built> {
        let mut left = self.prefixed(parts)?;
        while let Some(operator) = parts.next_rule().and_then(operator::binary) {
            let power = operator::power(operator);
            if power <= least {
                break;
            }
            let sign = parts.next()?;
            self.check_sign(&sign);
            let operator = Node::new(operator, self.span(&sign));
            self.check_chain(&left.node, &operator);
            let right = self.climb(parts, power)?;
            let (span, height) = (left.node.span.to(right.node.span), left.height.max(right.height));
            let (left_node, right_node) = (Box::new(left.node), Box::new(right.node));
            let kind = ExpressionKind::Binary { operator, left: left_node, right: right_node };
            left = self.above(height, kind, span)?;
        }
        Some(left)
    }

    fn prefixed(&mut self, parts: &mut Parts<'a>) -> Option<Built> {
        let Some(prefix @ (Rule::kw_not | Rule::bang | Rule::negate)) = parts.next_rule() else {
            return self.suffixed(parts);
        };
        let sign = parts.next()?;
        self.check_sign(&sign);
        let span = self.span(&sign);
        let (power, wrap): (Power, fn(Box<Expression>) -> ExpressionKind) = if prefix == Rule::negate {
            (operator::NEGATE, ExpressionKind::Negate)
        } else {
            (operator::NOT, ExpressionKind::Not)
        };
        let operand = self.deeper(span, |lower| lower.climb(parts, power))?;
        let span = span.to(operand.node.span);
        self.above(operand.height, wrap(Box::new(operand.node)), span)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the grammar lets no other rule stand here")]
    fn suffixed(&mut self, parts: &mut Parts<'a>) -> Option<Built> {
        let pair = parts.next()?;
        let mut built = match pair.as_rule() {
            Rule::quantified => self.quantified(pair)?,
            Rule::conditional => self.conditional(pair)?,
            _ => self.path(pair)?,
        };
        while let Some(exists) = parts.accept(Rule::kw_exists) {
            let span = built.node.span.to(self.span(&exists));
            built = self.above(built.height, ExpressionKind::Exists(Box::new(built.node)), span)?;
        }
        Some(built)
    }

    /// `primary.member[index]…`
    fn path(&mut self, pair: Pair<'a>) -> Option<Built> {
        let mut parts = Parts::of(pair);
        let mut built = self.primary(&mut parts)?;
        for step in parts {
            let span = built.node.span.to(self.span(&step));
            let is_member = step.as_rule() == Rule::step_member;
            let mut step = Parts::of(step);
            step.next()?;
            let (kind, height) = if is_member {
                let name = self.name(&step.next()?);
                (ExpressionKind::Member { of: Box::new(built.node), name }, built.height)
            } else {
                let index = self.nested(step.next()?)?;
                let height = built.height.max(index.height);
                (ExpressionKind::Index { of: Box::new(built.node), index: Box::new(index.node) }, height)
            };
            built = self.above(height, kind, span)?;
        }
        Some(built)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the grammar lets no other rule stand here")]
    fn primary(&mut self, parts: &mut Parts<'a>) -> Option<Built> {
        let pair = parts.next()?;
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::name => {
                let Some(arguments) = parts.accept(Rule::arguments) else {
                    return Some(Built::leaf(ExpressionKind::Name(pair.as_str().to_owned()), span));
                };
                let function = self.name(&pair);
                let span = span.to(self.span(&arguments));
                let (arguments, height) = self.expressions(arguments)?;
                self.above(height, ExpressionKind::Call { function, arguments }, span)
            }
            Rule::items => {
                let (items, height) = self.expressions(pair)?;
                self.above(height, ExpressionKind::List(items), span)
            }
            Rule::group => {
                let inner = self.nested(Parts::of(pair).find(|part| part.as_rule() == Rule::expression)?)?;
                self.above(inner.height, ExpressionKind::Group(Box::new(inner.node)), span)
            }
            _ => self.literal(&pair).map(|literal| Built::leaf(ExpressionKind::Literal(literal), span)),
        }
    }

    /// What stands in brackets, and the height of the highest.
    fn expressions(&mut self, pair: Pair<'a>) -> Option<(Vec<Expression>, usize)> {
        let pairs = Parts::of(pair).filter(|part| part.as_rule() == Rule::expression);
        // Each is read before one that is missing loses the rest: each has its own diagnostic.
        let built: Vec<Option<Built>> = pairs.map(|part| self.nested(part)).collect();
        let built: Vec<Built> = built.into_iter().collect::<Option<_>>()?;
        let height = built.iter().map(|built| built.height).max().unwrap_or(0);
        Some((built.into_iter().map(|built| built.node).collect(), height))
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the grammar lets no other rule stand here")]
    fn quantified(&mut self, pair: Pair<'a>) -> Option<Built> {
        let mut parts = Parts::of(pair);
        let keyword = parts.next()?;
        let quantifier = match keyword.as_rule() {
            Rule::kw_every => Quantifier::Every,
            Rule::kw_some => Quantifier::Some,
            _ => Quantifier::No,
        };
        let quantifier = Node::new(quantifier, self.span(&keyword));
        let variable: Name = self.name(&parts.accept(Rule::name)?);
        let mut inner = parts.filter(|part| part.as_rule() == Rule::expression);
        let over = self.nested(inner.next()?)?;
        let body = self.nested(inner.next()?)?;
        let (span, height) = (quantifier.span.to(body.node.span), over.height.max(body.height));
        let (over, body) = (Box::new(over.node), Box::new(body.node));
        self.above(height, ExpressionKind::Quantified { quantifier, variable, over, body }, span)
    }

    fn conditional(&mut self, pair: Pair<'a>) -> Option<Built> {
        let mut parts = Parts::of(pair);
        let keyword = self.span(&parts.next()?);
        let mut inner = parts.filter(|part| part.as_rule() == Rule::expression);
        let condition = self.nested(inner.next()?)?;
        let yes = self.nested(inner.next()?)?;
        let no = self.nested(inner.next()?)?;
        let (span, height) = (keyword.to(no.node.span), condition.height.max(yes.height).max(no.height));
        let (condition, yes, no) = (Box::new(condition.node), Box::new(yes.node), Box::new(no.node));
        self.above(height, ExpressionKind::If { condition, yes, no }, span)
    }
}
