//! How thorough the tests of a run are: what each rule is shown to do, and which of its clauses no test decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::eval::{Clause, ClauseKind, Context, Coverage};
use crate::model::data::Value;
use crate::model::policy::Rule;
use crate::session::diagnostics::{UNDECIDED_CLAUSE, UNTESTED_RULE};
use crate::session::policies::AppliedPolicy;
use crate::syntax::ast::{self, ExpectationKind, TestClause};

/// Which clauses the tests of a run decide.
#[derive(Debug, Default)]
pub struct Covered {
    /// One for each clause that no test decides.
    pub undecided: Vec<Diagnostic>,
    /// How many clauses there are.
    pub clauses: usize,
}

/// What is known of the rules of a run so far.
pub(super) struct Thorough {
    rules: BTreeMap<Arc<str>, Shown>,
}

/// What the tests of a rule show.
struct Shown {
    coverage: Coverage,
    passing: bool,
    failing: bool,
}

impl Thorough {
    pub(super) fn new(policies: &[AppliedPolicy]) -> Self {
        let rules = policies.iter().flat_map(|applied| &applied.policy.rules);
        let shown = |rule| Shown { coverage: Coverage::of(rule), passing: false, failing: false };
        Self { rules: rules.map(|rule| (rule.id.clone(), shown(rule))).collect() }
    }

    /// Notes what a test says the rule comes to.
    pub(super) fn expects(&mut self, rule: &Rule, test: &ast::Test) {
        let Some(shown) = self.rules.get_mut(&rule.id) else { return };
        for clause in &test.clauses {
            let TestClause::Expect(expected) = clause else { continue };
            match expected.value {
                ExpectationKind::Pass => shown.passing = true,
                ExpectationKind::Fail { .. } => shown.failing = true,
                ExpectationKind::Skip | ExpectationKind::Error => {}
            }
        }
    }

    pub(super) fn plan(&mut self, rule: &Rule, plan: &Value, context: &Context<'_>) {
        if let Some(shown) = self.rules.get_mut(&rule.id) {
            shown.coverage.observe_plan(rule, plan, context);
        }
    }

    pub(super) fn subject(&mut self, rule: &Rule, subject: &Value, context: &Context<'_>) {
        if let Some(shown) = self.rules.get_mut(&rule.id) {
            shown.coverage.observe_subject(rule, subject, context);
        }
    }

    pub(super) fn untested(&self, policies: &[AppliedPolicy]) -> Vec<Diagnostic> {
        let rules = policies.iter().flat_map(|applied| &applied.policy.rules);
        let lacking = rules.filter_map(|rule| {
            let shown = self.rules.get(&rule.id)?;
            let lacks = match (shown.passing, shown.failing) {
                (true, true) => return None,
                (true, false) => "that it can fail",
                (false, true) => "that anything passes it",
                (false, false) => "that it can fail, nor that anything passes it",
            };
            let wanted = match (shown.passing, shown.failing) {
                (true, _) => "`expect fail`",
                (_, true) => "`expect pass`",
                (false, false) => "`expect pass`, and one with `expect fail`",
            };
            let message = format!("no test shows of `{}` {lacks}", rule.id);
            let help = format!("write a test with {wanted}: `test \"…\" for {} {{ … }}`", rule.head.id.value);
            Some(Diagnostic::new(&UNTESTED_RULE, rule.head.id.place, message).help(help))
        });
        lacking.collect()
    }

    pub(super) fn covered(&self) -> Covered {
        let mut covered = Covered::default();
        for (id, shown) in &self.rules {
            let clauses = shown.coverage.clauses();
            covered.clauses += clauses.len();
            covered
                .undecided
                .extend(clauses.iter().filter(|clause| !clause.is_decided()).map(|clause| undecided(id, clause)));
        }
        covered
    }
}

fn undecided(id: &str, clause: &Clause) -> Diagnostic {
    let what = match clause.kind {
        ClauseKind::When => "this `when`",
        ClauseKind::Require => "this `require`",
        ClauseKind::Forbid => "this `forbid`",
        ClauseKind::Unless => "this `unless`",
        ClauseKind::Operand => "this condition",
        ClauseKind::Branch => "this branch",
        ClauseKind::Body => "what this says of an element",
    };
    let (said, help) = match (clause.kind, clause.was_true, clause.was_false) {
        (ClauseKind::Branch, ..) => (format!("no test takes {what}"), "give something for which it is taken"),
        (_, false, false) => (
            format!("no test makes {what} true, and none false"),
            "give something for which it is true, and something for which it is false",
        ),
        (_, false, true) => (format!("no test makes {what} true"), "give something for which it is true"),
        (_, _, _) => {
            (format!("no test makes {what} false"), "give something for which it is false: what is missing is neither")
        }
    };
    Diagnostic::new(&UNDECIDED_CLAUSE, clause.place, format!("{said} (`{id}`)")).help(help)
}
