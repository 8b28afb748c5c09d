//! Rules that never say anything: their `when` is never true, their condition never broken, their `unless` always true.
//! Judged for any value of their parameters, since a parameter may well be there to switch a rule off.

use super::build::{Binding, Builder, Source};
use super::core::core;
use super::diagnostics::{ALWAYS_EXCUSED, IMPOSSIBLE_WHEN, UNBREAKABLE_RULE};
use super::rules::Analysed;
use super::solve::Solver;
use super::term::Terms;
use super::truth::Truths;
use crate::diagnostic::Diagnostic;
use crate::model::expression::Expr;
use crate::model::policy::Policy;

pub(super) fn never_applies(analysed: &Analysed<'_>, solver: &mut Solver<'_>) -> Option<Diagnostic> {
    let when = analysed.rule.subject.when.as_ref()?;
    let message = format!("`{}` never applies: its `when` is never true", analysed.rule.id);
    let never = solver.ask(&[analysed.always.applies()]).is_never();
    never.then(|| impossible(when, free(analysed.policy, Source::of(analysed.rule.subject.kind)), message))
}

pub(super) fn never_fails(analysed: &Analysed<'_>, solver: &mut Solver<'_>) -> Option<Diagnostic> {
    let (rule, logic) = (analysed.rule, &analysed.always);
    if !solver.ask(&[logic.applies()]).is_perhaps() {
        return None;
    }
    if solver.ask(&[logic.applies(), logic.is_broken()]).is_never() {
        let (condition, wanted) = analysed.required();
        let message = format!("nothing can break `{}`: what it asks for always holds where it applies", rule.id);
        let diagnostic = Diagnostic::new(&UNBREAKABLE_RULE, condition.place, message)
            .label(if wanted { "this is always true" } else { "this is never true" })
            .help("ask for something that can be otherwise, or leave the rule out: it would let everything pass");
        return Some(match rule.subject.when.as_ref().filter(|_| !solver.ask(&[logic.is_broken()]).is_never()) {
            Some(when) => diagnostic.related(when.place, "for what is selected here"),
            None => diagnostic,
        });
    }
    let unless = rule.decision.unless.as_ref()?;
    if !solver.ask(&[logic.applies(), logic.is_broken(), logic.is_not_excused()]).is_never() {
        return None;
    }
    let message = format!("`{}` never fails: its `unless` excuses whatever it would stop", rule.id);
    let diagnostic = Diagnostic::new(&ALWAYS_EXCUSED, unless.place, message)
        .label("this is true whenever the rule does not hold")
        .help("let `unless` excuse less than the rule stops, or leave the rule out: it would let everything pass");
    let alone = solver.ask(&[logic.is_not_excused()]).is_never();
    Some(match rule.subject.when.as_ref().filter(|_| !alone) {
        Some(when) => diagnostic.related(when.place, "for what is selected here"),
        None => diagnostic,
    })
}

/// Red flags that no plan flies, and those that nothing raises.
pub(super) fn red_flags(policy: &Policy, found: &mut Vec<Diagnostic>) {
    for flag in &policy.red_flags {
        if let Some(when) = flag.subject.as_ref().and_then(|subject| subject.when.as_ref())
            && is_never_true(when, free(policy, Source::Plans))
        {
            let message = format!("no plan is under the red flag `{}`: its `when` is never true", flag.id);
            found.push(impossible(when, free(policy, Source::Plans), message));
        } else if is_never_true(&flag.condition, free(policy, Source::Plans)) {
            let message = format!("the red flag `{}` says `stop when` of what is never true", flag.id);
            found.push(impossible(&flag.condition, free(policy, Source::Plans), message));
        }
    }
}

fn is_never_true(condition: &Expr, binding: Binding<'_>) -> bool {
    let mut terms = Terms::default();
    let Some(formula) = Builder::new(&mut terms, binding).condition(condition) else { return false };
    terms.seal();
    Solver::new(&terms, u32::MAX).ask(&[(&formula, Truths::TRUE)]).is_never()
}

fn impossible(when: &Expr, binding: Binding<'_>, message: String) -> Diagnostic {
    let diagnostic = Diagnostic::new(&IMPOSSIBLE_WHEN, when.place, message)
        .help("let it ask for something that can be, or leave it out: as it stands nothing is judged");
    core(&[(when, true)], binding, when.place).show(diagnostic)
}

/// Any values for the parameters of a policy.
fn free(policy: &Policy, source: Source) -> Binding<'_> {
    Binding { policy, values: None, source }
}
