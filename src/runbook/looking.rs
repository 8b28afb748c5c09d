//! How long the reading of metrics can take: by the guards, between actions, and while they run. A command that runs is ended
//! at its limit all the same, but that it has ended is seen only when a reading is over.

use super::red_flag::sorted;
use super::worst_case::pause;
use super::{Action, Canary, Id, Phase, Probe, Procedure, RedFlag, Seconds, Step};

impl Procedure {
    /// The metrics that red flags read in a phase, each once.
    pub fn read_during(&self, phase: &Id) -> Vec<&Id> {
        let armed = self.red_flags.iter().filter(|flag| flag.during.contains(phase));
        sorted(armed.flat_map(|flag| flag.condition.metrics()))
    }

    /// The metrics that guards read: those of red flags, and those whose baseline they compare with.
    pub fn read_by_guards(&self) -> Vec<&Id> {
        let conditions = self.red_flags.iter().map(|flag| &flag.condition);
        sorted(conditions.flat_map(|condition| condition.metrics().into_iter().chain(condition.baselines())))
    }

    /// What red flags cost, beside what is done: the legs of the worst case that are no action.
    pub(super) fn worst_of_red_flags(&self) -> [(&'static str, Seconds); 2] {
        [("reading metrics", self.worst_looking_from(0)), ("waiting for red flags to settle", self.worst_settling())]
    }

    /// How long the guards can take to read theirs.
    pub fn worst_guards(&self) -> Seconds {
        self.reading(&self.read_by_guards())
    }

    /// How long can be spent on reading when the first `done` actions are done, beside what actions take themselves.
    pub fn worst_looking_from(&self, done: usize) -> Seconds {
        let all = self.phases.iter().flat_map(|phase| phase.actions.iter().map(move |action| (&phase.id, action)));
        let looking: Seconds = all.skip(done).map(|(phase, action)| self.worst_looking(phase, action)).sum();
        self.worst_guards().plus(looking).plus(self.worst_leaving(done))
    }

    /// Where flags stop being armed they are looked at once more. Of a phase whose actions are all done, that may be left.
    fn worst_leaving(&self, done: usize) -> Seconds {
        let mut behind = 0;
        let ends = self.disarming().map(|(phase, flags)| {
            behind += phase.actions.len();
            if behind < done { Seconds::ZERO } else { self.worst_look(&phase.id).times(looks_of_leaving(&flags)) }
        });
        ends.sum()
    }

    /// Each phase, with the flags that are not armed in the next one.
    pub(super) fn disarming(&self) -> impl Iterator<Item = (&Phase, Vec<&RedFlag>)> {
        let nexts = self.phases.iter().skip(1).map(Some).chain([None]);
        self.phases.iter().zip(nexts).map(|(phase, next)| {
            let is_last = |flag: &&RedFlag| {
                flag.during.contains(&phase.id) && !next.is_some_and(|next| flag.during.contains(&next.id))
            };
            (phase, self.red_flags.iter().filter(is_last).collect())
        })
    }

    /// The same for one action of a phase.
    pub fn worst_looking(&self, phase: &Id, action: &Action) -> Seconds {
        let own = match action {
            Action::Hold(_) => return self.worst_guards(),
            Action::Baseline(baseline) => self.reading(&baseline.metrics.iter().collect::<Vec<_>>()),
            Action::Step(_)
            | Action::Probe(_)
            | Action::Watch(_)
            | Action::Notify(_)
            | Action::Followup(_)
            | Action::Canary(_)
            | Action::Parallel(_) => Seconds::ZERO,
        };
        own.plus(self.worst_look(phase).times(action.looks().saturating_add(1)))
    }

    /// How long one look at the red flags of a phase can take.
    pub fn worst_look(&self, phase: &Id) -> Seconds {
        self.reading(&self.read_during(phase))
    }

    /// From the last action of a phase until its flags are left: a last look at those that are not armed any more, and the
    /// wait for one that is raised, but not yet for long enough.
    pub fn worst_leave(&self, phase: &Id) -> Seconds {
        let left = self.disarming().find(|(ended, _)| ended.id == *phase).map(|(_, flags)| flags).unwrap_or_default();
        let settling = left.iter().map(|flag| flag.lasting).max();
        let looking = self.worst_look(phase).times(looks_of_leaving(&left));
        settling.map_or(Seconds::ZERO, |settling| looking.plus(pause(settling)))
    }

    fn reading(&self, metrics: &[&Id]) -> Seconds {
        let known = metrics.iter().filter_map(|id| self.metric(id));
        known.map(|metric| metric.command.worst_case()).sum()
    }
}

/// Where one is waited for, a last look may begin when the wait is nearly over.
fn looks_of_leaving(flags: &[&RedFlag]) -> u64 {
    u64::from(!flags.is_empty()) + u64::from(flags.iter().any(|flag| flag.lasting > Seconds::ZERO))
}

impl Action {
    /// How often all metrics of its phase can be read within it, or be read still when something in it has ended.
    fn looks(&self) -> u64 {
        match self {
            Self::Step(step) => step.looks(),
            Self::Probe(probe) => probe.looks(),
            Self::Canary(canary) => canary.looks(),
            // While it watches, and at its end.
            Self::Watch(_) => 2,
            Self::Notify(_) => 1,
            // Before each member; and in the way back of one that may fail.
            Self::Parallel(parallel) => {
                let members = parallel.members.iter().map(|member| member.step.looks().saturating_add(1));
                members.fold(u64::from(parallel.tolerated), u64::saturating_add)
            }
            Self::Hold(_) | Self::Followup(_) | Self::Baseline(_) => 0,
        }
    }
}

impl Step {
    fn looks(&self) -> u64 {
        tries(self.retries).saturating_add(count(self.captures.len())).saturating_add(u64::from(self.verify.is_some()))
    }
}

impl Probe {
    /// In each look of its own, and in the pause behind it.
    fn looks(&self) -> u64 {
        u64::from(self.failures.max(1)).saturating_add(1).saturating_mul(2)
    }
}

impl Canary {
    /// For each share, while it is shifted, and twice for each look: in the pause before it, and for itself.
    fn looks(&self) -> u64 {
        let analysis = self.analysis.map_or(1, |analysis| u64::from(analysis.looks)).saturating_mul(2);
        let share = tries(self.retries).saturating_add(analysis);
        share.saturating_mul(count(self.shares.len())).saturating_add(count(self.captures.len()))
    }
}

/// Every try, and every pause between two.
fn tries(retries: u32) -> u64 {
    u64::from(retries).saturating_mul(2).saturating_add(1)
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runbook::sample::{change, flag, id, procedure};
    use crate::runbook::{Baseline, Hold, Metric, Unit};

    /// A metric that may take 60 seconds and 10 to be ended, with a flag that reads it in `deploy`.
    fn flagged(phases: Vec<(&str, Vec<Action>)>) -> Procedure {
        let metric = Metric {
            id: id("m"),
            command: change("m").command,
            unit: Unit::Number,
            may_be_negative: false,
            every: Seconds::new(60),
        };
        let flag = flag("f", "deploy", "m");
        Procedure { metrics: vec![metric], red_flags: vec![flag], ..procedure(phases) }
    }

    #[test]
    fn guards_each_action_what_is_in_it_and_the_end_are_counted() {
        let verified = Step { retries: 1, verify: Some(String::new()), ..change("a") };
        let flagged = flagged(vec![("deploy", vec![Action::Step(verified)])]);
        // The guards; before the step; two tries, the pause between them, the verification; the end.
        assert_eq!(flagged.worst_looking_from(0).get(), 70 * (1 + 1 + 4 + 1));
        assert_eq!(flagged.worst_looking_from(1).get(), 70 * (1 + 1));
        let without = Procedure { red_flags: Vec::new(), ..flagged.clone() };
        assert_eq!(flagged.worst_case().get(), without.worst_case().get() + 70 * 7);
    }

    #[test]
    fn where_no_flag_is_armed_only_guards_and_baselines_read() {
        let before = Action::Baseline(Baseline { id: id("before"), metrics: vec![id("m")] });
        let hold = Hold { id: id("go"), title: String::new(), by: Vec::new(), needs: 1, expires: None };
        let flagged = flagged(vec![("prepare", vec![before, Action::Step(change("a")), Action::Hold(hold)])]);
        let of = |at: usize| {
            let action = flagged.actions().nth(at).unwrap();
            flagged.worst_looking(&id("prepare"), action).get()
        };
        assert_eq!([of(0), of(1), of(2)], [70, 0, 70]);
    }
}
