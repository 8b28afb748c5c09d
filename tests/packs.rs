//! The shipped packs keep their word: their tests pass, every rule shows when it holds and when not and says what to do,
//! and the examples get the verdict they promise. Knows the library and the folder of examples.

#![expect(clippy::disallowed_methods, reason = "this test reads the examples")]
#![expect(clippy::unwrap_used, reason = "an example that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use stopline::diagnostic::Severity;
use stopline::eval::{Context, NoFiles, NoPen, Selected, selects};
use stopline::model::plan::plan_value;
use stopline::model::units::Instant;
use stopline::session::{
    Candidates, Checked, Config, FailOn, Input, Language, Nothing, Pack, Request, Selection, Verdict, check, test,
};
use stopline::source::{FileId, SourceMap};
use stopline::syntax::ast::{ClauseKind, ExpectationKind, Item, PolicyEntry, Rule, Test, TestClause};
use stopline::syntax::parse;

/// When the first example is judged; the others say it in their first lines.
const MONDAY: &str = "2026-11-23T09:00+01:00";

/// Where controls come from. A name that is written in two ways is two frameworks to an auditor.
const FRAMEWORKS: &[&str] = &["HIPAA", "ISO27001", "NIST-800-53", "PCI-DSS", "SOC2"];

const HEADINGS: [&str; 2] = ["## Why is this bad?\n", "\n## What to do instead\n"];

#[test]
fn the_tests_of_every_pack_pass() {
    for pack in Pack::all() {
        let mut sources = SourceMap::default();
        let file = sources.add(pack.name, pack.text());
        let tested = test(
            &[Input { file, language: Language::Stopline }],
            &Config::default(),
            at(MONDAY),
            &Nothing,
            &mut sources,
        );
        let found: Vec<&str> = tested.report.findings().iter().map(|finding| finding.message.as_str()).collect();
        assert!(found.is_empty(), "{}: {found:#?}", pack.name);
        assert!(tested.passed() > 0, "{} has no tests", pack.name);
        let untested: Vec<&str> = tested.untested.iter().map(|finding| finding.message.as_str()).collect();
        assert!(untested.is_empty(), "{}: {untested:#?}", pack.name);
    }
}

/// Somebody copies it into a plan at two in the morning.
#[test]
fn what_a_rule_says_to_add_to_a_plan_can_be_pasted() {
    let mut pasted = 0;
    for pack in Pack::all() {
        let helps = pack
            .text()
            .lines()
            .filter_map(|line| line.trim().strip_prefix("help \""))
            .map(|help| help.replace("\\\"", "\""));
        for help in helps {
            let blocks = help.split('`').skip(1).step_by(2);
            // What is filled in when it is said, and other people's notations, are left out.
            let is_filled_in = |block: &&str| block.replace("{{", "").contains('{');
            for block in blocks.filter(|block| block.contains(" {{ ") && !block.contains(": {") && !is_filled_in(block))
            {
                let block = block.replace("{{", "{").replace("}}", "}").replace("{ … }", "{}").replace(" … {", " x {");
                let said = parse(FileId::default(), &format!("plan x {{\n{block}\n}}\n")).diagnostics;
                assert!(said.is_empty(), "{}: `{block}`: {said:#?}", pack.name);
                pasted += 1;
            }
        }
    }
    assert!(pasted > 20, "{pasted}");
}

#[test]
fn every_rule_shows_when_it_holds_when_it_fails_and_when_it_does_not_apply() {
    let mut report = String::new();
    for pack in Pack::all() {
        let (rules, shown) = rules_and_tests(pack);
        for rule in rules {
            let id = &rule.id.as_ref().unwrap().value;
            let shown = shown.get(id).cloned().unwrap_or_default();
            let wanted = ["pass", "fail at a place"].into_iter().chain(may_be_skipped(&rule).then_some("skip"));
            for wanted in wanted.filter(|wanted| !shown.contains(wanted)) {
                writeln!(report, "{}/{id} has no test that expects `{wanted}`", pack.name).unwrap();
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_rule_and_red_flag_says_why_and_what_to_do() {
    let mut report = String::new();
    let checked =
        judged("plan p { service = \"x\", environment = local }", MONDAY, every_pack(), &mut SourceMap::default());
    for applied in &checked.policies {
        for rule in &applied.policy.rules {
            let mut complain = |what: String| writeln!(report, "{}: {what}", rule.id).unwrap();
            explain(rule.words.docs.as_deref(), &rule.words.controls, &mut complain);
            if rule.words.help.is_none() {
                complain("has no `help`".to_owned());
            }
            if rule.words.at.is_none() {
                complain("does not say where: `at` is missing".to_owned());
            }
        }
        for flag in &applied.policy.red_flags {
            explain(flag.docs.as_deref(), &flag.controls, &mut |what| writeln!(report, "{}: {what}", flag.id).unwrap());
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn what_was_compiled_into_the_binary_is_the_whole_pack() {
    let checked =
        judged("plan p { service = \"x\", environment = local }", MONDAY, every_pack(), &mut SourceMap::default());
    let ids = |pack: &Pack| {
        let applied = checked.policies.iter().find(|applied| applied.policy.id() == pack.name).unwrap();
        let rules = applied.policy.rules.iter().map(|rule| rule.head.id.value.clone());
        rules.chain(applied.policy.red_flags.iter().map(|flag| flag.head.id.value.clone())).collect::<Vec<_>>()
    };
    for pack in Pack::all() {
        let written = entries(pack).into_iter().filter_map(|entry| match entry {
            PolicyEntry::Rule(rule) => rule.id.map(|id| (0, id.value)),
            PolicyEntry::RedFlag(flag) => flag.id.map(|id| (1, id.value)),
            PolicyEntry::Attribute(_) | PolicyEntry::Parameter(_) | PolicyEntry::Calendar(_) => None,
        });
        let mut written: Vec<(u8, String)> = written.collect();
        written.sort_by_key(|(kind, _)| *kind);
        assert_eq!(ids(pack), written.into_iter().map(|(_, id)| id).collect::<Vec<_>>(), "{}", pack.name);
    }
}

#[test]
fn examples_that_may_go_go_without_a_word() {
    for name in ["checkout.plan", "quick.plan", "pm2.plan", "frappe.plan", "blue-green.plan"] {
        let text = example(name);
        let (verdict, findings) = verdict(&text, said_instant(&text).unwrap_or(MONDAY));
        assert_eq!((verdict, findings), (Verdict::Go, Vec::new()), "{name}");
    }
}

#[test]
fn the_example_that_may_not_go_is_stopped_for_each_of_its_reasons() {
    let text = example("stopped.plan");
    let (verdict, findings) = verdict(&text, said_instant(&text).unwrap());
    assert_eq!(verdict, Verdict::Stop);
    assert_eq!(
        findings,
        [
            "error release/not-staged at `billing-7-1-0`",
            "error release/watched-too-briefly at `billing-7-1-0`",
            "error release/friday-deploy at `2026-11-26T23:30`",
            "error plan/signer-not-in-team at `finance`",
            "error plan/missing-undo at `start`",
            "error plan/unknown-name at `timeuot`",
        ]
    );
}

#[test]
fn a_release_that_is_moved_to_a_wrong_time_stops_at_its_start() {
    let text = example("checkout.plan");
    let moved = |start: &str, zone: &str| {
        let text = text.replace("2026-11-24T10:00", start).replace("Europe/Berlin", zone);
        let (verdict, findings) = verdict(&text, MONDAY);
        assert_eq!(verdict, Verdict::Stop);
        findings
    };
    assert_eq!(moved("2026-11-27T10:00", "Europe/Berlin"), ["error release/friday-deploy at `2026-11-27T10:00`"]);
    assert_eq!(moved("2026-11-26T23:50", "Asia/Tokyo"), ["error release/friday-deploy at `2026-11-26T23:50`"]);
    assert_eq!(
        moved("2026-12-20T10:00", "Europe/Berlin"),
        ["error release/freeze at `2026-12-20T10:00`", "warning release/weekend-deploy at `2026-12-20T10:00`"]
    );
}

#[test]
fn red_flags_fly_over_the_plans_that_can_see_them() {
    let every = r#"
        metric error-rate { run = "m", unit = percent }
        metric users-affected { run = "m", unit = percent }
        metric latency-p95 { run = "m", unit = duration }
        metric integrity-errors { run = "m" }
        metric vulnerabilities { run = "m" }
        metric components-down { run = "m" }
        metric dependencies-down { run = "m" }
        phase backup { step save { run = "b" } }
        phase verify { probe health { run = "p" } }"#;
    let all = [
        "backup-failure",
        "service-down",
        "error-rate",
        "degradation",
        "users-affected",
        "data-integrity",
        "vulnerability",
        "component-failure",
        "dependency-gone",
    ];
    assert_eq!(flags("production", every), all);
    assert_eq!(flags("staging", every), [""; 0]);
    assert_eq!(flags("production", ""), [""; 0]);
    assert_eq!(flags("production", r#"metric error-rate { run = "m", unit = number }"#), [""; 0]);
    assert_eq!(
        flags("production", r#"metric error-rate { run = "m", unit = percent }"#),
        ["error-rate"],
        "a plan is under no flag that it cannot see"
    );
}

/// The red flags of the recommended pack that take in a plan with this body.
fn flags(environment: &str, body: &str) -> Vec<String> {
    let text = format!("plan p {{ service = \"x\", environment = {environment}\n{body}\n}}");
    let checked = judged(&text, MONDAY, every_pack(), &mut SourceMap::default());
    let plan = plan_value(&checked.plans.first().unwrap().plan.plan);
    let applied = checked.policies.iter().find(|applied| applied.policy.id() == "release").unwrap();
    let context = Context { now: at(MONDAY), parameters: &applied.parameters, files: &NoFiles, pen: &NoPen };
    let flying = applied.policy.red_flags.iter().filter(|flag| {
        let selected = selects(flag.subject.as_ref().unwrap(), &plan, &context);
        assert!(!matches!(selected, Selected::Unknown(_)), "{}: {selected:?}", flag.id);
        selected == Selected::Yes
    });
    flying.map(|flag| flag.head.id.value.clone()).collect()
}

/// GO or STOP with the recommended packs, and each finding with the text it points at.
fn verdict(text: &str, now: &str) -> (Verdict, Vec<String>) {
    let mut sources = SourceMap::default();
    let recommended = Pack::all().iter().filter(|pack| pack.recommended).collect();
    let checked = judged(text, now, recommended, &mut sources);
    let findings = checked.report.findings().iter().map(|finding| {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        format!("{severity} {} at `{}`", finding.rule, finding.place.map_or("", |place| sources.slice(place)))
    });
    (checked.report.verdict(FailOn::Error), findings.collect())
}

/// One text judged by these packs.
fn judged(text: &str, now: &str, packs: Vec<&'static Pack>, sources: &mut SourceMap) -> Checked {
    let file = sources.add("given.plan", text);
    let inputs = [Input { file, language: Language::Stopline }];
    let selection = Selection { chosen: Some(Vec::new()), packs, ..Selection::default() };
    let candidates = Candidates::default();
    let request = Request {
        inputs: &inputs,
        candidates: &candidates,
        config: &Config::default(),
        selection,
        overrides: &[],
        now: at(now),
        surroundings: &Nothing,
    };
    check(&request, sources)
}

fn every_pack() -> Vec<&'static Pack> {
    Pack::all().iter().collect()
}

fn explain(docs: Option<&str>, controls: &[String], complain: &mut dyn FnMut(String)) {
    let docs = docs.unwrap_or_default();
    let [why, what] = HEADINGS;
    match (docs.starts_with(why), docs.split_once(what)) {
        (true, Some((reason, cure))) if reason.len() > why.len() + 20 && cure.trim().len() > 20 => {}
        _ => complain(format!("its docs do not say `{}` and `{}`", why.trim(), what.trim())),
    }
    for control in controls {
        if !control.split_once(' ').is_some_and(|(framework, id)| FRAMEWORKS.contains(&framework) && !id.is_empty()) {
            complain(format!("`{control}` names no known framework: {FRAMEWORKS:?}"));
        }
    }
}

/// The rules of a pack, and what the tests beside them expect of each.
fn rules_and_tests(pack: &Pack) -> (Vec<Rule>, BTreeMap<String, Vec<&'static str>>) {
    let rules = entries(pack).into_iter().filter_map(|entry| match entry {
        PolicyEntry::Rule(rule) => Some(rule),
        PolicyEntry::Attribute(_) | PolicyEntry::Parameter(_) | PolicyEntry::Calendar(_) | PolicyEntry::RedFlag(_) => {
            None
        }
    });
    let mut shown: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for item in items(pack) {
        let Item::Test(test) = item else { continue };
        let rule = test.rule.value.rsplit('/').next().unwrap_or_default().to_owned();
        shown.entry(rule).or_default().extend(expected(&test));
    }
    (rules.collect(), shown)
}

fn expected(test: &Test) -> Option<&'static str> {
    test.clauses.iter().find_map(|clause| match clause {
        TestClause::Given(_) | TestClause::At(_) => None,
        TestClause::Expect(expectation) => Some(match expectation.value {
            ExpectationKind::Pass => "pass",
            ExpectationKind::Fail { at: Some(_) } => "fail at a place",
            ExpectationKind::Fail { at: None } => "fail",
            ExpectationKind::Skip => "skip",
            ExpectationKind::Error => "error",
        }),
    })
}

fn may_be_skipped(rule: &Rule) -> bool {
    let asks_when = |kind: &ClauseKind| matches!(kind, ClauseKind::On(subject) if subject.when.is_some());
    rule.clauses.iter().any(|clause| asks_when(&clause.kind) || clause.kind.keyword() == "unless")
}

fn entries(pack: &Pack) -> Vec<PolicyEntry> {
    let policies =
        items(pack).into_iter().filter_map(|item| if let Item::Policy(policy) = item { Some(policy) } else { None });
    policies.flat_map(|policy| policy.body).collect()
}

fn items(pack: &Pack) -> Vec<Item> {
    let mut sources = SourceMap::default();
    let file = sources.add(pack.name, pack.text());
    let parsed = parse(file, pack.text());
    assert!(parsed.diagnostics.is_empty(), "{}: {:#?}", pack.name, parsed.diagnostics);
    parsed.tree.items
}

fn example(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
}

/// What the first lines of an example say after `--at`.
fn said_instant(text: &str) -> Option<&str> {
    let said = text.lines().take_while(|line| line.starts_with('#')).find_map(|line| line.split_once("--at "));
    said.map(|(_, instant)| instant.trim_end_matches('.'))
}

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}
