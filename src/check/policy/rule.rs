//! `rule id "title" { … }`.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use super::clauses::{Clauses, missing, word_of};
use super::fix::check_fix;
use super::head_of;
use super::subject::check_subject;
use crate::check::expression::Typer;
use crate::diagnostic::Diagnostic;
use crate::model::expression::ExprKind;
use crate::model::policy::{Condition, Rule, SubjectKind};
use crate::model::types::Type;
use crate::source::Place;
use crate::syntax::ast::{self, Quantifier};

const CLAUSES: &[&str] = &["on", "require", "forbid", "unless", "at", "message", "help", "fix", "enforce"];

const ATTRIBUTES: &[&str] = &["severity", "controls", "docs", "schema"];

/// `None` after saying what is wrong with it.
pub(super) fn check_rule(pack: &str, written: &ast::Rule, typer: &mut Typer<'_>) -> Option<Rule> {
    let head =
        head_of("rule", written.id.as_ref(), written.title.as_ref(), written.span, typer.file, typer.diagnostics);
    let clauses = Clauses::of("rule", &written.clauses, CLAUSES, typer);
    let attributed = clauses.attributed("rule", ATTRIBUTES, typer);
    let place = head.id.place;
    let Some(on) = clauses.on else {
        missing(typer, place, "rule", "on", "say what it speaks of: `on plan`, `on step`, `on json in \"…\"`");
        return None;
    };
    let subject = check_subject(on, typer);
    let subject = subject?;
    let condition = check_condition(&clauses, place, typer);
    let unless = optional(clauses.unless, |condition| typer.condition(condition));
    // The variable of a leading `every` is known to `at`, `message` and `help`: there is one finding for each that fails.
    let bound = condition.as_ref().is_some_and(|condition| bind_witness(condition, typer));
    let at = optional(clauses.at, |path| typer.path(path));
    let message = if let Some(template) = clauses.message {
        typer.template(template)
    } else {
        let cure = "say what is wrong, for somebody who sees it at night: `message \"…\"`";
        missing(typer, place, "rule", "message", cure);
        None
    };
    let help = optional(clauses.help, |template| typer.template(template));
    let fix = optional(clauses.fix, |(path, value)| check_fix(path, value, typer));
    if bound {
        typer.scope.forget();
    }
    let enforced_at_run = match clauses.enforce {
        None => Some(false),
        Some(when) => check_enforce(when, subject.kind, typer),
    };
    Some(Rule {
        id: format!("{pack}/{}", head.id.value).into(),
        head,
        severity: attributed.severity,
        controls: attributed.controls,
        docs: attributed.docs,
        subject,
        condition: condition?,
        unless: unless.ok()?,
        at: at.ok()?,
        message: message?,
        help: help.ok()?,
        fix: fix.ok()?,
        enforced_at_run: enforced_at_run?,
    })
}

fn check_condition(clauses: &Clauses<'_>, place: Place, typer: &mut Typer<'_>) -> Option<Condition> {
    match (clauses.require, clauses.forbid) {
        (Some(condition), None) => typer.condition(condition).map(Condition::Require),
        (None, Some(condition)) => typer.condition(condition).map(Condition::Forbid),
        (Some(require), Some(forbid)) => {
            typer.condition(require);
            typer.diagnostics.push(
                Diagnostic::new(
                    typer.ids.repeated,
                    Place::new(typer.file, forbid.span),
                    "a rule has either `require` or `forbid`, not both",
                )
                .help("make two rules of it"),
            );
            None
        }
        (None, None) => {
            missing(
                typer,
                place,
                "rule",
                "require",
                "say what must hold, with `require …`, or what must not, with `forbid …`",
            );
            None
        }
    }
}

/// Declares the variable of `require every x in xs: …` (or `forbid some …`) for the clauses that follow.
fn bind_witness(condition: &Condition, typer: &mut Typer<'_>) -> bool {
    let (expr, wanted) = match condition {
        Condition::Require(expr) => (expr, Quantifier::Every),
        Condition::Forbid(expr) => (expr, Quantifier::Some),
    };
    let ExprKind::Quantified { quantifier, variable, over, .. } = &expr.kind else { return false };
    if *quantifier != wanted {
        return false;
    }
    let element = match over.of_type {
        Type::List(element) => *element,
        _ => Type::Any,
    };
    typer.scope.declare(&variable.name, element);
    true
}

fn check_enforce(when: &ast::Name, subject: SubjectKind, typer: &mut Typer<'_>) -> Option<bool> {
    word_of(typer, when, "when a rule can be enforced", &["run"])?;
    if subject == SubjectKind::Plan {
        return Some(true);
    }
    typer.diagnostics.push(
        Diagnostic::new(
            typer.ids.impossible,
            Place::new(typer.file, when.span),
            "only a rule on `plan` can be enforced while the plan runs",
        )
        .help("leave `enforce run` out, or write the rule on `plan`"),
    );
    None
}

/// What is wrong was said.
struct Mistaken;

/// What an optional clause says.
fn optional<C, T>(clause: Option<C>, check: impl FnOnce(C) -> Option<T>) -> Result<Option<T>, Mistaken> {
    clause.map_or(Ok(None), |clause| check(clause).map(Some).ok_or(Mistaken))
}
