//! What one rule finds two hundred times is drawn a few times and then listed, so that the other findings are seen.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::weight;
use crate::diagnostic::Diagnostic;
use crate::report::paint::Paint;
use crate::report::{Options, printable};
use crate::source::SourceMap;

/// More findings of one rule than these are not all drawn.
const MANY: usize = 20;
/// How many of them are.
const DRAWN: usize = 5;
/// How many files are named for the rest, and how many places in each.
const FILES: usize = 10;
const PLACES: usize = 8;

/// The findings to be drawn, in their order, and for each rule those that are only listed.
pub(super) fn split(findings: Vec<&Diagnostic>) -> (Vec<&Diagnostic>, Vec<Vec<&Diagnostic>>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &findings {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    counts.retain(|_, count| *count > MANY);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut listed: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    let mut drawn = Vec::new();
    for finding in findings {
        let number = seen.entry(&finding.rule).or_default();
        *number += 1;
        if counts.contains_key(&*finding.rule) && *number > DRAWN {
            listed.entry(&finding.rule).or_default().push(finding);
        } else {
            drawn.push(finding);
        }
    }
    (drawn, listed.into_values().collect())
}

/// One headline, and the places by file.
pub(super) fn listed(group: &[&Diagnostic], sources: &SourceMap, options: &Options<'_>) -> String {
    let Some(first) = group.first() else { return String::new() };
    let paint = Paint::new(options.color);
    let mut out = format!("{}{}\n", weight(first, options), paint.bold(&format!(": {} more", group.len())));
    let mut files: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in group {
        if let Some(place) = finding.place {
            let at = sources.line_column(place.file, place.span.start);
            files.entry(sources.path(place.file)).or_default().push(format!("{}:{}", at.line, at.column));
        }
    }
    for (path, places) in files.iter().take(FILES) {
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "  {} {}",
            printable::line(path),
            places.get(..PLACES.min(places.len())).unwrap_or_default().join(" ")
        );
        if places.len() > PLACES {
            let _ = write!(out, " … {} more", places.len() - PLACES);
        }
        out.push('\n');
    }
    if files.len() > FILES {
        let _ = writeln!(out, "  … {} more files", files.len() - FILES);
    }
    let _ = writeln!(out, "{}\n", paint.dim("  `--format concise` lists every place"));
    out
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Severity;
    use crate::report::testing::finding;
    use crate::report::{Format, Options, render};
    use crate::session::Report;
    use crate::source::{Place, SourceMap, Span};

    fn rendered(findings: usize) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add("a.plan", "x\n".repeat(findings));
        let at = |number: usize| {
            let start = u32::try_from(number * 2).unwrap();
            finding("x/y", Severity::Error, Some(Place::new(file, Span::new(start, start + 1))), "wrong")
        };
        let report = Report::new((0..findings).map(at).collect(), &sources, 1, 1);
        render(Format::Human, &report, &sources, &Options::default())
    }

    #[test]
    fn many_findings_of_a_rule_are_drawn_a_few_times_and_listed_then() {
        let text = rendered(200);
        assert_eq!(text.matches("error[x/y]: wrong").count(), 5, "{text}");
        let end = "\
error[x/y]: 195 more
  a.plan 6:1 7:1 8:1 9:1 10:1 11:1 12:1 13:1 … 187 more
  `--format concise` lists every place

STOP  200 errors  (1 file)
";
        assert!(text.ends_with(end), "{text}");
    }

    #[test]
    fn what_is_not_many_is_drawn() {
        assert_eq!(rendered(20).matches("error[x/y]: wrong").count(), 20);
    }
}
