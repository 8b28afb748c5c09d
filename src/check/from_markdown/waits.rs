//! Whether a text says that something is waited for before its command: somebody's word, a time of the day, or what is done
//! first. Knows neither commands nor where they stand.

use super::hedge::{Hedge, HedgeKind, begins, holds};
use super::hedge_words::CODE;
use super::moment::time_at;
use crate::document::markdown::times;

/// What begins that needs somebody's word.
const LEAVES: &[&str] = &[
    "after",
    "await",
    "get",
    "hold",
    "must be",
    "needs",
    "obtain",
    "pause",
    "pending",
    "requires",
    "subject to",
    "upon",
    "wait",
    "with",
];

/// The word that somebody gives.
const AGREEING: &[&str] = &[
    "agree",
    "agreed",
    "agrees",
    "approval",
    "approve",
    "approved",
    "approves",
    "decision",
    "go-ahead",
    "green light",
    "says so",
    "sign-off",
    "signed off",
    "signoff",
    "signs off",
    "the go",
];

/// What machines say, too: `Wait until it is ok`.
const CONFIRMING: &[&str] = &["confirm", "confirmation", "confirmed", "confirms", "ok", "okay"];

/// What says that somebody has to, wherever it stands.
const HAS_TO: &[&str] = &["has to", "have to", "must", "need", "needs", "needs to", "requires"];

/// What says that it is not gone on yet.
const NOT_YET: &[&str] = &[
    "continue only",
    "do not continue",
    "do not go on",
    "do not proceed",
    "don't continue",
    "don't go on",
    "don't proceed",
    "go on only",
    "not before",
    "only continue",
    "only go on",
    "only proceed",
    "pause here",
    "proceed only",
    "stop here",
];

/// That word as a thing that is there or not: `Approval by security`, and not `Approval service`.
const WORDS_GIVEN: &[&str] = &["approval", "go-ahead", "go/no-go", "sign-off", "signoff"];

const BEHIND_WORDS_GIVEN: &[&str] = &[CODE, "by", "decision", "from", "is", "needed", "of", "required"];

/// With what a time of the day begins a part.
const TIMES: &[&str] = &["after", "at", "from", "not before"];

/// Days that have not come when the window opens.
const DAYS: &[&str] = &["next day", "next week", "the day after", "the next day", "the next morning", "tomorrow"];

/// Who is spoken with before something is done: `Check with the DBA, then …`.
const SPEAKS_WITH: &[&str] =
    &["agree with", "check with", "confirm with", "consult", "coordinate with", "speak to", "talk to"];

/// How prose tells people to stop, which no command does.
const STOPS: &[&str] = &["checkpoint", "hold", "pause", "stop here", "stop until", "wait"];

/// Where prose says that something is done.
const PLACES: &[&str] = &["as root", "as the", "as user", "inside", "on"];

/// What is done on another machine.
const ELSEWHERE: &[&str] = &["connect to", "log in to", "log into", "ssh into", "ssh to"];

/// What a part of a sentence waits for that its command does not.
pub(super) fn wait_of(part: &str) -> Option<Hedge> {
    leave_of(part).or_else(|| moment_of(part)).map(|words| HedgeKind::Waiting.by(words))
}

/// Somebody's word.
fn leave_of(part: &str) -> Option<&'static str> {
    let agreeing = holds(part, AGREEING);
    let confirms = holds(part, CONFIRMING).is_some();
    let agrees = agreeing.is_some() || names_somebody(part);
    let begun = begins(part, LEAVES);
    // A command may ask for approval itself.
    let for_a_word = agreeing.is_some() && begins(part, &["ask for"]).is_none();
    let is_asked = for_a_word || part.ends_with(" first ") || holds(part, &["before"]).is_some();
    begins(part, NOT_YET)
        .or_else(|| begun.or_else(|| holds(part, &["once", "until"])).filter(|_| agrees))
        .or_else(|| holds(part, HAS_TO).filter(|_| agrees || confirms))
        .or_else(|| begun.filter(|word| *word != "wait" && confirms))
        .or_else(|| begins(part, &["ask"]).filter(|_| is_asked))
        .or_else(|| word_given(part))
        .or(agreeing.filter(|_| names_somebody(part)))
}

/// A day, or a time of it.
fn moment_of(part: &str) -> Option<&'static str> {
    let ends = |day: &&str| part.ends_with(&format!(" {day} "));
    begins(part, DAYS)
        .or_else(|| DAYS.iter().copied().find(ends))
        .or_else(|| on_countdown(part))
        .or_else(|| time_of(part))
}

/// `On web2:`: where something is done, of which no command knows.
pub(super) fn place_of(part: &str) -> Option<Hedge> {
    begins(part, PLACES).map(|words| HedgeKind::Elsewhere.by(words))
}

/// What a sentence says is done before its command, where that is more than its command: `Wait an hour, then …`.
pub(super) fn done_first(parts: &[String]) -> Option<Hedge> {
    let first = parts.first()?;
    let then = |words: &[&'static str]| parts.iter().any(|part| holds(part, words).is_some());
    let waits = begins(first, &["wait"]).or_else(|| begins(first, SPEAKS_WITH)).filter(|_| then(&["then"]));
    let elsewhere = || begins(first, ELSEWHERE).filter(|_| then(&["execute", "run"]));
    let waits = waits.map(|words| HedgeKind::Waiting.by(words));
    waits.or_else(|| elsewhere().map(|words| HedgeKind::Elsewhere.by(words)))
}

/// What prose tells people to wait for.
pub(super) fn stop_of(part: &str) -> Option<Hedge> {
    let stops = begins(part, STOPS).or((part == " stop ").then_some("stop"));
    stops.map(|words| HedgeKind::Waiting.by(words))
}

/// `T-30m`, `T+1h`.
fn on_countdown(part: &str) -> Option<&'static str> {
    let first = part.split_whitespace().next()?;
    ["t-", "t+"].into_iter().find(|sign| {
        first.strip_prefix(sign).is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
    })
}

fn word_given(part: &str) -> Option<&'static str> {
    let word = begins(part, WORDS_GIVEN)?;
    let next = part.trim_start().strip_prefix(word)?.split_whitespace().next();
    next.is_none_or(|next| BEHIND_WORDS_GIVEN.contains(&next)).then_some(word)
}

fn time_of(part: &str) -> Option<&'static str> {
    let word = begins(part, TIMES)?;
    let rest = part.trim_start().strip_prefix(word)?.trim_start();
    let is_later = word == "after" && times::duration(rest).is_some_and(|(_, range)| range.start == 0);
    (is_later || time_at(rest).is_some()).then_some(word)
}

/// `@cto`, and not `@scope/package`.
fn names_somebody(part: &str) -> bool {
    part.split_whitespace().any(|word| word.len() > 1 && word.starts_with('@') && !word.contains('/'))
}
