//! `stopline check --baseline` and `--write-baseline`.

use crate::door::Cli;

const POLICY: &str = r#"policy p "P" {
  rule debug "Debugging is on" {
    severity = error
    on json in "a.json", "b.json" as site
    forbid (site.debug ?? false) == true
    at site.debug
    message "`debug` is on"
  }
}
"#;
const ON: &str = "{\n  \"debug\": true\n}\n";

const A_PLAN: &str = "plan a {\n  service = \"x\"\n  environment = staging\n  phase deploy {\n    step up { run = \"t\", undo = \"t\", timeout = 1m }\n  }\n}\n";

fn check(more: &[&str]) -> Cli {
    Cli::new(&[&["check", "--policy", "p.policy", "--format", "concise"], more].concat()).file("p.policy", POLICY)
}

fn again<'a>(cli: &'a Cli, more: &[&'a str]) -> (i32, String, String) {
    let came = cli.again(&[&["check", "--policy", "p.policy", "--format", "concise"], more].concat()).run();
    (came.status, came.output, came.error)
}

#[test]
fn what_is_listed_may_move_and_what_is_new_is_said() {
    let cli = check(&["--write-baseline", "baseline.json"]).file("a.json", ON);
    let came = cli.run();
    came.is(0, "GO    0 errors  (2 files)\n", "1 of the baseline baseline.json are not shown\n");
    let cli = cli.file("a.json", format!("\n\n{ON}")).file("b.json", ON);
    let (status, output, _) = again(&cli, &["--baseline", "baseline.json"]);
    assert_eq!(status, 1, "{output}");
    assert_eq!(output, "b.json:2:12: error[p/debug] `debug` is on\nSTOP  1 error  (3 files)\n");
}

#[test]
fn what_is_mended_leaves_an_entry_that_is_said_where_all_was_judged() {
    let cli = check(&["--write-baseline", "baseline.json"]).file("a.json", ON);
    assert_eq!(cli.run().status, 0);
    let cli = cli.file("a.json", "{\"debug\": false}\n").file("b.json", "{}\n");
    let (status, output, _) = again(&cli, &["--baseline", "baseline.json"]);
    assert_eq!(status, 0, "{output}");
    assert!(
        output.contains("warning[waiver/unused-entry] `p/debug` does not find this in `a.json` any more"),
        "{output}"
    );
    let (_, output, _) = again(&cli, &["--baseline", "baseline.json", "b.json"]);
    assert!(!output.contains("unused-entry"), "{output}");
}

#[test]
fn what_the_repository_has_settled_counts_unless_another_is_named() {
    let cli = check(&["--write-baseline", "deploy/old.json"]).file("a.json", ON).file("deploy/x.json", "{}");
    assert_eq!(cli.run().status, 0);
    let cli = cli.file("stopline.toml", "baseline = \"deploy/old.json\"\n").file("sub/b.json", "{}");
    assert_eq!(again(&cli, &[]).0, 0);
    assert_eq!(again(&cli, &["--no-config"]).0, 1);
    let (status, output, error) = again(&cli, &["--baseline", "other.json"]);
    assert_eq!((status, output.as_str()), (2, ""), "{error}");
    let cli = cli.file("stopline.toml", "baseline = \"gone.json\"\n");
    let (status, _, error) = again(&cli, &[]);
    assert_eq!(status, 2);
    assert!(error.starts_with("error: the baseline `gone.json` cannot be read: "), "{error}");
}

#[test]
fn what_could_not_be_decided_is_never_left_out() {
    let cli = check(&["--write-baseline", "baseline.json"]).file("a.json", "{\"debug\": \n");
    assert_eq!(cli.run().status, 2);
    let (status, output, _) = again(&cli, &["--baseline", "baseline.json"]);
    assert_eq!(status, 2, "{output}");
    assert!(output.contains("a.json"), "{output}");
}

#[test]
fn a_rule_that_could_not_be_decided_is_never_left_out_or_made_light_of() {
    let policy = "policy u {\n  rule f {\n    on plan\n    forbid plan.window overlaps friday\n    at plan.id\n    message \"touches a Friday\"\n  }\n}\n";
    let undecided = "a.plan:1:6: error[u/f] `window` is missing, so `u/f` cannot be decided\nSTOP  1 error  (1 file)\n";
    let cli =
        Cli::new(&["check", "a.plan", "--policy", "u.policy", "--format", "concise", "--write-baseline", "b.json"])
            .file("a.plan", A_PLAN)
            .file("u.policy", policy);
    cli.run().is(1, undecided, "");
    let check = ["check", "a.plan", "--policy", "u.policy", "--format", "concise"];
    cli.again(&[&check[..], &["--baseline", "b.json"]].concat()).run().is(1, undecided, "");
    for level in ["note", "warning", "never"] {
        cli.again(&[&check[..], &["--fail-on", level]].concat()).run().is(1, undecided, "");
    }
    let cli = cli.file("stopline.toml", "[severity]\n\"u/f\" = \"note\"\n");
    cli.again(&check).run().is(1, undecided, "");
}

#[test]
fn what_lets_pass_says_that_it_lets_nothing_undecided_pass() {
    let policy =
        "policy u {\n  rule f {\n    on plan\n    forbid plan.window overlaps friday\n    message \"m\"\n  }\n}\n";
    let cli = Cli::new(&["check", "a.plan", "--policy", "u.policy"])
        .file("a.plan", format!("# stopline: ignore[u/f] x\n{A_PLAN}"))
        .file("u.policy", policy);
    let came = cli.run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("never what could not be decided"), "{came:?}");
    let came = cli.again(&["compile", "a.plan", "--to", "bash", "--policy", "u.policy"]).run();
    assert_eq!((came.status, came.output.as_str()), (1, ""), "{came:?}");
}

#[test]
fn a_baseline_that_is_none_is_said() {
    let cli = check(&["--baseline", "baseline.json"]).file("a.json", ON);
    let missing = cli.run();
    assert_eq!((missing.status, missing.output.as_str()), (2, ""));
    assert!(missing.error.contains("`stopline check --write-baseline baseline.json`"), "{missing:?}");
    for (text, because) in
        [("{", "EOF"), ("{\"schema\": \"x\", \"findings\": []}", "stopline.baseline/1"), ("[]", "invalid")]
    {
        let came = check(&["--baseline", "baseline.json"]).file("a.json", ON).file("baseline.json", text).run();
        assert_eq!((came.status, came.output.as_str()), (2, ""), "{text}");
        assert!(came.error.contains("is no baseline: ") && came.error.contains(because), "{came:?}");
    }
}

#[test]
fn no_secret_is_in_a_baseline() {
    let secret = "kX9-plum-42-Zebra";
    let cli = Cli::new(&["check", "--pack", "secrets", "--write-baseline", "baseline.json"])
        .file("a.json", format!("{{\"db_password\": \"{secret}\"}}\n"));
    let came = cli.run();
    assert_eq!(came.status, 0, "{came:?}");
    let listed = cli.read("baseline.json");
    assert!(listed.contains("secrets/") && !listed.contains("plum"), "{listed}");
}
