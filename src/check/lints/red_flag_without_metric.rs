//! `plan/red-flag-without-metric`.

use std::collections::HashSet;

use super::context::LintContext;
use super::observed::{Observed, observed};
use super::work::uses_procedures;
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::expression::Part;
use crate::model::plan::{Phase, Plan};
use crate::model::policy::RedFlag;
use crate::model::read::Head;
use crate::source::Place;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/red-flag-without-metric", severity: Error, undecided: false,
        summary: "a red flag that the plan gives no way to see",
        doc: r#"A red flag speaks of a metric, probe, step or phase that the plan does not have.

## What it does
Looks up what the conditions of red flags speak of: those of the plan, and those of the policies it is under. A policy may watch for the failure of a step or phase that this plan does not have, since what is not there cannot fail; a metric or probe it asks for must be there. In a plan that still holds a `use`, steps and probes may be those of the procedure.

## Why is this bad?
The flag is there so that somebody notices. A plan that cannot see it runs blind, and looks guarded.

## Example
```stopline
policy release {
  redflag error-rate {
    on plan
    during deploy
    stop when metric.error-rate > 5%
    then rollback
  }
}

plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
}
```

## Use instead
```stopline
policy release {
  redflag error-rate {
    on plan
    during deploy
    stop when metric.error-rate > 5%
    then rollback
  }
}

plan checkout {
  service     = "checkout"
  environment = staging

  metric error-rate { run = "./metrics.sh error_rate", unit = percent }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
}
```
"#,
    }
}

/// The names of what can be seen or can fail.
struct Names<'a> {
    metrics: Known<'a>,
    probes: Known<'a>,
    steps: Known<'a>,
    phases: Known<'a>,
    has_procedures: bool,
}

struct Known<'a> {
    all: HashSet<&'a str>,
    /// In the order of the plan.
    shown: Vec<&'a str>,
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let names = Names::of(cx.plan);
    for flag in cx.own_flags {
        judge(cx, flag, &names, Owner::Plan);
    }
    for flag in cx.policy_flags {
        judge(cx, flag, &names, Owner::Policy);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Owner {
    Plan,
    Policy,
}

fn judge(cx: &mut LintContext<'_>, flag: &RedFlag, names: &Names<'_>, owner: Owner) {
    let mut told: HashSet<(&str, &str)> = HashSet::new();
    for (seen, place) in observed(&flag.condition) {
        let (kind, id, known) = match seen {
            Observed::Metric(id) | Observed::Baseline(id) => ("metric", id, &names.metrics),
            Observed::Failed(Part::Probe, id) => ("probe", id, &names.probes),
            Observed::Failed(Part::Step, id) => ("step", id, &names.steps),
            Observed::Failed(Part::Phase, id) => ("phase", id, &names.phases),
        };
        let may_be_a_procedures = names.has_procedures && matches!(kind, "probe" | "step");
        if known.all.contains(id) || may_be_a_procedures || (owner == Owner::Policy && !seen.watches()) {
            continue;
        }
        if !told.insert((kind, id)) {
            continue;
        }
        report(cx, flag, owner, &Missing { kind, id, known, place });
    }
}

struct Missing<'a> {
    kind: &'static str,
    id: &'a str,
    known: &'a Known<'a>,
    place: Place,
}

fn report(cx: &mut LintContext<'_>, flag: &RedFlag, owner: Owner, missing: &Missing<'_>) {
    let Missing { kind, id, known, place } = *missing;
    let plan = cx.plan.head.id.place;
    let message = format!("red flag `{}` speaks of {kind} `{id}`, and the plan has no such {kind}", flag.id);
    let add = match kind {
        "metric" => format!("add `metric {id} {{ run = \"…\" }}`"),
        "probe" => format!("add `probe {id} {{ http = \"…\" }}`"),
        _ => format!("there is no {kind} at all"),
    };
    let diagnostic = match owner {
        Owner::Plan => {
            let help = cx.nearest.cure(id, &known.shown, &format!("it has the {kind}"), &add);
            Diagnostic::new(&LINT, place, message).help(help)
        }
        Owner::Policy => Diagnostic::new(&LINT, plan, message)
            .related(place, "the red flag asks for it here")
            .help(format!("{add}: a red flag that nobody can see stops the plan")),
    };
    cx.report(diagnostic);
}

impl<'a> Names<'a> {
    fn of(plan: &'a Plan) -> Self {
        let probes = plan.phases.iter().flat_map(Phase::probes).map(|probe| &probe.head);
        let strategies = plan.phases.iter().flat_map(Phase::strategies).map(|strategy| &strategy.head);
        let steps = plan.steps().map(|(_, step)| &step.head).chain(strategies);
        Self {
            metrics: Known::of(plan.metrics.iter().map(|metric| &metric.head)),
            probes: Known::of(probes),
            steps: Known::of(steps),
            phases: Known::of(plan.phases.iter().map(|phase| &phase.head)),
            has_procedures: uses_procedures(plan),
        }
    }
}

impl<'a> Known<'a> {
    fn of(heads: impl Iterator<Item = &'a Head>) -> Self {
        let shown: Vec<&str> = heads.map(|head| head.id.value.as_str()).collect();
        Self { all: shown.iter().copied().collect(), shown }
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::{check, in_plan};

    #[test]
    fn a_plans_own_flag_speaks_of_what_is_there() {
        in_plan(
            &LINT,
            r#"
            phase deploy {
              step migrate { run = "m", undo = "n" }
              probe health { run = "h" }
              strategy canary { shift = "s", undo = "u" }
            }
            redflag good { stop when step.migrate.failed or probe.health.failed or step.canary.failed or phase.deploy.failed  then hold }
            redflag bad {
              stop when step.migrat.failed or probe.healt.failed or phase.backup.failed
                      # ^^^^^^^^^^^^^^^^^^ red flag `bad` speaks of step `migrat`, and the plan has no such step
                      # = did you mean `migrate`?
                                            # ^^^^^^^^^^^^^^^^^^ red flag `bad` speaks of probe `healt`, and the plan has no such probe
                                            # = did you mean `health`?
                                                                  # ^^^^^^^^^^^^^^^^^^^ red flag `bad` speaks of phase `backup`, and the plan has no such phase
                                                                  # = it has the phase `deploy`
              then hold
            }"#,
        );
    }

    #[test]
    fn a_policy_must_be_able_to_see_and_what_is_not_there_cannot_fail() {
        check(
            &LINT,
            r#"
            policy release {
              redflag errors { on plan  stop when metric.errors > 5 and metric.errors < 9  then rollback }
                                                # ------------- the red flag asks for it here
              redflag health { on plan  stop when probe.health.failed  then rollback }
                                                # ------------------- the red flag asks for it here
              redflag backup { on plan  during backup  stop when phase.backup.failed or step.save.failed  then hold }
            }
            plan p { service = "x", environment = staging
               # ^ red flag `release/errors` speaks of metric `errors`, and the plan has no such metric
               # = add `metric errors { run = "…" }`: a red flag that nobody can see stops the plan
               # ^ red flag `release/health` speaks of probe `health`, and the plan has no such probe
               # = add `probe health { http = "…" }`: a red flag that nobody can see stops the plan
              phase deploy { step copy { run = "c", undo = "d" } }
            }"#,
        );
    }

    #[test]
    fn the_probe_of_a_procedure_may_be_meant() {
        in_plan(
            &LINT,
            r#"
            phase deploy { use helm { chart = "x" } }
            redflag health { stop when probe.health.failed  then hold }"#,
        );
    }
}
