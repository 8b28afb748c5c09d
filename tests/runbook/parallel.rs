//! Steps that run at the same time: how many, in which order, and what a fault in one means for the others.

use stopline::runbook::*;

use crate::support::*;

/// Notes when it begins and ends, and does not end before so many have begun.
fn brief(step: &str, begun: usize) -> Step {
    let waits = format!("until [ \"$(grep -c '+$' did)\" -ge {begun} ]; do sleep 0.05; done");
    changing(step, &format!("{}; {waits}; {}", note(&format!("{step}+")), note(&format!("{step}-"))))
}

/// Notes its name and then takes long, unless it is told otherwise.
fn slow(step: &str) -> Step {
    changing(step, &format!("{}; [ -e quick ] || sleep 20", note(step)))
}

fn of(group: Parallel) -> Procedure {
    procedure(vec![("deploy", vec![Action::Parallel(group), Action::Step(change("after"))])])
}

/// The most that had begun and not ended at any time.
fn most_at_once(did: &[String]) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for line in did {
        if line.ends_with('+') {
            now += 1;
        } else if line.ends_with('-') {
            now -= 1;
        }
        most = most.max(now);
    }
    most
}

#[test]
fn all_run_at_once_and_what_comes_after_waits_for_them() {
    let lab = Lab::new(&of(group(3, ["a", "b", "c"].map(|step| (brief(step, 3), &[][..])).to_vec())));
    lab.run(&[]).ends(0).says("- deploy/b  Do b");
    let did = lab.did();
    assert_eq!(most_at_once(&did), 3, "{did:?}");
    assert_eq!(did.last().unwrap(), "after");
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), did);
    assert_eq!(lab.events("done", "of").last().unwrap(), "after:after");
}

#[test]
fn no_more_than_the_limit_run_at_once() {
    let lab = Lab::new(&of(group(2, ["a", "b", "c", "d", "e"].map(|step| (brief(step, 2), &[][..])).to_vec())));
    lab.run(&[]).ends(0);
    assert_eq!(most_at_once(&lab.did()), 2, "{:?}", lab.did());
    assert_eq!(lab.did().len(), 11);
}

#[test]
fn each_waits_for_those_it_needs() {
    let members = vec![
        (brief("a", 2), &[][..]),
        (brief("b", 1), &["a"][..]),
        (brief("c", 1), &[][..]),
        (brief("d", 1), &["b"][..]),
    ];
    let lab = Lab::new(&of(group(9, members)));
    lab.run(&[]).ends(0);
    let did = lab.did();
    let at = |what: &str| did.iter().position(|line| line == what).unwrap();
    assert!(at("a-") < at("b+") && at("b-") < at("d+") && at("c+") < at("a-"), "{did:?}");
}

#[test]
fn a_failure_lets_the_others_finish_and_undoes_in_reverse_order() {
    let failing = changing("b", &format!("{}; exit 3", note("b+")));
    let members = vec![(brief("a", 2), &[][..]), (failing, &[][..]), (brief("c", 1), &["a"][..])];
    let lab = Lab::new(&of(group(9, members)));
    lab.run(&[]).ends(10).says("b left with status 3").says("going back: b left with status 3");
    let did = lab.did();
    assert!(did[..2].contains(&"a+".to_owned()) && did[..2].contains(&"b+".to_owned()), "{did:?}");
    assert_eq!(did[2..], ["a-", "undo b", "undo a"]);
}

#[test]
fn a_try_that_fails_is_tried_again_while_the_others_run() {
    // `a` waits for the first try of `b`, and `b` tries until `a` was there: however slow the machine is.
    let tries = format!("{}; test -e a-was-here || {{ touch b-tried; exit 1; }}", note("b"));
    let mut flaky = changing("b", &tries);
    flaky.retries = 9;
    flaky.retry_delay = secs(1);
    let waits = format!("until test -e b-tried; do sleep 0.1; done; {}; touch a-was-here", note("a"));
    let lab = Lab::new(&of(group(2, vec![(changing("a", &waits), &[]), (flaky, &[])])));
    lab.run(&[]).ends(0).says("trying again in 1 seconds (9 left)");
    let did = lab.did();
    assert_eq!((did[0].as_str(), &did[did.len() - 2..]), ("b", &["b".to_owned(), "after".to_owned()][..]), "{did:?}");
    assert_eq!(did.iter().filter(|line| *line == "a").count(), 1, "{did:?}");
}

#[test]
fn what_is_tried_again_waits_for_its_place() {
    let tries = format!("{}; test -e b-tried || {{ touch b-tried; exit 1; }}; {}", note("b+"), note("b-"));
    let flaky = Step { retries: 1, retry_delay: secs(1), ..changing("b", &tries) };
    let long = changing("c", &format!("{}; sleep 4; {}", note("c+"), note("c-")));
    let lab = Lab::new(&of(group(1, vec![(flaky, &[]), (long, &[])])));
    lab.run(&[]).ends(0);
    assert_eq!(lab.did(), ["b+", "c+", "c-", "b+", "b-", "after"]);
}

/// The way back is next, and what would be begun now would only be taken back.
#[test]
fn what_waits_for_its_next_try_is_not_begun_beside_a_failure() {
    let mut flaky = changing("b", &format!("{}; touch b-tried; exit 1", note("b")));
    flaky.retries = 3;
    flaky.retry_delay = secs(3);
    let fails = "until test -e b-tried; do sleep 0.1; done; sleep 1; exit 5";
    let waits = "until grep -qs '\"event\":\"failed\"' state/*/*/journal.jsonl; do sleep 0.1; done; sleep 4";
    let members = vec![(changing("a", fails), &[][..]), (flaky, &[]), (changing("c", waits), &[])];
    let lab = Lab::new(&of(group(3, members)));
    lab.run(&[]).ends(10).says("a left with status 5");
    assert_eq!(lab.did().iter().filter(|did| *did == "b").count(), 1, "{:?}", lab.did());
}

#[test]
fn what_does_not_verify_has_failed() {
    let unverified = Step { verify: Some("exit 4".to_owned()), ..change("b") };
    let lab = Lab::new(&of(group(2, vec![(change("a"), &[]), (unverified, &[])])));
    lab.run(&[]).ends(10).says("the verification of b left with status 4");
    let did = lab.did();
    assert_eq!(did[2..], if did[0] == "a" { ["undo b", "undo a"] } else { ["undo a", "undo b"] });
}

#[test]
fn a_limit_ends_one_and_not_the_others() {
    let mut stuck = changing("b", "sleep 30");
    stuck.command.timeout = secs(1);
    let lab = Lab::new(&of(group(2, vec![(brief("a", 1), &[]), (stuck, &[])])));
    lab.run(&[]).ends(10).says("b took longer than its limit of 1 seconds");
    assert_eq!(lab.did(), ["a+", "a-", "undo b", "undo a"]);
}

#[test]
fn a_signal_ends_all_of_them_and_resume_goes_on() {
    let members = ["a", "b"].map(|step| (Step { idempotent: true, ..slow(step) }, &[][..])).to_vec();
    let lab = Lab::new(&of(group(2, members)));
    let child = lab.start(&[]);
    lab.wait_for("did", "a");
    lab.wait_for("did", "b");
    let sent = std::time::Instant::now();
    lab.signal("TERM");
    lab.finish(child).ends(21);
    assert!(sent.elapsed().as_secs() < 8, "{:?}", sent.elapsed());
    assert_eq!(lab.events("interrupted", "signal"), ["a:TERM", "b:TERM"]);
    std::fs::write(lab.path("quick"), "").unwrap();
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did().len(), 5);
}

#[test]
fn after_a_kill_every_orphan_is_named_and_what_is_in_doubt_is_put_to_a_person() {
    let lab = Lab::new(&of(group(2, vec![(slow("a"), &[]), (slow("b"), &[])])));
    let child = lab.start(&[]);
    lab.wait_for("did", "a");
    lab.wait_for("did", "b");
    lab.signal("KILL");
    lab.finish(child);
    lab.run(&["resume"]).ends(76).says("a of the last run is still running").says("b of the last run is still running");
    lab.end_orphans();
    std::fs::write(lab.path("quick"), "").unwrap();
    lab.run(&["resume"]).ends(79).says("a was begun and nobody knows whether it ended");
    lab.run(&["resume", "--approve", "a", "--as", "alice"]).ends(79).says("b was begun");
    // Who said that of the one need not say it again for the other's sake.
    lab.run(&["resume", "--approve", "b", "--as", "bob"]).ends(0);
    assert_eq!(lab.did().len(), 5);
    assert_eq!(lab.events("approve", "who"), ["a:alice", "b:bob"]);
}

#[test]
fn a_red_flag_ends_all_of_them() {
    let mut procedure = of(group(2, vec![(slow("a"), &[]), (slow("b"), &[])]));
    procedure.metrics = vec![metric("m", "if [ -e did ]; then echo 9; else echo 1; fi")];
    procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)];
    let lab = Lab::new(&procedure);
    lab.run(&[]).ends(10).says("red flag f is raised");
    let did = lab.did();
    assert_eq!(did.len(), 4, "{did:?}");
    assert_eq!(did[2..], [format!("undo {}", did[1]), format!("undo {}", did[0])]);
}

#[test]
fn one_that_may_fail_is_taken_back_and_the_others_go_on() {
    let failing = changing("b", &format!("{}; exit 3", note("b")));
    let members = vec![(change("a"), &[][..]), (failing.clone(), &["a"]), (change("c"), &["b"])];
    let lab = Lab::new(&of(Parallel { tolerated: 1, ..group(1, members.clone()) }));
    lab.run(&[])
        .ends(0)
        .says("b is taken back, and the others go on (1 of at most 1)")
        .says("owed: b failed and was taken back: Do b");
    assert_eq!(lab.did(), ["a", "b", "undo b", "c", "after"]);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did()[5..], ["undo after", "undo c", "undo a"]);

    let also = changing("c", &format!("{}; exit 3", note("c")));
    let members = vec![members[0].clone(), members[1].clone(), (also, &["b"])];
    let lab = Lab::new(&of(Parallel { tolerated: 1, ..group(1, members) }));
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["a", "b", "undo b", "c", "undo c", "undo a"]);
}

#[test]
fn no_process_is_left_when_the_journal_can_no_longer_be_written() {
    let mut procedure =
        of(group(2, vec![(slow("a"), &[]), (changing("b", "until [ -e full ]; do sleep 0.1; done"), &[])]));
    procedure.phases[0].actions.pop();
    let lab = Lab::new(&procedure);
    let child = lab.start(&[]);
    lab.wait_for("did", "a");
    let journal = lab.journal_path();
    let kept = std::fs::read_to_string(&journal).unwrap();
    std::os::unix::fs::symlink("/dev/full", lab.path("full-journal")).unwrap();
    std::fs::rename(lab.path("full-journal"), &journal).unwrap();
    std::fs::write(lab.path("full"), "").unwrap();
    lab.finish(child).ends(21).says("the journal cannot be written");
    std::fs::remove_file(&journal).unwrap();
    std::fs::write(&journal, kept).unwrap();
    lab.run(&["rollback"]).ends(10);
}

/// Its tries are used up, and others run on when the runbook is ended.
#[test]
fn a_member_whose_undo_failed_is_handed_to_a_person_after_an_interruption_too() {
    let mut failing = changing("a", &format!("{}; exit 1", note("a")));
    failing.undo = Undo::Command(format!("{}; exit 1", note("undo a")));
    let members = vec![(failing, &[][..]), (slow("b"), &[])];
    let lab = Lab::new(&of(Parallel { tolerated: 1, ..group(2, members) }));
    let child = lab.start(&[]);
    lab.wait_for("did", "undo a");
    std::thread::sleep(std::time::Duration::from_millis(700));
    lab.signal("TERM");
    lab.finish(child).ends(21);
    lab.run(&["resume"]).ends(31).says("the undo of a failed in the run before");
    assert_eq!(lab.did().iter().filter(|did| *did == "undo a").count(), 1);
}

/// A member is taken back while another runs, and a red flag wants everything back.
#[test]
fn a_flag_ends_the_others_while_one_is_taken_back() {
    let mut failing = changing("a", &format!("{}; exit 1", note("a")));
    failing.undo = Undo::Command(format!("echo 9 >value; sleep 6; {}", note("undo a")));
    let members = vec![(failing, &[][..]), (slow("b"), &[])];
    let mut procedure = of(Parallel { tolerated: 1, ..group(2, members) });
    procedure.metrics = vec![Metric { every: secs(1), ..metric("load", "cat value") }];
    procedure.red_flags = vec![flag("load", &["deploy"], above("load", number("5")), Consequence::Rollback)];
    let lab = Lab::new(&procedure);
    std::fs::write(lab.path("value"), "1").unwrap();
    lab.run(&[]).ends(10).does_not_say("undo a was ended");
    let ended =
        lab.journal().iter().position(|line| line["event"] == "end" && line["of"] == "a" && line["part"] == "undo");
    let others = lab.journal().iter().position(|line| line["event"] == "flag").unwrap();
    assert!(others < ended.unwrap());
    let late: Vec<String> = lab.events("end", "status");
    assert!(late.iter().any(|end| end.starts_with("b:") && end != "b:0"), "{late:?}");
    assert_eq!(lab.did().last().unwrap(), "undo b");
}

/// Some end well when they are told to end: their work is not done for that.
#[test]
fn what_a_flag_ended_is_not_done_though_it_ends_well() {
    let polite = |step: &str| {
        let run = format!("trap 'exit 0' TERM; {}; while :; do sleep 0.1; done", note(step));
        changing(step, &run)
    };
    let members = vec![(polite("a"), &[][..]), (polite("b"), &[])];
    for action in [Action::Parallel(group(2, members)), Action::Step(polite("b"))] {
        let mut procedure = procedure(vec![("deploy", vec![action])]);
        procedure.metrics = vec![Metric { every: secs(1), ..metric("m", "cat value") }];
        procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)];
        let lab = Lab::new(&procedure);
        std::fs::write(lab.path("value"), "0").unwrap();
        let child = lab.start(&[]);
        lab.wait_for("did", "b");
        std::fs::write(lab.path("value"), "9").unwrap();
        lab.finish(child).ends(10);
        assert_eq!(lab.events("done", "of"), [""; 0]);
        assert!(lab.events("end", "status").contains(&"b:143".to_owned()), "{:?}", lab.events("end", "status"));
    }
}
