//! `stopline check`.

use crate::door::{Cli, repository};

const AT: &str = "2026-11-23T09:00+01:00";
/// As the design has it: what is judged here is the command, not the shipped pack.
const POLICY: &str = "tests/fixtures/design/release.policy";

fn check(plan: &str, more: &[&str]) -> Cli {
    let arguments =
        [&["check", "release.plan", "--policy", "release.policy", "--at", AT, "--format", "concise"], more].concat();
    Cli::new(&arguments).file("release.plan", plan).file("release.policy", repository(POLICY))
}

fn checkout() -> String {
    repository("tests/fixtures/design/checkout.plan")
}

fn moved(start: &str, zone: &str) -> String {
    checkout()
        .replace("2026-11-24T10:00", start)
        .replace("\"Europe/Berlin\"\n  }\n\n  team", &format!("\"{zone}\"\n  }}\n\n  team"))
}

#[test]
fn a_plan_that_may_go() {
    check(&checkout(), &[]).run().is(0, "GO    0 errors  (1 file)\n", "");
}

#[test]
fn a_friday_stops_at_the_very_value() {
    let came = check(&moved("2026-11-27T10:00", "Europe/Berlin"), &[]).run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.starts_with("release.plan:13:16: error[release/friday-deploy] "), "{came:?}");
}

#[test]
fn a_thursday_that_reaches_friday_in_its_zone_stops() {
    let plan = moved("2026-11-26T23:50", "Asia/Tokyo");
    let came = check(&plan, &[]).run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.starts_with("release.plan:13:16: error[release/friday-deploy] "), "{came:?}");
}

#[test]
fn a_freeze_stops_at_the_very_value() {
    let came = check(&moved("2026-12-20T10:00", "Europe/Berlin"), &[]).run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("release.plan:13:16: error[release/freeze] "), "{came:?}");
}

#[test]
fn a_time_that_does_not_exist_stops_at_the_very_value() {
    let came = check(&moved("2027-03-28T02:30", "Europe/Berlin"), &[]).run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("release.plan:13:16: error["), "{came:?}");
}

#[test]
fn json_is_one_object() {
    let arguments = ["check", "release.plan", "--policy", "release.policy", "--at", AT, "--format", "json"];
    let came = Cli::new(&arguments)
        .file("release.plan", moved("2026-11-27T10:00", "Europe/Berlin"))
        .file("release.policy", repository(POLICY))
        .run();
    let report: serde_json::Value = serde_json::from_str(&came.output).unwrap();
    assert_eq!((came.status, came.error.as_str()), (1, ""));
    assert_eq!(report["verdict"], "stop");
    let start = &report["findings"][0]["span"]["start"];
    assert_eq!((&start["line"], &start["column"]), (&13.into(), &16.into()));
    let offset = usize::try_from(start["offset"].as_u64().unwrap()).unwrap();
    let plan = moved("2026-11-27T10:00", "Europe/Berlin");
    assert!(plan.get(offset..).unwrap().starts_with("2026-11-27T10:00"));
}

#[test]
fn what_could_not_be_decided_is_2() {
    let missing = Cli::new(&["check", "nowhere.plan"]).run();
    missing.is(
        2,
        "",
        "error: there is no file `nowhere.plan`\n  help: check the path; paths are seen from the folder you stand in\n",
    );
    let empty = Cli::new(&["check", "--format", "concise"]).run();
    assert_eq!(empty.status, 2, "{empty:?}");
    assert!(empty.output.contains("there is no plan, no policy and no file that a rule speaks of"), "{empty:?}");
    let broken = check("plan x {", &[]).run();
    assert_eq!(broken.status, 2, "{broken:?}");
    let binary = Cli::new(&["check", "a.plan", "--format", "concise"]).file("a.plan", [0xff, 0xfe]).run();
    assert_eq!(binary.status, 2, "{binary:?}");
    assert!(binary.output.contains("`a.plan` cannot be read: it is not UTF-8: byte 0, in line 1"), "{binary:?}");
    let pack = Cli::new(&["check", "--pack", "relaese"]).run();
    pack.is(2, "", "error: there is no pack `relaese`\n  help: did you mean `release`?\n");
    let parameter = check(&checkout(), &["--param", "release.monitorng=30m"]).run();
    assert_eq!(parameter.status, 2, "{parameter:?}");
    assert!(parameter.output.contains("the policy `release` has no parameter `monitorng`"), "{parameter:?}");
    let instant = Cli::new(&["check", "--at", "yesterday"]).run();
    assert_eq!(instant.status, 2, "{instant:?}");
    let usage = Cli::new(&["chekc"]).run();
    assert_eq!(usage.status, 2, "{usage:?}");
}

#[test]
fn files_cut_down_to_nothing_are_2() {
    for policy in
        ["", "# release.policy was here\n", "calendar c { from = 2026-01-01, to = 2026-01-02, zone = \"UTC\" }\n"]
    {
        let came = check(&moved("2026-11-27T10:00", "Europe/Berlin"), &[]).file("release.policy", policy).run();
        assert_eq!(came.status, 2, "{policy:?}: {came:?}");
    }
    let came = check(&checkout(), &["more.plan"]).file("more.plan", "\u{feff}\r\n").run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.output.starts_with("more.plan:1:1: error[document/empty] this file says nothing"), "{came:?}");
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_into_is_not_waited_for() {
    let cli = check(&checkout(), &["pipe.plan"]);
    let made = std::process::Command::new("mkfifo").arg(cli.path("pipe.plan")).status().unwrap();
    assert!(made.success());
    let came = cli.run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.output.contains("`pipe.plan` cannot be read: it is no file"), "{came:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_2() {
    let cli = check(&checkout(), &["--output", "link"]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_stopline"))
        .args(["explain", "--list"])
        .stdout(full)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
    std::os::unix::fs::symlink(cli.path("nowhere"), cli.path("link")).unwrap();
    cli.run().is(2, "", "error: `link` cannot be written: it is a link to nothing\n");
    std::fs::remove_file(cli.path("link")).unwrap();
    std::os::unix::fs::symlink(cli.path("report"), cli.path("link")).unwrap();
    std::fs::write(cli.path("report"), "old").unwrap();
    cli.run().is(0, "", "");
    assert!(cli.path("link").is_symlink());
    assert_eq!(cli.read("report"), "GO    0 errors  (1 file)\n");
    let pipe = check(&checkout(), &["--output", "pipe"]);
    assert!(std::process::Command::new("mkfifo").arg(pipe.path("pipe")).status().unwrap().success());
    let why = "it is no file; without `--output`, the result goes to standard output";
    pipe.run().is(2, "", &format!("error: `pipe` cannot be written: {why}\n"));
    assert!(!pipe.path("pipe").is_file());
}

#[test]
fn many_ignores_are_as_quick_as_few() {
    // With a look at every finding and every comment for each ignore, this would be a matter of minutes.
    let line = |index: usize| format!("  item \"i{index}\" {{}} # stopline: ignore[plan/unsettled-item] why\n");
    let above = "  # stopline: ignore[plan/unsettled-item] why\n".repeat(20_000);
    let items = (0..5_000).map(line).collect::<String>();
    let plan = format!("plan x {{\n  checklist \"c\" {{\n{items}{above}  }}\n}}\n");
    let came = check(&plan, &[]).run();
    let last = came.output.lines().last().unwrap_or_default();
    assert!(last.contains("20000 warnings") && last.contains("5000 waived"), "{last}");
}

#[test]
fn a_choice_without_a_policy_decides_nothing() {
    for (name, text) in [("none.policy", ""), ("none.policy", "calendar c { from = 2026-01-01 }"), ("p.plan", "")] {
        let arguments = ["check", "release.plan", "--policy", name, "--at", AT, "--format", "concise"];
        let came = Cli::new(&arguments).file("release.plan", checkout()).file(name, text).run();
        assert_eq!(came.status, 2, "{came:?}");
        assert!(came.output.contains("error[policy/no-rules] what was chosen to judge by holds no policy"), "{came:?}");
    }
}

#[test]
fn a_policy_that_does_not_judge_needs_no_parameters() {
    let other = "policy q { param a: number rule r { on plan require plan.risk == low and a > 1 message \"no\" } }";
    let came = check(&checkout(), &["other.policy"]).file("other.policy", other).run();
    came.is(0, "GO    0 errors  (2 files)\n", "");
}

#[test]
fn a_pack_named_twice_is_one_pack() {
    let run = |packs: &[&str]| {
        Cli::new(&[&["check", "release.plan", "--at", AT], packs].concat()).file("release.plan", checkout()).run()
    };
    assert_eq!(run(&["--pack", "release", "--pack", "release"]), run(&["--pack", "release"]));
}

#[test]
fn one_unreadable_file_is_one_finding_and_the_rest_goes_on() {
    let came = Cli::new(&["check", "--policy", "release.policy", "--at", AT, "--format", "concise"])
        .file("release.policy", repository(POLICY))
        .file("a.plan", [0xff])
        .file("b.plan", moved("2026-11-27T10:00", "Europe/Berlin"))
        .run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(
        came.output.contains("document/unreadable") && came.output.contains("b.plan:13:16: error[release/friday"),
        "{came:?}"
    );
}

#[test]
fn parameters_are_typed() {
    let came = check(&checkout(), &["--param", "release.monitoring=20m"]).run();
    assert!(came.output.contains("error[release/watched-too-briefly] no watch lasts 20m"), "{came:?}");
    let wrong = check(&checkout(), &["--param", "release.monitoring=20"]).run();
    assert_eq!(wrong.status, 2, "{wrong:?}");
    assert!(wrong.output.contains("expected a duration such as `30m`, found the number `20`"), "{wrong:?}");
}

#[test]
fn the_level_decides_what_stops() {
    let plan =
        checkout().replace("item \"All tests pass\" { run = \"npm run test:all\" }", "item \"All tests pass\" { }");
    let level = |level: &str| check(&plan, &["--fail-on", level]).run().status;
    assert_eq!([level("error"), level("warning"), level("never")], [0, 1, 0]);
}

#[test]
fn a_calendar_file_that_says_nothing_is_2() {
    const EVENT: &str = "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261124\r\nEND:VEVENT\r\n";
    let policy = "policy p {\n  calendar c { ics = \"c.ics\" }\n  rule r \"R\" {\n    on plan\n    forbid plan.window overlaps c\n    message \"closed\"\n  }\n}\n";
    let judged = |calendar: Option<&str>| {
        let cli = check(&checkout(), &[]).file("release.policy", policy);
        if let Some(text) = calendar { cli.file("c.ics", text) } else { cli }.run()
    };
    let calendar = |body: &str| format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n");
    let closed = judged(Some(&calendar(EVENT)));
    assert_eq!(closed.status, 1, "{closed:?}");
    assert!(closed.output.contains("error[p/r] closed"), "{closed:?}");
    let unknown_zone = EVENT.replace(";VALUE=DATE:20261124", ";TZID=Nowhere/Land:20261124T000000");
    for text in
        ["", "garbage", &calendar(""), &calendar(&unknown_zone), calendar(EVENT).trim_end_matches("END:VCALENDAR\r\n")]
    {
        let came = judged(Some(text));
        assert_eq!(came.status, 2, "{text:?}: {came:?}");
    }
    assert_eq!(judged(None).status, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn files_whose_names_look_alike_are_not_taken_for_one() {
    use std::os::unix::ffi::OsStrExt as _;
    let cli = Cli::new(&["check", "--policy", "release.policy", "--at", AT, "--format", "concise"])
        .file("release.policy", repository(POLICY))
        .file("a/b.plan", checkout())
        .file("a\\b.plan", moved("2026-11-27T10:00", "Europe/Berlin"));
    let came = cli.run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.starts_with("a\\b.plan:13:16: error[release/friday-deploy] "), "{came:?}");
    for (name, plan) in [(b"x\xfe.plan", checkout()), (b"x\xff.plan", moved("2026-11-27T10:00", "Europe/Berlin"))] {
        std::fs::write(cli.path("").join(std::ffi::OsStr::from_bytes(name)), plan).unwrap();
    }
    let came = cli.run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.output.contains("its name is not UTF-8"), "{came:?}");
}

#[test]
fn a_plan_in_markdown_is_judged_as_it_stands() {
    let plan = repository("examples/search.plan.md");
    let check = |text: &str| Cli::new(&["check", "--at", AT, "--format", "concise"]).file("a.plan.md", text).run();
    let came = check(&plan);
    assert_eq!((came.status, came.output.as_str()), (0, "GO    0 errors  (1 file)\n"), "{came:?}");
    let came = check(&plan.replace("Tuesday, 2026-11-24", "Friday, 2026-11-27"));
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("a.plan.md:15:19: error[release/friday-deploy]"), "{came:?}");
    let came = check(&plan.replace("**Service**: search\n", ""));
    assert!(came.output.contains("a.plan.md:1:3: error[plan/missing-attribute] `service` is missing"), "{came:?}");
    let came = check(&plan.replace("**Platform**", "**Platfrom**"));
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.output.contains("a.plan.md:10:3: error[plan/not-understood] a plan has no `Platfrom`"), "{came:?}");
    // What takes a step back is not missing where it could not be read.
    let undo = "Undo:\n\n```bash\nkubectl rollout undo deployment/search\n```";
    let came = check(&plan.replace(undo, "Undo: ask Tom"));
    assert!(came.output.contains(": error[plan/not-understood] `Undo` holds no command\nSTOP  1 error, 1"), "{came:?}");
    let beside = "1. Up: `./up.sh`\n- Undo: `./down.sh`\n";
    let came = check(&plan.replace("### Shift", &format!("{beside}\n### Shift")));
    assert!(
        came.output.contains("`Undo` stands beside the steps, where it would be one itself\nSTOP  1 error, 1"),
        "{came:?}"
    );
    let came = check(&plan.replace(undo, ""));
    assert!(came.output.contains("error[plan/missing-undo]"), "{came:?}");
    let empty = check("\n");
    assert_eq!(empty.status, 2, "{empty:?}");
}

#[test]
fn what_a_plan_in_markdown_nearly_says_is_undecided_and_compiles_to_nothing() {
    let plan = repository("examples/search.plan.md");
    let undo = "Undo:\n\n```bash\nkubectl rollout undo deployment/search\n```";
    let hold = "```stopline\nhold go-live { by = [approvers] }\n```";
    for (from, to, place) in [
        (hold, "**Hold**: go-live by approvers", "52:3"),
        (hold, "```yaml\nhold: go-live\nby: [approvers]\n```", "52:1"),
        ("```bash\nkubectl set", "```console\n$ kubectl set", "58:1"),
        (undo, "Undo: not possible", "63:7"),
        ("## Rollback plan", "## Rolback plan", "77:4"),
        ("**Timeout**: 10", "**Time out**: 10", "69:3"),
    ] {
        assert!(plan.contains(from), "{from}");
        let cli = Cli::new(&["check", "a.plan.md", "--at", AT, "--format", "concise"])
            .file("a.plan.md", plan.replacen(from, to, 1));
        let came = cli.run();
        let wanted = format!("a.plan.md:{place}: error[plan/not-understood] ");
        assert!(came.status == 2 && came.output.contains(&wanted), "{to}: {came:#?}");
        let compiled = cli.again(&["compile", "a.plan.md", "--at", AT, "--to", "bash", "-o", "a.sh"]).run();
        assert!(compiled.status == 2 && !cli.holds("a.sh"), "{to}: {compiled:#?}");
    }
    let check = |from: &str, to: &str| {
        let cli = Cli::new(&["check", "a.plan.md", "--at", AT, "--format", "concise"]);
        cli.file("a.plan.md", plan.replacen(from, to, 1)).run()
    };
    // Another way to write the same is the same; what says nothing is missing.
    check("```stopline\nhold", "```Stopline\nhold").is(0, "GO    0 errors  (1 file)\n", "");
    check("```bash\nkubectl set", "```Bash\nkubectl set").is(0, "GO    0 errors  (1 file)\n", "");
    let came = check(undo, "Undo: n/a");
    assert!(came.status == 1 && came.output.contains("error[plan/missing-undo]"), "{came:#?}");
}

#[test]
fn no_policy_of_a_folder_is_left_out() {
    let policy = repository(POLICY);
    let folder = |path: &str| {
        Cli::new(&["check", "release.plan", "--policy", "rules", "--at", AT, "--format", "concise"])
            .file("release.plan", moved("2026-11-27T10:00", "Europe/Berlin"))
            .file(
                "rules/other.policy",
                policy.replace("policy release", "policy other").replace("friday\n", "monday\n"),
            )
            .file(".gitignore", "*.policy\n!other.policy\n")
            .file(path, &policy)
            .run()
    };
    for path in ["rules/release.policy", "rules/.team/release.policy", "rules/RELEASE.POLICY"] {
        let came = folder(path);
        assert!(came.output.contains("release.plan:13:16: error[release/friday-deploy] "), "{path}: {came:?}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_passed_over_is_said_to_whoever_asks() {
    let policy = |name: &str| format!("policy {name} {{ rule r {{ on plan require false message \"no\" }} }}\n");
    let plan =
        "plan x {\n  service = \"s\"\n  environment = staging\n  phase prepare { step a { run = \"true\" } }\n}\n";
    let cli = |arguments: &[&str]| {
        let cli = Cli::new(arguments)
            .file("x.plan", plan)
            .file("old/b.policy", policy("b"))
            .file(".gitignore", "old/\n")
            .file(".git/c.policy", policy("c"));
        let shared = tempfile::tempdir_in(cli.path("..")).unwrap();
        std::fs::write(shared.path().join("d.policy"), policy("d")).unwrap();
        let cli = cli.link("shared", shared.path().to_str().unwrap()).link("round", ".").link("again", "old");
        (cli.run(), shared)
    };
    let (quiet, _shared) = cli(&["check"]);
    quiet.is(0, "GO    0 errors  (1 file)\n", "");
    let (verbose, _shared) = cli(&["check", "--verbose"]);
    assert_eq!((verbose.status, verbose.output.as_str()), (0, "GO    0 errors  (1 file)\n"));
    let said: Vec<&str> = verbose.error.lines().filter(|line| line.starts_with("passed over")).collect();
    assert_eq!(
        said,
        [
            "passed over `again/b.policy`: it lies behind a link to a folder",
            "passed over `old/b.policy`: it is ignored, by `.gitignore` or `.ignore`",
            "passed over `shared/d.policy`: it lies behind a link to a folder",
        ]
    );
    let (chosen, _shared) = cli(&["check", "x.plan", "--policy", "."]);
    for rule in ["b/r", "d/r"] {
        assert!(chosen.output.contains(&format!("error[{rule}]")), "{chosen:?}");
    }
    assert!(!chosen.output.contains("policy/duplicate-policy"), "{chosen:?}");
}

#[test]
fn gitignore_counts_and_the_order_is_fixed() {
    let cli = Cli::new(&["check", "--policy", "release.policy", "--at", AT, "--format", "concise"])
        .file(".gitignore", "old/\n")
        .file("release.policy", repository(POLICY))
        .file("old/x.plan", "plan")
        .file("b.plan", moved("2026-11-27T10:00", "Europe/Berlin"))
        .file("a.plan", moved("2026-11-27T10:00", "Europe/Berlin"));
    let came = cli.run();
    let paths: Vec<&str> = came.output.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(&paths[..2], ["a.plan", "b.plan"], "{came:?}");
    assert_eq!(came.status, 1, "{came:?}");
    assert_eq!(came, cli.run());
}

#[test]
fn standard_input_has_a_name() {
    let came = Cli::new(&["check", "-", "--stdin-name", "deploy/x.plan", "--pack", "release", "--format", "concise"])
        .input("plan x { service = 1 }")
        .run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("deploy/x.plan:1:20: error[plan/type-mismatch]"), "{came:?}");
}

#[test]
fn standard_input_is_not_taken_for_a_file() {
    for paths in [["x.plan", "-"], ["-", "-"]] {
        let came = Cli::new(&[&["check", "--stdin-name", "x.plan"], paths.as_slice()].concat())
            .file("x.plan", checkout())
            .input("plan x { service = 1 }")
            .run();
        came.is(
            2,
            "",
            "error: standard input is called `x.plan`, and that was read already\n  help: name standard input once, or give it another name with `--stdin-name`\n",
        );
    }
}

#[test]
fn a_report_is_written_whole() {
    let cli = check(&checkout(), &["--output", "report.txt"]);
    cli.run().is(0, "", "");
    assert_eq!(cli.read("report.txt"), "GO    0 errors  (1 file)\n");
    let nowhere = check(&checkout(), &["--output", "missing/report.txt"]);
    assert_eq!(nowhere.run().status, 2);
    assert!(!nowhere.holds("missing"));
}

#[test]
fn a_plan_uses_the_procedure_of_its_own_file() {
    let text = |step: &str| {
        format!(
            "procedure go() {{ step {step} {{ run = \"true\", undo = \"true\" }} }}\nplan {step} {{ service = \"s\", environment = staging\n phase deploy {{ use go {{}} }} }}\n"
        )
    };
    Cli::new(&["check"]).file("a.plan", text("a")).file("b.plan", text("b")).run().is(
        0,
        "GO    0 errors  (2 files)\n",
        "",
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_not_waited_for() {
    let came = Cli::new(&["check", "--format", "concise"]).link("endless.plan", "/dev/zero").run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.output.contains("`endless.plan` cannot be read: it is no file"), "{came:?}");
}

#[test]
fn policies_that_judge_together_are_held_against_each_other() {
    let rule = |policy: &str, day: &str| {
        format!(
            "policy {policy} {{\n  rule r \"R\" {{\n    on plan\n    forbid plan.window overlaps {day}\n    message \"no\"\n  }}\n}}\n"
        )
    };
    let others = "[saturday, sunday, monday, tuesday, wednesday, thursday]";
    let checked = |arguments: &[&str]| {
        Cli::new(arguments).file("a.policy", rule("a", "friday")).file("b.policy", rule("b", others)).run()
    };
    let together = checked(&["check", "--format", "concise"]);
    assert_eq!(together.status, 1, "{together:?}");
    assert!(
        together
            .output
            .contains("b.policy:4:12: error[policy/contradicting-rules] no plan can pass both `a/r` and `b/r`"),
        "{together:?}"
    );
    // One that does not judge has nothing to say about the other.
    checked(&["check", "--policy", "a.policy", "--format", "concise"]).is(0, "GO    0 errors  (2 files)\n", "");
}

#[test]
fn nobody_knows_what_a_rule_with_a_mistake_uses() {
    let policy = |field: &str| {
        format!(
            "policy p {{\n  param most: number = 3 \"m\"\n  rule r \"R\" {{\n    on plan\n    require count(plan.{field}) <= most\n    message \"no\"\n  }}\n  rule s \"S\" {{\n    on plan\n    require plan.ticket exists\n    message \"no\"\n  }}\n}}\n"
        )
    };
    let came = |field: &str| Cli::new(&["check", "--format", "concise"]).file("p.policy", policy(field)).run();
    assert_eq!(came("changes").status, 0);
    let mistaken = came("chnges");
    assert!(mistaken.status == 2 && !mistaken.output.contains("unused-parameter"), "{mistaken:?}");
}

#[test]
fn a_friday_only_rule_is_held_against_the_packs_that_judge_the_same_run() {
    let policy = "policy ours {\n  rule friday-only {\n    on plan when plan.environment == production\n    \
                  require plan.window overlaps friday\n    message \"not on a Friday\"\n  }\n}\n";
    let checked = |arguments: &[&str]| {
        Cli::new(&[&["check", "--format", "concise"], arguments].concat()).file("ours.policy", policy).run()
    };
    let beside = checked(&[]);
    assert_eq!(beside.status, 1, "{beside:?}");
    assert_eq!(
        beside.output,
        "ours.policy:4:13: error[policy/contradicting-rules] no plan that both apply to can pass \
         `release/friday-deploy` and `ours/friday-only`\nSTOP  1 error  (1 file)\n"
    );
    // Where it judges alone, there is nothing to exclude.
    checked(&["--policy", "ours.policy"]).is(0, "GO    0 errors  (1 file)\n", "");
}

/// Whoever names a plan wants it judged as one; by another name it would be one text of many, and the run would end with GO.
#[test]
fn a_plan_that_is_not_called_one_leaves_the_run_undecided() {
    let yaml = "plan: x\nservice: s\nenvironment: production\n";
    let wanted = "release.yaml:2:1: error[plan/misnamed] `release.yaml` reads like a plan, and is taken for none: the name of a plan ends in `.plan.yaml`\n";
    let named = Cli::new(&["check", "release.yaml", "--format", "concise"]).file("release.yaml", yaml).run();
    assert!(named.status == 2 && named.output.starts_with(wanted), "{named:?}");
    let arguments = ["check", "-", "--stdin-name", "release.yaml", "--format", "concise"];
    let given = Cli::new(&arguments).input(yaml).run();
    assert!(given.status == 2 && given.output.starts_with(wanted), "{given:?}");
    let prose = "# Release\n**Service**: shop\n**Environment**: production\n";
    let named = Cli::new(&["check", "release.md", "--format", "concise"]).file("release.md", prose).run();
    assert!(named.status == 2 && named.output.contains("ends in `.plan.md`"), "{named:?}");
    let unnamed = Cli::new(&["check", "--format", "concise"]).file("docs/release.md", prose).file("a.txt", "a\n").run();
    assert_eq!(unnamed.status, 0, "{unnamed:?}");
}

#[test]
fn a_summary_counts_what_was_found_whatever_is_shown() {
    let plan = "plan x {\n  environment = staging\n  phase prepare { step a { run = \"true\" } }\n}\n";
    let check = |more: &[&str]| {
        let cli =
            Cli::new(&[&["check", "--pack", "release", "--fail-on", "never"], more].concat()).file("x.plan", plan);
        let came = cli.run();
        assert_eq!(came.status, 0, "{came:?}");
        came.output
    };
    let verdict = |output: &str| output.lines().last().unwrap().to_owned();
    let loud = check(&["--format", "concise"]);
    assert!(verdict(&loud).starts_with("GO    1 error"), "{loud}");
    let quiet = check(&["--format", "concise", "--quiet"]);
    assert_eq!(quiet.lines().collect::<Vec<_>>(), [verdict(&loud)]);
    let json = check(&["--format", "json", "--quiet"]);
    assert!(json.contains("\"errors\": 1") && json.contains("\"findings\": []"), "{json}");
}
