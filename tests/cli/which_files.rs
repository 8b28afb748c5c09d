//! Which files a run reads: what is named is looked at, and nothing on one machine alone hides a policy.

use std::process::Command;

use crate::door::{Came, Cli};

const GOOD: &str = "plan a {\n  service = \"x\"\n  environment = staging\n  phase deploy {\n    step up { run = \"t\", undo = \"t\", timeout = 1m }\n  }\n}\n";
const POLICY: &str = "policy p {\n  rule v \"No check\" {\n    on step\n    require step.verify exists\n    at step.id\n    message \"nothing shows that it worked\"\n  }\n}\n";

/// A repository, in which the run stands, below a folder that is none.
fn repository(arguments: &[&str]) -> Cli {
    let cli = Cli::new(arguments).from("repository").file("repository/.git/HEAD", "ref: refs/heads/main\n");
    cli.file("repository/good.plan", GOOD).file("repository/p.policy", POLICY)
}

fn stops(came: &Came) {
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("good.plan:5:10: error[p/v] nothing shows that it worked"), "{came:?}");
}

#[test]
fn only_the_ignore_files_of_the_repository_hide_a_policy() {
    let check = ["check", "--format", "concise"];
    stops(&repository(&check).run());
    for outside in [".gitignore", ".ignore", "repository/.git/info/exclude"] {
        stops(&repository(&check).file(outside, "p.policy\n*.policy\n").run());
    }
    for inside in ["repository/.gitignore", "repository/.ignore"] {
        let came = repository(&check).file(inside, "p.policy\n").run();
        assert_eq!(came.status, 0, "{inside}: {came:?}");
    }
}

#[test]
fn what_a_person_has_git_ignore_everywhere_hides_no_policy() {
    let cli = repository(&["check"]).file("home/.gitconfig", "[core]\n\texcludesFile = ~/ignored\n");
    let cli = cli.file("home/ignored", "*.policy\n").file("home/.config/git/ignore", "*.policy\n");
    let done = Command::new(env!("CARGO_BIN_EXE_stopline"))
        .args(["check", "--format", "concise"])
        .current_dir(cli.path("repository"))
        .env_clear()
        .env("HOME", cli.path("home"))
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1), "{done:?}");
}

#[test]
fn ignore_files_count_from_the_root_of_the_repository_down_and_the_nearest_decides() {
    let check = |files: &[(&str, &str)], from: &str| {
        let cli = repository(&["check", "--format", "concise"]).file("repository/deploy/b.plan", "plan b {");
        files.iter().fold(cli.from(from), |cli, (path, text)| cli.file(path, text)).run().output
    };
    let broken = "b.plan:1:8: error[syntax/unclosed-bracket]";
    let said = |files: &[(&str, &str)]| {
        let whole = check(files, "repository").contains(&format!("deploy/{broken}"));
        let part = check(files, "repository/deploy").contains(broken);
        assert_eq!(whole, part, "{files:?}");
        whole
    };
    assert!(said(&[]));
    assert!(!said(&[("repository/.gitignore", "deploy/*.plan\n")]));
    assert!(!said(&[("repository/.gitignore", "/deploy/b.plan\n")]));
    assert!(said(&[("repository/.gitignore", "/b.plan\n")]));
    assert!(said(&[("repository/.gitignore", "*.plan\n"), ("repository/deploy/.gitignore", "!b.plan\n")]));
    assert!(said(&[("repository/.gitignore", "b.plan\n"), ("repository/.ignore", "!b.plan\n")]));
    assert!(!said(&[("repository/.gitignore", "!b.plan\n"), ("repository/deploy/.ignore", "b.plan\n")]));
}

#[test]
fn outside_of_any_repository_nothing_above_the_folder_of_the_run_counts() {
    let check = |arguments: &[&str]| {
        let cli = Cli::new(&[&["check", "--format", "concise"], arguments].concat()).from("run");
        cli.file(".gitignore", "*.policy\n").file("run/x/good.plan", GOOD).file("run/x/p.policy", POLICY)
    };
    assert_eq!(check(&[]).run().status, 1);
    assert_eq!(check(&["x"]).run().status, 1);
    assert_eq!(check(&["x"]).file("run/.gitignore", "p.policy\n").run().status, 0);
}

#[test]
fn every_folder_that_is_named_holds_something_to_check() {
    let nothing = |folder: &str| {
        format!(
            "error[policy/nothing-to-judge] there is no plan, no policy and no file that a rule speaks of in `{folder}`\n"
        )
    };
    let check = |arguments: &[&str]| {
        let cli = Cli::new(&[&["check", "--format", "concise"], arguments].concat());
        cli.file("good.plan", GOOD).file("p.policy", POLICY).file("empty/.keep", "").file("d.plan/.keep", "")
    };
    for (first, empty) in [("good.plan", "empty"), ("p.policy", "empty"), ("good.plan", "d.plan"), (".", "empty")] {
        let came = check(&[first, empty]).run();
        assert_eq!(came.status, 2, "{came:?}");
        assert!(came.output.contains(&nothing(empty)), "{came:?}");
    }
    let came = check(&["good.plan", "empty", "d.plan"]).run();
    assert!(came.output.contains(&nothing("empty")) && came.output.contains(&nothing("d.plan")), "{came:?}");
    // A file that a rule speaks of is something, and so is one that was read already.
    assert_eq!(check(&["good.plan", "keys"]).file("keys/a.env", "A=1\n").run().status, 0);
    assert_eq!(
        check(&["good.plan", "rules", "rules/"]).file("rules/q.policy", POLICY.replace("p {", "q {")).run().status,
        1
    );
    let came = check(&["good.plan", "out"]).file("out/b.plan", GOOD).file("out/.gitignore", "b.plan\n").run();
    assert_eq!(came.status, 2, "{came:?}");
}

#[test]
fn every_folder_that_is_to_judge_or_to_be_read_holds_something() {
    let run = |arguments: &[&str]| {
        Cli::new(arguments).file("good.plan", GOOD).file("p.policy", POLICY).file("empty/.keep", "").run()
    };
    let came = run(&["check", "good.plan", "--policy", "p.policy", "--policy", "empty"]);
    assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
    assert!(came.error.starts_with("error: there is no policy in `empty`"), "{came:?}");
    for verb in ["fmt", "test"] {
        let came = run(&[verb, "p.policy", "empty"]);
        assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
        assert!(came.error.starts_with("error: there is nothing to read in `empty`"), "{came:?}");
    }
    let settled = Cli::new(&["check", "good.plan", "--format", "concise"])
        .file("good.plan", GOOD)
        .file("p.policy", POLICY.replace("require step.verify", "require step.run"))
        .file("empty/.keep", "")
        .file("stopline.toml", "policies = [\"p.policy\", \"empty\"]\n")
        .run();
    assert_eq!(settled.status, 2, "{settled:?}");
    assert!(
        settled.output.contains("stopline.toml:1:25: error[config/wrong-setting] there is no policy in `empty`"),
        "{settled:?}"
    );
}

#[test]
fn a_plan_or_policy_under_any_name_is_never_taken_for_judged() {
    let markdown = "# Deployment plan: a\n\n**Service**: shop\n";
    let yaml = "plan: x\nservice: s\nenvironment: production\n";
    for (path, text, kind, ending) in [
        ("x.txt", GOOD, "plan", ".plan"),
        ("rel.md", GOOD, "plan", ".plan"),
        ("rel.md", markdown, "plan", ".plan.md"),
        ("rel", markdown, "plan", ".plan.md"),
        ("rel.txt", yaml, "plan", ".plan.yaml"),
        ("team.txt", POLICY, "policy", ".policy"),
    ] {
        let wanted = format!(
            "error[plan/misnamed] `{path}` reads like a {kind}, and is taken for none: the name of a {kind} ends in `{ending}`\n"
        );
        let check = |arguments: &[&str]| Cli::new(&[&["check", "--format", "concise"], arguments].concat());
        let named = check(&["good.plan", path]).file(path, text).file("good.plan", GOOD).run();
        assert!(named.status == 2 && named.output.contains(&wanted), "{named:?}");
        let given = check(&["-", "--stdin-name", path]).input(text).run();
        assert!(given.status == 2 && given.output.contains(&wanted), "{given:?}");
        let found = check(&["."]).file(path, text).file("good.plan", GOOD).run();
        assert_eq!(found.status, 0, "{found:?}");
    }
}

#[test]
fn a_large_file_under_another_name_is_known_by_its_beginning() {
    let rest = "# é\n".repeat(400_000);
    for (text, status) in [(format!("{GOOD}{rest}"), 2), (format!("x\n{rest}{GOOD}"), 0)] {
        let came = Cli::new(&["check", "good.plan", "x.txt"]).file("x.txt", text).file("good.plan", GOOD).run();
        assert_eq!(came.status, status, "{came:?}");
    }
}
