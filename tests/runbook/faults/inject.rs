//! How a fault is brought in at an exact line of the journal: the runbook flushes each line with `sync`, and ours counts.

use stopline::runbook::Procedure;

use crate::support::*;

/// What happens when the line has been written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// `kill -9`.
    Kill,
    /// The same, and the line is cut in half.
    Torn,
    Term,
    /// Ctrl-C at a terminal: every process of the group is told.
    Key,
    /// From here on the disk is full.
    Full,
    /// Somebody removes the lock.
    LostLock,
    /// The clock goes past midnight, and past the window.
    Midnight,
    /// From here on the metric answers what it likes.
    Metric,
    /// Somebody tidies up where files are kept for a while.
    NoRoom,
}

pub(super) const FAULTS: [Fault; 9] = [
    Fault::Kill,
    Fault::Torn,
    Fault::Term,
    Fault::Key,
    Fault::Full,
    Fault::LostLock,
    Fault::Midnight,
    Fault::Metric,
    Fault::NoRoom,
];

const SSH: &str = r#"while [ "$1" != -- ]; do shift; done
exec setsid --wait sh -c "$3""#;

const SYNC: &str = r#"[ "${1-}" = -d ] && [ -e fault ] || exit 0
read -r kind line <fault
[ "$(wc -l <"$2")" -eq "$line" ] || exit 0
rm fault
case $kind in
Kill) kill -KILL "$(cat pid)" ;;
Torn)
	size=$(wc -c <"$2")
	truncate -s "$((size - 9))" "$2"
	kill -KILL "$(cat pid)"
	;;
Term) kill -TERM "$(cat pid)" ;;
Key)
	trap '' INT
	kill -INT -- "-$(cat pid)"
	;;
Full)
	mv "$2" "$2.kept"
	ln -s /dev/full "$2"
	;;
LostLock) rm -f "${2%/*/*}"/lock* ;;
Midnight) echo 86400 >set ;;
Metric) cp hostile value ;;
NoRoom) rm -rf tmp/stopline.* && chmod 000 tmp && mv tmp gone ;;
esac"#;

/// What a metric answers that must never count as a number, and never run.
const HOSTILE: [&str; 8] = [
    "a[$(touch pwned)]",
    "NaN",
    "-inf",
    "",
    "1\n2",
    "0x1",
    "99999999999999999999999999999999999999999",
    "$(touch pwned)",
];

pub(super) fn lab(procedure: &Procedure, script: &str) -> Lab {
    let mut lab = Lab::of(script);
    lab.stub("ssh", SSH).stub("sync", SYNC).set("TMPDIR", "tmp");
    std::fs::create_dir(lab.path("tmp")).unwrap();
    std::fs::write(lab.path("value"), "1").unwrap();
    if let Some(window) = procedure.guards.window {
        lab.at(window.start.get());
    }
    lab
}

/// What a command does instead of its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    Fails,
    Hangs,
}

/// The file that makes the command of a step, or its undo, be in trouble.
pub(super) fn in_trouble(lab: &Lab, trouble: Trouble, part: &str, step: &str) -> std::path::PathBuf {
    let file = lab.path(&format!("{trouble:?}-{part}-{step}"));
    std::fs::write(&file, "").unwrap();
    file
}

/// The fault comes in at this line of the journal, if a run comes so far.
pub(super) fn arm(lab: &Lab, fault: Fault, line: usize) {
    std::fs::write(lab.path("hostile"), HOSTILE.iter().cycle().nth(line).unwrap()).unwrap();
    std::fs::write(lab.path("fault"), format!("{fault:?} {line}")).unwrap();
}

/// No fault comes in any more, and the disk is as it was.
pub(super) fn disarm(lab: &Lab) {
    let _ = std::fs::remove_file(lab.path("fault"));
    if lab.path("gone").exists() {
        std::fs::create_dir(lab.path("tmp")).unwrap();
    }
    let Some(journal) = lab.find_journal() else { return };
    let kept = journal.with_extension("jsonl.kept");
    if kept.exists() {
        std::fs::remove_file(&journal).unwrap();
        std::fs::rename(kept, journal).unwrap();
    }
}
