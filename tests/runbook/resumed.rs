//! What a run that goes on knows of the one before: tries that are used up, what failed, a journal that was damaged.

use stopline::runbook::*;

use crate::support::*;

fn steps(all: Vec<Step>) -> Procedure {
    procedure(vec![("deploy", all.into_iter().map(Action::Step).collect())])
}

#[test]
fn an_interruption_gives_no_more_tries_than_declared() {
    let flaky = Step { retries: 2, retry_delay: secs(2), ..changing("b", &format!("{}; exit 1", note("b"))) };
    let alone = steps(vec![change("a"), flaky.clone()]);
    let at_once =
        procedure(vec![("deploy", vec![Action::Parallel(group(2, vec![(change("a"), &[]), (flaky, &["a"])]))])]);
    for procedure in [alone, at_once] {
        let lab = Lab::new(&procedure);
        let child = lab.start(&[]);
        lab.wait_for("said", "trying again in 2 seconds (2 left)");
        lab.signal("KILL");
        lab.finish(child);
        lab.end_orphans();
        lab.run(&["resume"]).ends(10);
        let tries = lab.did().iter().filter(|line| *line == "b").count();
        assert_eq!(tries, 3, "{:?}", lab.did());
    }
}

/// Only whoever asks for the way back has it tried anew.
#[test]
fn an_interruption_gives_an_undo_no_more_tries_than_declared() {
    for (left, more) in [("1", 1), ("0", 0)] {
        let undo = Undo::Command(format!("{}; test -e cured", note("undo a")));
        let stubborn = Step { undo, retries: 1, retry_delay: secs(1), ..change("a") };
        let mut lab = Lab::new(&steps(vec![stubborn, changing("b", "exit 1")]));
        lab.killed_at(&format!(r#""event":"end","of":"a","part":"undo","left":"{left}""#), &[]);
        let undone = || lab.did().iter().filter(|did| *did == "undo a").count();
        let before = undone();
        lab.run(&["resume"]).ends(31).says("1. undo a (Do a):");
        assert_eq!(undone() - before, more, "{:?}", lab.did());
        std::fs::write(lab.path("cured"), "").unwrap();
        lab.run(&["rollback"]).ends(10);
    }
}

/// Whether anybody was told decides nothing, after an interruption neither.
#[test]
fn a_notice_that_failed_takes_nothing_back_after_an_interruption() {
    let command = command(&format!("{}; exit 1", note("tell")));
    let tell = Notify { id: id("tell"), title: "Tell".to_owned(), command };
    let actions = vec![Action::Step(change("a")), Action::Notify(tell), Action::Step(change("b"))];
    let mut lab = Lab::new(&procedure(vec![("deploy", actions)]));
    lab.killed_at(r#""event":"end","of":"tell""#, &[]);
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["a", "tell", "b"]);
}

/// Nothing of the run has happened since, and it waits for the same.
#[test]
fn what_a_flag_held_is_tried_again_however_often_going_on_is_interrupted() {
    let body = format!("{}; [ -e mended ] || {{ echo 9 >value; sleep 3; exit 1; }}", note("b"));
    let mut procedure = steps(vec![change("a"), Step { idempotent: true, ..changing("b", &body) }]);
    procedure.metrics = vec![metric("m", "cat value 2>/dev/null || echo 1")];
    procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Hold)];
    let interruptions: [&[(&str, &str)]; 4] = [
        &[("TERM", "resume")],
        &[("TERM", "resume"), ("TERM", "again"), ("KILL", "resume")],
        &[("KILL", "resume"), ("KILL", "torn"), ("KILL", "again")],
        &[("KILL", "again"), ("TERM", "torn"), ("TERM", "resume")],
    ];
    for interruptions in interruptions {
        let mut lab = Lab::new(&procedure);
        lab.run(&[]).ends(21).says("red flag f is raised");
        std::fs::write(lab.path("value"), "1\n").unwrap();
        std::fs::write(lab.path("mended"), "").unwrap();
        for (signal, event) in interruptions {
            if *event == "torn" {
                let journal = lab.journal_path();
                let text = std::fs::read_to_string(&journal).unwrap();
                std::fs::write(journal, format!("{text}{{\"seq\":")).unwrap();
            }
            lab.signalled_at(signal, &format!(r#""event":"{event}""#), &["resume"]);
        }
        lab.run(&["resume"]).ends(0);
        assert_eq!(lab.did(), ["a", "b", "b"], "{interruptions:?}");
    }
}

/// What made it true may have been ended by the interruption.
#[test]
fn what_a_flag_has_decided_is_done_though_it_is_fine_again() {
    let body = format!("{}; [ -e mended ] || {{ echo 9 >value; sleep 5; }}", note("b"));
    let mut procedure = steps(vec![change("a"), Step { idempotent: true, ..changing("b", &body) }]);
    procedure.metrics = vec![metric("m", "cat value 2>/dev/null || echo 1")];
    for (then, signal) in [
        (Consequence::Rollback, "KILL"),
        (Consequence::Rollback, "TERM"),
        (Consequence::Hold, "KILL"),
        (Consequence::Hold, "TERM"),
    ] {
        procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), then)];
        let mut lab = Lab::new(&procedure);
        let run = lab.signalled_at(signal, r#""event":"decided""#, &[]);
        lab.end_orphans();
        std::fs::write(lab.path("value"), "1\n").unwrap();
        std::fs::write(lab.path("mended"), "").unwrap();
        let held = "stopped: red flag f is raised: Flag f; `resume` looks again and goes on";
        if then == Consequence::Rollback {
            lab.run(&["status"]).ends(0).says(", to go back");
            lab.run(&["resume"]).ends(10);
            assert_eq!(lab.did(), ["a", "b", "undo b", "undo a"]);
            continue;
        }
        // Whoever ended it is told at once.
        if signal == "TERM" {
            run.ends(21).says(held);
        } else {
            lab.run(&["status"]).ends(0).says("to be held: red flag f is raised");
            lab.run(&["resume"]).ends(21).says(held);
        }
        lab.run(&["resume"]).ends(0);
        assert_eq!(lab.did(), ["a", "b", "b"]);
    }
}

/// What verifies one of them raises a flag, and nobody has to look at the other, which goes back, too.
#[test]
fn nobody_is_asked_about_a_member_that_is_undone() {
    let slow = |step: &str| changing(step, &format!("{}; sleep 5", note(step)));
    let verify = Some("echo 9 >value; sleep 3".to_owned());
    let members = vec![(Step { verify, ..slow("p") }, &[][..]), (slow("q"), &[][..])];
    let mut procedure = procedure(vec![("deploy", vec![Action::Parallel(group(2, members))])]);
    procedure.metrics = vec![metric("m", "cat value 2>/dev/null || echo 1")];
    procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)];
    let mut lab = Lab::new(&procedure);
    lab.killed_at(r#""event":"begin","of":"q""#, &[]);
    lab.end_orphans();
    lab.run(&["resume"]).ends(10).does_not_say("if it may run again");
}

/// A signal swallows no word of why it stopped.
#[test]
fn whoever_is_waited_for_is_told_though_a_signal_comes_then() {
    let mut lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Hold(hold("go"))])]));
    lab.signalled_at("TERM", r#""event":"stop""#, &[]).ends(21).says("stopped: go waits for a signature");
}

#[test]
fn a_run_that_was_interrupted_before_its_guards_were_judged_has_them_judged() {
    let broken = Step { undo: Undo::Command("if true; then echo".to_owned()), ..change("a") };
    for signal in ["KILL", "TERM"] {
        let mut lab = Lab::new(&steps(vec![broken.clone()]));
        lab.signalled_at(signal, r#""event":"open""#, &[]);
        lab.run(&["resume"]).ends(20).says("the undo of a cannot be read");
        assert!(lab.did().is_empty());
    }
}

/// A person was told that they may say so.
#[test]
fn a_doubt_is_one_though_who_finished_it_was_interrupted() {
    let undo = Undo::Command(format!("{}; sleep 5", note("undo a")));
    let mut lab = Lab::new(&steps(vec![Step { undo, ..change("a") }, changing("b", "exit 1")]));
    lab.killed_at(r#""event":"begin","of":"a","part":"undo""#, &[]);
    lab.end_orphans();
    lab.run(&["rollback"]).ends(79);
    let journal = lab.journal_path();
    let text = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(journal, format!("{text}{{\"seq\":")).unwrap();
    lab.signalled_at("TERM", r#""event":"torn""#, &["rollback", "--finished", "by hand"]).ends(21);
    lab.run(&["rollback", "--finished", "by hand"]).ends(10);
}

/// Nothing else of the run has happened yet, and the reason is not asked for again.
#[test]
fn why_the_glass_was_broken_is_kept_though_the_run_is_ended_at_once() {
    for verb in ["resume", "rollback"] {
        let mut lab = Lab::new(&steps(vec![change("a")]));
        lab.killed_at(r#""event":"open""#, &["run", "--break-glass", "it is \"urgent\""]);
        lab.run(&[verb]);
        assert_eq!(lab.events("glass", "reason"), [":it is \"urgent\""]);
    }
}

/// The key is that of the plan; policies, parameters, waivers and Stopline itself may have changed what is done.
#[test]
fn a_run_goes_on_under_the_rules_it_was_begun_under() {
    let begun = procedure(vec![(
        "deploy",
        vec![Action::Step(change("a")), Action::Hold(hold("go")), Action::Step(change("b"))],
    )]);
    let mut changed = begun.clone();
    changed.metrics = vec![metric("m", "echo 1")];
    changed.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)];
    let lab = Lab::new(&begun);
    lab.run(&[]).ends(21);
    lab.recompile(&changed);
    lab.run(&["resume", "--approve", "go", "--as", "alice"])
        .ends(21)
        .says("the run was begun under other rules")
        .says("or undo what was begun:  bash release.sh rollback");
    assert_eq!(lab.journal().last().unwrap()["wait"], "person");
    lab.recompile(&begun);
    lab.run(&["resume", "--approve", "go", "--as", "alice"]).ends(0);
    assert_eq!(lab.did(), ["a", "b"]);
    lab.recompile(&changed);
    lab.run(&["run"]).ends(0).says("already confirmed");
    lab.run(&["rollback"]).ends(10);
}

/// Whoever looks at it is asked the same question afterwards.
#[test]
fn other_rules_change_nothing_of_what_a_run_waits_for() {
    let mut held = steps(vec![change("a"), changing("b", &format!("{}; [ -e cured ]", note("b")))]);
    held.red_flags = vec![flag("f", &["deploy"], Condition::StepFailed(id("b")), Consequence::Hold)];
    let lab = Lab::new(&held);
    lab.run(&[]).ends(21);
    lab.recompile(&Procedure { red_flags: Vec::new(), ..held.clone() });
    lab.run(&["resume"]).ends(21).says("the run was begun under other rules");
    lab.recompile(&held);
    lab.run(&["resume"]).ends(79).says("b failed and nobody knows what it did before that");
}

#[test]
fn what_failed_and_was_held_is_not_done_again_by_itself() {
    let failing = |step: &str| changing(step, &format!("{}; [ -e cured ]", note(step)));
    let held = |mut procedure: Procedure| {
        procedure.red_flags = vec![flag("f", &["deploy"], Condition::StepFailed(id("b")), Consequence::Hold)];
        procedure
    };
    let alone = held(steps(vec![change("a"), failing("b"), change("c")]));
    let members = vec![(change("a"), &[][..]), (failing("b"), &["a"]), (change("c"), &["b"])];
    let at_once = held(procedure(vec![("deploy", vec![Action::Parallel(group(1, members))])]));
    for procedure in [alone, at_once] {
        let lab = Lab::new(&procedure);
        lab.run(&[]).ends(21).says("red flag f is raised");
        std::fs::write(lab.path("cured"), "").unwrap();
        lab.run(&["resume"]).ends(79).says("b failed and nobody knows what it did before that");
        assert_eq!(lab.did(), ["a", "b"]);
        lab.run(&["resume", "--approve", "b", "--as", "alice"]).ends(0);
        assert_eq!(lab.did(), ["a", "b", "b", "c"]);
    }
    let lab = Lab::new(&held(steps(vec![change("a"), Step { idempotent: true, ..failing("b") }])));
    lab.run(&[]).ends(21);
    std::fs::write(lab.path("cured"), "").unwrap();
    lab.run(&["resume"]).ends(0);
    let lab =
        Lab::new(&held(steps(vec![change("a"), Step { verify: Some("[ -e cured ]".to_owned()), ..failing("b") }])));
    lab.run(&[]).ends(21);
    std::fs::write(lab.path("cured"), "").unwrap();
    lab.run(&["resume"]).ends(0).says("its verification says that it is done");
    assert_eq!(lab.did(), ["a", "b"]);
}

/// A run that goes on has written a line before the log of its command is there.
#[test]
fn whoever_looks_at_a_run_that_goes_on_is_not_alarmed() {
    let mut lab = Lab::new(&steps(vec![change("a"), change("b")]));
    lab.run(&["--until", "b"]).ends(0);
    lab.stub(
        "awk",
        r#"PATH=${PATH#*:}; awk "$@"; status=$?; : >"$(echo "${0%/bin/*}"/state/*/*/log)/99-b-run.log"; exit $status"#,
    );
    lab.run(&["status"]).ends(0).says("run 1, open").does_not_say("what is lost may have been a change");
}

#[test]
fn by_a_journal_that_was_damaged_nothing_is_done() {
    let lab = Lab::new(&steps(vec![change("a"), change("b")]));
    lab.run(&["--until", "b"]).ends(0);
    let path = lab.journal_path();
    let whole = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let missing = [&lines[..2], &lines[3..]].concat().join("\n") + "\n";
    let garbled = whole.replacen("\"event\":\"begin\"", "\"event\":\"beg\0n\"", 1);
    let changed = whole.replacen("\"event\":\"done\",\"of\":\"a\"", "\"event\":\"done\",\"of\":\"b\"", 1);
    assert_ne!(changed, whole);
    for damaged in [missing, changed, garbled, format!("{whole}\n"), format!("{whole}{}\n", lines[3])] {
        std::fs::write(&path, &damaged).unwrap();
        for verb in ["resume", "rollback", "run"] {
            lab.run(&[verb]).ends(79).says("of the journal does not follow the one before it");
        }
        lab.run(&["status"]).ends(0).says("of the journal does not follow the one before it");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), damaged);
    }
    assert_eq!(lab.did(), ["a"]);
    std::fs::write(&path, whole).unwrap();
    lab.run(&["resume"]).ends(0);
}

/// The logs say how far a run came, when the end of its journal is lost: whole lines, or the rest of one.
#[test]
fn by_a_journal_that_lost_its_end_nothing_is_done() {
    let lab = Lab::new(&steps(vec![change("a"), change("b"), change("c")]));
    lab.run(&["--until", "c"]).ends(0);
    let path = lab.journal_path();
    let whole = std::fs::read_to_string(&path).unwrap();
    let (torn, _) = whole.split_once(r#""event":"begin","of":"b""#).unwrap();
    let lines = format!("{}\n", torn.rsplit_once('\n').unwrap().0);
    for (left, verb) in [(lines.as_str(), "resume"), (&lines, "rollback"), (torn, "resume"), ("", "run")] {
        std::fs::write(&path, left).unwrap();
        lab.run(&[verb]).ends(79).says("a command was begun with line 5: what is lost may have been a change");
        lab.run(&["status"]).ends(0).says("a command was begun with line 5");
    }
    assert_eq!(lab.did(), ["a", "b"]);
    std::fs::write(&path, whole).unwrap();
    lab.run(&["resume"]).ends(0);
}

#[track_caller]
fn assert_chained(lab: &Lab) {
    let mut before = "0".repeat(64);
    for line in std::fs::read_to_string(lab.journal_path()).unwrap().lines() {
        assert!(line.contains(&before), "{line}\n{}", lab.text("said"));
        before = sha256(line);
    }
}

/// From now on the nth call of this tool is killed.
fn kill_nth(lab: &mut Lab, tool: &str, nth: u32) {
    let count = "calls=${0%/bin/*}/calls; n=$(($(cat $calls 2>/dev/null || echo 0) + 1)); echo $n >$calls";
    lab.stub(tool, &format!("PATH=${{PATH#*:}}; {count}; [ $n -ne {nth} ] || kill -KILL $$; exec {tool} \"$@\""));
}

/// A key at the terminal reaches every process of the group, and so what the journal is written with.
#[test]
fn a_key_that_ends_every_process_of_the_group_leaves_a_whole_journal() {
    for (tool, nth) in [("date", 3), ("date", 6), ("sync", 3), ("sync", 5), ("sha256sum", 3), ("sha256sum", 6)] {
        let mut lab = Lab::new(&steps(["a", "b"].map(|step| Step { idempotent: true, ..change(step) }).to_vec()));
        lab.stub(
            tool,
            &format!(
                "n=$(($(cat calls 2>/dev/null || echo 0) + 1)); echo $n >calls
[ $n -ne {nth} ] || kill -INT -- -$(cat pid)
PATH=${{PATH#*:}}; exec {tool} \"$@\""
            ),
        );
        let status = lab.run(&[]).status;
        assert!([20, 21].contains(&status), "{tool} {nth}: {status}\n{}", lab.text("said"));
        assert_eq!(lab.journal().last().unwrap()["wait"], "signal", "{tool} {nth}");
        assert_chained(&lab);
        let begun = lab.journal().iter().any(|event| event["event"] == "open");
        lab.run(&[if begun { "resume" } else { "run" }]).ends(0);
        assert_eq!(lab.did().last().unwrap(), "b");
    }
}

/// What reads the journal is ended by a key, too: what it had read is not all, and so nothing is written by it.
#[test]
fn a_signal_while_the_journal_is_read_leaves_it_as_it_was() {
    for (tool, nth) in [("tail", 1), ("od", 1), ("awk", 1), ("awk", 2), ("awk", 4), ("sha256sum", 1)] {
        for signal in ["INT", "TERM"] {
            let mut lab = Lab::new(&steps(vec![change("a"), change("b")]));
            lab.run(&["--until", "b"]).ends(0);
            let before = std::fs::read_to_string(lab.journal_path()).unwrap();
            lab.stub(
                tool,
                &format!(
                    "PATH=${{PATH#*:}}; cd ${{0%/bin/*}}; n=$(($(cat calls 2>/dev/null || echo 0) + 1)); echo $n >calls
[ $n -ne {nth} ] || kill -{signal} -- -$(cat pid)
cd - >/dev/null; exec {tool} \"$@\""
                ),
            );
            let status = lab.run(&["resume"]).status;
            let after = std::fs::read_to_string(lab.journal_path()).unwrap();
            assert_eq!(status, 21, "{tool} {nth} {signal}\n{}", lab.text("said"));
            assert_eq!(after, before, "{tool} {nth} {signal}");
            lab.run(&["resume"]).ends(0);
            assert_eq!(lab.did(), ["a", "b"]);
        }
    }
}

/// A machine that runs out of memory kills one of them, and half of what it would have said decides nothing.
#[test]
fn when_a_tool_is_killed_the_journal_stays_whole_and_nothing_runs_twice() {
    let tools = [("tail", 2), ("od", 1), ("tr", 2), ("sed", 1), ("sha256sum", 3), ("awk", 4), ("readlink", 3)];
    for (tool, nth) in tools.iter().flat_map(|(tool, most)| (1..=*most).map(move |nth| (*tool, nth))) {
        for rest in ["", r#"{"seq":9"#] {
            let mut lab = Lab::new(&steps(vec![change("a"), change("b")]));
            lab.run(&["--until", "b"]).ends(0);
            let before = std::fs::read_to_string(lab.journal_path()).unwrap();
            std::fs::write(lab.journal_path(), format!("{before}{rest}")).unwrap();
            kill_nth(&mut lab, tool, nth);
            let status = lab.run(&["resume"]).status;
            assert!([0, 21].contains(&status), "{tool} {nth}: {status}\n{}", lab.text("said"));
            std::fs::remove_dir_all(lab.path("bin")).unwrap();
            lab.run(&["resume"]).ends(0);
            assert_eq!(lab.did(), ["a", "b"], "{tool} {nth}");
            assert!(std::fs::read_to_string(lab.journal_path()).unwrap().starts_with(&before), "{tool} {nth}");
            assert_chained(&lab);
        }
    }
}

#[test]
fn a_journal_that_was_changed_is_not_gone_on_with_when_its_digests_cannot_be_had() {
    let mut lab = Lab::new(&steps(vec![change("a"), change("b")]));
    lab.run(&["--until", "b"]).ends(0);
    let whole = std::fs::read_to_string(lab.journal_path()).unwrap();
    std::fs::write(lab.journal_path(), whole.replacen("\"verb\":\"run\"", "\"verb\":\"ran\"", 1)).unwrap();
    kill_nth(&mut lab, "sha256sum", 1);
    lab.run(&["resume"]).ends(21).says("cannot be checked");
    lab.run(&["resume"]).ends(79).says("line 2 of the journal does not follow the one before it");
    std::fs::remove_file(lab.path("calls")).unwrap();
    lab.run(&["status"]).ends(0).says("whether the journal was changed could not be checked");
    assert_eq!(lab.did(), ["a"]);
}

/// A flag may let a run go on after a failure, and another one may ask for it later, in the next job of a pipeline.
#[test]
fn a_phase_in_which_something_failed_has_failed_after_an_interruption_too() {
    let after = |phases: &[&str], then| {
        let mut procedure = procedure(vec![
            ("deploy", vec![Action::Step(change("a")), Action::Step(changing("b", &format!("{}; exit 1", note("b"))))]),
            ("verify", vec![Action::Step(quiet("c", &note("c")))]),
        ]);
        let soft = Condition::StepFailed(id("b"));
        procedure.red_flags = vec![
            flag("soft", &["deploy"], soft, Consequence::FixForward),
            flag("hard", phases, Condition::PhaseFailed(id("deploy")), then),
        ];
        Lab::new(&procedure)
    };
    let at_once = after(&["verify"], Consequence::Rollback);
    at_once.run(&[]).ends(10);
    let in_parts = after(&["verify"], Consequence::Rollback);
    in_parts.run(&["--until", "c"]).ends(0);
    in_parts.run(&["resume"]).ends(10).says("red flag hard is raised");
    assert_eq!(at_once.did(), in_parts.did());
}
