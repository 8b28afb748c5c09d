//! The hooks of `.pre-commit-hooks.yaml`, run by pre-commit itself. Only how the program is had is another than there: it is
//! on the path already, and not built from the repository.

use std::path::Path;
use std::process::Command;

use crate::door::{Cli, repository};
use crate::tools::tool;

const PLAN: &str = "\
plan p {
  service     = \"shop\"
  environment = staging
  ticket      = \"https://tracker.example.com/1\"

  team { lead = @ada, on_call = @grace }

  phase deploy {
    step restart { run = \"./restart.sh\", undo = \"./restart.sh --previous\", timeout = 1m }
  }
}
";

/// A fresh repository with the hooks, and a plan that may go in its index.
fn fresh(arguments: &str) -> Cli {
    let hooks = repository(".pre-commit-hooks.yaml").replace("language: rust", "language: system");
    let hooks = hooks.replace("entry: stopline", &format!("entry: {}", env!("CARGO_BIN_EXE_stopline")));
    let hooks = hooks.replace(" compile --check\n", &format!(" compile --check {arguments}\n"));
    let indented: String = hooks.lines().flat_map(|line| ["      ", line, "\n"]).collect();
    let cli = Cli::new(&[])
        .file(".pre-commit-config.yaml", format!("repos:\n  - repo: local\n    hooks:\n{indented}"))
        .file("release.plan", PLAN)
        .file("team.policy", repository("src/init/files/team.policy"));
    git(&cli, &["init", "--quiet"]);
    git(&cli, &["add", "."]);
    cli
}

fn git(cli: &Cli, arguments: &[&str]) {
    let who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
    let done = Command::new("git").args(who).args(arguments).current_dir(cli.path("")).output().unwrap();
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// What pre-commit says of one hook.
fn hook(cli: &Cli, id: &str) -> (bool, String) {
    let mut command = tool("pre-commit");
    command.args(["run", "--color", "never", "--verbose", id]).current_dir(cli.path(""));
    command.env("PRE_COMMIT_HOME", Path::new(&cli.path(".git")).join("pre-commit-home"));
    let done = command.output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
}

#[track_caller]
fn passes(cli: &Cli, id: &str) {
    let (passed, said) = hook(cli, id);
    assert!(passed && said.contains("Passed"), "{id}: {said}");
}

#[track_caller]
fn fails(cli: &Cli, id: &str, because: &str) {
    let (passed, said) = hook(cli, id);
    assert!(!passed && said.contains(because), "{id}: {said}");
}

#[test]
fn what_may_go_passes_and_what_may_not_fails_at_its_place() {
    let cli = fresh("");
    for id in ["stopline-check", "stopline-fmt", "stopline-test"] {
        passes(&cli, id);
    }
    let cli = cli.file("release.plan", PLAN.replace("staging", "stagin"));
    git(&cli, &["add", "."]);
    fails(&cli, "stopline-check", "release.plan:3:17");
}

#[test]
fn what_is_not_staged_is_not_judged_and_is_there_again_afterwards() {
    let cli = fresh("");
    let broken = PLAN.replace("staging", "stagin");
    let cli = cli.file("release.plan", &broken);
    passes(&cli, "stopline-check");
    assert_eq!(cli.read("release.plan"), broken);
    git(&cli, &["add", "."]);
    let cli = cli.file("release.plan", PLAN);
    fails(&cli, "stopline-check", "did you mean `staging`?");
    assert_eq!(cli.read("release.plan"), PLAN);
}

#[test]
fn a_commit_that_only_deletes_is_judged() {
    let cli = fresh("").file("stopline.toml", "policies = [\"team.policy\"]\n");
    git(&cli, &["add", "."]);
    git(&cli, &["commit", "--quiet", "--no-verify", "--message", "all is well"]);
    git(&cli, &["rm", "--quiet", "team.policy"]);
    fails(&cli, "stopline-check", "team.policy");
}

#[test]
fn what_is_laid_out_anew_stops_the_commit() {
    let cli = fresh("").file("release.plan", PLAN.replace("service     =", "service ="));
    git(&cli, &["add", "."]);
    fails(&cli, "stopline-fmt", "files were modified by this hook");
    assert_eq!(cli.read("release.plan"), PLAN);
}

#[test]
fn a_file_whose_name_begins_like_an_option_is_a_file() {
    let cli = fresh("").file("-x.plan", PLAN);
    git(&cli, &["add", "."]);
    passes(&cli, "stopline-fmt");
    let cli = cli.file("-x.plan", PLAN.replace("service     =", "service ="));
    git(&cli, &["add", "."]);
    fails(&cli, "stopline-fmt", "laid out -x.plan");
    assert_eq!(cli.read("-x.plan"), PLAN);
    // Whoever gives other options gives them instead.
    let hooks = cli.read(".pre-commit-config.yaml").replace("[\"--\"]", "[\"--check\", \"--\"]");
    let anew = PLAN.replace("service     =", "service =");
    let cli = cli.file(".pre-commit-config.yaml", hooks).file("-x.plan", &anew);
    git(&cli, &["add", "."]);
    fails(&cli, "stopline-fmt", "-x.plan");
    assert_eq!(cli.read("-x.plan"), anew);
    let begun = repository("src/init/files/pre-commit-config.yaml");
    assert!(begun.contains("        entry: stopline fmt\n        args: [\"--\"]\n"), "{begun}");
}

#[test]
fn a_script_that_is_out_of_date_stops_the_commit() {
    let arguments = "release.plan --to bash --output release.sh --at 2026-11-24T09:00Z";
    let cli = fresh(arguments).file("release.sh", "echo old\n");
    git(&cli, &["add", "."]);
    fails(&cli, "stopline-compile-check", "release.sh");
    std::fs::remove_file(cli.path("release.sh")).unwrap();
    let words: Vec<&str> = arguments.split(' ').collect();
    let came = cli.again(&[&["compile"], words.as_slice()].concat()).run();
    assert_eq!(came.status, 0, "{came:?}");
    git(&cli, &["add", "."]);
    passes(&cli, "stopline-compile-check");
}
