//! What the policies of a run spoke of: a rule that spoke of nothing is said, since it may be a slip.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagnostics::NEVER_APPLIED;
use super::policies::AppliedPolicy;
use crate::diagnostic::Diagnostic;
use crate::eval::{Judgement, Outcome, Skipped};
use crate::model::expression::{Expr, ExprKind};
use crate::model::plan::Plan;
use crate::model::policy::{RedFlag, Rule, Subject, SubjectKind};
use crate::model::read::BlockType as _;
use crate::model::types::Type;

/// How far each rule and red flag of a run came, and to what.
#[derive(Debug, Default)]
pub(super) struct Asked(BTreeMap<Arc<str>, (Came, Tally)>);

/// How often a rule came to what, over all plans and files of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// It did not apply.
    pub skipped: usize,
    pub undecided: usize,
}

/// The later, the farther: over all plans and files, the farthest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Came {
    /// No plan had such a part, or no file was called like that.
    NoSubject,
    /// What `when` asks for was nowhere.
    NothingToAsk,
    /// `when` was false.
    NotMeant,
    Applied,
}

impl Tally {
    pub(super) fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Pass => self.passed += 1,
            Outcome::Fail(_) => self.failed += 1,
            Outcome::Skip(_) => self.skipped += 1,
            Outcome::Error(_) => self.undecided += 1,
        }
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.undecided += other.undecided;
    }
}

impl Asked {
    pub(super) fn rule(&mut self, rule: &Rule, judgement: &Judgement) {
        let farthest = judgement.outcomes.iter().map(Came::of).max().unwrap_or(Came::NoSubject);
        let mut tally = Tally::default();
        judgement.outcomes.iter().for_each(|outcome| tally.count(outcome));
        self.note(&rule.id, farthest, tally);
    }

    /// What each rule came to, for whoever asks after the run.
    pub(super) fn tallies(self) -> BTreeMap<Arc<str>, Tally> {
        self.0.into_iter().map(|(id, (_, tally))| (id, tally)).collect()
    }

    pub(super) fn red_flag(&mut self, flag: &RedFlag, taken_in: bool) {
        self.note(&flag.id, if taken_in { Came::Applied } else { Came::NotMeant }, Tally::default());
    }

    pub(super) fn note(&mut self, id: &Arc<str>, farthest: Came, tally: Tally) {
        let (known, counted) = self.0.entry(Arc::clone(id)).or_insert((farthest, Tally::default()));
        *known = farthest.max(*known);
        counted.add(tally);
    }

    /// What was applied to nothing: rules, red flags, whole policies.
    pub(super) fn never(&self, policies: &[AppliedPolicy]) -> Vec<Diagnostic> {
        let mut notes = Vec::new();
        for applied in policies {
            let policy = &applied.policy;
            let nothing_to_ask = policy.rules.iter().filter(|rule| self.is(&rule.id, Came::NothingToAsk));
            notes.extend(nothing_to_ask.map(nothing_to_ask_for));
            if self.said_nothing(applied) {
                notes.extend((!applied.is_shipped && !self.is_said(applied)).then(|| whole(applied)));
                continue;
            }
            let rules = policy.rules.iter().map(|rule| (&rule.id, &rule.subject));
            let flags = policy.red_flags.iter().filter_map(|flag| Some((&flag.id, flag.subject.as_ref()?)));
            let slips =
                rules.chain(flags).filter(|(id, subject)| self.is(id, Came::NotMeant) && may_be_a_slip(subject));
            notes.extend(slips.map(|(id, subject)| never_true(id, subject)));
        }
        notes
    }

    fn is(&self, id: &str, came: Came) -> bool {
        self.0.get(id).is_some_and(|(farthest, _)| *farthest == came)
    }

    /// Whether nothing in a policy spoke of anything, though there was something to speak of.
    fn said_nothing(&self, applied: &AppliedPolicy) -> bool {
        let policy = &applied.policy;
        let ids = policy.rules.iter().map(|rule| &rule.id).chain(policy.red_flags.iter().map(|flag| &flag.id));
        let mut came = ids.map(|id| self.0.get(id)).peekable();
        came.peek().is_some() && came.all(|came| came.is_some_and(|(farthest, _)| *farthest < Came::Applied))
    }

    /// Whether each part of a policy is said to have been applied to nothing, so that the whole need not be.
    fn is_said(&self, applied: &AppliedPolicy) -> bool {
        let is_said = |rule: &Rule| {
            let no_file = matches!(rule.subject.kind, SubjectKind::Document(_)) && self.is(&rule.id, Came::NoSubject);
            no_file || self.is(&rule.id, Came::NothingToAsk)
        };
        applied.policy.red_flags.is_empty() && applied.policy.rules.iter().all(is_said)
    }
}

impl Came {
    pub(super) const fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Skip(Skipped::WhenMissing) => Self::NothingToAsk,
            Outcome::Skip(Skipped::When) => Self::NotMeant,
            Outcome::Skip(Skipped::Unless) | Outcome::Pass | Outcome::Fail(_) | Outcome::Error(_) => Self::Applied,
        }
    }
}

fn nothing_to_ask_for(rule: &Rule) -> Diagnostic {
    let place = rule.subject.when.as_ref().map_or(rule.head.id.place, |when| when.place);
    let message =
        format!("`{}` was never applied: what its `when` asks for stands in none of the files of this run", rule.id);
    Diagnostic::new(&NEVER_APPLIED, place, message)
}

fn never_true(id: &str, subject: &Subject) -> Diagnostic {
    let place = subject.when.as_ref().map_or(subject.place, |when| when.place);
    let message = format!("`{id}` was never applied: its `when` is true for no plan of this run");
    Diagnostic::new(&NEVER_APPLIED, place, message)
        .help("look for a slip in `when`, or judge the plans it is meant for")
}

/// The policy as a whole, with what each of its rules waited for.
fn whole(applied: &AppliedPolicy) -> Diagnostic {
    const SHOWN: usize = 3;
    let policy = &applied.policy;
    let message = format!("the policy `{}` was applied to nothing: no rule of it found anything to judge", policy.id());
    let help = "look for a slip in `when`, judge the plans it is meant for, or leave the policy out";
    let subjects = policy.rules.iter().map(|rule| &rule.subject);
    let whens = subjects.chain(policy.red_flags.iter().filter_map(|flag| flag.subject.as_ref()));
    whens
        .filter_map(|subject| subject.when.as_ref())
        .take(SHOWN)
        .fold(Diagnostic::new(&NEVER_APPLIED, policy.head.id.place, message).help(help), |note, when| {
            note.related(when.place, "this is true for none of them")
        })
}

/// Whether a `when` compares what the plan says with a text. A misspelt environment is a mistake that is found; a misspelt
/// service is a rule that never speaks. Whether some part of the plan bears a name is asked of plans that have none, too.
fn may_be_a_slip(subject: &Subject) -> bool {
    subject.when.as_ref().is_some_and(compares_with_a_text)
}

fn compares_with_a_text(expr: &Expr) -> bool {
    if matches!(expr.kind, ExprKind::Quantified { .. }) {
        return false;
    }
    let children = expr.children();
    (children.iter().any(|side| is_of_plan(side)) && children.iter().any(|side| is_free(side)))
        || children.into_iter().any(compares_with_a_text)
}

/// A path into the plan itself.
fn is_of_plan(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Variable(_) => expr.of_type == Type::Record(Plan::SHAPE),
        ExprKind::Field { of, .. } | ExprKind::Index { of, .. } => is_of_plan(of),
        ExprKind::Constant(_)
        | ExprKind::Parameter(_)
        | ExprKind::List(_)
        | ExprKind::Metric(_)
        | ExprKind::Baseline(_)
        | ExprKind::Failed { .. }
        | ExprKind::Quantified { .. } => false,
        ExprKind::Call { .. }
        | ExprKind::Not(_)
        | ExprKind::Negate(_)
        | ExprKind::Exists(_)
        | ExprKind::Binary { .. }
        | ExprKind::If { .. } => expr.children().into_iter().any(is_of_plan),
    }
}

/// A text that the rule's author made up, or a list of such.
fn is_free(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Constant(_) | ExprKind::Parameter(_) => is_text(expr.of_type),
        ExprKind::List(items) => items.iter().any(is_free),
        ExprKind::Variable(_)
        | ExprKind::Field { .. }
        | ExprKind::Index { .. }
        | ExprKind::Call { .. }
        | ExprKind::Not(_)
        | ExprKind::Negate(_)
        | ExprKind::Exists(_)
        | ExprKind::Binary { .. }
        | ExprKind::Quantified { .. }
        | ExprKind::If { .. }
        | ExprKind::Metric(_)
        | ExprKind::Baseline(_)
        | ExprKind::Failed { .. } => false,
    }
}

fn is_text(found: Type) -> bool {
    match found {
        Type::Text | Type::Name | Type::Person | Type::Pattern => true,
        Type::List(element) => is_text(*element),
        Type::Any
        | Type::Bool
        | Type::Number
        | Type::Duration
        | Type::Percent
        | Type::Version
        | Type::Moment
        | Type::Offset
        | Type::Due
        | Type::Zone
        | Type::Calendar
        | Type::Enum(_)
        | Type::Map(_)
        | Type::Record(_)
        | Type::Measure => false,
    }
}
