//! What a red flag or a person has decided is decided, though the runbook was killed before it came to it; and what waits for
//! a decision goes on waiting for it.

use stopline::runbook::*;

use super::github::SIGNED;
use super::github_runner::Github;
use super::gitlab_runner::{Gitlab, journal_in};
use super::in_doubt::held_by_the_switch;
use super::world::World;
use super::{gitlab, left_with, release};
use crate::support::*;

/// A release in which a flag wants this while the last step runs, which kills the runbook as soon as that is written.
fn killed_once_decided(then: Consequence) -> Procedure {
    let errors = metric("errors", "if grep -q later did; then echo 9; else echo 1; fi");
    let mut procedure = Procedure {
        metrics: vec![errors],
        red_flags: vec![flag("errors-rise", &["deploy"], above("errors", number("5")), then)],
        ..release()
    };
    let killed = "while ! cat stopline-state/*/*/journal.jsonl | grep -q decided; do sleep 0.1; done; kill -KILL $PPID";
    procedure.phases[1].actions.push(Action::Step(changing("later", &format!("{}; {killed}", note("later")))));
    procedure
}

#[test]
fn what_is_to_be_held_is_not_taken_back_by_github() {
    let mut github = Github::new(&killed_once_decided(Consequence::Hold), SIGNED);
    github.run(None);
    assert!(github.held("p3-deploy"));
    assert_eq!((github.result("rollback"), github.world.did()), ("skipped", "look migrate switch later ".to_owned()));
}

#[test]
fn what_is_to_be_held_is_not_taken_back_by_gitlab() {
    let mut gitlab = Gitlab::new(&killed_once_decided(Consequence::Hold));
    gitlab.run(&gitlab::SIGNED);
    assert_eq!((gitlab.results["p3-deploy"], gitlab.results["rollback"]), (137, 0));
    let said = left_with(&gitlab.job("rollback", "starter"), 0);
    assert!(said.contains("it waits for a person, and nothing is undone"), "{said}");
    assert_eq!(gitlab.world.did(), "look migrate switch later ");
}

/// A step has put another version of the repository there, say.
#[test]
fn what_waits_for_a_person_does_so_though_the_runbook_is_gone() {
    let mut procedure = release();
    procedure.red_flags = vec![flag("f", &["deploy"], Condition::StepFailed(id("later")), Consequence::Hold)];
    procedure.phases[1].actions.push(Action::Step(changing("later", "rm release.sh; exit 1")));
    let mut github = Github::new(&procedure, SIGNED);
    github.run(None);
    assert!(github.held("p3-deploy"));
    assert_eq!((github.result("rollback"), github.world.did()), ("skipped", "look migrate switch ".to_owned()));
}

#[test]
fn what_is_to_go_back_goes_back() {
    let mut github = Github::new(&killed_once_decided(Consequence::Rollback), SIGNED);
    github.run(None);
    assert!(!github.held("p3-deploy"));
    assert!(github.world.did().contains("undo switch undo migrate"), "{}", github.world.did());
}

/// A release whose runbook is killed in its last step, while it writes this event.
fn killed_while_it_says(event: &str) -> Procedure {
    let torn = format!(r#"{{"seq":99,"prev":"b","at":3,"event":{event},"o"#);
    let killed = format!("printf '%s' '{torn}' >>\"$(echo stopline-state/*/*/journal.jsonl)\"; kill -KILL $PPID");
    let mut procedure = release();
    procedure.phases[1].actions.push(Action::Step(changing("later", &format!("{}; {killed}", note("later")))));
    procedure
}

const CUT_OFF: [&str; 4] =
    [r#""confirmed""#, r#""handed""#, r#""stop","of":"","wait":"person""#, r#""stop","of":"","wait":"orphan""#];

#[test]
fn a_line_that_was_cut_off_decides_nothing_on_github() {
    for event in CUT_OFF {
        let mut github = Github::new(&killed_while_it_says(event), SIGNED);
        github.run(None);
        assert!(!github.held("p3-deploy"), "{event}");
        assert_eq!(github.result("rollback"), "success", "{event}");
        assert_eq!(github.world.did(), "look migrate switch later undo later undo switch undo migrate ", "{event}");
    }
}

#[test]
fn a_line_that_was_cut_off_decides_nothing_on_gitlab() {
    for event in CUT_OFF {
        let mut gitlab = Gitlab::new(&killed_while_it_says(event));
        gitlab.world.stub("uname", "echo another-runner");
        gitlab.run(&gitlab::SIGNED);
        assert_eq!((gitlab.results["p3-deploy"], gitlab.results["rollback"]), (137, 0), "{event}");
        assert_eq!(gitlab.world.did(), "look migrate switch later undo later undo switch undo migrate ", "{event}");
    }
}

#[test]
fn an_end_that_was_cut_off_is_none() {
    let mut gitlab = Gitlab::new(&killed_while_it_says(r#""refused""#));
    gitlab.run(&gitlab::SIGNED[..2]);
    for (job, who) in [("h-go-on-2", "bob"), ("p3-deploy", "starter")] {
        gitlab.job(job, who);
    }
    left_with(&gitlab.job("rollback-now", "alice"), 0);
    assert_eq!(gitlab.world.did(), "look migrate switch later undo later undo switch undo migrate ");
}

#[test]
fn what_was_killed_while_it_said_its_first_word_begins_anew() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.job("guard", "starter");
    let state = gitlab.state();
    let journal = journal_in(&state);
    std::fs::write(&journal, r#"{"seq":1,"prev":"b","at":3,"event":"op"#).unwrap();
    std::fs::remove_dir_all(journal.with_file_name("log")).unwrap();
    gitlab.put(&state);
    left_with(&gitlab.job("guard", "starter"), 0);
}

/// From now on a runbook gets this signal once its journal ends with this event.
fn interrupt(world: &World, signal: &str, event: &str) {
    let ends = format!("tail -n 1 \"$2\" | grep -Fq '\"event\":\"{event}\"'");
    world.stub("sync", &format!("[ \"$1\" != -d ] || ! {ends} || kill -{signal} $PPID"));
}

const INTERRUPTIONS: [(&str, &str); 4] = [("TERM", "resume"), ("KILL", "again"), ("TERM", "guard"), ("KILL", "guard")];

#[test]
fn what_waits_for_a_person_still_does_when_going_on_is_interrupted_on_github() {
    let mut github = Github::new(&held_by_the_switch(), SIGNED);
    github.world.mark("broken");
    github.run(None);
    let interrupted = |github: &mut Github, signal, event| {
        interrupt(&github.world, signal, event);
        github.run_failed_again(1);
        github.run(None);
        assert!(github.held("p3-deploy"), "{signal} {event}");
        assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "skipped"), "{signal} {event}");
    };
    for (signal, event) in INTERRUPTIONS {
        interrupted(&mut github, signal, event);
    }
    github.world.stub("sync", "");
    github.run_failed_again(1);
    left_with(&github.job("p3-deploy"), 79);
    for (signal, event) in [("TERM", "resume"), ("KILL", "guard")] {
        interrupted(&mut github, signal, event);
    }
    assert_eq!(github.world.did(), "look migrate switch ");
}

#[test]
fn what_waits_for_a_person_still_does_when_going_on_is_interrupted_on_gitlab() {
    let mut gitlab = Gitlab::new(&held_by_the_switch());
    gitlab.world.mark("broken");
    gitlab.run(&gitlab::SIGNED);
    let interrupted = |gitlab: &mut Gitlab, signal, event| {
        interrupt(&gitlab.world, signal, event);
        assert!(!gitlab.job("p3-deploy", "starter").status.success());
        let said = left_with(&gitlab.job("rollback", "starter"), 0);
        assert!(said.contains("it waits for a person, and nothing is undone"), "{signal} {event}: {said}");
    };
    for (signal, event) in INTERRUPTIONS {
        interrupted(&mut gitlab, signal, event);
    }
    gitlab.world.stub("sync", "");
    left_with(&gitlab.job("p3-deploy", "starter"), 79);
    for (signal, event) in [("TERM", "resume"), ("KILL", "guard")] {
        interrupted(&mut gitlab, signal, event);
    }
    assert_eq!(gitlab.world.did(), "look migrate switch ");
    // Whoever lets it run again has decided, and what is interrupted then goes back.
    gitlab.world.stub("sync", "");
    gitlab.world.set("CI_PIPELINE_ID", "8");
    gitlab.world.set("STOPLINE_AGAIN", "switch");
    left_with(&gitlab.job("guard", "starter"), 0);
    interrupt(&gitlab.world, "KILL", "approve");
    left_with(&gitlab.job("p3-deploy", "starter"), 137);
    gitlab.world.stub("sync", "");
    left_with(&gitlab.job("rollback", "starter"), 0);
    assert_eq!(gitlab.world.did(), "look migrate switch undo switch undo migrate ");
}

/// Nobody signed in time, say.
#[test]
fn what_was_refused_is_taken_back_by_the_rollback_job_and_no_other() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&gitlab::SIGNED[..1]);
    gitlab.forge(r#""refuse","of":"go-on","why":"nobody signed go-on in time""#);
    let said = left_with(&gitlab.job("guard", "starter"), 1);
    assert!(said.contains("nothing is touched here, and the rollback goes on with it"), "{said}");
    assert_eq!(gitlab.world.did(), "look migrate ");
    gitlab.world.set("CI_PIPELINE_ID", "8");
    gitlab.world.set("CI_DEPLOY_FREEZE", "true");
    gitlab.run(&[]);
    assert_eq!((gitlab.results["rollback"], gitlab.world.did()), (0, "look migrate undo migrate ".to_owned()));
}
