//! What a pre-commit hook feels: one plan judged by the release pack, as a whole process, from spawn to exit; and what
//! that is to a process that does nothing, since machines differ.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 201;

const CHECK: [&str; 6] = ["check", "examples/checkout.plan", "--pack", "release", "--at", "2026-11-23T09:00+01:00"];

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn main() {
    let binary = env!("CARGO_BIN_EXE_stopline");
    let mut commands: [(&str, &str, &[&str], Vec<Duration>); 3] = [
        ("true", "true", &[], Vec::new()),
        ("stopline --version", binary, &["--version"], Vec::new()),
        ("stopline check, one plan, release pack", binary, &CHECK, Vec::new()),
    ];
    // By turns: what else the machine does meets all of them.
    for _ in 0..RUNS {
        for (_, program, arguments, times) in &mut commands {
            times.push(time(program, arguments));
        }
    }
    let nothing = median(&mut commands[0].3);
    for (what, _, _, times) in &mut commands {
        let (middle, least) = (median(times), times.first().copied().unwrap_or_default());
        let ratio = middle.as_secs_f64() / nothing.as_secs_f64();
        println!("{what}: median {middle:.2?}, least {least:.2?}, {ratio:.2} times `true` ({RUNS} runs)");
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::disallowed_methods, clippy::expect_used, reason = "a benchmark reads the clock")]
fn time(program: &str, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().expect("the program starts");
    start.elapsed()
}
