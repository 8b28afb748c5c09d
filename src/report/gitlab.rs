//! GitLab's Code Quality report: what merge requests show beside the lines they change.

use serde::Serialize;

use super::range::{Position, Range, range};
use super::{Options, json};
use crate::diagnostic::{Diagnostic, Severity};
use crate::session::{Report, fingerprints};
use crate::source::{SourceMap, Unit};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

/// GitLab wants a file for everything; what is said of the run as a whole is said of the folder.
const WHOLE_RUN: &str = ".";

pub(super) fn render(report: &Report, sources: &SourceMap, _: &Options<'_>) -> String {
    let prints = fingerprints(report.findings(), sources);
    let issues: Vec<Issue<'_>> = report
        .findings()
        .iter()
        .zip(prints)
        .filter(|(finding, _)| finding.waived.is_none())
        .map(|(finding, print)| issue(finding, print, sources))
        .collect();
    json::text(&issues)
}

fn issue<'a>(finding: &'a Diagnostic, fingerprint: String, sources: &'a SourceMap) -> Issue<'a> {
    Issue {
        description: match &finding.help {
            Some(help) => format!("{}: {help}", finding.message),
            None => finding.message.clone(),
        },
        check_name: &finding.rule,
        fingerprint,
        severity: severity(finding),
        location: location(finding, sources),
    }
}

fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        _ if finding.undecided => "critical",
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}

fn location<'a>(finding: &Diagnostic, sources: &'a SourceMap) -> Location<'a> {
    let Some(place) = finding.place else {
        let start = || Position { line: 1, column: 1 };
        return Location { path: WHOLE_RUN, positions: Positions { begin: start(), end: start() } };
    };
    let Range { start, end } = range(place, Unit::Scalar, sources);
    let positions = Positions { begin: start, end };
    Location { path: sources.path(place.file), positions }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use crate::diagnostic::Severity;
    use crate::report::testing::{example, finding};
    use crate::report::{Format, Options, render};
    use crate::session::Report;
    use crate::source::SourceMap;

    fn issues((report, sources): &(Report, SourceMap)) -> Value {
        serde_json::from_str(&render(Format::Gitlab, report, sources, &Options::default())).unwrap()
    }

    #[test]
    fn an_issue_has_what_gitlab_asks_for() {
        let issues = issues(&example());
        let mut first = issues[0].clone();
        let fingerprint = first.as_object_mut().unwrap().remove("fingerprint").unwrap();
        assert_eq!(fingerprint.as_str().unwrap().len(), 32);
        assert_eq!(
            first,
            json!({
                "description": "the window 2026-11-27 10:00 to 12:00 touches a Friday in Europe/Berlin: move it to Monday through Thursday, or give the reason it cannot wait in `urgent`",
                "check_name": "release/friday-deploy",
                "severity": "major",
                "location": {
                    "path": "release.plan",
                    "positions": {"begin": {"line": 6, "column": 16}, "end": {"line": 6, "column": 32}}
                }
            })
        );
    }

    #[test]
    fn what_is_waived_is_no_issue_and_what_is_undecided_weighs_most() {
        let issues = issues(&example());
        let severities: Vec<&str> =
            issues.as_array().unwrap().iter().map(|issue| issue["severity"].as_str().unwrap()).collect();
        assert_eq!(severities, ["major", "minor", "major", "critical"]);
    }

    #[test]
    fn fingerprints_differ_and_what_has_no_place_is_said_of_the_folder() {
        let sources = SourceMap::default();
        let findings = ["a", "b"].map(|message| finding("document/nothing", Severity::Error, None, message)).to_vec();
        let issues = issues(&(Report::new(findings, &sources, 1, 1), sources));
        let prints: BTreeSet<&str> =
            issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(prints.len(), 2);
        assert_eq!(issues[0]["location"]["path"], ".");
    }
}
