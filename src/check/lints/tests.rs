//! What is true of all lints: how they are listed, that their documentation shows what they do, and that a good plan is
//! let through.

use super::testing::{THE_DAY_BEFORE, lint_text, lint_text_as_it_is};
use super::{FILES, LINT_DESCRIPTORS};
use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;

const HEADINGS: [&str; 4] = ["## What it does", "## Why is this bad?", "## Example", "## Use instead"];

/// Each finding as `id: message`, with what it underlines.
fn said(sources: &SourceMap, found: &[Diagnostic]) -> Vec<String> {
    let underlined = |finding: &Diagnostic| finding.place.map_or("nowhere", |place| sources.slice(place)).to_owned();
    found.iter().map(|finding| format!("{}: {} | {}", finding.rule, finding.message, underlined(finding))).collect()
}

fn fences(doc: &str) -> Vec<&str> {
    doc.split("```stopline\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

#[test]
fn lints_are_listed_in_order_and_named_as_their_files() {
    assert!(FILES.is_sorted_by(|one, next| one < next));
    for (file, descriptor) in FILES.iter().zip(LINT_DESCRIPTORS) {
        assert_eq!(descriptor.id, format!("plan/{}", file.replace('_', "-")));
        assert!(!descriptor.undecided, "{file}");
    }
}

#[test]
fn every_document_has_the_same_parts() {
    for descriptor in LINT_DESCRIPTORS {
        let headings: Vec<&str> = descriptor.doc.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, HEADINGS, "{}", descriptor.id);
        assert_eq!(fences(descriptor.doc).len(), 2, "{}", descriptor.id);
        assert!(!descriptor.summary.ends_with('.') && !descriptor.summary.contains('\n'), "{}", descriptor.id);
    }
}

#[test]
fn the_first_example_of_a_document_fires_that_lint_alone_and_the_second_none() {
    for descriptor in LINT_DESCRIPTORS {
        let [bad, good] = fences(descriptor.doc)[..] else { panic!("{}", descriptor.id) };
        let (sources, found) = lint_text(bad, THE_DAY_BEFORE);
        let other =
            found.iter().any(|finding| finding.rule != descriptor.id || finding.severity != descriptor.severity);
        assert!(!found.is_empty() && !other, "{}: {:#?}", descriptor.id, said(&sources, &found));
        let (sources, found) = lint_text(good, THE_DAY_BEFORE);
        assert!(found.is_empty(), "{}: {:#?}", descriptor.id, said(&sources, &found));
    }
}

#[test]
fn the_examples_are_go() {
    for example in [include_str!("../../../examples/checkout.plan"), include_str!("../../../examples/quick.plan")] {
        let under_policy = format!("{}\n{example}", include_str!("../../../tests/fixtures/design/release.policy"));
        for text in [example, &under_policy] {
            let (sources, found) = lint_text(text, THE_DAY_BEFORE);
            let found: Vec<_> = found.into_iter().filter(|finding| finding.rule.starts_with("plan/")).collect();
            assert_eq!(said(&sources, &found), Vec::<String>::new());
        }
    }
}

#[test]
fn a_plan_that_is_only_half_there_is_judged_too() {
    let example = include_str!("../../../examples/checkout.plan");
    let lines: Vec<&str> = example.split_inclusive('\n').collect();
    for index in 0..lines.len() {
        let cut_off = lines[..index].concat();
        let left_out = [&lines[..index], &lines[index + 1..]].concat().concat();
        for text in [cut_off, left_out] {
            let (_, found) = lint_text_as_it_is(&text, THE_DAY_BEFORE);
            let outside = |finding: &Diagnostic| finding.place.is_none_or(|place| place.span.range().end > text.len());
            assert!(!found.iter().any(outside), "{text}");
        }
    }
}
