//! A plan that says of itself that it is not carried out, or not yet: a draft, a plan that was called off, one nobody agreed
//! to. Nothing would hold it back. Reads nothing itself.

use super::hedge::{begins, hedge, holds, parts};
use super::labels;
use super::reading::Reading;
use super::said::{Line, Said, words_of};
use super::section::Section;
use super::words;
use crate::document::markdown::BlockKind;
use crate::source::Span;

/// What a plan is called that is not finished, where a part of a sentence says no more.
const UNFINISHED: &[&str] = &["draft", "template", "wip", "work in progress"];

/// What became of it.
const CALLED_OFF: &[&str] = &[
    "abandoned",
    "blocked",
    "called off",
    "canceled",
    "cancelled",
    "not approved",
    "not yet approved",
    "obsolete",
    "on hold",
    "postponed",
    "superseded",
    "withdrawn",
];

/// What a plan waits for, if anything stands behind it.
const HELD_BY: &[&str] =
    &["blocked by", "change freeze", "earliest", "freeze", "no earlier than", "not before", "on hold"];

/// What people are told who hold it in their hands.
const FORBIDDEN: &[&str] = &[
    "do not deploy yet",
    "do not execute",
    "do not run",
    "do not use",
    "don't deploy yet",
    "don't execute",
    "don't run",
    "don't use",
    "not be executed",
    "not to be executed",
    "not ready",
];

/// How it is said that nobody agreed so far.
const NOT_AGREED: &[&str] =
    &["false", "missing", "no", "none", "nobody", "not", "open", "outstanding", "pending", "rejected", "tba", "tbd"];

impl Reading<'_> {
    /// The title of the plan.
    pub(super) fn held_back_by_title(&mut self) {
        let Some(title) = self.title.clone() else { return };
        self.held_back_where(title.span, &title.text);
    }

    /// The prose of a section that is about nothing a plan knows, over all that are.
    pub(super) fn held_back(&mut self, section: &Section<'_>) {
        if section.heading.as_ref().is_some_and(|heading| Some(heading.span) != self.title.as_ref().map(|it| it.span)) {
            return;
        }
        for (_, part) in section.blocks.iter().filter(|(_, part)| part.kind == BlockKind::Paragraph) {
            for line in part.inline.lines() {
                if let Some(said) = Said::of(line) {
                    self.held_back_where(said.span, &words_of(line));
                }
            }
        }
    }

    /// The lines of a section whose own lines are something else than fields: who works on it, what changes.
    pub(super) fn held_back_beside(&mut self, section: &Section<'_>) {
        let blocks = section.blocks.iter().filter(|(_, part)| part.kind == BlockKind::Paragraph);
        let lines: Vec<Line> = blocks.flat_map(|(_, part)| part.inline.lines().filter_map(Line::of)).collect();
        for line in &lines {
            let Some(label) = &line.label else { continue };
            if line.strong && labels::is_hold(&label.text) {
                self.meant_label(line, label);
            } else {
                self.held_back_by_field(line, label);
            }
        }
    }

    /// `**Status**: draft`, `**Approved**: no`, `**Not before**: Monday`; true where that was said.
    pub(super) fn held_back_by_field(&mut self, line: &Line, label: &Said) -> bool {
        let named = words::plain(&label.text);
        // Without `**`, any other label is prose.
        if !line.strong && named != "status" {
            return false;
        }
        let is_status = matches!(named.split(' ').next_back(), Some("status" | "state"));
        let value = line.value.as_ref().map(|value| value.text.as_str());
        let is_set = value.is_some_and(|value| !is_absent_text(value));
        let is_held = is_set && begins(&format!(" {named} "), HELD_BY).is_some();
        let status = value.filter(|_| is_status).is_some_and(|value| hedge(value).is_some() || says_so(value));
        let open = labels::is_approval(&label.text)
            && value.is_some_and(|value| parts(value).first().is_some_and(|first| begins(first, NOT_AGREED).is_some()));
        let found = status || open || is_held || hedge(&label.text).is_some();
        if found {
            self.held_back_at(line.whole.span);
        }
        found
    }

    fn held_back_where(&mut self, span: Span, text: &str) {
        if says_so(text) {
            self.held_back_at(span);
        }
    }

    fn held_back_at(&mut self, span: Span) {
        let message = "this says that the plan is not simply carried out, and nothing holds it back";
        let help = "say when it begins as `**Date**` and `**Time**`, and delete the line when it may begin";
        self.said_once(span, message, help);
    }
}

fn is_absent_text(value: &str) -> bool {
    parts(value).first().is_none_or(|first| matches!(first.trim(), "no" | "none" | "n/a" | "nothing" | "nobody"))
}

fn says_so(text: &str) -> bool {
    parts(text).iter().any(|part| {
        UNFINISHED.contains(&part.trim()) || begins(part, CALLED_OFF).is_some() || holds(part, FORBIDDEN).is_some()
    })
}
