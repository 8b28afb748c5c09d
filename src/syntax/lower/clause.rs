//! The clauses of rules and red flags.

use super::junk::Home;
use super::separator::{Before, Neighbour};
use super::{Lower, Parts};
use crate::source::Span;
use crate::syntax::ast::{Clause, ClauseKind, Name, Node, Subject, Text};
use crate::syntax::grammar::{Pair, Rule};

impl<'a> Lower<'a> {
    /// The clauses between the braces, and where the braces end.
    pub(super) fn clauses(&mut self, home: Home, head_end: Span, parts: &mut Parts<'a>) -> (Vec<Clause>, Span) {
        let Some(body) = parts.accept(Rule::clause_body) else { return (Vec::new(), head_end) };
        let end = self.span(&body);
        let mut clauses = Vec::new();
        let mut neighbour = Neighbour::default();
        for pair in Parts::of(body) {
            let Some(before) = neighbour.passes(self, &pair) else { continue };
            if pair.as_rule() == Rule::clause_junk && self.runs_on(before, &pair) {
                // What was meant is not what could be read of it.
                clauses.pop_if(|clause: &mut Clause| clause.kind.is_condition());
            }
            let Some(clause) = self.clause(home, pair, before) else { continue };
            if let ClauseKind::Attribute(attribute) = &clause.kind {
                neighbour.is_attribute(attribute.span);
            }
            clauses.push(clause);
        }
        self.check_clauses(home, &clauses);
        (clauses, end)
    }

    /// Whether what cannot be read stands in the line in which the entry before it ends.
    fn runs_on(&self, before: Before, junk: &Pair<'a>) -> bool {
        before.0.is_some_and(|sound| !self.written(Span::new(sound.end, self.span(junk).start)).contains('\n'))
    }

    fn clause(&mut self, home: Home, pair: Pair<'a>, before: Before) -> Option<Clause> {
        let opened = pair.as_rule();
        if opened == Rule::clause_junk {
            return self.junk(home, &pair, before, Self::clause_of, |attribute| {
                Some(Clause { span: attribute.span, kind: ClauseKind::Attribute(attribute) })
            });
        }
        let mut parts = Parts::of(pair);
        let word = parts.next()?;
        let word = self.name(&word);
        self.clause_of(opened, word, parts)
    }

    /// The clause that a keyword opens.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the grammar lets no other rule stand here")]
    fn clause_of(&mut self, opened: Rule, word: Name, mut parts: Parts<'a>) -> Option<Clause> {
        if opened == Rule::clause_attribute {
            let attribute = self.attribute(word, parts)?;
            return Some(Clause { span: attribute.span, kind: ClauseKind::Attribute(attribute) });
        }
        if let Some(stray) = parts.accept(Rule::stray_assign) {
            self.stray_assign(&word, &stray);
        }
        let (kind, end) = match opened {
            Rule::on_clause => self.subject(parts)?,
            Rule::require_clause => self.condition(parts, ClauseKind::Require)?,
            Rule::forbid_clause => self.condition(parts, ClauseKind::Forbid)?,
            Rule::unless_clause => self.condition(parts, ClauseKind::Unless)?,
            Rule::at_clause => {
                let path = self.operand(parts.accept(Rule::operand)?)?;
                let end = path.span;
                (ClauseKind::At(path), end)
            }
            Rule::message_clause => {
                let template = self.template(parts.accept(Rule::title)?);
                let end = template.span;
                (ClauseKind::Message(template), end)
            }
            Rule::help_clause => {
                let template = self.template(parts.accept(Rule::title)?);
                let end = template.span;
                (ClauseKind::Help(template), end)
            }
            Rule::fix_clause => self.fix(parts)?,
            Rule::enforce_clause => self.one_word(parts, ClauseKind::Enforce)?,
            Rule::then_clause => self.one_word(parts, ClauseKind::Then)?,
            Rule::during_clause => {
                let names: Vec<Name> =
                    parts.filter(|part| part.as_rule() == Rule::name).map(|name| self.name(&name)).collect();
                let end = names.last()?.span;
                (ClauseKind::During(names), end)
            }
            Rule::stop_clause => self.stop(parts)?,
            _ => return None,
        };
        Some(Clause { kind, span: word.span.to(end) })
    }

    fn condition(
        &mut self,
        mut parts: Parts<'a>,
        kind: fn(crate::syntax::ast::Expression) -> ClauseKind,
    ) -> Option<(ClauseKind, Span)> {
        let condition = self.expression(parts.accept(Rule::expression)?)?;
        let end = condition.span;
        Some((kind(condition), end))
    }

    fn one_word(&mut self, mut parts: Parts<'a>, kind: fn(Name) -> ClauseKind) -> Option<(ClauseKind, Span)> {
        let name = self.name(&parts.accept(Rule::name)?);
        let end = name.span;
        Some((kind(name), end))
    }

    fn subject(&mut self, mut parts: Parts<'a>) -> Option<(ClauseKind, Span)> {
        let kind = self.name(&parts.accept(Rule::dotted)?);
        let mut end = kind.span;
        let globs: Vec<Node<Text>> = parts.accept(Rule::globs).map(|globs| self.titles(globs)).unwrap_or_default();
        end = globs.last().map_or(end, |glob| glob.span);
        let alias = parts.accept(Rule::alias).and_then(|alias| {
            let name = Parts::of(alias).find(|part| part.as_rule() == Rule::name)?;
            Some(self.name(&name))
        });
        end = alias.as_ref().map_or(end, |alias| alias.span);
        let mut when = None;
        if let Some(pair) = parts.accept(Rule::when) {
            let condition = Parts::of(pair).find(|part| part.as_rule() == Rule::expression)?;
            let condition = self.expression(condition)?;
            end = condition.span;
            when = Some(condition);
        }
        Some((ClauseKind::On(Subject { kind, globs, alias, when }), end))
    }

    fn fix(&mut self, mut parts: Parts<'a>) -> Option<(ClauseKind, Span)> {
        parts.accept(Rule::kw_set)?;
        let path = self.operand(parts.accept(Rule::operand)?)?;
        let assign = parts.next()?;
        self.check_assign(&Node::new(self.written(path.span).to_owned(), path.span), &assign);
        let value = self.expression(parts.accept(Rule::expression)?)?;
        let end = value.span;
        Some((ClauseKind::Fix { path, value }, end))
    }

    fn stop(&mut self, mut parts: Parts<'a>) -> Option<(ClauseKind, Span)> {
        parts.accept(Rule::kw_when)?;
        let when = self.expression(parts.accept(Rule::expression)?)?;
        let mut end = when.span;
        let mut lasting = None;
        if let Some(pair) = parts.accept(Rule::lasting) {
            let value = Parts::of(pair).find(|part| part.as_rule() == Rule::lasting_value)?;
            let value = self.value(value)?;
            end = value.span;
            lasting = Some(value);
        }
        Some((ClauseKind::Stop { when, lasting }, end))
    }
}
