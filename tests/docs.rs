//! The documents keep their word: links lead somewhere, every example in the language parses, and what can be made from
//! the program is what the program says. Knows Markdown as far as that needs.

#![expect(clippy::disallowed_methods, reason = "this test reads the documents")]
#![expect(clippy::unwrap_used, reason = "a document that cannot be read fails the test")]

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

use stopline::source::SourceMap;
use stopline::syntax::parse;

#[path = "docs/book.rs"]
mod book;
#[path = "docs/catalogue.rs"]
mod catalogue;
#[path = "docs/commands.rs"]
mod commands;
#[path = "docs/explained.rs"]
mod explained;
#[path = "docs/features.rs"]
mod features;
#[path = "docs/fences.rs"]
mod fences;
#[path = "docs/guard.rs"]
mod guard;
#[path = "docs/kept.rs"]
mod kept;
#[path = "docs/pages.rs"]
mod pages;
#[path = "docs/people.rs"]
mod people;
#[path = "docs/reference.rs"]
mod reference;
#[path = "docs/rego.rs"]
mod rego;
#[path = "docs/sandbox.rs"]
mod sandbox;
#[path = "docs/subjects.rs"]
mod subjects;
#[path = "support/tools.rs"]
mod tools;

const FOLDERS: &[&str] = &[
    "",
    "docs",
    "docs/cookbook",
    "docs/migrating",
    "docs/packs",
    "examples",
    "examples/stubs",
    "grammar",
    "policies",
    "procedures",
    "schemas",
];

/// What stands around an example that is no whole file, by the words after `stopline` on its fence.
const AROUND: &[(&str, &str, &str)] = &[
    ("", "", ""),
    ("in plan", "plan p {\n", "\n}"),
    ("in phase", "plan p {\nphase deploy {\n", "\n}\n}"),
    ("in policy", "policy p {\n", "\n}"),
];

#[test]
fn links_lead_to_files_and_headings_that_are_there() {
    let mut report = String::new();
    for document in documents() {
        for (line, target) in links(&document.text) {
            if let Some(trouble) = document.dead_end(target) {
                writeln!(report, "{}:{line}: {trouble}", document.path.display()).unwrap();
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_example_in_the_language_parses() {
    let mut report = String::new();
    // What stands in a plan is judged with it.
    let is_plan = |document: &Document| document.path.to_string_lossy().ends_with(".plan.md");
    for document in documents().into_iter().filter(|document| !is_plan(document)) {
        for example in examples(&document.text) {
            for trouble in troubles(&example) {
                writeln!(report, "{}:{}: {trouble}", document.path.display(), example.line).unwrap();
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

struct Document {
    path: PathBuf,
    text: String,
}

/// A fenced block of the language; `line` is that of the fence.
#[derive(Debug, PartialEq)]
struct Example<'a> {
    line: usize,
    context: &'a str,
    text: String,
}

impl Document {
    fn dead_end(&self, target: &str) -> Option<String> {
        let (path, heading) = target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
        let file = if path.is_empty() { self.path.clone() } else { beside(&self.path, path) };
        if !file.exists() {
            return Some(format!("`{target}` leads nowhere"));
        }
        let there =
            |heading: &&str| !headings(&std::fs::read_to_string(&file).unwrap()).contains(&(*heading).to_owned());
        heading.filter(there).map(|heading| format!("`{path}` has no heading `#{heading}`"))
    }
}

fn troubles(example: &Example<'_>) -> Vec<String> {
    let Some((_, before, after)) = AROUND.iter().find(|(context, ..)| *context == example.context) else {
        return vec![format!("nobody knows what `stopline {}` stands in", example.context)];
    };
    let mut sources = SourceMap::default();
    let text = format!("{before}{}{after}", example.text);
    let file = sources.add("example.plan", text.as_str());
    parse(file, &text).diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect()
}

fn examples(text: &str) -> Vec<Example<'_>> {
    let context = |fence: &fences::Fence| {
        let opening = text.lines().nth(fence.line).unwrap();
        opening.trim_start_matches('`').strip_prefix("stopline").map(str::trim)
    };
    let found = fences::fences(text).into_iter();
    found
        .filter_map(|fence| Some(Example { line: fence.line + 1, context: context(&fence)?, text: fence.text }))
        .collect()
}

/// The targets of `[…](target)` outside fences, except those on the web.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (index, line) in fences::prose(text) {
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
        found.extend(targets.filter(|target| !target.contains("://")).map(|target| (index + 1, target)));
    }
    found
}

/// The anchors of a document's headings, as Markdown hosts make them.
fn headings(text: &str) -> Vec<String> {
    let titles = fences::prose(text).into_iter().map(|(_, line)| line).filter(|line| line.starts_with('#'));
    let titles = titles.map(|line| line.trim_start_matches('#').trim());
    titles
        .map(|title| {
            let kept = title.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
            kept.collect::<String>().to_lowercase().replace(' ', "-")
        })
        .collect()
}

fn beside(document: &Path, target: &str) -> PathBuf {
    let mut path = document.parent().unwrap().to_path_buf();
    for part in Path::new(target).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(_) | Component::CurDir | Component::RootDir | Component::Prefix(_) => path.push(part),
        }
    }
    path
}

fn documents() -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = FOLDERS.iter().filter_map(|folder| std::fs::read_dir(root.join(folder)).ok());
    let paths = folders.flatten().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    paths.sort();
    paths.into_iter().map(|path| Document { text: std::fs::read_to_string(&path).unwrap(), path }).collect()
}

mod the_reader_itself {
    use super::{Document, Example, examples, headings, links, troubles};

    #[test]
    fn links_are_found_outside_fences_and_the_web_is_left_alone() {
        let text = "see [a](b.md) and [c](d.md#e)\n```\n[f](g.md)\n```\n[h](https://example.com)\n[i](#j)\n";
        assert_eq!(links(text), [(1, "b.md"), (1, "d.md#e"), (6, "#j")]);
    }

    #[test]
    fn headings_become_anchors() {
        assert_eq!(
            headings("# Words, and `values`\ntext\n## 2. What is not_there\n"),
            ["words-and-values", "2-what-is-not_there"]
        );
    }

    #[test]
    fn a_link_to_nothing_is_a_dead_end() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let document = Document { path: root.join("docs/x.md"), text: String::new() };
        assert_eq!(document.dead_end("../README.md"), None);
        assert_eq!(document.dead_end("nothing.md").unwrap(), "`nothing.md` leads nowhere");
        assert!(document.dead_end("../README.md#nothing").unwrap().contains("no heading"));
    }

    #[test]
    fn examples_are_cut_out_with_what_they_stand_in() {
        let text = "```stopline in plan\nchange \"x\" {}\n```\n```\nother\n```\n";
        assert_eq!(examples(text), [Example { line: 1, context: "in plan", text: "change \"x\" {}\n".to_owned() }]);
        assert_eq!(troubles(&Example { line: 1, context: "in limbo", text: String::new() }).len(), 1);
    }
}
