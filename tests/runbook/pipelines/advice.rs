//! What a job says where its runbook names commands that nobody can type there.

use stopline::runbook::*;

use super::github::SIGNED;
use super::github_runner::Github;
use super::gitlab_runner::Gitlab;
use super::{edited, gitlab, left_with, release};
use crate::support::*;

/// Whose last step fails, and what that means.
fn failing(then: Consequence) -> Procedure {
    let mut procedure = release();
    let failed = Condition::StepFailed(id("switch"));
    procedure.red_flags = vec![flag("switch", &["deploy"], failed, then)];
    procedure
}

#[test]
fn what_is_held_goes_on_in_a_new_run() {
    let mut github = Github::new(&failing(Consequence::Hold), SIGNED);
    github.world.mark("broken");
    for job in ["guard", "p1-prepare", "p2-deploy"] {
        github.job(job);
    }
    let said = left_with(&github.job("p3-deploy"), 21);
    assert!(said.contains("dispatch this workflow again, which goes on from here"), "{said}");
    let mut gitlab = Gitlab::new(&failing(Consequence::Hold));
    gitlab.world.mark("broken");
    gitlab.run(&gitlab::SIGNED[..1]);
    gitlab.job("h-go-on-1", "alice");
    gitlab.job("h-go-on-2", "bob");
    let said = left_with(&gitlab.job("p3-deploy", "starter"), 21);
    assert!(said.contains("run a new pipeline, which goes on from here"), "{said}");
}

#[test]
fn what_another_plan_left_open_goes_back_first() {
    let mut github = Github::new(&failing(Consequence::Hold), SIGNED);
    github.world.mark("broken");
    github.run(None);
    github.edit(&edited());
    github.next();
    let said = left_with(&github.job("guard"), 20);
    assert!(said.contains("that one goes back first, with the pipeline that it was begun with"), "{said}");
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&gitlab::SIGNED[..1]);
    gitlab.edit(&edited());
    let said = left_with(&gitlab.job("guard", "starter"), 20);
    assert!(said.contains("that one goes back first, with the pipeline that it was begun with"), "{said}");
}

/// Its last line may say anything, a doubt, too.
#[test]
fn a_damaged_journal_is_no_doubt_whatever_it_says_last() {
    let mut gitlab = Gitlab::new(&failing(Consequence::Hold));
    gitlab.world.mark("broken");
    gitlab.run(&gitlab::SIGNED);
    let said = left_with(&gitlab.job("p3-deploy", "starter"), 79);
    assert!(said.contains("a variable STOPLINE_AGAIN that names what may run again"), "{said}");
    let state = gitlab.state();
    let place = state.path().join("checkout-production");
    let runs = std::fs::read_dir(place).unwrap().map(|run| run.unwrap().path());
    let journal = runs.into_iter().map(|run| run.join("journal.jsonl")).find(|journal| journal.exists()).unwrap();
    let lines = std::fs::read_to_string(&journal).unwrap();
    std::fs::write(&journal, lines.replacen("\"part\":\"run\"", "\"part\":\"notify\"", 1)).unwrap();
    gitlab.put(&state);
    let said = left_with(&gitlab.job("p3-deploy", "starter"), 79);
    assert!(said.contains("bring production by hand to how it was"), "{said}");
    assert!(!said.contains("STOPLINE_AGAIN"), "{said}");
}
