//! Whether a text speaks of going back, or says what a command is for instead of naming a step. Knows no command.

use super::hedge::{Hedge, HedgeKind, begins, holds};
use super::hedge_words::QUESTIONS;

/// How going back is said.
const BACK: &[&str] = &[
    "back out",
    "backing out",
    "backout",
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
    "rolling back",
    "rollback",
    "rolled back",
    "rolls back",
    "take it back",
    "takes it back",
    "switch back",
    "switching back",
    "undo",
    "undoes",
    "undoing",
    "undone",
];

/// What names a way back where a title begins with it, and is a thing like others elsewhere.
const WAYS_BACK: &[&str] =
    &["contingency", "downgrade", "downgrading", "fall back", "fallback", "recovery", "way back"];

/// What goes back with something between: `Roll the index back`.
const SPREAD: &[&str] = &["bring", "put", "roll", "rolling", "rolls", "set", "switch", "switching", "take"];

/// How many words stand between at most.
const BETWEEN: usize = 4;

/// What may stand before that in a title: `How to restore`.
const BEFORE_BACK: &[&str] = &["a", "command", "for", "how", "the", "then", "to"];

/// What is tried out and not done: `Test the restore`.
const TRIALS: &[&str] = &["check", "confirm", "rehearse", "test", "try", "verify"];

/// How prose begins that says what the code below it is for, or where.
const PURPOSES: &[&str] = &["for", "how to", "in", "to"];

/// How output is introduced.
const PRINTS: &[&str] = &[
    "example output",
    "expected",
    "expected output",
    "expected response",
    "expected result",
    "it prints",
    "it should print",
    "output",
    "prints",
    "response",
    "returns",
    "sample output",
    "should print",
    "should return",
    "the output",
    "this prints",
    "this returns",
    "this should print",
    "this shows",
    "which prints",
    "you should get",
    "you should see",
    "you will see",
];

/// What may be done, and need not be.
const MAY: &[&str] = &["can", "could", "may", "might"];

/// Whether a title or a heading names something that goes back.
pub(super) fn goes_back(part: &str) -> Option<Hedge> {
    let rest: Vec<&str> = part.split_whitespace().skip_while(|word| BEFORE_BACK.contains(word)).collect();
    let part = format!(" {} ", rest.join(" "));
    let back = begins(&part, BACK).or_else(|| begins(&part, WAYS_BACK)).or_else(|| is_spread(&rest).then_some("back"));
    back.map(|words| HedgeKind::Back.by(words))
}

/// `Roll the index back`, `Switch traffic back to blue`.
fn is_spread(words: &[&str]) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    let behind = rest.iter().take(BETWEEN + 1).position(|word| *word == "back").and_then(|at| rest.get(at + 1..));
    let ends = |behind: &[&str]| behind.first().is_none_or(|word| matches!(*word, "to" | "with" | "`" | "again"));
    SPREAD.contains(first) && behind.is_some_and(ends)
}

/// Whether a heading speaks of a way back by words that no section is known by.
pub(super) fn names_a_way_back(words: &str) -> bool {
    WAYS_BACK.contains(&words)
        || matches!(words, "rolling back" | "backing out" | "going back" | "reverting" | "switch back")
        || matches!(words, "switching back" | "undo" | "undoing")
}

/// Whether prose that introduces code speaks of going back.
pub(super) fn speaks_of_going_back(part: &str) -> Option<Hedge> {
    holds(part, BACK).map(|words| HedgeKind::Back.by(words)).or_else(|| goes_back(part)).filter(|_| !is_tried(part))
}

/// Whether the code behind it is what something prints.
pub(super) fn prints(part: &str) -> Option<Hedge> {
    begins(part, PRINTS).map(|words| HedgeKind::Output.by(words))
}

/// Whether it leaves open whether the code is run.
pub(super) fn may_be_done(part: &str) -> Option<Hedge> {
    holds(part, MAY).filter(|_| !is_tried(part)).map(|words| HedgeKind::Purpose.by(words))
}

/// Whether it says what the code is for.
pub(super) fn purpose_of(part: &str) -> Option<Hedge> {
    begins(part, PURPOSES).map(|words| HedgeKind::Purpose.by(words))
}

fn is_tried(part: &str) -> bool {
    begins(part, TRIALS).or_else(|| begins(part, QUESTIONS)).is_some()
}
