//! What makes a finding the same finding in another run: not its line, which moves, but its rule, its file, the text it
//! stands on, and which of several equal ones it is.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::policies::digest;
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourceMap};

/// Hexadecimal digits of a fingerprint.
const LENGTH: usize = 32;
/// A line that is longer is known by its digest, which is made once: many findings may stand on it.
const LONG: usize = 1024;
/// Lines by where they begin.
type Digests<'a> = HashMap<(&'a str, usize), String>;

/// One for each finding, in their order, no two alike.
pub fn fingerprints(findings: &[Diagnostic], sources: &SourceMap) -> Vec<String> {
    let digests = digests(findings, sources);
    let mut seen: HashMap<[&str; 4], u32> = HashMap::new();
    findings
        .iter()
        .map(|finding| {
            let traits = traits(finding, &digests, sources);
            let count = seen.entry(traits).and_modify(|count| *count += 1).or_default();
            print_of(traits, *count)
        })
        .collect()
}

/// Of every long line on which something was found.
fn digests<'a>(findings: &[Diagnostic], sources: &'a SourceMap) -> Digests<'a> {
    let mut digests = Digests::new();
    for place in findings.iter().filter_map(|finding| finding.place) {
        let (start, line) = line_of(place, sources);
        if line.len() > LONG {
            digests.entry((sources.path(place.file), start)).or_insert_with(|| digest(line));
        }
    }
    digests
}

/// The message tells apart what stands on one line; where the finding has no place, it is all there is.
fn traits<'a>(finding: &'a Diagnostic, digests: &'a Digests<'_>, sources: &'a SourceMap) -> [&'a str; 4] {
    let Some(place) = finding.place else {
        return [&finding.rule, "", "", &finding.message];
    };
    let path = sources.path(place.file);
    let (start, line) = line_of(place, sources);
    let line = digests.get(&(path, start)).map_or(line, String::as_str);
    [&finding.rule, path, line, place.span.text(sources.text(place.file))]
}

/// Where the line of a place begins, and what it says.
fn line_of(place: Place, sources: &SourceMap) -> (usize, &str) {
    let Some(file) = sources.get(place.file) else { return (0, "") };
    let (index, text) = (file.lines(), file.text());
    let line = index.line_range(index.line(place.span.start), text);
    (line.start, text.get(line).unwrap_or_default().trim())
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
    use super::{LONG, digests, fingerprints, traits};
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
    #[test]
    fn a_long_line_is_read_once_for_all_that_stands_on_it() {
        let line = "[".to_owned() + &"x, ".repeat(1_000) + "]\n";
        let mut sources = SourceMap::default();
        let (file, moved) = (sources.add("a.json", line.as_str()), sources.add("b.json", format!("\n  {line}")));
        let at = |file, start| Diagnostic::new(&WRONG, Place::new(file, Span::new(start, start + 1)), "wrong");
        let findings: Vec<_> = (0..1_000).map(|index| at(file, 1 + 3 * index)).chain([at(moved, 4)]).collect();
        let digests = digests(&findings, &sources);
        assert_eq!(digests.len(), 2);
        for finding in &findings {
            let read: usize = traits(finding, &digests, &sources).iter().map(|part| part.len()).sum();
            assert!(read < LONG / 4, "{read} bytes");
        }
        let prints = fingerprints(&findings, &sources);
        assert_eq!(prints.iter().collect::<std::collections::HashSet<_>>().len(), findings.len());
        let (mut before, mut after) = (SourceMap::default(), SourceMap::default());
        let (one, other) = (before.add("a.json", line.as_str()), after.add("a.json", format!("\n  {line}")));
        assert_eq!(fingerprints(&[at(one, 1)], &before), fingerprints(&[at(other, 4)], &after));
    }
}
