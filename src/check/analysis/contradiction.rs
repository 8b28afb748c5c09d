//! Two rules that nothing can pass both of, with the parameters of the run.
//!
//! Said only where it is certain that something meets both: one of them applies wherever the other does, or there is an
//! example. What one rule cannot pass alone is not laid at the other's door.

use super::PAIRS;
use super::diagnostics::CONTRADICTING_RULES;
use super::example::example;
use super::formula::Formula;
use super::rules::{Analysed, Logic};
use super::solve::{Answer, Solver};
use super::term::{TermId, Terms};
use super::truth::Truths;
use crate::diagnostic::Diagnostic;
use crate::model::policy::Rule;

/// Each rule is held against as many of the first ones as `earlier` says.
pub(super) fn contradictions(
    rules: &[&Analysed<'_>],
    earlier: impl Fn(usize) -> usize,
    terms: &Terms,
    solver: &mut Solver<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let spoken: Vec<Spoken> = rules.iter().map(|rule| Spoken::of(&[&rule.now.condition], terms)).collect();
    let every: Vec<(&&Analysed<'_>, &Spoken)> = rules.iter().zip(&spoken).collect();
    let pairs = every
        .iter()
        .enumerate()
        .flat_map(|(index, later)| every.iter().take(earlier(index)).map(move |earlier| (later, earlier)));
    for ((later, here), (earlier, there)) in pairs.take(PAIRS) {
        if solver.is_spent() {
            return;
        }
        if here.meets(**there) && earlier.rule.judges_what(later.rule) && exclude(&earlier.now, &later.now, solver) {
            found.extend(certain(earlier, later, terms, solver));
        }
    }
}

/// Whether nothing that both apply to can pass both, though it could pass either.
fn exclude(one: &Logic, other: &Logic, solver: &mut Solver<'_>) -> bool {
    let both = [one.applies(), other.applies()];
    let [first, second] = both;
    solver.ask(&[first, second, one.is_met(), other.is_met()]).is_never()
        && [one, other].iter().all(|alone| solver.ask(&[first, second, alone.is_met()]).is_perhaps())
}

fn certain(earlier: &Analysed<'_>, later: &Analysed<'_>, terms: &Terms, solver: &mut Solver<'_>) -> Option<Diagnostic> {
    let (one, other) = (&earlier.now, &later.now);
    let goals = [one.applies(), other.applies(), one.is_not_excused(), other.is_not_excused()];
    let Answer::Perhaps(states) = solver.ask(&goals) else { return None };
    let like = example(terms, &states);
    if like.is_none() && !states.is_empty() {
        let excuses = earlier.rule.decision.unless.is_some() || later.rule.decision.unless.is_some();
        let mut covers = |inner: &Logic, outer: &Logic| {
            solver.ask(&[inner.applies(), (&outer.when, Truths::TRUE.others())]).is_never()
        };
        if excuses || !(covers(one, other) || covers(other, one)) {
            return None;
        }
    }
    let noun = later.noun();
    let message = match &like {
        Some(_) => format!("no {noun} that both apply to can pass `{}` and `{}`", earlier.rule.id, later.rule.id),
        None => format!("no {noun} can pass both `{}` and `{}`", earlier.rule.id, later.rule.id),
    };
    let cure = "let one of them apply elsewhere, excuse the other's cases with `unless`, or leave one out";
    let help = match like {
        Some(like) => format!("where {like}, one of them stops the {noun} whatever else it says: {cure}"),
        None => cure.to_owned(),
    };
    let (condition, _) = later.required();
    let (other, _) = earlier.required();
    Some(
        Diagnostic::new(&CONTRADICTING_RULES, condition.place, message)
            .label("this leaves nothing that the other rule allows")
            .related(other.place, format!("`{}` asks for this", earlier.rule.id))
            .help(help),
    )
}

/// Which terms some formulas speak of, roughly: two that share none have nothing to do with each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken(u128);

impl Spoken {
    pub(super) fn of(formulas: &[&Formula], terms: &Terms) -> Self {
        let mut tests: Vec<(TermId, Option<usize>)> = Vec::new();
        for formula in formulas {
            formula.tests(&mut tests);
        }
        // Whatever is said of elements speaks of their list.
        let named =
            |id: TermId| terms.get(id).filter(|term| term.element.is_some()).and_then(|term| term.parent).unwrap_or(id);
        Self(tests.into_iter().fold(0, |all, (term, _)| all | 1 << (named(term).0 % 128)))
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Rule {
    /// Whether both judge the same things, as far as files and parts of plans go.
    pub(super) fn judges_what(&self, other: &Self) -> bool {
        let (one, two) = (&self.subject, &other.subject);
        let globs = one.globs.iter().map(|glob| &glob.value);
        one.kind == two.kind && globs.eq(two.globs.iter().map(|glob| &glob.value))
    }
}
