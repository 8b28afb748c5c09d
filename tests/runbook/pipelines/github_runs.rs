//! Runs of the GitHub workflow: which of them acts, what one goes on with, and what becomes of them when state is lost.

use stopline::runbook::*;

use super::github::{HALF_SIGNED, SIGNED};
use super::github_runner::{Github, Luck, artifact};
use super::{edited, left_with, release};

const GUARD_STATE: &str = "stopline-state-checkout-production.guard-1";

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
fn an_open_run_of_another_plan_stops_this_one_and_goes_on_itself() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    github.edit(&edited());
    for again in 0..3 {
        github.next();
        github.back = again == 2;
        github.run(None);
        assert_eq!((github.result("guard"), github.result("rollback")), ("failure", "skipped"));
        assert!(github.held("guard"));
        assert_eq!(left_by(&github), "", "it would be the newest, and the open one could not be run again");
        github.run_failed_again(github.run);
        github.run(None);
        assert_eq!((github.result("guard"), github.result("rollback")), ("failure", "skipped"));
    }
    assert_eq!(github.world.did(), "look migrate ");
    github.edit(&release());
    SIGNED.clone_into(&mut github.signed);
    github.back = false;
    github.run_failed_again(1);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

/// The names of what the run has left.
fn left_by(github: &Github) -> String {
    let Ok(entries) = std::fs::read_dir(github.artifacts()) else { return String::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.concat()
}

#[test]
fn guards_that_say_no_undo_nothing_and_are_asked_again() {
    let mut guarded = release();
    guarded.guards.tools = vec![ToolName::new("a-tool-of-the-plan").unwrap()];
    let mut github = Github::new(&guarded, SIGNED);
    let said = left_with(&github.job("guard"), 20);
    assert!(said.contains("a-tool-of-the-plan is not installed"), "{said}");
    github.run(None);
    assert_eq!((github.held("guard"), github.result("rollback")), (true, "skipped"));
    assert_eq!(left_by(&github), GUARD_STATE, "what was refused is evidence");
    github.world.stub("a-tool-of-the-plan", "");
    github.run_failed_again(1);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

#[test]
fn what_other_runs_left_is_known_or_nothing_is_done() {
    let mut github = Github::new(&release(), SIGNED);
    left_with(&github.job("guard"), 0);
    for (silent, job) in [("/artifacts", "guard"), ("/workflows/", "p1-prepare"), ("/artifacts", "rollback")] {
        github.world.set("SILENT", silent);
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
    let left = left_by(&github);
    SIGNED.clone_into(&mut github.signed);
    github.next();
    github.run(None);
    does_nothing_any_more(&mut github, 1, "2", "look migrate switch tell ");
    // Nor does it leave a mark: no later run needs to hear of it.
    assert_eq!(left_by(&github), left);
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
    let of_another_place = "stopline-state-checkout-production-2.guard-1";
    github.others = vec![fork, artifact(of_another_place, 9, "main", 5), artifact("something else", 9, "main", 5)];
    left_with(&github.job("guard"), 0);
    for name in [GUARD_STATE.to_owned(), format!("{GUARD_STATE}-begun")] {
        github.others.push(artifact(&name, 9, "a-branch", 5));
        github.others.last_mut().unwrap()["expired"] = (name != GUARD_STATE).into();
        let said = left_with(&github.job("p1-prepare"), 1);
        assert!(said.contains("run 9 of this service has begun since"), "{said}");
        github.others.pop();
    }
    left_with(&github.job("p1-prepare"), 0);
    assert_eq!(github.world.did(), "look ");
}

/// Whoever opens a pull request can have a workflow of their own leave as many artifacts as they like.
#[test]
fn a_fork_that_fills_a_page_hides_no_run() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.others = vec![artifact(GUARD_STATE, 9, "main", 6); 150];
    github.run(None);
    SIGNED.clone_into(&mut github.signed);
    github.next();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
    github.run_failed_again(1);
    let said = left_with(&github.job("p3-deploy"), 1);
    assert!(said.contains("run 2 of this service has begun since"), "{said}");
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
    assert!(said.contains("the state of attempt 1 of run 1 is lost"), "{said}");
    assert!(said.contains("bring production by hand to how it was before the plan was begun"), "{said}");
    github.next();
    is_not_known(&mut github, 2);
    assert_eq!(github.world.did(), "look migrate ");
}

/// Another run does not begin as if nothing had been.
#[track_caller]
fn is_not_known(github: &mut Github, attempt: u64) {
    let said = left_with(&github.job("guard"), 1);
    let unknown = format!("what run 1 did before its attempt {attempt} is not known, and nothing begins");
    assert!(said.contains(&unknown), "{said}");
    assert!(said.contains("re-run its failed jobs"), "{said}");
    assert!(github.held("guard"));
    assert_eq!(left_by(github), "");
}

#[test]
fn an_attempt_of_which_github_says_nothing_is_not_known_until_it_does() {
    let mut github = Github::new(&release(), SIGNED);
    github.reviewers = Some(0);
    github.run(None);
    github.reviewers = Some(2);
    github.run_all_again();
    github.world.set("SILENT", "/attempts/");
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("GitHub does not say what attempt 1 of this run did"), "{said}");
    assert!(github.held("guard"));
    github.next();
    is_not_known(&mut github, 2);
    github.world.set("SILENT", "");
    is_not_known(&mut github, 2);
    github.run_failed_again(1);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
    github.next();
    left_with(&github.job("guard"), 0);
}

#[test]
fn an_attempt_that_never_came_to_ask_is_not_known_either() {
    for luck in [Luck::Fails("Check out"), Luck::Cancelled("Fetch the state")] {
        let mut github = Github::new(&release(), HALF_SIGNED);
        github.run(None);
        github.run_all_again();
        github.job_with("guard", luck);
        github.next();
        is_not_known(&mut github, 2);
        github.run_failed_again(1);
        let said = left_with(&github.job("guard"), 1);
        assert!(said.contains("the state of attempt 1 of run 1 is lost"), "{said}");
    }
}

#[test]
fn a_refusal_answers_for_the_attempts_before_it() {
    let mut guarded = release();
    guarded.guards.tools = vec![ToolName::new("a-tool-of-the-plan").unwrap()];
    let mut github = Github::new(&guarded, SIGNED);
    github.job_with("guard", Luck::Fails("Check out"));
    github.run_failed_again(1);
    github.job_with("guard", Luck::Fails("Check out"));
    github.next();
    is_not_known(&mut github, 2);
    github.run_failed_again(1);
    left_with(&github.job("guard"), 20);
    github.world.stub("a-tool-of-the-plan", "");
    github.next();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
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
    for again in [job, "rollback"] {
        let said = left_with(&github.job(again), 1);
        assert!(said.contains(&lost), "{again}: {said}");
    }
    assert!(job == "rollback" || github.held(job));
    for _ in 0..2 {
        github.next();
        let said = left_with(&github.job("guard"), 1);
        assert!(said.contains(&lost), "{said}");
        let by_hand = match job {
            "rollback" => "finish its way back by hand",
            _ => "bring production by hand to how it was before the plan was begun",
        };
        assert!(said.contains(by_hand), "{said}");
        assert!(said.contains("delete that run and the older ones that it went on with, and dispatch anew"), "{said}");
        github.run(None);
        assert_eq!((github.result("p1-prepare"), github.result("rollback")), ("skipped", "skipped"));
    }
    assert_eq!(github.world.did(), did);
}

#[test]
fn a_job_whose_machine_died_is_lost_for_all_after_it() {
    for job in ["p1-prepare", "p2-deploy"] {
        let mut github = Github::new(&release(), SIGNED);
        for before in ["guard", "p1-prepare"].into_iter().take_while(|before| *before != job) {
            left_with(&github.job(before), 0);
        }
        github.job_with(job, Luck::Dies);
        github.run(None);
        assert_eq!(github.result("rollback"), "failure", "{job}");
        is_lost(&mut github, job, 1);
    }
}

/// It touches nothing.
#[test]
fn a_first_job_that_left_nothing_has_lost_nothing() {
    for luck in [Luck::Dies, Luck::Fails("Keep the journal")] {
        for elsewhere in [false, true] {
            let mut github = Github::new(&release(), SIGNED);
            github.job_with("guard", luck);
            github.run(None);
            assert_eq!((github.result("p1-prepare"), github.result("rollback")), ("skipped", "skipped"));
            assert_eq!(left_by(&github), "");
            if elsewhere {
                github.next();
            } else {
                github.run_failed_again(1);
            }
            github.run(None);
            assert_eq!(github.world.did(), "look migrate switch tell ");
        }
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
    for (job, gone) in [("p3-deploy", "p2-deploy"), ("rollback", "guard")] {
        let said = left_with(&github.job(job), 1);
        assert!(said.contains(&format!("what job {gone} of run 1 left is gone")), "{said}");
    }
    assert!(github.held("p3-deploy"));
}

/// GitHub lists artifacts some time after they were uploaded, and people delete one and not the other.
#[test]
fn without_what_one_job_left_nobody_goes_on_from_before_it() {
    let of = |job: &str| format!("stopline-state-checkout-production.{job}");
    let mut github = Github::new(&release(), SIGNED);
    for job in ["guard", "p1-prepare", "p2-deploy"] {
        left_with(&github.job(job), 0);
    }
    let unlisted = github.world.path("unlisted");
    for name in [of("p2-deploy-1"), of("p2-deploy-1-begun")] {
        std::fs::create_dir_all(&unlisted).unwrap();
        std::fs::rename(github.artifacts().join(&name), unlisted.join(&name)).unwrap();
    }
    for (job, stepless) in [("p3-deploy", false), ("rollback", false), ("p3-deploy", true), ("rollback", true)] {
        github.stepless = stepless;
        let said = left_with(&github.job(job), 1);
        assert!(said.contains("what job p2-deploy of run 1 left is gone, or GitHub does not list it"), "{said}");
    }
    assert_eq!((github.held("p3-deploy"), github.world.did().as_str()), (true, "look migrate "));
    for name in [of("p2-deploy-1"), of("p2-deploy-1-begun")] {
        std::fs::rename(unlisted.join(&name), github.artifacts().join(&name)).unwrap();
    }
    left_with(&github.job("p3-deploy"), 0);
    assert_eq!(github.world.did(), "look migrate switch ");
}

/// The same of what it has left itself, of another run, and of the way back.
#[test]
fn what_a_job_left_that_is_run_again_is_not_forgotten() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    assert!(github.held("p3-deploy"));
    SIGNED.clone_into(&mut github.signed);
    left_with(&github.job("rollback"), 0);
    let did = github.world.did();
    for job in ["p3-deploy", "rollback"] {
        for name in [format!("{job}-1"), format!("{job}-1-begun")] {
            std::fs::remove_dir_all(github.artifacts().join(format!("stopline-state-checkout-production.{name}")))
                .unwrap();
        }
    }
    github.run_failed_again(1);
    for job in ["p3-deploy", "rollback"] {
        let said = left_with(&github.job(job), 1);
        assert!(said.contains("what job p3-deploy of run 1 left is gone"), "{said}");
    }
    github.next();
    for back in [false, true] {
        github.back = back;
        let said = left_with(&github.job("guard"), 1);
        assert!(said.contains("what job p3-deploy of run 1 left is gone"), "{said}");
    }
    assert_eq!(github.world.did(), did);
}

/// What was left before it is not deleted for it, and stays answered.
#[test]
fn an_attempt_that_could_leave_nothing_takes_nothing_away() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    github.run_failed_again(1);
    github.job_with("p3-deploy", Luck::Mute);
    github.ends("rollback", "skipped");
    github.run_failed_again(1);
    github.job_with("p3-deploy", Luck::Fails("Say that it begins"));
    github.ends("rollback", "skipped");
    SIGNED.clone_into(&mut github.signed);
    github.run_failed_again(1);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

/// A job that is not run again stands in the list of the next attempt, too, as if it had run there.
#[test]
fn what_is_listed_once_more_is_asked_for_once() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    github.relists = true;
    SIGNED.clone_into(&mut github.signed);
    github.run_failed_again(1);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

#[test]
fn what_ran_in_an_earlier_run_is_known_or_nothing_is_done() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    github.world.set("SILENT", "/jobs");
    let said = left_with(&github.job("rollback"), 1);
    assert!(said.contains("GitHub does not say which jobs began in run 1"), "{said}");
    github.next();
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("GitHub does not say which jobs began in run 1"), "{said}");
    github.world.set("SILENT", "");
    SIGNED.clone_into(&mut github.signed);
    github.run_failed_again(2);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell ");
}

#[test]
fn a_run_whose_first_job_left_nothing_that_can_be_had_is_not_taken_for_none() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    github.next();
    github.others = vec![artifact(GUARD_STATE, 1, "main", 5)];
    std::fs::remove_dir_all(github.artifacts_of(1)).unwrap();
    github.run(None);
    assert_eq!((github.result("guard"), github.result("rollback")), ("failure", "skipped"));
    assert_eq!(github.world.did(), "look migrate ");
}
