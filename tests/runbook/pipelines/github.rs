//! The GitHub workflow: what its jobs do, one after the other.

use stopline::emit::github;
use stopline::runbook::*;

use super::github_runner::Github;
use super::{left_with, release};
use crate::support::*;

#[test]
fn it_keeps_the_rules_a_deployment_needs() {
    let text = github::emit(&release(), "release.sh").unwrap().text;
    assert!(text.contains("\npermissions: {}\n"));
    assert!(text.contains("  cancel-in-progress: false\n"));
    assert!(text.contains("    shell: \"bash\"\n"));
    assert!(text.contains("environment: \"production-go-live\"\n"));
    assert!(text.contains("environment: \"production-go-on-2\"\n"));
    for line in text.lines().filter(|line| line.contains("uses:")) {
        let digest = line.split('@').nth(1).unwrap().split('"').next().unwrap();
        assert!(digest.len() == 40 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
    }
    let jobs = text.matches("    runs-on:").count();
    assert_eq!((jobs, text.matches("    timeout-minutes:").count()), (9, 9));
}

#[test]
fn a_phase_longer_than_a_hosted_job_may_be_is_refused() {
    let mut long = change("long");
    long.command.timeout = secs(6 * 3600);
    let error = github::emit(&procedure(vec![("deploy", vec![Action::Step(long)])]), "release.sh").unwrap_err();
    assert!(error.to_string().starts_with("phase `deploy` can take "), "{error}");
}

pub(super) const SIGNED: &str = "production-go-live alice\nproduction-go-on-1 alice\nproduction-go-on-2 bob\n";
/// The second hold needs two.
pub(super) const HALF_SIGNED: &str = "production-go-live alice\nproduction-go-on-1 alice\n";

#[test]
fn the_jobs_do_what_the_script_does() {
    let mut github = Github::new(&release(), SIGNED);
    left_with(&github.job("guard"), 0);
    assert_eq!(github.world.did(), "");
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
    assert_eq!(github.result("rollback"), "skipped");
}

#[test]
fn a_job_that_is_run_again_does_nothing_twice() {
    let mut github = Github::new(&release(), SIGNED);
    for _ in 0..2 {
        for job in ["guard", "p1-prepare", "p2-deploy"] {
            left_with(&github.job(job), 0);
        }
    }
    assert_eq!(github.world.did(), "look migrate ");
}

#[test]
fn one_signature_is_not_two_and_the_run_is_held() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    assert!(!github.held("p2-deploy") && github.held("p3-deploy"));
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "skipped"));
    assert_eq!(github.world.did(), "look migrate ");
}

#[test]
fn who_may_not_sign_does_not_sign_on_github_either() {
    let mut github = Github::new(&release(), "production-go-live mallory\n");
    left_with(&github.job("guard"), 0);
    left_with(&github.job("p1-prepare"), 0);
    left_with(&github.job("p2-deploy"), 64);
    assert_eq!(github.world.did(), "look ");
}

#[test]
fn a_signature_that_does_not_count_undoes_nothing() {
    let mut github = Github::new(&release(), "production-go-live alice\nproduction-go-on-1 mallory\n");
    github.run(None);
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "skipped"));
    assert_eq!(github.world.did(), "look migrate ");
}

/// GitHub keeps who approved in any attempt, and says of nobody in which.
#[test]
fn what_was_approved_twice_is_not_signed() {
    let mut github = Github::new(&release(), SIGNED);
    github.world.mark("broken");
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch undo switch undo migrate ");
    std::fs::remove_file(github.world.path("production/broken")).unwrap();
    for job in ["guard", "p1-prepare"] {
        left_with(&github.job(job), 0);
    }
    // Alice signs once more; Bob has not come yet.
    github.signed = format!("{SIGNED}production-go-live alice\nproduction-go-on-1 alice\n");
    let said = left_with(&github.job("p2-deploy"), 64);
    assert!(said.contains("go-live is not signed: environment production-go-live was approved 2 times"), "{said}");
    assert!(said.contains("dispatch a new run"), "{said}");
    assert!(github.held("p2-deploy"));
    assert_eq!(github.world.did(), "look migrate switch undo switch undo migrate look ");
}

#[test]
fn who_signed_is_known_or_nobody_has_and_nothing_is_undone() {
    let mut github = Github::new(&release(), SIGNED);
    github.world.set("SILENT", "/approvals");
    github.run(None);
    assert_eq!((github.result("p2-deploy"), github.result("rollback")), ("failure", "skipped"));
    assert_eq!(github.world.did(), "look ");
}

#[test]
fn what_was_held_once_is_undone_when_it_is_ended_later() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    assert!(github.held("p3-deploy"));
    SIGNED.clone_into(&mut github.signed);
    github.world.mark("broken");
    github.run_failed_again(1);
    github.run(None);
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "success"));
    assert_eq!(github.world.did(), "look migrate switch undo switch undo migrate ");
}

#[test]
fn an_environment_without_reviewers_stops_before_anything() {
    for (reviewers, status) in [(Some(0), 1), (None, 1), (Some(2), 0)] {
        let mut github = Github::new(&release(), "");
        github.reviewers = reviewers;
        left_with(&github.job("guard"), status);
    }
}
