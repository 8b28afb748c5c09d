//! From the tree to stretches of text with what they are.

use super::{Class, Token};
use crate::lsp::document::Document;
use crate::lsp::names::{self, Kind};
use crate::source::Span;
use crate::syntax::ast::{
    Attribute, Block, Clause, ClauseKind, Entry, Expression, ExpressionKind, Item, Literal, Node, Parameter, Policy,
    PolicyEntry, Template, TemplatePart, Test, TestClause, Text, Value, ValueKind,
};

/// Names first: where two stretches are the same, the first counts.
pub(super) fn tokens(document: &Document) -> Vec<Token> {
    let mut found = Found(Vec::new());
    for mention in names::mentions(document).iter().filter(|mention| mention.is_written) {
        let class = class_of(mention.kind);
        found.0.push(Token { span: mention.span, class, is_declaration: mention.is_definition() });
    }
    for comment in &document.parsed().comments {
        found.add(comment.span, Class::Comment);
    }
    for item in document.items() {
        found.item(item);
    }
    found.0
}

const fn class_of(kind: Kind) -> Class {
    match kind {
        Kind::Plan | Kind::Phase => Class::Namespace,
        Kind::Step | Kind::Hold | Kind::Probe | Kind::Procedure | Kind::Rule => Class::Function,
        Kind::Metric | Kind::Calendar | Kind::Variable => Class::Variable,
        Kind::Role => Class::Property,
        Kind::Parameter => Class::Parameter,
    }
}

struct Found(Vec<Token>);

impl Found {
    fn add(&mut self, span: Span, class: Class) {
        self.0.push(Token { span, class, is_declaration: false });
    }

    /// A word at the start of a stretch.
    fn keyword(&mut self, stretch: Span, word: &str) {
        let length = u32::try_from(word.len()).unwrap_or_default();
        self.add(Span::new(stretch.start, stretch.start + length), Class::Keyword);
    }

    fn text(&mut self, text: Option<&Node<Text>>) {
        if let Some(text) = text {
            self.add(text.span, Class::String);
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Plan(block) | Item::Calendar(block) => self.block(block),
            Item::Procedure(procedure) => {
                for parameter in &procedure.parameters {
                    self.parameter(parameter);
                }
                self.block(&procedure.block);
            }
            Item::Policy(policy) => self.policy(policy),
            Item::Waiver(waiver) => {
                self.keyword(waiver.span, "waive");
                for attribute in &waiver.body {
                    self.attribute(attribute);
                }
            }
            Item::Test(test) => self.test(test),
        }
    }

    fn block(&mut self, block: &Block) {
        self.add(block.kind.span, Class::Keyword);
        if let Some(id) = &block.id {
            self.add(id.span, Class::Variable);
        }
        self.text(block.title.as_ref());
        for entry in &block.body {
            match entry {
                Entry::Attribute(attribute) => self.attribute(attribute),
                Entry::Block(inner) => self.block(inner),
                Entry::RedFlag(flag) => {
                    self.keyword(flag.span, "redflag");
                    self.text(flag.title.as_ref());
                    if let Some(id) = &flag.id {
                        self.add(id.span, Class::Function);
                    }
                    self.clauses(&flag.clauses);
                }
            }
        }
    }

    fn policy(&mut self, policy: &Policy) {
        self.keyword(policy.span, "policy");
        if let Some(id) = &policy.id {
            self.add(id.span, Class::Namespace);
        }
        self.text(policy.title.as_ref());
        for entry in &policy.body {
            match entry {
                PolicyEntry::Attribute(attribute) => self.attribute(attribute),
                PolicyEntry::Parameter(parameter) => {
                    self.keyword(parameter.span, "param");
                    self.parameter(parameter);
                }
                PolicyEntry::Calendar(block) => self.block(block),
                PolicyEntry::Rule(rule) => {
                    self.keyword(rule.span, "rule");
                    self.text(rule.title.as_ref());
                    self.clauses(&rule.clauses);
                }
                PolicyEntry::RedFlag(flag) => {
                    self.keyword(flag.span, "redflag");
                    self.text(flag.title.as_ref());
                    self.clauses(&flag.clauses);
                }
            }
        }
    }

    fn parameter(&mut self, parameter: &Parameter) {
        self.add(parameter.kind.span, Class::Type);
        if let Some(default) = &parameter.default {
            self.value(default);
        }
        self.text(parameter.doc.as_ref());
    }

    fn attribute(&mut self, attribute: &Attribute) {
        self.add(attribute.name.span, Class::Property);
        self.value(&attribute.value);
    }

    fn value(&mut self, value: &Value) {
        match &value.value {
            ValueKind::Literal(literal) => self.literal(literal, value.span),
            ValueKind::Symbol(_) => self.add(value.span, Class::EnumMember),
            ValueKind::List(values) => values.iter().for_each(|value| self.value(value)),
            ValueKind::Map(entries) => entries.iter().for_each(|entry| self.attribute(entry)),
        }
    }

    fn literal(&mut self, literal: &Literal, span: Span) {
        let class = match literal {
            Literal::Text(_) => Class::String,
            Literal::Bool(_) => Class::Keyword,
            Literal::Person(_) => Class::Variable,
            Literal::Pattern(_) => Class::Regexp,
            Literal::Number(_)
            | Literal::Duration(_)
            | Literal::Percent(_)
            | Literal::Version(_)
            | Literal::Moment(_)
            | Literal::Offset(_) => Class::Number,
        };
        self.add(span, class);
    }

    fn clauses(&mut self, clauses: &[Clause]) {
        for clause in clauses {
            if !matches!(clause.kind, ClauseKind::Attribute(_)) {
                self.keyword(clause.span, clause.kind.keyword());
            }
            match &clause.kind {
                ClauseKind::Attribute(attribute) => self.attribute(attribute),
                ClauseKind::On(subject) => {
                    self.add(subject.kind.span, Class::Type);
                    for glob in &subject.globs {
                        self.text(Some(glob));
                    }
                    if let Some(condition) = &subject.when {
                        self.expression(condition);
                    }
                }
                ClauseKind::Require(condition)
                | ClauseKind::Forbid(condition)
                | ClauseKind::Unless(condition)
                | ClauseKind::At(condition) => self.expression(condition),
                ClauseKind::Message(template) | ClauseKind::Help(template) => self.template(template),
                ClauseKind::Fix { path, value } => {
                    self.expression(path);
                    self.expression(value);
                }
                ClauseKind::Stop { when, lasting } => {
                    self.expression(when);
                    if let Some(lasting) = lasting {
                        self.value(lasting);
                    }
                }
                ClauseKind::Then(word) | ClauseKind::Enforce(word) => self.add(word.span, Class::EnumMember),
                ClauseKind::During(phases) => {
                    for phase in phases {
                        self.add(phase.span, Class::Namespace);
                    }
                }
            }
        }
    }

    fn test(&mut self, test: &Test) {
        self.keyword(test.span, "test");
        self.text(Some(&test.title));
        for clause in &test.clauses {
            match clause {
                TestClause::Given(given) => {
                    self.add(given.format.span, Class::Type);
                    self.text(given.path.as_ref());
                    self.text(Some(&given.text));
                }
                TestClause::At(instant) => self.value(instant),
                TestClause::Expect(expectation) => {
                    if let crate::syntax::ast::ExpectationKind::Fail { at: Some(path) } = &expectation.value {
                        self.expression(path);
                    }
                }
            }
        }
    }

    /// The text around what is put in is a string; each part is what it is.
    fn template(&mut self, template: &Template) {
        let mut start = template.span.start;
        for part in &template.parts {
            match part {
                TemplatePart::Text(_) => {}
                TemplatePart::Expression(expression) => {
                    self.add(Span::new(start, expression.span.start), Class::String);
                    self.expression(expression);
                    start = expression.span.end;
                }
            }
        }
        self.add(Span::new(start, template.span.end), Class::String);
    }

    fn expression(&mut self, expression: &Expression) {
        match &expression.value {
            ExpressionKind::Literal(literal) => self.literal(literal, expression.span),
            // What is neither variable, parameter nor calendar is a word of a set.
            ExpressionKind::Name(_) => self.add(expression.span, Class::EnumMember),
            ExpressionKind::Member { of, name } => {
                self.expression(of);
                self.add(name.span, Class::Property);
            }
            ExpressionKind::Index { of, index } => {
                self.expression(of);
                self.expression(index);
            }
            ExpressionKind::Call { function, arguments } => {
                self.add(function.span, Class::Function);
                for argument in arguments {
                    self.expression(argument);
                }
            }
            ExpressionKind::List(items) => items.iter().for_each(|item| self.expression(item)),
            ExpressionKind::Not(of)
            | ExpressionKind::Negate(of)
            | ExpressionKind::Exists(of)
            | ExpressionKind::Group(of) => {
                self.expression(of);
            }
            ExpressionKind::Binary { operator, left, right } => {
                self.expression(left);
                self.add(operator.span, Class::Operator);
                self.expression(right);
            }
            ExpressionKind::Quantified { quantifier, over, body, .. } => {
                self.add(quantifier.span, Class::Keyword);
                self.expression(over);
                self.expression(body);
            }
            ExpressionKind::If { condition, yes, no } => {
                self.keyword(expression.span, "if");
                for part in [condition, yes, no] {
                    self.expression(part);
                }
            }
        }
    }
}
