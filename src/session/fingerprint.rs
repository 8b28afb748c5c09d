//! What makes a finding the same finding in another run: not its line, which moves, but its rule, its file, the text it
//! stands on, and which of several equal ones it is.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::policies::digest;
use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;

/// Hexadecimal digits of a fingerprint.
const LENGTH: usize = 32;

/// One for each finding, in their order, no two alike.
pub fn fingerprints(findings: &[Diagnostic], sources: &SourceMap) -> Vec<String> {
    let mut seen: HashMap<[&str; 4], u32> = HashMap::new();
    findings
        .iter()
        .map(|finding| {
            let traits = traits(finding, sources);
            let count = seen.entry(traits).and_modify(|count| *count += 1).or_default();
            print_of(traits, *count)
        })
        .collect()
}

/// The message tells apart what stands on one line; where the finding has no place, it is all there is.
fn traits<'a>(finding: &'a Diagnostic, sources: &'a SourceMap) -> [&'a str; 4] {
    let Some(place) = finding.place else {
        return [&finding.rule, "", "", &finding.message];
    };
    let text = sources.text(place.file);
    let line = sources.get(place.file).map_or("", |file| {
        let index = file.lines();
        text.get(index.line_range(index.line(place.span.start), text)).unwrap_or_default()
    });
    [&finding.rule, sources.path(place.file), line.trim(), place.span.text(text)]
}

/// The length before each text keeps them apart.
fn print_of(traits: [&str; 4], count: u32) -> String {
    let mut text = String::new();
    for part in traits {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}:{part}", part.len());
    }
    let _ = write!(text, "{count}");
    let mut print = digest(&text);
    print.truncate(LENGTH);
    print
}

#[cfg(test)]
mod tests {
    use super::fingerprints;
    use crate::diagnostic::{Descriptor, Diagnostic, Severity};
    use crate::source::{Place, SourceMap, Span};

    static WRONG: Descriptor =
        Descriptor { id: "x/y", severity: Severity::Error, undecided: false, summary: "", doc: "" };

    fn of(text: &str, needles: &[&str]) -> Vec<String> {
        let mut sources = SourceMap::default();
        let file = sources.add("a.plan", text);
        let place = |needle: &&str| {
            let start = text.find(*needle).unwrap();
            Place::new(file, Span::of(start..start + needle.len()))
        };
        let findings: Vec<_> = needles.iter().map(|needle| Diagnostic::new(&WRONG, place(needle), "wrong")).collect();
        fingerprints(&findings, &sources)
    }

    #[test]
    fn a_finding_whose_line_moved_is_the_same() {
        assert_eq!(of("start = 1\n", &["1"]), of("# a comment\n\n  start = 1\n", &["1"]));
        assert_ne!(of("start = 1\n", &["1"]), of("start = 2\n", &["2"]));
    }

    #[test]
    fn equal_findings_are_told_apart() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.plan", "x\nx\nx\n");
        let at = |start| Diagnostic::new(&WRONG, Place::new(file, Span::new(start, start + 1)), "wrong");
        let prints = fingerprints(&[at(0), at(2), at(4)], &sources);
        assert!(prints[0] != prints[1] && prints[1] != prints[2] && prints[0] != prints[2], "{prints:?}");
    }

    #[test]
    fn what_stands_on_one_line_is_told_apart() {
        let prints = of("a = 1, b = 2\n", &["1", "2"]);
        assert_ne!(prints[0], prints[1]);
    }
}
