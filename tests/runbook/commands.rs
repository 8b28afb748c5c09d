//! How a command is run: limits, retries, verification, what it is given and what it is not.

use stopline::runbook::*;

use crate::support::*;

fn one(step: Step) -> Procedure {
    procedure(vec![("deploy", vec![Action::Step(step)])])
}

/// What started it is gone, as when memory is short; what it started works on.
#[test]
fn nothing_of_a_failed_command_goes_on_beside_its_undo() {
    let breaks = changing("a", "(sleep 4; echo late >>did) & kill -9 $$");
    let lab = Lab::new(&one(Step { undo: Undo::Command(format!("sleep 6; {}", note("undo a"))), ..breaks }));
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["undo a"]);
}

/// `timeout` makes a process group of its own.
#[test]
fn what_makes_a_group_of_its_own_is_ended_with_the_command() {
    let slow = "timeout 60 sh -c 'echo begun >>did; sleep 5; echo late >>did'; true";
    let limited = Step { command: Command { timeout: secs(3), ..command(slow) }, ..changing("a", slow) };
    let lab = Lab::new(&one(Step { undo: Undo::Command(note("undo a")), ..limited }));
    lab.run(&[]).ends(10);
    std::thread::sleep(std::time::Duration::from_secs(4));
    assert_eq!(lab.did(), ["begun", "undo a"]);
}

/// A machine that runs out of memory may kill the watchdog, too.
#[test]
fn a_limit_holds_though_its_watchdog_is_killed() {
    let lab = Lab::new(&one(Step {
        command: Command { timeout: secs(3), ..command("echo a >>did; exec sleep 50") },
        ..change("a")
    }));
    let child = lab.start(&[]);
    lab.wait_for("did", "a");
    std::thread::sleep(std::time::Duration::from_millis(500));
    let watchdogs = std::process::Command::new("pgrep").args(["-P", lab.text("pid").trim()]).output().unwrap().stdout;
    let begun = lab.events("begin", "group");
    for process in
        String::from_utf8(watchdogs).unwrap().lines().filter(|process| !begun.contains(&format!("a:{process}")))
    {
        let said = std::process::Command::new("pgrep").args(["-P", process]).output().unwrap().stdout;
        if !said.is_empty() {
            std::process::Command::new("kill").args(["-KILL", process]).status().unwrap();
        }
    }
    lab.finish(child).ends(10).says("took longer than its limit of 3 seconds and was ended");
}

/// At its limit the parent goes at the first word, and what it has started, in a group of its own, does not.
#[test]
fn what_does_not_hear_is_ended_with_its_parent_at_the_limit() {
    let deaf = "timeout 100 bash -c 'trap \"\" TERM; echo begun >>did; for i in 1 2 3 4 5 6 7 8; do sleep 1; done; echo late >>did'; true";
    let limited = Step { command: Command { timeout: secs(2), ..command(deaf) }, ..changing("a", deaf) };
    let lab = Lab::new(&one(Step { undo: Undo::Command(note("undo a")), ..limited }));
    lab.run(&[]).ends(10);
    std::thread::sleep(std::time::Duration::from_secs(8));
    assert_eq!(lab.did(), ["begun", "undo a"]);
}

#[test]
fn a_step_that_hangs_is_ended_with_all_it_started() {
    let mut step = changing("hang", "sleep 300 & sleep 300");
    step.command.timeout = secs(1);
    let lab = Lab::new(&one(step));
    let begun = std::time::Instant::now();
    lab.run(&[]).ends(10).says("hang took longer than its limit of 1 seconds and was ended");
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}

#[test]
fn a_step_that_ignores_the_polite_signal_is_ended_all_the_same() {
    let mut step = changing("deaf", "trap '' TERM; while :; do sleep 1; done");
    step.command.timeout = secs(1);
    let lab = Lab::new(&one(step));
    lab.run(&[]).ends(10).says("was ended");
}

#[test]
fn a_step_is_retried_as_declared() {
    let count = "printf 'try\\n' >>did; [ \"$(wc -l <did)\" -ge 3 ]";
    let lab = Lab::new(&one(Step { retries: 2, retry_delay: secs(1), ..changing("flaky", count) }));
    lab.run(&[]).ends(0).says("trying again in 1 seconds (2 left)");
    assert_eq!(lab.did(), ["try", "try", "try"]);
}

#[test]
fn a_step_is_not_retried_more_than_declared() {
    let lab = Lab::new(&one(Step { retries: 1, ..changing("bad", "printf 'try\\n' >>did; exit 1") }));
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["try", "try", "undo bad"]);
}

#[test]
fn a_step_that_does_not_verify_has_failed() {
    let lab = Lab::new(&one(Step { verify: Some("exit 4".to_owned()), ..change("a") }));
    lab.run(&[]).ends(10).says("the verification of a left with status 4");
    assert_eq!(lab.did(), ["a", "undo a"]);
}

#[test]
fn the_first_failing_line_of_a_body_ends_it() {
    let body = "f() {\n  false\n  printf 'went on\\n' >>did\n}\nf\nprintf 'and on\\n' >>did";
    let lab = Lab::new(&one(changing("a", body)));
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["undo a"]);
    let lab = Lab::new(&one(changing("a", "false | true\nprintf 'went on\\n' >>did")));
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["undo a"]);
    let lab = Lab::new(&one(changing("a", "printf '%s\\n' \"$NOT_SET_ANYWHERE\" >>did")));
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["undo a"]);
}

#[test]
fn a_body_reads_nothing_and_holds_no_lock() {
    let lab = Lab::new(&one(changing("a", "cat >>did; ls -l /proc/self/fd >>did; (sleep 30 >/dev/null 2>&1 &)")));
    lab.run(&[]).ends(0);
    let open = lab.text("did");
    assert!(!open.contains("/lock"), "{open}");
    lab.run(&["rollback"]).ends(10);
}

#[test]
fn a_daemon_that_keeps_the_output_open_does_not_keep_the_run() {
    let lab = Lab::new(&one(changing("a", "sleep 20 & echo started")));
    let begun = std::time::Instant::now();
    lab.run(&[]).ends(0).says("started");
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}

#[test]
fn values_reach_a_body_as_variables() {
    let mut step = changing("a", r#"printf '%s|%s\n' "$ONE" "$ALL" >>did"#);
    step.command.env = vec![variable("ONE", "it's $(touch pwned) \"x\" `y` \\ *")];
    let lab = Lab::new(&Procedure { env: vec![variable("ALL", "v1.2.3")], ..one(step) });
    lab.run(&[]).ends(0);
    assert_eq!(lab.did(), ["it's $(touch pwned) \"x\" `y` \\ *|v1.2.3"]);
    assert!(!lab.path("pwned").exists());
}

#[test]
fn secrets_are_masked_in_all_that_is_written() {
    let mut step = changing("a", r#"echo "one $SHORT two $LONG"; printf '%s' "$PEM"; echo "$SHORT" >&2; exit 1"#);
    step.command.secrets = vec![name("SHORT"), name("LONG"), name("PEM")];
    let mut lab = Lab::new(&one(step));
    lab.set("SHORT", "s3cr.t*[x").set("LONG", "s3cr.t*[x-and-more").set("PEM", "-----KEY\nabcdefgh\n-----END");
    lab.run(&["--break-glass", "because s3cr.t*[x said so"]).ends(10).says("one *** two ***\n");
    let written = lab.everything_written();
    for secret in ["s3cr.t", "and-more", "abcdefgh", "-----KEY"] {
        assert!(!written.contains(secret), "{secret} is in what was written");
    }
    assert!(written.contains("because *** said so"));
}

#[test]
fn a_body_gets_no_secret_it_does_not_name() {
    let mut with = changing("with", r#"printf '%s\n' "${TOKEN-none}" >>did"#);
    with.command.secrets = vec![name("TOKEN")];
    let without = changing("without", r#"printf '%s\n' "${TOKEN-none}" >>did"#);
    let mut lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(with), Action::Step(without)])]));
    lab.set("TOKEN", "hush-hush").run(&[]).ends(0);
    assert_eq!(lab.did(), ["hush-hush", "none"]);
}

#[test]
fn the_runbooks_own_variables_do_not_reach_a_body() {
    let lab = Lab::new(&one(changing(
        "a",
        "env | grep -c '^sl_' >>did || true; umask >>did; echo \"${LC_ALL-unset}\" >>did",
    )));
    lab.run(&[]).ends(0);
    assert_eq!(lab.did(), ["0", "0022", "unset"]);
}

#[test]
fn output_without_a_last_newline_and_with_odd_bytes_is_kept() {
    let lab = Lab::new(&one(changing("a", r"printf 'x\377\001y\r\n%%s %%d -n last'")));
    lab.run(&[]).ends(0);
    let said = std::fs::read(lab.path("said")).unwrap();
    assert!(said.windows(18).any(|part| part == b"x\xff\x01y\r\n%s %d -n las"), "{said:?}");
}

#[test]
fn a_reader_that_goes_away_does_not_end_a_deployment() {
    let lab = Lab::new(&one(changing("a", "for i in 1 2 3; do echo line $i; sleep 0.2; done; printf 'a\\n' >>did")));
    let status = std::process::Command::new("bash")
        .args(["-c", "set -o pipefail; setsid --wait bash release.sh --state state </dev/null | head -n 1"])
        .current_dir(lab.path(""))
        .status()
        .unwrap();
    assert_eq!((status.code(), lab.did()), (Some(0), vec!["a".to_owned()]));
}

/// Ctrl-Z, and `fg` some time later: what ended meanwhile ended in time.
#[test]
fn a_command_that_ended_while_the_runbook_was_suspended_is_not_late() {
    let mut step = changing("a", &format!("sleep 0.6; {}", note("a")));
    step.command.timeout = secs(2);
    step.retries = 1;
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(step)])]));
    let child = lab.start(&[]);
    lab.wait_for("pid", "\n");
    std::thread::sleep(std::time::Duration::from_millis(400));
    lab.signal("STOP");
    std::thread::sleep(std::time::Duration::from_secs(5));
    lab.signal("CONT");
    lab.finish(child).ends(0);
    assert_eq!(lab.did(), ["a"]);
}

/// Where the folder for its notes is gone, a step that was ended by its limit has failed all the same.
#[test]
fn a_limit_needs_no_note_to_be_kept() {
    let polite = "rm -rf tmp/stopline.*; trap 'exit 0' TERM; while :; do sleep 0.1; done";
    let limited = Step { command: Command { timeout: secs(2), ..command(polite) }, ..changing("a", polite) };
    let mut lab = Lab::new(&one(limited));
    std::fs::create_dir(lab.path("tmp")).unwrap();
    let folder = lab.path("tmp").display().to_string();
    lab.set("TMPDIR", &folder);
    let came = lab.run(&[]);
    assert_ne!(came.status, 0, "{came:?}");
    assert_eq!(lab.events("end", "late"), ["a:yes"]);
    assert_eq!(lab.events("done", "of"), [""; 0]);
}
