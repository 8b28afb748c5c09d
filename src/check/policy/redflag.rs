//! `redflag id "title" { … }`, in a policy for every plan it selects, or in a plan for itself.

use super::clauses::{Clauses, missing, word_of};
use super::head_of;
use super::subject::check_subject;
use crate::check::expression::Typer;
use crate::check::names::IN_PLANS;
use crate::check::scope::{Flags, Scope};
use crate::diagnostic::Diagnostic;
use crate::model::enums::{FlagAction, Unit};
use crate::model::located::Located;
use crate::model::plan::Plan;
use crate::model::policy::{RedFlag, SubjectKind};
use crate::model::read::{AttributeType, Head, Reader};
use crate::model::units::Duration;
use crate::source::{FileId, Place};
use crate::syntax::ast;

const IN_A_POLICY: &[&str] = &["on", "during", "stop", "then"];
/// A raised flag stops, whatever it is called: it has no severity.
const ATTRIBUTES: &[&str] = &["controls", "docs"];
const IN_A_PLAN: &[&str] = &["during", "stop", "then"];

pub(super) fn policy_red_flag(pack: &str, written: &ast::RedFlag, typer: &mut Typer<'_>) -> Option<RedFlag> {
    let head =
        head_of("redflag", written.id.as_ref(), written.title.as_ref(), written.span, typer.file, typer.diagnostics);
    let clauses = Clauses::of("red flag", &written.clauses, IN_A_POLICY, typer);
    let Some(on) = clauses.on else {
        missing(typer, head.id.place, "red flag", "on", "say which plans it is for: `on plan when …`");
        return None;
    };
    let subject = check_subject(on, typer)?;
    if subject.kind != SubjectKind::Plan {
        typer.diagnostics.push(
            Diagnostic::new(typer.ids.impossible, subject.place, "a red flag of a policy is `on plan`")
                .help("write `on plan when …`"),
        );
        return None;
    }
    // While the plan runs, only metrics and failures are known: the plan itself has long been judged.
    typer.scope.forget();
    typer.scope.flags = Flags::OfAnyPlan;
    let id = format!("{pack}/{}", head.id.value);
    let flag = red_flag(&id, head, &clauses, typer)?;
    Some(RedFlag { subject: Some(subject), ..flag })
}

/// The red flags that a plan declares for itself, typed against its metrics.
pub(crate) fn plan_red_flags(file: FileId, plan: &Plan, diagnostics: &mut Vec<Diagnostic>) -> Vec<RedFlag> {
    let metrics = plan
        .metrics
        .iter()
        .map(|metric| (metric.head.id.value.clone(), metric.unit.as_ref().map_or(Unit::Number, |unit| unit.value)))
        .collect();
    let scope = Scope { flags: Flags::OfThisPlan(metrics), ..Scope::default() };
    plan.red_flags
        .iter()
        .filter_map(|declared| {
            let mut typer = Typer { file, ids: &IN_PLANS, scope: scope.clone(), diagnostics };
            let clauses = Clauses::of("red flag", &declared.syntax.clauses, IN_A_PLAN, &mut typer);
            red_flag(&declared.head.id.value, declared.head.clone(), &clauses, &mut typer)
        })
        .collect()
}

fn red_flag(id: &str, head: Head, clauses: &Clauses<'_>, typer: &mut Typer<'_>) -> Option<RedFlag> {
    let attributed = clauses.attributed("red flag", ATTRIBUTES, typer);
    let place = head.id.place;
    let stop = if let Some((when, lasting)) = clauses.stop {
        let condition = typer.condition(when);
        let lasting = match lasting {
            Some(value) => Duration::read(value, &mut Reader::new(typer.file, typer.ids, typer.diagnostics)),
            None => Some(Duration::ZERO),
        };
        condition.zip(lasting)
    } else {
        missing(typer, place, "red flag", "stop", "say when to stop: `stop when metric.error-rate > 5% for 1m`");
        None
    };
    let then = if let Some(written) = clauses.then {
        flag_action(written, typer)
    } else {
        missing(typer, place, "red flag", "then", "say what happens then: `then rollback` or `then hold`");
        None
    };
    let during = clauses
        .during
        .iter()
        .map(|phase| Located::new(phase.value.clone(), Place::new(typer.file, phase.span)))
        .collect();
    let (condition, lasting) = stop?;
    Some(RedFlag {
        id: id.into(),
        head,
        subject: None,
        during,
        condition,
        lasting,
        then: then?,
        controls: attributed.controls,
        docs: attributed.docs,
    })
}

fn flag_action(written: &ast::Name, typer: &mut Typer<'_>) -> Option<Located<FlagAction>> {
    let words: Vec<&str> = FlagAction::ALL.iter().map(|action| action.name()).collect();
    let found = word_of(typer, written, "what a red flag can lead to", &words)?;
    let action = FlagAction::ALL.iter().copied().find(|action| action.name() == found)?;
    Some(Located::new(action, Place::new(typer.file, written.span)))
}
