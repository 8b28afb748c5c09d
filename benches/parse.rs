//! How long a plan of a thousand lines takes to read, and to read, lint and prove: the median of many runs, in
//! milliseconds.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a bench prints times, of texts it knows"
)]

use std::time::{Duration, Instant};

use stopline::model::units::Instant as Moment;
use stopline::session::{Candidates, Config, Input, Language, Nothing, Request, Selection, check};
use stopline::source::{FileId, SourceMap};
use stopline::syntax::parse;

const RUNS: usize = 201;

fn main() {
    let example = include_str!("../examples/checkout.plan");
    let plan = lines(1_000, example);
    let broken = plan.replace("timeout = 5m", "timeout 5m");
    let policy = include_str!("../tests/fixtures/design/release.policy");
    let policies = policy.repeat(1_000 / policy.lines().count());
    for (name, text) in [("a plan", &plan), ("the same with mistakes", &broken), ("policies", &policies)] {
        let (lines, bytes) = (text.lines().count(), text.len());
        let took = median(|| assert!(!parse(FileId::default(), text).tree.items.is_empty()));
        println!("{name}: {lines} lines, {bytes} bytes: {:.3} ms", took.as_secs_f64() * 1_000.0);
    }
    let long = with_steps(1_000, example);
    let took = median(|| assert_eq!(findings(&long), Vec::<String>::new()));
    println!("a plan, read, linted and proven: {} lines: {:.3} ms", long.lines().count(), took.as_secs_f64() * 1_000.0);
}

/// What is wrong with a plan, without any policy.
fn findings(plan: &str) -> Vec<String> {
    let mut sources = SourceMap::default();
    let file = sources.add("long.plan", plan);
    let request = Request {
        inputs: &[Input { file, language: Language::Stopline }],
        candidates: &Candidates::default(),
        config: &Config::default(),
        selection: Selection::default(),
        overrides: &[],
        now: Moment::parse("2026-11-23T09:00+01:00").expect("the time is well written"),
        surroundings: &Nothing,
    };
    let checked = check(&request, &mut sources);
    checked.report.findings().iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
}

/// The example with as many more steps, each with its way back, as fill a number of lines, and with the time they take.
fn with_steps(count: usize, example: &str) -> String {
    let example = &example.replace("duration = 2h", "duration = 12h").replace("within = 20m", "within = 4h");
    let (before, after) = example.split_once("    strategy canary {").unwrap_or((example, ""));
    let steps: String = (0..(count - example.lines().count()) / 7).map(step).collect();
    let rest = "    # one more line\n".repeat((count - example.lines().count()) % 7);
    format!("{before}{steps}{rest}    strategy canary {{{after}")
}

fn step(number: usize) -> String {
    format!(
        r#"    step migrate-{number} "Run migration {number}" {{
      run     = "npm run migrate:up -- {number}"
      undo    = "npm run migrate:down -- {number}"
      verify  = "npm run migrate:verify -- {number}"
      timeout = 1s
    }}

"#
    )
}

/// The example with its phases again and again, up to a number of lines.
fn lines(count: usize, example: &str) -> String {
    let (head, rest) = example.split_once("  phase prepare {").unwrap_or((example, "}"));
    let (phases, tail) = rest.split_once("  rollback {").unwrap_or((rest, "}"));
    let once = format!("  phase prepare {{{phases}");
    let missing = count.saturating_sub(head.lines().count() + tail.lines().count());
    let whole = missing / once.lines().count();
    let comments = missing % once.lines().count();
    format!("{head}{}{}  rollback {{{tail}", once.repeat(whole), "  # a comment of its own line\n".repeat(comments))
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(RUNS / 2).copied().unwrap_or_default()
}
