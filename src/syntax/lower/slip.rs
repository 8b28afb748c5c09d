//! Slips that the grammar reads as what was meant: each is said here, where it stands.

use super::Lower;
use super::operator;
use crate::source::Span;
use crate::syntax::ast::{BinaryOperator, Expression, ExpressionKind, Name, Node};
use crate::syntax::diagnostics::{
    CHAINED_COMPARISON, FOREIGN_OPERATOR, NOT_AN_ASSIGNMENT, SINGLE_EQUALS, STRAY_EQUALS, TOO_DEEP,
};
use crate::syntax::grammar::{Pair, Rule};

impl Lower<'_> {
    pub(super) fn check_assign(&mut self, name: &Name, sign: &Pair<'_>) {
        if sign.as_rule() == Rule::assign {
            return;
        }
        let (span, written) = (self.span(sign), sign.as_str());
        let diagnostic = self
            .error(&NOT_AN_ASSIGNMENT, span, format!("`{}` is set with `=`, not with `{written}`", name.value))
            .cure(format!("write `{} = …`", name.value), self.place(span), self.apart(span, "="));
        self.report(diagnostic);
    }

    pub(super) fn stray_assign(&mut self, keyword: &Name, sign: &Pair<'_>) {
        let (span, written) = (self.span(sign), sign.as_str());
        let stands_apart = self.source_before(span.start).ends_with([' ', '\t']);
        let blank = u32::from(stands_apart && self.source_after(span.end).starts_with(' '));
        let with_blank = Span::new(span.start, span.end + blank);
        let touches = !stands_apart && !self.source_after(span.end).starts_with([' ', '\t']);
        let instead = if touches { " " } else { "" };
        let diagnostic = self.error(&STRAY_EQUALS, span, format!("`{}` takes no `{written}`", keyword.value)).cure(
            format!("leave the `{written}` out: `{}` is followed by what it speaks of", keyword.value),
            self.place(with_blank),
            instead,
        );
        self.report(diagnostic);
    }

    /// An operator of another language.
    pub(super) fn check_sign(&mut self, sign: &Pair<'_>) {
        let span = self.span(sign);
        let rule = sign.as_rule();
        let foreign = [(Rule::ampersands, "and"), (Rule::bars, "or"), (Rule::bang, "not")];
        if rule == Rule::single_equal {
            let diagnostic = self
                .error(&SINGLE_EQUALS, span, "two values are compared with `==`; `=` sets an attribute")
                .cure("write `==`", self.place(span), self.apart(span, "=="));
            self.report(diagnostic);
        } else if let Some((_, word)) = foreign.iter().find(|(sign, _)| *sign == rule) {
            let diagnostic = self
                .error(&FOREIGN_OPERATOR, span, format!("`{}` is written `{word}`", sign.as_str()))
                .cure(format!("write `{word}`"), self.place(span), self.apart(span, word));
            self.report(diagnostic);
        }
    }

    /// A word in place of another one, with a blank on either side where none stands there.
    fn apart(&self, span: Span, word: &str) -> String {
        let before = self.source_before(span.start).chars().next_back();
        let after = self.source_after(span.end).chars().next();
        let gap = |neighbour: Option<char>| {
            if neighbour.is_none_or(|letter| letter.is_whitespace() || letter == '(') { "" } else { " " }
        };
        let behind = if after == Some('(') { " " } else { gap(after) };
        format!("{}{word}{behind}", gap(before))
    }

    /// `a < b < c`
    pub(super) fn check_chain(&mut self, left: &Expression, next: &Node<BinaryOperator>) {
        let ExpressionKind::Binary { operator: first, right: middle, .. } = &left.value else { return };
        if operator::power(first.value) != operator::COMPARISON || operator::power(next.value) != operator::COMPARISON {
            return;
        }
        let (first, second, middle) = (first.value.symbol(), next.value.symbol(), self.written(middle.span).to_owned());
        let diagnostic = self
            .error(
                &CHAINED_COMPARISON,
                next.span,
                format!("`{second}` cannot follow `{first}`: comparisons do not chain"),
            )
            .help(format!("compare twice: `… {first} {middle} and {middle} {second} …`"));
        self.report(diagnostic);
    }

    pub(super) fn too_deep(&mut self, span: Span) {
        let already = self.diagnostics.last().is_some_and(|last| last.rule == TOO_DEEP.id);
        if already {
            return;
        }
        let diagnostic = self
            .error(&TOO_DEEP, span, format!("this goes more than {} levels deep", super::DEPTH_LIMIT))
            .help("split it: give the parts rules or blocks of their own, or ask `in` of a list");
        self.report(diagnostic);
    }
}
