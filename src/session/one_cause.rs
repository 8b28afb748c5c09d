//! What leaves several rules undecided is said once, with the rules it concerns. Knows no file and no subject.

use std::cmp::Reverse;

use crate::diagnostic::{Diagnostic, Severity};
use crate::eval::reason_undecided;
use crate::source::Place;
use crate::subject::INCLUDE_UNSEEN;

/// What to do where nothing more is known.
const HELP: &str = "let the run see the text that will be read in the end";

/// Makes one finding of those that give one reason, at one place, for not being decided: it has the weight of the gravest. A
/// note about the same place says nothing more than that, but what to do.
pub(super) fn say_once(findings: &mut Vec<Diagnostic>) {
    if findings.iter().all(|finding| reason_undecided(finding).is_none()) {
        return;
    }
    let (mut undecided, mut rest): (Vec<_>, Vec<_>) =
        std::mem::take(findings).into_iter().partition(|finding| reason_undecided(finding).is_some());
    undecided.sort_by(|one, other| key(one).cmp(&key(other)));
    undecided.dedup();
    let groups = undecided.chunk_by(|one, other| one.place == other.place && reason(one) == reason(other));
    let groups: Vec<Diagnostic> = groups.filter_map(|group| gathered(group, &mut rest)).collect();
    rest.extend(groups);
    *findings = rest;
}

/// One cause after the other, the gravest of its rules first.
fn key(finding: &Diagnostic) -> (Option<Place>, &str, Reverse<Severity>, &str) {
    (finding.place, reason(finding), Reverse(finding.severity), &finding.rule)
}

fn reason(finding: &Diagnostic) -> &str {
    reason_undecided(finding).unwrap_or_default()
}

fn gathered(group: &[Diagnostic], rest: &mut Vec<Diagnostic>) -> Option<Diagnostic> {
    let gravest = group.first()?;
    let note = rest.iter().position(|finding| finding.place == gravest.place && finding.rule == INCLUDE_UNSEEN.id);
    let help = note.and_then(|at| rest.remove(at).help).unwrap_or_else(|| HELP.to_owned());
    let rules: Vec<String> = group.iter().map(|finding| format!("`{}`", finding.rule)).collect();
    let message = match rules.as_slice() {
        [_] => gravest.message.clone(),
        several => format!("{}, so {} rules cannot be decided: {}", reason(gravest), several.len(), several.join(", ")),
    };
    let controls = each_once(group.iter().flat_map(|finding| &finding.controls));
    let related = each_once(group.iter().flat_map(|finding| &finding.related));
    let label = gravest.label.clone().filter(|_| rules.len() == 1);
    Some(Diagnostic { message, label, help: Some(help), controls, related, ..gravest.clone() })
}

fn each_once<'t, T: Clone + PartialEq + 't>(all: impl Iterator<Item = &'t T>) -> Vec<T> {
    all.fold(Vec::new(), |mut known, one| {
        if !known.contains(one) {
            known.push(one.clone());
        }
        known
    })
}
