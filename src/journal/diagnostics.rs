//! What can be wrong with a journal.

use crate::descriptors;

descriptors! {
    /// What can be wrong with a journal.
    JOURNAL_DESCRIPTORS;
    UNREADABLE = {
        id: "journal/unreadable", severity: Error, undecided: true,
        summary: "a journal cannot be read",
        doc: include_str!("docs/unreadable.md"),
    }
    NO_RUN = {
        id: "journal/no-run", severity: Error, undecided: true,
        summary: "a journal in which no run begins",
        doc: include_str!("docs/no-run.md"),
    }
    CHANGED = {
        id: "journal/changed", severity: Error, undecided: false,
        summary: "a line of a journal was changed, added or moved after it was written",
        doc: include_str!("docs/changed.md"),
    }
    REMOVED = {
        id: "journal/removed", severity: Error, undecided: false,
        summary: "lines of a journal were removed",
        doc: include_str!("docs/removed.md"),
    }
    NOT_A_LINE = {
        id: "journal/not-a-line", severity: Error, undecided: false,
        summary: "a line that no run writes",
        doc: include_str!("docs/not-a-line.md"),
    }
    TORN = {
        id: "journal/torn", severity: Error, undecided: false,
        summary: "the last line of a journal was cut off",
        doc: include_str!("docs/torn.md"),
    }
    CUT_OFF = {
        id: "journal/cut-off", severity: Error, undecided: false,
        summary: "a log of a command that the journal does not know: its end was cut off",
        doc: include_str!("docs/cut-off.md"),
    }
    CHANGED_LOG = {
        id: "journal/changed-log", severity: Error, undecided: false,
        summary: "a log of a command is not what the command printed",
        doc: include_str!("docs/changed-log.md"),
    }
    MISSING_LOG = {
        id: "journal/missing-log", severity: Error, undecided: false,
        summary: "a log of a command is gone",
        doc: include_str!("docs/missing-log.md"),
    }
    LOGS_ELSEWHERE = {
        id: "journal/logs-elsewhere", severity: Warning, undecided: false,
        summary: "a journal without the logs of its commands",
        doc: include_str!("docs/logs-elsewhere.md"),
    }
    MISSING_HEAD = {
        id: "journal/missing-head", severity: Error, undecided: false,
        summary: "a digest that was kept is that of no line",
        doc: include_str!("docs/missing-head.md"),
    }
}
