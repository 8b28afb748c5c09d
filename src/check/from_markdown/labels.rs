//! Labels that nothing of a plan is called, and that somebody will have meant as a part of it.

use super::words::{self, plain};
use crate::diagnostic::misspelt;

pub(super) const HOLD: &str = "a hold is written in the language, in a block of code with `stopline` behind its fence: `hold go-live { by = [approvers] }`";

/// What work stops for.
const HOLDS: &[&str] = &["hold", "gate"];

/// What people call a hold, or who ends it.
const APPROVALS: &[&str] = &[
    "approve",
    "approved",
    "approved by",
    "approval",
    "approvals",
    "approver",
    "approvers",
    "decision",
    "decision point",
    "sign off",
    "signoff",
    "signed off by",
    "go no go",
];

/// What has to be so before a step begins.
const PRECONDITIONS: &[&str] = &[
    "blocked by",
    "condition",
    "depends on",
    "precondition",
    "preconditions",
    "prerequisite",
    "prerequisites",
    "requires",
];

const CHECK: &str = "what has to hold before a step is looked at by a step of its own before it, whose command fails where it does not hold; what people look at before all of it is a box: `- [ ] The queue is empty`";

/// Other words for what a step has.
const INSTEAD: &[(&str, &str)] = &[
    ("execute", "run"),
    ("exec", "run"),
    ("cmd", "run"),
    ("commands", "run"),
    ("script", "run"),
    ("back out", "undo"),
    ("backout", "undo"),
    ("restore", "undo"),
    ("undo with", "undo"),
    ("undo command", "undo"),
    ("rollback command", "undo"),
    ("run command", "run"),
    ("verify with", "verify"),
    ("validate", "verify"),
    ("retry", "retries"),
    ("time limit", "timeout"),
    ("not reversible", "irreversible"),
    ("irrevocable", "irreversible"),
];

/// What the head of a table says that holds steps.
const HEADS: &[&str] = &["step", "steps", "command", "commands", "action", "task", "script"];

/// What to write instead of a label, if somebody may have meant something by it; `opens` where nothing stands behind it.
pub(super) fn meant(label: &str, opens: bool) -> Option<String> {
    let label = plain(label);
    if is_hold(&label) || APPROVALS.contains(&label.as_str()) {
        return Some(HOLD.to_owned());
    }
    // `Prerequisites:` also stands over a list of boxes.
    if !opens && PRECONDITIONS.contains(&label.as_str()) {
        return Some(CHECK.to_owned());
    }
    // `Commands:` and `Checks:` are also said before a list of them.
    if opens && label.ends_with('s') && words::step_attribute(label.trim_end_matches('s')).is_some() {
        return None;
    }
    let instead = INSTEAD.iter().find(|(word, _)| *word == label).map(|(_, meant)| *meant);
    if let Some(meant) = instead.or_else(|| misspelt(&label, words::step_labels())) {
        return Some(format!("did you mean `{meant}`?"));
    }
    misspelt(&label, HOLDS.iter().copied()).map(|_| HOLD.to_owned())
}

/// `Hold`, and `Hold go-live`.
pub(super) fn is_hold(label: &str) -> bool {
    plain(label).split(' ').next().is_some_and(|first| HOLDS.contains(&first))
}

/// `Approved by`, and `CAB approval`.
pub(super) fn is_approval(label: &str) -> bool {
    let label = plain(label);
    APPROVALS.iter().any(|known| label == *known || label.ends_with(&format!(" {known}")))
}

pub(super) fn heads_commands(cell: &str) -> bool {
    HEADS.contains(&plain(cell).as_str()) || words::step_attribute(cell).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_meant_is_told_from_prose() {
        for label in ["Hold", "HOLD go-live", "Approved by", "Time out", "Undoo", "Execute", "Secret", "Holds", "Retry"]
        {
            assert!(meant(label, false).is_some(), "{label}");
        }
        for label in
            ["Note", "Old", "Time", "Important", "Result", "Owner", "Tip", "Sun", "Expected", "Verified", "Link"]
        {
            assert!(meant(label, false).is_none(), "{label}");
        }
        assert!(meant("Checks", true).is_none() && meant("Checks", false).is_some());
    }
}
