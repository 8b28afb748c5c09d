//! Names in policies, waivers and tests.

use super::expressions::Known;
use super::{Gathered, Kind, Mention, Scope, Use, name_of};
use crate::model::policy::SubjectKind;
use crate::source::Span;
use crate::syntax::ast::{Block, Clause, ClauseKind, Name, Policy, PolicyEntry, Subject, Test, ValueKind, Waiver};

/// The calendar an entry is.
pub(super) fn calendar(entry: &PolicyEntry) -> Option<&Block> {
    match entry {
        PolicyEntry::Calendar(block) => Some(block),
        PolicyEntry::Attribute(_) | PolicyEntry::Parameter(_) | PolicyEntry::Rule(_) | PolicyEntry::RedFlag(_) => None,
    }
}

impl Gathered<'_> {
    pub(super) fn policy(&mut self, policy: &Policy) {
        let pack = name_of(policy.id.as_ref(), policy.title.as_ref());
        let parameters = policy.body.iter().filter_map(|entry| match entry {
            PolicyEntry::Parameter(parameter) => Some(parameter.name.value.clone()),
            PolicyEntry::Attribute(_) | PolicyEntry::Calendar(_) | PolicyEntry::Rule(_) | PolicyEntry::RedFlag(_) => {
                None
            }
        });
        let mut known = Known { parameters: parameters.collect(), policy: policy.span, variables: Vec::new() };
        for entry in &policy.body {
            match entry {
                PolicyEntry::Parameter(parameter) => {
                    self.define(Kind::Parameter, Some(&parameter.name), None, Scope::Within(policy.span));
                }
                PolicyEntry::Calendar(block) => self.calendar(block),
                PolicyEntry::Rule(rule) => {
                    self.rule(&pack, rule.id.as_ref(), rule.title.as_ref().map(|title| title.span), || {
                        name_of(rule.id.as_ref(), rule.title.as_ref())
                    });
                    self.clauses(&rule.clauses, rule.span, &mut known);
                }
                PolicyEntry::RedFlag(flag) => {
                    self.rule(&pack, flag.id.as_ref(), flag.title.as_ref().map(|title| title.span), || {
                        name_of(flag.id.as_ref(), flag.title.as_ref())
                    });
                    self.clauses(&flag.clauses, flag.span, &mut known);
                }
                PolicyEntry::Attribute(_) => {}
            }
        }
    }

    fn rule(&mut self, pack: &str, id: Option<&Name>, title: Option<Span>, name: impl Fn() -> String) {
        let Some(span) = id.map(|id| id.span).or(title) else { return };
        let (kind, part, scope) = (Kind::Rule, Use::Definition, Scope::Everywhere);
        let name = format!("{pack}/{}", name());
        self.mentions.push(Mention { kind, name, span, part, scope, is_written: id.is_some() });
    }

    fn clauses(&mut self, clauses: &[Clause], rule: Span, known: &mut Known) {
        for clause in clauses {
            match &clause.kind {
                ClauseKind::On(subject) => self.subject(subject, rule, known),
                ClauseKind::Require(condition)
                | ClauseKind::Forbid(condition)
                | ClauseKind::Unless(condition)
                | ClauseKind::At(condition) => self.expression(condition, known),
                ClauseKind::Message(template) | ClauseKind::Help(template) => self.template(template, known),
                ClauseKind::Fix { path, value } => {
                    self.expression(path, known);
                    self.expression(value, known);
                }
                ClauseKind::Stop { when, .. } => self.expression(when, known),
                ClauseKind::Attribute(_) | ClauseKind::Enforce(_) | ClauseKind::During(_) | ClauseKind::Then(_) => {}
            }
        }
        known.variables.clear();
    }

    fn subject(&mut self, subject: &Subject, rule: Span, known: &mut Known) {
        let scope = Scope::Within(rule);
        let kind = SubjectKind::named(&subject.kind.value);
        if let Some(SubjectKind::PlanPart(_)) = kind {
            self.imply("plan", subject.kind.span, scope);
            known.variables.push(("plan".to_owned(), scope));
        }
        match (&subject.alias, kind) {
            (Some(alias), _) => {
                self.declare(alias, scope);
                known.variables.push((alias.value.clone(), scope));
            }
            (None, Some(kind)) => {
                self.imply(kind.variable(), subject.kind.span, scope);
                known.variables.push((kind.variable().to_owned(), scope));
            }
            (None, None) => {}
        }
        if let Some(condition) = &subject.when {
            self.expression(condition, known);
        }
    }

    pub(super) fn waiver(&mut self, waiver: &Waiver) {
        self.mentions.extend(rule_named(&waiver.rule.value, waiver.rule.span));
        let plans = waiver.body.iter().filter(|attribute| attribute.name.value == "plan");
        for attribute in plans {
            if let ValueKind::Symbol(plan) = &attribute.value.value {
                self.refer(Kind::Plan, plan, attribute.value.span, Scope::Everywhere);
            }
        }
    }

    /// A test may leave the pack out: the policy beside it is meant.
    pub(super) fn test(&mut self, test: &Test) {
        let written = &test.rule.value;
        if written.contains('/') {
            self.mentions.extend(rule_named(written, test.rule.span));
            return;
        }
        let holds = |policy: &&&Policy| {
            policy.body.iter().any(|entry| match entry {
                PolicyEntry::Rule(rule) => name_of(rule.id.as_ref(), rule.title.as_ref()) == *written,
                PolicyEntry::RedFlag(flag) => name_of(flag.id.as_ref(), flag.title.as_ref()) == *written,
                PolicyEntry::Attribute(_) | PolicyEntry::Parameter(_) | PolicyEntry::Calendar(_) => false,
            })
        };
        let pack = self.policies.iter().find(holds).map(|policy| name_of(policy.id.as_ref(), policy.title.as_ref()));
        if let Some(pack) = pack {
            self.refer(Kind::Rule, &format!("{pack}/{written}"), test.rule.span, Scope::Everywhere);
        }
    }
}

/// `pack/rule` as written at `span`.
pub(super) fn rule_named(written: &str, span: Span) -> Option<Mention> {
    let slash = u32::try_from(written.find('/')?).ok()?;
    let is_whole = span.len() as usize == written.len();
    let (kind, part, scope) = (Kind::Rule, Use::Reference, Scope::Everywhere);
    let span = Span::new(span.start + slash + 1, span.end);
    Some(Mention { kind, name: written.to_owned(), span, part, scope, is_written: true }).filter(|_| is_whole)
}
