//! How long a procedure can take at most. Waiting for people is not counted: guards are judged again after it.

use std::collections::HashMap;

use super::{Action, Canary, Capture, Check, Command, Id, Parallel, Probe, Procedure, Seconds, Step, Undo};

/// From the polite signal to the certain one, and what the runbook itself needs around a command.
const GRACE: Seconds = Seconds::new(6);

impl Procedure {
    /// The longest the whole run can take, the way back from its very end included.
    pub fn worst_case(&self) -> Seconds {
        self.worst_case_from(0)
    }

    /// The same for what is left when the first `done` actions are done (counted through all phases).
    pub fn worst_case_from(&self, done: usize) -> Seconds {
        let actions = self.actions().skip(done).map(Action::worst_case).sum::<Seconds>();
        actions.plus(self.worst_looking_from(done)).plus(self.worst_settling()).plus(self.worst_rollback())
    }

    /// The longest way back: every undo, tried as often as allowed, then the rollback's own steps.
    pub fn worst_rollback(&self) -> Seconds {
        let undos = self.actions().map(Action::worst_undo).sum::<Seconds>();
        undos.plus(self.rollback.steps.iter().map(Step::worst_case).sum())
    }
}

impl Procedure {
    /// A flag that is raised, but not yet for long enough, when it stops being armed is waited for.
    pub(super) fn worst_settling(&self) -> Seconds {
        self.disarming().map(|(_, flags)| flags.iter().map(|flag| flag.lasting).max().unwrap_or_default()).sum()
    }
}

impl Action {
    /// The longest it can take, without the wait for a person and without its undo.
    pub fn worst_case(&self) -> Seconds {
        match self {
            Self::Step(step) => step.worst_case(),
            Self::Probe(probe) => probe.worst_case(),
            Self::Watch(watch) => watch.lasting,
            Self::Notify(notify) => notify.command.worst_case(),
            Self::Canary(canary) => canary.worst_case(),
            Self::Parallel(parallel) => parallel.worst_case(),
            Self::Hold(_) | Self::Followup(_) | Self::Baseline(_) => Seconds::ZERO,
        }
    }

    pub(super) fn worst_undo(&self) -> Seconds {
        match self {
            Self::Step(step) => step.worst_undo(),
            Self::Canary(canary) => undo(&canary.undo, &canary.command, canary.retries, canary.retry_delay),
            Self::Parallel(parallel) => parallel.members.iter().map(|member| member.step.worst_undo()).sum(),
            Self::Hold(_)
            | Self::Probe(_)
            | Self::Watch(_)
            | Self::Notify(_)
            | Self::Followup(_)
            | Self::Baseline(_) => Seconds::ZERO,
        }
    }
}

impl Step {
    /// What it captures, every try, the pauses between them, and the verification.
    pub fn worst_case(&self) -> Seconds {
        let captures = capturing(&self.captures, &self.command);
        let verify = if self.verify.is_some() { self.command.worst_case() } else { Seconds::ZERO };
        tries(&self.command, self.retries, self.retry_delay).plus(verify).plus(captures)
    }

    /// Every try of its undo.
    pub(super) fn worst_undo(&self) -> Seconds {
        undo(&self.undo, &self.command, self.retries, self.retry_delay)
    }
}

impl Command {
    pub(super) fn worst_case(&self) -> Seconds {
        self.timeout.plus(GRACE)
    }
}

impl Probe {
    fn worst_case(&self) -> Seconds {
        let grace = match self.check {
            Check::Http { .. } => Seconds::ZERO,
            Check::Script { .. } => GRACE,
        };
        let bad = self.every.plus(self.timeout).plus(grace);
        self.lasting.plus(bad.times(u64::from(self.failures.max(1))))
    }
}

impl Parallel {
    /// With room for all at once, the longest chain of needs; else no more than that and an even share of everything, as
    /// a member begins as soon as there is room. Those that may fail are taken back in between.
    fn worst_case(&self) -> Seconds {
        let mut ends: HashMap<&Id, Seconds> = HashMap::new();
        for member in &self.members {
            let begins = member.needs.iter().filter_map(|needed| ends.get(needed)).max().copied().unwrap_or_default();
            ends.insert(&member.step.id, begins.plus(member.step.worst_case()));
        }
        let chain = ends.values().max().copied().unwrap_or_default();
        let all: Seconds = self.members.iter().map(|member| member.step.worst_case()).sum();
        let room = u64::from(self.limit.max(1));
        let forth = if u64::try_from(self.members.len()).is_ok_and(|members| members <= room) {
            chain
        } else {
            chain.plus(Seconds::new(all.get().div_ceil(room))).min(all)
        };
        let mut undos: Vec<Seconds> = self.members.iter().map(|member| member.step.worst_undo()).collect();
        undos.sort_unstable_by_key(|undo| std::cmp::Reverse(*undo));
        let tolerated = usize::try_from(self.tolerated).unwrap_or(usize::MAX);
        forth.plus(undos.into_iter().take(tolerated).sum())
    }
}

impl Canary {
    fn worst_case(&self) -> Seconds {
        let analysis = match self.analysis {
            Some(analysis) => self.every.times(u64::from(analysis.looks)),
            None => self.analyze,
        };
        let share = tries(&self.command, self.retries, self.retry_delay).plus(analysis);
        let shares = share.times(u64::try_from(self.shares.len()).unwrap_or(u64::MAX));
        shares.plus(capturing(&self.captures, &self.command))
    }
}

fn capturing(captures: &[Capture], command: &Command) -> Seconds {
    command.capture_timeout().plus(GRACE).times(u64::try_from(captures.len()).unwrap_or(u64::MAX))
}

fn tries(command: &Command, retries: u32, delay: Seconds) -> Seconds {
    let retries = u64::from(retries);
    command.worst_case().times(retries + 1).plus(delay.times(retries))
}

fn undo(undo: &Undo, command: &Command, retries: u32, delay: Seconds) -> Seconds {
    match undo {
        Undo::Command(_) => tries(command, retries, delay),
        Undo::Irreversible(_) | Undo::With(_) | Undo::None => Seconds::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runbook::sample::{change, id, procedure};
    use crate::runbook::{Hold, Member, Parallel, Watch};

    #[test]
    fn a_step_takes_every_try_every_pause_and_its_verification() {
        let step = Step { retries: 2, retry_delay: Seconds::new(10), verify: Some(String::new()), ..change("a") };
        assert_eq!(step.worst_case().get(), 3 * 66 + 2 * 10 + 66);
    }

    #[test]
    fn waiting_for_people_is_not_counted() {
        let hold =
            Hold { id: id("go"), title: String::new(), by: Vec::new(), needs: 1, expires: Some(Seconds::new(99)) };
        assert_eq!(Action::Hold(hold).worst_case(), Seconds::ZERO);
    }

    #[test]
    fn the_way_back_from_the_very_end_is_counted() {
        let watch = Watch { id: id("w"), title: String::new(), lasting: Seconds::new(900), every: Seconds::new(30) };
        let procedure = procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Watch(watch)])]);
        assert_eq!(procedure.worst_rollback().get(), 66);
        assert_eq!(procedure.worst_case().get(), 66 + 900 + 66);
        assert_eq!(procedure.worst_case_from(1).get(), 900 + 66);
        assert_eq!(procedure.worst_case_from(9).get(), 66);
    }

    #[test]
    fn the_longest_branch_is_what_parallel_work_takes() {
        let member = |name, needs: &[&str]| Member {
            step: change(name),
            needs: needs.iter().map(|needed| id(needed)).collect(),
        };
        let members = vec![member("a", &[]), member("b", &["a"]), member("c", &[]), member("d", &[])];
        let group = |limit, tolerated| {
            let members = members.clone();
            Action::Parallel(Parallel { id: id("all"), title: String::new(), members, limit, tolerated })
        };
        assert_eq!(group(4, 0).worst_case().get(), 132);
        assert_eq!(group(3, 0).worst_case().get(), 132 + 88);
        assert_eq!(group(1, 0).worst_case().get(), 264);
        assert_eq!(group(4, 2).worst_case().get(), 132 + 132);
        assert_eq!(group(4, 0).worst_undo().get(), 264);
    }
}
