//! The one door: a policy and a plan in, status and findings out.

use std::path::Path;

use stopline::diagnostic::Diagnostic;
use stopline::format::format;
use stopline::model::units::Instant;
use stopline::session::{Candidates, Config, FailOn, Input, Language, Nothing, Request, Selection, builtin, check};
use stopline::source::{FileId, Place, SourceMap};
use stopline::syntax::parse;

use crate::slips::{Mutation, Slip, tokens};

/// Where the first token of each text stands at the latest: comments stand before it.
const FIRST_TOKEN: usize = 500;

/// Which of the two files has the slip in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slipped {
    Policy,
    Plan,
}

/// What came of one run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: u8,
    /// What no rule of the policy said.
    findings: Vec<Finding>,
}

/// A finding, with its places in the file that has the slip.
#[derive(Debug)]
struct Finding {
    id: String,
    message: String,
    /// The byte and the line of each.
    places: Vec<(usize, usize)>,
}

pub(crate) fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(path).unwrap()
}

pub(crate) fn judge(policy: &str, plan: &str, slipped: Slipped) -> Run {
    let mut sources = SourceMap::default();
    let mut input = |path: &str, text: &str| Input { file: sources.add(path, text), language: Language::Stopline };
    let policy = input("release.policy", policy);
    let plan = input("checkout.plan", plan);
    let request = Request {
        inputs: &[plan],
        candidates: &Candidates::default(),
        config: &Config::default(),
        selection: Selection { chosen: Some(vec![policy]), ..Selection::default() },
        overrides: &[],
        now: Instant::parse("2026-11-23T09:00Z").unwrap(),
        surroundings: &Nothing,
    };
    let checked = check(&request, &mut sources);
    let file = if slipped == Slipped::Policy { policy.file } else { plan.file };
    let is_builtin = |finding: &&Diagnostic| builtin().any(|known| known.id == finding.rule);
    Run {
        status: checked.report.exit_status(FailOn::Error),
        findings: checked.report.findings().iter().filter(is_builtin).map(|it| read(it, file, &sources)).collect(),
    }
}

/// Every place must be one: a wrong one fails here.
fn read(finding: &Diagnostic, file: FileId, sources: &SourceMap) -> Finding {
    let places: Vec<Place> =
        finding.place.into_iter().chain(finding.related.iter().map(|related| related.place)).collect();
    for place in &places {
        assert!(sources.text(place.file).get(place.span.range()).is_some(), "{place:?} of {finding:?} is no place");
    }
    let here = places.into_iter().filter(|place| place.file == file);
    let start =
        |place: Place| (place.span.start as usize, sources.line_column(place.file, place.span.start).line as usize);
    Finding { id: finding.rule.to_string(), message: finding.message.clone(), places: here.map(start).collect() }
}

impl Run {
    /// What is wrong with where it was said that a text has a mistake; `None` where that is right, or nothing is said.
    pub(crate) fn misplaced(&self, mutation: &Mutation) -> Option<String> {
        // What a comment took away is missed wherever it was needed.
        if mutation.slip == Slip::Commented {
            return None;
        }
        let says = |finding: &&Finding| finding.is_of(mutation);
        match self.findings.iter().find(|finding| finding.id.starts_with("syntax/")) {
            Some(first) => (!says(&first)).then(|| format!("the first finding of {mutation} is {first:?}")),
            None if self.findings.is_empty() || self.findings.iter().any(|finding| says(&finding)) => None,
            None => Some(format!("no finding of {mutation} speaks of it: {:?}", self.findings)),
        }
    }
}

impl Finding {
    /// It stands in the lines of the slip, speaks of the bracket that has no partner any more, or names what is gone.
    fn is_of(&self, mutation: &Mutation) -> bool {
        let lines = mutation.lines();
        let is_partner = |at: usize| match self.id.as_str() {
            "syntax/unclosed-bracket" => at <= mutation.offset,
            "syntax/unmatched-bracket" => at >= mutation.offset,
            "document/empty" => mutation.offset <= FIRST_TOKEN,
            _ => false,
        };
        self.places.iter().any(|(at, line)| lines.contains(line) || is_partner(*at))
            || self.message.contains(&format!("`{}`", mutation.token.trim_end_matches(':')))
    }
}

/// What the formatter loses or makes up of a text; commas and the layout of strings are its own business.
pub(crate) fn swallowed(mutation: &Mutation, original: &str) -> Option<String> {
    let text = &mutation.text;
    let parsed = parse(FileId::default(), text);
    if !parsed.diagnostics.is_empty() {
        return Some(format!("{mutation}: {:?}", parsed.diagnostics));
    }
    let bag = |text: &str| {
        let mut bag: Vec<String> =
            tokens(text).into_iter().map(|token| text[token].split_whitespace().collect()).collect();
        bag.retain(|token| token != ",");
        bag.sort();
        bag
    };
    if format(text, &parsed).map(|laid_out| bag(&laid_out)).as_ref() != Ok(&bag(text)) {
        return Some(format!("{mutation}: the formatter has other tokens"));
    }
    let same = || parse(FileId::default(), original).tree == parsed.tree;
    (mutation.slip == Slip::Joined && !same()).then(|| format!("{mutation}: it reads as something else"))
}
