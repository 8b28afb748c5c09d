//! `stopline check --fix`, `--unsafe-fixes` and `--diff`.

use crate::door::{Came, Cli};

const POLICY: &str = r#"policy p "P" {
  rule debug "Debugging is on" {
    severity = error
    on json in "*.json" as site
    require site.debug == false
    at site.debug
    message "`debug` is on"
    fix set site.debug = false
  }
  rule replicas "One is none" {
    severity = error
    on yaml in "*.yaml" as app
    require app.spec.replicas >= 2
    at app.spec.replicas
    message "{app.spec.replicas} is too few"
    fix set app.spec.replicas = 2
  }
  rule tokens "nginx tells its version" {
    severity = error
    on nginx.server in "*.conf" as server
    require server.server_tokens == "off"
    at server.server_tokens
    message "nginx tells its version"
    fix set server.server_tokens = "off"
  }
  rule level "Noise" {
    severity = error
    on env in ".env" as env
    forbid (env.LOG_LEVEL ?? "info") == "debug"
    at env.LOG_LEVEL
    message "noise"
    fix set env.LOG_LEVEL = "info"
  }
}
"#;

const JSON: &str = "{\r\n\t\"debug\" : true,\r\n\t\"🚀\": 1\r\n}";
const YAML: &str = "a: 1\n---\nspec: # what\n    name: 'x' # why\n    # last\n";
const NGINX: &str = "http {\n  server {\n    listen 80; # one\n    server_tokens  \"on\"; # why\n  }\n  server {\n    listen 81;\n  }\n}\n";

fn check(more: &[&str]) -> Cli {
    Cli::new(&[&["check", "--policy", "p.policy", "--format", "concise"], more].concat()).file("p.policy", POLICY)
}

fn again(cli: &Cli, more: &[&str]) -> Came {
    cli.again(&[&["check", "--policy", "p.policy", "--format", "concise"], more].concat()).run()
}

/// The verdict is the last line.
fn ends(came: &Came, verdict: &str) {
    assert!(came.output.ends_with(verdict), "{came:?}");
}

#[test]
fn what_a_service_does_is_changed_only_on_demand_and_nothing_else_of_its_files() {
    let cli = check(&["--fix"])
        .file("a.json", JSON)
        .file("n.conf", NGINX)
        .file(".env", "# e\nexport LOG_LEVEL='debug' # d\n");
    let came = cli.run();
    assert_eq!((came.status, came.error.as_str()), (1, ""), "{came:?}");
    assert_eq!((cli.read("a.json").as_str(), cli.read("n.conf").as_str()), (JSON, NGINX));
    let came = again(&cli, &["--fix", "--unsafe-fixes"]);
    assert_eq!(came.error, "fixed 1 in .env\nfixed 1 in a.json\nfixed 2 in n.conf\n");
    ends(&came, "GO    0 errors, 1 note, 4 fixed  (4 files)\n");
    assert_eq!(cli.read("a.json"), JSON.replace("true", "false"));
    assert_eq!(cli.read(".env"), "# e\nexport LOG_LEVEL='info' # d\n");
    let off = NGINX.replace("\"on\"", "\"off\"").replace("listen 81;\n", "listen 81;\n    server_tokens off;\n");
    assert_eq!(cli.read("n.conf"), off);
    let came = again(&cli, &["--fix", "--unsafe-fixes"]);
    assert_eq!(came.error, "");
    ends(&came, "GO    0 errors, 1 note  (4 files)\n");
}

#[test]
fn a_difference_is_shown_and_nothing_is_written() {
    let cli = check(&["--diff", "--unsafe-fixes"]).file("k.yaml", YAML.replace("a: 1\n---\n", ""));
    cli.run().is(
        1,
        "--- k.yaml\n+++ k.yaml\n@@ -1,3 +1,4 @@\n spec: # what\n     name: 'x' # why\n+    replicas: 2\n     # last\n",
        "would fix 1 in 1 file\n",
    );
    assert_eq!(cli.read("k.yaml"), YAML.replace("a: 1\n---\n", ""));
    let handed = again(&cli, &["--diff", "--unsafe-fixes", "--output", "-"]);
    assert!(handed.status == 1 && handed.output.starts_with("--- k.yaml\n") && !cli.holds("-"), "{handed:?}");
    again(&cli, &["--diff"]).is(
        0,
        "",
        "no fix would change anything; whether it may go is what `stopline check` says\n",
    );
}

#[test]
fn slips_that_can_be_meant_in_one_way_are_safe() {
    let slips = "// what\nplan x {\n  service: 'shop';\n  environment := staging\n  window { start = 2030-1-5T10:00, duration = 1_0m }\n  timeout 5m\n}\n";
    let cli = Cli::new(&["check", "--fix", "--format", "concise"]).file("a.plan", slips);
    let came = cli.run();
    assert_eq!(came.error.lines().next().unwrap().split(" in ").last(), Some("a.plan"), "{came:?}");
    let text = cli.read("a.plan");
    assert!(text.starts_with("# what\nplan x {\n  service = \"shop\"\n  environment = staging\n"), "{text}");
    assert!(text.contains("timeout = 5m\n"), "{text}");
}

#[test]
fn a_condition_is_mended_too() {
    let policy = "policy q \"Q\" {\n  rule r \"R\" {\n    severity = error\n    on plan\n    require plan.risk = low&&!(plan.urgent exists)\n    message = \"no\"\n  }\n}\n";
    let cli = Cli::new(&["check", "--fix", "q.policy"]).file("q.policy", policy);
    let came = cli.run();
    assert!(came.error.contains("in q.policy"), "{came:?}");
    let text = cli.read("q.policy");
    assert!(text.contains("require plan.risk == low and not (plan.urgent exists)\n    message \"no\"\n"), "{text}");
}

#[test]
fn a_guess_is_made_only_on_demand() {
    let text = "plan x {\n  service     = \"s\"\n  environment = stagin\n}\n";
    let cli = Cli::new(&["check", "--fix"]).file("a.plan", text);
    assert!(cli.run().output.contains("\n1 fixable with `--fix --unsafe-fixes`\n"));
    assert_eq!(cli.read("a.plan"), text);
    let came = cli.again(&["check", "--fix", "--unsafe-fixes"]).run();
    assert_eq!(came.error, "fixed 1 in a.plan\n", "{came:?}");
    assert_eq!(cli.read("a.plan"), text.replace("stagin", "staging"));
}

#[test]
fn a_comma_of_json_is_mended_and_the_file_is_judged() {
    let cli = check(&["--fix"]).file("a.json", "{\n  \"debug\": false\n  \"b\": [1, 2,],\n}\n");
    let came = cli.run();
    assert_eq!(came.error, "fixed 3 in a.json\n");
    ends(&came, "GO    0 errors, 3 notes, 3 fixed  (2 files)\n");
    assert_eq!(cli.read("a.json"), "{\n  \"debug\": false,\n  \"b\": [1, 2]\n}\n");
}

#[test]
fn an_ignore_that_nothing_needs_goes() {
    let text = "# stopline: ignore[p/replicas] old\nspec:\n  replicas: 2 # stopline: ignore[p/replicas] older\n";
    let cli = check(&["--fix"]).file("k.yaml", text);
    let came = cli.run();
    assert_eq!(came.error, "fixed 2 in k.yaml\n");
    ends(&came, "GO    0 errors, 3 notes, 2 fixed  (2 files)\n");
    assert_eq!(cli.read("k.yaml"), "spec:\n  replicas: 2\n");
}

/// Nobody but a person knows that no other run needs what somebody has signed.
#[test]
fn a_waiver_that_nothing_needs_goes_only_on_demand() {
    let waiver = |rule: &str, until: &str| {
        format!("waive {rule} {{\n  path = \"a.json\" # all\n  reason = \"r\"\n  by = @a\n  until = {until}\n}}\n")
    };
    let [debug, level, old] = [("p/debug", "2999-01-01"), ("p/level", "2999-01-01"), ("p/level", "2020-01-01")]
        .map(|(rule, until)| waiver(rule, until));
    let text = format!("# ours\n{level}\n# for the site\n{debug}\n{old}");
    let cli = check(&["--fix"]).file("a.json", JSON).file("w.policy", &text);
    let came = cli.run();
    assert_eq!((came.status, cli.read("w.policy").as_str()), (1, text.as_str()), "{came:?}");
    assert!(came.output.contains("the waiver of `p/level` ended on 2020-01-01"), "{came:?}");
    let came = again(&cli, &["--fix", "--unsafe-fixes"]);
    assert_eq!(came.error, "fixed 2 in w.policy\n", "{came:?}");
    ends(&came, "GO    0 errors, 3 notes, 1 waived, 2 fixed  (3 files)\n");
    assert_eq!(cli.read("w.policy"), format!("# ours\n\n# for the site\n{debug}"));
}

#[test]
fn what_is_waived_or_listed_is_let_be() {
    let waived = "waive p/debug {\n  path = \"a.json\"\n  reason = \"r\"\n  by = @a\n  until = 2999-01-01\n}\n";
    let cli = check(&["--fix", "--unsafe-fixes", "a.json", "w.policy"]).file("a.json", JSON).file("w.policy", waived);
    let came = cli.run();
    assert_eq!((came.error.as_str(), cli.read("a.json").as_str()), ("", JSON), "{came:?}");
    let cli = check(&["--write-baseline", "b.json", "c.json"]).file("c.json", JSON);
    assert_eq!(cli.run().status, 0);
    let came = again(&cli, &["--fix", "--unsafe-fixes", "--baseline", "b.json", "c.json"]);
    assert_eq!((came.status, cli.read("c.json").as_str()), (0, JSON), "{came:?}");
}

#[test]
fn a_fix_that_does_not_cure_is_taken_back_and_the_others_are_kept() {
    let policy = r#"policy p "P" {
  rule wrong "Wrong" {
    severity = error
    on json in "a.json" as site
    require site.a == 1
    at site.a
    message "wrong"
    fix set site.a = 2
  }
  rule worse "Worse" {
    severity = error
    on json in "a.json" as site
    require site.c == 1
    at site.c
    message "worse"
    fix set site.c = 1
  }
  rule either "Either" {
    severity = error
    on json in "a.json" as site
    forbid site.c == 1 and site.d == 1
    at site.d
    message "both"
  }
  rule right "Right" {
    severity = error
    on json in "a.json" as site
    require site.b == 1
    at site.b
    message "right"
    fix set site.b = 1
  }
}
"#;
    let cli = Cli::new(&["check", "--policy", "p.policy", "--format", "concise", "--fix", "--unsafe-fixes"])
        .file("p.policy", policy)
        .file("a.json", "{\"a\": 0, \"b\": 0, \"c\": 0, \"d\": 1}\n");
    let came = cli.run();
    assert_eq!(came.status, 1, "{came:?}");
    assert_eq!(
        came.error,
        "the fix of p/wrong in a.json is not made: it does not cure what it was made for\n\
         the fix of p/worse in a.json is not made: it would bring `p/either`: both\n\
         fixed 1 in a.json\n"
    );
    assert_eq!(cli.read("a.json"), "{\"a\": 0, \"b\": 1, \"c\": 0, \"d\": 1}\n");
}

#[test]
fn what_cannot_be_set_exactly_says_why() {
    let cli = Cli::new(&["check", "--policy", "p.policy", "--fix", "--unsafe-fixes", "--format", "json", "k.yaml"])
        .file("p.policy", POLICY)
        .file("k.yaml", "base: &b\n  replicas: 1\nspec: *b\n");
    let came = cli.run();
    assert!(
        came.output
            .contains("`app.spec.replicas` is set by hand: an alias stands for it elsewhere, and would change with it"),
        "{came:?}"
    );
}

#[test]
fn standard_input_is_mended_to_standard_output() {
    let cli = Cli::new(&["check", "--fix", "--stdin-name", "a.plan", "-"]).input("plan x {\n  service: \"s\"\n}\n");
    let came = cli.run();
    assert_eq!(came.output, "plan x {\n  service = \"s\"\n}\n", "{came:?}");
    assert!(came.error.contains("STOP") && came.error.contains("1 fixed"), "{came:?}");
    let came = cli.again(&["check", "--fix", "-", "b.plan"]).run();
    came.is(2, "", "error: standard input is mended alone\n  help: name either files or `-`\n");
}

#[test]
fn what_is_secret_is_not_in_a_difference_and_is_not_exchanged() {
    let token = format!("ghp_{}", "a1B2".repeat(9));
    let text = format!("{{\n  \"debug\": true,\n  \"token\": \"{token}\"\n}}\n");
    let came = check(&["--diff", "--unsafe-fixes"]).file("a.json", text).run();
    assert!(
        came.status == 1 && came.output.contains("+  \"debug\": false") && !came.output.contains(&token),
        "{came:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_a_mode_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let cli = check(&["--fix", "--unsafe-fixes"]).file("real/site.txt", JSON).link("a.json", "real/site.txt");
    std::fs::set_permissions(cli.path("real/site.txt"), std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(cli.run().status, 0);
    assert_eq!(cli.read("real/site.txt"), JSON.replace("true", "false"));
    assert!(std::fs::symlink_metadata(cli.path("a.json")).unwrap().is_symlink());
    assert_eq!(std::fs::metadata(cli.path("real/site.txt")).unwrap().permissions().mode() & 0o777, 0o640);
}

/// Two names of one file, and two rules that want it otherwise: when the second name is written, the file is not any more
/// what was read.
#[cfg(unix)]
#[test]
fn what_has_changed_since_it_was_read_is_left_as_it_is() {
    let rule = |file: &str, wanted: &str| {
        format!(
            "  rule {wanted} \"W\" {{\n    severity = error\n    on json in \"{file}\" as site\n    require site.mode == \"{wanted}\"\n    at site.mode\n    message \"mode\"\n    fix set site.mode = \"{wanted}\"\n  }}\n"
        )
    };
    let policy = format!("policy p \"P\" {{\n{}{}}}\n", rule("a.json", "one"), rule("b.json", "two"));
    let cli = check(&["--fix", "--unsafe-fixes"])
        .file("p.policy", policy)
        .file("a.json", "{\"mode\": \"none\"}\n")
        .link("b.json", "a.json");
    let came = cli.run();
    assert_eq!(came.status, 2, "{came:?}");
    assert_eq!(
        came.error,
        "fixed 1 in a.json\nerror: `b.json` has changed since it was read, and is left as it is\n  help: run it again\n"
    );
    assert_eq!(cli.read("a.json"), "{\"mode\": \"one\"}\n");
    assert_eq!(
        came.output,
        "b.json:1:1: error[document/not-mended] `b.json` has changed since it was read, and is left as it is\n\
         b.json:1:10: error[p/two] mode\n\
         STOP  2 errors, 1 undecided, 1 fixed  (3 files)\n"
    );
}

/// Nothing that this process writes may be longer than nothing.
#[cfg(unix)]
#[test]
fn what_could_not_be_written_is_not_fixed_and_is_found_still() {
    let run = |cli: &Cli, format: &str| {
        let arguments = ["check", "--policy", "p.policy", "--fix", "--unsafe-fixes", "--format", format];
        let done = std::process::Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_stopline")])
            .args(arguments)
            .current_dir(cli.path("."))
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.code(), text(done.stdout), text(done.stderr))
    };
    let cli = check(&[]).file("a.json", JSON);
    let (status, output, error) = run(&cli, "concise");
    assert!(error.starts_with("error: `a.json` cannot be written: "), "{error}");
    assert_eq!(status, Some(2), "{output}");
    assert!(output.contains("a.json:2:12: error[p/debug] `debug` is on\n"), "{output}");
    assert!(
        output.contains("a.json:1:1: error[document/not-mended] `a.json` cannot be written: file too large\n"),
        "{output}"
    );
    assert!(output.ends_with("STOP  2 errors, 3 notes, 1 undecided  (2 files)\n"), "{output}");
    assert_eq!(cli.read("a.json"), JSON);
    let (_, output, _) = run(&cli, "json");
    assert!(output.contains("\"verdict\": \"stop\"") && output.contains("\"errors\": 2"), "{output}");
    // A finding that would not have stopped is no mended one either.
    let cli = cli.file("p.policy", POLICY.replace("severity = error", "severity = note"));
    let (status, output, _) = run(&cli, "concise");
    assert_eq!(status, Some(2), "{output}");
    assert!(output.ends_with("STOP  1 error, 4 notes, 1 undecided  (2 files)\n"), "{output}");
}

#[cfg(unix)]
#[test]
fn two_names_of_a_file_are_mended_as_one() {
    let cli = check(&["--fix", "--unsafe-fixes"]).file("a.json", JSON).link("b.json", "a.json");
    assert_eq!(cli.run().status, 0);
    assert_eq!(cli.read("b.json"), JSON.replace("true", "false"));
    assert!(std::fs::symlink_metadata(cli.path("b.json")).unwrap().is_symlink());
}

#[test]
fn unsafe_fixes_alone_are_no_request() {
    let came = Cli::new(&["check", "--unsafe-fixes"]).run();
    assert!(came.status == 2 && came.error.contains("--fix"), "{came:?}");
}

#[test]
fn a_plan_is_mended_in_whatever_notation_it_is_written() {
    let policy = "policy p \"P\" {\n  rule risk \"Risk\" {\n    severity = error\n    on plan\n    require plan.risk == high\n    at plan.risk\n    message \"risk\"\n    fix set plan.risk = high\n  }\n}\n";
    let native = "plan x {\n  service = \"s\" # risk = low\n  environment = staging\n  risk = low # r\n}\n";
    let yaml = "plan: y\nservice: s\nenvironment: staging\nrisk: low # r\n";
    let json = "{\n  \"plan\": \"z\", \"service\": \"s\", \"environment\": \"staging\", \"risk\": \"low\"}";
    let cli = Cli::new(&["check", "--policy", "p.policy", "--fix", "--unsafe-fixes"])
        .file("p.policy", policy)
        .file("a.plan", native)
        .file("b.plan.yaml", yaml)
        .file("c.plan.json", json);
    assert_eq!(cli.run().error, "fixed 1 in a.plan\nfixed 1 in b.plan.yaml\nfixed 1 in c.plan.json\n");
    assert_eq!(cli.read("a.plan"), native.replace("  risk = low", "  risk = high"));
    assert_eq!(cli.read("b.plan.yaml"), yaml.replace("low", "high"));
    assert_eq!(cli.read("c.plan.json"), json.replace("low", "high"));
}

#[test]
fn what_a_plan_does_not_say_is_added_to_its_block_in_whatever_notation_it_is_written() {
    let rule = |id: &str, on: &str, wanted: &str| {
        let (subject, path) = (on, wanted.split(" = ").next().unwrap());
        format!(
            "  rule {id} \"R\" {{\n    severity = error\n    {subject}\n    require {path} exists\n    message \"m\"\n    fix set {wanted}\n  }}\n"
        )
    };
    let policy = format!(
        "policy p \"P\" {{\n{}{}{}}}\n",
        rule("risk", "on plan", "plan.risk = high"),
        rule("zone", "on plan", "plan.window.zone = \"Europe/Berlin\""),
        rule("timeout", "on step", "step.timeout = 5m")
    );
    let native = "plan x {\n  service     = \"s\"\n  environment = staging # why\n\n  window { start = 2030-01-05T10:00, duration = 1h }\n\n  phase deploy {\n    # one\n    step a { run = \"a\", undo = \"u\" }\n  }\n}\n";
    let yaml = "plan: y\nservice: s\nenvironment: staging # why\nwindow:\n  start: 2030-01-05T10:00\n  duration: 1h\nphases:\n  - phase: deploy\n    steps:\n      - step: a\n        run: a # one\n        undo: u\n";
    let json = "{\n  \"plan\": \"z\", \"service\": \"s\", \"environment\": \"staging\", \"window\": {\"start\": \"2030-01-05T10:00\", \"duration\": \"1h\"},\n  \"phases\": [{\"phase\": \"deploy\", \"steps\": [{\"step\": \"a\", \"run\": \"a\", \"undo\": \"u\"}]}]\n}\n";
    let cli = Cli::new(&["check", "--policy", "p.policy", "--fix", "--unsafe-fixes", "--format", "concise"])
        .file("p.policy", policy)
        .file("a.plan", native)
        .file("b.plan.yaml", yaml)
        .file("c.plan.json", json);
    let came = cli.run();
    assert_eq!(came.error, "fixed 3 in a.plan\nfixed 3 in b.plan.yaml\nfixed 3 in c.plan.json\n", "{came:?}");
    assert_eq!(
        cli.read("a.plan"),
        native
            .replace("# why\n", "# why\n  risk        = high\n")
            .replace("duration = 1h", "duration = 1h, zone = \"Europe/Berlin\"")
            .replace("undo = \"u\"", "undo = \"u\", timeout = 5m")
    );
    assert_eq!(
        cli.read("b.plan.yaml"),
        yaml.replace("duration: 1h\n", "duration: 1h\n  zone: Europe/Berlin\n")
            .replace("undo: u\n", "undo: u\n        timeout: \"5m\"\nrisk: high\n")
    );
    assert_eq!(
        cli.read("c.plan.json"),
        json.replace("\"1h\"}", "\"1h\", \"zone\": \"Europe/Berlin\"}")
            .replace("\"u\"}]}]", "\"u\", \"timeout\": \"5m\"}]}],\n  \"risk\": \"high\"")
    );
    assert_eq!(cli.again(&["fmt", "--check", "a.plan"]).run().status, 0);
}

#[test]
fn each_document_of_a_stream_is_mended_for_itself() {
    let text = "spec: {replicas: 1}\n---\n# two\nspec:\n  replicas: 3\n---\nspec:\n  replicas: 1 # why\n";
    let cli = check(&["--fix", "--unsafe-fixes"]).file("k.yaml", text);
    assert_eq!(cli.run().error, "fixed 2 in k.yaml\n");
    assert_eq!(cli.read("k.yaml"), text.replace("replicas: 1", "replicas: 2"));
}

#[test]
fn what_cannot_be_read_whole_is_not_mended_by_rules() {
    let text = "{\"debug\": true, \"debug\": true}\n";
    let cli = check(&["--fix", "--unsafe-fixes"]).file("a.json", text);
    let came = cli.run();
    assert_eq!((came.status, came.error.as_str(), cli.read("a.json").as_str()), (2, "", text), "{came:?}");
}

/// Somebody shows the difference, and hands it to whoever keeps the repository.
#[test]
fn a_difference_of_a_file_with_a_byte_order_mark_can_be_applied() {
    let text = format!("\u{feff}{JSON}");
    let cli = check(&["--diff", "--unsafe-fixes", "--output", "fix.patch"]).file("a.json", &text);
    let came = cli.run();
    assert_eq!(came.status, 1, "{came:?}");
    let apply = ["apply", "-p0", "--whitespace=nowarn", "fix.patch"];
    let folder = cli.path("a.json").parent().unwrap().to_owned();
    let applied = std::process::Command::new("git").args(apply).current_dir(folder).output().unwrap();
    assert!(applied.status.success(), "{applied:?}");
    assert_eq!(cli.read("a.json"), text.replace("true", "false"));
}
