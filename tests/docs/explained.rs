//! What `explain` shows is so: the first example of every diagnostic raises it, the second one raises nothing.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::num::NonZero;

use stopline::diagnostic::Descriptor;
use stopline::session::builtin;

use crate::fences::{Fence, below, fences, prose};
use crate::sandbox::Sandbox;

/// The morning before the windows of the examples.
const CHECK: &str = "stopline check --at 2026-11-23T09:00+01:00";

/// What else is said of an example, since one mistake is seen from two sides.
const BESIDES: &[(&str, &[&str])] = &[
    ("plan/nested-procedure", &["plan/unsupported-use"]),
    ("plan/unsupported-use", &["plan/nested-procedure"]),
    ("syntax/chained-comparison", &["policy/type-mismatch"]),
    ("syntax/misplaced-clause", &["policy/unknown-name"]),
    ("syntax/too-many-errors", &["syntax/not-an-assignment", "plan/repeated-name"]),
];

/// What the compiler says only where a lint has not said it before: to a user, the lint says it.
const SAID_BEFORE: &[(&str, &str)] = &[("plan/unsupported-order", "plan/needs-later-step")];

#[test]
fn the_first_example_of_a_diagnostic_raises_it_and_the_second_raises_nothing() {
    let all: Vec<&Descriptor> = builtin().collect();
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let report = std::thread::scope(|scope| {
        let shares = all.chunks(all.len().div_ceil(cores));
        let judged: Vec<_> = shares.map(|share| scope.spawn(move || reported(share))).collect();
        judged.into_iter().map(|share| share.join().unwrap()).collect::<String>()
    });
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_diagnostic_says_why_and_what_to_do() {
    for known in builtin() {
        let headings: Vec<&str> =
            prose(known.doc).into_iter().map(|(_, line)| line).filter(|line| line.starts_with("## ")).collect();
        let why = if known.id.starts_with("syntax/") { [].as_slice() } else { &["## Why is this bad?"] };
        let wanted = [why, &["## Example", "## Use instead"]].concat();
        let headings: Vec<&str> = headings.into_iter().filter(|heading| *heading != "## What it does").collect();
        assert_eq!(headings, wanted, "{}", known.id);
    }
}

fn reported(share: &[&Descriptor]) -> String {
    let mut report = String::new();
    for known in share {
        for trouble in troubles(known) {
            writeln!(report, "{}: {trouble}", known.id).unwrap();
        }
    }
    report
}

fn troubles(known: &Descriptor) -> Vec<String> {
    let [wrong, right] = ["## Example", "## Use instead"].map(|heading| below(known.doc, heading));
    let mut troubles = Vec::new();
    let mut wanted: BTreeSet<String> = [known.id.to_owned()].into();
    if let Some((_, ids)) = BESIDES.iter().find(|(id, _)| *id == known.id) {
        wanted.extend(ids.iter().map(|&id| id.to_owned()));
    }
    if let Some((_, instead)) = SAID_BEFORE.iter().find(|(id, _)| *id == known.id) {
        wanted = [(*instead).to_owned()].into();
    }
    let (ids, said) = raised(wrong);
    if ids != wanted {
        troubles.push(format!("the example raises {ids:?}\n{said}"));
    }
    let (ids, said) = raised(right);
    if !ids.is_empty() {
        troubles.push(format!("what to use instead raises {ids:?}\n{said}"));
    }
    troubles
}

/// The ids of what is said of an example, and all that is said.
fn raised(section: &str) -> (BTreeSet<String>, String) {
    let mut sandbox = Sandbox::new();
    sandbox.put("stopline.toml", "packs = []\n");
    let fences = fences(section);
    let (typed, files): (Vec<&Fence>, Vec<&Fence>) = fences.iter().partition(|fence| fence.info == "console");
    for file in files {
        let (path, text) = placed(file);
        sandbox.put(&path, &text);
    }
    let typed: Vec<String> = typed.iter().flat_map(|fence| fence.typed()).map(|typed| typed.command).collect();
    let commands: Vec<&str> = if typed.is_empty() { vec![CHECK] } else { typed.iter().map(String::as_str).collect() };
    let said = sandbox.run(&commands).concat();
    let ids = said.lines().filter_map(|line| {
        let weights = ["error[", "warning[", "note["];
        let rest = weights.iter().find_map(|weight| line.strip_prefix(weight))?;
        rest.split_once("]: ").map(|(id, _)| id.to_owned())
    });
    (ids.collect(), said)
}

/// Where a file is put that the page gives no path, and what is around it.
fn placed(fence: &Fence) -> (String, String) {
    let holds = |word: &str| fence.text.lines().any(|line| line.starts_with(word));
    let usual = match fence.info.as_str() {
        "stopline in policy" => return ("example.policy".to_owned(), format!("policy example {{\n{}}}\n", fence.text)),
        "stopline" if holds("policy ") => "example.policy",
        "stopline" => "example.plan",
        "yaml" => "example.plan.yaml",
        "markdown" => "example.plan.md",
        other => {
            assert!(fence.path.is_some(), "nobody knows what `{other}` is called");
            ""
        }
    };
    (fence.path.clone().unwrap_or_else(|| usual.to_owned()), fence.text.clone())
}
