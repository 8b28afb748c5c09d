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
    /// A machine that runs out of memory kills one of the tools that the runbook works with, in this run and in the next.
    Tool,
}

pub(super) const FAULTS: [Fault; 10] = [
    Fault::Kill,
    Fault::Torn,
    Fault::Term,
    Fault::Key,
    Fault::Full,
    Fault::LostLock,
    Fault::Midnight,
    Fault::Metric,
    Fault::NoRoom,
    Fault::Tool,
];

/// What a runbook asks, and half of whose answer must decide nothing.
const TOOLS: [&str; 17] = [
    "awk",
    "readlink",
    "sha256sum",
    "date",
    "cat",
    "tr",
    "od",
    "tail",
    "sed",
    "head",
    "ps",
    "mkfifo",
    "mktemp",
    "rm",
    "mkdir",
    "sleep",
    "uname",
];

/// Only where the runbook itself asks: what a plan's own command is killed by is its own failure.
const MORTAL: &str = r#"here=${0%/bin/*} name=${0##*/} PATH=${PATH#*:}
read -r _ _ _ _ group _ </proc/$$/stat
if [ "$group" = "$(<"$here/pid")" ] && read -r tool count 2>/dev/null <"$here/mortal" && [ "$tool" = "$name" ]; then
	rm -f "$here/mortal"
	[ "$count" -gt 1 ] || kill -KILL $$
	echo "$tool $((count - 1))" >"$here/mortal"
fi
exec "$name" "$@""#;

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
Tool) mv next mortal ;;
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
    std::fs::write(lab.path("next"), format!("{} 1\n", TOOLS.iter().cycle().nth(line).unwrap())).unwrap();
    std::fs::write(lab.path("fault"), format!("{fault:?} {line}")).unwrap();
}

/// One of the first calls of a tool is killed in the next run.
pub(super) fn kill_a_tool(lab: &Lab, number: usize) {
    let tool = TOOLS.iter().cycle().nth(number).unwrap();
    std::fs::write(lab.path("mortal"), format!("{tool} {}\n", 1 + number / TOOLS.len() % 4)).unwrap();
}

/// Tools that can be killed: each is asked through a shell, which takes time.
pub(super) fn make_tools_mortal(lab: &mut Lab) {
    for tool in TOOLS {
        lab.stub(tool, MORTAL);
    }
}

/// No fault comes in any more, and the disk is as it was.
pub(super) fn disarm(lab: &Lab) {
    for file in ["fault", "mortal"] {
        let _ = std::fs::remove_file(lab.path(file));
    }
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
