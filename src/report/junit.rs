//! `JUnit` XML: a suite a file, a case a finding, or a test where tests were run. What stops has failed, what could not be
//! judged is an error, what is waived was skipped; a run without findings is one case that passed, since no case at all
//! reads as "nothing ran".

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::{Options, concise, verdict};
use crate::diagnostic::Diagnostic;
use crate::session::{Case, FailOn, Report, Verdict};
use crate::source::{Place, SourceMap};

pub(super) fn render(report: &Report, sources: &SourceMap, options: &Options<'_>) -> String {
    let run = if options.cases.is_some() { TESTS } else { RUN };
    let mut suites: BTreeMap<Option<&str>, TestSuite> = BTreeMap::new();
    let mut suite = |place: Option<Place>, case: TestCase| {
        let path = place.map(|place| sources.path(place.file));
        suites.entry(path).or_insert_with(|| TestSuite::new(path.unwrap_or(run))).add_test_case(case);
    };
    let mut findings: Vec<&Diagnostic> = report.findings().iter().collect();
    for tested in options.cases.unwrap_or_default() {
        suite(Some(tested.title), test(tested, &mut findings, sources, options));
    }
    for finding in findings {
        suite(finding.place, case(finding, run, sources, options));
    }
    let mut whole = TestSuite::new(run);
    whole.add_test_case(outcome(report, options));
    let mut document = Document::new(env!("CARGO_PKG_NAME"));
    document.add_test_suites(suites.into_values().chain([whole]));
    let mut text = document.to_string().unwrap_or_default();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// What belongs to no file.
const RUN: &str = "stopline check";
const TESTS: &str = "stopline test";

/// A test by its title; what was found in it is taken from the findings, and is why it failed.
fn test(tested: &Case, findings: &mut Vec<&Diagnostic>, sources: &SourceMap, options: &Options<'_>) -> TestCase {
    let within = |finding: &&Diagnostic| finding.place.is_some_and(|place| tested.holds(place));
    let why = findings.iter().position(within).filter(|_| !tested.passed).map(|index| findings.remove(index));
    let status = match why {
        _ if tested.passed => TestCaseStatus::success(),
        Some(finding) => status(finding, sources, options.fail_on),
        None => TestCaseStatus::non_success(NonSuccessKind::Failure),
    };
    let mut case = TestCase::new(sources.slice(tested.title).trim_matches('"').to_owned(), status);
    case.set_classname(tested.rule.clone());
    set_place(&mut case, why.and_then(|finding| finding.place).unwrap_or(tested.title), sources);
    case
}

fn case(finding: &Diagnostic, run: &str, sources: &SourceMap, options: &Options<'_>) -> TestCase {
    let mut case = TestCase::new(finding.rule.to_string(), status(finding, sources, options.fail_on));
    case.set_classname(finding.place.map_or(run, |place| sources.path(place.file)).to_owned());
    if let Some(place) = finding.place {
        set_place(&mut case, place, sources);
    }
    case
}

fn set_place(case: &mut TestCase, place: Place, sources: &SourceMap) {
    let at = sources.line_column(place.file, place.span.start);
    case.extra.insert("file".into(), sources.path(place.file).into());
    case.extra.insert("line".into(), at.line.to_string().into());
}

fn status(finding: &Diagnostic, sources: &SourceMap, fail_on: FailOn) -> TestCaseStatus {
    if let Some(waived) = &finding.waived {
        let mut status = TestCaseStatus::skipped();
        status.set_message(format!("waived: {}", waived.reason));
        status.set_description(concise::line(finding, sources));
        return status;
    }
    if !fail_on.counts(finding) {
        let mut status = TestCaseStatus::skipped();
        status.set_message(finding.message.clone());
        status.set_description(described(finding, sources));
        return status;
    }
    let kind = if finding.undecided { NonSuccessKind::Error } else { NonSuccessKind::Failure };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(finding.message.clone());
    status.set_type(finding.severity.name());
    status.set_description(described(finding, sources));
    status
}

fn described(finding: &Diagnostic, sources: &SourceMap) -> String {
    let line = concise::line(finding, sources);
    match &finding.help {
        Some(help) => format!("{line}\nhelp: {help}"),
        None => line,
    }
}

/// The run as a whole.
fn outcome(report: &Report, options: &Options<'_>) -> TestCase {
    let status = match report.verdict(options.fail_on) {
        Verdict::Go => TestCaseStatus::success(),
        Verdict::Stop => {
            let kind =
                if report.exit_status(options.fail_on) == 2 { NonSuccessKind::Error } else { NonSuccessKind::Failure };
            let mut status = TestCaseStatus::non_success(kind);
            status.set_message(verdict::line(report, &Options { color: super::Color::Off, ..*options }));
            status
        }
    };
    TestCase::new("verdict", status)
}

#[cfg(test)]
mod tests {
    use crate::report::testing::example;
    use crate::report::{Format, Options, render};
    use crate::session::Report;
    use crate::source::SourceMap;

    fn rendered((report, sources): &(Report, SourceMap)) -> String {
        render(Format::Junit, report, sources, &Options::default())
    }

    #[test]
    fn a_suite_is_a_file_and_a_case_is_a_finding() {
        assert_eq!(
            rendered(&example()),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="stopline" tests="6" skipped="2" failures="2" errors="2">
    <testsuite name="release.plan" tests="2" skipped="1" errors="0" failures="1">
        <testcase name="release/friday-deploy" classname="release.plan" file="release.plan" line="6">
            <failure message="the window 2026-11-27 10:00 to 12:00 touches a Friday in Europe/Berlin" type="error">release.plan:6:16: error[release/friday-deploy] the window 2026-11-27 10:00 to 12:00 touches a Friday in Europe/Berlin
help: move it to Monday through Thursday, or give the reason it cannot wait in `urgent`</failure>
        </testcase>
        <testcase name="release/one-change-at-a-time" classname="release.plan" file="release.plan" line="13">
            <skipped message="2 changes go out together">release.plan:13:3: warning[release/one-change-at-a-time] 2 changes go out together</skipped>
        </testcase>
    </testsuite>
    <testsuite name="sites/a/site_config.json" tests="1" skipped="0" errors="0" failures="1">
        <testcase name="healthcare/session-expiry" classname="sites/a/site_config.json" file="sites/a/site_config.json" line="2">
            <failure message="sessions live 06:00:00, longer than 4h" type="error">sites/a/site_config.json:2:20: error[healthcare/session-expiry] sessions live 06:00:00, longer than 4h</failure>
        </testcase>
    </testsuite>
    <testsuite name="sites/b/site_config.json" tests="1" skipped="0" errors="1" failures="0">
        <testcase name="document/duplicate-key" classname="sites/b/site_config.json" file="sites/b/site_config.json" line="3">
            <error message="the key `session_expiry` stands twice in this mapping" type="error">sites/b/site_config.json:3:1: error[document/duplicate-key] the key `session_expiry` stands twice in this mapping
help: remove one of them: programs differ in which one they believe</error>
        </testcase>
    </testsuite>
    <testsuite name="sites/training/site_config.json" tests="1" skipped="1" errors="0" failures="0">
        <testcase name="healthcare/session-expiry" classname="sites/training/site_config.json" file="sites/training/site_config.json" line="1">
            <skipped message="waived: holds synthetic patients only">sites/training/site_config.json:1:20: waived[healthcare/session-expiry] sessions live 24:00:00, longer than 4h</skipped>
        </testcase>
    </testsuite>
    <testsuite name="stopline check" tests="1" skipped="0" errors="1" failures="0">
        <testcase name="verdict">
            <error message="STOP  3 errors, 1 warning, 1 waived, 1 undecided  (4 files)"/>
        </testcase>
    </testsuite>
</testsuites>
"#
        );
    }

    #[test]
    fn a_run_without_findings_is_a_case_that_passed() {
        let sources = SourceMap::default();
        assert_eq!(
            rendered(&(Report::new(Vec::new(), &sources, 1, 1), sources)),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="stopline" tests="1" skipped="0" failures="0" errors="0">
    <testsuite name="stopline check" tests="1" skipped="0" errors="0" failures="0">
        <testcase name="verdict"/>
    </testsuite>
</testsuites>
"#
        );
    }

    #[test]
    fn a_run_over_nothing_is_an_error() {
        let sources = SourceMap::default();
        let text = rendered(&(Report::new(Vec::new(), &sources, 0, 0), sources));
        assert!(text.contains("<error message=\"STOP  0 errors  (no file was checked)\""), "{text}");
    }
}
