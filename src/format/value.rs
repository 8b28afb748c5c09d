//! Attributes and their values; literals as they were written.

use super::build::Builder;
use super::op::Op;
use super::sequence::{Part, Separator};
use crate::syntax::ast::{Attribute, Name, Value, ValueKind};

impl Part for Attribute {
    fn start(&self, _builder: &Builder<'_>) -> u32 {
        self.span.start
    }

    fn attribute(&self) -> Option<&Attribute> {
        Some(self)
    }

    fn build<'a>(&'a self, builder: &mut Builder<'a>, pad: usize) {
        builder.name(&self.name);
        builder.push(Op::Pad(pad));
        builder.keyword("=");
        builder.value(&self.value);
    }
}

impl Part for Value {
    fn start(&self, _builder: &Builder<'_>) -> u32 {
        self.span.start
    }

    fn build<'a>(&'a self, builder: &mut Builder<'a>, _pad: usize) {
        builder.value(self);
    }
}

impl<'a> Builder<'a> {
    pub(super) fn name(&mut self, name: &'a Name) {
        self.comments_before(name.span.start);
        self.word(&name.value);
    }

    pub(super) fn value(&mut self, value: &'a Value) {
        let (span, shape) = (value.span, self.shape(value.span));
        self.comments_before(span.start);
        match &value.value {
            ValueKind::Literal(_) | ValueKind::Symbol(_) => self.written(span),
            ValueKind::List(elements) => self.enclosed(["[", "]"], elements, Separator::Comma, shape, span.end),
            ValueKind::Map(attributes) => self.braces(attributes, shape, span.end),
        }
    }
}
