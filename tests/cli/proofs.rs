//! One plan for each proof of `compile --explain`, with its one mistake: where `check` points, and the path that is printed.

use crate::door::Cli;

const AT: &str = "2026-11-23T09:00Z";

/// The findings of `check` as `place: id`, and what `--explain` prints from the first broken proof on.
fn broken(body: &str) -> (Vec<String>, String) {
    let plan = format!("plan p {{ service = \"s\", environment = staging, team {{ lead = @ann }}\n{body}\n}}\n");
    let check =
        Cli::new(&["check", "--pack", "release", "--at", AT, "--format", "concise"]).file("p.plan", &plan).run();
    let lines = check.output.lines().filter(|line| line.starts_with("p.plan:"));
    let found = lines.map(|line| line.trim_start_matches("p.plan:").split(']').next().unwrap().replace(" error[", " "));
    let explain = Cli::new(&["compile", "p.plan", "--pack", "release", "--at", AT, "--explain"]).file("p.plan", &plan);
    let came = explain.run();
    assert_eq!((check.status, came.status), (1, 1), "{check:?}\n{came:?}");
    let printed = came.output.split_once("broken: ").map(|(_, rest)| format!("broken: {rest}")).unwrap_or_default();
    assert!(!came.output.contains("proven: "), "{}", came.output);
    (found.collect(), printed)
}

#[track_caller]
fn breaks(body: &str, places: &[&str], printed: &str) {
    let (found, path) = broken(body);
    assert_eq!((found.iter().map(String::as_str).collect::<Vec<_>>(), path.as_str()), (places.to_vec(), printed));
}

#[test]
fn every_path_ends() {
    breaks(
        r#"phase deploy {
  step a { run = "a", undo = "take a back" }
  step b { run = "b" }
}"#,
        &["4:8: plan/missing-undo"],
        "broken: a path ends nowhere: there is no way on from undo b
  the guards: they agree
  deploy/a: done
  deploy/b: fails
  undo b
",
    );
}

#[test]
fn no_undo_reads_what_it_is_not_given() {
    breaks(
        r#"phase deploy { step a { run = "a", undo = "back $STOPLINE_VERSION" } }"#,
        &["2:21: plan/unset-in-undo"],
        "broken: the way back of `a` reads `STOPLINE_VERSION`, which nothing gives it
  the guards: they agree
  deploy/a: fails
  undo a
",
    );
}

#[test]
fn no_undo_reads_what_another_step_captured_which_may_not_have_run() {
    breaks(
        r#"phase deploy {
  step a { run = "a", undo = "back", capture = { OLD = "now" } }
  step b { run = "b", undo = "back $OLD" }
}
rollback { step c { run = "c $OLD" } }"#,
        &["4:8: plan/unset-in-undo", "6:17: plan/unset-in-undo"],
        "broken: the way back of `b` reads `OLD`, which is captured for `a` alone
  the guards: they agree
  deploy/a: done
  deploy/b: fails
  undo b

broken: the way back of `c` reads `OLD`, which is captured for `a` alone
  the guards: they agree
  deploy/a: fails
  undo a: undone
  rollback/c
",
    );
}

#[test]
fn nothing_is_done_for_good_before_the_last_hold() {
    breaks(
        r#"phase deploy {
  step a { run = "a", irreversible = "mail is sent" }
  hold go { by = [lead] }
}"#,
        &["3:8: plan/irreversible-before-hold"],
        "broken: a cannot be undone, and people may still say no after it
  the guards: they agree
  deploy/a: done
  deploy/go: refused or expired
  undo a
",
    );
}

#[test]
fn the_worst_case_fits_the_window() {
    breaks(
        r#"window { start = 2026-11-24T10:00, duration = 20m, zone = "UTC" }
phase prepare { step look { run = "l", timeout = 1m } }
phase deploy { step a { run = "a", undo = "back", timeout = 8m, retries = 1 } }
phase verify { watch calm { for = 5m } }"#,
        &["2:47: plan/worst-case-exceeds-window"],
        "broken: at worst the run takes 39m6s, and the window is open for 20m
  prepare/look: up to 1m10s
  deploy/a: up to 16m27s
  verify/calm: up to 5m2s
  undo a: up to 16m27s
",
    );
}

#[test]
fn the_way_back_keeps_its_promise() {
    breaks(
        r#"phase deploy { step a { run = "a", undo = "back", timeout = 8m } step b { run = "b", undo = "back", timeout = 2m } }
rollback { within = 5m
  step c { run = "c", timeout = 1m } }"#,
        &["3:21: plan/rollback-exceeds-within"],
        "broken: at worst the way back takes 11m30s, and `within` promises 5m
  undo b: up to 2m10s
  undo a: up to 8m10s
  rollback/c: up to 1m10s
",
    );
}

#[test]
fn needs_lead_somewhere() {
    breaks(
        r#"phase deploy { parallel {
  step a { run = "a", undo = "back", needs = [b] }
  step b { run = "b", undo = "back", needs = [a] }
  step c { run = "c", undo = "back", needs = [a] }
} }"#,
        &["3:47: plan/cycle"],
        "broken: steps wait for each other: `a` needs `b` needs `a`\n",
    );
}

#[test]
fn everything_is_come_to() {
    breaks(
        r#"phase prepare { step look { run = "l" } step reload { run = "r" } }
rollback { step restart { run = "restart" } }"#,
        &["3:17: plan/unreachable-step"],
        "broken: nothing leads to rollback/restart: nothing before it changes anything
  the guards: they agree
  prepare/look: done
  prepare/reload: fails
  stopped before any change
",
    );
    breaks(
        r#"phase deploy { parallel { limit = 0
  step a { run = "a", undo = "back" } } }"#,
        &["2:35: plan/unreachable-step"],
        "broken: a group of which none may run does nothing\n",
    );
}

#[test]
fn a_plan_without_a_mistake_breaks_none() {
    let plan = r#"plan p { service = "s", environment = staging, team { lead = @ann }
  phase deploy { hold go { by = [lead] } step a { run = "a", undo = "back" } hold on { by = [lead] } }
}
"#;
    let came =
        Cli::new(&["compile", "p.plan", "--pack", "release", "--at", AT, "--explain"]).file("p.plan", plan).run();
    assert_eq!((came.status, came.error.as_str()), (0, ""));
    assert!(came.output.contains("proven: every path comes to an end, and everything is on one;"), "{}", came.output);
}

#[test]
fn no_undo_reads_a_secret_that_it_does_not_ask_for() {
    breaks(
        r#"phase deploy {
  step a { run = "a", undo = "back", secrets = [TOKEN] }
  step b { run = "b", undo = "back" }
}
rollback { step c { run = "c $TOKEN" } }"#,
        &["6:17: plan/unset-in-undo"],
        "broken: the way back of `c` reads `TOKEN`, which is a secret that it does not ask for
  the guards: they agree
  deploy/a: fails
  undo a: undone
  rollback/c
",
    );
}

/// Whether bash ends this script since `OLD` has no value.
fn is_unset_in_bash(script: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("there"), "from a file\n").unwrap();
    let mut bash = std::process::Command::new("bash");
    bash.args(["-euo", "pipefail", "-c", script]).current_dir(&folder).env_remove("OLD");
    let out = bash.stdin(std::process::Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    said.lines().any(|line| line.contains(" OLD") && line.ends_with(": unbound variable"))
}

/// Of these, `check` says what bash does.
const SCRIPTS: &[(&str, bool)] = &[
    ("OLD=$(cat there); echo \"$OLD\"", false),
    ("echo \"${OLD:-none}\"", false),
    ("echo '$OLD' \\$OLD \"\\$OLD\" $'$OLD' # $OLD", false),
    ("OLD=$OLD true", true),
    ("OLD=1 true; echo $OLD", true),
    ("OLD=1 eval 'echo $OLD'", false),
    ("true && \\\n OLD=1 && \\\n echo $OLD", false),
    ("(OLD=1; echo $OLD)", false),
    ("(OLD=1); echo $OLD", true),
    ("x=$(OLD=1; echo y); echo \"$x $OLD\"", true),
    ("x=`echo $OLD`", true),
    ("OLD=1 & echo $OLD", true),
    ("cat there | read -r OLD; echo $OLD", true),
    ("cat there | { read -r OLD; echo $OLD; }", false),
    ("cat there | while read -r OLD; do echo $OLD; done", false),
    ("read -r OLD <there; echo $OLD", false),
    ("read -r OLD <<<\"$OLD\"", true),
    ("command read -r OLD <there; echo $OLD", false),
    ("IFS= read -r OLD <there; echo $OLD", false),
    ("while IFS= read -r OLD; do echo $OLD; done <there", false),
    ("time read -r OLD <there; echo $OLD", false),
    ("IFS=, read -r x <there; echo $OLD", true),
    ("f() { OLD=1; }; X=1 f; echo $OLD", false),
    ("mapfile -t OLD <there; echo $OLD", false),
    ("printf -v OLD '%s' x; echo $OLD", false),
    ("printf '%s' OLD; echo $OLD", true),
    ("echo read OLD; echo $OLD", true),
    ("echo \"OLD=$OLD\"", true),
    ("echo 'x; OLD=1'; echo $OLD", true),
    ("for OLD in a b; do echo $OLD; done", false),
    ("for x in OLD; do :; done; echo $OLD", true),
    ("for x in $OLD; do :; done", true),
    ("export NS=1 OLD=2; echo $OLD", false),
    ("export OLD; echo $OLD", true),
    ("export OLD=\"${OLD}\"", true),
    ("declare OLD=1; echo $OLD", false),
    ("OLD=1; unset OLD; echo $OLD", true),
    ("a=(1); unset \"a[$OLD]\"", true),
    ("a[$OLD]=1", true),
    ("declare -A a; a[\"$OLD\"]=x", true),
    ("[[ \"-v OLD\" ]] && echo $OLD", true),
    ("[ -v OLD ] && echo $OLD || true", false),
    ("OLD+=x; echo $OLD", false),
    ("OLD+=\"$OLD\"", true),
    ("OLD=(a b); echo ${OLD[1]}", false),
    ("OLD[3]=a; echo ${OLD[3]}", false),
    ("echo ${OLD[0]}", true),
    ("echo ${OLD[0]-none}", false),
    (": \"${OLD:=x}\"; echo $OLD", false),
    ("echo ${OLD%x} ", true),
    ("echo ${#OLD}", true),
    ("echo ${OLD:0:1}", true),
    ("echo ${OLD/a/b}", true),
    ("x=y; echo ${x/$OLD/b}", true),
    ("x=y; echo ${x#\"$OLD\"}", true),
    ("echo ${x:-$OLD}", true),
    ("echo ${!OLD*}", false),
    ("echo $((OLD + 1))", true),
    ("OLD=1; echo $((OLD << 1)); echo next", false),
    ("echo $((1 << 2)); echo $OLD", true),
    ("((OLD = 1)); echo $OLD", false),
    ("let OLD=1; echo $OLD", false),
    ("f() { OLD=1; }; f; echo $OLD", false),
    ("f() { OLD=1; }; echo $OLD", true),
    ("f() { local OLD=1; echo $OLD; }; f; echo $OLD", true),
    ("OLD=1; f() { local OLD; echo $OLD; }; f", true),
    ("f() { echo $OLD; }; OLD=1; f", false),
    ("f() { echo $OLD; }; f", true),
    ("f() { echo $OLD; }; OLD=1 f", false),
    ("f() { echo $OLD; }; trap f EXIT", true),
    ("function f { echo $OLD; }; OLD=1; trap f EXIT", false),
    ("if true; then OLD=1; fi; echo $OLD", false),
    ("[[ -v OLD ]] && echo $OLD || true", false),
    ("test -n \"${OLD-}\" && echo $OLD || true", false),
    ("case x in x) echo $OLD;; esac", true),
    ("echo \"$(echo \"it's\")\" '$OLD'", false),
    ("echo \"$(echo \"it's\")\" $OLD", true),
    ("echo \"${A:-\"it's\"}\"; echo $OLD", true),
    ("# don't\necho $OLD", true),
    ("cat <<EOF\nit's $OLD\nEOF\n", true),
    ("cat <<'EOF'\n$OLD\nEOF\n", false),
    ("cat <<'EOF'\nit's\nEOF\necho $OLD", true),
    ("cat <<-EOF | tr a b\n\t$(echo \"$OLD\")\n\tEOF\n", true),
    ("diff <(echo $OLD) there", true),
    ("while false; do :; done <\"$OLD\"", true),
    ("echo x >\"$OLD\"", true),
];

#[test]
fn an_undo_reads_what_bash_would_read() {
    let says_otherwise = |(script, is_unset): &&(&str, bool)| {
        assert_eq!(is_unset_in_bash(script), *is_unset, "bash: {script}");
        let quoted = script.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
        let body = format!(
            "phase deploy {{
  step a {{ run = \"a\", undo = \"back\", capture = {{ OLD = \"now\" }} }}
  step b {{ run = \"b\", undo = \"{quoted}\" }}
}}"
        );
        let plan = format!("plan p {{ service = \"s\", environment = staging, team {{ lead = @ann }}\n{body}\n}}\n");
        let check = Cli::new(&["check", "--pack", "release", "--at", AT, "--format", "concise"]).file("p.plan", &plan);
        check.run().output.contains("plan/unset-in-undo") != *is_unset
    };
    assert_eq!(SCRIPTS.iter().filter(says_otherwise).collect::<Vec<_>>(), Vec::<&(&str, bool)>::new());
}
