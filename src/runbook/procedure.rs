//! The procedure itself: provenance, phases, metrics, flags, guards and the way back.

use std::fmt::Write as _;

use super::{Action, Canary, Capture, Command, EnvironmentName, Guards, Id, RedFlag, Seconds, Step, Variable};

/// A run, ready to be written down for a shell, a pipeline or a person. The same plan, policies and instant give an
/// equal procedure.
///
/// It is fully resolved: roles are people, zones are epoch seconds, procedures that a plan `use`s are steps, `needs`
/// has become order. [`Procedure::faults`] says what would keep it from being emitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// The plan's id.
    pub id: Id,
    pub title: String,
    /// What is deployed ([`Id::nearest`] of the plan's service). One run at a time is allowed for each service and
    /// environment.
    pub service: Id,
    pub environment: Id,
    pub provenance: Provenance,
    /// Given to every command: the place for `VERSION`, `PREVIOUS_VERSION` and the like.
    pub env: Vec<Variable>,
    pub phases: Vec<Phase>,
    pub metrics: Vec<Metric>,
    pub red_flags: Vec<RedFlag>,
    pub guards: Guards,
    pub rollback: Rollback,
}

/// What it was made from. No text of the plan: this goes into comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// SHA-256 of the plan, 64 lower-case hexadecimal digits.
    pub plan: String,
    pub policies: Vec<PolicyDigest>,
    /// The shipped procedures it uses, by name.
    pub procedures: Vec<ProcedureDigest>,
    /// Stopline's version.
    pub stopline: String,
}

/// A shipped procedure that the plan uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureDigest {
    pub id: Id,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub digest: String,
}

impl Provenance {
    /// What the state of a run is kept under: the plan's digest, and of a plan that uses shipped procedures theirs too. The
    /// same text with another Stopline may be other steps, and those are another run.
    pub fn key(&self) -> String {
        use sha2::{Digest as _, Sha256};
        if self.procedures.is_empty() {
            return self.plan.chars().take(16).collect();
        }
        let mut hash = Sha256::new();
        hash.update(&self.plan);
        for procedure in &self.procedures {
            hash.update(&procedure.digest);
        }
        hash.finalize().iter().take(8).fold(String::new(), |mut key, byte| {
            let _ = write!(key, "{byte:02x}");
            key
        })
    }
}

/// A policy that had its say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDigest {
    pub id: Id,
    pub version: String,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub digest: String,
}

/// A part of the run that red flags and pipelines speak of by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    pub id: Id,
    pub title: String,
    pub actions: Vec<Action>,
}

/// A command that prints one number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    pub id: Id,
    pub command: Command,
    pub unit: Unit,
    /// Otherwise a number below zero is what a broken command prints, and unknown.
    pub may_be_negative: bool,
    /// A value is read again once it is this old.
    pub every: Seconds,
}

/// What a metric's number means, and how it may be printed: digits, optional `-`, fraction and exponent
/// (`12`, `-0.5`, `1e-05`), then the suffix its unit allows. Anything else is unknown, and unknown counts as raised; so is
/// what is below zero, unless the metric may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// No suffix.
    Number,
    /// `4.2` or `4.2%`: both are 4.2 %.
    Percent,
    /// `0.25`, `0.25s`, `250ms`, `3m`, `1h`; without a suffix it is seconds. Compared in seconds.
    Duration,
}

/// The way back: what was begun is undone, newest first, then these steps run in order.
///
/// The steps run only when something that changes production was begun: restarting the previous release after a
/// failed check would replace a good release by the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rollback {
    pub within: Option<Seconds>,
    pub steps: Vec<Step>,
}

impl Procedure {
    /// Every action, in order.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.phases.iter().flat_map(|phase| &phase.actions)
    }

    /// Every step, those of groups included.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.actions().flat_map(|action| {
            let own = if let Action::Step(step) = action { Some(step) } else { None };
            own.into_iter().chain(action.members())
        })
    }

    pub fn canaries(&self) -> impl Iterator<Item = &Canary> {
        self.actions().filter_map(|action| if let Action::Canary(canary) = action { Some(canary) } else { None })
    }

    /// What has failed when `id` is said to have: itself, its members, and the other part of a strategy.
    pub fn failing_as<'p>(&'p self, id: &'p Id) -> Vec<&'p Id> {
        let parts = self.steps().filter(|step| step.noted_by.as_ref() == Some(id)).map(|step| &step.id);
        let before = self.steps().filter(|step| step.id == *id).filter_map(|step| step.noted_by.as_ref());
        let group = self.actions().filter(|action| action.id() == id);
        let members = group.flat_map(Action::members).map(|step| &step.id);
        std::iter::once(id).chain(members).chain(parts).chain(before).collect()
    }

    /// Everything that is captured, with what it is captured for.
    pub fn captures(&self) -> impl Iterator<Item = (&Id, &Capture)> {
        let of_steps = self.steps().map(|step| (&step.id, step.captures.as_slice()));
        let of_canaries = self.canaries().map(|canary| (&canary.id, canary.captures.as_slice()));
        of_steps.chain(of_canaries).flat_map(|(id, captures)| captures.iter().map(move |capture| (id, capture)))
    }

    pub fn metric(&self, id: &Id) -> Option<&Metric> {
        self.metrics.iter().find(|metric| metric.id == *id)
    }

    /// Every secret some command is given, by name and once.
    pub fn secrets(&self) -> Vec<&EnvironmentName> {
        let mut secrets: Vec<_> = self
            .actions()
            .flat_map(Action::secrets)
            .chain(self.actions().flat_map(Action::members).flat_map(|step| &step.command.secrets))
            .chain(self.metrics.iter().flat_map(|metric| &metric.command.secrets))
            .chain(self.rollback.steps.iter().flat_map(|step| &step.command.secrets))
            .collect();
        secrets.sort_unstable();
        secrets.dedup();
        secrets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_plan_with_another_text_of_a_procedure_is_another_run() {
        let key = |digests: &[char]| {
            let procedures = digests
                .iter()
                .map(|digit| ProcedureDigest { id: Id::nearest("docker"), digest: digit.to_string().repeat(64) });
            let procedures = procedures.collect();
            Provenance { plan: "a".repeat(64), policies: Vec::new(), procedures, stopline: "0.1.0".to_owned() }.key()
        };
        assert_eq!(key(&[]), "a".repeat(16), "the plan alone");
        let keys = [key(&[]), key(&['b']), key(&['c']), key(&['b', 'c'])];
        assert!(keys.iter().all(|key| key.len() == 16));
        assert_eq!(keys.iter().collect::<std::collections::HashSet<_>>().len(), 4);
    }
}
