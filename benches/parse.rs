//! How long a plan of a thousand lines takes to read: the median of many runs, in milliseconds.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a bench prints times")]

use std::time::{Duration, Instant};

use stopline::source::FileId;
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
