//! A clock that is set while a runbook runs (what stands in the file `set`, in seconds), or cannot be read.

use std::time::Instant;

use stopline::runbook::*;

use crate::support::*;

const START: i64 = 1_800_000_000;

fn set_after_a_moment(by: i64) -> Step {
    changing("a", &format!("{}; (sleep 1; echo {by} >set) >/dev/null 2>&1 &", note("a")))
}

#[test]
fn a_watch_lasts_as_long_as_it_says_wherever_the_clock_is_set() {
    for by in [86_400, -86_400] {
        let mut procedure = procedure(vec![("deploy", vec![Action::Step(set_after_a_moment(by)), watch(4)])]);
        procedure.metrics = vec![metric("m", &format!("{}; echo 1", note("read")))];
        procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)];
        let lab = Lab::new(&procedure);
        let began = Instant::now();
        lab.run(&[]).ends(0);
        assert!(began.elapsed().as_secs() >= 4, "{by}: {:?}", began.elapsed());
    }
}

#[test]
fn what_must_last_lasts_and_retries_wait_wherever_the_clock_is_set() {
    let steady = Probe { lasting: secs(3), ..probe("steady", "true") };
    let flaky = Step { retries: 1, retry_delay: secs(3), ..changing("b", "[ -e tried ] || { touch tried; exit 1; }") };
    for by in [86_400, -86_400] {
        let all =
            vec![Action::Step(set_after_a_moment(by)), Action::Probe(steady.clone()), Action::Step(flaky.clone())];
        let lab = Lab::new(&procedure(vec![("deploy", all)]));
        let began = Instant::now();
        lab.run(&[]).ends(0);
        assert!(began.elapsed().as_secs() >= 6, "{by}: {:?}", began.elapsed());
        lab.journal();
    }
}

#[test]
fn a_clock_that_cannot_be_read_stops() {
    let mut lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a"))])]));
    lab.stub("date", "exit 1");
    lab.run(&[]).ends(20).says("the clock cannot be read");
    assert!(lab.did().is_empty());
    lab.journal();
}

/// What is no time is not written down as one: a line that cannot be read stops the way back, too.
#[test]
fn a_clock_that_says_something_else_leaves_a_journal_that_can_be_read() {
    let go = Hold { expires: Some(secs(600)), ..hold("go") };
    let breaks = changing("a", &format!("{}; touch broken", note("a")));
    let breaks = Step { undo: Undo::Command(note("undo a")), ..breaks };
    let mut lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(breaks), Action::Hold(go)])]));
    lab.stub("date", "[ ! -e broken ] || { echo soon; exit; }; PATH=${PATH#*:}; exec date \"$@\"");
    lab.run(&["--approve", "go", "--as", "alice"]).ends(21).says("the clock cannot be read, and go expires");
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["a", "undo a"]);
    lab.journal();
}

#[test]
fn a_signature_does_not_outlive_its_time() {
    let guards = Guards {
        window: Some(Window { start: Epoch::new(START), end: Epoch::new(START + 7200) }),
        ..Guards::default()
    };
    let go = Hold { expires: Some(secs(600)), ..hold("go") };
    let all = vec![Action::Step(change("a")), Action::Hold(go), Action::Step(change("b"))];
    let mut lab = Lab::new(&Procedure { guards, ..procedure(vec![("deploy", all)]) });
    lab.at(START).run(&[]).ends(21);
    // Signed in time, and the guards say no until the time is over.
    lab.at(START - 600).run(&["resume", "--approve", "go", "--as", "alice"]).ends(21).says("the guards say no");
    lab.at(START + 1200).run(&["resume"]).ends(10).says("nobody signed go in time");
    assert_eq!(lab.did(), ["a", "undo a"]);
}

#[test]
fn what_was_interrupted_is_not_resumed_at_a_forbidden_time() {
    let guards = Guards {
        window: Some(Window { start: Epoch::new(START), end: Epoch::new(START + 7200) }),
        ..Guards::default()
    };
    let waits = changing("b", &format!("{}; [ -e quick ] || sleep 60", note("b")));
    let all =
        vec![Action::Step(change("a")), Action::Step(Step { idempotent: true, ..waits }), Action::Step(change("c"))];
    for signal in ["TERM", "KILL"] {
        let mut lab = Lab::new(&Procedure { guards: guards.clone(), ..procedure(vec![("deploy", all.clone())]) });
        lab.at(START);
        let child = lab.start(&[]);
        lab.wait_for("did", "b");
        lab.signal(signal);
        lab.finish(child);
        lab.end_orphans();
        std::fs::write(lab.path("quick"), "").unwrap();
        // Across midnight, and then still.
        lab.at(START + 86_400).run(&["resume"]).ends(21).says("the guards say no: window").says("--break-glass REASON");
        lab.run(&["resume"]).ends(21);
        assert_eq!(lab.did(), ["a", "b"]);
        lab.run(&["resume", "--break-glass", "half of it is out there"]).ends(0);
        assert_eq!(lab.did(), ["a", "b", "b", "c"]);
    }
}

#[test]
fn a_step_before_midnight_does_not_stop_what_was_begun() {
    let guards = Guards {
        window: Some(Window { start: Epoch::new(START), end: Epoch::new(START + 7200) }),
        ..Guards::default()
    };
    let all = vec![Action::Step(changing("a", &format!("{}; echo 86400 >set", note("a")))), Action::Step(change("b"))];
    let mut lab = Lab::new(&Procedure { guards, ..procedure(vec![("deploy", all)]) });
    lab.at(START).run(&[]).ends(0);
    assert_eq!(lab.did(), ["a", "b"]);
}
