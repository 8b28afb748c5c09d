//! A journal as a run writes it, and what can be done to it afterwards.

use super::chain::digest;
use super::*;

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
