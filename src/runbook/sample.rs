//! Small procedures for the tests of this layer.

use super::{
    Action, Command, Comparison, Condition, Consequence, Guards, Id, Phase, Procedure, Provenance, Quantity, RedFlag,
    Rollback, Seconds, Step, Undo,
};

pub(super) fn id(text: &str) -> Id {
    Id::new(text).unwrap_or_else(|_| Id::nearest(text))
}

/// A step that changes production, takes a minute at most, and can be undone.
pub(super) fn change(name: &str) -> Step {
    Step {
        id: id(name),
        title: name.to_owned(),
        command: Command { run: "true".to_owned(), timeout: Seconds::new(60), ..Command::default() },
        captures: Vec::new(),
        noted_by: None,
        verify: None,
        undo: Undo::Command("true".to_owned()),
        changes: true,
        retries: 0,
        retry_delay: Seconds::ZERO,
        idempotent: false,
        host: None,
    }
}

/// A flag that holds in a phase, as soon as a metric is above what it was before.
pub(super) fn flag(name: &str, phase: &str, metric: &str) -> RedFlag {
    RedFlag {
        id: id(name),
        title: String::new(),
        during: vec![id(phase)],
        condition: Condition::Compare {
            left: Quantity::Metric(id(metric)),
            operator: Comparison::Greater,
            right: Quantity::Baseline(id(metric)),
        },
        lasting: Seconds::ZERO,
        then: Consequence::Hold,
        policy: None,
    }
}

pub(super) fn procedure(phases: Vec<(&str, Vec<Action>)>) -> Procedure {
    let phases =
        phases.into_iter().map(|(name, actions)| Phase { id: id(name), title: name.to_owned(), actions }).collect();
    Procedure {
        id: id("plan"),
        title: "Plan".to_owned(),
        service: id("service"),
        environment: id("production"),
        provenance: Provenance {
            plan: "0".repeat(64),
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
