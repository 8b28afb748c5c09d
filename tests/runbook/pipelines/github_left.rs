//! What the jobs of the GitHub workflow left, some of which is gone, or not listed yet.

use super::github::{HALF_SIGNED, SIGNED};
use super::github_runner::{Github, Luck};
use super::{left_with, release};

/// What this attempt of this job left in this run lies elsewhere now, if it did.
fn moved(github: &Github, job: &str, attempt: u64, back: bool) {
    let unlisted = github.world.path("unlisted");
    std::fs::create_dir_all(&unlisted).unwrap();
    for end in ["", "-begun"] {
        let name = format!("stopline-state-checkout-production.{job}-{attempt}{end}");
        let (here, there) = (github.artifacts().join(&name), unlisted.join(&name));
        let (from, to) = if back { (there, here) } else { (here, there) };
        if from.exists() {
            std::fs::rename(from, to).unwrap();
        }
    }
}

#[track_caller]
fn is_missed(github: &mut Github, by: &str, job: &str) {
    let did = github.world.did();
    let said = left_with(&github.job(by), 1);
    assert!(said.contains(&format!("what job {job} of run 1 left is gone, or GitHub does not list it")), "{said}");
    assert_eq!(github.world.did(), did);
}

/// The third phase waited for a signature in the first attempt, and did its change in the second.
fn changed_in_the_second_attempt(relists: bool) -> Github {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.relists = relists;
    github.run(None);
    assert!(github.held("p3-deploy"));
    SIGNED.clone_into(&mut github.signed);
    github.run_failed_again(1);
    left_with(&github.job("p3-deploy"), 0);
    assert_eq!(github.world.did(), "look migrate switch ");
    github
}

#[test]
fn what_a_later_attempt_left_is_not_taken_for_what_an_earlier_one_did() {
    for relists in [false, true] {
        let mut github = changed_in_the_second_attempt(relists);
        moved(&github, "p3-deploy", 2, false);
        for stepless in [false, true] {
            github.stepless = stepless;
            is_missed(&mut github, "p4-confirm", "p3-deploy");
            assert!(github.held("p4-confirm"));
        }
        moved(&github, "p3-deploy", 2, true);
        github.run_failed_again(1);
        github.run(None);
        assert_eq!(github.world.did(), "look migrate switch tell ");
    }
}

#[test]
fn nothing_goes_back_without_what_a_later_attempt_left() {
    for relists in [false, true] {
        let mut github = changed_in_the_second_attempt(relists);
        moved(&github, "p3-deploy", 2, false);
        github.ends("p4-confirm", "cancelled");
        is_missed(&mut github, "rollback", "p3-deploy");
        moved(&github, "p3-deploy", 2, true);
        github.run_failed_again(1);
        github.ends("p4-confirm", "cancelled");
        github.run(None);
        assert_eq!(github.result("rollback"), "success");
        assert_eq!(github.world.did(), "look migrate switch undo switch undo migrate ");
    }
}

#[test]
fn another_run_does_not_begin_over_what_a_later_attempt_left() {
    for relists in [false, true] {
        let mut github = changed_in_the_second_attempt(relists);
        github.job_with("p4-confirm", Luck::Fails("Check out"));
        moved(&github, "p3-deploy", 2, false);
        github.next();
        is_missed(&mut github, "guard", "p3-deploy");
    }
}

/// The first job, run again, would add to a state that is not the newest.
#[test]
fn the_first_job_does_not_go_on_without_what_its_own_run_left() {
    let mut github = changed_in_the_second_attempt(false);
    moved(&github, "p3-deploy", 2, false);
    github.ends("guard", "failure");
    github.run_failed_again(1);
    is_missed(&mut github, "guard", "p3-deploy");
}

/// Any artifact of a run says that there was one.
#[test]
fn a_run_is_not_none_because_what_its_first_job_left_is_gone() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    moved(&github, "guard", 1, false);
    github.next();
    is_missed(&mut github, "guard", "guard");
    github.run_failed_again(1);
    moved(&github, "guard", 1, true);
    github.next();
    SIGNED.clone_into(&mut github.signed);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

#[test]
fn a_first_job_that_is_run_again_takes_nothing_away() {
    for luck in [Luck::Mute, Luck::Good, Luck::Fails("Keep the journal")] {
        let mut github = Github::new(&release(), HALF_SIGNED);
        github.run(None);
        github.ends("guard", "failure");
        github.run_failed_again(1);
        github.job_with("guard", luck);
        github.next();
        SIGNED.clone_into(&mut github.signed);
        github.run(None);
        assert_eq!(github.world.did(), "look migrate switch tell ");
    }
}

#[test]
fn what_has_expired_is_no_run_that_never_was() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    github.expired = vec![1];
    github.next();
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("what run 1 left has expired, and that run did not end well"), "{said}");
    assert!(github.held("guard"));
    github.world.set("SILENT", "/runs/1");
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("GitHub does not say what other runs left behind"), "{said}");
    assert_eq!(github.world.did(), "look migrate ");
    // Of one that ended well nothing is open.
    let mut github = Github::new(&release(), SIGNED);
    github.run(None);
    github.expired = vec![1];
    github.next();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell look migrate switch tell ");
}

/// GitHub gives on no output that has a secret in it, and one may be a number.
#[test]
fn what_a_job_says_of_its_attempt_has_no_number_in_it() {
    let mut github = changed_in_the_second_attempt(false);
    for _ in 2..10 {
        github.ends("p3-deploy", "failure");
        github.run_failed_again(1);
        left_with(&github.job("p3-deploy"), 0);
    }
    let kept = |job: &str| github.results[job].outputs["kept"].as_str();
    let words = ["guard", "p2-deploy", "p3-deploy"].map(kept);
    assert_eq!(words, ["stopline-kept-at-t", "stopline-kept-at-t", "stopline-kept-at-ts"]);
    left_with(&github.job("p4-confirm"), 0);
}

/// No awk on the machine, say.
#[test]
fn a_job_that_fails_before_it_calls_the_runbook_undoes_nothing() {
    let mut github = Github::new(&release(), SIGNED);
    for job in ["guard", "p1-prepare", "p2-deploy"] {
        left_with(&github.job(job), 0);
    }
    github.world.stub("awk", "exit 1");
    github.again = "switch".to_owned();
    github.run(None);
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "skipped"));
    assert!(github.held("p3-deploy"));
    assert_eq!(github.world.did(), "look migrate ");
    std::fs::remove_file(github.world.path("bin/awk")).unwrap();
    github.run_failed_again(1);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}
