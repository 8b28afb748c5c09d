//! Which clauses of a rule its tests decide: what each of them came to, over everything the rule was asked about.
//!
//! A clause is decided once it has been true and has been false; a branch of `if`, once it has been taken. What could not be
//! known is neither. Only what was truly evaluated counts: past the `false` of an `and` nothing is looked at.

use super::condition::{condition, elements};
use super::context::{Context, Scope};
use super::evaluate::evaluate;
use super::finding::decisive;
use super::judge::is_judged_one_by_one;
use super::subject::scopes;
use super::unknown::Unknown;
use crate::model::data::{Data, Value};
use crate::model::expression::{Expr, ExprKind};
use crate::model::policy::{Condition, Rule};
use crate::source::Place;
use crate::syntax::ast::{BinaryOperator, Quantifier};

/// The clauses of one rule, in the order they are written.
#[derive(Debug, Clone)]
pub struct Coverage {
    clauses: Vec<Clause>,
    /// The condition, where it gives a finding for each element and so looks at all of them.
    each: Option<Place>,
}

/// Something in a rule that can be true or false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    pub place: Place,
    pub kind: ClauseKind,
    pub was_true: bool,
    pub was_false: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClauseKind {
    When,
    Require,
    Forbid,
    Unless,
    /// Of `and` or `or`.
    Operand,
    /// Of `if`: true once it was taken.
    Branch,
    /// What `every`, `some` or `no` says of each element.
    Body,
}

impl Clause {
    pub const fn is_decided(&self) -> bool {
        self.was_true && (self.was_false || matches!(self.kind, ClauseKind::Branch))
    }
}

impl Coverage {
    /// The clauses of a rule, none of them decided.
    pub fn of(rule: &Rule) -> Self {
        let each = is_judged_one_by_one(&rule.decision.condition).then(|| decisive(&rule.decision.condition).place);
        let mut coverage = Self { clauses: Vec::new(), each };
        for (expr, kind) in clauses(rule) {
            coverage.list(expr, kind);
            coverage.gather(expr);
        }
        coverage
    }

    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// Notes what the clauses come to for every subject in a plan.
    pub fn observe_plan(&mut self, rule: &Rule, plan: &Value, context: &Context<'_>) {
        for scope in scopes(&rule.subject, plan, context) {
            self.observe(rule, &scope);
        }
    }

    /// The same for one subject out of a file.
    pub fn observe_subject(&mut self, rule: &Rule, subject: &Value, context: &Context<'_>) {
        self.observe(rule, &Scope::of(subject, context));
    }

    fn observe(&mut self, rule: &Rule, scope: &Scope<'_>) {
        if let Some(when) = &rule.subject.when
            && self.look(when, scope) != Some(true)
        {
            return;
        }
        let expr = decisive(&rule.decision.condition);
        let known = self.look(expr, scope);
        let holds = known == Some(matches!(rule.decision.condition, Condition::Require(_)));
        if let Some(unless) = rule.decision.unless.as_ref().filter(|_| !holds) {
            self.look(unless, scope);
        }
    }

    /// Evaluates a clause and everything in it that is evaluated with it.
    fn look(&mut self, expr: &Expr, scope: &Scope<'_>) -> Option<bool> {
        let known = condition(expr, scope).ok();
        self.note(expr.place, known);
        self.descend(expr, scope);
        known
    }

    fn note(&mut self, place: Place, known: Option<bool>) {
        let clauses = self.clauses.iter_mut().filter(|clause| clause.kind != ClauseKind::Branch);
        for clause in clauses.filter(|clause| clause.place == place) {
            clause.was_true |= known == Some(true);
            clause.was_false |= known == Some(false);
        }
    }

    fn descend(&mut self, expr: &Expr, scope: &Scope<'_>) {
        match &expr.kind {
            ExprKind::Binary { operator: operator @ (BinaryOperator::And | BinaryOperator::Or), left, right } => {
                let decisive = *operator == BinaryOperator::Or;
                let known = self.operand(left, *operator, scope);
                if known != Some(decisive) {
                    self.operand(right, *operator, scope);
                }
            }
            ExprKind::Binary { operator: BinaryOperator::Else, left, right } => {
                self.descend(left, scope);
                if matches!(evaluate(left, scope), Err(Unknown::Missing { .. }) | Ok(Value { data: Data::Null, .. })) {
                    self.descend(right, scope);
                }
            }
            ExprKind::If { condition: asked, yes, no } => {
                self.descend(asked, scope);
                if let Ok(known) = condition(asked, scope) {
                    let taken = if known { yes } else { no };
                    self.note_taken(taken.place);
                    self.descend(taken, scope);
                }
            }
            ExprKind::Quantified { quantifier, variable, over, body } => {
                self.descend(over, scope);
                let decisive = match quantifier {
                    Quantifier::Every => false,
                    Quantifier::Some | Quantifier::No => true,
                };
                for item in elements(over, scope).iter().flat_map(|items| items.iter()) {
                    let known = self.look(body, &scope.with(variable, item));
                    if known == Some(decisive) && self.each != Some(expr.place) {
                        break;
                    }
                }
            }
            ExprKind::Constant(_)
            | ExprKind::Variable(_)
            | ExprKind::Parameter(_)
            | ExprKind::Field { .. }
            | ExprKind::Index { .. }
            | ExprKind::Call { .. }
            | ExprKind::List(_)
            | ExprKind::Not(_)
            | ExprKind::Negate(_)
            | ExprKind::Exists(_)
            | ExprKind::Binary { .. }
            | ExprKind::Metric(_)
            | ExprKind::Baseline(_)
            | ExprKind::Failed { .. } => {
                for child in expr.children() {
                    self.descend(child, scope);
                }
            }
        }
    }

    /// `a and b and c` has three operands, however they are bracketed.
    fn operand(&mut self, expr: &Expr, of: BinaryOperator, scope: &Scope<'_>) -> Option<bool> {
        if joins(expr, of) {
            self.descend(expr, scope);
            return condition(expr, scope).ok();
        }
        self.look(expr, scope)
    }

    fn note_taken(&mut self, place: Place) {
        let branches = self.clauses.iter_mut().filter(|clause| clause.kind == ClauseKind::Branch);
        branches.filter(|clause| clause.place == place).for_each(|clause| clause.was_true = true);
    }

    /// Lists a clause. What always says the same decides nothing.
    fn list(&mut self, expr: &Expr, kind: ClauseKind) {
        if kind == ClauseKind::Branch || !matches!(expr.kind, ExprKind::Constant(_)) {
            self.clauses.push(Clause { place: expr.place, kind, was_true: false, was_false: false });
        }
    }

    fn gather(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Binary { operator: operator @ (BinaryOperator::And | BinaryOperator::Or), left, right } => {
                for side in [left, right] {
                    if !joins(side, *operator) {
                        self.list(side, ClauseKind::Operand);
                    }
                    self.gather(side);
                }
            }
            ExprKind::If { condition, yes, no } => {
                self.gather(condition);
                for branch in [yes, no] {
                    self.list(branch, ClauseKind::Branch);
                    self.gather(branch);
                }
            }
            ExprKind::Quantified { over, body, .. } => {
                self.gather(over);
                self.list(body, ClauseKind::Body);
                self.gather(body);
            }
            ExprKind::Constant(_)
            | ExprKind::Variable(_)
            | ExprKind::Parameter(_)
            | ExprKind::Field { .. }
            | ExprKind::Index { .. }
            | ExprKind::Call { .. }
            | ExprKind::List(_)
            | ExprKind::Not(_)
            | ExprKind::Negate(_)
            | ExprKind::Exists(_)
            | ExprKind::Binary { .. }
            | ExprKind::Metric(_)
            | ExprKind::Baseline(_)
            | ExprKind::Failed { .. } => expr.children().into_iter().for_each(|child| self.gather(child)),
        }
    }
}

fn clauses(rule: &Rule) -> Vec<(&Expr, ClauseKind)> {
    let condition = match &rule.decision.condition {
        Condition::Require(condition) => (condition, ClauseKind::Require),
        Condition::Forbid(condition) => (condition, ClauseKind::Forbid),
    };
    let when = rule.subject.when.iter().map(|when| (when, ClauseKind::When));
    let unless = rule.decision.unless.iter().map(|unless| (unless, ClauseKind::Unless));
    when.chain([condition]).chain(unless).collect()
}

fn joins(expr: &Expr, wanted: BinaryOperator) -> bool {
    matches!(&expr.kind, ExprKind::Binary { operator, .. } if *operator == wanted)
}
