//! Where results go: what `--output` names, alike on every verb, and which options of `compile` mean something together.

use crate::door::Cli;

const PLAN: &str =
    "plan x {\n  service = \"s\"\n  environment = staging\n  phase prepare { step a { run = \"true\" } }\n}\n";

fn stopline(arguments: &[&str]) -> Cli {
    Cli::new(arguments).file("x.plan", PLAN).file("list.md", "# Release\n\n- [ ] Tests pass\n")
}

#[test]
fn a_dash_is_standard_output_on_every_verb() {
    let verbs: [&[&str]; 4] = [
        &["check", "--pack", "release"],
        &["compile", "x.plan", "--to", "bash"],
        &["compile", "x.plan", "--explain"],
        &["import", "list.md"],
    ];
    for verb in verbs {
        let plain = stopline(verb).run();
        let cli = stopline(&[verb, &["--output", "-"]].concat());
        assert_eq!(cli.run(), plain, "{verb:?}");
        assert!(plain.status == 0 && !plain.output.is_empty() && !cli.holds("-"), "{verb:?}: {plain:?}");
    }
    let cli = stopline(&["compile", "x.plan", "--to", "bash", "-o", "./-"]);
    cli.run().is(0, "", "");
    assert!(cli.read("./-").starts_with("#!"));
}

#[test]
fn a_baseline_is_a_file() {
    let cli = stopline(&["check", "--pack", "release", "--write-baseline", "-"]);
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
    assert_eq!(
        came.error,
        "error: `-` cannot be written: `-` names no file\n  help: name a file; one that is called `-` is `./-`\n"
    );
    assert!(!cli.holds("-"));
}

#[test]
fn a_script_that_is_not_there_yet_is_said_with_the_way_to_make_it() {
    let check = stopline(&["compile", "x.plan", "--to", "bash", "-o", "x.sh", "--check"]);
    let came = check.run();
    assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
    assert_eq!(
        came.error,
        "error: `x.sh` cannot be read: No such file or directory (os error 2)\n  help: the same command without `--check` writes it\n"
    );
    check.again(&["compile", "x.plan", "--to", "bash", "-o", "x.sh"]).run().is(0, "", "");
    check.run().is(0, "", "");
    let came = stopline(&["compile", "x.plan", "--to", "bash", "-o", "-", "--check"]).run();
    assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
    assert!(came.error.contains("`-` names none\n  help: name the file with `--output`"), "{came:?}");
}

#[test]
fn a_script_is_named_for_what_calls_it() {
    for target in ["bash", "markdown", "html"] {
        let came = stopline(&["compile", "x.plan", "--to", target, "--script", "deploy/x.sh"]).run();
        assert_eq!((came.status, came.output.as_str()), (2, ""), "{target}: {came:?}");
        assert_eq!(
            came.error,
            "error: `--script` is for `--to github`, `--to gitlab` and `--to ansible`\n  help: say one of the three, or leave it out; where the result is written says `--output`\n"
        );
    }
    for target in ["github", "gitlab", "ansible"] {
        let came = stopline(&["compile", "x.plan", "--to", target, "--script", "deploy/x.sh"]).run();
        assert!(came.status == 0 && came.output.contains("deploy/x.sh"), "{target}: {came:?}");
    }
}

const GOOD: &str = "plan a {\n  service = \"x\"\n  environment = staging\n  phase deploy { step up { run = \"t\", undo = \"t\", timeout = 1m } }\n}\n";
const POLICY: &str =
    "policy p \"P\" {\n  rule r \"R\" {\n    on plan\n    require plan.service != \"y\"\n    message \"m\"\n  }\n}\n";

fn inputs(arguments: &[&str]) -> Cli {
    let cli = Cli::new(arguments).file("good.plan", GOOD).file("p.policy", POLICY).file("l.md", "- [ ] Tests pass\n");
    cli.file("a.json", "{\"debug\": true}\n").file("baseline.json", NO_FINDINGS).file("stopline.toml", "exclude = []\n")
}

const NO_FINDINGS: &str = "{\"schema\": \"stopline.baseline/1\", \"findings\": []}\n";

#[test]
fn a_result_never_takes_the_place_of_what_it_was_made_of() {
    let cases: [(&[&str], &str); 10] = [
        (&["check", "good.plan", "-o", "good.plan"], "good.plan"),
        (&["check", "good.plan", "-o", "./sub/../good.plan"], "good.plan"),
        (&["check", "--pack", "secrets", "a.json", "-o", "a.json"], "a.json"),
        (&["check", "--policy", "p.policy", "good.plan", "-o", "p.policy"], "p.policy"),
        (&["check", "good.plan", "-o", "stopline.toml"], "stopline.toml"),
        (&["check", "good.plan", "--baseline", "baseline.json", "-o", "baseline.json"], "baseline.json"),
        (&["check", "good.plan", "--write-baseline", "good.plan"], "good.plan"),
        (&["check", "good.plan", "--diff", "-o", "good.plan"], "good.plan"),
        (&["compile", "good.plan", "--to", "bash", "-o", "good.plan"], "good.plan"),
        (&["import", "l.md", "-o", "l.md"], "l.md"),
    ];
    for (arguments, kept) in cases {
        let cli = inputs(arguments).file("sub/x", "");
        let before = cli.read(kept);
        let came = cli.run();
        assert_eq!((came.status, came.output.as_str()), (2, ""), "{arguments:?}: {came:?}");
        let last = arguments.last().unwrap();
        let because = if *last == kept { "this run reads it" } else { "it is `good.plan`, which this run reads" };
        let message =
            format!("error: `{last}` is not overwritten: {because}\n  help: name another file for the result\n");
        assert_eq!(came.error, message, "{arguments:?}");
        assert_eq!(cli.read(kept), before, "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_what_a_result_is_made_of_is_no_place_for_it() {
    let cli = inputs(&["check", "good.plan", "-o", "report.txt"]).link("report.txt", "good.plan");
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
    assert!(
        came.error.contains("`report.txt` is not overwritten: it is `good.plan`, which this run reads"),
        "{came:?}"
    );
    assert_eq!(cli.read("good.plan"), GOOD);
}

#[test]
fn the_report_of_the_last_run_is_written_again() {
    let cli = inputs(&["check", "--format", "json", "-o", "report.json"]);
    let came = cli.run();
    assert!(came.status == 0 && cli.holds("report.json"), "{came:?}");
    assert_eq!(cli.run(), came);
}

#[test]
fn a_baseline_is_written_over_a_baseline_alone_and_never_over_the_report() {
    for text in ["precious\n", "{\"schema\": \"x\", \"findings\": []}"] {
        let cli = inputs(&["check", "good.plan", "--write-baseline", "notes.txt"]).file("notes.txt", text);
        let came = cli.run();
        assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
        assert!(came.error.starts_with("error: `notes.txt` is not overwritten: it is no baseline: "), "{came:?}");
        assert!(came.error.contains("help: name another file with `--write-baseline`, or delete this one"), "{came:?}");
        assert_eq!(cli.read("notes.txt"), text);
    }
    for (name, text) in [("baseline.json", NO_FINDINGS), ("empty.json", "")] {
        let came = inputs(&["check", "good.plan", "--write-baseline", name]).file(name, text).run();
        assert_eq!(came.status, 0, "{came:?}");
    }
    let cli = inputs(&["check", "good.plan", "-o", "new.json", "--write-baseline", "./new.json"]);
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
    assert!(came.error.contains("`./new.json` cannot hold the report and the baseline, too"), "{came:?}");
    assert!(!cli.holds("new.json"));
}

#[test]
fn a_script_that_no_pipeline_can_call_is_named_with_the_way_to_say_another() {
    for target in ["github", "gitlab", "ansible"] {
        let cli = Cli::new(&["compile", "sp ace.plan", "--to", target]).file("sp ace.plan", PLAN);
        let came = cli.run();
        let message = "error: the script's path `sp ace.sh` is not a plain path inside the repository\n  help: say with `--script` where the script will stand, in letters, digits, `.`, `_`, `-` and `/`\n";
        assert_eq!((came.status, came.output.as_str()), (2, ""), "{came:?}");
        assert!(came.error.ends_with(message), "{came:?}");
    }
}
