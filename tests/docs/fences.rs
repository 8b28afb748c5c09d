//! The fenced blocks of a page, and what stands outside of them. Knows no language of any block.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// A fenced block; `line` is that of the fence, from 0.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fence {
    pub(crate) line: usize,
    /// The words behind it.
    pub(crate) info: String,
    /// The path, where the line above is a path in backticks and a colon.
    pub(crate) path: Option<String>,
    pub(crate) text: String,
}

/// A command of a `console` fence and what the page says it prints.
#[derive(Debug, PartialEq)]
pub(crate) struct Typed {
    pub(crate) command: String,
    pub(crate) printed: String,
}

impl Fence {
    /// What follows `$ ` is typed, the rest is printed.
    pub(crate) fn typed(&self) -> Vec<Typed> {
        let mut typed: Vec<Typed> = Vec::new();
        for line in self.text.lines() {
            match (line.strip_prefix("$ "), typed.last_mut()) {
                (Some(command), _) => typed.push(Typed { command: command.to_owned(), printed: String::new() }),
                (None, Some(last)) => last.printed.extend([line, "\n"]),
                (None, None) => assert_eq!(line, "", "nothing was typed that prints this"),
            }
        }
        typed
    }

    /// The lines of the page that are its own.
    fn lines(&self) -> RangeInclusive<usize> {
        self.line..=self.line + self.text.lines().count() + 1
    }
}

/// The texts that a page gives a file, in their order.
pub(crate) fn texts_of<'a>(all: &'a [Fence], path: &str) -> Vec<&'a str> {
    all.iter().filter(|fence| fence.path.as_deref() == Some(path)).map(|fence| fence.text.as_str()).collect()
}

/// A shorter fence within a longer one is text.
pub(crate) fn fences(text: &str) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut above = "";
    let mut lines = text.lines().enumerate();
    while let Some((line, opening)) = lines.next() {
        let ticks = opening.len() - opening.trim_start_matches('`').len();
        if ticks < 3 {
            above = if opening.is_empty() { above } else { opening };
            continue;
        }
        let (fence, info) = opening.split_at(ticks);
        let path = above.strip_prefix('`').and_then(|rest| rest.strip_suffix("`:"));
        let mut body = String::new();
        for (_, inner) in lines.by_ref().take_while(|(_, inner)| *inner != fence) {
            body.extend([inner, "\n"]);
        }
        found.push(Fence { line, info: info.to_owned(), path: path.map(ToOwned::to_owned), text: body });
        above = "";
    }
    found
}

/// The lines outside of fences, each with its number from 0.
pub(crate) fn prose(text: &str) -> Vec<(usize, &str)> {
    let fenced: BTreeSet<usize> = fences(text).iter().flat_map(Fence::lines).collect();
    text.lines().enumerate().filter(|(line, _)| !fenced.contains(line)).collect()
}

/// What stands below a heading, up to the next of its level or above.
pub(crate) fn below<'t>(text: &'t str, heading: &str) -> &'t str {
    let level = |line: &str| line.len() - line.trim_start_matches('#').len();
    let own = level(heading);
    let mut headings = prose(text).into_iter().filter(|(_, line)| (1..=own).contains(&level(line)));
    let Some((first, _)) = headings.by_ref().find(|(_, line)| *line == heading) else { return "" };
    let last = headings.next().map_or(usize::MAX, |(line, _)| line);
    let start = text.split_inclusive('\n').take(first + 1).map(str::len).sum();
    let end = text.split_inclusive('\n').take(last).map(str::len).sum();
    text.get(start..end).unwrap()
}

mod the_reader_itself {
    use super::{Fence, Typed, below, fences, prose};

    #[test]
    fn a_fence_is_a_file_where_the_line_above_is_a_path() {
        let text = "`a/b.plan`:\n```stopline\nplan p {}\n```\n\n````markdown\n```x\n````\nend\n";
        let fence = |line: usize, info: &str, path: Option<&str>, text: &str| Fence {
            line,
            info: info.to_owned(),
            path: path.map(ToOwned::to_owned),
            text: text.to_owned(),
        };
        assert_eq!(
            fences(text),
            [fence(1, "stopline", Some("a/b.plan"), "plan p {}\n"), fence(5, "markdown", None, "```x\n")]
        );
        assert_eq!(prose(text), [(0, "`a/b.plan`:"), (4, ""), (8, "end")]);
    }

    #[test]
    fn a_section_ends_at_the_next_heading_outside_of_a_fence() {
        let text = "## A\n```markdown\n## No\n```\n### Deeper\n## B\nb\n";
        assert_eq!(below(text, "## A"), "```markdown\n## No\n```\n### Deeper\n");
        assert_eq!(below(text, "## B"), "b\n");
        assert_eq!(below(text, "## C"), "");
    }

    #[test]
    fn what_is_typed_is_told_from_what_is_printed() {
        let found = fences("```console\n$ a\nb\n$ c\n```\n");
        let typed = |command: &str, printed: &str| Typed { command: command.to_owned(), printed: printed.to_owned() };
        assert_eq!(found.first().unwrap().typed(), [typed("a", "b\n"), typed("c", "")]);
    }
}
