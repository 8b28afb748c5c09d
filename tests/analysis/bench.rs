//! Judges the rules of one policy over many plans, and says what analysis says of the policy.

use std::collections::HashMap;

use stopline::check::analysis::{Reading, Subject, analyse, analyse_beside};
use stopline::check::document_schema::SHIPPED_SCHEMAS;
use stopline::check::plan::check_plan;
use stopline::check::policy::{NamedFiles, check_patterns, check_policy};
use stopline::diagnostic::Diagnostic;
use stopline::eval::{ClauseKind, Context, Coverage, NoFiles, NoPen, Outcome, judge_rule, judge_subject};
use stopline::model::data::Value;
use stopline::model::plan::plan_value;
use stopline::model::policy::{Policy, Rule, SubjectKind};
use stopline::model::units::Instant;
use stopline::source::{Place, SourceMap};
use stopline::syntax::ast::Item;
use stopline::syntax::parse;

/// A policy with the values of its parameters.
pub(crate) struct Bench {
    pub(crate) policy: Policy,
    parameters: HashMap<std::sync::Arc<str>, Value>,
}

impl Bench {
    /// The first policy of a text, which has no mistake.
    pub(crate) fn new(text: &str) -> Self {
        let mut sources = SourceMap::default();
        let file = sources.add("p.policy", text);
        let parsed = parse(file, text);
        let mut mistakes = parsed.diagnostics;
        let mut calendars = Vec::new();
        let mut policies = Vec::new();
        for item in parsed.tree.items {
            match item {
                Item::Policy(policy) => policies.push(policy),
                Item::Calendar(calendar) => calendars.push(calendar),
                Item::Plan(_) | Item::Procedure(_) | Item::Waiver(_) | Item::Test(_) => {}
            }
        }
        let mut named = NamedFiles::default();
        for (name, text) in SHIPPED_SCHEMAS {
            named.insert((file, (*name).to_owned()), sources.add_built(format!("<schema {name}>"), text));
        }
        let mut policy = check_policy(file, &policies[0], &calendars, &named, &[], &sources, &mut mistakes);
        check_patterns(&mut policy, &mut mistakes);
        assert!(mistakes.is_empty(), "{mistakes:#?}\n{text}");
        let parameters = policy.parameters.iter();
        let parameters = parameters.map(|known| (known.name.value.clone(), known.default.clone().unwrap())).collect();
        Self { policy, parameters }
    }

    pub(crate) fn analysed(&self) -> Vec<Diagnostic> {
        analyse(&[self.subject()])
    }

    /// What its rules have against those of a policy that is given.
    pub(crate) fn beside(&self, given: &Self) -> Vec<Diagnostic> {
        analyse_beside(&[given.subject()], &[self.subject()])
    }

    /// Its later rules against its first `count` ones, as if these were given.
    pub(crate) fn split_at(&self, count: usize) -> Vec<Diagnostic> {
        let [mut given, mut own] = [self.policy.clone(), self.policy.clone()];
        own.rules = given.rules.split_off(count.min(given.rules.len()));
        let subject = |policy| Subject { policy, ..self.subject() };
        analyse_beside(&[subject(&given)], &[subject(&own)])
    }

    const fn subject(&self) -> Subject<'_> {
        Subject { policy: &self.policy, parameters: &self.parameters, reading: Reading::Whole }
    }

    pub(crate) fn set(&mut self, name: &str, value: stopline::model::data::Data) {
        let known = self.parameters.get_mut(name).unwrap();
        known.data = value;
    }

    /// What a rule comes to for each of its subjects in a plan, or for a document.
    pub(crate) fn outcomes(&self, rule: &Rule, plan: &Value) -> Vec<Outcome> {
        let now = Instant::parse("2026-11-23T09:00Z").unwrap();
        let context = Context { now, parameters: &self.parameters, files: &NoFiles, pen: &NoPen };
        match rule.subject.kind {
            SubjectKind::Document(_) => vec![judge_subject(rule, plan, &context)],
            SubjectKind::Plan | SubjectKind::PlanPart(_) => judge_rule(rule, plan, &context).outcomes,
        }
    }

    /// Whether a rule takes the branch at a place, in a plan.
    pub(crate) fn takes(&self, rule: &Rule, branch: Place, plan: &Value) -> bool {
        let now = Instant::parse("2026-11-23T09:00Z").unwrap();
        let context = Context { now, parameters: &self.parameters, files: &NoFiles, pen: &NoPen };
        let mut coverage = Coverage::of(rule);
        match rule.subject.kind {
            SubjectKind::Document(_) => coverage.observe_subject(rule, plan, &context),
            SubjectKind::Plan | SubjectKind::PlanPart(_) => coverage.observe_plan(rule, plan, &context),
        }
        let mut branches = coverage.clauses().iter().filter(|clause| clause.kind == ClauseKind::Branch);
        branches.any(|clause| clause.place == branch && clause.was_true)
    }

    pub(crate) fn rule(&self, name: &str) -> &Rule {
        self.policy.rule(name).unwrap()
    }
}

/// A plan as rules see it, whatever it lacks.
pub(crate) fn plan(text: &str) -> Value {
    let mut sources = SourceMap::default();
    let file = sources.add("x.plan", text);
    let parsed = parse(file, text);
    assert!(parsed.diagnostics.is_empty(), "{:#?}\n{text}", parsed.diagnostics);
    let Some(Item::Plan(block)) = parsed.tree.items.first() else { panic!("no plan in\n{text}") };
    plan_value(&check_plan(file, block, &mut Vec::new()).plan)
}
