//! `stopline compile`, on every example that may go, read by the linters of what it writes.

use stopline::session::Pack;

use crate::door::{Cli, repository};
use crate::examples::{Example, examples};

fn compile(name: &str, at: &str, more: &[&str]) -> Cli {
    let arguments = [&["compile", name, "--pack", "release", "--at", at], more].concat();
    Cli::new(&arguments).file(name, repository(&format!("examples/{name}")))
}

/// Runs a linter on a file; whatever it says fails the test.
pub(crate) fn lint(cli: &Cli, tool: &str, arguments: &[&str]) {
    let done = crate::tools::tool(tool).args(arguments).current_dir(cli.path("")).output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{tool} {arguments:?}: {said}");
}

/// Each linter is asked once for all of them: starting one takes longer than what it does.
#[test]
fn what_every_example_becomes_leaves_the_linters_silent() {
    let all = Cli::new(&[]);
    let (mut scripts, mut github, mut gitlab, mut ansible) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for Example { name, at, .. } in &examples() {
        let written = |what: &[&str], file: String, files: &mut Vec<String>| {
            let came = compile(name, at, what).run();
            let notes = came.error.lines().all(|line| line.starts_with("note: ") || line.starts_with("  "));
            assert!(came.status == 0 && notes, "{name} {what:?}: {came:?}");
            std::fs::write(all.path(&file), came.output).unwrap();
            files.push(file);
        };
        written(&["--to", "bash"], format!("{name}.sh"), &mut scripts);
        written(&["--to", "github", "--script", "deploy/release.sh"], format!("{name}.github.yml"), &mut github);
        written(&["--to", "gitlab"], format!("{name}.gitlab-ci.yml"), &mut gitlab);
        written(&["--to", "ansible"], format!("{name}.ansible.yml"), &mut ansible);
    }
    let lint = |tool: &str, options: &[&str], files: &[String]| {
        lint(&all, tool, &[options, &files.iter().map(String::as_str).collect::<Vec<_>>()].concat());
    };
    lint("shellcheck", &[], &scripts);
    lint("shellcheck-0.9", &[], &scripts);
    lint("shfmt", &["-d"], &scripts);
    lint("actionlint", &[], &github);
    lint("zizmor", &["--offline", "--no-progress", "--persona=auditor"], &github);
    lint("check-jsonschema", &["--builtin-schema", "vendor.github-workflows"], &github);
    lint("check-jsonschema", &["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"], &gitlab);
    lint("ansible-playbook", &["--syntax-check"], &ansible);
}

#[test]
fn what_is_not_read_of_a_plan_is_said_although_it_compiles() {
    let Example { name, text, at } =
        examples().into_iter().find(|example| example.name.ends_with(".plan.md")).expect("a plan in Markdown");
    let text = text.replace("## Verification", "## Weather\n\n- fine\n\n## Verification");
    let came = Cli::new(&["compile", &name, "--at", &at, "--to", "bash"]).file(&name, text).run();
    assert!(came.status == 0 && came.output.starts_with("#!"), "{came:?}");
    assert!(came.error.contains("note[plan/not-read]: `Weather` is not judged"), "{came:?}");
}

#[test]
fn what_a_plan_in_markdown_is_read_as_is_said() {
    let text = "# Shop\n\n- **Service**: shop\n- **Environment**: staging\n- **Window**: 2026-11-24 09:00-11:00 UTC\n\n## Team\n\n- Lead: @kim\n\n## Before\n\n- [x] Tests are green\n\n## Deployment\n\n1. Switch: `./switch.sh`\n   - Undo: `./switch-back.sh`\n\n```stopline\nhold go-live { by = [@kim] }\n```\n\n2. Flush: `./flush.sh`\n   - Irreversible: what is flushed is gone\n\n## Verification\n\n- Smoke: `./smoke.sh`\n\n## Rollback\n\n1. Tell: `./tell.sh`\n";
    let cli = Cli::new(&["compile", "a.plan.md", "--at", "2026-11-24T09:05Z", "--to", "bash", "-o", "a.sh"]);
    let cli = cli.file("a.plan.md", text);
    let came = cli.run();
    let wanted = "note: `a.plan.md` is read as follows, and whole by `stopline import`:\n  asked before all of it: 1 box\n  deploy: switch (undo), hold go-live, flush\n  verify: smoke\n  rollback: tell\n";
    assert!(came.status == 0 && came.error.ends_with(wanted), "{came:?}");
    let quiet = cli.again(&["compile", "a.plan.md", "--at", "2026-11-24T09:05Z", "--to", "markdown"]).run();
    assert!(quiet.status == 0 && !quiet.error.contains("is read as"), "{quiet:?}");
}

#[test]
fn no_pack_finds_anything_in_what_the_examples_become() {
    let packs: Vec<&str> = Pack::all().iter().flat_map(|pack| ["--pack", pack.name]).collect();
    for Example { name, text, at } in &examples() {
        // The recommended packs, of which one looks for secrets.
        let script = Cli::new(&["compile", name, "--at", at, "--to", "bash", "-o", "release.sh"]).file(name, text);
        let came = script.run();
        assert_eq!(came.status, 0, "{came:?}");
        let policies = script.read("release.sh");
        assert!(policies.contains(" secrets=1.0.0="), "{name}: the pack `secrets` had its say");
        let came = script.again(&[&["check", "release.sh", "--at", at], &packs[..]].concat()).run();
        came.is(0, "GO    0 errors  (1 file)\n", "");
    }
}

#[test]
fn a_repository_with_its_compiled_workflow_is_told_nothing_about_it() {
    for Example { name, text, at } in &examples() {
        let workflow = ".github/workflows/deploy.yml";
        let cli = Cli::new(&["compile", name, "--at", at, "--to", "github", "-o", "deploy.yml"]).file(name, text);
        assert_eq!(cli.run().status, 0, "{name}");
        let cli = cli.file(workflow, "");
        std::fs::rename(cli.path("deploy.yml"), cli.path(workflow)).unwrap();
        let came = cli.again(&["check", workflow, "--at", at]).run();
        came.is(0, "GO    0 errors  (1 file)\n", "");
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
fn a_waived_rule_is_woven_in_with_the_end_of_its_waiver() {
    let compiled = |waiver: &str, start: &str| {
        let plan = repository("examples/checkout.plan").replace("2026-11-24T10:00", start);
        compile("checkout.plan", "2026-11-23T09:00+01:00", &["--to", "bash"])
            .file("checkout.plan", format!("{plan}\n{waiver}"))
            .run()
    };
    let waive = |until: &str| {
        format!(
            "waive release/friday-deploy {{ plan = checkout-1-2-3, reason = \"staffed\", by = @cto, until = {until} }}\n"
        )
    };
    // 2026-11-27 in Berlin, and the fridays after it, up to thirty days after the window.
    let came = compiled(&waive("2026-11-27T12:00Z"), "2026-11-27T10:00");
    assert_eq!(came.status, 0, "{came:?}");
    let lines: Vec<&str> =
        came.output.lines().filter(|line| line.contains("'release/friday-deploy of release ")).collect();
    assert_eq!(lines.len(), 6, "{lines:#?}");
    assert!(lines[0].trim_start().starts_with("excuse '1795770000' '1795780800' "), "{lines:#?}");
    assert!(lines[0].ends_with("'waived until 2026-11-27T12:00Z by @cto: staffed'"), "{lines:#?}");
    assert!(lines[1].trim_start().starts_with("forbid '1795780800' '1795820400' "), "{lines:#?}");
    let day = compiled(&waive("2026-11-27"), "2026-11-27T10:00");
    assert!(day.output.contains("by @cto: staffed") && day.output.contains("until 2026-11-27 "), "{day:?}");
    let ignored = repository("examples/checkout.plan").replace(
        "start    = 2026-11-24T10:00",
        "start    = 2026-11-27T10:00 # stopline: ignore[release/friday-deploy] staffed",
    );
    let came =
        compile("checkout.plan", "2026-11-23T09:00+01:00", &["--to", "bash"]).file("checkout.plan", ignored).run();
    let lines: Vec<&str> =
        came.output.lines().filter(|line| line.contains("'release/friday-deploy of release ")).collect();
    assert!(lines.len() == 5 && lines.iter().all(|line| line.ends_with("'waived: staffed'")), "{came:?}");
}

#[test]
fn a_waived_rule_that_does_not_ask_for_the_time_stops_once_the_waiver_ended() {
    let plan = |window: &str| {
        format!(
            "plan x {{ service = \"s\", environment = production\n {window}\n phase prepare {{ step a {{ run = \"true\" }} }} }}\n"
        )
    };
    let policy =
        "policy p { rule r { on plan require plan.version exists at plan.id message \"no version\" enforce run } }\n";
    let waiver = "waive p/r { plan = x, reason = \"first release\", by = @cto, until = 2026-11-24 }\n";
    for (window, first) in [
        ("", "excuse '1795424400' '1795564800'"),
        ("window { start = 2026-11-24T10:00Z, duration = 1h }", "excuse '1795514400' '1795564800'"),
    ] {
        let came =
            Cli::new(&["compile", "x.plan", "--policy", "p.policy", "--to", "bash", "--at", "2026-11-23T09:00Z"])
                .file("x.plan", plan(window))
                .file("p.policy", format!("{policy}{waiver}"))
                .run();
        assert_eq!(came.status, 0, "{came:?}");
        let lines: Vec<&str> =
            came.output.lines().filter(|line| line.contains("'p/r of p unversioned, sha256 ")).collect();
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(lines[0].trim_start().starts_with(first), "{lines:#?}");
        assert!(
            lines[1].trim_start().starts_with("forbid '1795564800' ") && lines[1].contains("no version"),
            "{lines:#?}"
        );
    }
}

const SMALL: &str =
    "plan x {\n  service = \"s\"\n  environment = staging\n  phase prepare { step a { run = \"true\" } }\n}\n";
const NO_VERSION: &str =
    "policy team { rule version { on plan require plan.version exists at plan.id message \"no version\" } }\n";

/// In a folder with a plan and a policy that stops it, compiled without a word about policies.
fn around(plan: &str, policy: &str) -> Cli {
    Cli::new(&["compile", plan, "--to", "bash"]).file("deploy/x.plan", SMALL).file(policy, NO_VERSION)
}

#[test]
fn a_plan_that_check_stops_does_not_compile() {
    for policy in ["team.policy", "rules/team.policy", "deploy/team.policy", "deploy/other.plan"] {
        for plan in ["deploy/x.plan", "./deploy/x.plan", "deploy/../deploy/x.plan"] {
            let cli = around(plan, policy);
            let came = cli.run();
            assert_eq!((came.status, came.output.as_str()), (1, ""), "{policy} {plan}: {came:?}");
            assert!(came.error.contains("error[team/version]"), "{came:?}");
        }
    }
    let cli = around("deploy/x.plan", "team.policy");
    let absolute = Cli::new(&["compile", cli.path("deploy/x.plan").to_str().unwrap(), "--to", "bash"]);
    assert_eq!(absolute.run().status, 0, "it stands elsewhere");
    let beside = around("deploy/x.plan", "deploy/team.policy");
    let absolute = Cli::new(&["compile", beside.path("deploy/x.plan").to_str().unwrap(), "--to", "bash"]);
    assert_eq!(absolute.run().status, 1, "a policy stands beside it");
}

#[test]
fn the_policies_of_the_plan_itself_and_no_others_that_were_not_found() {
    let own = Cli::new(&["compile", "x.plan", "--to", "bash"]).file("x.plan", format!("{SMALL}{NO_VERSION}")).run();
    assert_eq!(own.status, 1, "{own:?}");
    let ignored = around("deploy/x.plan", "old/team.policy").file(".gitignore", "old/\n").run();
    assert_eq!(ignored.status, 0, "{ignored:?}");
    let named = Cli::new(&["compile", "deploy/x.plan", "--to", "bash", "--pack", "release"])
        .file("deploy/x.plan", SMALL)
        .file("team.policy", NO_VERSION)
        .run();
    assert_eq!(named.status, 0, "{named:?}");
    let broken = around("deploy/x.plan", "team.policy").file("team.policy", "policy team { rule ").run();
    assert_eq!(broken.status, 2, "{broken:?}");
}

#[test]
fn other_plans_of_the_folder_have_no_say() {
    let waiver = "reason = \"old\", by = @ann, until = 2026-01-01";
    let came = around("deploy/x.plan", "deploy/broken.plan")
        .file("deploy/broken.plan", "plan y { servce = ")
        .file("deploy/y.plan", "plan y { service = 1 }\n")
        .file("deploy/b.plan.yaml", "plan: 5\n")
        .file("waivers.policy", format!("waive release/freeze {{ plan = y, {waiver} }}\n"))
        .run();
    assert_eq!((came.status, came.error.as_str()), (0, ""));
}

#[test]
fn what_does_not_stop_is_said_beside_the_script() {
    let policy = NO_VERSION.replace("on plan", "severity = warning\n on plan");
    let cli = around("deploy/x.plan", "team.policy").file("team.policy", policy);
    let came = cli.run();
    assert_eq!(came.status, 0, "{came:?}");
    assert!(came.output.starts_with("#!"), "{came:?}");
    assert!(came.error.starts_with("warning[team/version]: no version\n"), "{came:?}");
    assert!(came.error.ends_with("GO    0 errors, 1 warning  (1 file)\n"), "{came:?}");
    let waiver = "waive team/version { plan = x, reason = \"first\", by = @ann, until = 9998-01-01 }\n";
    let let_pass = around("deploy/x.plan", "team.policy").file("more.policy", waiver).run();
    assert_eq!(let_pass.status, 0, "{let_pass:?}");
    assert!(let_pass.error.contains("waived[team/version]: no version"), "{let_pass:?}");
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
fn check_says_whether_a_pipeline_is_what_its_plan_compiles_to() {
    for target in ["github", "gitlab", "ansible"] {
        let compiled = |more: &[&str]| compile("quick.plan", "2026-11-23T09:00Z", &[&["--to", target], more].concat());
        let once = compiled(&[]).run();
        let check = compiled(&["-o", "deploy.yml", "--check"]).file("deploy.yml", &once.output);
        assert_eq!((check.run().status, once.status), (0, 0), "{target}: {once:?}");
        assert!(once.output.contains("./quick.sh"), "{target}: {once:?}");
        assert_eq!(check.file("deploy.yml", once.output + "\n").run().status, 1, "{target}");
    }
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
        "a run ends stopped before any change, or handed to a person, or held, or rolled back, or confirmed",
        "proven: every path comes to an end, and everything is on one;",
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
