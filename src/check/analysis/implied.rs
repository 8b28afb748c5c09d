//! Rules that stop nothing which another rule does not stop already, for any value of the parameters.

use super::PAIRS;
use super::contradiction::Spoken;
use super::diagnostics::IMPLIED_RULE;
use super::rules::{Analysed, Logic, Way};
use super::solve::{Goal, Solver};
use super::term::Terms;
use super::truth::{Truth, Truths};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::expression::ExprKind;

pub(super) fn implied(rules: &[&Analysed<'_>], terms: &Terms, solver: &mut Solver<'_>, found: &mut Vec<Diagnostic>) {
    let conditions: Vec<Spoken> = rules.iter().map(|rule| Spoken::of(&[&rule.always.condition], terms)).collect();
    let whole =
        |rule: &&Analysed<'_>| Spoken::of(&[&rule.always.when, &rule.always.condition, &rule.always.unless], terms);
    let whole: Vec<Spoken> = rules.iter().map(whole).collect();
    let mut needless = vec![false; rules.len()];
    let mut pairs = PAIRS;
    // From the last to the first: of two that say the same, the later one is needless.
    for (index, rule) in rules.iter().enumerate().rev() {
        if solver.is_spent() || pairs < rules.len() {
            return;
        }
        pairs -= rules.len();
        let by = rules.iter().enumerate().find(|(other, stronger)| {
            *other != index
                && needless.get(*other) == Some(&false)
                && conditions.get(*other).zip(whole.get(index)).is_some_and(|(one, two)| one.meets(*two))
                && rule.may_give_way_to(stronger)
                && implies(rule, stronger, solver)
        });
        let Some((_, stronger)) = by else { continue };
        if let Some(known) = needless.get_mut(index) {
            *known = true;
        }
        let (id, other) = (&rule.rule.id, &stronger.rule.id);
        let noun = rule.noun();
        found.push(
            Diagnostic::new(
                &IMPLIED_RULE,
                rule.rule.head.id.place,
                format!("`{id}` adds nothing: every {noun} it stops is stopped by `{other}` too"),
            )
            .label("this rule is needless")
            .related(stronger.rule.head.id.place, format!("`{other}` stops all of it"))
            .help("leave it out, or let it ask for more than the other does"),
        );
    }
}

impl Analysed<'_> {
    /// Whether nothing but what it stops speaks for a rule: its weight, its controls, its cure, its place in the runbook.
    fn may_give_way_to(&self, stronger: &Self) -> bool {
        let (rule, other) = (self.rule, stronger.rule);
        rule.judges_what(other)
            && other.severity >= rule.severity
            && rule.words.controls.iter().all(|control| other.words.controls.contains(control))
            && (other.enforced_at_run || !rule.enforced_at_run)
            && (other.words.fix.is_some() || rule.words.fix.is_none())
    }
}

/// Whether the one finds something wherever the other does, of no less weight.
fn implies(weaker: &Analysed<'_>, stronger: &Analysed<'_>, solver: &mut Solver<'_>) -> bool {
    let never = |solver: &mut Solver<'_>, ones: &[Way<'_>], others: &[Way<'_>]| {
        ones.iter().all(|one| {
            others.iter().all(|other| {
                let goals: Vec<Goal<'_>> = one.iter().chain(other).copied().collect();
                solver.ask(&goals).is_never()
            })
        })
    };
    let (one, other) = (&weaker.always, &stronger.always);
    // What cannot be decided is an error, whatever the rule weighs.
    never(solver, &one.findings(), &other.silences())
        && (stronger.rule.severity == Severity::Error
            || never(solver, &perhaps_undecided(weaker), &perhaps_decided(other)))
}

/// Every way in which a rule may not be decided.
fn perhaps_undecided<'l>(analysed: &'l Analysed<'_>) -> [Way<'l>; 3] {
    let logic = &analysed.always;
    // Of several elements one may be undecided, whatever the whole comes to.
    let each = matches!(analysed.required().0.kind, ExprKind::Quantified { .. });
    let undecided = if each { logic.holds.others() } else { logic.undecided() };
    [
        vec![(&logic.when, Truths::UNUSABLE)],
        vec![logic.applies(), logic.is_broken(), (&logic.unless, Truths::UNDECIDED)],
        vec![logic.applies(), (&logic.condition, undecided), logic.is_not_excused()],
    ]
}

/// Every way in which it may be decided.
fn perhaps_decided(logic: &Logic) -> [Way<'_>; 4] {
    let decided = logic.undecided().others();
    [
        vec![(&logic.when, Truths::FALSE.with(Truths::only(Truth::Missing)))],
        vec![logic.applies(), logic.is_met()],
        vec![logic.applies(), logic.is_excused()],
        vec![logic.applies(), (&logic.condition, decided), (&logic.unless, Truths::FALSE)],
    ]
}

impl Logic {
    /// What the condition comes to where the rule is undecided: to `require` what is missing is to fail.
    fn undecided(&self) -> Truths {
        if self.holds == Truths::TRUE { Truths::UNUSABLE } else { Truths::UNDECIDED }
    }
}
