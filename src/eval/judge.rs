//! One rule over one plan.

use super::condition::{Known, condition, elements};
use super::context::{Context, Scope};
use super::finding::{decisive, failed, lacking, undecidable};
use super::outcome::{Judgement, Outcome, Skipped};
use super::subject::scopes;
use super::unknown::Unknown;
use crate::diagnostic::Diagnostic;
use crate::model::data::Value;
use crate::model::expression::{Expr, ExprKind, Variable};
use crate::model::policy::{Condition, Rule};
use crate::syntax::ast::Quantifier;

/// Judges a rule over every subject it finds in a plan (see [`plan_value`](crate::model::plan::plan_value)).
pub fn judge_rule(rule: &Rule, plan: &Value, context: &Context<'_>) -> Judgement {
    Judgement { outcomes: scopes(&rule.subject, plan, context).iter().map(|scope| judge(rule, scope)).collect() }
}

/// Judges a rule over one subject out of a file.
pub fn judge_subject(rule: &Rule, subject: &Value, context: &Context<'_>) -> Outcome {
    judge(rule, &Scope::of(subject, context))
}

fn judge(rule: &Rule, scope: &Scope<'_>) -> Outcome {
    match rule.subject.when.as_ref().map(|when| condition(when, scope)) {
        None | Some(Ok(true)) => {}
        Some(Ok(false)) => return Outcome::Skip(Skipped::When),
        Some(Err(Unknown::Missing { .. })) => return Outcome::Skip(Skipped::WhenMissing),
        Some(Err(unknown @ (Unknown::Unusable { .. } | Unknown::Unresolved { .. }))) => {
            return Outcome::Error(vec![undecidable(rule, &unknown, scope)]);
        }
    }
    let verdict = verdict(rule, scope);
    match &verdict {
        Verdict::Holds => return Outcome::Pass,
        Verdict::Broken(_) | Verdict::Undecided(_) => {}
    }
    match rule.decision.unless.as_ref().map(|unless| condition(unless, scope)) {
        Some(Ok(true)) => return Outcome::Skip(Skipped::Unless),
        Some(Err(unknown)) => return Outcome::Error(vec![undecidable(rule, &unknown, scope)]),
        Some(Ok(false)) | None => {}
    }
    match verdict {
        Verdict::Holds => Outcome::Pass,
        Verdict::Broken(findings) => Outcome::Fail(findings),
        Verdict::Undecided(findings) => Outcome::Error(findings),
    }
}

enum Verdict {
    Holds,
    Broken(Vec<Diagnostic>),
    Undecided(Vec<Diagnostic>),
}

fn verdict(rule: &Rule, scope: &Scope<'_>) -> Verdict {
    let expr = decisive(&rule.decision.condition);
    if let ExprKind::Quantified { variable, over, body, .. } = &expr.kind
        && is_judged_one_by_one(&rule.decision.condition)
    {
        return each(rule, variable, over, body, scope);
    }
    let findings = one(rule, expr, condition(expr, scope), scope);
    gather([findings])
}

/// Whether each element that breaks the rule is a finding of its own.
pub(super) fn is_judged_one_by_one(condition: &Condition) -> bool {
    let (expr, wanted) = match condition {
        Condition::Require(expr) => (expr, Quantifier::Every),
        Condition::Forbid(expr) => (expr, Quantifier::Some),
    };
    matches!(&expr.kind, ExprKind::Quantified { quantifier, .. } if *quantifier == wanted)
}

/// One finding for each element that breaks the rule.
fn each(rule: &Rule, variable: &Variable, over: &Expr, body: &Expr, scope: &Scope<'_>) -> Verdict {
    let items = match elements(over, scope) {
        Ok(items) => items,
        Err(unknown) => return gather([one(rule, over, Err(unknown), scope)]),
    };
    gather(items.iter().map(|item| {
        let inner = scope.with(variable, item);
        let known = condition(body, &inner);
        one(rule, body, known, &inner)
    }))
}

/// What one answer means for the rule: nothing, a finding, or that it cannot be decided.
fn one(rule: &Rule, decisive: &Expr, known: Known, scope: &Scope<'_>) -> Option<Found> {
    match (&rule.decision.condition, known) {
        (Condition::Require(_), Ok(true)) | (Condition::Forbid(_), Ok(false)) => None,
        (Condition::Require(_), Ok(false)) | (Condition::Forbid(_), Ok(true)) => {
            Some(Found::Broken(failed(rule, decisive, scope)))
        }
        (Condition::Require(_), Err(unknown @ Unknown::Missing { .. })) => {
            Some(Found::Broken(lacking(rule, &unknown, scope)))
        }
        (Condition::Require(_) | Condition::Forbid(_), Err(unknown)) => {
            Some(Found::Undecided(undecidable(rule, &unknown, scope)))
        }
    }
}

enum Found {
    Broken(Diagnostic),
    Undecided(Diagnostic),
}

/// All findings are kept; one that could not be decided makes the whole undecided.
fn gather(found: impl IntoIterator<Item = Option<Found>>) -> Verdict {
    let (mut findings, mut undecided) = (Vec::new(), false);
    for finding in found.into_iter().flatten() {
        match finding {
            Found::Broken(finding) => findings.push(finding),
            Found::Undecided(finding) => {
                undecided = true;
                findings.push(finding);
            }
        }
    }
    match (findings.is_empty(), undecided) {
        (true, _) => Verdict::Holds,
        (false, true) => Verdict::Undecided(findings),
        (false, false) => Verdict::Broken(findings),
    }
}
