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
