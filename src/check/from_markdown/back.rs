//! Whether a text speaks of going back, or says what a command is for instead of naming a step. Knows no command.

use super::hedge::{begins, holds};
use super::hedge_words::QUESTIONS;

/// How going back is said.
const BACK: &[&str] = &[
    "back out",
    "go back",
    "going back",
    "restore",
    "restored",
    "restores",
    "restoring",
    "revert",
    "reverted",
    "reverting",
    "reverts",
    "roll back",
    "rollback",
    "rolled back",
    "rolls back",
    "take it back",
    "takes it back",
    "undo",
    "undoes",
    "undone",
];

/// What may stand before that in a title: `How to restore`.
const BEFORE_BACK: &[&str] = &["a", "command", "for", "how", "the", "then", "to"];

/// What is tried out and not done: `Test the restore`.
const TRIALS: &[&str] = &["check", "confirm", "rehearse", "test", "try", "verify"];

/// How prose begins that says what the code below it is for, or where.
const PURPOSES: &[&str] = &["for", "how to", "in", "to"];

/// What may be done, and need not be.
const MAY: &[&str] = &["can", "could", "may", "might"];

/// Whether a title or a heading names something that goes back.
pub(super) fn goes_back(part: &str) -> Option<&'static str> {
    let rest: Vec<&str> = part.split_whitespace().skip_while(|word| BEFORE_BACK.contains(word)).collect();
    begins(&format!(" {} ", rest.join(" ")), BACK)
}

/// Whether prose that introduces code speaks of going back.
pub(super) fn speaks_of_going_back(part: &str) -> Option<&'static str> {
    holds(part, BACK).filter(|_| !is_tried(part))
}

/// Whether it leaves open whether the code is run.
pub(super) fn may_be_done(part: &str) -> Option<&'static str> {
    holds(part, MAY).filter(|_| !is_tried(part))
}

/// Whether it says what the code is for.
pub(super) fn purpose_of(part: &str) -> Option<&'static str> {
    begins(part, PURPOSES)
}

pub(super) fn is_back(words: &str) -> bool {
    BACK.contains(&words)
}

pub(super) fn is_purpose(words: &str) -> bool {
    PURPOSES.contains(&words) || MAY.contains(&words)
}

fn is_tried(part: &str) -> bool {
    begins(part, TRIALS).or_else(|| begins(part, QUESTIONS)).is_some()
}
