//! What judging ten thousand files costs, measured against reading and parsing them and nothing else: the processor time
//! of both by turns, the memory of a run, and how long a hundred findings in one large file take to be drawn.
//!
//! Each measurement is a process of its own, this program called by itself, so that one does not inherit the memory of
//! another.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark reads files and clocks it knows, and prints figures"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use stopline::model::units::Instant as Moment;
use stopline::report::{Format, Options, render};
use stopline::session::{Candidates, Config, Input, Language, Nothing, Request, Selection, check};
use stopline::source::SourceMap;

#[path = "throughput/corpus.rs"]
mod corpus;

const ROUNDS: usize = 5;

/// What one process did.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    wall: f64,
    /// Seconds of all cores together.
    processor: f64,
    /// Mebibytes at the highest.
    memory: f64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[1..] {
        ["parse", folder] => measured(|| parse_all(Path::new(folder))),
        ["check", folder, policy] => measured(|| judge(folder, policy)),
        _ => report(),
    }
}

fn report() {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    corpus::write(folder.path()).expect("files can be written");
    let easy = corpus::POLICY.replace(">= 2 at", ">= 1 at").replace("<= 60", "<= 90");
    std::fs::write(folder.path().join("easy.policy"), easy).expect("files can be written");
    let mut costs: [(&str, &[&str], Vec<Cost>); 3] = [
        ("read and parsed by granit-parser alone, one core", &["parse", "deploy"], Vec::new()),
        ("judged by 20 rules, 1 file in 10 breaks some", &["check", "deploy", "rules.policy"], Vec::new()),
        ("judged by 20 rules that all files keep", &["check", "deploy", "easy.policy"], Vec::new()),
    ];
    // By turns: what else the machine does meets all of them.
    for _ in 0..ROUNDS {
        for (_, arguments, costs) in &mut costs {
            costs.push(run(arguments, folder.path()));
        }
    }
    let size: usize = (0..corpus::FILES).map(|number| corpus::file(number).len()).sum();
    println!("{} files of {} bytes, the median of {ROUNDS} rounds:", corpus::FILES, size / corpus::FILES);
    let floor = median(&costs[0].2);
    for (what, _, costs) in &costs {
        let cost = median(costs);
        println!(
            "{what}: {:.2} s of processor ({:.2} times parsing), {:.2} s on the clock, {:.1} MiB",
            cost.processor,
            cost.processor / floor.processor,
            cost.wall,
            cost.memory
        );
    }
    println!("a report of 100 findings in a file of 1 MB: {:.1} ms", drawn());
}

/// This program once more, with other arguments.
fn run(arguments: &[&str], folder: &Path) -> Cost {
    let this = std::env::current_exe().expect("this program is somewhere");
    let child =
        Command::new(this).args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let said = String::from_utf8(child.expect("this program starts").stderr).expect("it says numbers");
    let mut numbers = said.split_whitespace().map(|number| number.parse::<f64>().expect("it says numbers"));
    let mut next = || numbers.next().expect("it says three numbers");
    Cost { wall: next(), processor: next(), memory: next() }
}

/// Does something, and says what it took.
fn measured(work: impl FnOnce()) {
    let start = Instant::now();
    work();
    eprintln!("{} {} {}", start.elapsed().as_secs_f64(), processor(), memory());
}

fn parse_all(folder: &Path) {
    for entry in ignore::Walk::new(folder).filter_map(Result::ok) {
        if entry.path().is_file() {
            let text = std::fs::read_to_string(entry.path()).expect("the file can be read");
            let events = granit_parser::Parser::new_from_str(&text).flatten().count();
            assert!(events > 100, "a file says something");
        }
    }
}

fn judge(folder: &str, policy: &str) {
    let arguments = ["stopline", "check", "--no-config", "--format", "concise", "--policy", policy, folder];
    let _ = stopline::cli::run(arguments.map(Into::into));
}

/// Milliseconds for a report of a hundred findings about one file, masked and drawn. Each is of a rule of its own: many of
/// one rule are only listed.
fn drawn() -> f64 {
    let mut text = String::from("items:\n");
    for number in 0..16_000 {
        let port = if number % 160 == 0 { number / 160 } else { 8_080 };
        let _ = writeln!(text, "  - {{name: item-{number:05}, port: {port}, path: /var/lib/items}}");
    }
    let mut sources = SourceMap::default();
    sources.add("large.yaml", text);
    let rule = |port| {
        format!("rule r{port} \"R\" {{ on yaml as d require every i in d.items: i.port != {port} message \"no\" }}\n")
    };
    let policy = format!("policy p {{\n{}}}\n", (0..100).map(rule).collect::<String>());
    let policy = Input { file: sources.add("p.policy", policy), language: Language::Stopline };
    let paths = vec!["large.yaml".to_owned()];
    let request = Request {
        inputs: &[policy],
        candidates: &Candidates { paths, ..Candidates::default() },
        config: &Config::default(),
        selection: Selection::default(),
        overrides: &[],
        now: Moment::parse("2026-11-23T09:00+01:00").expect("the time is well written"),
        surroundings: &Nothing,
    };
    let report = check(&request, &mut sources).report;
    assert_eq!(report.findings().len(), 100);
    let once = |_| {
        let start = Instant::now();
        assert!(render(Format::Human, &report, &sources, &Options::default()).len() > 10_000);
        start.elapsed().as_secs_f64() * 1_000.0
    };
    (0..21).map(once).fold(f64::INFINITY, f64::min)
}

fn median(costs: &[Cost]) -> Cost {
    let middle = |of: fn(&Cost) -> f64| {
        let mut values: Vec<f64> = costs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Cost {
        wall: middle(|cost| cost.wall),
        processor: middle(|cost| cost.processor),
        memory: middle(|cost| cost.memory),
    }
}

/// Seconds that the threads of this process have had a core, as Linux counts them; a hundredth is the smallest it says.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(f64::NAN);
    (ticks(11) + ticks(12)) / 100.0
}

/// The most memory this process has held, in mebibytes, as Linux counts it.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().map_or(f64::NAN, |kib| kib / 1024.0)
}
