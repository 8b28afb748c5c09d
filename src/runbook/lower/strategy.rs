//! Strategies: a canary stays one, every other is a step that exchanges everything at once.

use super::Lowering;
use super::defaults::{ANALYZE, RETRY_DELAY, STEP_TIMEOUT, WATCH_EVERY};
use super::diagnostics::UNSUPPORTED_STRATEGY;
use super::step::{Given, seconds};
use crate::model::enums::StrategyKind;
use crate::model::plan;
use crate::runbook::{Action, Canary, Command, EnvironmentName, Id, Step, Undo, Variable};
use crate::source::Place;

impl Lowering<'_> {
    pub(super) fn strategy(&mut self, strategy: &plan::Strategy) -> Vec<Action> {
        let said = self.diagnostics.len();
        let Some(kind) = strategy.kind() else { return Vec::new() };
        self.refuse_what_is_foreign(strategy, kind);
        let id = self.actions.claim(&strategy.head, &mut self.diagnostics);
        let undo = self.undo(strategy.undo.as_ref(), strategy.irreversible.as_ref());
        let command = self.exchange(strategy, kind);
        if self.diagnostics.len() != said {
            return Vec::new();
        }
        let (Some(id), Some(command)) = (id, command) else { return Vec::new() };
        match kind {
            StrategyKind::Canary => self.canary(strategy, id, command, undo),
            StrategyKind::Rolling | StrategyKind::BlueGreen | StrategyKind::FeatureFlag | StrategyKind::Recreate => {
                vec![Action::Step(Step {
                    id,
                    title: strategy.head.label().to_owned(),
                    command,
                    verify: strategy.verify.as_ref().map(|verify| verify.value.0.clone()),
                    undo,
                    changes: true,
                    retries: 0,
                    retry_delay: RETRY_DELAY,
                    idempotent: false,
                })]
            }
        }
    }

    /// A canary is verified once it has all the traffic, by a step of its own.
    fn canary(&mut self, strategy: &plan::Strategy, id: Id, command: Command, undo: Undo) -> Vec<Action> {
        let every = self.limit(strategy.every.as_ref(), WATCH_EVERY);
        let Some(steps) = &strategy.steps else {
            self.missing(strategy.head.id.place, "strategy", "steps");
            return Vec::new();
        };
        let Some(every) = every else { return Vec::new() };
        let verify = strategy.verify.as_ref().map(|verify| {
            Action::Step(Step {
                id: self.actions.free(&format!("{id}-verify"), verify.place),
                title: format!("{}: verify", strategy.head.label()),
                command: Command { run: verify.value.0.clone(), ..command.clone() },
                verify: None,
                undo: Undo::None,
                changes: false,
                retries: 0,
                retry_delay: RETRY_DELAY,
                idempotent: true,
            })
        });
        let canary = Canary {
            id,
            title: strategy.head.label().to_owned(),
            shares: steps.value.iter().map(|share| share.value.value().normalize()).collect(),
            command,
            undo,
            analyze: seconds(strategy.analyze.as_ref(), ANALYZE),
            every,
            retries: 0,
            retry_delay: RETRY_DELAY,
            idempotent: true,
        };
        std::iter::once(Action::Canary(canary)).chain(verify).collect()
    }

    /// The one command that shifts or exchanges.
    fn exchange(&mut self, strategy: &plan::Strategy, kind: StrategyKind) -> Option<Command> {
        let (attribute, run) = match (kind, &strategy.run, &strategy.shift) {
            (_, Some(run), Some(_)) => {
                let help = "make the first a step before the strategy";
                self.refuse(&UNSUPPORTED_STRATEGY, run.place, "a strategy has one command, `run` or `shift`", help);
                return None;
            }
            (StrategyKind::Canary, Some(run), None) => {
                let help = "write `shift = …`: it finds the share in `STOPLINE_PERCENT`";
                self.refuse(&UNSUPPORTED_STRATEGY, run.place, "a canary shifts traffic, it has no `run`", help);
                return None;
            }
            (_, None, Some(shift)) => ("shift", Some(shift)),
            (StrategyKind::Canary, None, None) => ("shift", None),
            (_, run, None) => ("run", run.as_ref()),
        };
        let given = Given {
            env: strategy.env.as_ref(),
            secrets: strategy.secrets.as_ref(),
            timeout: strategy.timeout.as_ref(),
            default: STEP_TIMEOUT,
        };
        let mut command = self.command(&strategy.head, attribute, run, &given)?;
        if let Some(flag) = &strategy.flag {
            command.env.push(Variable { name: EnvironmentName::told("FLAG"), value: flag.value.clone() });
        }
        Some(command)
    }

    /// What another kind of strategy would heed must not be passed over here.
    fn refuse_what_is_foreign(&mut self, strategy: &plan::Strategy, kind: StrategyKind) {
        let canary = kind == StrategyKind::Canary;
        let flag = kind == StrategyKind::FeatureFlag;
        let written: [(&str, Option<Place>, bool); 7] = [
            ("steps", strategy.steps.as_ref().map(|found| found.place), canary),
            ("analyze", strategy.analyze.as_ref().map(|found| found.place), canary),
            ("every", strategy.every.as_ref().map(|found| found.place), canary),
            ("flag", strategy.flag.as_ref().map(|found| found.place), flag),
            ("hosts", strategy.hosts.as_ref().map(|found| found.place), false),
            ("batch", strategy.batch.as_ref().map(|found| found.place), false),
            ("max_fail", strategy.max_fail.as_ref().map(|found| found.place), false),
        ];
        for (name, place, heeded) in written {
            let (Some(place), false) = (place, heeded) else { continue };
            let (message, help) = match name {
                "hosts" | "batch" | "max_fail" => (
                    format!("`{name}` needs an engine that reaches many hosts, and a runbook runs on one"),
                    "leave it out and let one command exchange everything".to_owned(),
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
    }
}
