//! `plan/red-flag-too-early`.

use std::collections::HashMap;

use super::context::LintContext;
use super::observed::{Observed, Phases, observed};
use super::work::{actions, works};
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::expression::Part;
use crate::model::plan::{Action, Phase, Plan};
use crate::model::policy::RedFlag;
use crate::source::Place;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/red-flag-too-early", severity: Error, undecided: false,
        summary: "a red flag that is over before what it speaks of can fail",
        doc: r#"A red flag speaks of the failure of something that stands in a later phase than all it is armed in.

## What it does
Compares the phases of `during` with the phase in which each step, probe or phase stands whose failure the condition speaks of.

## Why is this bad?
When the failure comes, nobody looks at the flag any more: what it leads to never happens, and beside a metric (`metric.errors > 5 and probe.health.failed`) it keeps the metric from counting, too.

## Example
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
  phase verify {
    probe health { http = "https://checkout.example.com/healthz" }
  }
  redflag sick {
    during deploy
    stop when probe.health.failed
    then hold
  }
}
```

## Use instead
```stopline
plan checkout {
  service     = "checkout"
  environment = staging

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
  phase verify {
    probe health { http = "https://checkout.example.com/healthz" }
  }
  redflag sick {
    during deploy, verify
    stop when probe.health.failed
    then hold
  }
}
```
"#,
    }
}

pub(super) fn run(cx: &mut LintContext<'_>) {
    let plan = cx.plan;
    let phases = Phases::of(plan);
    let stands = places_of(plan, &phases);
    for flag in cx.own_flags {
        for missed in missed(flag, &phases, &stands) {
            cx.report(Diagnostic::new(&LINT, missed.place, missed.message(flag)).help(missed.help()));
        }
    }
    for flag in cx.policy_flags {
        for missed in missed(flag, &phases, &stands) {
            cx.report(
                Diagnostic::new(&LINT, plan.head.id.place, missed.message(flag))
                    .related(missed.place, "the red flag speaks of it here")
                    .help(missed.help()),
            );
        }
    }
}

/// The first phase in which something of this name can fail, by its place among all.
type Stands<'a> = HashMap<(&'static str, &'a str), (usize, &'a str)>;

fn places_of<'a>(plan: &'a Plan, phases: &Phases<'a>) -> Stands<'a> {
    let place = |phase: &'a Phase| Some((phases.index(phase.name())?, phase.name()));
    let probes = actions(plan).filter_map(|(phase, action)| match action {
        Action::Probe(probe) => Some((("probe", probe.head.id.value.as_str()), place(phase)?)),
        Action::Step(_)
        | Action::Parallel(_)
        | Action::Strategy(_)
        | Action::Hold(_)
        | Action::Watch(_)
        | Action::Notify(_)
        | Action::Followup(_)
        | Action::Use(_) => None,
    });
    let steps =
        works(plan).into_iter().filter_map(|work| Some((("step", work.head.id.value.as_str()), place(work.phase)?)));
    let all = plan.phases.iter().filter_map(|phase| Some((("phase", phase.name()), place(phase)?)));
    let mut stands = Stands::new();
    for (name, at) in probes.chain(steps).chain(all) {
        stands.entry(name).or_insert(at);
    }
    stands
}

/// A failure that comes when the flag is armed no more.
struct Missed<'a> {
    kind: &'static str,
    id: &'a str,
    phase: &'a str,
    place: Place,
}

fn missed<'f>(flag: &'f RedFlag, phases: &Phases<'_>, stands: &Stands<'f>) -> Vec<Missed<'f>> {
    let Some(last) = phases.last_armed(flag) else { return Vec::new() };
    let seen = observed(&flag.condition).into_iter().filter_map(|(seen, place)| match seen {
        Observed::Failed(Part::Probe, id) => Some(("probe", id, place)),
        Observed::Failed(Part::Step, id) => Some(("step", id, place)),
        Observed::Failed(Part::Phase, id) => Some(("phase", id, place)),
        Observed::Metric(_) | Observed::Baseline(_) => None,
    });
    let later = seen.filter_map(|(kind, id, place)| {
        let (at, phase) = *stands.get(&(kind, id))?;
        (at > last).then_some(Missed { kind, id, phase, place })
    });
    later.collect()
}

impl Missed<'_> {
    fn message(&self, flag: &RedFlag) -> String {
        let Self { kind, id, phase, .. } = self;
        let what = if *kind == "phase" { format!("phase `{id}`") } else { format!("{kind} `{id}` of phase `{phase}`") };
        format!("red flag `{}` is armed no more when {what} can fail", flag.id)
    }

    fn help(&self) -> String {
        format!("arm it there, too: `during … , {}`; or leave `{}.{}.failed` out", self.phase, self.kind, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::{check, in_plan};

    #[test]
    fn what_a_flag_waits_for_can_fail_while_it_is_armed() {
        in_plan(
            &LINT,
            r#"
            metric slow { run = "s" }
            phase prepare { step look { run = "l" } }
            phase deploy { parallel { step copy { run = "c", undo = "d" } } }
            phase verify { probe health { run = "h" } }
            redflag one { during deploy  stop when metric.slow > 5 and probe.health.failed  then hold }
                                                                     # ^^^^^^^^^^^^^^^^^^^ red flag `one` is armed no more when probe `health` of phase `verify` can fail
                                                                     # = arm it there, too: `during … , verify`; or leave `probe.health.failed` out
            redflag two { during prepare  stop when step.copy.failed  then hold }
                                                  # ^^^^^^^^^^^^^^^^ red flag `two` is armed no more when step `copy` of phase `deploy` can fail
                                                  # = arm it there, too: `during … , deploy`; or leave `step.copy.failed` out
            redflag three { during prepare, deploy  stop when phase.verify.failed  then hold }
                                                            # ^^^^^^^^^^^^^^^^^^^ red flag `three` is armed no more when phase `verify` can fail
                                                            # = arm it there, too: `during … , verify`; or leave `phase.verify.failed` out
            redflag four { during deploy, verify  stop when probe.health.failed or step.look.failed  then hold }
            redflag five { stop when probe.health.failed  then hold }
            redflag six { during verify  stop when step.copy.failed  then fix-forward }
            redflag seven { during deploy  stop when step.nothing.failed  then hold }"#,
        );
    }

    #[test]
    fn a_flag_of_a_policy_is_told_of_at_the_plan() {
        check(
            &LINT,
            r#"
            policy release {
              redflag sick { on plan  during deploy  stop when phase.verify.failed  then hold }
                                                             # ------------------- the red flag speaks of it here
              redflag other { on plan  during deploy  stop when phase.confirm.failed  then hold }
            }
            plan p { service = "x", environment = staging
               # ^ red flag `release/sick` is armed no more when phase `verify` can fail
               # = arm it there, too: `during … , verify`; or leave `phase.verify.failed` out
              phase deploy { step copy { run = "c", undo = "d" } }
              phase verify { step look { run = "l" } }
            }"#,
        );
    }
}
