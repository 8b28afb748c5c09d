//! The clauses of rules and red flags: one a line, in the order they were written.

use super::build::Builder;
use super::op::Shape;
use super::sequence::Part;
use crate::source::Span;
use crate::syntax::ast::{Attribute, Clause, ClauseKind, Expression, Name, Node, Subject, Text, Value};

impl Part for Clause {
    fn start(&self, _builder: &Builder<'_>) -> u32 {
        self.span.start
    }

    fn attribute(&self) -> Option<&Attribute> {
        let ClauseKind::Attribute(attribute) = &self.kind else { return None };
        Some(attribute)
    }

    fn build<'a>(&'a self, builder: &mut Builder<'a>, pad: usize) {
        match &self.kind {
            ClauseKind::Attribute(attribute) => attribute.build(builder, pad),
            ClauseKind::On(subject) => builder.subject(subject),
            ClauseKind::Require(condition) => builder.condition("require", condition),
            ClauseKind::Forbid(condition) => builder.condition("forbid", condition),
            ClauseKind::Unless(condition) => builder.condition("unless", condition),
            ClauseKind::At(path) => builder.condition("at", path),
            ClauseKind::Message(template) => {
                builder.keyword("message");
                builder.written(template.span);
            }
            ClauseKind::Help(template) => {
                builder.keyword("help");
                builder.written(template.span);
            }
            ClauseKind::Fix { path, value } => builder.fix(path, value),
            ClauseKind::Enforce(name) => builder.one_word("enforce", name),
            ClauseKind::During(phases) => {
                builder.keyword("during");
                builder.listed(phases.iter().map(|phase| phase.span));
            }
            ClauseKind::Stop { when, lasting } => builder.stop(when, lasting.as_ref()),
            ClauseKind::Then(name) => builder.one_word("then", name),
        }
    }
}

impl<'a> Builder<'a> {
    fn condition(&mut self, keyword: &'static str, condition: &'a Expression) {
        self.keyword(keyword);
        self.expression(condition);
    }

    fn one_word(&mut self, keyword: &'static str, name: &'a Name) {
        self.keyword(keyword);
        self.name(name);
    }

    fn subject(&mut self, subject: &'a Subject) {
        self.keyword("on");
        self.group(Shape::Flexible, |builder| {
            builder.name(&subject.kind);
            builder.indented(|builder| {
                builder.globs(&subject.globs);
                if let Some(alias) = &subject.alias {
                    builder.line_before(alias.span.start);
                    builder.one_word("as", alias);
                }
                if let Some(when) = &subject.when {
                    builder.line_before(when.span.start);
                    builder.condition("when", when);
                }
            });
        });
    }

    fn globs(&mut self, globs: &'a [Node<Text>]) {
        let Some(first) = globs.first() else { return };
        self.line_before(first.span.start);
        self.keyword("in");
        self.listed(globs.iter().map(|glob| glob.span));
    }

    /// `a, b, c`, without brackets.
    fn listed(&mut self, mut parts: impl Iterator<Item = Span>) {
        self.group(Shape::Flexible, |builder| {
            let Some(first) = parts.next() else { return };
            builder.written(first);
            builder.indented(|builder| {
                for part in parts {
                    builder.word(",");
                    builder.line_before(part.start);
                    builder.written(part);
                }
            });
        });
    }

    fn fix(&mut self, path: &'a Expression, value: &'a Expression) {
        self.keyword("fix");
        self.condition("set", path);
        self.space();
        self.comments_before(value.span.start);
        self.condition("=", value);
    }

    fn stop(&mut self, when: &'a Expression, lasting: Option<&'a Value>) {
        self.keyword("stop");
        self.condition("when", when);
        if let Some(lasting) = lasting {
            self.space();
            self.comments_before(lasting.span.start);
            self.keyword("for");
            self.value(lasting);
        }
    }
}
