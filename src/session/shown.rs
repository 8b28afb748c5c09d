//! What the tests beside a rule show: the nearest two of them between which it changes its mind. Reads the texts of packs,
//! whose tests no run has; so nobody but `explain` and the documents may ask.

use std::fmt::Write as _;

use super::input::{Contents, Input, read, sorted};
use super::packs::Pack;
use crate::source::SourceMap;
use crate::syntax::ast::{Expectation, ExpectationKind, Policy, PolicyEntry, Test, TestClause};
use crate::syntax::parse;

/// One text that a test gives.
#[derive(Debug, PartialEq, Eq)]
struct Given {
    format: String,
    path: Option<String>,
    text: String,
}

/// A test, as far as it shows what a rule does.
#[derive(Debug)]
struct Scene {
    title: String,
    /// The instant it is judged at, as it is written.
    at: Option<String>,
    /// What the finding underlines, as it is written.
    place: Option<String>,
    given: Vec<Given>,
}

/// In Markdown: what a rule finds and what it lets pass, by its own tests, or a red flag as it is written.
///
/// Empty for a rule without tests, and for what is no rule of these policies or packs.
pub fn shown(id: &str, inputs: &[Input], sources: &mut SourceMap) -> String {
    let Some((policy, name)) = id.split_once('/') else { return String::new() };
    let mut ignored = Vec::new();
    let mut files: Vec<Contents> = inputs.iter().map(|input| read(*input, sources, &mut ignored)).collect();
    if let Some(pack) = Pack::named(policy) {
        let file = sources.add_built(format!("<pack {policy}>"), pack.text());
        files.push(sorted(file, parse(file, pack.text()).tree, Vec::new()));
    }
    let own = |contents: &&Contents| contents.policies.iter().any(|held| is_called(held, policy));
    if let Some(text) = files.iter().filter(own).find_map(|contents| red_flag(contents, policy, name, sources)) {
        return format!("## As it is written\n```stopline in policy\n{text}\n```\n");
    }
    let of_rule =
        |contents: &Contents, test: &Test| test.rule.value == id || (test.rule.value == name && own(&contents));
    let tests = files.iter().flat_map(|contents| contents.tests.iter().map(move |test| (contents, test)));
    let tests = tests.filter(|(contents, test)| of_rule(contents, test));
    let (mut stopped, mut harmless) = (Vec::new(), Vec::new());
    for (contents, test) in tests {
        match expected(test).map(|expected| &expected.value) {
            Some(ExpectationKind::Fail { .. }) => stopped.push(scene(test, sources.text(contents.file))),
            Some(ExpectationKind::Pass) => harmless.push(scene(test, sources.text(contents.file))),
            Some(ExpectationKind::Skip | ExpectationKind::Error) | None => {}
        }
    }
    told(&stopped, &harmless)
}

fn is_called(policy: &Policy, name: &str) -> bool {
    policy.id.as_ref().is_some_and(|id| id.value == name)
}

fn red_flag(contents: &Contents, policy: &str, name: &str, sources: &SourceMap) -> Option<String> {
    let entries = contents.policies.iter().filter(|held| is_called(held, policy)).flat_map(|held| &held.body);
    let flag = entries.into_iter().find_map(|entry| match entry {
        PolicyEntry::RedFlag(flag) if flag.id.as_ref().is_some_and(|id| id.value == name) => Some(flag),
        PolicyEntry::RedFlag(_)
        | PolicyEntry::Attribute(_)
        | PolicyEntry::Parameter(_)
        | PolicyEntry::Calendar(_)
        | PolicyEntry::Rule(_) => None,
    })?;
    let text = flag.span.text(sources.text(contents.file));
    Some(without_docs(text).replace("\n  ", "\n"))
}

/// They are said above it.
fn without_docs(text: &str) -> String {
    let mut lines = text.lines();
    let mut kept: Vec<&str> = Vec::new();
    while let Some(line) = lines.next() {
        let quotes = line.matches("\"\"\"").count();
        if !line.trim_start().starts_with("docs ") {
            kept.push(line);
        } else if quotes == 1 {
            lines.by_ref().find(|line| line.contains("\"\"\""));
        }
    }
    kept.join("\n")
}

fn expected(test: &Test) -> Option<&Expectation> {
    test.clauses.iter().find_map(|clause| match clause {
        TestClause::Expect(expected) => Some(expected),
        TestClause::Given(_) | TestClause::At(_) => None,
    })
}

fn scene(test: &Test, source: &str) -> Scene {
    let mut scene = Scene { title: test.title.value.value.clone(), at: None, place: None, given: Vec::new() };
    for clause in &test.clauses {
        match clause {
            TestClause::Given(given) => scene.given.push(Given {
                format: given.format.value.clone(),
                path: given.path.as_ref().map(|path| path.value.value.clone()),
                text: given.text.value.value.trim_end().to_owned(),
            }),
            TestClause::At(value) => scene.at = Some(value.span.text(source).to_owned()),
            TestClause::Expect(expected) => {
                if let ExpectationKind::Fail { at: Some(place) } = &expected.value {
                    scene.place = Some(place.span.text(source).to_owned());
                }
            }
        }
    }
    scene
}

/// The two that differ least, since that difference is what the rule is about.
fn told(stopped: &[Scene], harmless: &[Scene]) -> String {
    let pairs = stopped.iter().enumerate().flat_map(|(first, one)| {
        harmless.iter().enumerate().map(move |(second, other)| (distance(one, other), first, second))
    });
    let (first, second) = pairs.min().map_or((0, 0), |(_, first, second)| (first, second));
    let mut text = String::new();
    for (heading, scene) in [("finds", stopped.get(first)), ("lets pass", harmless.get(second))] {
        let Some(scene) = scene else { continue };
        let separator = if text.is_empty() { "" } else { "\n" };
        let _ = write!(text, "{separator}## What it {heading}\n{}", scene.markdown());
    }
    text
}

/// How many lines only one of the two has.
fn distance(one: &Scene, other: &Scene) -> usize {
    let lines = |scene: &Scene| -> Vec<String> {
        let texts = scene.given.iter().flat_map(|given| given.text.lines().chain(given.path.as_deref()));
        texts.chain(scene.at.as_deref()).map(|line| line.trim().to_owned()).collect()
    };
    let (one, mut other) = (lines(one), lines(other));
    let only_one = one.iter().filter(|line| {
        let there = other.iter().position(|held| held == *line);
        there.map(|index| other.swap_remove(index)).is_none()
    });
    only_one.count() + other.len()
}

impl Scene {
    fn markdown(&self) -> String {
        let place = self.place.as_ref().map(|place| format!(", at `{place}`")).unwrap_or_default();
        let at = self.at.as_ref().map(|at| format!(", judged as of {at}")).unwrap_or_default();
        let mut text = format!("{}{place}{at}:\n", capitalised(&self.title));
        for (number, given) in self.given.iter().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            if let Some(path) = &given.path {
                let _ = writeln!(text, "`{path}`:");
            }
            let fence = fence(&given.text);
            let word = if given.format == "plan" { "stopline" } else { &given.format };
            let _ = write!(text, "{fence}{word}\n{}\n{fence}\n", given.text);
        }
        text
    }
}

/// Longer than any within the text.
fn fence(text: &str) -> String {
    let ticks = |line: &str| line.chars().take_while(|letter| *letter == '`').count();
    let longest = text.lines().map(|line| ticks(line.trim_start())).max().unwrap_or_default();
    "`".repeat(longest.max(2) + 1)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::session::{Input, Language};
    use crate::source::SourceMap;

    const POLICY: &str = r#"policy team {
  rule ticket "A ticket" {
    on plan
    require plan.ticket exists
    message "no ticket"
  }
  redflag slow "Slow" {
    docs     = """
      Everybody waits.
      """
    controls = ["SOC2 CC7.4"]
    on plan
    stop when metric.latency > 1s
    then rollback
  }
}

test "nothing at all" for ticket {
  given plan """
    plan p {
      risk = low
    }
    """
  expect fail at plan
}

test "no ticket" for ticket {
  at 2026-11-23T09:00Z
  given plan """
    plan p {
      service = "x"
    }
    """
  expect fail at plan
}

test "a ticket" for team/ticket {
  given plan """
    plan p {
      service = "x"
      ticket  = "REL-1"
    }
    """
  expect pass
}
"#;

    fn of(id: &str) -> String {
        let mut sources = SourceMap::default();
        let file = sources.add("team.policy", POLICY);
        shown(id, &[Input { file, language: Language::Stopline }], &mut sources)
    }

    #[test]
    fn the_two_tests_that_differ_least_show_the_rule() {
        assert_eq!(
            of("team/ticket"),
            "## What it finds\nNo ticket, at `plan`, judged as of 2026-11-23T09:00Z:\n```stopline\nplan p {\n  service = \"x\"\n}\n```\n\n\
             ## What it lets pass\nA ticket:\n```stopline\nplan p {\n  service = \"x\"\n  ticket  = \"REL-1\"\n}\n```\n"
        );
    }

    #[test]
    fn a_red_flag_is_shown_as_it_is_written() {
        let text = of("team/slow");
        assert!(
            text.starts_with(
                "## As it is written\n```stopline in policy\nredflag slow \"Slow\" {\n  controls = [\"SOC2 CC7.4\"]\n  on plan\n"
            ),
            "{text}"
        );
        assert!(text.ends_with("\n}\n```\n"), "{text}");
    }

    #[test]
    fn what_is_no_rule_shows_nothing() {
        assert_eq!([of("team/none"), of("none"), of("plan/missing-undo")], ["", "", ""]);
    }
}
