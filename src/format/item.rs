//! Items of a file, blocks and parameters.

use super::build::Builder;
use super::op::Op;
use super::sequence::{Part, Separator};
use crate::source::Span;
use crate::syntax::ast::{Attribute, Block, Entry, Item, Name, Node, Parameter, Procedure, Text};

impl Part for Item {
    fn start(&self, _builder: &Builder<'_>) -> u32 {
        match self {
            Self::Plan(block) | Self::Calendar(block) => block.span.start,
            Self::Procedure(procedure) => procedure.block.span.start,
            Self::Policy(policy) => policy.span.start,
            Self::Waiver(waiver) => waiver.span.start,
            Self::Test(test) => test.span.start,
        }
    }

    fn build<'a>(&'a self, builder: &mut Builder<'a>, _pad: usize) {
        match self {
            Self::Plan(block) | Self::Calendar(block) => builder.plan_block(block),
            Self::Procedure(procedure) => builder.procedure(procedure),
            Self::Policy(policy) => builder.policy(policy),
            Self::Waiver(waiver) => builder.waiver(waiver),
            Self::Test(test) => builder.test(test),
        }
    }
}

impl Part for Entry {
    fn start(&self, _builder: &Builder<'_>) -> u32 {
        match self {
            Self::Attribute(attribute) => attribute.span.start,
            Self::Block(block) => block.span.start,
            Self::RedFlag(flag) => flag.span.start,
        }
    }

    fn attribute(&self) -> Option<&Attribute> {
        match self {
            Self::Attribute(attribute) => Some(attribute),
            Self::Block(_) | Self::RedFlag(_) => None,
        }
    }

    fn build<'a>(&'a self, builder: &mut Builder<'a>, pad: usize) {
        match self {
            Self::Attribute(attribute) => attribute.build(builder, pad),
            Self::Block(block) => builder.plan_block(block),
            Self::RedFlag(flag) => builder.red_flag(flag),
        }
    }
}

impl Part for Parameter {
    fn start(&self, _builder: &Builder<'_>) -> u32 {
        self.name.span.start
    }

    fn build<'a>(&'a self, builder: &mut Builder<'a>, _pad: usize) {
        builder.parameter(self);
    }
}

impl<'a> Builder<'a> {
    /// `kind id "title" { … }`
    pub(super) fn plan_block(&mut self, block: &'a Block) {
        self.word(&block.kind.value);
        self.head(block.id.as_ref(), block.title.as_ref());
        self.plan_body(block);
    }

    /// What stands between a keyword and its braces.
    pub(super) fn head(&mut self, id: Option<&'a Name>, title: Option<&'a Node<Text>>) {
        for span in id.map(|id| id.span).into_iter().chain(title.map(|title| title.span)) {
            self.space();
            self.written(span);
        }
    }

    /// `name: type = default "what it is"`
    pub(super) fn parameter(&mut self, parameter: &'a Parameter) {
        self.name(&parameter.name);
        self.keyword(":");
        self.name(&parameter.kind);
        if let Some(default) = &parameter.default {
            self.space();
            self.comments_before(default.span.start);
            self.keyword("=");
            self.value(default);
        }
        if let Some(doc) = &parameter.doc {
            self.space();
            self.written(doc.span);
        }
    }

    fn procedure(&mut self, procedure: &'a Procedure) {
        let block = &procedure.block;
        self.word(&block.kind.value);
        self.head(block.id.as_ref(), None);
        if let Some(last) = procedure.parameters.last() {
            let start = block.id.as_ref().map_or(block.kind.span.end, |id| id.span.end);
            let end = self.closing(last.span.end);
            let shape = self.shape(Span::new(start, end));
            self.enclosed(["(", ")"], &procedure.parameters, Separator::Comma, shape, end);
        }
        self.head(None, block.title.as_ref());
        self.plan_body(block);
    }

    /// Where the bracket ends that closes after a last part, which a comma may follow.
    fn closing(&self, last: u32) -> u32 {
        let next = self.token_after(last);
        let is_comma = self.text.as_bytes().get(next as usize) == Some(&b',');
        1 + if is_comma { self.token_after(next + 1) } else { next }
    }

    fn plan_body(&mut self, block: &'a Block) {
        if block.braces.is_empty() {
            return;
        }
        self.push(Op::Space);
        let shape = self.shape(block.braces);
        self.braces(&block.body, shape, block.braces.end);
    }
}
