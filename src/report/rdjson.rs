//! The Reviewdog Diagnostic Format: lines from 1, columns in bytes of UTF-8 from 1, ends exclusive.

use serde::Serialize;

use super::range::{Range, range};
use super::{Options, json, page};
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::session::Report;
use crate::source::{Place, SourceMap, Unit};

#[derive(Serialize)]
struct Document<'a> {
    source: Source,
    severity: &'static str,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Entry<'a> {
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location<'a>>,
    severity: &'static str,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    location: Location<'a>,
}

pub(super) fn render(report: &Report, sources: &SourceMap, options: &Options<'_>) -> String {
    let open = report.findings().iter().filter(|finding| finding.waived.is_none());
    let diagnostics: Vec<Entry<'_>> = open.map(|finding| entry(finding, sources, options.book)).collect();
    let heaviest = report.findings().iter().filter(|finding| finding.waived.is_none()).map(|finding| finding.severity);
    let severity = severity(heaviest.max().unwrap_or(Severity::Note));
    json::text(&Document { source: Source { name: env!("CARGO_PKG_NAME") }, severity, diagnostics })
}

fn entry<'a>(finding: &'a Diagnostic, sources: &'a SourceMap, book: Option<&str>) -> Entry<'a> {
    Entry {
        message: match &finding.help {
            Some(help) => format!("{}\n{help}", finding.message),
            None => finding.message.clone(),
        },
        location: finding.place.map(|place| location(place, sources)),
        severity: severity(finding.severity),
        code: Code { value: &finding.rule, url: page(&finding.rule, book) },
        suggestions: suggestions(finding, sources),
        related_locations: finding
            .related
            .iter()
            .map(|label| Related { message: &label.text, location: location(label.place, sources) })
            .collect(),
    }
}

/// Suggestions are for the file of the finding; a fix that reaches further is none.
fn suggestions<'a>(finding: &'a Diagnostic, sources: &SourceMap) -> Vec<Suggestion<'a>> {
    let (Some(place), Some(fix)) = (finding.place, &finding.fix) else { return Vec::new() };
    let here = |edit: &Edit| edit.place.file == place.file;
    if !fix.edits.iter().all(here) {
        return Vec::new();
    }
    fix.edits
        .iter()
        .map(|edit| Suggestion { range: range(edit.place, Unit::Byte, sources), text: &edit.text })
        .collect()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    }
}

fn location(place: Place, sources: &SourceMap) -> Location<'_> {
    Location { path: sources.path(place.file), range: range(place, Unit::Byte, sources) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::diagnostic::Severity;
    use crate::report::testing::{example, find, finding};
    use crate::report::{Format, Options, render};
    use crate::session::Report;
    use crate::source::SourceMap;

    fn rendered((report, sources): &(Report, SourceMap)) -> Value {
        serde_json::from_str(&render(Format::Rdjson, report, sources, &Options::default())).unwrap()
    }

    #[test]
    fn an_entry_has_the_shape_of_the_format() {
        let document = rendered(&example());
        assert_eq!(document["source"], json!({"name": "stopline"}));
        assert_eq!(document["severity"], "ERROR");
        assert_eq!(
            document["diagnostics"][2],
            json!({
                "message": "sessions live 06:00:00, longer than 4h",
                "location": {
                    "path": "sites/a/site_config.json",
                    "range": {"start": {"line": 2, "column": 20}, "end": {"line": 2, "column": 30}}
                },
                "severity": "ERROR",
                "code": {"value": "healthcare/session-expiry"},
                "suggestions": [{
                    "range": {"start": {"line": 2, "column": 20}, "end": {"line": 2, "column": 30}},
                    "text": "\"04:00:00\""
                }],
                "related_locations": [{
                    "message": "the limit stands here",
                    "location": {
                        "path": "policies/healthcare.policy",
                        "range": {"start": {"line": 2, "column": 29}, "end": {"line": 2, "column": 31}}
                    }
                }]
            })
        );
        assert_eq!(document["diagnostics"].as_array().unwrap().len(), 4, "what is waived is left out");
    }

    #[test]
    fn a_rule_has_its_page_where_there_is_a_book() {
        let (report, sources) = example();
        let book = Options { book: Some("https://docs.example.com"), ..Options::default() };
        let document: Value = serde_json::from_str(&render(Format::Rdjson, &report, &sources, &book)).unwrap();
        let codes = document["diagnostics"].as_array().unwrap().iter().map(|entry| &entry["code"]);
        let page = "https://docs.example.com/diagnostics.html#documentduplicate-key";
        assert!(codes.into_iter().any(|code| *code == json!({"value": "document/duplicate-key", "url": page})));
    }

    #[test]
    fn columns_count_bytes() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.plan", "ü🚀x\n");
        let findings = vec![finding("x/y", Severity::Note, Some(find(&sources, file, "x")), "wrong")];
        let document = rendered(&(Report::new(findings, &sources, 1, 1), sources));
        assert_eq!(document["diagnostics"][0]["location"]["range"]["start"], json!({"line": 1, "column": 7}));
    }
}
