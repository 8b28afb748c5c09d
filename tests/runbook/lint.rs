//! What is emitted is clean under the linters people run.

use std::path::Path;

use stopline::emit::bash::{Clock, emit};
use stopline::runbook::*;

use crate::support::*;
use crate::tools::tool;

/// It leaves with 0 and says nothing.
#[track_caller]
pub(crate) fn silent(name: &str, arguments: &[&str], path: &Path) {
    let said = accepts(name, arguments, path);
    assert!(said.is_empty(), "{name}:\n{said}");
}

/// It leaves with 0, and may say that all is well.
#[track_caller]
pub(crate) fn accepts(name: &str, arguments: &[&str], path: &Path) -> String {
    let output = tool(name).args(arguments).arg(path).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}:\n{said}\n{}", std::fs::read_to_string(path).unwrap());
    said
}

#[test]
fn the_linters_have_nothing_to_say() {
    let folder = tempfile::tempdir().unwrap();
    let plain = procedure(vec![("deploy", vec![Action::Step(change("a"))])]);
    let hostile = crate::hostile::everywhere(&crate::hostile::HOSTILE.join(" "));
    let each = crate::hostile::HOSTILE.map(|text| {
        let mut step = change("a");
        step.title = text.to_owned();
        step.verify = Some(text.to_owned());
        step.captures = vec![Capture { name: name("BEFORE"), run: text.to_owned() }];
        step.command.env = vec![variable("TEXT", text)];
        step
    });
    let each =
        each.into_iter().enumerate().map(|(index, step)| Action::Step(Step { id: id(&format!("s{index}")), ..step }));
    for (index, procedure) in [plain, hostile, procedure(vec![("deploy", each.collect())])].iter().enumerate() {
        let path = folder.path().join(format!("release-{index}.sh"));
        std::fs::write(&path, emit(procedure, Clock::Machine).unwrap()).unwrap();
        silent("shellcheck", &[], &path);
        silent("shfmt", &["-d"], &path);
    }
}

/// What came after bash 3.2, which is what macOS has, and why it must not be relied on: some of it is an error there, and
/// some does something else without a word.
const LATER: [(&str, &str); 25] = [
    (r"\b(declare|local|typeset)\s+-[a-zA-Z]*A", "an associative array: an error, and then it goes on"),
    (r"\b(declare|local|typeset)\s+-[a-zA-Z]*[ngluI]", "a nameref, a global or a change of case"),
    (r"\b(mapfile|readarray|coproc)\b", "no such command"),
    (r"\$\{[A-Za-z_0-9]+(\[[^]]*\])?(,|\^)", "a change of case: a bad substitution"),
    (r"\$\{[A-Za-z_0-9]+(\[[^]]*\])?@", "a transformation: a bad substitution"),
    (r"\$\{[A-Za-z_0-9]+\[-[0-9]", "an index from the end: an error"),
    (r"\$\{[A-Za-z_0-9]+:[0-9a-z_]*:\s*-", "a length from the end: an error"),
    (r"(\[\[?|\btest)\s+-v\s", "asking whether a variable is set: an error"),
    (r"\bwait\s+-[nfp]", "waiting for the next: an error"),
    (r"\{[a-z_]+\}[<>]", "a descriptor that the shell picks"),
    (r"\|&", "both ends into a pipe: a syntax error"),
    (r"&>>", "both ends appended: a syntax error"),
    (r"(BASHPID|EPOCHSECONDS|EPOCHREALTIME|BASH_ARGV0|SRANDOM)", "a variable that is unset"),
    (r"read\b[^|;&]*\s-t\s*[0-9]*\.", "a part of a second: an error"),
    (r"read\b[^|;&]*\s-[a-zA-Z]*[Ni]\b", "reading so many characters"),
    (r"printf\s+(-v\s+\S+\s+)?'[^']*%\(", "a time: printed as it stands"),
    (r"\bprintf\b[^']*'[^']*%q", "other quotes, which other shells do not read"),
    (r";;?&", "a case that goes on: a syntax error"),
    (r"\bshopt\s+-s\s+(lastpipe|globstar|inherit_errexit|assoc_expand_once)", "an option that is not there"),
    (r"<<<", "a text as input: a file in a folder that may be full"),
    (r"\*\*/", "every folder below: one folder"),
    (r"\{[0-9]+\.\.[0-9]+\.\.", "steps in a sequence: as it stands"),
    (r"\\[uU][0-9a-fA-F]{4}", "a character by its number: as it stands"),
    (r"\b[A-Za-z_]+\+=\(", "more elements of an array that may be unset"),
    (r#"(^|[^+])"\$\{[a-z_]+\[@\]\}""#, "an array that may be empty: unset, under `set -u`"),
];

#[test]
fn nothing_is_written_that_bash_3_2_does_not_know() {
    let mut all: Vec<Procedure> = crate::faults::cases::cases().into_iter().map(|(_, procedure)| procedure).collect();
    all.push(crate::hostile::everywhere("text"));
    let later: Vec<_> = LATER.iter().map(|(form, why)| (regex_lite::Regex::new(form).unwrap(), why)).collect();
    for procedure in all {
        let script = emit(&procedure, Clock::Machine).unwrap();
        for (number, line) in script.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#')) {
            for (form, why) in &later {
                assert!(!form.is_match(line), "line {}, {form}: {why}\n{line}", number + 1);
            }
        }
    }
}
