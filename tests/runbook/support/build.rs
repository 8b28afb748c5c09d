//! Short words for procedures. Every step leaves its name in the file `did` of the folder it runs in.

use stopline::runbook::*;

pub(crate) fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub(crate) fn secs(seconds: u64) -> Seconds {
    Seconds::new(seconds)
}

pub(crate) fn name(text: &str) -> EnvironmentName {
    EnvironmentName::new(text).unwrap()
}

pub(crate) fn variable(key: &str, value: &str) -> Variable {
    Variable { name: name(key), value: value.to_owned() }
}

pub(crate) fn person(text: &str) -> Person {
    Person::new(text).unwrap()
}

pub(crate) fn command(run: &str) -> Command {
    Command { run: run.to_owned(), timeout: secs(20), ..Command::default() }
}

/// A procedure of these phases, without guards, flags or a way back of its own.
pub(crate) fn procedure(phases: Vec<(&str, Vec<Action>)>) -> Procedure {
    let phases =
        phases.into_iter().map(|(phase, actions)| Phase { id: id(phase), title: phase.to_owned(), actions }).collect();
    Procedure {
        id: id("checkout-1-2-3"),
        title: "Checkout v1.2.3".to_owned(),
        service: id("checkout"),
        environment: id("production"),
        provenance: Provenance {
            plan: "a".repeat(64),
            policies: Vec::new(),
            procedures: Vec::new(),
            stopline: "0.1.0".to_owned(),
        },
        env: Vec::new(),
        phases,
        metrics: Vec::new(),
        red_flags: Vec::new(),
        guards: Guards::default(),
        rollback: Rollback::default(),
    }
}

/// A step that only prepares: it changes nothing and has no undo.
pub(crate) fn quiet(step: &str, run: &str) -> Step {
    Step {
        id: id(step),
        title: format!("Do {step}"),
        command: command(run),
        captures: Vec::new(),
        noted_by: None,
        verify: None,
        undo: Undo::None,
        changes: false,
        retries: 0,
        retry_delay: Seconds::ZERO,
        idempotent: false,
        host: None,
    }
}

/// A step that changes production; it notes `<id>` and its undo notes `undo <id>`.
pub(crate) fn change(step: &str) -> Step {
    changing(step, &note(step))
}

/// The same with another command.
pub(crate) fn changing(step: &str, run: &str) -> Step {
    Step { changes: true, undo: Undo::Command(note(&format!("undo {step}"))), ..quiet(step, run) }
}

/// A command that notes `what` in the file `did`.
pub(crate) fn note(what: &str) -> String {
    format!("printf '%s\\n' '{what}' >>did")
}

pub(crate) fn hold(hold: &str) -> Hold {
    Hold {
        id: id(hold),
        title: format!("Approve {hold}"),
        by: vec![person("alice"), person("bob")],
        needs: 1,
        expires: None,
    }
}

pub(crate) fn probe(probe: &str, run: &str) -> Probe {
    Probe {
        id: id(probe),
        title: format!("Probe {probe}"),
        check: Check::Script { run: run.to_owned(), expect: 0 },
        every: secs(1),
        lasting: Seconds::ZERO,
        failures: 1,
        timeout: secs(5),
        env: Vec::new(),
        secrets: Vec::new(),
    }
}

pub(crate) fn watch(lasting: u64) -> Action {
    Action::Watch(Watch { id: id("watch"), title: "Watch".to_owned(), lasting: secs(lasting), every: secs(1) })
}

pub(crate) fn metric(metric: &str, run: &str) -> Metric {
    let command = Command { timeout: secs(5), ..command(run) };
    Metric { id: id(metric), command, unit: Unit::Number, may_be_negative: false, every: secs(1) }
}

pub(crate) fn flag(flag: &str, during: &[&str], condition: Condition, then: Consequence) -> RedFlag {
    RedFlag {
        id: id(flag),
        title: format!("Flag {flag}"),
        during: during.iter().map(|phase| id(phase)).collect(),
        condition,
        lasting: Seconds::ZERO,
        then,
        policy: None,
    }
}

pub(crate) fn number(text: &str) -> Quantity {
    Quantity::Constant(text.parse().unwrap())
}

/// `metric.<metric> > <than>`
pub(crate) fn above(metric: &str, than: Quantity) -> Condition {
    Condition::Compare { left: Quantity::Metric(id(metric)), operator: Comparison::Greater, right: than }
}

/// A canary of four shares whose undo notes `undo canary`.
pub(crate) fn canary(shift: &str) -> Canary {
    Canary {
        id: id("canary"),
        title: "Canary".to_owned(),
        shares: ["0.5", "25", "50", "100"].map(|share| share.parse().unwrap()).to_vec(),
        command: command(shift),
        undo: Undo::Command(note("undo canary")),
        analyze: Seconds::ZERO,
        every: secs(1),
        captures: Vec::new(),
        analysis: None,
        retries: 0,
        retry_delay: Seconds::ZERO,
        idempotent: true,
    }
}

/// Steps at the same time, `limit` at once; each with the names of those it needs.
pub(crate) fn group(limit: u32, members: Vec<(Step, &[&str])>) -> Parallel {
    let members = members
        .into_iter()
        .map(|(step, needs)| Member { step, needs: needs.iter().map(|needed| id(needed)).collect() })
        .collect();
    Parallel { id: id("group"), title: "Group".to_owned(), members, limit, tolerated: 0 }
}
