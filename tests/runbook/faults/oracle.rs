//! Judges what happened by what the commands logged and what the journal says, and by nothing the script said of itself.

use std::collections::HashMap;

use stopline::runbook::*;

use super::cases::{serves, steps};
use super::person::Settled;
use crate::support::{Lab, sha256};

/// Everything that is not as promised.
pub(super) fn violations(lab: &Lab, procedure: &Procedure, settled: &Settled) -> Vec<String> {
    let mut wrong = Vec::new();
    let log: Vec<String> = lab.text("log").lines().map(str::to_owned).collect();
    let count = |line: String| log.iter().filter(|logged| **logged == line).count();
    let journal = std::fs::read_to_string(lab.journal_path()).unwrap();
    let events: Vec<serde_json::Value> = journal.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    chained(&journal, &events, &mut wrong);
    let text = |event: &serde_json::Value, key: &str| event[key].as_str().unwrap_or_default().to_owned();
    let is = |kind: &str, id: &str| events.iter().any(|event| event["event"] == kind && event["of"] == id);

    for step in steps(procedure) {
        let id = step.id.as_str();
        let ran = count(format!("run+ {id}"));
        let allowed = 1 + settled.allowed.iter().filter(|allowed| *allowed == id).count();
        if ran > allowed && !step.idempotent {
            wrong.push(format!("{id} ran {ran} times, and {allowed} were allowed"));
        }
        if ran > 0 && !is("begin", id) {
            wrong.push(format!("{id} ran, and the journal does not know"));
        }
        if is("done", id) && count(format!("run- {id}")) == 0 {
            wrong.push(format!("the journal calls {id} done, and it did not come to its end"));
        }
        let undone = count(format!("undo- {id}"));
        if is("undone", id) && undone == 0 {
            wrong.push(format!("the journal calls {id} undone, and it was not"));
        }
        if count(format!("undo+ {id}")) > allowed.max(1) && !step.idempotent {
            wrong.push(format!("{id} was undone more than once"));
        }
    }
    let begun = begun(&events);
    let owes = |id: &str| {
        let canary =
            procedure.actions().any(|action| matches!(action, Action::Canary(canary) if canary.id.as_str() == id));
        canary || steps(procedure).iter().any(|step| step.id.as_str() == id && matches!(step.undo, Undo::Command(_)))
    };
    let begun: Vec<&str> = begun.iter().map(String::as_str).filter(|id| owes(id)).collect();
    let last = events.iter().rev().find(|event| event["event"] != "torn").map(|event| text(event, "event"));
    let last = last.unwrap_or_default();
    match (settled.status, last.as_str()) {
        (0, "confirmed") => {
            for id in steps(procedure).iter().map(|step| step.id.as_str()) {
                let given_up = is("owed", id) && is("undone", id);
                if count(format!("run- {id}")) == 0
                    && !given_up
                    && !procedure.rollback.steps.iter().any(|step| step.id.as_str() == id)
                {
                    wrong.push(format!("it is confirmed, and {id} was not done"));
                }
            }
        }
        (10, "rolled-back") => {
            let mut undone: Vec<&str> = Vec::new();
            for id in log.iter().filter_map(|line| line.strip_prefix("undo+ ")) {
                if !undone.contains(&id) && !is("owed", id) {
                    undone.push(id);
                }
            }
            let wanted: Vec<&str> = begun.iter().rev().copied().filter(|id| !is("owed", id)).collect();
            if undone != wanted {
                wrong.push(format!("begun were {begun:?}, and undone {undone:?}"));
            }
            let unfinished = begun.iter().filter(|id| count(format!("undo- {id}")) == 0);
            wrong.extend(unfinished.map(|id| format!("{id} was begun and never undone")));
            let missed = procedure.rollback.steps.iter().filter(|step| count(format!("return- {}", step.id)) == 0);
            wrong.extend(missed.map(|step| format!("it is rolled back, and its step {} did not run", step.id)));
        }
        (20, "refused" | "stop") => {
            let changed =
                steps(procedure).into_iter().filter(|step| step.changes && count(format!("run+ {}", step.id)) > 0);
            wrong.extend(changed.map(|step| format!("it stopped before any change, and {} was done", step.id)));
        }
        (31, "handed") => {
            let left = begun.iter().filter(|id| count(format!("undo- {id}")) == 0);
            let unnamed = left.filter(|id| !settled.said.contains(&format!("undo {id} ")));
            wrong.extend(unnamed.map(|id| format!("{id} is left to a person, who is not told")));
        }
        (status, last) => wrong.push(format!("it ends with {status}, and the journal with `{last}`")),
    }
    wrong.extend(not_as_captured(lab, procedure, settled.status));
    wrong.extend(left_running(lab));
    wrong
}

/// Steps that captured something, and that stand neither where they went nor where they came from.
fn not_as_captured(lab: &Lab, procedure: &Procedure, status: i32) -> Vec<String> {
    let wanted = match status {
        0 => "new",
        10 | 20 => "old",
        _ => return Vec::new(),
    };
    let kept = steps(procedure).into_iter().filter(|step| matches!(step.undo, Undo::Command(_)));
    let kept = kept.filter(|step| !step.captures.is_empty()).map(|step| step.id.as_str());
    let serves = |id: &str| std::fs::read_to_string(lab.path(&serves(id))).unwrap_or_else(|_| "old".to_owned());
    let lost = kept.filter(|id| serves(id) != wanted);
    lost.map(|id| format!("it ends with {status}, and {id} serves `{}` and not `{wanted}`", serves(id))).collect()
}

/// In the order of their first begin since the run was opened.
fn begun(events: &[serde_json::Value]) -> Vec<String> {
    let open = events.iter().rposition(|event| event["event"] == "open").unwrap_or_default();
    let mut begun: Vec<String> = Vec::new();
    for event in events.iter().skip(open) {
        let id = event["of"].as_str().unwrap_or_default();
        let forth = event["part"] == "run" || event["part"] == "shift";
        if event["event"] == "begin" && forth && !begun.iter().any(|known| known == id) {
            begun.push(id.to_owned());
        }
    }
    begun
}

fn chained(journal: &str, events: &[serde_json::Value], wrong: &mut Vec<String>) {
    let mut before = "0".repeat(64);
    for (index, (line, event)) in journal.lines().zip(events).enumerate() {
        if event["prev"] != before.as_str() || event["seq"] != index + 1 {
            wrong.push(format!("line {} of the journal does not follow the one before", index + 1));
        }
        before = sha256(line);
    }
}

/// Processes that stand in the folder of the run.
fn left_running(lab: &Lab) -> Vec<String> {
    let folder = lab.path("").canonicalize().unwrap();
    let mut left: HashMap<String, String> = HashMap::new();
    for _ in 0..20 {
        left.clear();
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let stands = std::fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == folder);
            if stands {
                let command = std::fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
                left.insert(entry.file_name().to_string_lossy().into_owned(), command.replace('\0', " "));
            }
        }
        if left.is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    left.into_iter().map(|(pid, command)| format!("process {pid} is left: {command}")).collect()
}
