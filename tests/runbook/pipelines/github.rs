//! The GitHub workflow: what its jobs do, one after the other.

use stopline::emit::github;
use stopline::runbook::*;

use super::github_runner::{Github, Luck, artifact};
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

const SIGNED: &str = "production-go-live alice\nproduction-go-on-1 alice\nproduction-go-on-2 bob\n";
/// The second hold needs two.
const HALF_SIGNED: &str = "production-go-live alice\nproduction-go-on-1 alice\n";
const GUARD_STATE: &str = "stopline-state-checkout-production-guard";

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
fn another_run_goes_on_with_what_an_earlier_one_left() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    assert!(github.held("p3-deploy"));
    SIGNED.clone_into(&mut github.signed);
    github.next();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
    github.next();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ", "it was confirmed");
    assert_eq!(github.result("rollback"), "skipped");
}

#[test]
fn what_an_earlier_run_left_of_another_plan_stops_this_one() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate ");
    for artifact in std::fs::read_dir(github.artifacts()).unwrap() {
        let place = artifact.unwrap().path().join("checkout-production");
        let Ok(runs) = std::fs::read_dir(&place) else { continue };
        for run in runs.map(|run| run.unwrap().path()).filter(|run| run.is_dir()) {
            std::fs::rename(run, place.join("another-plan-bbbbbbbbbbbbbbbb")).unwrap();
        }
    }
    SIGNED.clone_into(&mut github.signed);
    github.next();
    github.run(None);
    assert_eq!((github.result("guard"), github.result("p1-prepare")), ("failure", "skipped"));
    assert_eq!(github.world.did(), "look migrate ");
}

#[test]
fn what_other_runs_left_is_known_or_nothing_is_done() {
    let mut github = Github::new(&release(), SIGNED);
    left_with(&github.job("guard"), 0);
    github.world.set("SILENT", "/artifacts");
    for job in ["guard", "p1-prepare", "rollback"] {
        let said = left_with(&github.job(job), 1);
        assert!(said.contains("GitHub does not say what other runs left behind"), "{said}");
    }
    assert!(github.held("guard") && github.held("p1-prepare"));
    assert_eq!(github.world.did(), "");
}

/// Runs every job of an older run that may be run again, and sees that it does nothing.
#[track_caller]
fn does_nothing_any_more(github: &mut Github, run: u64, newer: &str, did: &str) {
    github.run_failed_again(run);
    github.run(None);
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "skipped"));
    for job in ["guard", "p1-prepare", "p3-deploy", "rollback"] {
        let said = left_with(&github.job(job), 1);
        assert!(said.contains(&format!("run {newer} of this service has begun since")), "{said}");
        assert!(said.contains("dispatch a new run"), "{said}");
    }
    assert!(github.held("guard") && github.held("p3-deploy"));
    assert_eq!(github.world.did(), did);
}

#[test]
fn an_older_run_does_nothing_once_a_newer_one_has_begun() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    let left = std::fs::read_dir(github.artifacts()).unwrap().count();
    SIGNED.clone_into(&mut github.signed);
    github.next();
    github.run(None);
    does_nothing_any_more(&mut github, 1, "2", "look migrate switch tell ");
    assert_eq!(std::fs::read_dir(github.artifacts_of(1)).unwrap().count(), left, "nothing is left by it");
    // What was taken back is not confirmed.
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    SIGNED.clone_into(&mut github.signed);
    github.world.mark("broken");
    github.next();
    github.run(None);
    let did = github.world.did();
    assert_eq!(did, "look migrate switch undo switch undo migrate ");
    std::fs::remove_file(github.world.path("production/broken")).unwrap();
    does_nothing_any_more(&mut github, 1, "2", &did);
}

#[test]
fn a_run_of_another_branch_is_newer_too_and_what_a_fork_left_is_nothing() {
    let mut github = Github::new(&release(), SIGNED);
    let fork = artifact(GUARD_STATE, 9, "main", 6);
    let mut gone = artifact(GUARD_STATE, 9, "main", 5);
    gone["expired"] = true.into();
    github.others = vec![fork, gone, artifact("something-else", 9, "main", 5)];
    left_with(&github.job("guard"), 0);
    for name in [GUARD_STATE.to_owned(), format!("{GUARD_STATE}-begun")] {
        github.others.push(artifact(&name, 9, "a-branch", 5));
        let said = left_with(&github.job("p1-prepare"), 1);
        assert!(said.contains("run 9 of this service has begun since"), "{said}");
        github.others.pop();
    }
    left_with(&github.job("p1-prepare"), 0);
    assert_eq!(github.world.did(), "look ");
}

/// GitHub lets go of artifacts when all jobs run again.
#[test]
fn what_the_attempt_before_did_is_known_or_nothing_begins() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    assert!(github.held("p3-deploy"));
    SIGNED.clone_into(&mut github.signed);
    github.run_all_again();
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("the state of attempt 1 of run 1 is lost"), "{said}");
    github.run(None);
    assert_eq!((github.result("p1-prepare"), github.result("rollback")), ("skipped", "skipped"));
    github.run_failed_again(1);
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("the state of job guard (attempt 2 of run 1) is lost"), "{said}");
    github.next();
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("the state of job guard (attempt 2 of run 1) is lost"), "{said}");
    assert_eq!(github.world.did(), "look migrate ");
}

#[test]
fn an_attempt_of_which_github_says_nothing_is_lost() {
    let mut github = Github::new(&release(), SIGNED);
    github.run(Some("h-go-live-1"));
    github.run_all_again();
    github.world.set("SILENT", "/attempts/");
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("GitHub does not say what attempt 1 of this run did"), "{said}");
    assert!(github.held("guard"));
    github.next();
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("the state of job guard (attempt 2 of run 1) is lost"), "{said}");
}

#[test]
fn an_attempt_in_which_nothing_began_may_be_forgotten() {
    let mut github = Github::new(&release(), SIGNED);
    github.reviewers = Some(0);
    github.run(None);
    assert_eq!((github.result("guard"), github.result("rollback")), ("failure", "skipped"));
    github.reviewers = Some(2);
    github.run_all_again();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

/// Whatever is run after it, in this attempt, the next, or another run, says so and does nothing.
#[track_caller]
fn is_lost(github: &mut Github, job: &str, attempt: u64) {
    let did = github.world.did();
    let lost = format!("the state of job {job} (attempt {attempt} of run {}) is lost", github.run);
    github.run_failed_again(github.run);
    for again in [job, "rollback", "guard"] {
        let said = left_with(&github.job(again), 1);
        assert!(said.contains(&lost), "{again}: {said}");
    }
    assert!(job == "rollback" || github.held(job));
    for _ in 0..2 {
        github.next();
        let said = left_with(&github.job("guard"), 1);
        assert!(said.contains(&lost), "{said}");
        assert!(said.contains("delete that run and the older ones of this workflow, and dispatch anew"), "{said}");
        github.run(None);
        assert_eq!((github.result("p1-prepare"), github.result("rollback")), ("skipped", "skipped"));
    }
    assert_eq!(github.world.did(), did);
}

#[test]
fn a_job_whose_machine_died_is_lost_for_all_after_it() {
    for job in ["guard", "p1-prepare", "p2-deploy"] {
        let mut github = Github::new(&release(), SIGNED);
        for before in ["guard", "p1-prepare"].into_iter().take_while(|before| *before != job) {
            left_with(&github.job(before), 0);
        }
        github.job_with(job, Luck::Dies);
        github.run(None);
        let rollback = if job == "guard" { "skipped" } else { "failure" };
        assert_eq!(github.result("rollback"), rollback, "{job}");
        is_lost(&mut github, job, 1);
    }
}

#[test]
fn a_way_back_whose_machine_died_is_lost_too() {
    let mut github = Github::new(&release(), SIGNED);
    for job in ["guard", "p1-prepare", "p2-deploy"] {
        left_with(&github.job(job), 0);
    }
    github.ends("h-go-on-1", "failure");
    github.job_with("rollback", Luck::Dies);
    assert_eq!(github.world.did(), "look migrate undo migrate ");
    is_lost(&mut github, "rollback", 1);
}

#[test]
fn a_state_that_is_lost_in_a_second_attempt_is_not_that_of_the_first() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    SIGNED.clone_into(&mut github.signed);
    github.run_failed_again(1);
    github.job_with("p3-deploy", Luck::Dies);
    assert_eq!(github.world.did(), "look migrate switch ");
    is_lost(&mut github, "p3-deploy", 2);
}

#[test]
fn a_job_that_cannot_say_that_it_begins_does_not() {
    let mut github = Github::new(&release(), SIGNED);
    left_with(&github.job("guard"), 0);
    github.job_with("p1-prepare", Luck::Mute);
    github.run(None);
    assert!(github.held("p1-prepare"));
    assert_eq!((github.result("p1-prepare"), github.result("rollback")), ("failure", "skipped"));
    assert_eq!(github.world.did(), "");
    github.run_failed_again(1);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

#[test]
fn a_job_that_was_cancelled_before_it_got_a_machine_has_lost_nothing() {
    let mut github = Github::new(&release(), SIGNED);
    for job in ["guard", "p1-prepare", "p2-deploy"] {
        left_with(&github.job(job), 0);
    }
    for job in ["h-go-on-1", "h-go-on-2"] {
        github.ends(job, "success");
    }
    github.ends("p3-deploy", "cancelled");
    github.run(None);
    assert_eq!(github.result("rollback"), "success");
    assert_eq!(github.world.did(), "look migrate undo migrate ");
}

#[test]
fn without_what_the_run_left_nothing_was_begun_by_no_means() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    std::fs::remove_dir_all(github.artifacts()).unwrap();
    for job in ["p3-deploy", "rollback"] {
        let said = left_with(&github.job(job), 1);
        assert!(said.contains("what run 1 left is gone"), "{said}");
    }
    assert!(github.held("p3-deploy"));
}

#[test]
fn what_was_confirmed_is_not_taken_back_for_what_failed_afterwards() {
    let mut github = Github::new(&release(), SIGNED);
    github.run(None);
    for _ in 0..2 {
        github.ends("p4-confirm", "failure");
        let said = left_with(&github.job("rollback"), 0);
        assert!(said.contains("the run was confirmed"), "{said}");
        github.run_failed_again(1);
    }
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

#[test]
fn whoever_refuses_takes_back_what_was_begun_and_that_alone() {
    let mut github = Github::new(&release(), SIGNED);
    github.run(Some("h-go-on-2"));
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("skipped", "success"));
    assert_eq!(github.world.did(), "look migrate undo migrate ");
}

#[test]
fn a_failing_phase_goes_back_by_itself_and_the_rollback_job_has_nothing_left() {
    let mut github = Github::new(&release(), SIGNED);
    github.world.mark("broken");
    github.run(None);
    assert!(!github.held("p3-deploy"));
    assert_eq!((github.result("p3-deploy"), github.result("rollback")), ("failure", "success"));
    assert_eq!(github.world.did(), "look migrate switch undo switch undo migrate ");
}

#[test]
fn whoever_wants_back_dispatches_a_run_for_that() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    assert!(github.held("p3-deploy"));
    github.next();
    github.back = true;
    // Neither the guards nor the protection rules keep anybody from it.
    github.reviewers = None;
    github.run(None);
    for job in ["p1-prepare", "h-go-live-1", "p2-deploy", "p3-deploy"] {
        assert_eq!(github.result(job), "skipped", "{job}");
    }
    assert_eq!((github.result("guard"), github.result("rollback")), ("success", "success"));
    assert_eq!(github.world.did(), "look migrate undo migrate ");
    // What was confirmed, too.
    let mut github = Github::new(&release(), SIGNED);
    github.run(None);
    github.next();
    github.back = true;
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell undo switch undo migrate ");
}

/// What its machine could still upload ends in the middle of the way back.
#[test]
fn a_way_back_that_was_broken_off_is_gone_on_with_by_the_rollback_job() {
    let mut github = Github::new(&release(), SIGNED);
    github.world.mark("broken");
    for job in ["guard", "p1-prepare", "p2-deploy", "p3-deploy"] {
        github.job(job);
    }
    let place = github.artifacts().join("stopline-state-checkout-production-p3-deploy/checkout-production");
    let runs = std::fs::read_dir(place).unwrap().map(|run| run.unwrap().path());
    let run = runs.into_iter().find(|run| run.join("log").is_dir()).unwrap();
    let journal = std::fs::read_to_string(run.join("journal.jsonl")).unwrap();
    let begun = journal.lines().position(|line| line.contains("\"event\":\"rollback\"")).unwrap();
    let before: String = journal.split_inclusive('\n').take(begun + 1).collect();
    std::fs::write(run.join("journal.jsonl"), before).unwrap();
    std::fs::remove_dir_all(run.join("log")).unwrap();
    github.next();
    let did = github.world.did();
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("nothing is touched here, and the rollback goes on with it"), "{said}");
    assert_eq!(github.world.did(), did);
    github.run(None);
    assert_eq!((github.result("p1-prepare"), github.result("rollback")), ("skipped", "success"));
    assert_eq!(github.world.did(), format!("{did}undo switch undo migrate "));
}

#[test]
fn a_way_back_that_failed_goes_on_when_the_job_is_run_again() {
    let mut procedure = release();
    for action in &mut procedure.phases[1].actions {
        let Action::Step(step) = action else { continue };
        step.undo = Undo::Command(format!("[ -e mended ] && {}", note(&format!("undo {}", step.id))));
    }
    let mut github = Github::new(&procedure, HALF_SIGNED);
    github.run(None);
    github.world.mark("broken");
    SIGNED.clone_into(&mut github.signed);
    github.run_failed_again(1);
    github.run(None);
    assert_eq!(github.result("rollback"), "failure");
    let said = left_with(&github.job("rollback"), 31);
    assert!(said.contains("the way back is not complete"), "it was tried again: {said}");
    assert_eq!(github.world.did(), "look migrate switch ");
    github.world.mark("mended");
    github.run_failed_again(1);
    left_with(&github.job("p3-deploy"), 31);
    left_with(&github.job("rollback"), 0);
    assert_eq!(github.world.did(), "look migrate switch undo switch undo migrate ");
}

#[test]
fn a_way_back_that_was_handed_to_a_person_in_this_attempt_is_not_tried_again_in_it() {
    let mut procedure = release();
    let Action::Step(step) = procedure.phases[1].actions.last_mut().unwrap() else { panic!() };
    step.undo = Undo::Command(format!("{}; false", note("try")));
    let mut github = Github::new(&procedure, HALF_SIGNED);
    github.run(None);
    github.world.mark("broken");
    SIGNED.clone_into(&mut github.signed);
    github.run_failed_again(1);
    let said = left_with(&github.job("p3-deploy"), 31);
    assert!(said.contains("the way back is not complete"), "{said}");
    let tried = github.world.did();
    let said = left_with(&github.job("rollback"), 31);
    assert!(said.contains("the way back was handed to a person"), "{said}");
    assert_eq!(github.world.did(), tried);
}

#[test]
fn an_environment_without_reviewers_stops_before_anything() {
    for (reviewers, status) in [(Some(0), 1), (None, 1), (Some(2), 0)] {
        let mut github = Github::new(&release(), "");
        github.reviewers = reviewers;
        left_with(&github.job("guard"), status);
    }
}
