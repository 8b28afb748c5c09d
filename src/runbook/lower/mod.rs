//! From a checked plan and the policies over it to a procedure. What a procedure cannot hold is refused with its place,
//! never left out.

mod action;
mod checklist;
mod defaults;
pub mod diagnostics;
mod due;
mod flag;
mod guard;
mod hold;
mod names;
mod order;
mod probe;
mod provenance;
mod step;
mod strategy;
mod tools;
#[cfg(test)]
pub(in crate::runbook) mod testing;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use self::names::Names;
use self::order::Need;
use super::{Action, EnvironmentName, Fault, Guards, Id, Metric, Phase, Procedure, Rollback, Unit, Variable};
use crate::check::names::IN_PLANS;
use crate::check::plan::CheckedPlan;
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::eval::Files;
use crate::model::data::Value;
use crate::model::enums;
use crate::model::located::Located;
use crate::model::plan::Plan;
use crate::model::policy::{Policy, RedFlag, Rule};
use crate::model::units::{Instant, UnitError, Version, Window};
use crate::source::Place;

pub use diagnostics::LOWER_DESCRIPTORS;
pub use guard::WaivedRule;

/// A policy that had its say about the plan.
#[derive(Debug, Clone)]
pub struct AppliedPolicy<'a> {
    pub policy: &'a Policy,
    /// SHA-256 of its source, 64 lower-case hexadecimal digits.
    pub digest: &'a str,
    /// The values of all its parameters, defaults included.
    pub parameters: &'a HashMap<Arc<str>, Value>,
    /// Its rules that hold for this plan, or are let pass. Only those marked `enforce run` are woven in.
    pub rules: Vec<&'a Rule>,
    /// Those of them that are let pass.
    pub waived: &'a [WaivedRule],
    /// Its red flags that select this plan.
    pub red_flags: Vec<&'a RedFlag>,
}

impl AppliedPolicy<'_> {
    fn waived(&self, rule: &Rule) -> Option<&WaivedRule> {
        self.waived.iter().find(|waived| waived.rule == rule.id)
    }
}

/// What else a procedure depends on.
#[derive(Debug, Clone, Copy)]
pub struct LowerRequest<'a> {
    /// The plan as rules see it.
    pub value: &'a Value,
    /// SHA-256 of the plan's source, 64 lower-case hexadecimal digits.
    pub digest: &'a str,
    /// The shipped procedures that the plan uses: their names and the SHA-256 of their sources.
    pub procedures: &'a [(&'a str, &'a str)],
    /// Stopline's version.
    pub stopline: &'a str,
    /// The instant the plan was judged at.
    pub at: Instant,
    /// What `file_exists` sees in the `when` of a rule.
    pub files: &'a dyn Files,
}

/// Why a plan is no run.
#[derive(Debug, Clone)]
pub struct Refused {
    pub said: Vec<Diagnostic>,
    /// What it would be, where only a promise is missing: to be explained, never to be run.
    pub would_be: Option<Box<Procedure>>,
}

/// The procedure a plan stands for, or everything that keeps it from being one. The same input gives an equal procedure.
pub fn lower(
    plan: &CheckedPlan,
    policies: &[AppliedPolicy<'_>],
    request: &LowerRequest<'_>,
) -> Result<Procedure, Refused> {
    let mut lowering = Lowering::of(&plan.plan);
    let procedure = lowering.procedure(plan, policies, request);
    if let (Some(procedure), true) = (procedure, lowering.diagnostics.is_empty()) {
        let faults = lowering.faults(&procedure);
        if faults.is_empty() {
            return Ok(procedure);
        }
        return Err(Refused { said: faults, would_be: Some(Box::new(procedure)) });
    }
    let mut said = lowering.diagnostics;
    said.sort_by_key(|diagnostic| diagnostic.place);
    Err(Refused { said, would_be: None })
}

/// What is known of one plan while it is lowered.
struct Lowering<'a> {
    plan: &'a Plan,
    window: Option<Window>,
    /// Of everything a phase or the rollback does.
    actions: Names,
    phases: Names,
    metrics: Names,
    red_flags: Names,
    needs: Vec<Need<'a>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    fn of(plan: &'a Plan) -> Self {
        // a group has no name of its own
        let named = |action: &&crate::model::plan::Action| !matches!(action, crate::model::plan::Action::Parallel(_));
        let actions = plan.phases.iter().flat_map(|phase| phase.actions.iter().filter(named));
        let actions = actions.map(crate::model::plan::Action::head);
        let steps = plan.phases.iter().flat_map(|phase| phase.steps().map(|step| &step.head));
        let undos = plan.rollback.iter().flat_map(|rollback| rollback.steps.iter().map(|step| &step.head));
        Self {
            plan,
            window: None,
            actions: Names::reserving(actions.chain(steps).chain(undos)),
            phases: Names::reserving(plan.phases.iter().map(|phase| &phase.head)),
            metrics: Names::reserving(plan.metrics.iter().map(|metric| &metric.head)),
            red_flags: Names::reserving(plan.red_flags.iter().map(|flag| &flag.head)),
            needs: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Goes on after a fault, so that all of them are said.
    fn procedure(
        &mut self,
        checked: &CheckedPlan,
        policies: &[AppliedPolicy<'_>],
        request: &LowerRequest<'_>,
    ) -> Option<Procedure> {
        let plan = self.plan;
        let id = Names::reserving([&plan.head]).claim(&plan.head, &mut self.diagnostics);
        self.window = self.resolved_window();
        let metrics: Vec<Metric> = plan.metrics.iter().filter_map(|metric| self.metric(metric)).collect();
        let mut phases: Vec<Phase> = plan.phases.iter().filter_map(|phase| self.phase(phase)).collect();
        let rollback = self.rollback();
        self.check_order(&phases, &rollback);
        self.add_checklists(&mut phases);
        let written = plan.phases.iter().any(|phase| !phase.actions.is_empty());
        if !written && phases.iter().all(|phase| phase.actions.is_empty()) {
            self.does_nothing();
        }
        let red_flags = self.red_flags(checked, policies, &metrics, &mut phases);
        let guards = Guards {
            window: self.window.as_ref().map(guard::window),
            forbidden: self.forbidden(policies, request),
            tools: tools::tools(&phases, &rollback, &metrics),
        };
        let provenance = self.provenance(policies, request);
        let service = self.required(plan.service.as_ref(), "service")?;
        let environment = self.required(plan.environment.as_ref(), "environment")?;
        let environment = Id::nearest(environment.name());
        Some(Procedure {
            id: id?,
            title: plan.head.label().to_owned(),
            service: Id::nearest(service),
            env: self.told(service, &environment),
            environment,
            provenance: provenance?,
            phases,
            metrics,
            red_flags,
            guards,
            rollback,
        })
    }

    /// What every command is told.
    fn told(&self, service: &str, environment: &Id) -> Vec<Variable> {
        let version = |version: &Option<Located<Version>>| version.as_ref().map(|version| version.value.to_string());
        let told: [(&str, Option<String>); 5] = [
            ("PLAN", Some(self.plan.head.id.value.clone())),
            ("SERVICE", Some(service.to_owned())),
            ("ENVIRONMENT", Some(environment.to_string())),
            ("VERSION", version(&self.plan.version)),
            ("PREVIOUS_VERSION", version(&self.plan.previous_version)),
        ];
        told.into_iter()
            .filter_map(|(word, value)| Some(Variable { name: EnvironmentName::told(word), value: value? }))
            .collect()
    }

    fn phase(&mut self, phase: &'a crate::model::plan::Phase) -> Option<Phase> {
        let id = self.phases.claim(&phase.head, &mut self.diagnostics);
        let actions: Vec<Action> = phase.actions.iter().flat_map(|action| self.action(phase, action)).collect();
        Some(Phase { id: id?, title: phase.head.label().to_owned(), actions })
    }

    fn metric(&mut self, metric: &crate::model::plan::Metric) -> Option<Metric> {
        let id = self.metrics.claim(&metric.head, &mut self.diagnostics);
        let command = self.command(
            &metric.head,
            "run",
            metric.run.as_ref(),
            &step::Given {
                env: metric.env.as_ref(),
                secrets: metric.secrets.as_ref(),
                timeout: metric.timeout.as_ref(),
                default: defaults::LOOK_TIMEOUT,
            },
        );
        let every = self.limit(metric.every.as_ref(), defaults::METRIC_EVERY);
        let unit = match metric.unit.as_ref().map(|unit| unit.value) {
            Some(enums::Unit::Number) | None => Unit::Number,
            Some(enums::Unit::Percent) => Unit::Percent,
            Some(enums::Unit::Duration) => Unit::Duration,
        };
        let may_be_negative = metric.negative.as_ref().is_some_and(|negative| negative.value);
        Some(Metric { id: id?, command: command?, unit, may_be_negative, every: every? })
    }

    fn does_nothing(&mut self) {
        let (message, help) = if self.plan.phases.is_empty() {
            ("this plan has no phase, so there is nothing to run", "add what is to be done, in its phases")
        } else {
            ("no phase of this plan holds anything, so there is nothing to run", "fill a phase with what is to be done")
        };
        let help = format!("{help}: `phase deploy {{ step restart {{ run = \"…\", undo = \"…\" }} }}`");
        self.refuse(&diagnostics::UNRUNNABLE, self.plan.head.id.place, message, help);
    }

    fn rollback(&mut self) -> Rollback {
        let Some(rollback) = &self.plan.rollback else { return Rollback::default() };
        let steps = rollback.steps.iter().filter_map(|step| self.rollback_step(step)).collect();
        let within = rollback.within.as_ref().map(|within| super::Seconds::from_millis(within.value.milliseconds()));
        Rollback { within, steps }
    }

    /// A window that is written but stands for no time is refused: without one, any time would do.
    fn resolved_window(&mut self) -> Option<Window> {
        let written = self.plan.window.as_ref()?;
        let place = written.start.as_ref().map_or(written.head.id.place, |start| start.place);
        match written.resolve() {
            Some(Ok(window)) => Some(window),
            Some(Err(error)) => {
                self.unsound(place, error);
                None
            }
            None => {
                let message = "this window does not say when it is open";
                self.refuse(
                    &diagnostics::UNSUPPORTED_TIME,
                    place,
                    message,
                    "give it `start` with a time of day, `duration` and `zone`",
                );
                None
            }
        }
    }

    /// What no fault of names or types explains: kept as the last net, so that nothing unsound is ever emitted.
    fn faults(&self, procedure: &Procedure) -> Vec<Diagnostic> {
        let place = |of: &str| {
            let name = of.split('`').nth(1).unwrap_or_default();
            let scopes = [&self.actions, &self.metrics, &self.red_flags, &self.phases];
            scopes.into_iter().find_map(|names| names.place(name)).unwrap_or(self.plan.head.id.place)
        };
        // that the way back takes too long is a proof's to say: it knows where, and by how much
        let unproven = |fault: &&Fault| fault.of != "the way back";
        let faults = procedure.faults();
        faults
            .iter()
            .filter(unproven)
            .map(|fault| {
                Diagnostic::new(&diagnostics::UNRUNNABLE, place(&fault.of), fault.to_string())
                    .help("correct it: a runbook cannot be written with it")
            })
            .collect()
    }

    fn required<'v, T>(&mut self, found: Option<&'v Located<T>>, name: &str) -> Option<&'v T> {
        if found.is_none() {
            self.missing(self.plan.head.id.place, "plan", name);
        }
        found.map(|found| &found.value)
    }

    fn missing(&mut self, place: Place, kind: &str, name: &str) {
        let message = format!("`{name}` is missing from this {kind}");
        self.refuse(IN_PLANS.missing, place, message, format!("add `{name} = …`"));
    }

    fn unsound(&mut self, place: Place, error: UnitError) {
        self.diagnostics.push(Diagnostic::new(IN_PLANS.impossible, place, error.message).maybe_help(error.help));
    }

    fn refuse(
        &mut self,
        descriptor: &'static Descriptor,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(descriptor, place, message).help(help));
    }
}
