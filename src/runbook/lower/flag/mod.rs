//! Red flags of the plan and of the policies over it: where they are armed, what they read, what they lead to.

mod condition;
mod quantity;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use self::condition::Reader;
use super::diagnostics::UNSUPPORTED_RED_FLAG;
use super::{AppliedPolicy, Lowering};
use crate::check::names::IN_PLANS;
use crate::check::plan::CheckedPlan;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::data::Value;
use crate::model::enums::FlagAction;
use crate::model::policy;
use crate::runbook::{Action, Baseline, Condition, Consequence, Id, Metric, Phase, RedFlag, Seconds};

/// Whose flag it is.
#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    Plan,
    /// A policy, with the values of its parameters.
    Policy(&'a HashMap<Arc<str>, Value>),
}

/// A flag whose condition is known, and not yet where it is armed.
#[derive(Debug)]
struct Unarmed<'a> {
    written: &'a policy::RedFlag,
    source: Source<'a>,
    flag: RedFlag,
}

impl Lowering<'_> {
    pub(super) fn red_flags(
        &mut self,
        checked: &CheckedPlan,
        policies: &[AppliedPolicy<'_>],
        metrics: &[Metric],
        phases: &mut Vec<Phase>,
    ) -> Vec<RedFlag> {
        let own = checked.red_flags.iter().map(|flag| (flag, Source::Plan));
        let theirs = policies
            .iter()
            .flat_map(|applied| applied.red_flags.iter().map(|flag| (*flag, Source::Policy(applied.parameters))));
        let unarmed: Vec<Unarmed<'_>> = own
            .chain(theirs)
            .filter_map(|(written, source)| {
                let flag = self.red_flag(written, source, metrics, phases)?;
                Some(Unarmed { written, source, flag })
            })
            .collect();
        let baselines: Vec<Id> = unarmed.iter().flat_map(|it| it.flag.condition.baselines()).cloned().collect();
        self.add_baseline(baselines, phases);
        unarmed.into_iter().filter_map(|it| self.armed(it, phases)).collect()
    }

    fn red_flag(
        &mut self,
        written: &policy::RedFlag,
        source: Source<'_>,
        metrics: &[Metric],
        phases: &[Phase],
    ) -> Option<RedFlag> {
        let id = match source {
            Source::Plan => self.red_flags.claim(&written.head, &mut self.diagnostics),
            Source::Policy(_) => Some(self.red_flags.free(&written.id.replace('/', "-"), written.head.id.place)),
        };
        let then = Self::consequence(written);
        let nothing = HashMap::new();
        let parameters = match source {
            Source::Plan => &nothing,
            Source::Policy(parameters) => parameters,
        };
        let reader = Reader { flag: written, plan: self.plan.head.id.place, parameters, metrics, phases, names: self };
        let condition = reader.whole();
        match condition {
            Ok(None) => None,
            Ok(Some(condition)) => Some(RedFlag {
                id: id?,
                title: written.head.label().to_owned(),
                during: Vec::new(),
                condition,
                lasting: Seconds::from_millis(written.lasting.milliseconds()),
                then,
                policy: Self::policy_of(written, source),
            }),
            Err(refusal) => {
                self.diagnostics.push(*refusal);
                None
            }
        }
    }

    fn consequence(written: &policy::RedFlag) -> Consequence {
        match written.then.value {
            FlagAction::Rollback => Consequence::Rollback,
            FlagAction::Hold => Consequence::Hold,
            FlagAction::FixForward => Consequence::FixForward,
        }
    }

    /// The policy a flag comes from: its id is `pack/flag`. A policy whose id does not fit has been refused.
    fn policy_of(written: &policy::RedFlag, source: Source<'_>) -> Option<Id> {
        match source {
            Source::Plan => None,
            Source::Policy(_) => Id::new(written.id.split('/').next().unwrap_or_default()).ok(),
        }
    }

    /// What "before" was is read when `prepare` is over, or before the first phase where there is no `prepare`.
    fn add_baseline(&mut self, mut metrics: Vec<Id>, phases: &mut Vec<Phase>) {
        if metrics.is_empty() {
            return;
        }
        metrics.sort_unstable();
        metrics.dedup();
        let place = self.plan.head.id.place;
        let baseline = Action::Baseline(Baseline { id: self.actions.free("baseline", place), metrics });
        if let Some(prepare) = phases.iter_mut().find(|phase| phase.id.as_str() == "prepare") {
            prepare.actions.push(baseline);
            return;
        }
        let first = usize::from(phases.first().is_some_and(|phase| self.is_made(phase)));
        let id = self.phases.free("prepare", place);
        phases.insert(first, Phase { id, title: "Before".to_owned(), actions: vec![baseline] });
    }

    /// Whether a phase stands in no plan: that of the checklists.
    fn is_made(&self, phase: &Phase) -> bool {
        !self.plan.phases.iter().any(|written| self.phases.find(written.name()) == Some(&phase.id))
    }

    /// A flag that compares with "before" is armed after "before" was read.
    fn armed(&mut self, unarmed: Unarmed<'_>, phases: &[Phase]) -> Option<RedFlag> {
        let Unarmed { written, source, mut flag } = unarmed;
        let after = if flag.condition.baselines().is_empty() { 0 } else { first_after_baseline(phases) };
        let later: Vec<&Id> = phases.iter().skip(after).map(|phase| &phase.id).collect();
        let mut named = HashSet::new();
        for during in &written.during {
            let Some(id) = self.phases.find(&during.value).cloned() else {
                if let Source::Plan = source {
                    self.unknown_phase(&during.value, during.place);
                    return None;
                }
                continue;
            };
            if !later.contains(&&id) {
                let message = format!("`{}` is armed in `{id}`, before its baseline is read", written.id);
                let help = "the baseline is read at the end of `prepare`: arm the flag after it";
                self.refuse(&UNSUPPORTED_RED_FLAG, during.place, message, help);
                return None;
            }
            named.insert(id);
        }
        flag.during =
            later.into_iter().filter(|id| written.during.is_empty() || named.contains(*id)).cloned().collect();
        if flag.during.is_empty() {
            if matches!(source, Source::Policy(_)) && waits_only_for_failures(&flag.condition) {
                return None;
            }
            self.diagnostics.push(self.armed_nowhere(written));
            return None;
        }
        Some(flag)
    }

    fn unknown_phase(&mut self, name: &str, place: crate::source::Place) {
        let help = did_you_mean(name, self.phases.known())
            .map_or_else(|| format!("add `phase {name} {{ … }}`"), |meant| format!("did you mean `{meant}`?"));
        let message = format!("the plan has no phase `{name}`");
        self.diagnostics.push(Diagnostic::new(IN_PLANS.unknown, place, message).help(help));
    }

    fn armed_nowhere(&self, written: &policy::RedFlag) -> Diagnostic {
        let phases: Vec<String> = written.during.iter().map(|during| format!("`{}`", during.value)).collect();
        let (message, help) = if phases.is_empty() {
            let message = format!("the plan has no phase in which `{}` could be raised", written.id);
            (message, "give the plan a phase after its baseline is read".to_owned())
        } else {
            let phases = phases.join(", ");
            let message = format!("`{}` is armed in {phases} alone, which this plan does not have", written.id);
            (message, format!("give the plan {phases}, so that the flag can be seen"))
        };
        let place = written.during.first().map_or(written.head.id.place, |during| during.place);
        Diagnostic::new(&UNSUPPORTED_RED_FLAG, self.plan.head.id.place, message).related(place, "armed here").help(help)
    }
}

/// Such a flag has nothing to see where its phases are not: what is not there cannot fail.
fn waits_only_for_failures(condition: &Condition) -> bool {
    condition.leaves().into_iter().all(|leaf| matches!(leaf, Condition::StepFailed(_) | Condition::PhaseFailed(_)))
}

fn first_after_baseline(phases: &[Phase]) -> usize {
    let reads = |phase: &Phase| phase.actions.iter().any(|action| matches!(action, Action::Baseline(_)));
    phases.iter().position(reads).map_or(0, |index| index + 1)
}
