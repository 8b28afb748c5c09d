//! Steps, and what every command is given: variables, secrets, a limit.

use super::Lowering;
use super::defaults::{RETRY_DELAY, STEP_TIMEOUT};
use super::diagnostics::{UNSUPPORTED_ACTION, UNSUPPORTED_TIME};
use super::names::refusal;
use super::order::Need;
use crate::check::names::IN_PLANS;
use crate::diagnostic::Diagnostic;
use crate::model::attribute::{Captures, Command as Written, Environ, ListOf, Reference, Statement};
use crate::model::located::Located;
use crate::model::plan;
use crate::model::read::Head;
use crate::model::units::Duration;
use crate::runbook::{Capture, Command, EnvironmentName, Seconds, Step, Undo, Variable};

/// What a block gives its command.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'p> {
    pub(super) env: Option<&'p Located<Environ>>,
    pub(super) secrets: Option<&'p Located<ListOf<Reference>>>,
    pub(super) timeout: Option<&'p Located<Duration>>,
    /// The limit where none is given.
    pub(super) default: Seconds,
}

impl<'a> Lowering<'a> {
    pub(super) fn step(&mut self, step: &'a plan::Step, changes: bool) -> Option<Step> {
        let id = self.actions.claim(&step.head, &mut self.diagnostics);
        let given = Given {
            env: step.env.as_ref(),
            secrets: step.secrets.as_ref(),
            timeout: step.timeout.as_ref(),
            default: STEP_TIMEOUT,
        };
        let command = self.command(&step.head, "run", step.run.as_ref(), &given);
        let captures = self.captures(step.capture.as_ref(), step.env.as_ref(), step.secrets.as_ref());
        let undo = self.undo(step.undo.as_ref(), step.irreversible.as_ref());
        let id = id?;
        for needed in step.needs.iter().flat_map(|needs| needs.value.iter()) {
            self.needs.push(Need { of: id.clone(), needed });
        }
        Some(Step {
            id,
            title: step.head.label().to_owned(),
            command: command?,
            captures: captures?,
            noted_by: None,
            verify: step.verify.as_ref().map(|verify| verify.value.0.clone()),
            undo,
            changes,
            retries: step.retries.as_ref().map_or(0, |retries| retries.value.0),
            retry_delay: seconds(step.retry_delay.as_ref(), RETRY_DELAY),
            idempotent: step.idempotent.as_ref().is_some_and(|idempotent| idempotent.value),
            host: None,
        })
    }

    /// Nothing undoes a rollback, so a step of it must not promise that.
    pub(super) fn rollback_step(&mut self, step: &'a plan::Step) -> Option<Step> {
        if let Some(undo) = &step.undo {
            let message = format!("nothing undoes `{}`: it is itself a part of the way back", step.head.id.value);
            self.refuse(&UNSUPPORTED_ACTION, undo.place, message, "leave `undo` out");
        }
        if let Some(irreversible) = &step.irreversible {
            let message =
                format!("nothing undoes `{}` anyway: it is itself a part of the way back", step.head.id.value);
            self.refuse(&UNSUPPORTED_ACTION, irreversible.place, message, "leave `irreversible` out");
        }
        if let Some(capture) = &step.capture {
            let message =
                format!("nothing undoes `{}`, so nothing it captures would be gone back to", step.head.id.value);
            let help = "find it out in `run`; what was there before a change is noted by the step that makes it, for its own `undo`";
            self.refuse(&UNSUPPORTED_ACTION, capture.place, message, help);
        }
        self.step(step, true)
    }

    pub(super) fn captures(
        &mut self,
        capture: Option<&Located<Captures>>,
        env: Option<&Located<Environ>>,
        secrets: Option<&Located<ListOf<Reference>>>,
    ) -> Option<Vec<Capture>> {
        let Some(written) = capture else { return Some(Vec::new()) };
        let said = self.diagnostics.len();
        let variables = env.into_iter().flat_map(|env| env.value.0.iter().map(|(name, _)| name.as_str()));
        let secrets =
            secrets.into_iter().flat_map(|secrets| secrets.value.iter().map(|secret| secret.value.0.as_str()));
        let given: Vec<&str> = variables.chain(secrets).collect();
        let mut captures: Vec<Capture> = Vec::new();
        for (name, run) in &written.value.0 {
            match EnvironmentName::own(name.as_str()) {
                Ok(_) if given.contains(&name.as_str()) => {
                    let message = format!("`{name}` is given twice");
                    self.refuse(IN_PLANS.repeated, written.place, message, "keep it among `capture` alone");
                }
                Ok(name) => captures.push(Capture { name, run: run.0.clone() }),
                Err(unfit) => {
                    self.diagnostics.push(refusal(&unfit, written.place).help("give the variable another name"));
                }
            }
        }
        (self.diagnostics.len() == said).then_some(captures)
    }

    pub(super) fn undo(&mut self, undo: Option<&Located<Written>>, irreversible: Option<&Located<Statement>>) -> Undo {
        match (undo, irreversible) {
            (Some(undo), None) => Undo::Command(undo.value.0.clone()),
            (None, Some(why)) => Undo::Irreversible(why.value.0.clone()),
            (None, None) => Undo::None,
            (Some(undo), Some(why)) => {
                self.diagnostics.push(
                    Diagnostic::new(
                        &UNSUPPORTED_ACTION,
                        why.place,
                        "this has an `undo`, and says that it cannot be undone",
                    )
                    .related(undo.place, "how it is undone")
                    .help("keep one of the two"),
                );
                Undo::None
            }
        }
    }

    /// The command `attribute` holds, and what it is given.
    pub(super) fn command(
        &mut self,
        head: &Head,
        attribute: &str,
        run: Option<&Located<Written>>,
        given: &Given<'_>,
    ) -> Option<Command> {
        if run.is_none() {
            self.missing(head.id.place, head.kind, attribute);
        }
        let timeout = self.limit(given.timeout, given.default);
        let (env, secrets) = self.environment(given.env, given.secrets)?;
        Some(Command { run: run?.value.0.clone(), env, secrets, timeout: timeout? })
    }

    pub(super) fn environment(
        &mut self,
        env: Option<&Located<Environ>>,
        secrets: Option<&Located<ListOf<Reference>>>,
    ) -> Option<(Vec<Variable>, Vec<EnvironmentName>)> {
        let said = self.diagnostics.len();
        let mut variables: Vec<Variable> = Vec::new();
        for (env, (name, value)) in env.into_iter().flat_map(|env| env.value.0.iter().map(move |pair| (env, pair))) {
            match EnvironmentName::new(name.as_str()) {
                Ok(name) => variables.push(Variable { name, value: value.clone() }),
                Err(unfit) => {
                    self.diagnostics.push(refusal(&unfit, env.place).help("give the variable another name"));
                }
            }
        }
        let mut names: Vec<EnvironmentName> = Vec::new();
        for secret in secrets.into_iter().flat_map(|secrets| secrets.value.iter()) {
            match EnvironmentName::own(secret.value.0.as_str()) {
                Ok(name) if names.contains(&name) || variables.iter().any(|variable| variable.name == name) => {
                    let message = format!("`{name}` is given twice");
                    self.refuse(IN_PLANS.repeated, secret.place, message, "keep it among the `secrets` alone, once");
                }
                Ok(name) => names.push(name),
                Err(unfit) => {
                    self.diagnostics.push(refusal(&unfit, secret.place).help("keep the secret under another name"));
                }
            }
        }
        (self.diagnostics.len() == said).then_some((variables, names))
    }

    /// A limit or a pace: some time, or nothing would ever happen.
    pub(super) fn limit(&mut self, given: Option<&Located<Duration>>, default: Seconds) -> Option<Seconds> {
        let Some(given) = given else { return Some(default) };
        let limit = Seconds::from_millis(given.value.milliseconds());
        if limit == Seconds::ZERO {
            self.refuse(
                &UNSUPPORTED_TIME,
                given.place,
                format!("`{}` is no time at all", given.value),
                "give it some time, such as `30s`",
            );
            return None;
        }
        Some(limit)
    }
}

pub(super) fn seconds(given: Option<&Located<Duration>>, default: Seconds) -> Seconds {
    given.map_or(default, |given| Seconds::from_millis(given.value.milliseconds()))
}
