//! What a GitLab pipeline takes back by itself: what it has begun, and nothing of an earlier one.

use stopline::runbook::*;

use super::gitlab_runner::{Gitlab, Luck};
use super::left_with;
use crate::support::*;

/// Two steps, of which the second is interrupted.
fn interrupted() -> (Gitlab, Procedure) {
    let copy = format!("{}; [ ! -e shell ] || {{ kill -TERM \"$(cat shell)\"; sleep 60; }}", note("copy"));
    let steps = vec![
        Action::Step(changing("migrate", &note("migrate"))),
        Action::Step(Step { idempotent: true, ..changing("copy", &copy) }),
    ];
    let procedure = procedure(vec![("deploy", steps)]);
    let mut gitlab = Gitlab::new(&procedure);
    left_with(&gitlab.job("guard", "starter"), 0);
    left_with(&gitlab.job_with("p1-deploy", "starter", Luck::Told), 21);
    assert_eq!(gitlab.world.did(), "migrate copy ");
    (gitlab, procedure)
}

#[test]
fn what_an_earlier_pipeline_was_interrupted_in_is_not_taken_back_because_this_one_never_began() {
    let (mut gitlab, _) = interrupted();
    gitlab.world.set("CI_PIPELINE_ID", "8");
    gitlab.world.set("CI_DEPLOY_FREEZE", "true");
    gitlab.run(&[]);
    assert_eq!((gitlab.results["guard"], gitlab.results["rollback"]), (1, 0));
    let said = left_with(&gitlab.job("rollback", "starter"), 0);
    assert!(said.contains("no job of this pipeline was the last to come to the runbook"), "{said}");
    assert_eq!(gitlab.world.did(), "migrate copy ");
    gitlab.world.set("CI_DEPLOY_FREEZE", "");
    gitlab.run(&[]);
    assert_eq!(gitlab.world.did(), "migrate copy copy ");
}

/// One of another plan has come meanwhile, and was told that it may not begin.
#[test]
fn what_this_pipeline_was_interrupted_in_is_taken_back_though_another_plan_wanted_to_begin() {
    let (mut gitlab, ours) = interrupted();
    let mut other = ours.clone();
    other.provenance.plan = "b".repeat(64);
    gitlab.edit(&other);
    gitlab.world.set("CI_PIPELINE_ID", "8");
    left_with(&gitlab.job("guard", "starter"), 20);
    gitlab.edit(&ours);
    gitlab.world.set("CI_PIPELINE_ID", "7");
    left_with(&gitlab.job("rollback", "starter"), 0);
    assert_eq!(gitlab.world.did(), "migrate copy undo copy undo migrate ");
}

#[test]
fn what_this_pipeline_was_interrupted_in_is_is_taken_back_by_its_own_job() {
    let (mut gitlab, _) = interrupted();
    left_with(&gitlab.job("rollback", "starter"), 0);
    assert_eq!(gitlab.world.did(), "migrate copy undo copy undo migrate ");
}
