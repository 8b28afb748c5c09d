//! Policies, rules, red flags and waivers.

use super::junk::{POLICY, RED_FLAG, RULE, WAIVER};
use super::separator::{Before, Neighbour};
use super::{Lower, Parts};
use crate::source::Span;
use crate::syntax::ast::{Attribute, Name, Policy, PolicyEntry, RedFlag, Rule as PolicyRule, Waiver};
use crate::syntax::grammar::{Pair, Rule};

impl<'a> Lower<'a> {
    /// A policy whose keyword has been read.
    pub(super) fn policy(&mut self, keyword: Span, mut parts: Parts<'a>) -> Policy {
        let head = self.head(keyword, &mut parts);
        let mut span = keyword.to(head.end);
        let mut body = Vec::new();
        if let Some(pair) = parts.accept(Rule::policy_body) {
            span = span.to(self.span(&pair));
            let mut neighbour = Neighbour::default();
            for pair in Parts::of(pair) {
                let Some(before) = neighbour.passes(self, &pair) else { continue };
                let Some(entry) = self.policy_entry(pair, before) else { continue };
                if let PolicyEntry::Attribute(attribute) = &entry {
                    neighbour.is_attribute(attribute.span);
                }
                body.push(entry);
            }
        }
        Policy { id: head.id, title: head.title, body, span }
    }

    fn policy_entry(&mut self, pair: Pair<'a>, before: Before) -> Option<PolicyEntry> {
        let opened = pair.as_rule();
        if opened == Rule::entry_junk {
            return self.junk(POLICY, &pair, before, Self::policy_entry_of, |attribute| {
                Some(PolicyEntry::Attribute(attribute))
            });
        }
        let mut parts = Parts::of(pair);
        let word = parts.next()?;
        let word = self.name(&word);
        self.policy_entry_of(opened, word, parts)
    }

    fn policy_entry_of(&mut self, opened: Rule, word: Name, mut parts: Parts<'a>) -> Option<PolicyEntry> {
        if opened == Rule::param {
            return self.parameter(Some(word.span), parts.next()?).map(PolicyEntry::Parameter);
        }
        if opened == Rule::policy_rule {
            return Some(PolicyEntry::Rule(self.rule(word.span, parts)));
        }
        if opened == Rule::red_flag {
            return Some(PolicyEntry::RedFlag(self.red_flag(word.span, parts)));
        }
        if opened == Rule::calendar {
            return Some(PolicyEntry::Calendar(self.block(word, parts)));
        }
        self.attribute(word, parts).map(PolicyEntry::Attribute)
    }

    pub(super) fn rule(&mut self, keyword: Span, mut parts: Parts<'a>) -> PolicyRule {
        let head = self.head(keyword, &mut parts);
        let (clauses, end) = self.clauses(RULE, head.end, &mut parts);
        PolicyRule { id: head.id, title: head.title, clauses, span: keyword.to(end) }
    }

    pub(super) fn red_flag(&mut self, keyword: Span, mut parts: Parts<'a>) -> RedFlag {
        let head = self.head(keyword, &mut parts);
        let (clauses, end) = self.clauses(RED_FLAG, head.end, &mut parts);
        RedFlag { id: head.id, title: head.title, clauses, span: keyword.to(end) }
    }

    pub(super) fn waiver(&mut self, keyword: Span, mut parts: Parts<'a>) -> Option<Waiver> {
        let rule = self.name(&parts.accept(Rule::qualified)?);
        self.head_junk(&mut parts);
        let body = parts.accept(Rule::waiver_body)?;
        let span = keyword.to(self.span(&body));
        Some(Waiver { rule, body: self.waiver_body(body), span })
    }

    fn waiver_body(&mut self, body: Pair<'a>) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        let mut neighbour = Neighbour::default();
        for pair in Parts::of(body) {
            let Some(before) = neighbour.passes(self, &pair) else { continue };
            let Some(attribute) = self.waiver_attribute(pair, before) else { continue };
            neighbour.is_attribute(attribute.span);
            attributes.push(attribute);
        }
        attributes
    }

    fn waiver_attribute(&mut self, pair: Pair<'a>, before: Before) -> Option<Attribute> {
        if pair.as_rule() == Rule::entry_junk {
            return self.junk(WAIVER, &pair, before, |_, _, _, _| None, Some);
        }
        let mut parts = Parts::of(pair);
        let word = parts.next()?;
        let word = self.name(&word);
        self.attribute(word, parts)
    }
}
