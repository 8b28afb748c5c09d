//! Conditions and paths: one blank around operators; what does not fit on a line is broken at the loosest of them.

use super::build::Builder;
use super::op::{Op, Shape};
use super::sequence::{Part, Separator};
use crate::syntax::ast::{BinaryOperator, Expression, ExpressionKind, Node};

impl Part for Expression {
    fn start(&self, _builder: &Builder<'_>) -> u32 {
        self.span.start
    }

    fn build<'a>(&'a self, builder: &mut Builder<'a>, _pad: usize) {
        builder.expression(self);
    }
}

impl<'a> Builder<'a> {
    pub(super) fn expression(&mut self, expression: &'a Expression) {
        let span = expression.span;
        self.comments_before(span.start);
        match &expression.value {
            ExpressionKind::Literal(_) | ExpressionKind::Name(_) => self.written(span),
            ExpressionKind::Member { of, name } => {
                self.expression(of);
                self.word(".");
                self.word(&name.value);
            }
            ExpressionKind::Index { of, index } => {
                self.expression(of);
                self.word("[");
                self.expression(index);
                self.comments_before(span.end.saturating_sub(1));
                self.word("]");
            }
            ExpressionKind::Call { function, arguments } => {
                self.name(function);
                self.enclosed(["(", ")"], arguments, Separator::Comma, Shape::Flexible, span.end);
            }
            ExpressionKind::List(elements) => {
                let shape = self.shape(span);
                self.enclosed(["[", "]"], elements, Separator::Comma, shape, span.end);
            }
            ExpressionKind::Not(operand) => {
                self.keyword("not");
                self.expression(operand);
            }
            ExpressionKind::Negate(operand) => {
                self.word("-");
                self.expression(operand);
            }
            ExpressionKind::Exists(operand) => {
                self.expression(operand);
                self.space();
                self.comments_before(span.end.saturating_sub(1));
                self.word("exists");
            }
            ExpressionKind::Binary { .. } => self.group(Shape::Flexible, |builder| {
                let tail = builder.chain(expression);
                builder.indented(|builder| builder.links(&tail));
            }),
            ExpressionKind::Quantified { quantifier, variable, over, body } => {
                self.keyword(quantifier.value.keyword());
                self.name(variable);
                self.space();
                self.keyword("in");
                self.expression(over);
                self.word(":");
                self.hanging(body.span.start, |builder| builder.expression(body));
            }
            ExpressionKind::If { condition, yes, no } => self.conditional(condition, yes, no),
            ExpressionKind::Group(inner) => self.parentheses(inner, span.end),
        }
    }

    /// On the same line, or indented on the next.
    fn hanging(&mut self, at: u32, fill: impl FnOnce(&mut Self)) {
        self.group(Shape::Flexible, |builder| {
            builder.indented(|builder| {
                builder.line_before(at);
                fill(builder);
            });
        });
    }

    fn conditional(&mut self, condition: &'a Expression, yes: &'a Expression, no: &'a Expression) {
        self.group(Shape::Flexible, |builder| {
            builder.keyword("if");
            builder.expression(condition);
            builder.indented(|builder| {
                for (keyword, branch) in [("then", yes), ("else", no)] {
                    builder.line_before(branch.span.start);
                    builder.keyword(keyword);
                    builder.expression(branch);
                }
            });
        });
    }

    fn parentheses(&mut self, inner: &'a Expression, end: u32) {
        self.word("(");
        self.group(Shape::Flexible, |builder| {
            builder.indented(|builder| {
                builder.comments_on_lines_before(inner.span.start);
                builder.push(Op::SoftLine);
                let tail = builder.chain(inner);
                builder.links(&tail);
                builder.comments_on_lines_before(end.saturating_sub(1));
            });
            builder.push(Op::SoftLine);
            builder.word(")");
        });
    }

    /// Builds the first operand of a chain of operators that hold equally tight; the rest is for [`Self::links`].
    fn chain(&mut self, expression: &'a Expression) -> Vec<Link<'a>> {
        let mut links = Vec::new();
        let mut first = expression;
        while let ExpressionKind::Binary { operator, left, right } = &first.value {
            if links.last().is_some_and(|link: &Link<'_>| !chains(operator.value, link.operator.value)) {
                break;
            }
            links.push(Link { operator, right });
            first = left;
        }
        links.reverse();
        self.expression(first);
        links
    }

    fn links(&mut self, links: &[Link<'a>]) {
        for Link { operator, right } in links {
            // A list opens on the line of what it is compared with.
            if matches!(right.value, ExpressionKind::List(_)) {
                self.space();
                self.comments_before(operator.span.start);
            } else {
                self.line_before(operator.span.start);
            }
            self.keyword(operator.value.symbol());
            self.expression(right);
        }
    }
}

/// An operator and what stands to its right.
struct Link<'a> {
    operator: &'a Node<BinaryOperator>,
    right: &'a Expression,
}

/// Whether `a first b second c` is laid out as one chain.
const fn chains(first: BinaryOperator, second: BinaryOperator) -> bool {
    use BinaryOperator::{
        Add, And, Contains, Divide, Else, Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, Matches, Multiply,
        NotEqual, Or, Overlaps, Subtract,
    };
    match first {
        Or => matches!(second, Or),
        And => matches!(second, And),
        Else => matches!(second, Else),
        Add | Subtract => matches!(second, Add | Subtract),
        Multiply | Divide => matches!(second, Multiply | Divide),
        Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual | In | Contains | Matches | Overlaps => false,
    }
}
