//! How one goes on after an interruption.

use super::Teller;
use crate::emit::page::{Block, Entry, Section, Table, code, strong, text};

/// Exit status, its name, what is true, what to do.
const ENDS: [[&str; 4]; 8] = [
    ["0", "confirmed", "everything was done and verified, but for what it says is owed", "see to what is owed"],
    ["10", "rolled back", "everything that was begun has been undone", "read the journal, mend the plan"],
    [
        "20",
        "stopped before any change",
        "no change was begun; what only prepares one may have run",
        "read what stopped it",
    ],
    [
        "21",
        "held",
        "changes are in place, and it waits for a person",
        "read why; resume (a hold: signed), or roll back",
    ],
    [
        "31",
        "rollback incomplete",
        "an undo failed, or there is none, and everything stopped there",
        "follow the printed list, in its order, then say so: rollback --finished REASON",
    ],
    ["75", "locked", "another run is going on", "wait for it"],
    ["76", "orphan", "a step of the last run is still running", "wait until it ends, or end it, then resume"],
    [
        "79",
        "in doubt",
        "nobody knows whether a step took place, or a line of the journal is missing",
        "look; then approve the step, or roll back; a journal with lines missing is for a person alone",
    ],
];

impl Teller<'_> {
    pub(super) fn go_on() -> Section {
        let step = |words| Entry::new(words);
        let steps = vec![
            step(text("See how far it is: ").code("bash release.sh status")),
            step(text("Held, and the people have decided: ").code("bash release.sh resume --approve HOLD --as WHO")),
            step(
                text("Killed, or the connection was lost: ")
                    .code("bash release.sh resume")
                    .text(". What is finished never runs again."),
            ),
            step(
                text("In doubt: look at the system. If the step may run again, ")
                    .code("bash release.sh resume --approve STEP --as WHO"),
            ),
            step(text("To give up: ").code("bash release.sh rollback")),
        ];
        let rows =
            ENDS.iter().map(|[status, name, is, to_do]| vec![code(*status), strong(*name), text(*is), text(*to_do)]);
        let table = Table { head: vec!["Status", "Name", "What is true", "What to do"], rows: rows.collect() };
        let blocks = vec![
            Block::Words(text("The compiled runbook is called ").code("release.sh").text(" here.")),
            Block::Numbered(1, steps),
            Block::Table(table),
        ];
        Section::new("go-on", "Going on after an interruption", blocks)
    }
}
