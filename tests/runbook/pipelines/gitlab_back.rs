//! What a GitLab pipeline takes back by itself: what it has begun, and nothing of an earlier one.

use stopline::runbook::*;

use super::gitlab_runner::{Gitlab, Luck};
use super::left_with;
use crate::support::*;

/// Two steps, of which the second is interrupted.
fn interrupted() -> Gitlab {
    let copy = format!("{}; [ ! -e shell ] || {{ kill -TERM \"$(cat shell)\"; sleep 60; }}", note("copy"));
    let steps = vec![
        Action::Step(changing("migrate", &note("migrate"))),
        Action::Step(Step { idempotent: true, ..changing("copy", &copy) }),
    ];
    let mut gitlab = Gitlab::new(&procedure(vec![("deploy", steps)]));
    left_with(&gitlab.job("guard", "starter"), 0);
    left_with(&gitlab.job_with("p1-deploy", "starter", Luck::Told), 21);
    assert_eq!(gitlab.world.did(), "migrate copy ");
    gitlab
}

#[test]
fn what_an_earlier_pipeline_was_interrupted_in_is_not_taken_back_because_this_one_never_began() {
    let mut gitlab = interrupted();
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

#[test]
fn what_this_pipeline_was_interrupted_in_is_taken_back_by_its_own_job() {
    let mut gitlab = interrupted();
    left_with(&gitlab.job("rollback", "starter"), 0);
    assert_eq!(gitlab.world.did(), "migrate copy undo copy undo migrate ");
}
