//! The way forward: order, once only, and the verbs that only look.

use stopline::runbook::*;

use crate::support::*;

fn release_of(plan: &str) -> Procedure {
    Procedure { provenance: Provenance { plan: plan.repeat(64), ..release().provenance }, ..release() }
}

fn release() -> Procedure {
    procedure(vec![
        ("prepare", vec![Action::Step(quiet("look", &note("look")))]),
        ("deploy", vec![Action::Step(change("migrate")), Action::Step(change("switch"))]),
    ])
}

#[test]
fn every_step_runs_in_order_and_a_second_run_does_nothing() {
    let lab = Lab::new(&release());
    lab.run(&[]).ends(0).says("confirmed: Checkout v1.2.3");
    assert_eq!(lab.did(), ["look", "migrate", "switch"]);
    lab.run(&[]).ends(0).says("already confirmed");
    lab.run(&["resume"]).ends(0).says("already confirmed");
    assert_eq!(lab.did(), ["look", "migrate", "switch"]);
}

#[test]
fn a_dry_run_touches_nothing() {
    let lab = Lab::new(&release());
    lab.run(&["--dry-run"]).ends(0).says("migrate  [step]  Do migrate").says("it would begin");
    for verb in ["resume", "rollback"] {
        lab.run(&[verb, "--dry-run"]).ends(64).says("--dry-run says what `run` would do");
    }
    assert!(lab.did().is_empty());
    assert!(!lab.path("state").exists());
}

#[test]
fn list_and_status_only_look() {
    let lab = Lab::new(&release());
    lab.run(&["list"]).ends(0).says("  switch  [step]  Do switch");
    lab.run(&["status"]).ends(0).says("not begun");
    assert!(!lab.path("state").exists());
    lab.run(&[]).ends(0);
    lab.run(&["status"]).ends(0).says("migrate: done").says("run 1, confirmed");
}

#[test]
fn until_stops_before_an_action_and_resume_goes_on() {
    let lab = Lab::new(&release());
    lab.run(&["run", "--until", "switch"]).ends(0).says("arrived at switch");
    assert_eq!(lab.did(), ["look", "migrate"]);
    lab.run(&["resume"]).ends(0).says("confirmed");
    assert_eq!(lab.did(), ["look", "migrate", "switch"]);
    lab.run(&["resume", "--until", "switch"]).ends(0);
    assert_eq!(lab.did(), ["look", "migrate", "switch"]);
}

#[test]
fn a_run_that_is_past_until_does_not_go_on() {
    let lab = Lab::new(&release());
    lab.run(&["run", "--until", "switch"]).ends(0);
    lab.run(&["resume", "--until", "migrate"]).ends(0).says("already past migrate");
    assert_eq!(lab.did(), ["look", "migrate"]);
}

#[test]
fn a_run_that_is_open_is_not_begun_again() {
    let lab = Lab::new(&release());
    lab.run(&["run", "--until", "switch"]).ends(0);
    lab.run(&["run"]).ends(21).says("a run is open: `resume` goes on with it");
    assert_eq!(lab.did(), ["look", "migrate"]);
}

#[test]
fn the_journal_is_a_chain_of_digests() {
    let lab = Lab::new(&release());
    lab.run(&[]).ends(0);
    let text = std::fs::read_to_string(lab.journal_path()).unwrap();
    let mut previous = "0".repeat(64);
    for (index, (line, event)) in text.lines().zip(lab.journal()).enumerate() {
        assert_eq!(event["prev"], previous.as_str(), "{line}");
        assert_eq!(event["seq"], index + 1, "{line}");
        previous = sha256(line);
    }
    assert_eq!(lab.events("done", "of"), ["look:look", "migrate:migrate", "switch:switch"]);
}

#[test]
fn what_it_is_not_asked_is_a_usage_error() {
    let lab = Lab::new(&release());
    lab.run(&["deploy"]).ends(64).says("unknown argument: deploy");
    lab.run(&["run", "rollback"]).ends(64).says("one verb at a time");
    lab.run(&["--until", "nowhere"]).ends(64).says("nothing called nowhere");
    lab.run(&["--break-glass", ""]).ends(64).says("--break-glass needs a value");
    lab.run(&["--break-glass", " \t"]).ends(64).says("--break-glass needs a reason");
    lab.run(&["--approve", "go"]).ends(64).says("--approve go needs --as WHO");
    lab.run(&["resume"]).ends(64).says("no run of this plan to resume");
    lab.run(&["rollback"]).ends(64).says("no run of this plan to roll back");
    assert!(lab.did().is_empty());
}

#[test]
fn help_says_what_the_statuses_mean_and_what_is_not_kept() {
    let lab = Lab::new(&release());
    lab.run(&["--help"]).ends(0).says("79 in doubt").says("Not kept by this form");
}

#[test]
fn sh_is_told_that_it_is_not_bash() {
    let lab = Lab::new(&release());
    let output = std::process::Command::new("sh").arg(lab.path("release.sh")).output().unwrap();
    assert_eq!(output.status.code(), Some(64));
    assert!(String::from_utf8_lossy(&output.stderr).contains("this runbook needs bash"));
}

#[test]
fn a_notice_that_cannot_be_sent_stops_nothing() {
    let notify = Notify { id: id("tell"), title: "Tell".to_owned(), command: command("exit 3") };
    let lab = Lab::new(&procedure(vec![("confirm", vec![Action::Notify(notify), Action::Step(change("a"))])]));
    lab.run(&[]).ends(0).says("tell left with status 3; nobody may have been told");
    assert_eq!(lab.did(), ["a"]);
}

#[test]
fn a_followup_is_owed_by_somebody() {
    let followup = Followup {
        id: id("review"),
        title: "Review".to_owned(),
        due: Epoch::new(1_795_600_000),
        by: Some(person("alice")),
    };
    let lab = Lab::new(&procedure(vec![("confirm", vec![Action::Followup(followup)])]));
    lab.run(&[]).ends(0).says("owed by alice until 2026-11-25T");
}

#[test]
fn another_plan_waits_until_a_changed_run_has_come_to_an_end() {
    let lab = Lab::new(&release());
    lab.run(&["run", "--until", "switch"]).ends(0);
    let other = Procedure { provenance: Provenance { plan: "b".repeat(64), ..release().provenance }, ..release() };
    lab.recompile(&other);
    lab.run(&["resume"]).ends(64).says("another plan has one");
    lab.run(&[]).ends(20).says("has not come to an end").says("--break-glass REASON");
    lab.recompile(&release());
    lab.run(&["rollback"]).ends(10);
    lab.recompile(&other);
    lab.run(&[]).ends(0);
}

/// What a journal that was damaged said nobody knows.
#[test]
fn another_plan_waits_for_a_run_whose_journal_is_damaged() {
    let mut lab = Lab::new(&release());
    lab.run(&["run", "--until", "switch"]).ends(0);
    let path = lab.journal_path();
    let whole = std::fs::read_to_string(&path).unwrap();
    lab.recompile(&Procedure { provenance: Provenance { plan: "b".repeat(64), ..release().provenance }, ..release() });
    let forged = format!(
        "{whole}{{\"seq\":{},\"prev\":\"{}\",\"at\":1,\"event\":\"confirmed\",\"of\":\"\"}}\n",
        whole.lines().count() + 1,
        "0".repeat(64)
    );
    for damaged in [whole.split_once('\n').unwrap().1, "", whole.split_at(200).0, &forged] {
        std::fs::write(&path, damaged).unwrap();
        lab.run(&[]).ends(20).says("has not come to an end");
    }
    std::fs::remove_file(&path).unwrap();
    lab.run(&[]).ends(20).says("has not come to an end");
    std::fs::create_dir(&path).unwrap();
    lab.run(&[]).ends(20).says("has not come to an end");
    std::fs::remove_dir(&path).unwrap();
    std::fs::write(&path, whole).unwrap();
    lab.stub("awk", r#"PATH=${PATH#*:}; case "$*" in *-aaaaaaaaaaaaaaaa/*) kill -KILL $$ ;; esac; exec awk "$@""#);
    lab.run(&[]).ends(20).says("has not come to an end: its journal cannot be read");
    lab.run(&["run", "--break-glass", "now"]).ends(20);
    assert_eq!(lab.did().len(), 2);
}

/// What still runs of it nobody can tell, and the glass is broken over what is known.
#[test]
fn under_a_broken_glass_no_plan_begins_where_a_journal_does_not_say_what_runs() {
    let lab = Lab::new(&release());
    lab.run(&["run", "--until", "switch"]).ends(0);
    let path = lab.journal_path();
    let whole = std::fs::read_to_string(&path).unwrap();
    lab.recompile(&Procedure { provenance: Provenance { plan: "b".repeat(64), ..release().provenance }, ..release() });
    let opened = whole.split_inclusive('\n').next().unwrap();
    for damaged in [whole.split_once('\n').unwrap().1, opened, ""] {
        std::fs::write(&path, damaged).unwrap();
        lab.run(&["run", "--break-glass", "now"])
            .ends(20)
            .says("whether something of another plan still runs is not known");
    }
    // A line that was torn when a machine went down is none.
    std::fs::write(&path, format!("{whole}{{\"seq\":9,\"prev\":\"ab")).unwrap();
    lab.run(&["run", "--break-glass", "now"]).ends(0);
}

/// Somebody else keeps it for themselves, or as evidence.
#[test]
fn another_plan_waits_for_a_run_whose_folder_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let lab = Lab::new(&release());
    lab.run(&["run", "--until", "switch"]).ends(0);
    lab.recompile(&Procedure { provenance: Provenance { plan: "b".repeat(64), ..release().provenance }, ..release() });
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let (place, home) = (lab.path("state/checkout-production"), lab.journal_path().parent().unwrap().to_owned());
    let expect = |closed: &std::path::Path, closed_to: u32| {
        everybody_may_write(&lab);
        mode(closed, closed_to);
        let output = as_nobody(&lab, &["run"]);
        mode(closed, 0o777);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("has not come to an end"), "{closed:?} {closed_to:o}: {output:?}");
        assert_eq!(output.status.code(), Some(20), "{closed:?} {closed_to:o}: {output:?}");
        mode(closed, closed_to);
        let output = as_nobody(&lab, &["run", "--break-glass", "now"]);
        mode(closed, 0o777);
        assert_eq!(output.status.code(), Some(20), "{closed:?} {closed_to:o}: {output:?}");
    };
    expect(&home, 0o000);
    expect(&home, 0o111);
    expect(&place, 0o333);
    assert_eq!(lab.did().len(), 2);
}

/// What is in place is another plan's, and this one is under it.
#[test]
fn a_plan_does_not_go_back_or_on_under_one_that_came_after_it() {
    let mut lab = Lab::new(&release_of("a"));
    lab.at(1_795_000_000).run(&[]).ends(0);
    lab.recompile(&release_of("c"));
    lab.at(1_795_000_050).run(&["--until", "migrate"]).ends(0);
    lab.recompile(&release_of("b"));
    lab.at(1_795_000_100).run(&["--until", "switch"]).ends(0);
    lab.recompile(&release_of("a"));
    for verb in ["run", "resume"] {
        lab.run(&[verb]).ends(20).says("this one was confirmed before that").does_not_say("already confirmed");
    }
    lab.run(&["rollback"]).ends(21).says("a run of another plan may have changed checkout in production since: ");
    lab.recompile(&release_of("c"));
    // It changed nothing, so it is given up, and can be begun anew.
    lab.run(&["resume"]).ends(20).says("stopped before any change: another plan came after it");
    lab.run(&["run"]).ends(20).says("has not come to an end");
    lab.recompile(&release_of("b"));
    lab.at(1_795_000_200).run(&["resume"]).ends(0);
    lab.recompile(&release_of("b"));
    lab.run(&["rollback"]).ends(10);
    lab.recompile(&release_of("a"));
    lab.run(&["rollback"]).ends(10);
    let did: Vec<String> = lab.did().into_iter().filter(|did| did != "look").collect();
    assert_eq!(did[2..], ["migrate", "switch", "undo switch", "undo migrate", "undo switch", "undo migrate"]);
}

/// A clock counts seconds, and which of two came later is told by when they were begun; or it is not known.
#[test]
fn a_plan_does_not_go_back_under_one_that_changed_something_in_the_same_second() {
    let mut lab = Lab::new(&release_of("a"));
    let stands_at = |lab: &mut Lab, second: u32| {
        lab.stub("date", &format!("echo 17950000{second}"));
    };
    stands_at(&mut lab, 10);
    lab.run(&[]).ends(0);
    lab.recompile(&release_of("b"));
    lab.run(&["--until", "switch"]).ends(0);
    lab.recompile(&release_of("a"));
    lab.run(&["rollback"]).ends(21).says("a run of another plan may have changed checkout in production since: ");

    let mut lab = Lab::new(&release_of("a"));
    stands_at(&mut lab, 10);
    lab.run(&["--until", "switch"]).ends(0);
    stands_at(&mut lab, 17);
    lab.run(&["resume"]).ends(0);
    lab.recompile(&release_of("b"));
    lab.run(&["--until", "switch"]).ends(0);
    lab.run(&["rollback"]).ends(10);
}

/// What came before this one does not keep it from going back, whatever became of its journal.
#[test]
fn an_older_journal_that_was_damaged_keeps_no_plan_from_going_back() {
    let mut lab = Lab::new(&release_of("a"));
    lab.at(1_795_000_000).run(&[]).ends(0);
    let older = lab.journal_path();
    lab.recompile(&release_of("b"));
    lab.at(1_795_000_100).run(&[]).ends(0);
    let text = std::fs::read_to_string(&older).unwrap();
    std::fs::write(&older, text.split_inclusive('\n').skip(2).collect::<String>()).unwrap();
    lab.run(&["rollback"]).ends(10);
}

#[test]
fn the_glass_can_be_broken_over_a_plan_that_came_later() {
    let mut lab = Lab::new(&release_of("a"));
    lab.at(1_795_000_000).run(&[]).ends(0);
    lab.recompile(&release_of("b"));
    lab.at(1_795_000_100).run(&[]).ends(0);
    lab.recompile(&release_of("a"));
    lab.run(&["rollback", "--break-glass", "b is known to be gone"]).ends(10);
    assert_eq!(lab.events("glass", "reason"), [":b is known to be gone"]);
}

/// The next job of a pipeline goes on by itself; what stood for days does not.
#[test]
fn guards_are_judged_again_where_a_run_has_stood_at_until() {
    let mut procedure = release();
    procedure.guards.window = Some(Window { start: Epoch::new(1_795_000_000), end: Epoch::new(1_795_090_000) });
    let mut lab = Lab::new(&procedure);
    lab.at(1_795_000_100).run(&["--until", "switch"]).ends(0);
    lab.at(1_795_100_000).run(&["resume"]).ends(21).says("the guards say no");
    assert_eq!(lab.did(), ["look", "migrate"]);
}

#[test]
fn a_state_of_somebody_else_is_not_one_in_which_nothing_was_done() {
    use std::os::unix::fs::PermissionsExt as _;
    let lab = Lab::new(&release());
    lab.run(&["--until", "switch"]).ends(0);
    everybody_may_write(&lab);
    let home = lab.journal_path().parent().unwrap().to_owned();
    std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o000)).unwrap();
    let outputs: Vec<_> = ["status", "resume", "rollback"].map(|verb| as_nobody(&lab, &[verb])).into();
    std::fs::set_permissions(&home, std::fs::Permissions::from_mode(0o777)).unwrap();
    for output in outputs {
        assert_eq!(output.status.code(), Some(21), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be read"), "{output:?}");
    }
}
