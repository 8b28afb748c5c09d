//! What would change, as a unified diff. What is secret is masked on both sides, and nothing in it is obeyed by a terminal.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use super::{Color, printable};
use crate::document::secret::{Veil, find};

/// One file before and after.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    pub path: &'a str,
    pub before: &'a str,
    pub after: &'a str,
}

/// What says in which order the bytes of a text stand.
const MARK: char = '\u{feff}';
/// Lines that are shown around a change.
const AROUND: usize = 3;

pub fn patch<'a>(changes: impl Iterator<Item = Change<'a>>, color: Color) -> String {
    let mut out = String::new();
    for change in changes {
        of_file(&mut out, change, color);
    }
    out
}

fn of_file(out: &mut String, change: Change<'_>, color: Color) {
    let (before, after) =
        (Veil::source(change.before, &find(change.before)), Veil::source(change.after, &find(change.after)));
    let path = printable::line(change.path);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}", paint(color, "1", &format!("--- {path}")));
    let _ = writeln!(out, "{}", paint(color, "1", &format!("+++ {path}")));
    let compared = TextDiff::from_lines(&*before, &*after);
    for hunk in compared.unified_diff().context_radius(AROUND).iter_hunks() {
        let _ = writeln!(out, "{}", paint(color, "36", &hunk.header().to_string()));
        for line in hunk.iter_changes() {
            let (sign, code) = match line.tag() {
                ChangeTag::Delete => ('-', "31"),
                ChangeTag::Insert => ('+', "32"),
                ChangeTag::Equal => (' ', ""),
            };
            let text = line.value();
            let body = text.strip_suffix('\n').unwrap_or(text);
            // A line end of Windows is one, and moves no cursor before the line does.
            let (body, end) = body.strip_suffix('\r').map_or((body, ""), |body| (body, "\r"));
            let mut shown = String::from(sign);
            // The mark at the start of a file moves no cursor either, and without it the patch fits no file.
            let is_first = line.old_index() == Some(0) || line.new_index() == Some(0);
            let body = match body.strip_prefix(MARK).filter(|_| is_first) {
                Some(rest) => {
                    shown.push(MARK);
                    rest
                }
                None => body,
            };
            for character in body.chars() {
                if character == '\t' { shown.push('\t') } else { printable::push(&mut shown, character) }
            }
            let _ = writeln!(out, "{}{end}", paint(color, code, &shown));
            if line.missing_newline() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
}

fn paint(color: Color, code: &str, text: &str) -> String {
    match color {
        Color::On if !code.is_empty() => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        Color::On | Color::Off => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(before: &str, after: &str) -> String {
        patch([Change { path: "a.json", before, after }].into_iter(), Color::Off)
    }

    #[test]
    fn what_changes_stands_between_what_does_not() {
        assert_eq!(
            shown("{\n  \"a\": 1,\n  \"b\": 2\n}", "{\n  \"a\": 3,\n  \"b\": 2\n}"),
            "--- a.json\n+++ a.json\n@@ -1,4 +1,4 @@\n {\n-  \"a\": 1,\n+  \"a\": 3,\n   \"b\": 2\n }\n\\ No newline at end of file\n"
        );
    }

    #[test]
    fn a_terminal_obeys_nothing_of_it_and_no_secret_is_shown() {
        let secret = format!("ghp_{}", "a1B2".repeat(9));
        let before = format!("# {secret}\r\na: 1 # \u{1b}[2J\u{202e}\r\n");
        let text = shown(&before, &before.replace("a: 1", "a: 2"));
        assert!(!text.contains(&secret) && text.contains("+a: 2 # <U+001B>[2J<U+202E>\r\n"), "{text}");
    }

    #[test]
    fn the_mark_at_the_start_of_a_file_is_a_byte_of_the_patch_and_any_other_is_seen() {
        let before = "\u{feff}a: 1\nb: \u{feff}\n";
        let text = shown(before, &before.replace('1', "2"));
        assert!(text.ends_with("-\u{feff}a: 1\n+\u{feff}a: 2\n b: <U+FEFF>\n"), "{text:?}");
        assert!(shown(before, &before.replace('1', "\u{feff}")).contains("+\u{feff}a: <U+FEFF>\n"));
    }
}
