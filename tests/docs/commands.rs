//! What the documents say of the command line, of compiled runbooks and in samples, held against the program itself.

use std::collections::BTreeMap;
use std::process::Command;

use crate::fences::{Fence, fences};
use crate::{documents, kept};

const AT: &str = "2026-11-23T09:00+01:00";
const POLICY: &str = "policies/release.policy";

#[test]
fn every_option_is_described_and_nothing_else() {
    let text = kept::text("docs/cli.md");
    for command in commands() {
        let help = output(&[command.as_str(), "--help"]);
        let section = section(&text, &format!("## stopline {command}"));
        let (told, known) = (options(section), offered(&help));
        for option in known.iter().filter(|option| **option != "--help") {
            assert!(told.contains(option), "docs/cli.md does not tell `{option}` of `stopline {command}`");
        }
        for option in told {
            assert!(known.contains(&option), "docs/cli.md tells `{option}`, which `stopline {command}` does not have");
        }
    }
}

#[test]
fn every_command_is_described_and_nothing_else() {
    for path in ["docs/cli.md", "README.md"] {
        let text = kept::text(path);
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `stopline "));
        let told: Vec<&str> = rows.filter_map(|row| row.split(['`', ' ']).next()).collect();
        assert_eq!(told, commands(), "{path}");
    }
}

#[test]
fn command_lines_of_the_pages_are_such_as_the_program_takes() {
    let known: BTreeMap<String, String> =
        commands().into_iter().map(|command| (command.clone(), output(&[&command, "--help"]))).collect();
    for document in documents() {
        let shells =
            fences(&document.text).into_iter().filter(|fence| matches!(fence.info.as_str(), "" | "sh" | "console"));
        for line in shells.flat_map(|fence| typed_lines(&fence)) {
            let typed = line.trim_start_matches("$ ").split(" | ").next().unwrap();
            let Some((command, rest)) = typed.strip_prefix("stopline ").and_then(|rest| rest.split_once(' ')) else {
                continue;
            };
            let help = known.get(command);
            assert!(help.is_some(), "{}: `{line}`", document.path.display());
            let offered = offered(help.unwrap());
            for option in options(rest) {
                assert!(offered.contains(&option), "{}: `{line}`: there is no `{option}`", document.path.display());
            }
        }
    }
}

/// Where a page shows what is printed, only what follows `$ ` is typed.
fn typed_lines(fence: &Fence) -> Vec<String> {
    let is_typed = |line: &&str| fence.info != "console" || line.starts_with("$ ");
    fence.text.lines().filter(is_typed).map(ToOwned::to_owned).collect()
}

#[test]
fn every_option_and_status_of_a_runbook_is_described() {
    let help = runbook_help();
    let text = kept::text("docs/runbook.md");
    let known = offered(&help);
    assert!(known.len() > 4, "{help}");
    for option in known {
        assert!(text.contains(&format!("`{option}")), "docs/runbook.md does not tell `{option}`");
    }
    let statuses = help.split("exit status:").nth(1).unwrap().split("\n\n").next().unwrap();
    let numbers: Vec<&str> = statuses.split_whitespace().filter(|word| word.parse::<u8>().is_ok()).collect();
    assert!(numbers.len() > 8, "{statuses}");
    for number in numbers {
        assert!(text.contains(&format!("\n| {number} |")), "docs/runbook.md does not tell status {number}");
    }
    kept::sections("docs/runbook.md", &|name| (name == "help").then(|| format!("```\n{}\n```", help.trim())));
}

#[test]
fn the_samples_are_what_the_program_prints() {
    let folder = tempfile::tempdir().unwrap();
    let checkout = kept::text("examples/checkout.plan");
    let friday = checkout.replace("start    = 2026-11-24T10:00", "start    = 2026-11-27T10:00");
    assert_ne!(friday, checkout);
    let put = |path: &str, text: &str| {
        std::fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        std::fs::write(folder.path().join(path), text).unwrap();
    };
    put("friday.plan", &friday);
    put("examples/checkout.plan", &checkout);
    put(POLICY, &kept::text(POLICY));
    let sample = |plan: &str, wanted: i32| {
        let arguments = ["check", plan, "--policy", POLICY, "--at", AT];
        let done = Command::new(env!("CARGO_BIN_EXE_stopline"))
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(wanted), "{plan}");
        format!("```\n$ stopline {}\n{}\n```", arguments.join(" "), String::from_utf8(done.stdout).unwrap().trim_end())
    };
    kept::sections("README.md", &|name| match name {
        "stop" => Some(sample("friday.plan", 1)),
        "go" => Some(sample("examples/checkout.plan", 0)),
        _ => None,
    });
}

/// The commands, in the order of `--help`.
fn commands() -> Vec<String> {
    let help = output(&["--help"]);
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    listed.lines().filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
}

fn runbook_help() -> String {
    let script = output(&["compile", "examples/checkout.plan", "--policy", POLICY, "--at", AT, "--to", "bash"]);
    let help = script.split("<<'HELP'\n").nth(1).unwrap().split("\nHELP\n").next().unwrap();
    help.trim().to_owned()
}

fn output(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stopline"));
    let done = command.args(arguments).current_dir(kept::root()).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// From a heading to the next of its level.
fn section<'t>(text: &'t str, heading: &str) -> &'t str {
    let found = text.split_once(&format!("{heading}\n"));
    assert!(found.is_some(), "there is no `{heading}`");
    let (_, rest) = found.unwrap();
    rest.split_once("\n## ").map_or(rest, |(section, _)| section)
}

/// The long options that a help offers, at the start of a line.
fn offered(help: &str) -> Vec<&str> {
    let offers = |line: &&str| line.trim_start().starts_with('-') && !line.trim_start().starts_with("- ");
    help.lines().filter(offers).flat_map(options).collect()
}

/// The long options that a text names, each once.
fn options(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
    let mut found: Vec<&str> = words.filter(|word| word.starts_with("--") && !word.ends_with('-')).collect();
    found.sort_unstable();
    found.dedup();
    found
}
