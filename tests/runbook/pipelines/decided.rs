//! What a red flag has decided is decided, though the runbook was killed before it came to it.

use stopline::runbook::*;

use super::github::SIGNED;
use super::github_runner::Github;
use super::gitlab_runner::Gitlab;
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
