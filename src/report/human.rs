//! The report for people: what is wrong as a headline, the source with the place drawn under it, the cure below.

mod drawn;
mod grouped;
mod snippet;

use std::fmt::Write as _;

use super::page::page;
use super::{Options, printable, verdict};
use crate::diagnostic::{Diagnostic, Edit, Fix, Waived};
use crate::report::paint::Paint;
use crate::session::{self, Report};
use crate::source::SourceMap;

pub(super) fn render(report: &Report, sources: &SourceMap, options: &Options) -> String {
    let mut out = String::new();
    let (waived, open): (Vec<_>, Vec<_>) = report.findings().iter().partition(|finding| finding.waived.is_some());
    let (drawn, listed) = grouped::split(open);
    for finding in drawn {
        write_finding(&mut out, finding, sources, options);
    }
    for group in listed {
        out.push_str(&grouped::listed(&group, sources, options));
    }
    for finding in waived {
        if let Some(waiver) = &finding.waived {
            write_waived(&mut out, finding, waiver, sources, options);
        }
    }
    write_fixable(&mut out, report, options);
    out.push_str(&verdict::line(report, options));
    out.push('\n');
    out
}

fn write_finding(out: &mut String, finding: &Diagnostic, sources: &SourceMap, options: &Options) {
    let paint = Paint::new(options.color);
    let headline = format!(": {}", printable::line(&finding.message));
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}{}", weight(finding, options), paint.bold(&headline));
    out.push_str(&drawn::source_and_help(finding, sources, options));
    if let Some(fix) = finding.fix.as_ref().filter(|fix| !says(finding, fix)) {
        let _ = writeln!(out, "{}{}", paint.label("   fix: "), printable::line(&fix.title));
    }
    if !finding.controls.is_empty() {
        let controls = finding.controls.join(", ");
        let _ = writeln!(out, "{}", paint.dim(&format!("  controls: {}", printable::line(&controls))));
    }
    out.push('\n');
}

/// `error[pack/rule]`, which leads a terminal to the page of the rule.
fn weight(finding: &Diagnostic, options: &Options<'_>) -> String {
    let paint = Paint::new(options.color);
    let weight = format!("{}[{}]", finding.severity.name(), printable::line(&finding.rule));
    let weight = paint.severity(finding.severity, &weight);
    match page(&finding.rule, options.book) {
        Some(page) => paint.link(&page, &weight),
        None => weight,
    }
}

/// Whether the help names what the fix writes already.
fn says(finding: &Diagnostic, fix: &Fix) -> bool {
    let help = finding.help.as_deref().unwrap_or_default();
    let named = |edit: &Edit| help.contains(&format!("`{}`", edit.text));
    help.starts_with(&fix.title) || fix.edits.iter().all(named)
}

/// How many of the findings a machine can mend.
fn write_fixable(out: &mut String, report: &Report, options: &Options) {
    let all = match session::fix::count(report.findings().iter()) {
        (0, 0) => return,
        (safe, 0) => format!("{safe} fixable with `--fix`"),
        (0, others) => format!("{others} fixable with `--fix --unsafe-fixes`"),
        (safe, others) => format!("{safe} fixable with `--fix`, {others} more with `--unsafe-fixes`"),
    };
    let _ = writeln!(out, "{}\n", Paint::new(options.color).dim(&all));
}

fn write_waived(out: &mut String, finding: &Diagnostic, waiver: &Waived, sources: &SourceMap, options: &Options) {
    let paint = Paint::new(options.color);
    let headline = format!("waived[{}]: {}", printable::line(&finding.rule), printable::line(&finding.message));
    let _ = writeln!(out, "{}", paint.dim(&headline));
    if let Some(place) = finding.place {
        let at = sources.line_column(place.file, place.span.start);
        let path = printable::line(sources.path(place.file));
        let _ = writeln!(out, "{}", paint.dim(&format!("  at {path}:{}:{}", at.line, at.column)));
    }
    let mut terms = String::from("  waived");
    for (word, value) in [("by", &waiver.by), ("until", &waiver.until)] {
        if let Some(value) = value {
            let _ = write!(terms, " {word} {}", printable::line(value));
        }
    }
    if let Some(ticket) = &waiver.ticket {
        let _ = write!(terms, " ({})", printable::line(ticket));
    }
    let _ = writeln!(out, "{}\n", paint.dim(&format!("{terms}: {}", printable::line(&waiver.reason))));
}

#[cfg(test)]
mod tests;
