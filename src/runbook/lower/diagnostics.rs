//! What a plan may say and a procedure cannot hold yet: refused with its place, never pretended.

use crate::descriptors;

descriptors! {
    /// What keeps a plan from becoming a procedure.
    LOWER_DESCRIPTORS;
    UNSUPPORTED_USE = {
        id: "plan/unsupported-use", severity: Error, undecided: false,
        summary: "a procedure used by the plan cannot be compiled yet",
        doc: "A runbook that left the steps of a procedure out would be shorter than the plan it was made from.\n\n## What to do instead\nWrite the procedure's steps into the phase.",
    }
    UNSUPPORTED_STRATEGY = {
        id: "plan/unsupported-strategy", severity: Error, undecided: false,
        summary: "a strategy that contradicts itself, or is given what another heeds",
        doc: "A canary shifts shares of the traffic, a rolling strategy goes from host to host, every other exchanges everything at once; what one of them would pass over is refused.\n\n## What to do instead\nLeave out what belongs to another kind, and give the strategy one command, `run` or `shift`; `blue-green` and `feature-flag` may have both.",
    }
    UNSUPPORTED_ACTION = {
        id: "plan/unsupported-action", severity: Error, undecided: false,
        summary: "a part of a phase that a runbook cannot carry out as written",
        doc: "What contradicts itself, or asks for something no runbook does, is refused rather than carried out by half.\n\n## What to do instead\nFollow the help of the finding.",
    }
    UNSUPPORTED_NAME = {
        id: "plan/unsupported-name", severity: Error, undecided: false,
        summary: "a name that cannot stand in a runbook",
        doc: "Ids, variables and people stand bare in what is compiled, so only letters that no shell and no pipeline reads in its own way are allowed.\n\n## What to do instead\nWrite ids in small letters, digits, `_` and `-`, variables in letters, digits and `_`.",
    }
    UNSUPPORTED_ORDER = {
        id: "plan/unsupported-order", severity: Error, undecided: false,
        summary: "a step needs something that comes after it",
        doc: "A runbook does one thing after the other, in the order of the plan. A step that needs a later one would run too early.\n\n## What to do instead\nMove the step that is needed before the one that needs it.",
    }
    UNSUPPORTED_TIME = {
        id: "plan/unsupported-time", severity: Error, undecided: false,
        summary: "a time that cannot be made an instant",
        doc: "A runbook carries instants, not wall clocks: each time of the plan is resolved when it is compiled.\n\n## What to do instead\nGive the plan a `window` with `start`, `duration` and `zone`.",
    }
    UNSUPPORTED_RED_FLAG = {
        id: "plan/unsupported-red-flag", severity: Error, undecided: false,
        summary: "a red flag that a runbook could not see or act upon",
        doc: "A red flag that can never be raised promises what nobody keeps. In a runbook it compares metrics, baselines and constants, asks whether something failed, and ends in `rollback` or `hold`.\n\n## What to do instead\nGive the plan the metric, step or phase the flag speaks of, or write the condition with comparisons, `and`, `or` and `not`.",
    }
    UNENFORCEABLE_RULE = {
        id: "plan/unenforceable-rule", severity: Error, undecided: false,
        summary: "a rule marked `enforce run` that cannot be woven into the runbook",
        doc: "Such a rule holds while the plan runs, or the plan does not compile. A guard knows times, so what changes with time must be asked with `plan.window overlaps …`.\n\n## What to do instead\nWrite the condition with `plan.window overlaps` and weekdays, calendars, parameters or a list of them, or leave `enforce run` out.",
    }
    UNRUNNABLE = {
        id: "plan/unrunnable", severity: Error, undecided: false,
        summary: "a part of the plan that no runbook can hold",
        doc: "A limit of no time, a probe that can never fail, a change without an undo: a runbook with it would break a promise. A plan without a phase has nothing to run.\n\n## What to do instead\nCorrect what the finding names.",
    }
}
