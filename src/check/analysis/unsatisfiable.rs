//! Rules that nothing they apply to can pass, with the parameters of the run.

use super::core::core;
use super::diagnostics::UNSATISFIABLE_RULE;
use super::rules::Analysed;
use super::solve::Solver;
use crate::diagnostic::Diagnostic;
use crate::model::data::Data;
use crate::model::expression::ExprKind;

pub(super) fn unsatisfiable(analysed: &Analysed<'_>, solver: &mut Solver<'_>) -> Option<Diagnostic> {
    let (condition, wanted) = analysed.required();
    if matches!(condition.kind, ExprKind::Constant(Data::Bool(_))) {
        // `forbid true` says in so many words that nothing may be like this.
        return None;
    }
    let logic = &analysed.now;
    let never = |solver: &mut Solver<'_>, goals: &[_]| solver.ask(goals).is_never();
    if !never(solver, &[logic.applies(), logic.is_met()]) || !never(solver, &[logic.applies(), logic.is_excused()]) {
        return None;
    }
    if !solver.ask(&[logic.applies()]).is_perhaps() {
        return None;
    }
    let id = &analysed.rule.id;
    let noun = analysed.noun();
    let by_itself = never(solver, &[logic.is_met()]);
    let (message, help) = if by_itself {
        (format!("no {noun} can pass `{id}`"), "let its condition leave something that is right")
    } else {
        (
            format!("no {noun} that `{id}` applies to can pass it"),
            "ask for something that its `when` leaves open; where all of these are to be stopped, forbid what `when` asks for",
        )
    };
    let diagnostic = Diagnostic::new(&UNSATISFIABLE_RULE, condition.place, message).help(help);
    let when = analysed.rule.subject.when.iter().filter(|_| !by_itself).map(|when| (when, true));
    let parts: Vec<_> = when.chain([(condition, wanted)]).collect();
    Some(core(&parts, analysed.binding(), condition.place).show(diagnostic))
}
