//! Whether what was mended is mended: the finding is gone, and nothing came in its stead.

use std::collections::HashMap;

use super::choose::Chosen;
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::session::Report;
use crate::session::registry::builtin;
use crate::source::{SourceMap, Span};

/// Why the fixes of a file are taken back, as the rest of a sentence.
pub(super) fn trouble(
    file: &Chosen<'_>,
    before: &Report,
    sources: &SourceMap,
    after: &Report,
    now: &SourceMap,
) -> Option<String> {
    let (was, is) = (of_file(before, sources, &file.path), of_file(after, now, &file.path));
    let unread = |findings: &[&Diagnostic]| findings.iter().filter(|finding| is_about_reading(finding)).count();
    if unread(&is) > unread(&was) {
        let worse = is.iter().find(|finding| is_about_reading(finding)).map_or("", |finding| finding.message.as_str());
        return Some(format!("the file could not be read afterwards: {worse}"));
    }
    let edits = file.edits();
    let remains = |mended: &&Diagnostic| {
        let place = mended.place.map(|place| moved(place.span, &edits));
        is.iter().any(|finding| {
            finding.rule == mended.rule && place.zip(finding.place).is_some_and(|(was, is)| meet(was, is.span))
        })
    };
    if file.fixes.iter().map(|pick| pick.finding).any(|mended| remains(&mended)) {
        return Some("it does not cure what it was made for".to_owned());
    }
    // A text that was not understood may be found wrong once it is; where it was, nothing may be wrong that was not.
    if file.fixes.iter().any(|pick| builtin().any(|id| id.id == pick.finding.rule)) {
        return None;
    }
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for finding in &was {
        *known.entry((&finding.rule, &finding.message)).or_default() += 1;
    }
    let new = is.iter().filter(|finding| finding.severity == Severity::Error || finding.undecided).find(|finding| {
        let count = known.entry((&finding.rule, &finding.message)).or_default();
        let is_new = *count == 0;
        *count = count.saturating_sub(1);
        is_new
    });
    new.map(|finding| format!("it would bring `{}`: {}", finding.rule, finding.message))
}

fn of_file<'r>(report: &'r Report, sources: &SourceMap, path: &str) -> Vec<&'r Diagnostic> {
    let here = |finding: &&Diagnostic| {
        finding.waived.is_none() && finding.place.is_some_and(|place| sources.path(place.file) == path)
    };
    report.findings().iter().filter(here).collect()
}

/// Whether a text is not in its format or notation. What only names may say more, once the text can be read.
fn is_about_reading(finding: &Diagnostic) -> bool {
    finding.undecided && ["syntax/", "document/"].iter().any(|group| finding.rule.starts_with(group))
}

/// Where a place is after the edits; what they touched is as long as what they wrote.
fn moved(place: Span, edits: &[&Edit]) -> Span {
    let (mut start, mut end) = (i64::from(place.start), i64::from(place.end));
    for edit in edits {
        let span = edit.place.span;
        let grown = i64::try_from(edit.text.len()).unwrap_or_default() - i64::from(span.len());
        if span.end <= place.start && !(span.is_empty() && span.end == place.start) {
            start += grown;
        }
        if span.start < place.end || span.end <= place.end {
            end += grown;
        }
    }
    let clamped = |at: i64| u32::try_from(at.max(0)).unwrap_or(u32::MAX);
    Span::new(clamped(start), clamped(end.max(start)))
}

const fn meet(left: Span, right: Span) -> bool {
    left.start < right.end && right.start < left.end
}
