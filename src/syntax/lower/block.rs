//! Blocks, their attributes and the parameters of procedures.

use super::junk::BLOCK;
use super::keyword;
use super::separator::{Before, Neighbour};
use super::{Lower, Parts};
use crate::source::Span;
use crate::syntax::ast::{Attribute, Block, Entry, Name, Node, Parameter, Procedure, Text};
use crate::syntax::diagnostics::UNEXPECTED;
use crate::syntax::grammar::{Pair, Rule};

/// What stands between a keyword and its braces.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) id: Option<Name>,
    pub(super) title: Option<Node<Text>>,
    /// Where the head ends.
    pub(super) end: Span,
}

impl<'a> Lower<'a> {
    pub(super) fn name(&self, pair: &Pair<'a>) -> Name {
        Node::new(pair.as_str().to_owned(), self.span(pair))
    }

    pub(super) fn head(&mut self, keyword: Span, parts: &mut Parts<'a>) -> Head {
        let id = parts.accept(Rule::id).map(|id| self.name(&id));
        let title = parts.accept(Rule::title).map(|title| self.title(title));
        self.head_junk(parts);
        let end = title.as_ref().map(|title| title.span).or(id.as_ref().map(|id| id.span)).unwrap_or(keyword);
        Head { id, title, end: Span::at(end.end) }
    }

    /// A block whose kind has been read.
    pub(super) fn block(&mut self, kind: Name, mut parts: Parts<'a>) -> Block {
        let head = self.head(kind.span, &mut parts);
        let body = parts.accept(Rule::body);
        let braces = body.as_ref().map_or(head.end, |body| self.span(body));
        self.heads.push(kind.span.to(head.end));
        let body = body.map(|body| self.body(body)).unwrap_or_default();
        self.heads.pop();
        Block { id: head.id, title: head.title, body, span: kind.span.to(braces), kind, braces }
    }

    pub(super) fn procedure(&mut self, kind: Name, mut parts: Parts<'a>) -> Procedure {
        let id = parts.accept(Rule::id).map(|id| self.name(&id));
        let parameters = parts.accept(Rule::parameters).map(|pair| self.parameters(pair)).unwrap_or_default();
        let mut block = self.block(kind, parts);
        block.id = id;
        Procedure { parameters, block }
    }

    fn body(&mut self, body: Pair<'a>) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut neighbour = Neighbour::default();
        for pair in Parts::of(body) {
            let Some(before) = neighbour.passes(self, &pair) else { continue };
            let Some(entry) = self.entry(pair, before) else { continue };
            if let Entry::Attribute(attribute) = &entry {
                neighbour.is_attribute(attribute.span);
            }
            entries.push(entry);
        }
        entries
    }

    fn entry(&mut self, pair: Pair<'a>, before: Before) -> Option<Entry> {
        let read = pair.as_rule();
        if read == Rule::entry_junk {
            return self.junk(BLOCK, &pair, before, |_, _, _, _| None, |attribute| Some(Entry::Attribute(attribute)));
        }
        let place = self.trimmed(self.span(&pair));
        let mut parts = Parts::of(pair);
        let word = parts.next()?;
        let word = self.name(&word);
        if read == Rule::red_flag {
            return Some(Entry::RedFlag(self.red_flag(word.span, parts)));
        }
        if matches!(parts.next_rule(), Some(Rule::assign | Rule::not_assign)) {
            return self.attribute(word, parts).map(Entry::Attribute);
        }
        if self.is_map_of_texts(&parts) {
            return None;
        }
        if let Some(keyword) = keyword::nearly_red_flag(&word.value) {
            return self.misspelt(BLOCK, keyword, word.span, place, |lower, _, name, parts| {
                Some(Entry::RedFlag(lower.red_flag(name.span, parts)))
            });
        }
        Some(Entry::Block(self.block(word, parts)))
    }

    /// `env = { "NAME" = "x" }` looks like a block with a sign in its head. Whether that was said.
    fn is_map_of_texts(&mut self, parts: &Parts<'a>) -> bool {
        let Some(junk) = parts.clone().accept(Rule::head_junk) else { return false };
        let sign = self.trimmed(self.span(&junk));
        if self.written(sign) != "=" {
            return false;
        }
        if !self.is_known(sign) {
            let diagnostic = self
                .error(&UNEXPECTED, sign, "the map after this `=` cannot be read")
                .help("a map is written `{ NAME = \"value\" }`: its names stand without quotes");
            self.report(diagnostic);
        }
        true
    }

    /// An attribute whose name has been read.
    pub(super) fn attribute(&mut self, name: Name, mut parts: Parts<'a>) -> Option<Attribute> {
        let assign = parts.next()?;
        self.check_assign(&name, &assign);
        let value = self.value(parts.accept(Rule::value)?)?;
        Some(Attribute { span: name.span.to(value.span), name, value })
    }

    fn parameters(&mut self, pair: Pair<'a>) -> Vec<Parameter> {
        Parts::of(pair)
            .filter(|part| part.as_rule() == Rule::parameter)
            .filter_map(|part| self.parameter(None, part))
            .collect()
    }

    /// `keyword` is the `param` before it, where there is one.
    pub(super) fn parameter(&mut self, keyword: Option<Span>, pair: Pair<'a>) -> Option<Parameter> {
        let mut parts = Parts::of(pair);
        let name = self.name(&parts.accept(Rule::name)?);
        parts.accept(Rule::colon)?;
        let kind = self.name(&parts.accept(Rule::kind_name)?);
        let default = if parts.accept(Rule::assign).is_some() { self.value(parts.accept(Rule::value)?) } else { None };
        let doc = parts.accept(Rule::title).map(|title| self.title(title));
        let end = doc.as_ref().map(|doc| doc.span).or(default.as_ref().map(|value| value.span)).unwrap_or(kind.span);
        Some(Parameter { span: keyword.unwrap_or(name.span).to(end), name, kind, default, doc })
    }
}
