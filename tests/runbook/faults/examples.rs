//! The plans in `examples/`, with their shape kept and every command in it replaced by one that only says what it does.

use rust_decimal::Decimal;
use stopline::runbook::*;

use super::cases::{logged, remembers};
use crate::support::*;
use crate::texts::Texts;

/// What stands around each strategy: people, waits, looks, news and debts.
const AROUND: &str = r#"plan p {
  service = "x"
  environment = production
  window { start = 2026-11-24T10:00, duration = 12h, zone = "UTC" }
  team { lead = @ann, approvers = [@ben, @ann] }
  metric m { run = "x" }
  redflag f "Errors" {
    during deploy, verify
    stop when metric.m > 1.5 * baseline(metric.m)
    then rollback
  }
  phase prepare { step look { run = "x" } }
  phase deploy {
    hold go { by = [lead], needs = 1, expires = 1h }
    notify tell { run = "x" }
    step first { run = "x", undo = "x", verify = "x", idempotent = true }
    STRATEGY
  }
  phase verify {
    probe p { run = "x" }
    watch w { for = 1m }
  }
  phase confirm { followup owe { due = T+1d, by = @ann } }
  rollback { step back { run = "x" } }
}"#;

/// The strategies there are.
const STRATEGIES: [(&str, &str); 6] = [
    ("recreate", "strategy recreate { run = \"x\", undo = \"x\", verify = \"x\" }"),
    (
        "feature flag",
        "strategy feature-flag { run = \"x\", shift = \"x\", undo = \"x\", verify = \"x\", flag = \"f\" }",
    ),
    ("blue-green", "strategy blue-green { run = \"x\", shift = \"x\", undo = \"x\", verify = \"x\" }"),
    (
        "canary, analysed",
        "strategy canary { steps = [5%, 100%], shift = \"x\", undo = \"x\", every = 10s, looks = 2, failures = 1 }",
    ),
    (
        "rolling",
        "strategy rolling { hosts = [\"h1\", \"h2\", \"h3\"], batch = 2, run = \"x\", undo = \"x\", verify = \"x\" }",
    ),
    (
        "parallel",
        "parallel { limit = 2\n step o { run = \"x\", undo = \"x\" }\n step q { run = \"x\", undo = \"x\", verify = \"x\" }\n step r { run = \"x\", undo = \"x\", needs = [o] } }",
    ),
];

/// Every plan there that may go, and one for each strategy, by name.
pub(super) fn examples() -> Vec<(String, Procedure)> {
    let plans = crate::examples::examples().into_iter().map(|example| {
        let procedure = Texts::at(&example.at).input(&example.name, &example.text).procedure();
        (example.name, mimic(procedure))
    });
    let around = STRATEGIES.iter().map(|(name, strategy)| {
        let procedure =
            Texts::at("2026-11-20T12:00Z").input("p.plan", &AROUND.replace("STRATEGY", strategy)).procedure();
        (format!("{name}, and all around it"), mimic(procedure))
    });
    plans.chain(around).collect()
}

/// The same shape, and nothing in it but what says that it was done.
fn mimic(mut procedure: Procedure) -> Procedure {
    procedure.phases.iter_mut().flat_map(|phase| &mut phase.actions).for_each(act);
    procedure.rollback.steps.iter_mut().for_each(|step| {
        say(step);
        step.command = command(&logged("return", step.id.as_str()));
        step.verify = None;
    });
    let metrics: Vec<Metric> = procedure.metrics.iter().map(|found| metric(found.id.as_str(), "cat value")).collect();
    procedure.red_flags.retain(|flag| !flag.condition.metrics().is_empty());
    for flag in &mut procedure.red_flags {
        let read = flag.condition.metrics().first().map(ToString::to_string).unwrap();
        flag.condition = above(&read, number("5"));
        flag.lasting = Seconds::ZERO;
    }
    Procedure {
        metrics,
        guards: Guards { tools: Vec::new(), ..procedure.guards },
        id: id("checkout-1-2-3"),
        service: id("checkout"),
        environment: id("production"),
        provenance: Provenance { plan: "a".repeat(64), ..procedure.provenance },
        ..procedure
    }
}

fn act(action: &mut Action) {
    match action {
        Action::Step(step) => say(step),
        Action::Parallel(group) => group.members.iter_mut().for_each(|member| say(&mut member.step)),
        Action::Canary(canary) => {
            canary.command = command(&logged("run", canary.id.as_str()));
            if matches!(canary.undo, Undo::Command(_)) {
                canary.undo = Undo::Command(logged("undo", canary.id.as_str()));
            }
            canary.shares = vec![Decimal::from(10), Decimal::from(100)];
            (canary.analyze, canary.every) = (Seconds::ZERO, secs(1));
            canary.retry_delay = Seconds::ZERO;
        }
        Action::Hold(hold) => (hold.by, hold.needs) = (vec![person("alice")], 1),
        Action::Probe(found) => *found = Probe { title: found.title.clone(), ..probe(found.id.as_str(), "true") },
        Action::Watch(watch) => (watch.lasting, watch.every) = (secs(1), secs(1)),
        Action::Notify(notify) => notify.command = command(&logged("notify", notify.id.as_str())),
        Action::Followup(_) | Action::Baseline(_) => {}
    }
}

fn say(step: &mut Step) {
    let id = step.id.as_str().to_owned();
    step.command = command(&logged("run", &id));
    step.verify = step.verify.as_ref().map(|_| format!("grep -qx 'run- {id}' log"));
    if matches!(step.undo, Undo::Command(_)) {
        step.undo = Undo::Command(logged("undo", &id));
    }
    remembers(step);
    step.retry_delay = Seconds::ZERO;
}
