//! From a rule that does not hold to a finding: the place, the message, the values that decided it.

use std::borrow::Cow;

use super::context::Scope;
use super::evaluate::evaluate;
use super::literal::fix_of;
use super::render::render;
use super::unknown::Unknown;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind};
use crate::model::policy::{Condition, Rule};
use crate::source::Place;

/// How many values are shown beside a finding.
const WITNESSES: usize = 3;

/// The rule does not hold.
pub(super) fn failed(rule: &Rule, decisive: &Expr, scope: &Scope<'_>) -> Diagnostic {
    let place = place_of(rule, decisive, scope);
    let related = witnesses(decisive, scope, place);
    let finding = finding(rule, rule.severity, place, render(&rule.words.message, scope), scope);
    cured(rule, Diagnostic { related, ..finding }, scope)
}

/// Something a rule requires is not there.
pub(super) fn lacking(rule: &Rule, unknown: &Unknown, scope: &Scope<'_>) -> Diagnostic {
    let finding = finding(rule, rule.severity, unknown.place(), unknown.message(), scope);
    cured(rule, Diagnostic { label: Some(title(rule)), ..finding }, scope)
}

/// With its fix, or with why the text has none.
fn cured(rule: &Rule, finding: Diagnostic, scope: &Scope<'_>) -> Diagnostic {
    match rule.words.fix.as_ref().map(|fix| (fix, fix_of(fix, scope))) {
        Some((_, Ok(fix))) => finding.fix(fix),
        Some((fix, Err(Some(reason)))) => {
            let withheld = format!("`{}` is set by hand: {reason}", fix.path);
            let help = finding.help.as_ref().map_or_else(|| withheld.clone(), |help| format!("{help}; {withheld}"));
            finding.help(help)
        }
        Some((_, Err(None))) | None => finding,
    }
}

/// The rule cannot be decided, and stops for that.
pub(super) fn undecidable(rule: &Rule, unknown: &Unknown, scope: &Scope<'_>) -> Diagnostic {
    let message = unknown.message() + &so(&rule.id);
    let undecided = matches!(unknown, Unknown::Unresolved { .. });
    let severity = if undecided { rule.severity } else { Severity::Error };
    let finding = finding(rule, severity, unknown.place(), message, scope);
    Diagnostic { label: Some(title(rule)), undecided, unanswered: !undecided, ..finding }
}

/// Why a rule could not be decided, where a finding says that nobody could who had not read more.
pub fn reason_undecided(finding: &Diagnostic) -> Option<&str> {
    finding.message.strip_suffix(&so(&finding.rule)).filter(|_| finding.undecided)
}

fn so(rule: &str) -> String {
    format!(", so `{rule}` cannot be decided")
}

fn finding(rule: &Rule, severity: Severity, place: Place, message: String, scope: &Scope<'_>) -> Diagnostic {
    Diagnostic {
        rule: Cow::Owned(rule.id.to_string()),
        severity,
        undecided: false,
        unanswered: false,
        place: Some(place),
        message,
        label: None,
        help: rule.words.help.as_ref().map(|help| render(help, scope)),
        related: Vec::new(),
        controls: rule.words.controls.clone(),
        waived: None,
        fix: None,
    }
}

fn title(rule: &Rule) -> String {
    rule.head.label().to_owned()
}

/// Where `at` points; without it, the first thing the condition looked at; at last, the subject.
fn place_of(rule: &Rule, decisive: &Expr, scope: &Scope<'_>) -> Place {
    let pointed = rule
        .words
        .at
        .as_ref()
        .map(|path| evaluate(path, scope).map_or_else(|missing| missing.place(), |value| value.place));
    pointed
        .or_else(|| paths(decisive).into_iter().find_map(|path| evaluate(path, scope).ok()).map(|value| value.place))
        .or_else(|| scope.get(&rule.subject.variable).map(|subject| subject.place))
        .unwrap_or(rule.head.place)
}

/// The values the condition turned on, each said where it stands.
fn witnesses(decisive: &Expr, scope: &Scope<'_>, place: Place) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for path in paths(decisive) {
        let Ok(value) = evaluate(path, scope) else { continue };
        if value.place == place || matches!(value.data, Data::List(_) | Data::Record(_)) {
            continue;
        }
        if labels.iter().all(|label| label.place != value.place) && labels.len() < WITNESSES {
            labels.push(Label { place: value.place, text: format!("`{path}` is {}", value.data) });
        }
    }
    labels
}

/// The paths an expression reads, those of quantifier bodies left out: their variables have no value here.
fn paths(expr: &Expr) -> Vec<&Expr> {
    if expr.is_path() && !matches!(expr.kind, ExprKind::Variable(_)) {
        return vec![expr];
    }
    if let ExprKind::Quantified { over, .. } = &expr.kind {
        return paths(over);
    }
    expr.children().into_iter().flat_map(paths).collect()
}

/// What decides: the condition itself, or the body for the element of `every` that failed.
pub(super) const fn decisive(condition: &Condition) -> &Expr {
    match condition {
        Condition::Require(expr) | Condition::Forbid(expr) => expr,
    }
}
