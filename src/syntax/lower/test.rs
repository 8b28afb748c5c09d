//! `test` items and their clauses.

use super::junk::TEST;
use super::separator::{Before, Neighbour};
use super::{Lower, Parts};
use crate::source::Span;
use crate::syntax::ast::{Expectation, ExpectationKind, Given, Name, Node, Test, TestClause};
use crate::syntax::grammar::{Pair, Rule};

impl<'a> Lower<'a> {
    /// A test whose keyword has been read.
    pub(super) fn test(&mut self, keyword: Span, mut parts: Parts<'a>) -> Option<Test> {
        let title = self.title(parts.accept(Rule::title)?);
        parts.accept(Rule::kw_for)?;
        let rule = self.name(&parts.accept(Rule::qualified)?);
        self.head_junk(&mut parts);
        let body = parts.accept(Rule::test_body)?;
        let span = keyword.to(self.span(&body));
        let mut clauses = Vec::new();
        let mut places = Vec::new();
        let mut neighbour = Neighbour::default();
        for pair in Parts::of(body) {
            let Some(before) = neighbour.passes(self, &pair) else { continue };
            let place = self.first_token(self.span(&pair));
            let Some(clause) = self.test_clause(pair, before) else { continue };
            clauses.push(clause);
            places.push(place);
        }
        self.check_test_clauses(&clauses, &places);
        Some(Test { title, rule, clauses, span })
    }

    fn test_clause(&mut self, pair: Pair<'a>, before: Before) -> Option<TestClause> {
        let opened = pair.as_rule();
        if opened == Rule::clause_junk {
            return self.junk(TEST, &pair, before, Self::test_clause_of, |_| None);
        }
        let mut parts = Parts::of(pair);
        let word = parts.next()?;
        let word = self.name(&word);
        self.test_clause_of(opened, word, parts)
    }

    /// The clause of a test that a keyword opens.
    fn test_clause_of(&mut self, opened: Rule, _keyword: Name, mut parts: Parts<'a>) -> Option<TestClause> {
        if opened == Rule::given {
            let format = self.name(&parts.accept(Rule::word)?);
            let first = self.title(parts.accept(Rule::title)?);
            let second = parts.accept(Rule::title).map(|title| self.title(title));
            let (path, text) = match second {
                Some(text) => (Some(first), text),
                None => (None, first),
            };
            return Some(TestClause::Given(Given { format, path, text }));
        }
        if opened == Rule::test_at {
            parts.accept(Rule::kw_time);
            return self.value(parts.accept(Rule::instant_value)?).map(TestClause::At);
        }
        self.expectation(parts.next()?).map(TestClause::Expect)
    }

    fn expectation(&mut self, pair: Pair<'a>) -> Option<Expectation> {
        let span = self.span(&pair);
        let expected = pair.as_rule();
        if expected == Rule::failing {
            let mut parts = Parts::of(pair);
            let keyword = self.span(&parts.next()?);
            let at = if parts.accept(Rule::kw_at).is_some() {
                Some(self.operand(parts.accept(Rule::operand)?)?)
            } else {
                None
            };
            let span = at.as_ref().map_or(keyword, |at| keyword.to(at.span));
            return Some(Node::new(ExpectationKind::Fail { at }, span));
        }
        let kind = if expected == Rule::kw_pass {
            ExpectationKind::Pass
        } else if expected == Rule::kw_skip {
            ExpectationKind::Skip
        } else {
            ExpectationKind::Error
        };
        Some(Node::new(kind, span))
    }
}
