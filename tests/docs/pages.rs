//! The tutorial, the cookbook and the pages for those who come from elsewhere, played from top to bottom: each file is put
//! where the page says, each command is typed, and what it prints is what stands there. A `…` stands for what differs from
//! run to run. `UPDATE=1` writes what was printed.

use std::fmt::Write as _;
use std::path::Path;

use crate::fences::fences;
use crate::kept;
use crate::sandbox::Sandbox;

/// Every one of these pages shows somebody who is stopped, and the same thing going.
const FOLDERS: &[&str] = &["docs/cookbook", "docs/migrating"];

#[test]
fn the_tutorial_is_so() {
    play("docs/tutorial.md");
}

#[test]
fn the_pages_for_those_who_come_from_elsewhere_and_the_cookbook_are_so() {
    let pages = FOLDERS.iter().flat_map(|folder| {
        let entries = std::fs::read_dir(kept::root().join(folder)).unwrap();
        entries.map(move |entry| format!("{folder}/{}", entry.unwrap().file_name().display()))
    });
    let pages: Vec<String> = pages.collect();
    assert!(pages.len() > 7, "{pages:?}");
    for page in pages {
        play(&page);
        let text = kept::text(&page);
        for verdict in ["\nSTOP  ", "\nGO    "] {
            assert!(text.contains(verdict), "`{page}` shows no {}", verdict.trim());
        }
    }
}

fn play(page: &str) {
    assert!(Path::new(page).extension().is_some_and(|ending| ending == "md"), "{page}");
    let text = kept::text(page);
    assert!(!text.is_empty(), "{page}");
    kept::whole(page, &played(&text));
}

fn played(text: &str) -> String {
    let mut sandbox = Sandbox::new();
    let mut lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    let mut moved: Vec<(usize, usize, String)> = Vec::new();
    for fence in fences(text) {
        if let Some(path) = &fence.path {
            sandbox.put(path, &fence.text);
        }
        if fence.info != "console" {
            continue;
        }
        let typed = fence.typed();
        let commands: Vec<&str> = typed.iter().map(|typed| typed.command.as_str()).collect();
        let mut shown = String::new();
        for (typed, printed) in typed.iter().zip(sandbox.run(&commands)) {
            let printed: String = printed.lines().flat_map(|line| [line.trim_end(), "\n"]).collect();
            let printed = if matches(&typed.printed, &printed) { &typed.printed } else { &printed };
            write!(shown, "$ {}\n{printed}", typed.command).unwrap();
        }
        moved.push((fence.line + 1, fence.text.lines().count(), shown));
    }
    for (start, count, shown) in moved.into_iter().rev() {
        lines.splice(start..start + count, shown.lines().map(ToOwned::to_owned));
    }
    lines.join("\n") + "\n"
}

/// Whether a text is as a page has it, where `…` is any text.
fn matches(wanted: &str, text: &str) -> bool {
    let mut parts = wanted.split('…');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else { return rest.is_empty() };
    for part in between {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

mod the_player_itself {
    use super::{matches, played};

    #[test]
    fn what_differs_from_run_to_run_may_be_left_open() {
        assert!(matches("a…c…\n", "abc d\n") && matches("a\n", "a\n"));
        assert!(!matches("a…c\n", "abd\n") && !matches("a\n", "a\nb\n") && !matches("", "b\n"));
    }

    #[test]
    fn a_page_that_lies_is_not_what_it_was() {
        let page = "`a`:\n```text\nb\n```\n\n```console\n$ cat a\nb\n$ false\n$ echo $?\n1\n```\nend\n";
        assert_eq!(played(page), page);
        assert_eq!(played(&page.replace("\nb\n$", "\nc\n$")), page);
    }
}
