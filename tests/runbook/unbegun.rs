//! A command that a signal kept from ever beginning: the journal has its line, and everything is as it was before.

use stopline::runbook::*;

use crate::support::*;

fn steps(steps: Vec<Step>) -> Procedure {
    procedure(vec![("deploy", steps.into_iter().map(Action::Step).collect())])
}

fn ended_before(procedure: &Procedure, begins: &str, status: i32) -> Lab {
    let mut lab = Lab::new(procedure);
    lab.signalled_at("TERM", begins, &[]).ends(status).says("ended by SIGTERM");
    assert_eq!(lab.journal().iter().rev().nth(1).unwrap()["begun"], "no");
    lab
}

#[test]
fn it_is_begun_when_the_run_goes_on() {
    let lab = ended_before(&steps(vec![change("a"), change("b")]), r#""event":"begin","of":"a""#, 20);
    lab.run(&["status"]).ends(0).says("a: -").does_not_say("changes were made");
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["a", "b"]);
}

#[test]
fn it_is_not_undone() {
    let of_a = r#""event":"begin","of":"a""#;
    let lab = ended_before(&steps(vec![change("a")]), of_a, 20);
    lab.run(&["rollback"]).ends(20);
    assert!(lab.did().is_empty());
    let of_b = r#""event":"begin","of":"b""#;
    let lab = ended_before(&steps(vec![change("a"), change("b")]), of_b, 21);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["a", "undo a"]);
    let members = vec![(change("a"), &[][..]), (change("b"), &["a"][..])];
    let group = procedure(vec![("deploy", vec![Action::Parallel(group(2, members))])]);
    let lab = ended_before(&group, of_b, 21);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["a", "undo a"]);
}

/// Its first try was one.
#[test]
fn what_was_to_be_tried_again_is_undone() {
    let tried = Step { retries: 1, ..changing("a", &format!("{}; false", note("a"))) };
    let again = r#""event":"begin","of":"a","part":"run","left":"0""#;
    let lab = ended_before(&steps(vec![tried]), again, 21);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["a", "undo a"]);
}

/// It was let run again, and has not.
#[test]
fn a_doubt_is_left_as_it_was() {
    let of_a = r#""event":"begin","of":"a""#;
    for (verb, status, did) in [("resume", 0, "a"), ("rollback", 10, "undo a")] {
        let mut lab = Lab::new(&steps(vec![change("a")]));
        lab.killed_at(of_a, &[]);
        lab.run(&["resume"]).ends(79);
        lab.signalled_at("TERM", of_a, &["resume", "--approve", "a", "--as", "alice"]).ends(21);
        lab.run(&["status"]).ends(0).says("a: in doubt");
        lab.run(&[verb]).ends(status);
        assert_eq!(lab.did(), [did]);
    }
}
