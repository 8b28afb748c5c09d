//! The action for GitHub and the component for GitLab that stand in this repository: valid, and doing what they say.

use std::process::Command;

use crate::door::{Cli, repository};
use crate::tools::tool;

#[track_caller]
fn silent(command: &mut Command) -> String {
    let done = command.output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}

/// What a step of the action runs, read as GitHub reads it.
fn script(cli: &Cli, step: &str) -> String {
    let read = "
import sys
from ruamel.yaml import YAML
for step in YAML(typ='safe').load(open(sys.argv[1]))['runs']['steps']:
    if step['name'] == sys.argv[2]:
        print(step['run'], end='')
";
    silent(tool("python3").args(["-c", read]).arg(cli.path("action.yml")).arg(step))
}

/// Runs the step that checks, as the runner would.
fn checked(cli: &Cli, paths: &str) -> (Option<i32>, String) {
    checked_by("release", cli, paths, "log.sarif")
}

fn checked_by(pack: &str, cli: &Cli, paths: &str, sarif: &str) -> (Option<i32>, String) {
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script(cli, "Check")]).current_dir(cli.path(""));
    bash.env("STOPLINE", env!("CARGO_BIN_EXE_stopline")).env("CHECKED", paths).env("ARGS", format!("--pack={pack}\n"));
    bash.env("SARIF", sarif).env("GITHUB_STEP_SUMMARY", cli.path("summary")).env("GITHUB_OUTPUT", cli.path("out"));
    let done = bash.output().unwrap();
    (done.status.code(), String::from_utf8(done.stdout).unwrap())
}

fn repository_with(plan: &str) -> Cli {
    Cli::new(&[]).file("action.yml", repository("action.yml")).file("plans/a b.plan", plan)
}

#[test]
fn the_action_is_valid_and_safe() {
    let cli = repository_with("");
    silent(tool("check-jsonschema").args(["--builtin-schema", "vendor.github-actions"]).arg(cli.path("action.yml")));
    silent(tool("zizmor").args(["--offline", "--no-progress", "--persona=auditor"]).arg(cli.path("action.yml")));
    for step in ["Install Stopline", "Check"] {
        let text = format!("#!/usr/bin/env bash\n{}", script(&cli, step));
        let cli = Cli::new(&[]).file("step.sh", text);
        silent(tool("shellcheck").arg(cli.path("step.sh")));
    }
}

#[test]
fn the_action_annotates_sums_up_and_keeps_the_status() {
    let cli = repository_with("plan p { service = \"x\", environment = production }\n");
    let (status, said) = checked(&cli, "plans/a b.plan\n");
    assert_eq!(status, Some(1), "{said}");
    assert!(said.starts_with("::error title="), "{said}");
    assert!(said.contains("file=plans/a b.plan,line=1"), "{said}");
    assert!(cli.read("summary").starts_with("## STOP "), "{}", cli.read("summary"));
    assert_eq!(cli.read("out"), "verdict=stop\n");
    assert!(cli.read("log.sarif").contains("\"version\": \"2.1.0\""));
}

#[test]
fn the_action_says_what_could_not_be_decided() {
    let cli = repository_with("plan p {\n");
    assert_eq!(checked(&cli, "").0, Some(2));
    assert_eq!(cli.read("out"), "verdict=undecided\n");
}

#[test]
fn a_log_that_cannot_be_written_is_no_go() {
    let cli = Cli::new(&[]).file("action.yml", repository("action.yml")).file("app/settings.json", "{}\n");
    let (status, said) = checked_by("secrets", &cli, "app", "log.sarif");
    assert_eq!(status, Some(0), "{said}");
    let (status, said) = checked_by("secrets", &cli, "app", "no/such/folder/log.sarif");
    assert_eq!(status, Some(2), "{said}");
    assert!(cli.read("out").ends_with("verdict=undecided\n"));
}

/// The job of the component, with what GitLab puts in for its inputs.
fn job() -> String {
    let (inputs, job) =
        repository("templates/check.yml").split_once("\n---\n").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    for input in ["stage", "image", "paths"] {
        assert!(inputs.contains(&format!("    {input}:\n")), "{inputs}");
    }
    job.replace("$[[ inputs.", "given-").replace(" ]]", "")
}

#[test]
fn the_component_is_a_valid_job() {
    let cli = Cli::new(&[]).file("job.yml", job());
    let mut schema = tool("check-jsonschema");
    schema.args(["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]).arg(cli.path("job.yml"));
    silent(&mut schema);
}

/// Runs the script of the job as a runner would, in one shell.
fn ran(cli: &Cli, path: &str) -> Option<i32> {
    let read = "
import sys
from ruamel.yaml import YAML
print('\\n'.join(YAML(typ='safe').load(open(sys.argv[1]))['stopline check']['script']))
";
    let script = silent(tool("python3").args(["-c", read]).arg(cli.path("job.yml")));
    let programs = std::path::Path::new(env!("CARGO_BIN_EXE_stopline")).parent().unwrap();
    let path_of = std::env::join_paths(
        std::iter::once(programs.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", &script]).env("STOPLINE_PATHS", path).env("PATH", path_of.unwrap());
    shell.current_dir(cli.path("")).output().unwrap().status.code()
}

#[test]
fn the_job_ends_as_the_check_does_and_keeps_its_report() {
    let cli = repository_with("plan p { servise = \"x\" }\n").file("job.yml", job());
    assert_eq!(ran(&cli, "plans"), Some(1));
    assert!(cli.read("gl-code-quality-report.json").contains("plan/unknown-name"));
    assert_eq!(ran(&cli, "plan"), Some(2), "there is no such folder");
    std::fs::remove_file(cli.path("gl-code-quality-report.json")).unwrap();
    std::fs::create_dir(cli.path("gl-code-quality-report.json")).unwrap();
    let cli = cli.file("good/site_config.json", "{}\n").file(
        "good/a.policy",
        "policy a { rule b { on json in \"**/site_config.json\" forbid json.x exists message \"x\" } }\n",
    );
    assert_eq!(ran(&cli, "good"), Some(2), "the report cannot be written");
}
