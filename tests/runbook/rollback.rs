//! The way back: what was begun, newest first, and no more.

use stopline::runbook::*;

use crate::support::*;

fn restart(run: &str) -> Rollback {
    Rollback { within: None, steps: vec![quiet("restart", run)] }
}

#[test]
fn a_failing_step_is_undone_with_all_before_it() {
    let failing = changing("switch", &format!("{}; exit 3", note("switch")));
    let lab = Lab::new(&Procedure {
        rollback: restart(&note("restart")),
        ..procedure(vec![(
            "deploy",
            vec![Action::Step(change("migrate")), Action::Step(failing), Action::Step(change("never"))],
        )])
    });
    lab.run(&[]).ends(10).says("switch left with status 3").says("rolled back");
    assert_eq!(lab.did(), ["migrate", "switch", "undo switch", "undo migrate", "restart"]);
    lab.run(&["rollback"]).ends(10).says("already rolled back");
    lab.run(&["resume"]).ends(10);
    assert_eq!(lab.did().len(), 5);
}

#[test]
fn a_failure_before_any_change_runs_no_rollback_step() {
    let mut scratch = quiet("scratch", &note("scratch"));
    scratch.undo = Undo::Command(note("undo scratch"));
    let lab = Lab::new(&Procedure {
        rollback: restart(&note("restart")),
        ..procedure(vec![
            ("prepare", vec![Action::Step(scratch), Action::Step(quiet("check", "exit 1"))]),
            ("deploy", vec![Action::Step(change("migrate"))]),
        ])
    });
    lab.run(&[]).ends(20).says("stopped before any change, and what was prepared is undone");
    assert_eq!(lab.did(), ["scratch", "undo scratch"]);
}

#[test]
fn after_a_way_back_the_same_plan_may_be_run_again() {
    let lab = Lab::new(&procedure(vec![(
        "deploy",
        vec![Action::Step(change("a")), Action::Step(changing("b", "test -e fixed"))],
    )]));
    lab.run(&[]).ends(10);
    std::fs::write(lab.path("fixed"), "").unwrap();
    lab.run(&[]).ends(0);
    assert_eq!(lab.did(), ["a", "undo b", "undo a", "a"]);
}

#[test]
fn a_failing_undo_is_handed_to_a_person_who_is_told_what_is_left() {
    let mut stubborn = change("switch");
    stubborn.undo = Undo::Command("test -e cured".to_owned());
    let lab = Lab::new(&Procedure {
        rollback: restart("echo back"),
        ..procedure(vec![(
            "deploy",
            vec![Action::Step(change("migrate")), Action::Step(stubborn), Action::Step(changing("last", "exit 1"))],
        )])
    });
    lab.run(&[])
        .ends(31)
        .says("the undo of switch left with status 1")
        .says("  1. undo switch (Do switch):\n      test -e cured\n  2. undo migrate (Do migrate):")
        .says("  3. restart (Do restart):\n      echo back\n")
        .says("handed to a person");
    assert_eq!(lab.did(), ["migrate", "switch", "undo last"]);
    lab.run(&[]).ends(31).says("the way back of a run that was handed to a person is not complete");
    lab.run(&["resume"]).ends(31);
    std::fs::write(lab.path("cured"), "").unwrap();
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["migrate", "switch", "undo last", "undo migrate"]);
}

#[test]
fn an_undo_is_tried_as_often_as_declared() {
    let mut flaky = change("switch");
    flaky.undo = Undo::Command("printf 'undo\\n' >>did; [ \"$(wc -l <did)\" -ge 4 ]".to_owned());
    flaky.retries = 2;
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(flaky), Action::Step(changing("b", "exit 1"))])]));
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["switch", "undo b", "undo", "undo"]);
}

/// The list is for somebody who types: what a command finds in its environment stands beside it, but no secret does.
#[test]
fn who_finishes_the_way_back_by_hand_is_told_what_the_commands_are_given() {
    let mut step = Step { undo: Undo::Command("psql \"$DATABASE\" \"$DOWN\"; exit 1".to_owned()), ..change("a") };
    step.command.env = vec![variable("DATABASE", "service=shop"), variable("DOWN", "it's $(down).sql")];
    step.command.secrets = vec![name("TOKEN")];
    let procedure = procedure(vec![("deploy", vec![Action::Step(step), Action::Step(changing("b", "exit 1"))])]);
    let mut lab = Lab::new(&procedure);
    lab.set("TOKEN", "hush-hush");
    let said = lab.run(&[]).ends(31).says("with DATABASE='service=shop'\n").says("with DOWN='it'\\''s $(down).sql'\n");
    said.says("with the secrets: TOKEN\n").does_not_say("hush");
}

#[test]
fn an_irreversible_step_ends_the_way_back() {
    let forever = Step { undo: Undo::Irreversible("the old table is gone".to_owned()), ..change("drop") };
    let lab = Lab::new(&procedure(vec![(
        "deploy",
        vec![Action::Step(change("a")), Action::Step(forever), Action::Step(changing("c", "exit 1"))],
    )]));
    let first = lab.run(&[]).ends(31).says("drop cannot be undone: the old table is gone").says("  2. undo a (Do a):");
    first.says("rollback --state state --finished REASON` says so").does_not_say("tries what is left again");
    for verb in ["resume", "run"] {
        lab.run(&[verb]).ends(31).says("  2. undo a (Do a):").says("rollback --state state --finished REASON` says so");
    }
    assert_eq!(lab.did(), ["a", "drop", "undo c"]);
    for (verb, status) in [("run", 64), ("resume", 64), ("status", 64)] {
        lab.run(&[verb, "--finished", "done"]).ends(status);
    }
    lab.run(&["rollback", "--finished", " "]).ends(64);
    lab.run(&["rollback", "--finished", "the table is back, see INC-7"]).ends(10).says("rolled back, by hand");
    assert_eq!(lab.events("rolled-back", "why"), [":finished by hand: the table is back, see INC-7"]);
    lab.run(&["status"]).ends(0).says("rolled-back");
    lab.run(&["--until", "drop"]).ends(0);
    assert_eq!(lab.did(), ["a", "drop", "undo c", "a"]);
}

/// What a person finishes is a way back, and one that was begun.
#[test]
fn what_was_not_begun_is_finished_by_nobody() {
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Step(change("b"))])]));
    lab.run(&["rollback", "--finished", "done"]).ends(64);
    lab.run(&["--until", "b"]).ends(0);
    lab.run(&["rollback", "--finished", "done"]).ends(64).says("no way back was begun");
    lab.run(&["rollback"]).ends(10);
    lab.run(&["rollback", "--finished", "done"]).ends(10).says("already rolled back");
}

#[test]
fn a_confirmed_run_can_be_rolled_back_long_after() {
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Step(change("b"))])]));
    lab.run(&[]).ends(0);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["a", "b", "undo b", "undo a"]);
}

#[test]
fn a_rollback_step_that_does_not_verify_is_handed_to_a_person() {
    let step = Step { verify: Some("exit 1".to_owned()), ..quiet("restart", &note("restart")) };
    let lab = Lab::new(&Procedure {
        rollback: Rollback { within: None, steps: vec![step] },
        ..procedure(vec![("deploy", vec![Action::Step(changing("a", "exit 1"))])])
    });
    lab.run(&[]).ends(31).says("the verification of restart left with status 1");
}

#[test]
fn a_canary_is_undone_as_a_whole() {
    let canary = canary(r#"printf '%s\n' "$STOPLINE_PERCENT" >>did; [ "$STOPLINE_PERCENT" != 50 ]"#);
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Canary(canary)])]));
    lab.run(&[]).ends(10).says("canary left with status 1");
    assert_eq!(lab.did(), ["0.5", "25", "50", "undo canary"]);
}

/// Whoever was only interrupted goes on.
#[test]
fn a_way_back_that_was_interrupted_is_finished_by_nobody() {
    let mut slow = change("b");
    slow.undo = Undo::Command(format!("{}; [ -e quick ] || sleep 20", note("undo b")));
    slow.idempotent = true;
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Step(slow)])]));
    lab.run(&[]).ends(0);
    let child = lab.start(&["rollback"]);
    lab.wait_for("did", "undo b");
    lab.signal("TERM");
    lab.finish(child).ends(21);
    lab.run(&["rollback", "--finished", "done"]).ends(64).says("the way back was interrupted");
    std::fs::write(lab.path("quick"), "").unwrap();
    lab.run(&["rollback"]).ends(10);
}

/// Whoever was told to finish it by hand does not do it twice because another try of theirs was interrupted.
#[test]
fn a_way_back_that_was_handed_over_is_finished_after_another_try_too() {
    let mut failing = change("a");
    failing.undo = Undo::Command(format!("{}; [ ! -e slow ] || sleep 20; exit 1", note("undo a")));
    let lab =
        Lab::new(&procedure(vec![("deploy", vec![Action::Step(failing), Action::Step(changing("b", "exit 1"))])]));
    lab.run(&[]).ends(31);
    let folder = lab.journal_path();
    let text = std::fs::read_to_string(&folder).unwrap();
    // What a kill -9 leaves that came right after the first line of the next try.
    lab.run(&["rollback"]).ends(31);
    let longer = std::fs::read_to_string(&folder).unwrap();
    let next: String = longer.split_inclusive('\n').skip(text.lines().count()).take(1).collect();
    assert!(next.contains("\"event\":\"rollback\""), "{next}");
    std::fs::write(&folder, text + &next).unwrap();
    std::fs::remove_dir_all(folder.parent().unwrap().join("log")).unwrap();
    lab.run(&["rollback", "--finished", "done by hand"]).ends(10);
}
