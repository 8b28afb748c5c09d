//! What a plan may say and a procedure cannot hold yet: refused with its place, never pretended.

use crate::descriptors;

descriptors! {
    /// What keeps a plan from becoming a procedure.
    LOWER_DESCRIPTORS;
    UNSUPPORTED_USE = {
        id: "plan/unsupported-use", severity: Error, undecided: false,
        summary: "a procedure used by the plan cannot be compiled yet",
        doc: include_str!("docs/unsupported-use.md"),
    }
    UNSUPPORTED_STRATEGY = {
        id: "plan/unsupported-strategy", severity: Error, undecided: false,
        summary: "a strategy that contradicts itself, or is given what another heeds",
        doc: include_str!("docs/unsupported-strategy.md"),
    }
    UNSUPPORTED_ACTION = {
        id: "plan/unsupported-action", severity: Error, undecided: false,
        summary: "a part of a phase that a runbook cannot carry out as written",
        doc: include_str!("docs/unsupported-action.md"),
    }
    UNSUPPORTED_NAME = {
        id: "plan/unsupported-name", severity: Error, undecided: false,
        summary: "a name that cannot stand in a runbook",
        doc: include_str!("docs/unsupported-name.md"),
    }
    UNSUPPORTED_ORDER = {
        id: "plan/unsupported-order", severity: Error, undecided: false,
        summary: "a step needs something that comes after it",
        doc: include_str!("docs/unsupported-order.md"),
    }
    UNSUPPORTED_TIME = {
        id: "plan/unsupported-time", severity: Error, undecided: false,
        summary: "a time that cannot be made an instant",
        doc: include_str!("docs/unsupported-time.md"),
    }
    UNSUPPORTED_RED_FLAG = {
        id: "plan/unsupported-red-flag", severity: Error, undecided: false,
        summary: "a red flag that a runbook could not see or act upon",
        doc: include_str!("docs/unsupported-red-flag.md"),
    }
    UNENFORCEABLE_RULE = {
        id: "plan/unenforceable-rule", severity: Error, undecided: false,
        summary: "a rule marked `enforce run` that cannot be woven into the runbook",
        doc: include_str!("docs/unenforceable-rule.md"),
    }
    UNRUNNABLE = {
        id: "plan/unrunnable", severity: Error, undecided: false,
        summary: "a part of the plan that no runbook can hold",
        doc: include_str!("docs/unrunnable.md"),
    }
}
