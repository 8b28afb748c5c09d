//! The door of the lints for tests: a plan in, the same plan with what is said drawn under its lines out.
//!
//! `^` underlines the finding, `-` a related place; `=` is the help. These lines are comments of the language, so a
//! test is one text that holds the plan and what is expected of it.

use std::fmt::Write as _;

use crate::check::plan::check_plan;
use crate::check::policy::{NamedFiles, check_policy};
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::model::policy::RedFlag;
use crate::model::units::Instant;
use crate::source::{FileId, Place, SourceMap};
use crate::syntax::ast::Item;
use crate::syntax::parse;

use super::lint_plan;

/// The morning before the release of `examples/checkout.plan`.
pub(super) const THE_DAY_BEFORE: &str = "2026-11-23T09:00+01:00";

const HEAD: &str = "plan p {\n  service = \"x\"\n  environment = production\n";

/// What stands in a plan, with what `lint` says of it drawn under its lines.
#[track_caller]
pub(super) fn in_plan(lint: &Descriptor, body: &str) {
    check(lint, &format!("{HEAD}{body}\n}}\n"));
}

/// Plans, and policies whose red flags they are under.
#[track_caller]
pub(super) fn check(lint: &Descriptor, expected: &str) {
    check_at(lint, THE_DAY_BEFORE, expected);
}

#[track_caller]
pub(super) fn check_at(lint: &Descriptor, now: &str, expected: &str) {
    let text: String = expected.split_inclusive('\n').filter(|line| !is_drawn(line)).collect();
    let (sources, found) = lint_text(&text, now);
    let found: Vec<&Diagnostic> = found.iter().filter(|diagnostic| diagnostic.rule == lint.id).collect();
    let actual = draw(&sources, &found);
    assert!(actual == expected, "\n===== expected\n{expected}\n===== said\n{actual}\n=====");
}

/// Everything that is said of the plans in a text, under all red flags of the policies in it.
#[track_caller]
pub(super) fn lint_text(text: &str, now: &str) -> (SourceMap, Vec<Diagnostic>) {
    let slips = parse(FileId::default(), text).diagnostics;
    assert!(slips.is_empty(), "{slips:#?}\n{text}");
    lint_text_as_it_is(text, now)
}

/// The same of a text that may be broken.
pub(super) fn lint_text_as_it_is(text: &str, now: &str) -> (SourceMap, Vec<Diagnostic>) {
    let mut sources = SourceMap::default();
    let file = sources.add("release.plan", text);
    let parsed = parse(file, text);
    let now = Instant::parse(now).unwrap();
    let mut diagnostics = Vec::new();
    let mut flags: Vec<RedFlag> = Vec::new();
    for item in &parsed.tree.items {
        if let Item::Policy(policy) = item {
            flags
                .extend(check_policy(file, policy, &[], &NamedFiles::new(), &[], &sources, &mut diagnostics).red_flags);
        }
    }
    for item in &parsed.tree.items {
        if let Item::Plan(block) = item {
            let checked = check_plan(file, block, &mut diagnostics);
            lint_plan(&checked, &flags, now, &mut diagnostics);
        }
    }
    (sources, diagnostics)
}

fn is_drawn(line: &str) -> bool {
    line.trim_start().strip_prefix("# ").is_some_and(|rest| rest.starts_with(['^', '-', '=']))
}

fn draw(sources: &SourceMap, found: &[&Diagnostic]) -> String {
    let file = FileId::default();
    let text = sources.text(file);
    let mut notes: Vec<(u32, usize, String)> = Vec::new();
    for (order, diagnostic) in found.iter().enumerate() {
        let place = diagnostic.place.unwrap();
        let mut note = underline(sources, place, '^', &diagnostic.message);
        if let Some(help) = &diagnostic.help {
            writeln!(note, "{}# = {help}", margin(sources, place)).unwrap();
        }
        notes.push((line_of(sources, place), order, note));
        for label in &diagnostic.related {
            notes.push((line_of(sources, label.place), order, underline(sources, label.place, '-', &label.text)));
        }
    }
    notes.sort_by_key(|(line, order, _)| (*line, *order));
    let mut drawn = String::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        drawn.push_str(line);
        let number = u32::try_from(index).unwrap() + 1;
        notes.iter().filter(|(line, ..)| *line == number).for_each(|(.., note)| drawn.push_str(note));
    }
    drawn
}

fn underline(sources: &SourceMap, place: Place, mark: char, message: &str) -> String {
    let first_line = sources.slice(place).lines().next().unwrap_or_default();
    let marks = mark.to_string().repeat(first_line.chars().count().max(1));
    format!("{}# {marks} {message}\n", margin(sources, place))
}

fn line_of(sources: &SourceMap, place: Place) -> u32 {
    sources.line_column(place.file, place.span.start).line
}

fn margin(sources: &SourceMap, place: Place) -> String {
    let column = sources.line_column(place.file, place.span.start).column;
    " ".repeat(usize::try_from(column).unwrap().saturating_sub(3))
}
