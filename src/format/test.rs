//! Tests of policies: their texts are moved, never laid out.

use super::build::Builder;
use super::sequence::Part;
use crate::source::Span;
use crate::syntax::ast::{Expectation, ExpectationKind, Given, Test, TestClause, Value};

impl Part for TestClause {
    fn start(&self, builder: &Builder<'_>) -> u32 {
        match self {
            Self::Given(given) => builder.word_before(given.format.span.start).start,
            Self::At(moment) => match builder.time_before(moment) {
                Some(time) => builder.word_before(time.start).start,
                None => builder.word_before(moment.span.start).start,
            },
            Self::Expect(expectation) => builder.word_before(expectation.span.start).start,
        }
    }

    fn build<'a>(&'a self, builder: &mut Builder<'a>, _pad: usize) {
        match self {
            Self::Given(given) => builder.given(given),
            Self::At(moment) => builder.moment(moment),
            Self::Expect(expectation) => builder.expectation(expectation),
        }
    }
}

impl<'a> Builder<'a> {
    /// `test "title" for rule { … }`
    pub(super) fn test(&mut self, test: &'a Test) {
        self.keyword("test");
        self.written(test.title.span);
        self.space();
        self.comments_before(test.rule.span.start);
        self.keyword("for");
        self.name(&test.rule);
        self.space();
        self.block(&test.clauses, test.span.end);
    }

    fn given(&mut self, given: &'a Given) {
        self.keyword("given");
        self.name(&given.format);
        for text in given.path.iter().chain([&given.text]) {
            self.space();
            self.written(text.span);
        }
    }

    fn moment(&mut self, moment: &'a Value) {
        self.keyword("at");
        if self.time_before(moment).is_some() {
            self.keyword("time");
        }
        self.value(moment);
    }

    /// The `time` of `at time 2026-11-23`, which may be left out.
    fn time_before(&self, moment: &Value) -> Option<Span> {
        let word = self.word_before(moment.span.start);
        (word.text(self.text) == "time").then_some(word)
    }

    fn expectation(&mut self, expectation: &'a Expectation) {
        self.keyword("expect");
        self.comments_before(expectation.span.start);
        match &expectation.value {
            ExpectationKind::Pass => self.word("pass"),
            ExpectationKind::Skip => self.word("skip"),
            ExpectationKind::Error => self.word("error"),
            ExpectationKind::Fail { at: None } => self.word("fail"),
            ExpectationKind::Fail { at: Some(path) } => {
                self.keyword("fail");
                self.comments_before(path.span.start);
                self.keyword("at");
                self.expression(path);
            }
        }
    }
}
