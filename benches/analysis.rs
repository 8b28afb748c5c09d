//! What analysis adds to a run: policies of fifty rules and more, from checked rules to findings.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use stopline::check::analysis::{Reading, Subject, analyse};
use stopline::check::policy::{NamedFiles, check_policy};
use stopline::model::data::Value;
use stopline::model::policy::Policy;
use stopline::session::Pack;
use stopline::source::SourceMap;
use stopline::syntax::ast::Item;
use stopline::syntax::parse;

const RUNS: usize = 200;

fn main() {
    for pack in Pack::all() {
        report(&format!("pack {}", pack.name), pack.text());
    }
    report(
        "50 rules of their own",
        &fifty(|number| format!("plan.changes[{number}].kind != schema or plan.risk >= high")),
    );
    report("50 rules about one number", &fifty(|number| format!("count(plan.changes) <= {number}")));
    report(
        "50 rules about one window",
        &fifty(|number| {
            let day = ["monday", "tuesday", "wednesday", "thursday"].get(number % 4).copied().unwrap_or("sunday");
            format!("not (plan.window overlaps {day}) or plan.window.duration <= {}m", number + 1)
        }),
    );
}

fn fifty(condition: impl Fn(usize) -> String) -> String {
    let mut text = "policy p {\n".to_owned();
    for number in 0..50 {
        let condition = condition(number);
        let _ = write!(
            text,
            "rule r{number} \"R\" {{\n on plan when plan.environment == production\n require {condition}\n message \"no\"\n}}\n"
        );
    }
    text + "}\n"
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn report(what: &str, text: &str) {
    let policy = policy(text);
    let parameters: HashMap<Arc<str>, Value> = policy
        .parameters
        .iter()
        .filter_map(|parameter| Some((parameter.name.value.clone(), parameter.default.clone()?)))
        .collect();
    let run =
        || time(|| analyse(&[Subject { policy: &policy, parameters: &parameters, reading: Reading::Whole }]).len());
    let mut times: Vec<(Duration, usize)> = (0..=RUNS).map(|_| run()).skip(1).collect();
    times.sort();
    let at = |index: usize| times.get(index).copied().unwrap_or_default().0.as_secs_f64() * 1000.0;
    let found = times.first().map_or(0, |(_, found)| *found);
    println!(
        "{what}: {} rules, {found} findings, median {:.3} ms, least {:.3} ms",
        policy.rules.len(),
        at(RUNS / 2),
        at(0)
    );
}

#[expect(clippy::expect_used, reason = "a benchmark stops where its input is wrong")]
fn policy(text: &str) -> Policy {
    let mut sources = SourceMap::default();
    let file = sources.add("p.policy", text);
    let written = parse(file, text).tree.items.into_iter().find_map(|item| match item {
        Item::Policy(policy) => Some(policy),
        Item::Plan(_) | Item::Procedure(_) | Item::Waiver(_) | Item::Test(_) | Item::Calendar(_) => None,
    });
    let mut mistakes = Vec::new();
    let written = written.expect("there is a policy");
    check_policy(file, &written, &[], &NamedFiles::default(), &[], &sources, &mut mistakes)
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn time(run: impl FnOnce() -> usize) -> (Duration, usize) {
    let start = Instant::now();
    let found = run();
    (start.elapsed(), found)
}
