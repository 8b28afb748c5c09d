//! SARIF 2.1.0, with the fields and within the limits of code scanning. What a limit leaves out is said as a notification.

mod line_hash;
mod rules;
mod shape;

use std::collections::HashMap;

use self::rules::Rules;
use self::shape::{
    Artifact, ArtifactChange, ArtifactContent, Driver, Fix, FixProperties, Id, Invocation, Level, Location, Log,
    Message, Notification, PhysicalLocation, Region, Replacement, ResultOf, Run, Suppression, Tool,
};
use super::{Options, json};
use crate::diagnostic::{self, Applicability, Diagnostic, Severity, Waived};
use crate::session::{Report, fingerprints};
use crate::source::{FileId, Place, SourceMap, Span, Unit};

/// The most results of one run that code scanning takes; it refuses the whole file for one more.
const RESULTS: usize = 25_000;
/// Lines above and below a place that are shown with it.
const CONTEXT: usize = 1;
/// Characters of a text that are shown.
const SNIPPET: usize = 1_000;
/// The most places of one result.
const LOCATIONS: usize = 1_000;

pub(super) fn render(report: &Report, sources: &SourceMap, options: &Options<'_>) -> String {
    let mut rules = Rules::new(options.catalogue, options.book);
    let prints = fingerprints(report.findings(), sources);
    let mut placed: Vec<(&Diagnostic, Place, String)> = Vec::new();
    let mut notifications = Vec::new();
    for (finding, print) in report.findings().iter().zip(prints) {
        if let Some(place) = finding.place {
            placed.push((finding, place, print));
        } else {
            // A result without a place is refused; what is said of the run is a notification of the run.
            notifications.push(Notification::of_rule(&finding.rule, level_of(finding.severity), message(finding)));
        }
    }
    if let Some(left_out) = keep_the_heaviest(&mut placed) {
        notifications.push(left_out);
    }
    let mut hashes = HashMap::new();
    let results: Vec<ResultOf> = placed
        .into_iter()
        .map(|(finding, place, print)| result(finding, place, print, &mut rules, &mut hashes, sources))
        .collect();
    let status = report.exit_status(options.fail_on);
    let (descriptors, taxonomies) = rules.into_parts();
    let log = Log::new(Run {
        tool: Tool {
            driver: Driver {
                name: env!("CARGO_PKG_NAME"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                supported_taxonomies: taxonomies.iter().map(|taxonomy| Id::named(&taxonomy.name)).collect(),
                rules: descriptors,
            },
        },
        invocations: [Invocation {
            execution_successful: status != 2,
            exit_code: status,
            tool_execution_notifications: notifications,
        }],
        taxonomies,
        column_kind: "utf16CodeUnits",
        results,
    });
    json::text(&log)
}

/// Drops the lightest of what is too much; what was dropped is said.
fn keep_the_heaviest(placed: &mut Vec<(&Diagnostic, Place, String)>) -> Option<Notification> {
    let left_out = placed.len().checked_sub(RESULTS).filter(|left_out| *left_out > 0)?;
    placed.sort_by_key(|(finding, ..)| {
        std::cmp::Reverse((finding.waived.is_none(), finding.undecided, finding.severity))
    });
    placed.truncate(RESULTS);
    let message = format!(
        "{left_out} findings are left out: code scanning takes {RESULTS} results of a run; `stopline check` shows all"
    );
    Some(Notification::new(Level::Warning, message))
}

fn result(
    finding: &Diagnostic,
    place: Place,
    print: String,
    rules: &mut Rules<'_>,
    hashes: &mut HashMap<FileId, Vec<String>>,
    sources: &SourceMap,
) -> ResultOf {
    let line = sources.line_column(place.file, place.span.start).line as usize;
    let hash = hashes
        .entry(place.file)
        .or_insert_with(|| line_hash::line_hashes(sources.text(place.file)))
        .get(line - 1)
        .cloned()
        .unwrap_or_default();
    let related = finding.related.iter().take(LOCATIONS);
    ResultOf {
        rule_index: rules.index(finding),
        rule_id: finding.rule.to_string(),
        level: level_of(finding.severity),
        message: message(finding),
        locations: [Location { id: None, physical_location: physical(place, sources), message: None }],
        related_locations: (1..)
            .zip(related)
            .map(|(id, label)| Location {
                id: Some(id),
                physical_location: physical(label.place, sources),
                message: Some(Message::plain(&label.text)),
            })
            .collect(),
        partial_fingerprints: shape::Fingerprints { primary_location_line_hash: hash, stopline: print },
        suppressions: finding.waived.iter().map(|waived| suppression(waived, sources)).collect(),
        fixes: finding.fix.iter().filter_map(|fix| self::fix(fix, sources)).collect(),
    }
}

fn level_of(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    }
}

fn message(finding: &Diagnostic) -> Message {
    match &finding.help {
        Some(help) => Message::plain(&format!("{}\n{help}", finding.message)),
        None => Message::plain(&finding.message),
    }
}

/// A waiver stands in a policy, an ignore beside the finding: either way somebody accepted it, and said why.
fn suppression(waived: &Waived, sources: &SourceMap) -> Suppression {
    let mut justification = waived.reason.clone();
    for (word, value) in [("by", &waived.by), ("until", &waived.until), ("see", &waived.ticket)] {
        if let Some(value) = value {
            justification = format!("{justification}; {word} {value}");
        }
    }
    Suppression {
        kind: if waived.until.is_some() { "external" } else { "inSource" },
        status: "accepted",
        justification,
        location: Location { id: None, physical_location: physical(waived.place, sources), message: None },
    }
}

/// A proposal, as the format means it: viewers show it, and whether it is safe stands in its description, which they show,
/// and in its properties, which programs read. An empty one is refused.
fn fix(fix: &diagnostic::Fix, sources: &SourceMap) -> Option<Fix> {
    let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.place.file).collect();
    files.dedup();
    let changes: Vec<ArtifactChange> = files
        .into_iter()
        .map(|file| ArtifactChange {
            artifact_location: Artifact::of(sources.path(file)),
            replacements: fix
                .edits
                .iter()
                .filter(|edit| edit.place.file == file)
                .map(|edit| Replacement {
                    deleted_region: region(edit.place, sources),
                    inserted_content: ArtifactContent { text: edit.text.clone() },
                })
                .collect(),
        })
        .collect();
    let description = match fix.applicability {
        Applicability::Safe => fix.title.clone(),
        Applicability::Unsafe => format!("{} (unsafe: look at what it changes)", fix.title),
    };
    (!changes.is_empty()).then(|| Fix {
        description: Message { text: description },
        artifact_changes: changes,
        properties: FixProperties { applicability: fix.applicability.name() },
    })
}

fn physical(place: Place, sources: &SourceMap) -> PhysicalLocation {
    let shown = |place: Place| Region {
        snippet: Some(ArtifactContent { text: shortened(sources.slice(place)) }),
        ..region(place, sources)
    };
    PhysicalLocation {
        artifact_location: Artifact::of(sources.path(place.file)),
        region: shown(place),
        context_region: around(place, sources).map(shown),
    }
}

/// The lines of a place and one on either side; `None` where there is nothing more to show.
fn around(place: Place, sources: &SourceMap) -> Option<Place> {
    let file = sources.get(place.file)?;
    let (lines, text) = (file.lines(), file.text());
    let first = lines.line_range(lines.line(place.span.start).saturating_sub(CONTEXT), text);
    let last = lines.line_range((lines.line(place.span.end) + CONTEXT).min(lines.line_count() - 1), text);
    let around = Place::new(place.file, Span::of(first.start..last.end));
    (around != place).then_some(around)
}

/// A place may be a whole document, and a log holds many.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(SNIPPET) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn region(place: Place, sources: &SourceMap) -> Region {
    let at = |offset| sources.line_column_in(Unit::Utf16, place.file, offset);
    let (start, end) = (at(place.span.start), at(place.span.end));
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        snippet: None,
    }
}

#[cfg(test)]
mod tests;
