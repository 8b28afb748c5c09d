//! What is said of policies, and what is not said of their nearest relatives. Each line of a test is one finding: what it
//! underlines, and its message.

use std::collections::HashMap;

use super::{ANALYSIS_DESCRIPTORS, Reading, Subject, analyse};
use crate::check::policy::{NamedFiles, check_policy};
use crate::diagnostic::Diagnostic;
use crate::source::SourceMap;
use crate::syntax::ast::Item;
use crate::syntax::parse;

/// Everything that is said of one policy.
#[track_caller]
fn found(text: &str) -> (SourceMap, Vec<Diagnostic>) {
    let mut sources = SourceMap::default();
    let file = sources.add("p.policy", text);
    let parsed = parse(file, text);
    let mut mistakes = parsed.diagnostics;
    let written = parsed.tree.items.into_iter().find_map(|item| match item {
        Item::Policy(policy) => Some(policy),
        Item::Plan(_) | Item::Procedure(_) | Item::Waiver(_) | Item::Test(_) | Item::Calendar(_) => None,
    });
    let policy = check_policy(file, &written.unwrap(), &[], &NamedFiles::default(), &[], &sources, &mut mistakes);
    assert!(mistakes.is_empty(), "{mistakes:#?}\n{text}");
    let parameters = policy.parameters.iter();
    let parameters: HashMap<_, _> =
        parameters.filter_map(|known| Some((known.name.value.clone(), known.default.clone()?))).collect();
    let found = analyse(&[Subject { policy: &policy, parameters: &parameters, reading: Reading::Whole }]);
    (sources, found)
}

/// `id: "underlined" / "related"`, one for each finding.
#[track_caller]
fn said(body: &str) -> Vec<String> {
    let (sources, found) = found(&format!("policy p {{\n{body}\n}}\n"));
    let line = |finding: &Diagnostic| {
        let cut: Vec<&str> = finding
            .place
            .iter()
            .chain(finding.related.iter().map(|label| &label.place))
            .map(|place| sources.slice(*place))
            .collect();
        format!("{}: {}", finding.rule.trim_start_matches("policy/"), cut.join(" / "))
    };
    found.iter().map(line).collect()
}

/// Rules on `plan`, one a line: `when … require …`.
#[track_caller]
fn rules(lines: &[&str]) -> Vec<String> {
    said(&rules_text(lines))
}

fn rules_text(lines: &[&str]) -> String {
    let rule = |(number, line): (usize, &&str)| {
        format!("  rule r{number} \"R\" {{\n    on plan {line}\n    message \"no\"\n  }}\n")
    };
    lines.iter().enumerate().map(rule).collect()
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_rule_that_nothing_can_pass() {
    assert_eq!(
        rules(&["require plan.risk >= high and plan.risk < high"]),
        ["unsatisfiable-rule: plan.risk < high / plan.risk >= high"]
    );
    assert_eq!(rules(&["require plan.risk >= high and plan.risk <= high"]), NOTHING);
    assert_eq!(
        rules(&["when plan.environment == production require plan.environment == staging"]),
        ["unsatisfiable-rule: plan.environment == staging / plan.environment == production"]
    );
    assert_eq!(
        rules(&["forbid plan.window.duration < 1h or plan.window.duration >= 1h"]),
        ["unsatisfiable-rule: plan.window.duration >= 1h / plan.window.duration < 1h"]
    );
    assert_eq!(
        rules(&["require some w in plan.watches: w.for > 1h and w.for < 30m"]),
        ["unsatisfiable-rule: w.for < 30m / w.for > 1h"]
    );
    // A plan without a watch passes.
    assert_eq!(rules(&["require every w in plan.watches: w.for > 1h and w.for < 30m"]), NOTHING);
    assert_eq!(rules(&["require count(plan.changes) < 2 and count(plan.changes) > 1"]).len(), 1);
    assert_eq!(rules(&["require count(plan.changes) < 3 and count(plan.changes) > 1"]), NOTHING);
    assert_eq!(rules(&["require (plan.risk ?? low) == high and not (plan.risk exists)"]).len(), 1);
}

#[test]
fn what_is_said_in_so_many_words_or_can_be_excused_is_meant() {
    assert_eq!(rules(&["when plan.risk == critical forbid true"]), NOTHING);
    assert_eq!(
        rules(&["when plan.risk == high require plan.risk == low unless plan.urgent exists"]),
        NOTHING,
        "an urgent plan may go"
    );
}

#[test]
fn parameters_are_what_they_are_in_the_run() {
    let body = |default: &str| {
        format!(
            "param most: duration = {default} \"d\"\n{}",
            rules_text(&["require plan.window.duration > 1h and plan.window.duration < most"])
        )
    };
    assert_eq!(said(&body("30m")), ["unsatisfiable-rule: plan.window.duration < most / plan.window.duration > 1h"]);
    assert_eq!(said(&body("2h")), NOTHING);
}

#[test]
fn a_switch_is_no_mistake_however_it_stands() {
    let off = "param strict: bool = false \"s\"\n";
    assert_eq!(said(&format!("{off}{}", rules_text(&["when strict require plan.ticket exists"]))), NOTHING);
    assert_eq!(said(&format!("{off}{}", rules_text(&["require plan.ticket exists unless not strict"]))), NOTHING);
    assert_eq!(said(&format!("{off}{}", rules_text(&["forbid strict and plan.urgent exists"]))), NOTHING);
    let on = "param frozen: bool = true \"s\"\n";
    assert_eq!(said(&format!("{on}{}", rules_text(&["forbid frozen"]))), NOTHING);
}

#[test]
fn rules_that_never_say_anything() {
    assert_eq!(
        rules(&["when plan.risk == low and plan.risk == high require plan.ticket exists"]),
        ["impossible-when: plan.risk == high / plan.risk == low"]
    );
    assert_eq!(rules(&["when plan.risk == low or plan.risk == high require plan.ticket exists"]), NOTHING);
    assert_eq!(
        rules(&["when plan.risk == high require plan.risk >= medium"]),
        ["unbreakable-rule: plan.risk >= medium / plan.risk == high"]
    );
    // Where the risk may be missing, it can be broken.
    assert_eq!(rules(&["require plan.risk >= low"]), NOTHING);
    assert_eq!(rules(&["require count(plan.changes) >= 0"]), ["unbreakable-rule: count(plan.changes) >= 0"]);
    assert_eq!(rules(&["require plan.ticket exists unless not (plan.ticket exists)"]).len(), 1);
    assert_eq!(
        rules(&["when plan.urgent exists require plan.ticket exists unless plan.urgent exists"]),
        ["always-excused: plan.urgent exists / plan.urgent exists"]
    );
    assert_eq!(rules(&["require plan.ticket exists unless plan.urgent exists"]), NOTHING);
}

#[test]
fn red_flags_that_nothing_raises() {
    let flag = |when: &str, stop: &str| {
        said(&format!("redflag f \"F\" {{\n on plan {when}\n stop when {stop}\n then hold\n}}"))
    };
    assert_eq!(
        flag("", "metric.errors > 5% and metric.errors < 1%"),
        ["impossible-when: metric.errors < 1% / metric.errors > 5%"]
    );
    assert_eq!(flag("", "metric.errors > 5% or metric.errors < 1%"), NOTHING);
    assert_eq!(flag("when plan.risk < low", "metric.errors > 5%"), ["impossible-when: plan.risk < low"]);
}

#[test]
fn rules_that_exclude_each_other() {
    let no_fridays = "when plan.environment == production forbid plan.window overlaps friday unless plan.urgent exists";
    let only_fridays =
        "when plan.risk >= high forbid plan.window overlaps [monday, tuesday, wednesday, thursday, saturday, sunday]";
    let (_, found) = found(&format!("policy p {{\n{}}}\n", rules_text(&[no_fridays, only_fridays])));
    let [finding] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!(finding.message, "no plan that both apply to can pass `p/r0` and `p/r1`");
    assert!(
        finding.help.as_ref().unwrap().starts_with(
            "where `plan.environment` is `production`, `plan.risk` is `high` and `plan.urgent` is missing, one of them stops"
        ),
        "{finding:#?}"
    );
    let but_sunday = only_fridays.replace(", sunday", "");
    assert_eq!(rules(&[no_fridays, &but_sunday]), NOTHING);
    assert_eq!(rules(&["require plan.version < v1.2", "require plan.version > v1.2"]).len(), 1);
}

#[test]
fn rules_that_only_seem_to_exclude_each_other() {
    // Each has its own plans.
    assert_eq!(
        rules(&[
            "when plan.risk == low require plan.version < v2.0",
            "when plan.risk == high require plan.version > v2.0"
        ]),
        NOTHING
    );
    // The one is passed by nothing where both apply, whatever the other says.
    assert_eq!(
        rules(&[
            "when plan.environment == staging require plan.risk <= low",
            "when plan.risk >= high require plan.ticket exists"
        ]),
        NOTHING
    );
    // Nobody knows whether anything fits both patterns.
    assert_eq!(
        rules(&[
            "when plan.service matches /^web/ require plan.risk == low",
            "when plan.service matches /^db/ require plan.risk == high"
        ]),
        NOTHING
    );
    // Every plan is excused from one of them.
    assert_eq!(
        rules(&[
            "require plan.risk == low unless plan.urgent exists",
            "require plan.risk == high unless not (plan.urgent exists)"
        ]),
        NOTHING
    );
}

#[test]
fn a_rule_that_another_makes_needless() {
    assert_eq!(rules(&["require plan.risk <= low", "require plan.risk <= medium"]), ["implied-rule: r1 / r0"]);
    assert_eq!(
        rules(&["require plan.ticket exists", "when plan.risk exists require plan.ticket exists"]),
        ["implied-rule: r1 / r0"]
    );
    assert_eq!(rules(&["require plan.ticket exists", "require plan.ticket exists"]), ["implied-rule: r1 / r0"]);
    assert_eq!(
        rules(&[
            "require every w in plan.watches: w.for >= 1h",
            "require every watch in plan.watches: watch.for >= 30m"
        ]),
        ["implied-rule: r1 / r0"]
    );
    assert_eq!(
        rules(&["require plan.ticket exists unless plan.urgent exists", "require plan.ticket exists"]),
        ["implied-rule: r0 / r1"]
    );
    assert_eq!(rules(&["require plan.risk <= low", "require plan.version exists"]), NOTHING);
}

#[test]
fn a_rule_is_not_needless_for_what_else_it_says() {
    let rule = |name: &str, attributes: &str, asks: &str| {
        format!("rule {name} \"R\" {{\n{attributes}\n on plan\n require plan.risk <= {asks}\n message \"no\"\n}}\n")
    };
    let pair = |strong: &str, weak: &str| said(&(rule("a", strong, "low") + &rule("b", weak, "medium")));
    assert_eq!(pair("severity = warning", "severity = error"), NOTHING, "the weaker one stops");
    assert_eq!(pair("severity = error", "severity = warning"), ["implied-rule: b / a"]);
    assert_eq!(pair("", "controls = [\"SOC2 CC8.1\"]"), NOTHING, "it speaks for a control");
    assert_eq!(pair("controls = [\"SOC2 CC8.1\"]", "controls = [\"SOC2 CC8.1\"]"), ["implied-rule: b / a"]);
}

#[test]
fn branches_that_are_never_taken() {
    assert_eq!(
        rules(&[
            "when plan.risk >= high require (if plan.risk == low then plan.ticket exists else plan.urgent exists)"
        ]),
        ["unreachable-branch: plan.ticket exists / plan.risk == low"]
    );
    assert_eq!(
        rules(&[
            "require (if plan.risk == low then (if plan.risk >= high then plan.ticket exists else plan.urgent exists) else plan.version exists)"
        ]),
        ["unreachable-branch: plan.ticket exists / plan.risk >= high"]
    );
    assert_eq!(rules(&["require (if plan.risk == low then plan.ticket exists else plan.urgent exists)"]), NOTHING);
}

#[test]
fn parameters_that_nothing_uses() {
    let policy = |message: &str| {
        said(&format!(
            "param soak: duration = 1h \"s\"\nrule r \"R\" {{\n on plan\n require plan.ticket exists\n message \"{message}\"\n}}"
        ))
    };
    assert_eq!(policy("no"), ["unused-parameter: soak"]);
    assert_eq!(policy("no, not for {soak}"), NOTHING);
}

#[test]
fn documents_hold_what_they_like() {
    let rule = |asks: &str| {
        said(&format!("rule r \"R\" {{\n on json in \"x.json\" as site\n require {asks}\n message \"no\"\n}}"))
    };
    assert_eq!(rule("site.port == 80 and site.port == \"80\"").len(), 1, "a value is a number or a text");
    assert_eq!(rule("site.port == 80 or site.port == \"80\""), NOTHING);
    assert_eq!(rule("site.port >= 0 or site.port < 0"), NOTHING, "it may be missing");
    assert_eq!(rule("not (site.debug) or site.debug"), NOTHING, "it may be no truth at all");
}

#[test]
fn the_example_in_the_documentation_of_each_shows_it() {
    for descriptor in ANALYSIS_DESCRIPTORS {
        let (_, rest) = descriptor.doc.split_once("```stopline in policy\n").unwrap();
        let (example, _) = rest.split_once("```").unwrap();
        let said = said(example);
        assert!(
            said.iter().all(|line| descriptor.id.ends_with(line.split(':').next().unwrap())) && !said.is_empty(),
            "{}: {said:?}",
            descriptor.id
        );
    }
}

#[test]
fn a_condition_that_is_too_large_is_left_alone_at_once() {
    let many = |count: usize| {
        let each: Vec<String> = (0..count).map(|number| format!("plan.changes[{number}].kind == fix")).collect();
        each.join(" or ")
    };
    let never = "plan.risk == low and plan.risk == high";
    assert_eq!(rules(&[&format!("require ({}) and {never}", many(100))]), NOTHING, "nobody looks at so much");
    let twice: Vec<String> = (0..30)
        .map(|number| format!("(plan.changes[{number}].flag == \"a\" or plan.changes[{number}].flag == \"b\")"))
        .collect();
    assert_eq!(
        rules(&[&format!("require {} and {never}", twice.join(" and "))]).len(),
        1,
        "what contradicts itself is found among much else"
    );
}
