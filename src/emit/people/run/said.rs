//! A line of the journal in words, or nothing where it would only make the story longer.

use std::collections::BTreeSet;

use super::super::clock::took;
use super::Teller;
use crate::emit::page::{Words, strong, text};
use crate::journal::Entry;
use crate::runbook::Epoch;

/// What the lines before one came to, as far as it decides what is worth a line.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Flags that are raised.
    raised: BTreeSet<String>,
    /// Steps that were begun, and nobody saw them end.
    begun: BTreeSet<String>,
}

impl Teller<'_> {
    pub(super) fn said(&self, entry: &Entry, before: &mut Before) -> Option<Words> {
        let fact = |name: &str| entry.fact(name).unwrap_or_default();
        let why = |words: Words| match entry.fact("why") {
            Some(why) => words.text(": ").text(why),
            None => words,
        };
        let named = || self.named(&entry.of);
        let by = || format!(" by {} on {}", fact("user"), fact("host"));
        Some(match entry.event.as_str() {
            "open" => strong("Began").text(by()),
            "resume" => strong("Resumed").text(by()),
            "glass" => strong("The glass was broken: ").text(fact("reason")),
            "guard" => match fact("verdict") {
                "pass" => return None,
                verdict => strong(format!("Guard {}: {verdict}", fact("name"))).text(": ").text(fact("why")),
            },
            "end" => {
                before.ended(entry);
                return self.ended_command(entry);
            }
            "failed" => why(strong("Failed: ").and(named())),
            "done" => return self.done(entry, before),
            "hold" => match fact("expires").parse() {
                Ok(expires) => {
                    named().text(format!(" waits for people until {}", self.clock.moment(Epoch::new(expires))))
                }
                Err(_) => named().text(" waits for people"),
            },
            "approve" => strong(format!("@{} approved", fact("who"))).text(" ").and(named()),
            "refuse" => why(strong("Refused: ").and(named())),
            "share" => named().text(format!(": {} % of the traffic, and nothing was raised", fact("share"))),
            "look" => match fact("verdict") {
                "fine" => return None,
                verdict => named().text(format!(": look {} at {} %: {verdict}", fact("number"), fact("share"))),
            },
            "probe" => match fact("verdict") {
                "good" => named().text(": good"),
                _ => why(named().strong(": bad")),
            },
            "watch" => named().text(": nothing was raised"),
            "flag" => return self.flag(entry, before),
            "again" if fact("passed") == "yes" => named().text(" failed, and somebody has seen it"),
            "again" => named().text(" is tried again"),
            "owed" => strong("Owed: ").text(fact("kind")).text(" ").and(named()),
            "rollback" => why(strong("Going back")),
            "interrupted" => strong("Interrupted: ").and(named()).text(format!(" by SIG{}", fact("signal"))),
            "captured" => named().text(" noted ").code(format!("{}={}", fact("name"), fact("value"))),
            "torn" => strong("A crash had cut off the last line of the journal"),
            "stop" => why(strong(format!("Stopped with status {}", fact("status")))),
            "refused" => why(strong("Stopped before any change")),
            "confirmed" => strong("Confirmed"),
            "rolled-back" => why(strong("Rolled back")),
            "handed" => why(strong("Handed to a person")),
            "begin" => {
                before.began(entry);
                return None;
            }
            // the command that did it has said so, or the flag that wants it
            "undone" | "returned" | "baseline" | "followup" | "decided" => return None,
            other => text(other).text(" ").and(named()),
        })
    }

    /// What was done without a command that was seen to end; one that was has said so.
    fn done(&self, entry: &Entry, before: &mut Before) -> Option<Words> {
        let id = entry.of.as_str();
        if before.begun.remove(id) {
            return Some(self.named(id).text(": found done: its verification says so, and nobody saw it end"));
        }
        let is_group =
            self.procedure.actions().any(|action| action.id().as_str() == id && action.members().next().is_some());
        is_group.then(|| self.named(id).text(": done"))
    }

    fn ended_command(&self, entry: &Entry) -> Option<Words> {
        let fact = |name: &str| entry.fact(name).unwrap_or_default();
        let what = match fact("part") {
            "run" => "",
            "verify" if fact("status") == "0" => return None,
            "verify" => "Verification of ",
            "undo" => "Undo of ",
            "return" => "On the way back: ",
            "shift" => "Shift of ",
            "notify" => "Message: ",
            _ => "Command of ",
        };
        let length = match fact("seconds") {
            "" | "0" => String::new(),
            seconds => seconds.parse().map_or_else(|_| String::new(), |seconds| format!(" after {}", took(seconds))),
        };
        let share = entry.fact("share").map_or_else(String::new, |share| format!(" to {share} %"));
        let words = text(what).and(self.named(&entry.of)).text(share);
        Some(match (fact("status"), fact("late")) {
            ("0", _) => words.text(format!(": done{length}")),
            (status, "yes") => words.text(": ").strong(format!("ran into its limit, status {status}{length}")),
            (status, _) => words.text(": ").strong(format!("failed with status {status}{length}")),
        })
    }

    /// That a flag is fine is worth a line once it was not.
    fn flag(&self, entry: &Entry, before: &mut Before) -> Option<Words> {
        let named = text("Red flag ").and(self.named(&entry.of));
        let values = entry.fact("values").map(str::trim).filter(|values| !values.is_empty());
        let values = values.map_or_else(String::new, |values| format!(" ({values})"));
        let verdict = entry.fact("verdict").unwrap_or("unknown");
        if verdict != "fine" {
            before.raised.insert(entry.of.clone());
            return Some(named.text(": ").strong(verdict).text(values));
        }
        before.raised.remove(&entry.of).then(|| named.text(format!(": fine again{values}")))
    }
}

impl Before {
    fn began(&mut self, entry: &Entry) {
        if changes_something(entry) {
            self.begun.insert(entry.of.clone());
        }
    }

    fn ended(&mut self, entry: &Entry) {
        if changes_something(entry) {
            self.begun.remove(&entry.of);
        }
    }
}

fn changes_something(entry: &Entry) -> bool {
    matches!(entry.fact("part"), Some("run" | "shift"))
}
