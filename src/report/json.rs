//! The report for machines: `schemas/report.schema.json` describes it field by field.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Options, range};
use crate::diagnostic::{Diagnostic, Edit, Fix, Waived};
use crate::session::{Report, Verdict};
use crate::source::{FileId, Place, SourceMap, Unit, is_unseen};

const SCHEMA: &str = "stopline.report/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool,
    verdict: &'static str,
    summary: Counts,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
pub(super) struct Counts {
    files: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
    undecided: usize,
}

#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    path: Option<&'a str>,
    span: Option<Range>,
    message: &'a str,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
    controls: &'a [String],
    waived: Option<Waiver<'a>>,
    fix: Option<Cure<'a>>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    #[serde(flatten)]
    at: range::Position,
    offset: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    span: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Waiver<'a> {
    reason: &'a str,
    by: Option<&'a str>,
    until: Option<&'a str>,
    ticket: Option<&'a str>,
    path: &'a str,
    span: Range,
}

#[derive(Serialize)]
struct Cure<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
struct Replacement<'a> {
    path: &'a str,
    span: Range,
    text: &'a str,
}

pub(super) fn render(report: &Report, sources: &SourceMap, options: &Options) -> String {
    let document = Document {
        schema: SCHEMA,
        tool: TOOL,
        verdict: verdict(report, options),
        summary: Counts::of(report),
        findings: findings(report, sources),
    };
    text(&document)
}

pub(super) const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

pub(super) fn verdict(report: &Report, options: &Options<'_>) -> &'static str {
    match report.verdict(options.fail_on) {
        Verdict::Go => "go",
        Verdict::Stop => "stop",
    }
}

pub(super) fn findings<'a>(report: &'a Report, sources: &'a SourceMap) -> Vec<Finding<'a>> {
    report.findings().iter().map(|finding| shape(finding, sources)).collect()
}

impl Counts {
    pub(super) fn of(report: &Report) -> Self {
        let summary = report.summary();
        Self {
            files: report.files(),
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            waived: summary.waived,
            undecided: summary.undecided,
        }
    }
}

/// Indented, ending with a line end, and with nothing in it that a terminal would obey.
pub(super) fn text(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).map_or_else(|_| String::new(), |text| escaped(&text));
    text.push('\n');
    text
}

fn shape<'a>(finding: &'a Diagnostic, sources: &'a SourceMap) -> Finding<'a> {
    Finding {
        rule: &finding.rule,
        severity: finding.severity.name(),
        path: finding.place.map(|place| sources.path(place.file)),
        span: finding.place.map(|place| span(place, sources)),
        message: &finding.message,
        help: finding.help.as_deref(),
        related: finding
            .related
            .iter()
            .map(|label| Related {
                path: sources.path(label.place.file),
                span: span(label.place, sources),
                message: &label.text,
            })
            .collect(),
        controls: &finding.controls,
        waived: finding.waived.as_ref().map(|waiver| waived(waiver, sources)),
        fix: finding.fix.as_ref().map(|fix| cure(fix, sources)),
    }
}

fn waived<'a>(waiver: &'a Waived, sources: &'a SourceMap) -> Waiver<'a> {
    Waiver {
        reason: &waiver.reason,
        by: waiver.by.as_deref(),
        until: waiver.until.as_deref(),
        ticket: waiver.ticket.as_deref(),
        path: sources.path(waiver.place.file),
        span: span(waiver.place, sources),
    }
}

fn cure<'a>(fix: &'a Fix, sources: &'a SourceMap) -> Cure<'a> {
    let replacement = |edit: &'a Edit| Replacement {
        path: sources.path(edit.place.file),
        span: span(edit.place, sources),
        text: &edit.text,
    };
    Cure {
        title: &fix.title,
        applicability: fix.applicability.name(),
        edits: fix.edits.iter().map(replacement).collect(),
    }
}

fn span(place: Place, sources: &SourceMap) -> Range {
    Range { start: position(place.file, place.span.start, sources), end: position(place.file, place.span.end, sources) }
}

fn position(file: FileId, offset: u32, sources: &SourceMap) -> Position {
    Position { at: range::position(file, offset, Unit::Scalar, sources), offset }
}

/// What a terminal would obey is escaped; such characters can only stand inside strings.
fn escaped(text: &str) -> String {
    let hidden = |character: char| character != '\n' && is_unseen(character);
    if !text.contains(hidden) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 64);
    for character in text.chars() {
        if hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests;
