//! `stopline compile`, on every example that may go, read by the linters of what it writes.

use std::path::PathBuf;
use std::process::Command;

use crate::door::{Cli, repository};

/// The examples and the instants they may go at.
const EXAMPLES: &[(&str, &str)] = &[
    ("checkout.plan", "2026-11-23T09:00+01:00"),
    ("pm2.plan", "2026-11-30T09:00+01:00"),
    ("frappe.plan", "2026-12-01T09:00+01:00"),
    ("blue-green.plan", "2026-12-02T10:00Z"),
];

fn compile(name: &str, at: &str, more: &[&str]) -> Cli {
    let arguments = [&["compile", name, "--pack", "release", "--at", at], more].concat();
    Cli::new(&arguments).file(name, repository(&format!("examples/{name}")))
}

/// Runs a linter on a file; whatever it says fails the test.
fn lint(cli: &Cli, tool: &str, arguments: &[&str]) {
    let folder = std::env::var_os("STOPLINE_TOOLS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/tools"), PathBuf::from);
    let program = folder.join("bin").join(tool);
    assert!(program.exists(), "{} is not there: run tools/install", program.display());
    let done = Command::new(program).args(arguments).current_dir(cli.path("")).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{tool} {arguments:?}: {said}");
}

#[test]
fn what_every_example_becomes_leaves_the_linters_silent() {
    for (name, at) in EXAMPLES {
        let bash = compile(name, at, &["--to", "bash", "-o", "release.sh"]);
        bash.run().is(0, "", "");
        lint(&bash, "shellcheck", &["release.sh"]);
        lint(&bash, "shellcheck-0.9", &["release.sh"]);
        lint(&bash, "shfmt", &["-d", "release.sh"]);
        let github = compile(name, at, &["--to", "github", "--script", "deploy/release.sh", "-o", "deploy.yml"]);
        let came = github.run();
        assert_eq!((came.status, came.output.as_str()), (0, ""), "{came:?}");
        assert!(came.error.lines().all(|line| line.starts_with("note: ")), "{came:?}");
        lint(&github, "actionlint", &["deploy.yml"]);
        lint(&github, "zizmor", &["--offline", "--no-progress", "--persona=auditor", "deploy.yml"]);
        lint(&github, "check-jsonschema", &["--builtin-schema", "vendor.github-workflows", "deploy.yml"]);
    }
}

#[test]
fn a_plan_in_yaml_or_json_becomes_the_same_script() {
    let script = |name: &str| {
        let came = compile(name, "2026-11-23T09:00+01:00", &["--to", "bash"]).run();
        let digests = |line: &&str| line.split(|letter: char| !letter.is_ascii_hexdigit()).all(|word| word.len() < 16);
        came.output.lines().filter(digests).map(str::to_owned).collect::<Vec<_>>()
    };
    let plan = script("checkout.plan");
    assert!(plan.len() > 1000);
    assert_eq!(plan, script("checkout.plan.yaml"));
    assert_eq!(plan, script("checkout.plan.json"));
}

#[test]
fn a_plan_that_is_stopped_compiles_to_nothing() {
    let friday = repository("examples/checkout.plan").replace("2026-11-24T10:00", "2026-11-27T10:00");
    let cli = compile("checkout.plan", "2026-11-23T09:00+01:00", &["--to", "bash", "-o", "release.sh"])
        .file("checkout.plan", friday);
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (1, ""), "{came:?}");
    assert!(came.error.contains("release/friday-deploy") && !cli.holds("release.sh"), "{came:?}");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_check_says_when_it_does_not() {
    let (name, at) = ("checkout.plan", "2026-11-23T09:00+01:00");
    let once = compile(name, at, &["--to", "bash"]).run();
    assert_eq!(once, compile(name, at, &["--to", "bash"]).run());
    let check = compile(name, at, &["--to", "bash", "-o", "release.sh", "--check"]).file("release.sh", &once.output);
    check.run().is(0, "", "");
    let stale = check.file("release.sh", once.output + "\n");
    stale.run().is(1, "", "`release.sh` is not what its plan and policies compile to now: compile it again\n");
}

#[test]
fn a_way_that_cannot_be_promised_is_refused_at_its_place() {
    let rolling = repository("examples/checkout.plan").replace(
        "    strategy canary {\n      steps   = [10%, 25%, 50%, 100%]\n      shift   = \"\"\"./traffic.sh --green \"$STOPLINE_PERCENT\" \"\"\"\n      undo    = \"./traffic.sh --green 0\"\n      analyze = 2m\n",
        "    strategy rolling {\n      batch = 2\n      run   = \"./deploy.sh\"\n      undo  = \"./back.sh\"\n",
    );
    let cli =
        Cli::new(&["compile", "x.plan", "--policy", "p.policy", "--to", "bash", "--at", "2026-11-23T09:00+01:00"])
            .file("x.plan", rolling)
            .file("p.policy", "policy p { rule r { on plan require plan.service exists message \"no\" } }");
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (1, ""), "{came:?}");
    assert!(
        came.error.contains("error[plan/unsupported-strategy]") && came.error.contains("`batch` counts hosts"),
        "{came:?}"
    );
}

#[test]
fn a_file_of_two_plans_is_refused() {
    let two = "plan a { service = \"s\" environment = local }\n";
    let came =
        Cli::new(&["compile", "x.plan", "--to", "bash", "--pack", "release"]).file("x.plan", two.repeat(2)).run();
    assert_ne!(came.status, 0, "{came:?}");
    assert_eq!(came.output, "");
}

#[test]
fn explain_says_every_path_and_how_it_ends() {
    let came = compile("checkout.plan", "2026-11-23T09:00+01:00", &["--explain"]).run();
    assert_eq!((came.status, came.error.as_str()), (0, ""), "{came:?}");
    for line in [
        "deploy/go-live\n  signed -> the guards again, after deploy/go-live\n  nobody is there -> held\n",
        "undo migrate\n  undone -> rollback/restart\n  fails -> handed to a person\n",
        "a run ends confirmed, or ",
        "proven: every path comes to an end;",
    ] {
        assert!(came.output.contains(line), "`{line}` is not in:\n{}", came.output);
    }
}

#[test]
fn explain_prints_the_path_that_breaks_a_proof() {
    let late = r#"hold last-word "Last word" { by = [approvers] }
    strategy canary {"#;
    let lost = r#"irreversible = "the old columns are gone""#;
    let plan = repository("examples/checkout.plan")
        .replace("strategy canary {", late)
        .replace(r#"undo    = "npm run migrate:down""#, lost);
    let came = compile("checkout.plan", "2026-11-23T09:00+01:00", &["--explain"]).file("checkout.plan", plan).run();
    assert_eq!(came.status, 1, "{came:?}");
    let path = "broken: migrate cannot be undone, and people may still say no after it\n  the guards: they agree\n";
    assert!(came.output.contains(path) && came.output.contains("  deploy/migrate: done\n"), "{}", came.output);
    assert!(came.output.contains("  deploy/last-word: refused or expired\n"), "{}", came.output);
    assert!(came.error.contains("plan/irreversible-before-hold"), "{}", came.error);
}
