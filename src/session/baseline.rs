//! What was found on the day somebody began: known by fingerprints, so that it may move, and let be until it is mended. What
//! could not be decided is never let be.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::Report;
use super::diagnostics::UNUSED_ENTRY;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Place, SourceMap, Span};

const SCHEMA: &str = "stopline.baseline/1";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    findings: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Written<'a> {
    schema: &'static str,
    findings: &'a [Entry],
}

/// Only the fingerprint decides; the rest is for whoever reads the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: String,
    rule: String,
    path: String,
    message: String,
}

/// How much of what the baseline speaks of was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All of it: what is not found any more is gone.
    Whole,
    /// Some files: nothing follows from what is not found.
    Part,
}

/// A baseline that was read.
#[derive(Debug)]
pub struct Baseline {
    file: FileId,
    entries: Vec<Entry>,
}

impl Baseline {
    /// Reads one; where it is none, why not.
    pub fn read(file: FileId, text: &str) -> Result<Self, String> {
        let document: Document = serde_json::from_str(text).map_err(|problem| problem.to_string())?;
        if document.schema != SCHEMA {
            return Err(format!("its `schema` is `{}`, and this version reads `{SCHEMA}`", document.schema));
        }
        Ok(Self { file, entries: document.findings })
    }

    /// One of everything a report says, in its order. `shown` is the report without its secrets.
    pub fn of(shown: &Report, fingerprints: &[String], sources: &SourceMap) -> Self {
        let listed = shown.findings().iter().zip(fingerprints).filter(|(finding, _)| may_be_listed(finding));
        let entries = listed.map(|(finding, fingerprint)| Entry {
            fingerprint: fingerprint.clone(),
            rule: finding.rule.to_string(),
            path: finding.place.map_or_else(String::new, |place| sources.path(place.file).to_owned()),
            message: finding.message.clone(),
        });
        Self { file: FileId::default(), entries: entries.collect() }
    }

    /// As it is kept.
    pub fn text(&self) -> String {
        let document = Written { schema: SCHEMA, findings: &self.entries };
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Which findings of a report are listed. `fingerprints` are those of the findings.
    pub fn listed(&self, report: &Report, fingerprints: &[String]) -> Vec<bool> {
        let known: HashSet<&str> = self.entries.iter().map(|entry| entry.fingerprint.as_str()).collect();
        let is_listed = |(finding, print): (&Diagnostic, &String)| may_be_listed(finding) && known.contains(&**print);
        report.findings().iter().zip(fingerprints).map(is_listed).collect()
    }

    /// The report without what is listed, how much that was, and what is listed in vain.
    pub fn apply(&self, report: Report, fingerprints: &[String], reach: Reach, sources: &SourceMap) -> (Report, usize) {
        let is_listed = self.listed(&report, fingerprints);
        let hidden = is_listed.iter().filter(|listed| **listed).count();
        let in_vain: Vec<Diagnostic> = match reach {
            Reach::Part => Vec::new(),
            Reach::Whole => {
                let prints = fingerprints.iter().zip(&is_listed).filter(|(_, listed)| **listed);
                let used: HashSet<&str> = prints.map(|(print, _)| print.as_str()).collect();
                let unused = |entry: &&Entry| !used.contains(entry.fingerprint.as_str());
                self.entries.iter().filter(unused).map(|entry| self.in_vain(entry, sources)).collect()
            }
        };
        (report.without(&is_listed).with(in_vain, sources), hidden)
    }

    fn in_vain(&self, entry: &Entry, sources: &SourceMap) -> Diagnostic {
        let at = sources.text(self.file).find(&entry.fingerprint).unwrap_or_default();
        let place = Place::new(self.file, Span::of(at..at + entry.fingerprint.len()));
        let message = format!("`{}` does not find this in `{}` any more", entry.rule, entry.path);
        Diagnostic::new(&UNUSED_ENTRY, place, message)
            .help("delete the entry, or write the baseline again: `--write-baseline`")
    }
}

/// What is waived has its reason elsewhere, and evidence that was changed is no old habit.
fn may_be_listed(finding: &Diagnostic) -> bool {
    finding.waived.is_none() && finding.may_be_let_pass() && !finding.rule.starts_with("journal/")
}
