//! The way back in the GitHub workflow: by itself, after a refusal, and asked for.

use std::path::PathBuf;

use stopline::runbook::*;

use super::github::{HALF_SIGNED, SIGNED};
use super::github_runner::{Github, Luck};
use super::gitlab_runner::Gitlab;
use super::{edited, gitlab, left_with, release, taken_back_by};
use crate::support::*;

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

/// The first job of whoever wants back says that this run of another plan is in place; what it said.
#[track_caller]
fn is_told_what_is_in_place(github: &mut Github, other: &str) -> String {
    let said = left_with(&github.job("guard"), 1);
    let is_in_place = format!("a run of another plan is in place, and nothing is taken back under it: {other}");
    assert!(said.contains(&is_in_place), "{said}");
    said
}

#[test]
fn whoever_wants_back_with_another_plan_is_told_whose_run_is_open() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    github.edit(&edited());
    github.next();
    github.back = true;
    let said = is_told_what_is_in_place(&mut github, "checkout-1-2-3-aaaaaaaa");
    assert!(said.contains("git log -S aaaaaaaaaaaaaaaa"), "{said}");
    github.run(None);
    assert_eq!(github.result("rollback"), "skipped");
    github.edit(&release());
    github.next();
    github.run(None);
    assert_eq!(github.world.did(), "look migrate undo migrate ");
}

#[test]
fn what_was_confirmed_does_not_go_back_under_an_open_run_of_another_plan() {
    let mut github = Github::new(&release(), SIGNED);
    github.run(None);
    HALF_SIGNED.clone_into(&mut github.signed);
    github.edit(&edited());
    github.next();
    github.run(None);
    assert_eq!((github.result("p3-deploy"), github.held("p3-deploy")), ("failure", true));
    let did = github.world.did();
    github.edit(&release());
    github.next();
    github.back = true;
    is_told_what_is_in_place(&mut github, "checkout-1-2-3-bbbbbbbb");
    github.run(None);
    assert_eq!(github.world.did(), did);
}

/// Green would say that production is as it was.
#[test]
fn a_way_back_of_what_is_not_known_is_no_success() {
    let mut github = Github::new(&release(), SIGNED);
    github.back = true;
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("no run of this plan is known here"), "{said}");
    github.run(None);
    assert_eq!(github.result("rollback"), "skipped");
    // Another plan was confirmed, and that is no way back of this one.
    github.back = false;
    github.next();
    github.run(None);
    github.edit(&edited());
    github.next();
    github.back = true;
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("no run of this plan is known here"), "{said}");
    github.edit(&release());
    github.run_failed_again(github.run);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate switch tell undo switch undo migrate ");
    // Once more is once too often, and says so.
    github.next();
    github.run(None);
    assert_eq!(github.result("rollback"), "success");
    assert_eq!(github.world.did(), "look migrate switch tell undo switch undo migrate ");
}

#[test]
fn a_way_back_of_which_nothing_could_be_kept_is_begun_when_the_first_job_is_run_again() {
    let mut github = Github::new(&release(), HALF_SIGNED);
    github.run(None);
    github.next();
    github.back = true;
    github.job_with("guard", Luck::Fails("Keep the journal"));
    github.run(None);
    assert_eq!(github.result("rollback"), "skipped");
    github.run_failed_again(2);
    github.run(None);
    assert_eq!(github.world.did(), "look migrate undo migrate ");
}

/// What the machine of the last phase could still upload ends with the first line that says this; which journal that is.
fn cut_after(github: &Github, said: &str) -> PathBuf {
    let place = github.artifacts().join("stopline-state-checkout-production.p3-deploy-1/checkout-production");
    let runs = std::fs::read_dir(place).unwrap().map(|run| run.unwrap().path());
    let run = runs.into_iter().find(|run| run.join("log").is_dir()).unwrap();
    let journal = std::fs::read_to_string(run.join("journal.jsonl")).unwrap();
    let begun = journal.lines().position(|line| line.contains(said)).unwrap();
    let before: String = journal.split_inclusive('\n').take(begun + 1).collect();
    std::fs::write(run.join("journal.jsonl"), before).unwrap();
    std::fs::remove_dir_all(run.join("log")).unwrap();
    run.join("journal.jsonl")
}

/// Begun, or decided by a red flag and not begun yet.
#[test]
fn a_way_back_that_was_broken_off_is_gone_on_with_by_the_rollback_job() {
    for begun in [true, false] {
        let mut github = Github::new(&release(), SIGNED);
        github.world.mark("broken");
        for job in ["guard", "p1-prepare", "p2-deploy", "p3-deploy"] {
            github.job(job);
        }
        if begun {
            cut_after(&github, "\"event\":\"rollback\"");
        } else {
            forge(&cut_after(&github, "\"event\":\"failed\""), r#""decided","of":"","then":"rollback","why":"bad""#);
        }
        github.next();
        let did = github.world.did();
        let said = left_with(&github.job("guard"), 1);
        assert!(said.contains("nothing is touched here, and the rollback goes on with it"), "{said}");
        assert_eq!(github.world.did(), did);
        github.run(None);
        assert_eq!((github.result("p1-prepare"), github.result("rollback")), ("skipped", "success"));
        assert_eq!(github.world.did(), format!("{did}undo switch undo migrate "));
    }
}

#[test]
fn a_way_back_that_is_in_doubt_is_not_gone_on_with_by_the_first_job() {
    let mut github = Github::new(&release(), SIGNED);
    github.world.mark("broken");
    for job in ["guard", "p1-prepare", "p2-deploy", "p3-deploy"] {
        github.job(job);
    }
    let did = github.world.did();
    cut_after(&github, "\"part\":\"undo\"");
    let said = left_with(&github.job("rollback"), 79);
    assert!(said.contains("the way back of switch is in doubt"), "{said}");
    github.next();
    let said = left_with(&github.job("guard"), 1);
    assert!(said.contains("nothing is touched here"), "{said}");
    assert_eq!(github.world.did(), did);
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
fn a_phase_that_could_not_begin_undoes_nothing_unless_it_was_cancelled() {
    for step in ["Check out", "Fetch the state", "Say that it begins"] {
        let at_p2 = |luck: Luck| {
            let mut github = Github::new(&release(), SIGNED);
            for job in ["guard", "p1-prepare"] {
                left_with(&github.job(job), 0);
            }
            github.ends("h-go-live-1", "success");
            github.job_with("p2-deploy", luck);
            github.run(None);
            github
        };
        let mut github = at_p2(Luck::Fails(step));
        assert_eq!((github.held("p2-deploy"), github.result("rollback")), (true, "skipped"), "{step}");
        github.run_failed_again(1);
        github.run(None);
        assert_eq!(github.world.did(), "look migrate switch tell ", "{step}");
        let github = at_p2(Luck::Cancelled(step));
        assert_eq!((github.held("p2-deploy"), github.result("rollback")), (false, "success"), "{step}");
        assert_eq!(github.world.did(), "look ");
    }
}

/// The older one would take back its part from under the newer one.
#[test]
fn an_older_plan_does_not_go_back_under_a_newer_one_that_was_confirmed() {
    let mut github = Github::new(&release(), SIGNED);
    github.run(None);
    std::thread::sleep(std::time::Duration::from_secs(1));
    github.edit(&edited());
    github.next();
    github.run(None);
    let did = github.world.did();
    github.edit(&release());
    github.next();
    github.back = true;
    is_told_what_is_in_place(&mut github, "checkout-1-2-3-bbbb");
    github.run(None);
    assert_eq!((github.result("rollback"), github.world.did()), ("skipped", did));
}

/// Whoever is on call takes the newest run there is.
#[test]
fn whoever_wants_back_what_its_guards_refused_is_told_what_is_in_place() {
    let mut github = Github::new(&release(), SIGNED);
    github.run(None);
    let did = github.world.did();
    let mut refused = edited();
    refused.guards.tools = vec![ToolName::new("a-tool-of-the-plan").unwrap()];
    github.edit(&refused);
    github.next();
    left_with(&github.job("guard"), 20);
    github.next();
    github.back = true;
    is_told_what_is_in_place(&mut github, "checkout-1-2-3-aaaa");
    assert_eq!(github.world.did(), did);
}

/// What no command undoes a person has to; and without a word of theirs nothing would ever begin again.
#[test]
fn a_way_back_that_a_person_finished_is_over_and_the_next_run_begins() {
    let forever = taken_back_by("switch", &Undo::Irreversible("the old table is gone".to_owned()));
    let mut github = Github::new(&forever, SIGNED);
    github.world.mark("broken");
    github.run(None);
    github.next();
    github.back = true;
    github.run(None);
    assert_eq!(github.result("rollback"), "failure");
    let said = left_with(&github.job("rollback"), 31);
    assert!(said.contains("where a person has finished the way back, say in `finished` how"), "{said}");
    github.next();
    github.finished = "restored it's \"table\"; see $(INC-7)".to_owned();
    github.run(None);
    assert_eq!(github.result("rollback"), "success");
    github.next();
    (github.back, github.finished) = (false, String::new());
    let said = left_with(&github.job("guard"), 0);
    assert!(!said.contains("not complete"), "{said}");
}

/// The script of another plan keeps its state elsewhere: to it, nothing was begun.
#[test]
fn a_script_of_another_plan_is_not_called() {
    let mut github = Github::new(&release(), SIGNED);
    github.world.mark("broken");
    for job in ["guard", "p1-prepare", "p2-deploy"] {
        left_with(&github.job(job), 0);
    }
    github.world.edit(&edited());
    for job in ["p3-deploy", "rollback", "guard"] {
        let said = left_with(&github.job(job), 64);
        assert!(said.contains("is not of the same plan and policies as this pipeline"), "{job}: {said}");
    }
    // The same text under another policy, or with another parameter.
    let mut under_other_rules = release();
    under_other_rules.guards.tools = vec![ToolName::new("bash").unwrap()];
    for other in [edited(), under_other_rules] {
        let mut gitlab = Gitlab::new(&release());
        gitlab.run(&gitlab::SIGNED[..1]);
        gitlab.world.edit(&other);
        for job in ["p3-deploy", "rollback", "rollback-now", "guard"] {
            let said = left_with(&gitlab.job(job, "starter"), 64);
            assert!(said.contains("is not of the same plan and policies as this pipeline"), "{job}: {said}");
        }
    }
}
