//! Strategies: a canary moves in shares, a rolling one from host to host, every other exchanges everything at once.

use std::collections::HashSet;

use super::Lowering;
use super::defaults::{ANALYZE, BATCH, RETRY_DELAY, STEP_TIMEOUT, WATCH_EVERY};
use super::diagnostics::UNSUPPORTED_STRATEGY;
use super::names::refusal;
use super::step::{Given, seconds};
use crate::model::attribute::{Command as Written, Count};
use crate::model::enums::{MissingData, StrategyKind};
use crate::model::located::Located;
use crate::model::plan;
use crate::runbook::{
    Action, Analysis, Canary, Command, EnvironmentName, Host, Id, Member, Missing, Parallel, Seconds, Step, Undo,
    Variable,
};
use crate::source::Place;

impl Lowering<'_> {
    pub(super) fn strategy(&mut self, strategy: &plan::Strategy) -> Vec<Action> {
        let said = self.diagnostics.len();
        let Some(kind) = strategy.kind() else { return Vec::new() };
        self.refuse_what_is_foreign(strategy, kind);
        let id = self.actions.claim(&strategy.head, &mut self.diagnostics);
        let undo = self.undo(strategy.undo.as_ref(), strategy.irreversible.as_ref());
        let exchange = self.exchange(strategy, kind);
        let captures = self.captures(strategy.capture.as_ref(), strategy.env.as_ref(), strategy.secrets.as_ref());
        if self.diagnostics.len() != said {
            return Vec::new();
        }
        let (Some(id), Some(Exchange { before, command })) = (id, exchange) else { return Vec::new() };
        let step = Step { captures: captures.unwrap_or_default(), ..changing(strategy, id.clone(), command, undo) };
        match (kind, &strategy.hosts, before) {
            (StrategyKind::Canary, _, _) => self.canary(strategy, step),
            (StrategyKind::Rolling, Some(hosts), _) => {
                let hosts: Option<Vec<Host>> =
                    hosts.value.iter().map(|host| self.host(&host.value, host.place)).collect();
                hosts.map_or_else(Vec::new, |hosts| self.rolling(strategy, &step, &hosts))
            }
            (_, _, Some(before)) => self.in_two(strategy, step, before),
            (
                StrategyKind::Rolling | StrategyKind::BlueGreen | StrategyKind::FeatureFlag | StrategyKind::Recreate,
                _,
                None,
            ) => vec![Action::Step(step)],
        }
    }

    /// First what is shifted to is brought up and verified, then it is shifted to. The undo takes both back, from
    /// wherever they stand.
    fn in_two(&mut self, strategy: &plan::Strategy, shift: Step, before: Command) -> Vec<Action> {
        let first = Step {
            id: self.actions.free(&format!("{}-run", shift.id), strategy.head.id.place),
            title: format!("{}: bring it up", shift.title),
            command: before,
            ..shift.clone()
        };
        let undo = Undo::With(first.id.clone());
        let noted_by = Some(first.id.clone());
        vec![Action::Step(first), Action::Step(Step { undo, noted_by, captures: Vec::new(), ..shift })]
    }

    /// Batch after batch: the hosts of one begin when those of the batch before have been verified.
    fn rolling(&mut self, strategy: &plan::Strategy, step: &Step, hosts: &[Host]) -> Vec<Action> {
        let batch = strategy.batch.as_ref().map_or(BATCH, |batch| batch.value.0);
        let tolerated = strategy.max_fail.as_ref().map_or(0, |most| most.value.0);
        if let (Some(written), 0) = (&strategy.batch, batch) {
            let help = "exchange at least one host at a time";
            self.refuse(&UNSUPPORTED_STRATEGY, written.place, "a batch of no hosts exchanges nothing", help);
            return Vec::new();
        }
        let place = strategy.head.id.place;
        let mut members: Vec<Member> = Vec::new();
        let mut before: Vec<Id> = Vec::new();
        for hosts in hosts.chunks(usize::try_from(batch).unwrap_or(usize::MAX)) {
            let mut batch: Vec<Id> = Vec::new();
            for host in hosts {
                let mut on_host = Step {
                    id: self.actions.free(&format!("{}-{host}", step.id), place),
                    title: format!("{} on {host}", step.title),
                    host: Some(host.clone()),
                    ..step.clone()
                };
                let name = EnvironmentName::told("HOST");
                on_host.command.env.push(Variable { name, value: host.to_string() });
                batch.push(on_host.id.clone());
                members.push(Member { step: on_host, needs: before.clone() });
            }
            before = batch;
        }
        let (id, title) = (step.id.clone(), step.title.clone());
        vec![Action::Parallel(Parallel { id, title, members, limit: batch, tolerated })]
    }

    fn host(&mut self, text: &str, place: Place) -> Option<Host> {
        match Host::new(text) {
            Ok(host) => Some(host),
            Err(unfit) => {
                let help = "what else ssh needs to know stands in its configuration, under the host's name";
                self.diagnostics.push(refusal(&unfit, place).help(help));
                None
            }
        }
    }

    /// A canary is verified once it has all the traffic, by a step of its own.
    fn canary(&mut self, strategy: &plan::Strategy, step: Step) -> Vec<Action> {
        let every = self.limit(strategy.every.as_ref(), WATCH_EVERY);
        let Some(steps) = &strategy.steps else {
            self.missing(strategy.head.id.place, "strategy", "steps");
            return Vec::new();
        };
        let Some(every) = every else { return Vec::new() };
        let analyze = seconds(strategy.analyze.as_ref(), ANALYZE);
        let verify = step.verify.as_ref().zip(strategy.verify.as_ref()).map(|(verify, written)| {
            Action::Step(Step {
                id: self.actions.free(&format!("{}-verify", step.id), written.place),
                title: format!("{}: verify", step.title),
                command: Command { run: verify.clone(), ..step.command.clone() },
                verify: None,
                undo: Undo::None,
                changes: false,
                idempotent: true,
                captures: Vec::new(),
                noted_by: Some(step.id.clone()),
                ..step.clone()
            })
        });
        let analysis = analysis(strategy, analyze, every);
        // Without a look it is refused for that.
        if let Some(analysis) = analysis.filter(|analysis| analysis.looks > 0) {
            self.refuse_what_never_fails(strategy, analysis.looks);
        }
        let canary = Canary {
            shares: steps.value.iter().map(|share| share.value.value().normalize()).collect(),
            analyze,
            every,
            analysis,
            idempotent: true,
            id: step.id,
            title: step.title,
            command: step.command,
            captures: step.captures,
            undo: step.undo,
            retries: step.retries,
            retry_delay: step.retry_delay,
        };
        std::iter::once(Action::Canary(canary)).chain(verify).collect()
    }

    /// An analysis all of whose looks may be bad proves nothing.
    fn refuse_what_never_fails(&mut self, strategy: &plan::Strategy, looks: u32) {
        for (name, tolerated) in [("failures", &strategy.failures), ("inconclusive", &strategy.inconclusive)] {
            let Some(tolerated) = tolerated.as_ref().filter(|most| most.value.0 >= looks) else { continue };
            let message = format!("each of the {looks} looks may be so, and no share ever fails by it");
            let help = format!("let `{name}` be fewer than the looks, or look more often");
            self.refuse(&UNSUPPORTED_STRATEGY, tolerated.place, message, &help);
        }
    }

    /// The command that shifts or exchanges, and the one before it.
    fn exchange(&mut self, strategy: &plan::Strategy, kind: StrategyKind) -> Option<Exchange> {
        let in_two = matches!(kind, StrategyKind::BlueGreen | StrategyKind::FeatureFlag);
        let (attribute, run, before) = match (kind, &strategy.run, &strategy.shift) {
            (_, Some(run), Some(shift)) if in_two => ("shift", Some(shift), Some(run)),
            (StrategyKind::Canary, Some(run), _) => {
                let help = "write `shift = …`: it finds the share in `STOPLINE_PERCENT`";
                self.refuse(&UNSUPPORTED_STRATEGY, run.place, "a canary shifts traffic, it has no `run`", help);
                return None;
            }
            (_, Some(run), Some(_)) => {
                let message = format!("a {} strategy has one command, `run` or `shift`", kind.name());
                let help = "make the first a step before the strategy";
                self.refuse(&UNSUPPORTED_STRATEGY, run.place, message, help);
                return None;
            }
            (_, None, Some(shift)) => ("shift", Some(shift), None),
            (StrategyKind::Canary, None, None) => ("shift", None, None),
            (_, run, None) => ("run", run.as_ref(), None),
        };
        let command = self.command_of(strategy, attribute, run)?;
        let before = match before {
            Some(before) => Some(self.command_of(strategy, "run", Some(before))?),
            None => None,
        };
        Some(Exchange { before, command })
    }

    fn command_of(
        &mut self,
        strategy: &plan::Strategy,
        attribute: &str,
        run: Option<&Located<Written>>,
    ) -> Option<Command> {
        let given = Given {
            env: strategy.env.as_ref(),
            secrets: strategy.secrets.as_ref(),
            timeout: strategy.timeout.as_ref(),
            default: STEP_TIMEOUT,
        };
        let mut command = self.command(&strategy.head, attribute, run, &given)?;
        if let Some(flag) = &strategy.flag {
            command.env.push(Variable { name: EnvironmentName::told("FLAG"), value: flag.value.0.clone() });
        }
        Some(command)
    }

    /// What another kind of strategy would heed must not be passed over here.
    fn refuse_what_is_foreign(&mut self, strategy: &plan::Strategy, kind: StrategyKind) {
        let canary = kind == StrategyKind::Canary;
        let flag = kind == StrategyKind::FeatureFlag;
        let rolling = kind == StrategyKind::Rolling;
        let hosts = rolling && strategy.hosts.is_some();
        let count = |count: &Option<Located<Count>>| count.as_ref().map(|count| count.place);
        let written: [(&str, Option<Place>, bool); 11] = [
            ("steps", strategy.steps.as_ref().map(|found| found.place), canary),
            ("analyze", strategy.analyze.as_ref().map(|found| found.place), canary),
            ("every", strategy.every.as_ref().map(|found| found.place), canary),
            ("looks", count(&strategy.looks), canary),
            ("failures", count(&strategy.failures), canary),
            ("inconclusive", count(&strategy.inconclusive), canary),
            ("missing", strategy.missing.as_ref().map(|found| found.place), canary),
            ("flag", strategy.flag.as_ref().map(|found| found.place), flag),
            ("hosts", strategy.hosts.as_ref().map(|found| found.place), rolling),
            ("batch", count(&strategy.batch), hosts),
            ("max_fail", count(&strategy.max_fail), hosts),
        ];
        for (name, place, heeded) in written {
            let (Some(place), false) = (place, heeded) else { continue };
            let (message, help) = match name {
                "batch" | "max_fail" if rolling => (
                    format!("`{name}` counts hosts, and this strategy names none"),
                    "name them in `hosts`, or leave it out and let one command exchange everything".to_owned(),
                ),
                "analyze" | "every" => (
                    format!("`{name}` belongs to a canary, and this is `{}`", kind.name()),
                    "leave it out and put a `watch` after the strategy".to_owned(),
                ),
                _ => (
                    format!("`{name}` does not belong to `{}`", kind.name()),
                    format!("leave `{name}` out, or choose the strategy it belongs to"),
                ),
            };
            self.refuse(&UNSUPPORTED_STRATEGY, place, message, help);
        }
        if let (Some(looks), Some(_)) = (&strategy.looks, &strategy.analyze) {
            let help = "keep one of the two: the analysis lasts `looks` times `every`";
            self.refuse(
                &UNSUPPORTED_STRATEGY,
                looks.place,
                "`looks` and `analyze` both say how long a share is watched",
                help,
            );
        }
        if let (Some(most), Some(_)) =
            (strategy.max_fail.as_ref().filter(|most| most.value.0 > 0), &strategy.irreversible)
        {
            let help = "say with `undo` how a host is taken back, or leave `max_fail` out";
            let message = "a host that fails is taken back before the others go on, and this cannot be undone";
            self.refuse(&UNSUPPORTED_STRATEGY, most.place, message, help);
        }
        if let Some(looks) = strategy.looks.as_ref().filter(|looks| looks.value.0 == 0) {
            self.refuse(
                &UNSUPPORTED_STRATEGY,
                looks.place,
                "an analysis without a look proves nothing",
                "look once or more",
            );
        }
        let mut seen = HashSet::new();
        for host in strategy.hosts.iter().flat_map(|hosts| hosts.value.iter()) {
            if !seen.insert(&host.value) {
                let message = format!("`{}` stands there twice", host.value);
                self.refuse(&UNSUPPORTED_STRATEGY, host.place, message, "name each host once");
            }
        }
        if let Some(hosts) = strategy.hosts.as_ref().filter(|hosts| hosts.value.0.is_empty()) {
            let message = "this strategy rolls over no hosts";
            self.refuse(&UNSUPPORTED_STRATEGY, hosts.place, message, "name the hosts, or leave `hosts` out");
        }
    }
}

struct Exchange {
    before: Option<Command>,
    command: Command,
}

fn changing(strategy: &plan::Strategy, id: Id, command: Command, undo: Undo) -> Step {
    Step {
        id,
        title: strategy.head.label().to_owned(),
        command,
        verify: strategy.verify.as_ref().map(|verify| verify.value.0.clone()),
        undo,
        changes: true,
        retries: 0,
        retry_delay: RETRY_DELAY,
        idempotent: false,
        captures: Vec::new(),
        noted_by: None,
        host: None,
    }
}

/// None where nothing of it is written.
fn analysis(strategy: &plan::Strategy, analyze: Seconds, every: Seconds) -> Option<Analysis> {
    let count = |count: &Option<Located<Count>>| count.as_ref().map(|count| count.value.0);
    let missing = strategy.missing.as_ref().map(|missing| missing.value);
    let (looks, failures) = (count(&strategy.looks), count(&strategy.failures));
    let inconclusive = count(&strategy.inconclusive);
    if missing.is_none() && looks.or(failures).or(inconclusive).is_none() {
        return None;
    }
    let fitting = || u32::try_from(analyze.get().div_ceil(every.get().max(1))).unwrap_or(u32::MAX).max(1);
    Some(Analysis {
        looks: looks.unwrap_or_else(fitting),
        failures: failures.unwrap_or_default(),
        inconclusive: inconclusive.unwrap_or_default(),
        missing: match missing {
            Some(MissingData::Inconclusive) => Missing::Inconclusive,
            Some(MissingData::Failed) | None => Missing::Failed,
        },
    })
}
