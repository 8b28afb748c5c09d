//! Holds fail closed.

use stopline::runbook::*;

use crate::support::*;

const START: i64 = 1_800_000_000;

fn held(hold: Hold) -> Procedure {
    procedure(vec![("deploy", vec![Action::Hold(hold), Action::Step(change("a"))])])
}

#[test]
fn without_a_terminal_it_stops_and_says_how_to_go_on() {
    let lab = Lab::new(&held(hold("go-live")));
    lab.run(&[]).ends(20).says("resume --state state --approve go-live --as NAME").says("nobody is at a terminal");
    assert!(lab.did().is_empty());
    lab.run(&["resume", "--approve", "go-live", "--as", "alice"]).ends(0).says("alice signed");
    assert_eq!(lab.did(), ["a"]);
    assert_eq!(lab.events("approve", "who"), ["go-live:alice"]);
}

#[test]
fn with_changes_in_place_it_is_held() {
    let lab = Lab::new(&procedure(vec![(
        "deploy",
        vec![Action::Step(change("a")), Action::Hold(hold("go-on")), Action::Step(change("b"))],
    )]));
    lab.run(&[]).ends(21).says("go-on waits for a signature");
    lab.run(&["resume"]).ends(21);
    lab.run(&["resume", "--approve", "go-on", "--as", "@bob"]).ends(0);
    assert_eq!(lab.did(), ["a", "b"]);
}

#[test]
fn only_those_who_may_sign() {
    let lab = Lab::new(&held(hold("go-live")));
    lab.run(&["--approve", "go-live", "--as", "mallory"])
        .ends(64)
        .says("mallory may not sign go-live; who may: alice bob");
    lab.run(&["--approve", "go-live", "--as", "a b"]).ends(64).says("--as takes the name of a person");
    lab.run(&["--approve", "go-away", "--as", "alice"]).ends(64).says("nothing called go-away");
    lab.run(&["--approve", "go-live", "--as", "alice"]).ends(0);
}

#[test]
fn two_signatures_are_of_two_people() {
    let lab = Lab::new(&held(Hold { needs: 2, ..hold("go-live") }));
    lab.run(&["--approve", "go-live", "--as", "alice", "--approve", "go-live", "--as", "alice"])
        .ends(20)
        .says("signed: 1");
    lab.run(&["resume", "--approve", "go-live", "--as", "bob"]).ends(0);
}

#[test]
fn a_signature_after_the_end_is_none_and_what_began_is_undone() {
    let mut lab = Lab::new(&procedure(vec![(
        "deploy",
        vec![Action::Step(change("a")), Action::Hold(Hold { expires: Some(secs(600)), ..hold("go-on") })],
    )]));
    lab.at(START).run(&[]).ends(21);
    lab.at(START + 700)
        .run(&["resume", "--approve", "go-on", "--as", "alice"])
        .ends(10)
        .says("nobody signed go-on in time");
    assert_eq!(lab.did(), ["a", "undo a"]);
}

#[test]
fn the_wait_counts_from_when_the_hold_was_reached_even_by_until() {
    let mut lab = Lab::new(&held(Hold { expires: Some(secs(600)), ..hold("go-live") }));
    lab.at(START).run(&["--until", "go-live"]).ends(0);
    lab.at(START + 700).run(&["resume", "--approve", "go-live", "--as", "alice"]).ends(20).says("nobody signed");
}

#[test]
fn a_hold_that_runs_out_before_any_change_undoes_nothing() {
    let mut lab = Lab::new(&held(Hold { expires: Some(secs(600)), ..hold("go-live") }));
    lab.at(START).run(&[]).ends(20);
    lab.at(START + 700).run(&["resume"]).ends(20).says("stopped before any change: nobody signed");
    assert!(lab.did().is_empty());
    lab.at(START + 800).run(&["run", "--approve", "go-live", "--as", "bob"]).ends(0);
}

#[test]
fn guards_are_judged_again_after_the_wait() {
    let guards = Guards {
        window: Some(Window { start: Epoch::new(START), end: Epoch::new(START + 3600) }),
        ..Guards::default()
    };
    let mut lab = Lab::new(&Procedure {
        guards,
        ..procedure(vec![(
            "deploy",
            vec![Action::Step(change("a")), Action::Hold(hold("go-on")), Action::Step(change("b"))],
        )])
    });
    lab.at(START).run(&[]).ends(21);
    lab.at(START + 7200)
        .run(&["resume", "--approve", "go-on", "--as", "alice"])
        .ends(21)
        .says("go-on is signed, and the guards say no: window");
    assert_eq!(lab.did(), ["a"]);
    lab.at(START + 60).run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["a", "b"]);
}

/// Until somebody is asked.
const ASKED: &str = "until grep -qs 'your name to sign' typescript; do sleep 0.05; done";

#[track_caller]
fn at_a_terminal(lab: &Lab, line: &str) -> (String, Option<i32>) {
    at_a_terminal_after(lab, ASKED, line)
}

/// Runs it on a terminal of its own and types one line, once a command has ended. `exec`, since a shell that waits (as dash does)
/// would die of the interruption, and its status would stand for that of the runbook.
#[track_caller]
fn at_a_terminal_after(lab: &Lab, wait: &str, line: &str) -> (String, Option<i32>) {
    let typed = format!(
        "({wait}; printf '{line}'; sleep 2) | script -qefc 'exec {ALL_SIGNALS} bash release.sh --state state' typescript"
    );
    let output = std::process::Command::new("setsid")
        .args(["--wait", "timeout", "60", "bash", "-c", &typed])
        .current_dir(lab.path(""))
        .env("CI", "")
        .envs(lab.env.iter().cloned())
        .output()
        .unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code())
}

#[test]
fn at_a_terminal_a_name_signs() {
    let lab = Lab::new(&held(hold("go-live")));
    let (said, status) = at_a_terminal(&lab, "alice\\n");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("may sign: alice bob (0 of 1 signed)"), "{said}");
    assert_eq!(lab.events("approve", "how"), ["go-live:terminal"]);
}

#[test]
fn at_a_terminal_anything_else_refuses() {
    for line in ["no\\n", "\\n", "mallory\\n", "\\004", "alice bob\\n"] {
        let lab = Lab::new(&held(hold("go-live")));
        let (said, status) = at_a_terminal(&lab, line);
        assert_eq!(status, Some(20), "{line:?}: {said}");
        assert!(lab.did().is_empty());
    }
}

#[test]
fn at_a_terminal_ctrl_c_is_an_interruption_that_is_written_down() {
    let lab = Lab::new(&held(hold("go-live")));
    let (said, status) = at_a_terminal(&lab, "\\003");
    assert_eq!(status, Some(20), "{said}");
    assert!(said.contains("ended by SIGINT; `resume` goes on from here"), "{said}");
    assert_eq!(lab.journal().last().unwrap()["wait"], "signal");
    lab.run(&["resume", "--approve", "go-live", "--as", "alice"]).ends(0);
}

/// Who is killed, or told to end, after somebody said no has been told no.
#[test]
fn a_refusal_is_one_though_the_runbook_was_ended_at_once() {
    let actions = vec![Action::Step(change("a")), Action::Hold(hold("go")), Action::Step(change("b"))];
    for verb in [&["resume", "--approve", "go", "--as", "alice"][..], &["rollback"]] {
        let mut lab = Lab::new(&procedure(vec![("deploy", actions.clone())]));
        let sync = r#"case $(tail -n 1 "${2-/dev/null}") in *'"event":"refuse"'*) kill -TERM "$PPID" ;; esac"#;
        lab.stub("sync", sync);
        let (said, status) = at_a_terminal(&lab, "no\\n");
        assert_eq!(status, Some(21), "{said}");
        lab.run(verb).ends(10);
        assert_eq!(lab.did(), ["a", "undo a"]);
    }
}

/// Enter to scroll, a second Enter, a name for the hold before.
#[test]
fn what_was_typed_before_it_is_asked_is_no_answer() {
    let step = |step: &str| Action::Step(changing(step, &format!("{}; sleep 1", note(step))));
    let actions = vec![step("a"), Action::Hold(hold("go")), step("b"), Action::Hold(hold("on"))];
    let early = "until grep -qs a did; do sleep 0.05; done; printf '\\nalice\\nbo'; ";
    let signed_twice = format!(
        "{early}{ASKED}; printf 'alice\\n\\nalice\\n'; until [ $(grep -c 'your name' typescript) -gt 1 ]; do sleep 0.05; done"
    );
    let lab = Lab::new(&procedure(vec![("deploy", actions)]));
    let (said, status) = at_a_terminal_after(&lab, &signed_twice, "bob\\n");
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(lab.events("approve", "who"), ["go:alice", "on:bob"]);
}

/// Where the shell above it takes the signal of a line that was lost, an end of input is all that a runbook hears of it.
#[test]
fn a_terminal_that_is_lost_refuses_nothing() {
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Hold(hold("go"))])]));
    let lost = format!(
        "script -qefc 'trap : HUP; {} bash release.sh --state state; exit' typescript </dev/null >/dev/null & {ASKED}; kill -KILL $!; until tail -n 1 state/*/*/journal.jsonl | grep -Eq 'event.:.(stop|rolled-back)'; do sleep 0.05; done",
        "CI=",
    );
    let ended = std::process::Command::new("setsid")
        .args(["--wait", "timeout", "60", "bash", "-c", &lost])
        .current_dir(lab.path(""))
        .status()
        .unwrap();
    assert!(ended.success());
    assert_eq!(lab.journal().last().unwrap()["wait"], "person", "{:?}", lab.journal());
    lab.run(&["resume", "--approve", "go", "--as", "alice"]).ends(0);
    assert_eq!(lab.did(), ["a"]);
}

/// While the terminal is read time is up, and then comes a name.
#[test]
fn at_a_terminal_a_name_that_comes_too_late_signs_nothing() {
    let lab = Lab::new(&held(Hold { expires: Some(secs(2)), ..hold("go-live") }));
    let opened = "until grep -qs event.:.hold state/*/*/journal.jsonl; do sleep 0.05; done; sleep 2.2";
    let (said, status) = at_a_terminal_after(&lab, opened, "alice\\n");
    assert_eq!(status, Some(20), "{said}");
    assert!(said.contains("nobody signed go-live in time"), "{said}");
    assert!(lab.events("approve", "who").is_empty() && lab.did().is_empty());
}

/// Whether a hold has expired cannot be told without a clock, and what cannot be told does not pass.
#[test]
fn without_a_clock_a_hold_that_expires_is_not_passed() {
    let late = Hold { expires: Some(secs(5)), ..hold("go") };
    let actions = vec![Action::Step(change("a")), Action::Hold(late), Action::Step(change("b"))];
    let mut lab = Lab::new(&procedure(vec![("deploy", actions)]));
    lab.run(&[]).ends(21);
    std::thread::sleep(std::time::Duration::from_millis(5100));
    lab.stub("date", "exit 1");
    lab.run(&["resume", "--approve", "go", "--as", "alice"]).ends(21).says("the clock cannot be read, and go expires");
    std::fs::write(lab.path("bin/date"), "#!/bin/sh\nPATH=${PATH#*:}; n=$(($(cat n 2>/dev/null || echo 0) + 1)); echo $n >n; [ $((n % 2)) = 0 ] || kill -KILL $$; exec date \"$@\"\n").unwrap();
    lab.run(&["resume", "--approve", "go", "--as", "alice"]).ends(10).says("nobody signed go in time");
    assert_eq!(lab.did(), ["a", "undo a"]);
}
