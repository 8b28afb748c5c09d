//! What a pre-commit hook feels: one plan judged by the release pack, as a whole process, from spawn to exit.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 50;

fn main() {
    let binary = env!("CARGO_BIN_EXE_stopline");
    let check = ["check", "examples/checkout.plan", "--pack", "release", "--at", "2026-11-23T09:00+01:00"];
    report("stopline --version", binary, &["--version"]);
    report("stopline check, one plan, release pack", binary, &check);
    report("true", "true", &[]);
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn report(what: &str, program: &str, arguments: &[&str]) {
    let mut times: Vec<Duration> = (0..=RUNS).map(|_| time(program, arguments)).skip(1).collect();
    times.sort();
    let at = |index: usize| times.get(index).copied().unwrap_or_default().as_secs_f64() * 1000.0;
    println!("{what}: median {:.2} ms, least {:.2} ms, most {:.2} ms ({RUNS} runs)", at(RUNS / 2), at(0), at(RUNS - 1));
}

#[expect(clippy::disallowed_methods, clippy::expect_used, reason = "a benchmark reads the clock")]
fn time(program: &str, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().expect("the program starts");
    start.elapsed()
}
