//! The GitLab pipeline: what its jobs do when they are started as GitLab starts them, and what becomes of one that is
//! started again, cancelled or lost.

use serde_json::Value;
use stopline::emit::gitlab;
use stopline::runbook::*;

use super::gitlab_runner::{Gitlab, Luck, small};
use super::world::journal;
use super::{edited, left_with, release, taken_back_by, text, texts};
use crate::support::*;

#[test]
fn every_script_is_one_for_any_shell() {
    let gitlab = Gitlab::new(&release());
    let machine = gitlab.world.machine();
    let jobs = gitlab.file.as_object().unwrap().values().filter(|job| job["stage"].is_string());
    let scripts: Vec<String> =
        jobs.flat_map(|job| [&job["script"], &job["after_script"]]).map(|it| texts(it).join("\n")).collect();
    assert!(scripts.iter().filter(|script| script.contains("$RUNBOOK")).count() > 3);
    for script in scripts {
        std::fs::write(machine.path("job.sh"), &script).unwrap();
        for shell in [vec![small("dash")], vec![small("busybox"), "sh".to_owned()]] {
            let words: Vec<&str> = shell.iter().map(String::as_str).chain(["-n", "job.sh"]).collect();
            let output = machine.run(&words, &[]);
            assert!(output.status.success(), "{words:?}: {}\n{script}", super::said(&output));
        }
    }
}

pub(super) const SIGNED: [(&str, &str); 3] = [("h-go-live-1", "alice"), ("h-go-on-1", "alice"), ("h-go-on-2", "bob")];

#[test]
fn the_jobs_do_what_the_script_does() {
    let mut gitlab = Gitlab::new(&release());
    left_with(&gitlab.job("guard", "starter"), 0);
    assert_eq!(gitlab.world.did(), "");
    gitlab.run(&SIGNED);
    assert_eq!(gitlab.world.did(), "look migrate switch tell ");
    assert!(!gitlab.results.contains_key("rollback"));
}

#[test]
fn a_job_that_is_run_again_does_nothing_twice() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..1]);
    assert_eq!(gitlab.world.did(), "look migrate ");
    for job in ["p2-deploy", "p1-prepare", "guard", "p2-deploy"] {
        left_with(&gitlab.job(job, "starter"), 0);
    }
    gitlab.run(&SIGNED);
    gitlab.run(&SIGNED);
    assert_eq!(gitlab.world.did(), "look migrate switch tell ");
}

#[test]
fn a_button_nobody_presses_is_no_signature_and_no_refusal() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&[]);
    assert_eq!(gitlab.world.did(), "look ");
    gitlab.run(&SIGNED[..2]);
    assert!(!gitlab.results.contains_key("p3-deploy"));
    assert_eq!(gitlab.world.did(), "look migrate ");
    left_with(&gitlab.job("rollback-now", "carol"), 0);
    assert_eq!(gitlab.world.did(), "look migrate undo migrate ");
    left_with(&gitlab.job("h-go-on-2", "bob"), 0);
    left_with(&gitlab.job("p3-deploy", "starter"), 10);
    assert_eq!(gitlab.world.did(), "look migrate undo migrate ");
}

#[test]
fn one_person_who_presses_twice_has_signed_once() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&[SIGNED[0], SIGNED[1], ("h-go-on-2", "alice")]);
    assert_eq!((gitlab.results["p3-deploy"], gitlab.results["rollback"]), (21, 0));
    assert_eq!(gitlab.world.did(), "look migrate ");
    left_with(&gitlab.job("h-go-on-2", "bob"), 0);
    left_with(&gitlab.job("p3-deploy", "starter"), 0);
    assert_eq!(gitlab.world.did(), "look migrate switch ");
}

/// Whoever starts the pipeline over is asked again.
#[test]
fn a_signature_counts_for_the_run_that_it_was_given_for() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.world.mark("broken");
    gitlab.run(&SIGNED);
    assert_eq!((gitlab.results["p3-deploy"], gitlab.results["rollback"]), (10, 0));
    std::fs::remove_file(gitlab.world.path("production/broken")).unwrap();
    let did = gitlab.world.did();
    for job in ["guard", "p1-prepare"] {
        left_with(&gitlab.job(job, "starter"), 0);
    }
    let said = left_with(&gitlab.job("p2-deploy", "starter"), 1);
    assert!(said.contains("alice signed for an earlier run: press h-go-live-1 again"), "{said}");
    left_with(&gitlab.job("rollback", "starter"), 0);
    assert_eq!(gitlab.world.did(), format!("{did}look "), "nothing is done, and nothing undone");
    gitlab.run(&SIGNED);
    assert_eq!(gitlab.world.did(), format!("{did}look migrate switch tell "));
}

#[test]
fn who_signs_what_is_not_known_does_not_sign() {
    let mut gitlab = Gitlab::new(&release());
    let said = left_with(&gitlab.job("h-go-live-1", "alice"), 1);
    assert!(said.contains("does not say what is signed (its answer: 404)"), "{said}");
    gitlab.run(&[]);
    std::fs::write(gitlab.world.path("registry/down"), "").unwrap();
    let said = left_with(&gitlab.job("h-go-live-1", "alice"), 1);
    assert!(said.contains("does not say what is signed (its answer: 401)"), "{said}");
    std::fs::remove_file(gitlab.world.path("registry/down")).unwrap();
    let said = left_with(&gitlab.job("p2-deploy", "starter"), 1);
    assert!(said.contains("nobody has signed: start job h-go-live-1 by hand"), "{said}");
    left_with(&gitlab.job("rollback", "starter"), 0);
    assert_eq!(gitlab.world.did(), "look ");
}

#[test]
fn who_may_not_sign_neither_signs_nor_undoes() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&[SIGNED[0], SIGNED[1], ("h-go-on-2", "mallory")]);
    assert_eq!((gitlab.results["p3-deploy"], gitlab.results["rollback"]), (64, 0));
    assert_eq!(gitlab.world.did(), "look migrate ");
    for nobody in ["", "a b", "$(touch pwned)"] {
        left_with(&gitlab.job("h-go-on-2", nobody), 1);
    }
    let said = left_with(&gitlab.job("p3-deploy", "starter"), 1);
    assert!(said.contains("nobody has signed: start job h-go-on-2 by hand"), "{said}");
}

#[test]
fn a_failing_phase_goes_back_by_itself_and_the_rollback_job_has_nothing_left() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.world.mark("broken");
    gitlab.run(&SIGNED);
    assert_eq!((gitlab.results["p3-deploy"], gitlab.results["rollback"]), (10, 0));
    assert_eq!(gitlab.world.did(), "look migrate switch undo switch undo migrate ");
}

#[test]
fn the_state_of_a_cancelled_job_comes_back_by_its_artifact() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..1]);
    left_with(&gitlab.job("h-go-on-1", "alice"), 0);
    left_with(&gitlab.job("h-go-on-2", "bob"), 0);
    gitlab.job_with("p3-deploy", "starter", Luck::Cancelled);
    let said = left_with(&gitlab.job("rollback-now", "carol"), 1);
    assert!(said.contains("job p3-deploy of pipeline 7 began and never handed in"), "{said}");
    left_with(&gitlab.job("p3-deploy", "starter"), 1);
    assert_eq!(gitlab.world.did(), "look migrate switch ");
}

#[test]
fn the_rollback_job_finds_what_a_cancelled_one_has_left() {
    let mut gitlab = Gitlab::new(&release());
    left_with(&gitlab.job("guard", "starter"), 0);
    left_with(&gitlab.job("p1-prepare", "starter"), 0);
    left_with(&gitlab.job("h-go-live-1", "alice"), 0);
    // Between two steps, where the journal ends without an end.
    gitlab.job_with("p2-deploy", "starter", Luck::Cancelled);
    let kept = gitlab.world.path("artifacts/p2-deploy/stopline-kept/p2-deploy/checkout-production");
    let folder =
        std::fs::read_dir(kept).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir()).unwrap();
    let journal = std::fs::read_to_string(folder.join("journal.jsonl")).unwrap();
    let (before, _) = journal.trim_end().rsplit_once('\n').unwrap();
    std::fs::write(folder.join("journal.jsonl"), format!("{before}\n")).unwrap();
    left_with(&gitlab.job("rollback", "starter"), 0);
    assert_eq!(gitlab.world.did(), "look migrate undo migrate ");
}

#[test]
fn a_state_that_was_lost_is_handed_to_a_person() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&[]);
    left_with(&gitlab.job("h-go-live-1", "alice"), 0);
    gitlab.job_with("p2-deploy", "starter", Luck::Lost);
    for job in ["p2-deploy", "rollback", "rollback-now", "guard"] {
        let said = left_with(&gitlab.job(job, "starter"), 1);
        assert!(said.contains("job p2-deploy of pipeline 7 began and never handed in"), "{said}");
    }
    assert_eq!(gitlab.world.did(), "look migrate ");
}

#[test]
fn a_job_whose_state_the_registry_does_not_take_fails_and_the_rollback_undoes_nothing_for_it() {
    let mut gitlab = Gitlab::new(&release());
    for (job, did) in [("guard", ""), ("p1-prepare", "look "), ("p2-deploy", "look migrate ")] {
        let said = left_with(&gitlab.job_with(job, "starter", Luck::Unheard), 1);
        assert!(said.contains("the package registry does not take the state, so this job fails"), "{said}");
        let said = left_with(&gitlab.job("rollback", "starter"), 0);
        assert!(said.contains("it waits for a person, and nothing is undone"), "{said}");
        assert_eq!(gitlab.world.did(), did);
        left_with(&gitlab.job(job, "starter"), 0);
        for (button, who) in SIGNED {
            left_with(&gitlab.job(button, who), 0);
        }
    }
    for job in ["p3-deploy", "p4-confirm"] {
        let luck = if job == "p3-deploy" { Luck::Good } else { Luck::Unheard };
        left_with(&gitlab.job_with(job, "starter", luck), i32::from(luck != Luck::Good));
    }
    let said = left_with(&gitlab.job("rollback-now", "carol"), 1);
    assert!(said.contains("run the job rollback of that pipeline, which takes it up"), "{said}");
    let said = left_with(&gitlab.job("rollback", "starter"), 0);
    assert!(said.contains("the run was confirmed"), "{said}");
    for job in ["p4-confirm", "guard"] {
        left_with(&gitlab.job(job, "starter"), 0);
    }
    assert_eq!(gitlab.world.did(), "look migrate switch tell ");
}

#[test]
fn a_way_back_that_the_registry_does_not_take_is_handed_in_as_the_message_says() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..2]);
    let said = left_with(&gitlab.job_with("rollback-now", "carol", Luck::Unheard), 1);
    assert!(said.contains("so this job fails"), "{said}");
    let mut how = String::new();
    for job in ["rollback", "guard"] {
        let said = left_with(&gitlab.job(job, "starter"), 1);
        assert!(said.contains("job rollback-now of pipeline 7 began and never handed in"), "{said}");
        assert!(said.contains("https://gitlab.test/shop/shop/-/jobs/41"), "{said}");
        how = said.lines().find(|line| line.contains("PRIVATE-TOKEN")).unwrap().to_owned();
    }
    let (packs, hands_in) = how.split_once(" && ").unwrap();
    let folder = gitlab.world.path("artifacts/rollback-now/stopline-kept/rollback-now");
    let packed = std::process::Command::new("sh").args(["-c", packs]).current_dir(&folder).status().unwrap();
    assert!(packed.success(), "{packs}");
    let registry = std::fs::read_dir(gitlab.world.path("registry")).unwrap().next().unwrap().unwrap();
    let address = hands_in.rsplit('"').nth(1).unwrap().replace(['/', ':'], "_");
    assert_eq!(registry.file_name().to_str(), Some(address.as_str()), "{hands_in}");
    std::fs::copy(folder.join("../state.tar"), registry.path()).unwrap();
    let said = left_with(&gitlab.job("rollback-now", "carol"), 0);
    assert!(said.contains("already rolled back"), "{said}");
    assert_eq!(gitlab.world.did(), "look migrate undo migrate ");
}

#[test]
fn a_script_that_was_killed_hands_in_nothing_and_the_rollback_takes_up_what_was_kept() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..1]);
    for (button, who) in [SIGNED[1], SIGNED[2]] {
        left_with(&gitlab.job(button, who), 0);
    }
    gitlab.job_with("p3-deploy", "starter", Luck::Killed);
    let said = left_with(&gitlab.job("guard", "starter"), 1);
    assert!(said.contains("job p3-deploy of pipeline 7 began and never handed in"), "{said}");
    let said = left_with(&gitlab.job("rollback", "starter"), 0);
    assert!(said.contains("it waits for a person"), "{said}");
    left_with(&gitlab.job("p4-confirm", "starter"), 0);
    assert_eq!(gitlab.world.did(), "look migrate switch tell ");
}

/// Somebody has killed the script, and the runbook was just about to write down that its step has ended.
#[test]
fn what_a_runbook_that_was_left_behind_still_writes_is_kept() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&[]);
    left_with(&gitlab.job("h-go-live-1", "alice"), 0);
    let slow = r#"PATH=${PATH#*:}
[ $# -eq 0 ] || exec sha256sum "$@"
line=$(cat; echo .)
case $line in *'"event":"end","of":"migrate"'*) kill -KILL "$(cat shell)" && sleep 1 ;; esac
printf '%s' "${line%.}" | sha256sum"#;
    gitlab.world.stub("sha256sum", slow);
    gitlab.job_with("p2-deploy", "starter", Luck::Left);
    let kept = journal(&gitlab.world.path("artifacts/p2-deploy"));
    assert!(kept.contains(r#""event":"end","of":"migrate""#), "{kept}");
}

#[test]
fn a_job_that_is_told_to_end_ends_its_runbook_and_hands_in_how_far_it_came() {
    let asks = "[ ! -e shell ] || kill -TERM \"$(cat shell)\"; sleep 60";
    let release = procedure(vec![("deploy", vec![Action::Step(changing("switch", asks))])]);
    let mut gitlab = Gitlab::new(&release);
    left_with(&gitlab.job("guard", "starter"), 0);
    let said = left_with(&gitlab.job_with("p1-deploy", "starter", Luck::Told), 21);
    assert!(said.contains("ended by SIGTERM"), "{said}");
    let state = gitlab.state();
    assert!(journal(state.path()).contains("ended by SIGTERM"));
    assert!(!state.path().join("running").exists());
}

#[test]
fn a_plan_that_an_open_run_of_another_stopped_begins_once_that_has_come_to_its_end() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..1]);
    gitlab.edit(&edited());
    left_with(&gitlab.job("guard", "starter"), 20);
    let said = left_with(&gitlab.job("rollback", "starter"), 0);
    assert!(said.contains("nothing was begun"), "{said}");
    left_with(&gitlab.job("guard", "starter"), 20);
    gitlab.edit(&release());
    gitlab.run(&SIGNED);
    gitlab.edit(&edited());
    gitlab.run(&[]);
    assert_eq!(gitlab.world.did(), "look migrate switch tell look ");
}

#[test]
fn a_journal_that_was_lost_is_not_nothing_begun() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..1]);
    let state = gitlab.state();
    let place = state.path().join("checkout-production");
    let runs = std::fs::read_dir(place).unwrap().map(|run| run.unwrap().path());
    let run = runs.into_iter().find(|run| run.join("log").is_dir()).unwrap();
    std::fs::remove_file(run.join("journal.jsonl")).unwrap();
    gitlab.put(&state);
    let said = left_with(&gitlab.job("rollback", "starter"), 79);
    assert!(said.contains("what is lost may have been a change"), "{said}");
    assert!(said.contains("keep a copy of the newest state.tar of package stopline checkout-production"), "{said}");
    assert_eq!(gitlab.world.did(), "look migrate ");
}

#[test]
fn a_way_back_with_another_plan_is_none() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..1]);
    gitlab.edit(&edited());
    let said = left_with(&gitlab.job("rollback-now", "carol"), 1);
    assert!(
        said.contains("a run of another plan is in place, and nothing is taken back under it: checkout-1-2-3-aaaa"),
        "{said}"
    );
    gitlab.edit(&release());
    left_with(&gitlab.job("rollback-now", "carol"), 0);
    assert_eq!(gitlab.world.did(), "look migrate undo migrate ");
}

#[test]
fn without_a_registry_or_in_a_freeze_nothing_begins() {
    let mut gitlab = Gitlab::new(&release());
    std::fs::write(gitlab.world.path("registry/down"), "").unwrap();
    let said = left_with(&gitlab.job("guard", "starter"), 1);
    assert!(said.contains("the package registry does not give the state (its answer: 401)"), "{said}");
    std::fs::remove_file(gitlab.world.path("registry/down")).unwrap();
    let said = left_with(&gitlab.job("p1-prepare", "starter"), 1);
    assert!(said.contains("(its answer: 404)"), "{said}");
    gitlab.world.set("CI_DEPLOY_FREEZE", "true");
    let said = left_with(&gitlab.job("guard", "starter"), 1);
    assert!(said.contains("the project is in a deploy freeze"), "{said}");
    assert_eq!(gitlab.world.did(), "");
}

/// The job that goes back by itself may come to another machine than the one on which a step runs on.
#[test]
fn what_may_run_on_elsewhere_is_left_to_a_person() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..1]);
    gitlab.forge(r#""stop","of":"","status":"76","wait":"orphan","why":"still running: migrate""#);
    gitlab.world.stub("uname", "echo another-runner");
    let said = left_with(&gitlab.job("rollback", "starter"), 76);
    assert!(said.contains("something may still run on "), "{said}");
    assert_eq!(gitlab.world.did(), "look migrate ");
    gitlab.world.stub("uname", "PATH=${PATH#*:}; exec uname \"$@\"");
    left_with(&gitlab.job("rollback", "starter"), 0);
    assert_eq!(gitlab.world.did(), "look migrate undo migrate ");
}

/// Only its last member says that an archive is whole: zeros are an archive, too.
#[test]
fn a_state_that_was_cut_off_is_none() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..1]);
    let registry = std::fs::read_dir(gitlab.world.path("registry")).unwrap().next().unwrap().unwrap().path();
    let whole = std::fs::read(&registry).unwrap();
    let last = whole.iter().rposition(|byte| *byte != 0).unwrap().next_multiple_of(512) - 512;
    for part in [&[][..], &whole[..512], &whole[..last], &[0; 10_240]] {
        std::fs::write(&registry, part).unwrap();
        for job in ["guard", "h-go-on-1", "p2-deploy", "rollback-now"] {
            let said = left_with(&gitlab.job(job, "alice"), 1);
            assert!(said.contains("is not all of the state"), "{job}: {said}");
        }
        assert_eq!(std::fs::read(&registry).unwrap(), part);
    }
    std::fs::write(&registry, &whole).unwrap();
    gitlab.run(&SIGNED);
    assert_eq!(gitlab.world.did(), "look migrate switch tell ");
}

/// GitLab may keep packages in a store of objects and send whoever fetches one there.
#[test]
fn a_token_goes_to_nobody_but_gitlab() {
    let mut gitlab = Gitlab::new(&release());
    let elsewhere = gitlab.world.path("registry.elsewhere");
    std::fs::write(&elsewhere, "https://store.test/a?signed=yes").unwrap();
    let said = left_with(&gitlab.job("guard", "starter"), 1);
    assert!(said.contains("(its answer: 404, from https://store.test/a)"), "what is not shown may be there: {said}");
    std::fs::remove_file(&elsewhere).unwrap();
    left_with(&gitlab.job("guard", "starter"), 0);
    std::fs::write(&elsewhere, "https://store.test/a?signed=yes").unwrap();
    gitlab.run(&SIGNED);
    assert_eq!(gitlab.world.did(), "look migrate switch tell ");
}

#[test]
fn it_keeps_the_rules_a_deployment_needs() {
    let gitlab = Gitlab::new(&release());
    assert_eq!(gitlab.file["workflow"]["auto_cancel"]["on_new_commit"], "none");
    for name in &gitlab.order {
        let job = &gitlab.file[name];
        assert_eq!((&job["interruptible"], &job["retry"]), (&Value::from(false), &Value::from(0)), "{name}");
        let minutes = |text: &str, unit: &str| text.strip_suffix(unit).unwrap().parse::<u64>().unwrap();
        let limit = minutes(text(job, "timeout"), " minutes");
        if name.starts_with("h-") {
            assert_eq!((text(job, "when"), &job["allow_failure"]), ("manual", &Value::from(false)), "{name}");
            assert!(text(&job["environment"], "name").starts_with("production-go-"), "{name}");
        } else {
            assert_eq!(text(job, "resource_group"), "stopline-checkout-production", "{name}");
            assert_eq!(text(&job["artifacts"], "when"), "always", "{name}");
            assert!(minutes(text(&job["variables"], "RUNNER_SCRIPT_TIMEOUT"), "m") < limit, "{name}");
        }
    }
    assert_eq!(gitlab.file["rollback-now"]["needs"], Value::from(Vec::<Value>::new()));
}

#[test]
fn what_it_cannot_promise_is_said() {
    let notes = gitlab::emit(&release(), "release.sh").unwrap().notes.join("\n");
    for part in
        ["package registry", "GitLab Premium: production-go-live, production-go-on-1", "deploy freeze", "rollback-now"]
    {
        assert!(notes.contains(part), "`{part}` is not in {notes}");
    }
    let mut long = change("long");
    long.command.timeout = secs(6 * 3600);
    let notes = gitlab::emit(&procedure(vec![("deploy", vec![Action::Step(long)])]), "release.sh").unwrap().notes;
    assert!(notes.iter().any(|note| note.contains("end one after 180")), "{notes:?}");
}

/// Green would say that it waits, or that it is over.
#[test]
fn a_way_back_in_doubt_is_not_green_and_a_person_says_when_it_is_over() {
    let undo = Undo::Command(format!("{}; [ -e done ] || kill -KILL $PPID", note("undo migrate")));
    let doubtful = taken_back_by("migrate", &undo);
    let mut gitlab = Gitlab::new(&doubtful);
    gitlab.run(&SIGNED[..2]);
    let killed = gitlab.job("rollback-now", "carol");
    assert_ne!(killed.status.code(), Some(0), "{killed:?}");
    let said = left_with(&gitlab.job("rollback", "starter"), 79);
    assert!(said.contains("or STOPLINE_FINISHED that says how a person has finished the way back"), "{said}");
    left_with(&gitlab.job("rollback", "starter"), 79);
    gitlab.world.set("STOPLINE_FINISHED", "the table is back; it's $(fine)");
    let said = left_with(&gitlab.job("rollback-now", "carol"), 0);
    assert!(said.contains("rolled back, by hand: the table is back; it's $(fine) (said by carol)"), "{said}");
    let said = left_with(&gitlab.job("guard", "starter"), 0);
    assert!(!said.contains("in doubt"), "{said}");
}

/// An earlier attempt of a job has kept something, too, where a machine keeps its files.
#[test]
fn what_another_attempt_kept_is_not_the_state() {
    let mut gitlab = Gitlab::new(&release());
    gitlab.run(&SIGNED[..1]);
    gitlab.job_with("p2-deploy", "starter", Luck::Cancelled);
    let kept = gitlab.world.path("artifacts/p2-deploy/stopline-kept/p2-deploy/kept-by");
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "41\n");
    std::fs::write(&kept, "40\n").unwrap();
    let said = left_with(&gitlab.job("rollback", "starter"), 1);
    assert!(said.contains("job p2-deploy of pipeline 7 began and never handed in"), "{said}");
}
