//! `rule id "title" { … }`.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use super::clauses::{Attributed, Clauses, missing, word_of};
use super::fix::check_fix;
use super::head_of;
use super::schema::agrees_with_schema;
use super::stored::{Later, StoredRule};
use super::subject::check_subject;
use crate::check::document_schema;
use crate::check::expression::Typer;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::deferred::Deferred;
use crate::model::expression::{Expr, ExprKind};
use crate::model::policy::{Condition, Decision, Rule, Subject, SubjectKind, Words};
use crate::model::read::Head;
use crate::model::types::Type;
use crate::source::Place;
use crate::syntax::ast::{self, Quantifier};

pub(super) const CLAUSES: &[&str] = &["on", "require", "forbid", "unless", "at", "message", "help", "fix", "enforce"];

const ATTRIBUTES: &[&str] = &["severity", "controls", "docs", "schema"];

/// `None` after saying what is wrong with it.
pub(super) fn check_rule(pack: &str, written: &ast::Rule, typer: &mut Typer<'_>) -> Option<Rule> {
    let clauses = Clauses::of("rule", &written.clauses, CLAUSES, typer);
    let (opening, attributed) = check_opening(written, &clauses, typer)?;
    let place = opening.head.id.place;
    let condition = check_condition(&clauses, place, typer);
    let unless = check_unless(&clauses, typer);
    let words = check_words(&clauses, &attributed, condition.as_ref(), place, typer);
    let said = document_schema::Clauses {
        condition: condition.as_ref(),
        unless: unless.as_ref().ok().and_then(Option::as_ref),
        words: words.as_ref(),
    };
    if !agrees_with_schema(&attributed, &opening.subject, &said, typer) {
        return None;
    }
    let decision = Decision { condition: condition?, unless: unless.ok()? };
    Some(opening.rule(pack, decision.into(), words?.into()))
}

/// The same for a rule that was found sound when Stopline was tested: the rest of it is read when it is asked for.
pub(super) fn stored_rule(pack: &str, written: &ast::Rule, stored: StoredRule, typer: &mut Typer<'_>) -> Option<Rule> {
    let clauses = Clauses::of("rule", &written.clauses, CLAUSES, typer);
    let (opening, _) = check_opening(written, &clauses, typer)?;
    let (place, title) = (opening.head.id.place, opening.head.label().to_owned());
    let later = Later { file: typer.file, scope: typer.scope.clone() };
    let again = later.clone();
    let decision = Deferred::new(move || {
        let found = again.read(stored.decides, |clauses, typer| {
            let condition = check_condition(clauses, place, typer)?;
            Some(Decision { condition, unless: check_unless(clauses, typer).ok()? })
        });
        found.unwrap_or_else(|| Decision::impossible(place))
    });
    let decided = decision.clone();
    let words = Deferred::new(move || {
        let found = later.read(stored.says, |clauses, typer| {
            let attributed = clauses.attributed("rule", ATTRIBUTES, typer);
            check_words(clauses, &attributed, Some(&decided.condition), place, typer)
        });
        found.unwrap_or_else(|| Words::plain(&title))
    });
    Some(opening.rule(pack, decision, words))
}

/// What a rule is about.
struct Opening {
    head: Head,
    severity: Severity,
    subject: Subject,
    enforced_at_run: bool,
}

impl Opening {
    fn rule(self, pack: &str, decision: Deferred<Decision>, words: Deferred<Words>) -> Rule {
        let Self { head, severity, subject, enforced_at_run } = self;
        Rule {
            id: format!("{pack}/{}", head.id.value).into(),
            head,
            severity,
            subject,
            decision,
            words,
            enforced_at_run,
        }
    }
}

fn check_opening(written: &ast::Rule, clauses: &Clauses<'_>, typer: &mut Typer<'_>) -> Option<(Opening, Attributed)> {
    let head =
        head_of("rule", written.id.as_ref(), written.title.as_ref(), written.span, typer.file, typer.diagnostics);
    let attributed = clauses.attributed("rule", ATTRIBUTES, typer);
    let Some(on) = clauses.on else {
        missing(typer, head.id.place, "rule", "on", "say what it speaks of: `on plan`, `on step`, `on json in \"…\"`");
        return None;
    };
    let subject = check_subject(on, typer)?;
    let enforced_at_run = match clauses.enforce {
        None => false,
        Some(when) => check_enforce(when, subject.kind, typer)?,
    };
    Some((Opening { head, severity: attributed.severity, subject, enforced_at_run }, attributed))
}

fn check_unless(clauses: &Clauses<'_>, typer: &mut Typer<'_>) -> Result<Option<Expr>, Mistaken> {
    optional(clauses.unless, |condition| typer.condition(condition))
}

fn check_words(
    clauses: &Clauses<'_>,
    attributed: &Attributed,
    condition: Option<&Condition>,
    place: Place,
    typer: &mut Typer<'_>,
) -> Option<Words> {
    // The variable of a leading `every` is known to `at`, `message` and `help`: there is one finding for each that fails.
    let bound = condition.is_some_and(|condition| bind_witness(condition, typer));
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
    let Attributed { controls, docs, .. } = attributed;
    let (controls, docs) = (controls.clone(), docs.clone());
    Some(Words { at: at.ok()?, message: message?, help: help.ok()?, fix: fix.ok()?, controls, docs })
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
