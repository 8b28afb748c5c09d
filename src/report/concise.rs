//! One line a finding, for editors, `grep` and logs.

use std::fmt::Write as _;

use super::{Options, printable, verdict};
use crate::diagnostic::Diagnostic;
use crate::session::Report;
use crate::source::SourceMap;

pub(super) fn render(report: &Report, sources: &SourceMap, options: &Options) -> String {
    let mut out = String::new();
    for finding in report.findings() {
        out.push_str(&line(finding, sources));
        out.push('\n');
    }
    out.push_str(&verdict::line(report, options));
    out.push('\n');
    out
}

/// `path:line:column: weight[rule] message`.
pub(super) fn line(finding: &Diagnostic, sources: &SourceMap) -> String {
    let mut out = String::new();
    if let Some(place) = finding.place {
        let at = sources.line_column(place.file, place.span.start);
        // Writing to a string cannot fail.
        let _ = write!(out, "{}:{}:{}: ", printable::line(sources.path(place.file)), at.line, at.column);
    }
    let weight = if finding.waived.is_some() { "waived" } else { finding.severity.name() };
    let _ = write!(out, "{weight}[{}] {}", printable::line(&finding.rule), printable::line(&finding.message));
    out
}

#[cfg(test)]
mod tests {
    use crate::report::testing::{example, hostile};
    use crate::report::{Format, Options, render};

    #[test]
    fn every_finding_is_a_line_and_the_last_line_is_the_verdict() {
        let (report, sources) = example();
        assert_eq!(
            render(Format::Concise, &report, &sources, &Options::default()),
            "\
release.plan:6:16: error[release/friday-deploy] the window 2026-11-27 10:00 to 12:00 touches a Friday in Europe/Berlin
release.plan:13:3: warning[release/one-change-at-a-time] 2 changes go out together
sites/a/site_config.json:2:20: error[healthcare/session-expiry] sessions live 06:00:00, longer than 4h
sites/b/site_config.json:3:1: error[document/duplicate-key] the key `session_expiry` stands twice in this mapping
sites/training/site_config.json:1:20: waived[healthcare/session-expiry] sessions live 24:00:00, longer than 4h
STOP  3 errors, 1 warning, 1 waived, 1 undecided  (4 files)
"
        );
    }

    #[test]
    fn no_control_character_reaches_the_terminal() {
        let (report, sources) = hostile();
        let text = render(Format::Concise, &report, &sources, &Options::default());
        assert_eq!(
            text,
            "evil<U+001B>[2J.json:1:11: error[x/y] says <U+001B>]0;pwned<U+0007> and <U+202E>sdrawkcab\nSTOP  1 error  (1 file)\n"
        );
    }
}
