//! What would keep a procedure from being emitted: the promises its types alone cannot keep.

use std::collections::HashSet;
use std::fmt;

use rust_decimal::Decimal;

use super::{
    Action, Canary, Capture, Check, Command, Condition, EnvironmentName, Hold, Id, Member, Parallel, Probe, Procedure,
    RedFlag, Seconds, Step, Undo, Variable,
};

/// One thing that is wrong with a procedure. A plan that passed `check` has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whose: "step `migrate`".
    pub of: String,
    /// What: "changes production and has no undo".
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.of, self.what)
    }
}

impl Procedure {
    /// Everything that is wrong with it, in order; empty when it may be emitted.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Faults::default();
        faults.provenance(self);
        faults.names(self);
        self.actions().for_each(|action| faults.action(self, action));
        if let Some(within) = self.rollback.within.filter(|within| *within < self.worst_rollback()) {
            let (worst, within) = (self.worst_rollback().get(), within.get());
            faults.add("the way back", format!("can take {worst} seconds, and `within` allows {within}"));
        }
        for step in &self.rollback.steps {
            faults.command("rollback step", &step.id, &step.command);
        }
        for metric in &self.metrics {
            faults.command("metric", &metric.id, &metric.command);
            faults.positive("metric", &metric.id, "`every`", metric.every);
        }
        for flag in &self.red_flags {
            faults.red_flag(self, flag);
        }
        faults.variables("the plan", &self.env, &[]);
        faults.0
    }
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, of: impl Into<String>, what: impl Into<String>) {
        self.0.push(Fault { of: of.into(), what: what.into() });
    }

    fn add_to(&mut self, kind: &str, id: &Id, what: impl Into<String>) {
        self.add(format!("{kind} `{id}`"), what);
    }

    fn provenance(&mut self, procedure: &Procedure) {
        let provenance = &procedure.provenance;
        if !is_digest(&provenance.plan) {
            self.add("the plan's digest", "is not 64 hexadecimal digits");
        }
        if !is_version(&provenance.stopline) {
            self.add("stopline's version", "is not a version");
        }
        for policy in &provenance.policies {
            if !is_digest(&policy.digest) {
                self.add_to("policy", &policy.id, "has a digest that is not 64 hexadecimal digits");
            }
            if !is_version(&policy.version) {
                self.add_to("policy", &policy.id, "has a version that is not of letters, digits, `.`, `+` and `-`");
            }
        }
        for used in &provenance.procedures {
            if !is_digest(&used.digest) {
                self.add_to("procedure", &used.id, "has a digest that is not 64 hexadecimal digits");
            }
        }
        if procedure.actions().next().is_none() {
            self.add("the plan", "has no phase that does anything");
        }
    }

    fn names(&mut self, procedure: &Procedure) {
        let members = procedure.actions().flat_map(Action::members);
        let steps = members.chain(&procedure.rollback.steps).map(|step| &step.id);
        self.unique("step, hold, probe or watch", procedure.actions().map(Action::id).chain(steps));
        self.unique("phase", procedure.phases.iter().map(|phase| &phase.id));
        self.unique("metric", procedure.metrics.iter().map(|metric| &metric.id));
        self.unique("red flag", procedure.red_flags.iter().map(|flag| &flag.id));
    }

    fn unique<'a>(&mut self, kind: &str, ids: impl Iterator<Item = &'a Id>) {
        let mut seen = HashSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.add_to(kind, id, "stands there twice");
            }
        }
    }

    fn action(&mut self, procedure: &Procedure, action: &Action) {
        match action {
            Action::Step(step) => self.step(step),
            Action::Hold(hold) => self.hold(hold),
            Action::Probe(probe) => self.probe(probe),
            Action::Watch(watch) => self.positive("watch", &watch.id, "`every`", watch.every),
            Action::Notify(notify) => self.command("notify", &notify.id, &notify.command),
            Action::Canary(canary) => self.canary(canary),
            Action::Baseline(baseline) => {
                for metric in baseline.metrics.iter().filter(|metric| procedure.metric(metric).is_none()) {
                    self.add_to("baseline", &baseline.id, format!("speaks of metric `{metric}`, which does not exist"));
                }
            }
            Action::Followup(_) => {}
            Action::Parallel(parallel) => self.parallel(parallel),
        }
    }

    fn step(&mut self, step: &Step) {
        self.command("step", &step.id, &step.command);
        self.captures("step", &step.id, &step.command, &step.captures);
        if step.changes && step.undo == Undo::None {
            self.add_to("step", &step.id, "changes production, and says neither how to undo it nor why it cannot be");
        }
    }

    fn captures(&mut self, kind: &str, id: &Id, command: &Command, captures: &[Capture]) {
        let given = command.env.iter().map(|variable| &variable.name).chain(&command.secrets);
        let mut seen: HashSet<_> = given.collect();
        for name in captures.iter().map(|capture| &capture.name).filter(|name| !seen.insert(name)) {
            self.add_to(kind, id, format!("captures `{name}`, which it is given already"));
        }
    }

    fn parallel(&mut self, parallel: &Parallel) {
        let mut before: HashSet<&Id> = HashSet::new();
        for Member { step, needs } in &parallel.members {
            self.step(step);
            if let Some(needed) = needs.iter().find(|needed| !before.contains(needed)) {
                self.add_to(
                    "step",
                    &step.id,
                    format!("waits for `{needed}`, which does not stand before it in its group"),
                );
            }
            before.insert(&step.id);
        }
        if parallel.limit == 0 || parallel.members.is_empty() {
            self.add_to("group", &parallel.id, "never begins anything");
        }
    }

    fn hold(&mut self, hold: &Hold) {
        let people = hold.by.iter().collect::<HashSet<_>>().len();
        if hold.needs == 0 || people < usize::try_from(hold.needs).unwrap_or(usize::MAX) {
            self.add_to("hold", &hold.id, format!("needs {} to sign, and {people} may", hold.needs));
        }
    }

    fn probe(&mut self, probe: &Probe) {
        self.positive("probe", &probe.id, "`every`", probe.every);
        self.positive("probe", &probe.id, "its limit", probe.timeout);
        self.variables(&format!("probe `{}`", probe.id), &probe.env, &probe.secrets);
        if probe.failures == 0 {
            self.add_to("probe", &probe.id, "can never fail: `failures` is 0");
        }
        let Check::Http { url, expect } = &probe.check else { return };
        if !url.starts_with("https://") && !url.starts_with("http://") {
            self.add_to("probe", &probe.id, "asks an address that starts with neither `https://` nor `http://`");
        }
        if !(100..600).contains(expect) {
            self.add_to("probe", &probe.id, format!("expects {expect}, which is no HTTP status"));
        }
    }

    fn canary(&mut self, canary: &Canary) {
        self.command("canary", &canary.id, &canary.command);
        self.captures("canary", &canary.id, &canary.command, &canary.captures);
        self.positive("canary", &canary.id, "`every`", canary.every);
        if canary.undo == Undo::None {
            self.add_to(
                "canary",
                &canary.id,
                "changes production, and says neither how to undo it nor why it cannot be",
            );
        }
        if canary.analysis.is_some_and(|analysis| analysis.looks == 0) {
            self.add_to("canary", &canary.id, "is never looked at: its analysis has no looks");
        }
        let possible = |share: &Decimal| *share > Decimal::ZERO && *share <= Decimal::ONE_HUNDRED;
        if canary.shares.is_empty() || !canary.shares.iter().all(possible) {
            self.add_to("canary", &canary.id, "has shares that are not above 0 % and at most 100 %");
        }
    }

    fn command(&mut self, kind: &str, id: &Id, command: &Command) {
        self.positive(kind, id, "its limit", command.timeout);
        self.variables(&format!("{kind} `{id}`"), &command.env, &command.secrets);
    }

    fn positive(&mut self, kind: &str, id: &Id, what: &str, seconds: Seconds) {
        if seconds == Seconds::ZERO {
            self.add_to(kind, id, format!("has no time: {what} is 0"));
        }
    }

    fn variables(&mut self, of: &str, env: &[Variable], secrets: &[EnvironmentName]) {
        let mut seen = HashSet::new();
        let twice: Vec<_> =
            env.iter().map(|variable| &variable.name).chain(secrets).filter(|name| !seen.insert(*name)).collect();
        for name in twice {
            self.add(of, format!("is given `{name}` twice"));
        }
    }

    fn red_flag(&mut self, procedure: &Procedure, flag: &RedFlag) {
        if flag.during.is_empty() {
            self.add_to("red flag", &flag.id, "is armed in no phase");
        }
        for id in unknown_names(procedure, flag) {
            self.add_to("red flag", &flag.id, format!("speaks of {id}, which does not exist"));
        }
        for metric in flag.condition.baselines() {
            if procedure.metric(metric).is_some() && !captured_before(procedure, flag, metric) {
                let what = format!("compares with a baseline of `{metric}` that is read too late or never");
                self.add_to("red flag", &flag.id, what);
            }
        }
    }
}

fn unknown_names(procedure: &Procedure, flag: &RedFlag) -> Vec<String> {
    let phase = |id: &Id| procedure.phases.iter().any(|phase| phase.id == *id);
    let action = |fits: fn(&Action) -> bool, id: &Id| procedure.actions().any(|it| it.id() == id && fits(it));
    let member = |id: &Id| procedure.actions().flat_map(Action::members).any(|step| step.id == *id);
    let mut unknown: Vec<String> =
        flag.during.iter().filter(|id| !phase(id)).map(|id| format!("phase `{id}`")).collect();
    for leaf in flag.condition.leaves() {
        match leaf {
            Condition::StepFailed(id)
                if !member(id)
                    && !action(|it| matches!(it, Action::Step(_) | Action::Canary(_) | Action::Parallel(_)), id) =>
            {
                unknown.push(format!("step `{id}`"));
            }
            Condition::ProbeFailed(id) if !action(|it| matches!(it, Action::Probe(_)), id) => {
                unknown.push(format!("probe `{id}`"));
            }
            Condition::PhaseFailed(id) if !phase(id) => unknown.push(format!("phase `{id}`")),
            Condition::StepFailed(_)
            | Condition::ProbeFailed(_)
            | Condition::PhaseFailed(_)
            | Condition::Compare { .. }
            | Condition::All(_)
            | Condition::Any(_)
            | Condition::Not(_) => {}
        }
    }
    let mut metrics = [flag.condition.metrics(), flag.condition.baselines()].concat();
    metrics.sort_unstable();
    metrics.dedup();
    unknown.extend(metrics.into_iter().filter(|id| procedure.metric(id).is_none()).map(|id| format!("metric `{id}`")));
    unknown
}

/// True where a baseline reads the metric before the first phase the flag is armed in begins.
fn captured_before(procedure: &Procedure, flag: &RedFlag, metric: &Id) -> bool {
    procedure
        .phases
        .iter()
        .take_while(|phase| !flag.during.contains(&phase.id))
        .flat_map(|phase| &phase.actions)
        .any(|action| matches!(action, Action::Baseline(baseline) if baseline.metrics.contains(metric)))
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

fn is_version(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runbook::sample::{change, flag, id, procedure};
    use crate::runbook::{Baseline, Metric, Person, Phase, Unit};

    #[track_caller]
    fn finds(procedure: &Procedure, fault: &str) {
        let faults: Vec<_> = procedure.faults().iter().map(ToString::to_string).collect();
        assert_eq!(faults, [fault]);
    }

    fn of(actions: Vec<Action>) -> Procedure {
        procedure(vec![("prepare", Vec::new()), ("deploy", actions)])
    }

    #[test]
    fn a_sound_procedure_has_none() {
        assert!(of(vec![Action::Step(change("a"))]).faults().is_empty());
    }

    #[test]
    fn a_change_owes_a_way_back() {
        let step = Step { undo: Undo::None, ..change("a") };
        finds(
            &of(vec![Action::Step(step)]),
            "step `a` changes production, and says neither how to undo it nor why it cannot be",
        );
    }

    #[test]
    fn a_name_stands_once() {
        finds(
            &of(vec![Action::Step(change("a")), Action::Step(change("a"))]),
            "step, hold, probe or watch `a` stands there twice",
        );
    }

    #[test]
    fn a_hold_has_enough_people() {
        let alice = Person::new("alice").unwrap();
        let by = vec![alice.clone(), alice];
        let hold = Hold { id: id("go"), title: String::new(), by, needs: 2, expires: None };
        finds(&of(vec![Action::Hold(hold)]), "hold `go` needs 2 to sign, and 1 may");
    }

    #[test]
    fn what_has_a_limit_has_time() {
        let mut step = change("a");
        step.command.timeout = Seconds::ZERO;
        finds(&of(vec![Action::Step(step)]), "step `a` has no time: its limit is 0");
    }

    #[test]
    fn a_probe_asks_over_http_and_nothing_else() {
        let check = Check::Http { url: "file:///etc/passwd".to_owned(), expect: 200 };
        let second = Seconds::new(1);
        let probe = Probe {
            id: id("p"),
            title: String::new(),
            check,
            every: second,
            lasting: second,
            failures: 1,
            timeout: second,
            env: Vec::new(),
            secrets: Vec::new(),
        };
        finds(
            &of(vec![Action::Probe(probe)]),
            "probe `p` asks an address that starts with neither `https://` nor `http://`",
        );
    }

    #[test]
    fn a_flag_speaks_of_what_there_is_and_was_read_in_time() {
        let command = change("m").command;
        let metric =
            Metric { id: id("m"), command, unit: Unit::Number, may_be_negative: false, every: Seconds::new(1) };
        let flag = flag("f", "deploy", "m");
        let mut sound = of(vec![Action::Step(change("a"))]);
        sound.red_flags = vec![flag];
        finds(&sound, "red flag `f` speaks of metric `m`, which does not exist");
        sound.metrics = vec![metric];
        finds(&sound, "red flag `f` compares with a baseline of `m` that is read too late or never");
        let before = Action::Baseline(Baseline { id: id("before"), metrics: vec![id("m")] });
        sound.phases.insert(0, Phase { id: id("first"), title: String::new(), actions: vec![before] });
        assert!(sound.faults().is_empty());
    }

    #[test]
    fn the_way_back_fits_into_what_is_allowed_for_it() {
        let mut procedure = of(vec![Action::Step(change("a"))]);
        procedure.rollback.within = Some(Seconds::new(1));
        finds(&procedure, "the way back can take 70 seconds, and `within` allows 1");
    }
}
