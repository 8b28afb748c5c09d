//! Policies, their rules and red flags, and waivers.

use super::build::Builder;
use super::sequence::Part;
use crate::source::Span;
use crate::syntax::ast::{Attribute, Policy, PolicyEntry, RedFlag, Rule, Waiver};

impl Part for PolicyEntry {
    fn start(&self, _builder: &Builder<'_>) -> u32 {
        match self {
            Self::Attribute(attribute) => attribute.span.start,
            Self::Parameter(parameter) => parameter.span.start,
            Self::Calendar(block) => block.span.start,
            Self::Rule(rule) => rule.span.start,
            Self::RedFlag(flag) => flag.span.start,
        }
    }

    fn attribute(&self) -> Option<&Attribute> {
        match self {
            Self::Attribute(attribute) => Some(attribute),
            Self::Parameter(_) | Self::Calendar(_) | Self::Rule(_) | Self::RedFlag(_) => None,
        }
    }

    fn build<'a>(&'a self, builder: &mut Builder<'a>, pad: usize) {
        match self {
            Self::Attribute(attribute) => attribute.build(builder, pad),
            Self::Parameter(parameter) => {
                builder.keyword("param");
                builder.parameter(parameter);
            }
            Self::Calendar(block) => builder.plan_block(block),
            Self::Rule(rule) => builder.rule(rule),
            Self::RedFlag(flag) => builder.red_flag(flag),
        }
    }
}

impl<'a> Builder<'a> {
    pub(super) fn policy(&mut self, policy: &'a Policy) {
        self.word("policy");
        self.head(policy.id.as_ref(), policy.title.as_ref());
        self.space();
        self.block(&policy.body, policy.span.end);
    }

    pub(super) fn red_flag(&mut self, flag: &'a RedFlag) {
        self.word("redflag");
        self.head(flag.id.as_ref(), flag.title.as_ref());
        self.space();
        self.block(&flag.clauses, flag.span.end);
    }

    pub(super) fn waiver(&mut self, waiver: &'a Waiver) {
        self.keyword("waive");
        self.name(&waiver.rule);
        self.space();
        let braces = Span::new(self.token_after(waiver.rule.span.end), waiver.span.end);
        let shape = self.shape(braces);
        self.braces(&waiver.body, shape, waiver.span.end);
    }

    fn rule(&mut self, rule: &'a Rule) {
        self.word("rule");
        self.head(rule.id.as_ref(), rule.title.as_ref());
        self.space();
        self.block(&rule.clauses, rule.span.end);
    }
}
