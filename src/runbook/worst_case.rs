//! How long a procedure can take at most. Waiting for people is not counted: guards are judged again after it.

use std::collections::HashMap;

use super::{Action, Canary, Capture, Check, Command, Id, Parallel, Probe, Procedure, Seconds, Step, Undo};

/// Behind the limit of a command: seconds are whole, the certain signal comes five after the polite one, and what it left
/// running may keep its output open for three more.
const GRACE: Seconds = Seconds::new(10);
/// Of that, what nothing else of a group is looked after meanwhile.
const FINISHING: Seconds = Seconds::new(8);
/// What the answer to a probe over HTTP may take beyond its own limit.
const BEYOND_CURL: Seconds = Seconds::new(2);
/// Seconds are whole, and a pause is looked up from once in each.
const BEYOND_A_PAUSE: Seconds = Seconds::new(2);

/// The longest that a wait for so long can take.
pub(super) fn pause(lasting: Seconds) -> Seconds {
    if lasting == Seconds::ZERO { lasting } else { lasting.plus(BEYOND_A_PAUSE) }
}

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
        self.disarming().map(|(_, flags)| pause(flags.iter().map(|flag| flag.lasting).max().unwrap_or_default())).sum()
    }
}

impl Procedure {
    /// The same as [`Procedure::worst_case_from`] for a run that was interrupted within the next action.
    pub fn worst_case_of_resuming(&self, done: usize) -> Seconds {
        let settling = match self.actions().nth(done) {
            Some(Action::Step(step)) => step.settling(),
            Some(Action::Parallel(parallel)) => parallel.members.iter().map(|member| member.step.settling()).sum(),
            Some(
                Action::Hold(_)
                | Action::Probe(_)
                | Action::Watch(_)
                | Action::Notify(_)
                | Action::Canary(_)
                | Action::Followup(_)
                | Action::Baseline(_),
            )
            | None => Seconds::ZERO,
        };
        self.worst_case_from(done).plus(settling)
    }
}

impl Action {
    /// The longest it can take, without the wait for a person and without its undo.
    pub fn worst_case(&self) -> Seconds {
        match self {
            Self::Step(step) => step.worst_case(),
            Self::Probe(probe) => probe.worst_case(),
            Self::Watch(watch) => pause(watch.lasting),
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
        self.capturing().plus(self.doing())
    }

    fn capturing(&self) -> Seconds {
        capturing(&self.captures, &self.command)
    }

    /// What settles a doubt, when a run that was interrupted goes on with this.
    fn settling(&self) -> Seconds {
        if self.verify.is_some() { self.command.worst_case() } else { Seconds::ZERO }
    }

    /// How many commands there are, when each is tried as often as may be.
    fn commands(&self) -> u64 {
        u64::from(self.retries).saturating_add(1).saturating_add(u64::from(self.verify.is_some()))
    }

    fn doing(&self) -> Seconds {
        tries(&self.command, self.retries, self.retry_delay).plus(self.settling())
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
        let beyond = match self.check {
            Check::Http { .. } => BEYOND_CURL,
            Check::Script { .. } => Seconds::ZERO,
        };
        let bad = pause(self.every).plus(self.timeout).plus(beyond).plus(GRACE);
        pause(self.lasting).plus(bad.times(u64::from(self.failures.max(1))))
    }
}

impl Parallel {
    /// With room for all at once, the longest chain of needs; else no more than that and an even share of everything, as
    /// a member begins as soon as there is room. Beside that they are finished one after the other, what they capture is captured
    /// so, and those that may fail are taken back so.
    fn worst_case(&self) -> Seconds {
        let mut ends: HashMap<&Id, Seconds> = HashMap::new();
        for member in &self.members {
            let begins = member.needs.iter().filter_map(|needed| ends.get(needed)).max().copied().unwrap_or_default();
            ends.insert(&member.step.id, begins.plus(member.step.doing()));
        }
        let chain = ends.values().max().copied().unwrap_or_default();
        let all: Seconds = self.members.iter().map(|member| member.step.doing()).sum();
        let captures: Seconds = self.members.iter().map(|member| member.step.capturing()).sum();
        let room = u64::from(self.limit.max(1));
        let forth = if u64::try_from(self.members.len()).is_ok_and(|members| members <= room) {
            chain
        } else {
            chain.plus(Seconds::new(all.get().div_ceil(room)))
        };
        let finishing: Seconds = self.members.iter().map(|member| FINISHING.times(member.step.commands())).sum();
        let forth = forth.plus(finishing).min(all);
        let mut undos: Vec<Seconds> = self.members.iter().map(|member| member.step.worst_undo()).collect();
        undos.sort_unstable_by_key(|undo| std::cmp::Reverse(*undo));
        let tolerated = usize::try_from(self.tolerated).unwrap_or(usize::MAX);
        captures.plus(forth).plus(undos.into_iter().take(tolerated).sum())
    }
}

impl Canary {
    fn worst_case(&self) -> Seconds {
        let analysis = match self.analysis {
            Some(analysis) => pause(self.every).times(u64::from(analysis.looks)),
            None => pause(self.analyze),
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
    command.worst_case().times(retries + 1).plus(pause(delay).times(retries))
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
        assert_eq!(step.worst_case().get(), 3 * 70 + 2 * 12 + 70);
    }

    /// They are captured before each begins, and nothing else is looked after meanwhile.
    #[test]
    fn what_members_capture_is_captured_one_after_the_other() {
        let capture = || Capture { name: crate::runbook::EnvironmentName::new("BEFORE").unwrap(), run: String::new() };
        let members = ["a", "b", "c"]
            .map(|name| Member { step: Step { captures: vec![capture()], ..change(name) }, needs: Vec::new() });
        let parallel =
            Parallel { id: id("all"), title: String::new(), members: members.into(), limit: 3, tolerated: 0 };
        assert_eq!(Action::Parallel(parallel).worst_case().get(), 70 + 3 * 8 + 3 * 70);
    }

    #[test]
    fn every_pause_may_be_longer_than_it_is_called() {
        let probe = Probe {
            id: id("p"),
            title: String::new(),
            check: Check::Http { url: String::new(), expect: 200 },
            every: Seconds::new(5),
            lasting: Seconds::new(60),
            failures: 3,
            timeout: Seconds::new(9),
            env: Vec::new(),
            secrets: Vec::new(),
        };
        assert_eq!(probe.worst_case().get(), 62 + 3 * (7 + 9 + 2 + 10));
        assert_eq!(pause(Seconds::ZERO), Seconds::ZERO);
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
        assert_eq!(procedure.worst_rollback().get(), 70);
        assert_eq!(procedure.worst_case().get(), 70 + 902 + 70);
        assert_eq!(procedure.worst_case_from(1).get(), 902 + 70);
        assert_eq!(procedure.worst_case_from(9).get(), 70);
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
        assert_eq!(group(4, 0).worst_case().get(), 140 + 4 * 8);
        assert_eq!(group(3, 0).worst_case().get(), 140 + 94 + 4 * 8);
        assert_eq!(group(1, 0).worst_case().get(), 280);
        assert_eq!(group(4, 2).worst_case().get(), 140 + 4 * 8 + 140);
        assert_eq!(group(4, 0).worst_undo().get(), 280);
    }
}
