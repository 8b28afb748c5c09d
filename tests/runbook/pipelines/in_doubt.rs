//! What nobody knows the end of, where nobody can type a command: a person says in the pipeline that it may run again.

use stopline::runbook::*;

use super::github::SIGNED;
use super::github_runner::Github;
use super::gitlab_runner::Gitlab;
use super::world::{World, journal};
use super::{gitlab, left_with, release, taken_back_by};
use crate::support::*;

/// The release, held where the switch fails: what that did nobody knows.
pub(super) fn held_by_the_switch() -> Procedure {
    let mut procedure = release();
    let failed = Condition::StepFailed(id("switch"));
    procedure.red_flags = vec![flag("switch", &["deploy"], failed, Consequence::Hold)];
    procedure
}

fn mended(world: &World) {
    std::fs::remove_file(world.path("production/broken")).unwrap();
}

#[test]
fn what_failed_on_github_runs_again_when_a_person_says_so() {
    let mut github = Github::new(&held_by_the_switch(), SIGNED);
    github.world.mark("broken");
    github.run(None);
    assert!(github.held("p3-deploy"));
    github.run_failed_again(1);
    let said = left_with(&github.job("p3-deploy"), 79);
    assert!(said.contains("dispatch this workflow, and name in `again` what may run again"), "{said}");
    // Neither another step nor a hold is what is in doubt.
    for other in ["migrate", "go-on", "nobody", "'; touch pwned; '"] {
        github.next();
        github.again = other.to_owned();
        github.run(None);
        assert_eq!((github.result("p3-deploy"), github.held("p3-deploy")), ("failure", true), "{other}");
        assert_eq!(github.world.did(), "look migrate switch ", "{other}");
    }
    github.next();
    github.again = "switch".to_owned();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch switch ");
    // It was for that doubt and none that came later, whoever runs the job again.
    for _ in 0..3 {
        github.run_failed_again(github.run);
        left_with(&github.job("p3-deploy"), 79);
    }
    assert_eq!(github.world.did(), "look migrate switch switch ");
    mended(&github.world);
    github.next();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch switch switch tell ");
    let signed = "\"event\":\"approve\",\"of\":\"switch\",\"who\":\"ann\"";
    assert_eq!(journal(&github.artifacts()).matches(signed).count(), 2);
}

#[test]
fn what_failed_on_gitlab_runs_again_when_a_person_says_so() {
    let mut gitlab = Gitlab::new(&held_by_the_switch());
    gitlab.world.mark("broken");
    gitlab.run(&gitlab::SIGNED);
    let said = left_with(&gitlab.job("p3-deploy", "starter"), 79);
    assert!(said.contains("run a new pipeline with a variable STOPLINE_AGAIN that names"), "{said}");
    assert_eq!(gitlab.world.did(), "look migrate switch ");
    for (pipeline, other) in [("8", "go-on"), ("9", "migrate"), ("10", "'; touch pwned; '")] {
        gitlab.world.set("CI_PIPELINE_ID", pipeline);
        gitlab.world.set("STOPLINE_AGAIN", other);
        gitlab.run(&gitlab::SIGNED);
        assert_eq!(gitlab.results["p3-deploy"], 79, "{other}");
    }
    gitlab.world.set("CI_PIPELINE_ID", "11");
    gitlab.world.set("STOPLINE_AGAIN", "switch");
    gitlab.run(&gitlab::SIGNED);
    assert_eq!(gitlab.results["p3-deploy"], 21);
    assert_eq!(gitlab.world.did(), "look migrate switch switch ");
    for _ in 0..3 {
        left_with(&gitlab.job("p3-deploy", "starter"), 79);
    }
    mended(&gitlab.world);
    gitlab.world.set("CI_PIPELINE_ID", "12");
    gitlab.run(&gitlab::SIGNED);
    assert_eq!(gitlab.world.did(), "look migrate switch switch switch tell ");
}

#[test]
fn a_way_back_in_doubt_runs_again_when_a_person_says_so() {
    let undo = Undo::Command(format!("{}; [ -e mended ] || kill -KILL $PPID", note("undo migrate")));
    let mut gitlab = Gitlab::new(&taken_back_by("migrate", &undo));
    gitlab.run(&gitlab::SIGNED[..2]);
    gitlab.job("rollback-now", "carol");
    let said = left_with(&gitlab.job("rollback-now", "carol"), 79);
    assert!(said.contains("with a variable STOPLINE_AGAIN that names what may run again"), "{said}");
    gitlab.world.mark("mended");
    gitlab.world.set("STOPLINE_AGAIN", "migrate");
    left_with(&gitlab.job("rollback-now", "carol"), 79);
    gitlab.world.set("CI_PIPELINE_ID", "8");
    left_with(&gitlab.job("guard", "carol"), 1);
    left_with(&gitlab.job("rollback-now", "carol"), 0);
    assert_eq!(gitlab.world.did(), "look migrate undo migrate undo migrate ");
}

/// Nobody can look at what has not happened yet.
#[test]
fn what_is_named_before_it_is_in_doubt_does_not_run_again() {
    let mut github = Github::new(&held_by_the_switch(), SIGNED);
    github.world.mark("broken");
    github.again = "switch".to_owned();
    github.run(None);
    for _ in 0..3 {
        github.run_failed_again(1);
        left_with(&github.job("p3-deploy"), 79);
    }
    assert_eq!(github.world.did(), "look migrate switch ");
}

#[test]
fn two_that_are_in_doubt_are_let_run_again_one_after_the_other() {
    let failing = |step: &str| (changing(step, &format!("{}; [ ! -e broken ]", note(step))), &[][..]);
    let members = Action::Parallel(group(2, vec![failing("east"), failing("west")]));
    let mut procedure = procedure(vec![("deploy", vec![members])]);
    procedure.red_flags = vec![flag("f", &["deploy"], Condition::PhaseFailed(id("deploy")), Consequence::Hold)];
    let mut github = Github::new(&procedure, "");
    github.world.mark("broken");
    github.run(None);
    mended(&github.world);
    github.run_failed_again(1);
    github.run(None);
    for again in ["east", "west"] {
        github.next();
        github.again = again.to_owned();
        github.run(None);
    }
    assert_eq!((github.result("p1-deploy"), github.world.did().len()), ("success", "east west east west ".len()));
}
