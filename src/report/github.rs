//! Workflow commands of GitHub Actions: what stops becomes an annotation at its line, the rest stays readable in the log.
//! Nothing that a user wrote can become a command of its own.

use std::fmt::Write as _;

use super::{Options, concise, verdict};
use crate::diagnostic::{Diagnostic, Severity};
use crate::session::Report;
use crate::source::SourceMap;

/// How many annotations of one level GitHub keeps of a step; it drops further ones without a word.
const KEPT: usize = 10;

pub(super) fn render(report: &Report, sources: &SourceMap, options: &Options<'_>) -> String {
    let mut out = String::new();
    let (waived, open): (Vec<_>, Vec<_>) = report.findings().iter().partition(|finding| finding.waived.is_some());
    let mut rest = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of_level: Vec<&Diagnostic> = open.iter().filter(|finding| finding.severity == severity).copied().collect();
        // The last one says that there are more.
        let shown = if of_level.len() > KEPT { KEPT - 1 } else { of_level.len() };
        let (annotated, listed) = of_level.split_at(shown);
        for finding in annotated {
            annotate(&mut out, finding, sources);
        }
        if !listed.is_empty() {
            let message = format!("{} more like this stand in the log of this step", listed.len());
            command(&mut out, severity, &[("title", "stopline")], &message);
        }
        rest.extend_from_slice(listed);
    }
    for finding in rest.into_iter().chain(waived) {
        out.push_str(&plain(&concise::line(finding, sources)));
        out.push('\n');
    }
    out.push_str(&verdict::line(report, options));
    out.push('\n');
    out
}

fn annotate(out: &mut String, finding: &Diagnostic, sources: &SourceMap) {
    let mut properties = vec![("title", finding.rule.to_string())];
    if let Some(place) = finding.place {
        let (start, end) = (
            sources.line_column(place.file, place.span.start),
            sources.line_column(place.file, place.span.end.max(place.span.start)),
        );
        properties.push(("file", sources.path(place.file).to_owned()));
        properties.push(("line", start.line.to_string()));
        properties.push(("endLine", end.line.to_string()));
        // GitHub refuses columns for what spans lines.
        if start.line == end.line {
            properties.push(("col", start.column.to_string()));
            properties.push(("endColumn", end.column.to_string()));
        }
    }
    let message = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let properties: Vec<(&str, &str)> = properties.iter().map(|(name, value)| (*name, value.as_str())).collect();
    command(out, finding.severity, &properties, &message);
}

fn command(out: &mut String, severity: Severity, properties: &[(&str, &str)], message: &str) {
    let level = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", escaped(value, &[':', ',']))).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "::{level} {}::{}", properties.join(","), escaped(message, &[]));
}

/// As the runner reads it back.
fn escaped(text: &str, more: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '\r' | '\n') || more.contains(&character) {
            let _ = write!(out, "%{:02X}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// A line of the log that the runner does not take for a command, new style or old.
fn plain(line: &str) -> String {
    format!("  {}", line.replace("::", ": :").replace("##[", "## ["))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::report::testing::{example, find, finding};
    use crate::report::{Format, Options, render};
    use crate::session::Report;
    use crate::source::SourceMap;

    fn rendered((report, sources): &(Report, SourceMap)) -> String {
        render(Format::Github, report, sources, &Options::default())
    }

    #[test]
    fn what_stops_is_annotated_at_its_place_and_what_is_waived_is_only_said() {
        assert_eq!(
            rendered(&example()),
            "\
::error title=release/friday-deploy,file=release.plan,line=6,endLine=6,col=16,endColumn=32::the window 2026-11-27 10:00 to 12:00 touches a Friday in Europe/Berlin%0Amove it to Monday through Thursday, or give the reason it cannot wait in `urgent`
::error title=healthcare/session-expiry,file=sites/a/site_config.json,line=2,endLine=2,col=20,endColumn=30::sessions live 06:00:00, longer than 4h
::error title=document/duplicate-key,file=sites/b/site_config.json,line=3,endLine=3,col=1,endColumn=17::the key `session_expiry` stands twice in this mapping%0Aremove one of them: programs differ in which one they believe
::warning title=release/one-change-at-a-time,file=release.plan,line=13,endLine=13,col=3,endColumn=30::2 changes go out together
  sites/training/site_config.json:1:20: waived[healthcare/session-expiry] sessions live 24:00:00, longer than 4h
STOP  3 errors, 1 warning, 1 waived, 1 undecided  (4 files)
"
        );
    }

    #[test]
    fn more_than_github_keeps_is_said_and_listed() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.plan", "x\n".repeat(12));
        let at = |number: u32| {
            let place = crate::source::Place::new(file, crate::source::Span::new(number * 2, number * 2 + 1));
            finding("x/y", Severity::Error, Some(place), "wrong")
        };
        let report = Report::new((0..12).map(at).collect(), &sources, 1, 1);
        let text = rendered(&(report, sources));
        assert_eq!(text.matches("::error ").count(), 10, "{text}");
        assert!(text.contains("::error title=stopline::3 more like this stand in the log of this step\n"), "{text}");
        assert!(text.contains("  a.plan:10:1: error[x/y] wrong\n"), "{text}");
    }

    #[test]
    fn no_text_becomes_a_command_or_a_property() {
        let mut sources = SourceMap::default();
        let file = sources.add("::error::,title=x%\n::warning::.plan", "x\n");
        let place = Some(find(&sources, file, "x"));
        let hostile = "a\n::set-output name=x::y\r##[error]z";
        let findings = vec![finding("x/y", Severity::Error, place, hostile)];
        let text = rendered(&(Report::new(findings, &sources, 1, 1), sources));
        assert_eq!(
            text,
            "::error title=x/y,file=%3A%3Aerror%3A%3A%2Ctitle=x%25%0A%3A%3Awarning%3A%3A.plan,line=1,endLine=1,col=1,endColumn=2\
             ::a%0A::set-output name=x::y%0D##[error]z\nSTOP  1 error  (1 file)\n"
        );
        assert_eq!(super::plain("::error::x ##[error]"), "  : :error: :x ## [error]");
    }
}
