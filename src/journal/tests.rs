//! A journal as a run writes it, and what can be done to it afterwards.

use proptest::prelude::*;

use super::*;
use crate::source::SourceMap;

fn digest(line: &[u8]) -> String {
    Digest::of(line).to_string()
}

/// Lines as the runbook writes them.
fn written(events: &[&str]) -> Vec<String> {
    let mut before = "0".repeat(64);
    let mut lines = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let (number, at) = (index + 1, 1_764_000_000 + index);
        let line = format!(
            r#"{{"seq":{number},"prev":"{before}","at":{at},"event":"{event}","of":"","plan":"{}","why":""}}"#,
            "a".repeat(64)
        );
        before = digest(line.as_bytes());
        lines.push(line);
    }
    lines
}

const RUN: [&str; 6] = ["open", "guard", "begin", "end", "done", "confirmed"];

fn read(lines: &[String]) -> Journal {
    Journal::read((lines.join("\n") + "\n").as_bytes())
}

fn said(lines: &[String]) -> Vec<String> {
    read(lines).broken.iter().map(ToString::to_string).collect()
}

#[test]
fn what_was_written_is_whole() {
    let journal = read(&written(&RUN));
    assert_eq!((journal.broken.len(), journal.torn, journal.entries.len()), (0, None, 6));
    assert_eq!(journal.plans().collect::<Vec<_>>(), [(1, "a".repeat(64).as_str())]);
    assert_eq!(journal.entries[5].event, "confirmed");
    assert_eq!(journal.entries[0].fact("why"), None);
    assert_eq!(Journal::read(b""), Journal::default());
}

#[test]
fn a_changed_line_is_named() {
    for (index, want) in [
        (0, "line 1 was changed after it was written"),
        (2, "line 3 was changed after it was written"),
        (4, "line 5 or line 6 was changed after it was written"),
    ] {
        let mut lines = written(&RUN);
        lines[index] = lines[index].replace("176400000", "176400009");
        assert_eq!(said(&lines), [want]);
    }
    let mut lines = written(&RUN);
    lines[3] = lines[3].replace("\"seq\":4", "\"seq\":40");
    assert_eq!(said(&lines)[0], "line 4 was changed after it was written");
}

#[test]
fn a_removed_line_is_missed() {
    let mut lines = written(&RUN);
    lines.remove(2);
    assert_eq!(said(&lines), ["one line was removed after line 2"]);
    lines.drain(2..4);
    assert_eq!(said(&lines), ["3 lines were removed after line 2"]);
    lines.drain(..1);
    assert_eq!(
        said(&lines),
        ["the beginning was removed: line 1 is the run's line 2", "3 lines were removed after line 1"]
    );
}

#[test]
fn a_line_that_was_added_or_moved_is_named() {
    let mut lines = written(&RUN);
    lines.insert(3, lines[1].clone());
    assert_eq!(said(&lines), ["line 4 was added, or stood elsewhere", "one line was removed after line 4"]);
    let mut lines = written(&RUN);
    lines[1] = "all was well".to_owned();
    assert_eq!(said(&lines), ["line 2 is no line of a journal"]);
}

#[test]
fn a_torn_last_line_is_no_line_and_no_fault() {
    let mut text = written(&RUN).join("\n");
    text.truncate(text.len() - 20);
    let journal = Journal::read(text.as_bytes());
    assert_eq!((journal.broken.len(), journal.torn, journal.entries.len()), (0, Some(6), 5));
}

#[test]
fn bytes_that_are_no_text_are_counted_as_they_are() {
    let mut lines: Vec<Vec<u8>> = written(&RUN[..1]).into_iter().map(String::into_bytes).collect();
    let inside = lines[0].len() - 2;
    lines[0].splice(inside..inside, *b"\xff\xfe");
    let next = format!(r#"{{"seq":2,"prev":"{}","at":1,"event":"stop","of":""}}"#, digest(&lines[0]));
    lines.push(next.into_bytes());
    let journal = Journal::read(&[lines.join(&b'\n'), b"\n".to_vec()].concat());
    assert_eq!((journal.broken.len(), journal.entries.len()), (0, 2));
    let noise: Vec<u8> = (0..=255).collect();
    assert!(!Journal::read(&[noise, b"\n".to_vec()].concat()).broken.is_empty());
}

#[test]
fn what_stands_together_and_is_none_of_a_journal_is_one_place() {
    let mut lines = written(&RUN);
    lines.splice(2..2, ["all".to_owned(), "was".to_owned(), String::new()]);
    lines.push("well".to_owned());
    assert_eq!(said(&lines), ["lines 3 to 5 are no lines of a journal", "line 10 is no line of a journal"]);
    let rubbish = Journal::read(&b"\n".repeat(1_000_000));
    assert_eq!(rubbish.broken, [Broken::Unreadable { first: 1, last: 1_000_000 }]);
}

#[test]
fn a_line_that_two_readers_would_read_differently_is_none() {
    for (of, twice) in [("\"of\":\"\"", "\"of\":\"\",\"of\":\"a\""), ("\"why\":\"\"", "\"why\":\"\",\"why\":\"x\"")] {
        let mut lines = written(&RUN[..1]);
        lines[0] = lines[0].replace(of, twice);
        assert_eq!(said(&lines), ["line 1 is no line of a journal"]);
    }
    for hostile in [
        "[".repeat(100_000),
        format!("{{\"seq\":1,\"x\":{}", "{\"x\":".repeat(50_000)),
        "{\"seq\":1e400,\"prev\":\"\",\"at\":1,\"event\":\"open\",\"of\":\"\"}".to_owned(),
        "{\"seq\":99999999999999999999999,\"at\":-1}".to_owned(),
        "\0".to_owned(),
    ] {
        assert_eq!(said(&[hostile]), ["line 1 is no line of a journal"]);
    }
}

#[test]
fn a_run_that_says_something_new_in_every_line_is_read_in_time() {
    let mut before = Digest::NOTHING;
    let lines = (1..=60_000).map(|number| {
        let event = match number {
            1 => "open",
            60_000 => "handed",
            _ => "rollback",
        };
        let line = format!(r#"{{"seq":{number},"prev":"{before}","at":1,"event":"{event}","of":"","why":"{number}"}}"#);
        before = Digest::of(line.as_bytes());
        line + "\n"
    });
    let journal = Journal::read(lines.collect::<String>().as_bytes());
    let run = Run::of(&journal);
    assert_eq!((journal.broken.len(), run.end, run.why.len()), (0, End::Handed, 59_999));
}

#[test]
fn the_head_is_the_digest_of_the_last_line_or_none() {
    let lines = written(&RUN);
    assert_eq!(read(&lines).head(), Some(Digest::of(lines[5].as_bytes())));
    let torn = lines.join("\n");
    assert_eq!(Journal::read(torn.as_bytes()).head(), None);
    assert_eq!(Journal::read(b"").head(), None);
}

fn log(name: &str, text: &str) -> Log {
    Log { name: name.to_owned(), digest: Some(Digest::of(text.as_bytes())) }
}

/// A run of one command, whose log says `done`.
fn with_a_command() -> Journal {
    let mut before = "0".repeat(64);
    let output = digest(b"done");
    let facts = [
        "\"event\":\"open\",\"of\":\"\"".to_owned(),
        "\"event\":\"begin\",\"of\":\"a\",\"part\":\"run\",\"changes\":\"yes\"".to_owned(),
        format!("\"event\":\"end\",\"of\":\"a\",\"part\":\"run\",\"output\":\"{output}\""),
    ];
    let lines = facts.iter().enumerate().map(|(index, facts)| {
        let line = format!("{{\"seq\":{},\"prev\":\"{before}\",\"at\":{index},{facts}}}", index + 1);
        before = digest(line.as_bytes());
        line + "\n"
    });
    Journal::read(lines.collect::<String>().as_bytes())
}

#[test]
fn a_log_is_what_its_line_says_or_it_is_said() {
    let journal = with_a_command();
    let beside = |logs: &[Log]| Logs::beside(&journal, logs);
    let name = || "2-a-run.log".to_owned();
    let own = log("2-a-run.log", "done");
    assert_eq!(beside(std::slice::from_ref(&own)), Logs { named: 1, proven: 1, doubts: vec![] });
    assert_eq!(beside(&[log("2-a-run.log", "gone")]).doubts, [Doubt::Changed { log: name(), line: 3 }]);
    assert_eq!(beside(&[Log { digest: None, ..own.clone() }]).doubts, [Doubt::Unreadable { log: name(), line: 3 }]);
    assert_eq!(beside(&[]).doubts, [Doubt::NoneHere { line: 3 }]);
    let later = log("4-b-run.log", "");
    let cut_off = Doubt::CutOff { log: "4-b-run.log".to_owned(), number: 4 };
    assert_eq!(beside(&[own.clone(), later.clone()]).doubts, std::slice::from_ref(&cut_off));
    assert_eq!(beside(&[later]).doubts, [Doubt::NoneHere { line: 3 }, cut_off]);
    assert_eq!(beside(&[own, log("notes.txt", "")]).doubts, []);
}

#[test]
fn each_attempt_is_a_run_of_its_own() {
    let events = ["open", "refused", "open", "rollback", "rolled-back", "open", "confirmed", "open"];
    let journal = read(&written(&events));
    let ends: Vec<End> = Run::each(&journal).map(|run| run.end).collect();
    assert_eq!(ends, [End::Stopped, End::RolledBack, End::Confirmed, End::Open]);
    assert_eq!(Run::of(&journal).end, End::Open);
    assert_eq!(Run::each(&read(&written(&["begin", "end"]))).count(), 0);
}

proptest! {
    /// Of the last line no later one knows the digest: whoever kept it sees that it is another one.
    #[test]
    fn no_byte_of_a_journal_is_changed_unseen(at in 0_usize..1400, byte: u8) {
        let whole = written(&RUN).join("\n") + "\n";
        let mut bytes = whole.clone().into_bytes();
        let at = at % bytes.len();
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        let (before, after) = (Journal::read(whole.as_bytes()), Journal::read(&bytes));
        let last = whole.trim_end().rfind('\n').unwrap();
        let is_seen = !after.broken.is_empty() || after.torn.is_some();
        prop_assert!(is_seen || at > last && after.head() != before.head());
        let scanned = Scanned::of("journal.jsonl", &bytes, &[]);
        let findings = scanned.findings(&bytes, &mut SourceMap::default());
        prop_assert_eq!(findings.is_empty(), !is_seen);
        // What is said points at the line, or at its neighbour where nothing says which of the two it is.
        let line = whole.as_bytes()[..at].split(|byte| *byte == b'\n').count();
        let seen = after.broken.iter().map(|broken| broken.line()).chain(after.torn);
        prop_assert!(!is_seen || seen.into_iter().any(|seen| seen.abs_diff(line) <= 1));
    }
}
