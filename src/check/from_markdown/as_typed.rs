//! Code that is no command as it stands: the prompt is copied with it, or a part of it is to be filled in. Knows nothing of
//! where it stands.

use std::ops::Range;

use super::reading::Reading;
use super::said::Said;
use super::value::text_value;
use crate::syntax::ast::Value;

/// How many words a part has at most that is to be filled in: `<new version>`.
const MOST_WORDS: usize = 3;

/// How files end that are read or written, and not run.
const FILES: &[&str] =
    &["cfg", "conf", "csv", "env", "ini", "json", "log", "md", "sql", "toml", "txt", "xml", "yaml", "yml"];

/// What stands right before such a part, if anything does but a blank.
const BEFORE: [char; 9] = ['=', ':', '/', '@', '-', '.', '_', ',', '"'];

impl Reading<'_> {
    /// A command as a value; what nobody could run as it stands is said.
    pub(super) fn command_value(&mut self, code: &Said) -> Value {
        if begins_with_prompt(&code.text) {
            let help = "write the command alone, without prompt and output";
            self.said_once(code.span, "this begins with a prompt, which bash would take for a command", help);
        } else if let Some(place) = to_fill_in(&code.text) {
            let place = code.part(place);
            let message = format!("`{}` is to be filled in, and would be run as it stands", place.text);
            let help = "write what it stands for, or a variable of the shell (`\"$VERSION\"`); what is meant so stands in single quotes";
            self.said_once(place.span, message, help);
        }
        if is_file(&code.text) {
            let help = "write the command, such as `cp shop.yaml /etc/shop.yaml`; what a person does has no backticks";
            self.said_once(code.span, "this is a file, and no command", help);
        }
        text_value(code)
    }
}

/// `shop.yaml`, which no shell finds as a program.
fn is_file(code: &str) -> bool {
    let ending = code.rsplit_once('.').map_or("", |(_, ending)| ending);
    !code.contains(|found: char| found.is_whitespace() || found == '/') && FILES.contains(&ending)
}

/// `$ ./deploy.sh`, `root@web1:~# ./deploy.sh`.
pub(super) fn begins_with_prompt(code: &str) -> bool {
    let first = code.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let Some((word, _)) = first.split_once(' ') else { return false };
    word == "$" || word.contains('@') && word.ends_with(['$', '#'])
}

/// `<version>` and `{{ version }}`, outside of here-documents and of what is marked up. In single quotes it may be anything.
fn to_fill_in(code: &str) -> Option<Range<usize>> {
    if code.contains("<<") || code.contains("</") {
        return None;
    }
    let may_begin = |last: Option<char>| last.is_none_or(|last| last.is_whitespace() || BEFORE.contains(&last));
    named_between(code, ("<", ">"), may_begin).or_else(|| named_between(code, ("{{", "}}"), |_| true))
}

/// The first name between these signs. No character is looked at twice, however many of the signs there are.
fn named_between(
    code: &str,
    (open, close): (&str, &str),
    may_begin: impl Fn(Option<char>) -> bool,
) -> Option<Range<usize>> {
    let (mut quotes, mut seen) = (0, 0);
    code.match_indices(open).find_map(|(start, _)| {
        quotes += code.get(seen..start)?.matches('\'').count();
        seen = start;
        let rest = code.get(start + open.len()..)?;
        let inner = rest.split(|found: char| !(is_of_word(found) || found.is_whitespace())).next()?;
        let closes = rest.get(inner.len()..)?.starts_with(close);
        let name = if open == "<" { inner } else { inner.trim() };
        let is_found = closes && quotes % 2 == 0 && may_begin(code.get(..start)?.chars().next_back()) && is_name(name);
        is_found.then(|| start..start + open.len() + inner.len() + close.len())
    })
}

fn is_of_word(found: char) -> bool {
    found.is_ascii_alphanumeric() || matches!(found, '_' | '-')
}

/// `version`, `new-version`, `the new version`.
fn is_name(inner: &str) -> bool {
    inner.starts_with(|first: char| first.is_ascii_alphabetic())
        && !inner.ends_with(' ')
        && inner.split(' ').count() <= MOST_WORDS
        && inner.split(' ').all(|word| word.chars().all(is_of_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_filled_in_is_told_from_what_is_read_and_written() {
        for (code, place) in [
            ("deploy <version>", "<version>"),
            ("docker pull shop:<new version>", "<new version>"),
            ("curl https://<host>/health", "<host>"),
            ("deploy --tag=<tag> now", "<tag>"),
            ("deploy \"<tag>\"", "<tag>"),
            ("deploy {{version}}", "{{version}}"),
            ("deploy \"{{ version }}\"", "{{ version }}"),
        ] {
            assert_eq!(to_fill_in(code).and_then(|range| code.get(range)), Some(place), "{code}");
        }
        for code in [
            "sort <in >out",
            "diff <(sort a) <(sort b)",
            "psql <dump.sql >log",
            "docker ps --format '{{.Names}}'",
            "docker ps --format \"{{.Names}}\"",
            "sed 's/<b>/<i>/' page",
            "cat <<END\n<b>\nEND",
            "curl -d \"<a>1</a>\" https://s.example",
            "[[ a < b && b > a ]]",
            "kubectl get pods -o 'go-template={{range}}'",
        ] {
            assert_eq!(to_fill_in(code), None, "{code}");
        }
        assert!(begins_with_prompt("\n$ ./x.sh\nfine") && begins_with_prompt("root@web1:~# ./x.sh"));
        assert!(!begins_with_prompt("# a comment\n./x.sh") && !begins_with_prompt("ssh ann@web1 ./x.sh"));
    }
}
