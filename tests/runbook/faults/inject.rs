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
    /// From here on the disk is full.
    Full,
    /// Somebody removes the lock.
    LostLock,
}

pub(super) const FAULTS: [Fault; 5] = [Fault::Kill, Fault::Torn, Fault::Term, Fault::Full, Fault::LostLock];

const SSH: &str = r#"while [ "$1" != -- ]; do shift; done
exec setsid --wait sh -c "$3""#;

const SYNC: &str = r#"[ "${1-}" = -d ] || exit 0
n=$(($(cat syncs 2>/dev/null || echo 0) + 1))
echo "$n" >syncs
[ -e fault ] || exit 0
read -r kind line <fault
[ "$n" -eq "$((line + 1))" ] || exit 0
rm fault
case $kind in
Kill) kill -KILL "$(cat pid)" ;;
Torn)
	size=$(wc -c <"$2")
	truncate -s "$((size - 9))" "$2"
	kill -KILL "$(cat pid)"
	;;
Term) kill -TERM "$(cat pid)" ;;
Full)
	mv "$2" "$2.kept"
	ln -s /dev/full "$2"
	;;
LostLock) rm -f "${2%/*/*}"/lock* ;;
esac"#;

pub(super) fn lab(procedure: &Procedure) -> Lab {
    let mut lab = Lab::new(procedure);
    lab.stub("ssh", SSH).stub("sync", SYNC);
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

/// Runs until the fault has come in, at the line of the journal, or until the run has ended.
pub(super) fn struck(lab: &Lab, fault: Fault, line: usize) -> i32 {
    std::fs::write(lab.path("fault"), format!("{fault:?} {line}")).unwrap();
    let ended = lab.run(&[]).status;
    let _ = std::fs::remove_file(lab.path("fault"));
    let journal = lab.journal_path();
    let kept = journal.with_extension("jsonl.kept");
    if kept.exists() {
        std::fs::remove_file(&journal).unwrap();
        std::fs::rename(kept, journal).unwrap();
    }
    ended
}
