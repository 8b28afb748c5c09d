//! Red flags, baselines, probes, watches and canaries.

use stopline::runbook::*;

use crate::support::*;

/// A metric read from the file `value`, and a flag on it.
fn flagged(actions: Vec<Action>, condition: Condition, then: Consequence) -> Procedure {
    Procedure {
        metrics: vec![metric("load", "cat value")],
        red_flags: vec![flag("load", &["deploy"], condition, then)],
        ..procedure(vec![
            ("prepare", vec![Action::Baseline(Baseline { id: id("before"), metrics: vec![id("load")] })]),
            ("deploy", actions),
        ])
    }
}

fn lab(procedure: &Procedure, value: &str) -> Lab {
    let lab = Lab::new(procedure);
    std::fs::write(lab.path("value"), value).unwrap();
    lab
}

#[test]
fn a_flag_that_stays_fine_stops_nothing() {
    let steps = vec![Action::Step(change("a")), watch(2)];
    lab(&flagged(steps, above("load", number("5")), Consequence::Rollback), "5.0\n").run(&[]).ends(0);
}

#[test]
fn a_flag_raised_between_steps_undoes() {
    let steps =
        vec![Action::Step(changing("a", &format!("{}; echo 5.01 >value", note("a")))), Action::Step(change("b"))];
    let lab = lab(&flagged(steps, above("load", number("5")), Consequence::Rollback), "1");
    lab.run(&[]).ends(10).says("red flag load is raised: Flag load");
    assert_eq!(lab.did(), ["a", "undo a"]);
}

/// A change that raises a flag, last in its phase; then another phase, in which the flag is not armed, or nothing.
fn raising_at_the_end(then: Consequence, later: Vec<(&str, Vec<Action>)>) -> Procedure {
    let raising = changing("a", &format!("{}; [ -e cured ] || echo 9 >value", note("a")));
    let mut flagged = flagged(vec![Action::Step(raising)], above("load", number("5")), then);
    flagged.phases.extend(procedure(later).phases);
    flagged
}

#[test]
fn what_the_last_action_of_a_phase_did_is_seen_before_the_next_phase() {
    let later = || vec![("verify", vec![Action::Step(change("b"))])];
    let first = lab(&raising_at_the_end(Consequence::Rollback, later()), "1");
    first.run(&[]).ends(10).says("red flag load is raised");
    assert_eq!(first.did(), ["a", "undo a"]);
    let until = lab(&raising_at_the_end(Consequence::Rollback, later()), "1");
    until.run(&["--until", "b"]).ends(10);
    let held = lab(&raising_at_the_end(Consequence::Hold, later()), "1");
    for verb in ["run", "resume", "resume"] {
        held.run(&[verb]).ends(21).says("`resume` looks again");
    }
    std::fs::write(held.path("value"), "1").unwrap();
    held.run(&["resume"]).ends(0);
    assert_eq!(held.did(), ["a", "b"]);
}

#[test]
fn a_run_that_a_flag_held_at_its_very_end_is_not_confirmed_while_it_is_raised() {
    let held = lab(&raising_at_the_end(Consequence::Hold, Vec::new()), "1");
    for verb in ["run", "resume"] {
        held.run(&[verb]).ends(21).says("`resume` looks again");
    }
    std::fs::write(held.path("value"), "1").unwrap();
    held.run(&["resume"]).ends(0);
    assert_eq!(held.did(), ["a"]);
}

#[test]
fn a_step_that_waits_for_its_next_try_is_not_tried_once_a_flag_is_raised() {
    let failing = format!("{}; exit 1", note("a"));
    let step = Step { retries: 1, retry_delay: secs(15), ..changing("a", &failing) };
    let mut flagged = flagged(vec![Action::Step(step)], above("load", number("5")), Consequence::Rollback);
    // What the step did shows two seconds later: by then it has failed, and waits.
    let since = "[ -e did ] && [ -z \"$(find did -newermt '2 seconds ago')\" ]";
    flagged.metrics = vec![metric("load", &format!("if {since}; then echo 9; else echo 1; fi"))];
    let lab = Lab::new(&flagged);
    lab.run(&[]).ends(10).says("a is not tried again because of a red flag");
    assert_eq!(lab.did(), ["a", "undo a"]);
}

#[test]
fn a_flag_raised_during_a_step_ends_the_step() {
    let steps = vec![Action::Step(changing("a", "echo 9 >value; sleep 15; printf 'late\\n' >>did"))];
    let lab = lab(&flagged(steps, above("load", number("5")), Consequence::Rollback), "1");
    lab.run(&[]).ends(10).says("a was ended because of a red flag");
    assert_eq!(lab.did(), ["undo a"]);
}

/// `grep` says 1 where nothing is found, and so does what keeps its output where a disk is full.
#[test]
fn a_probe_whose_output_cannot_be_kept_gave_no_answer() {
    let expecting = Probe { check: Check::Script { run: "exit 1".to_owned(), expect: 1 }, ..probe("p", "") };
    let mut lab = Lab::new(&procedure(vec![("deploy", vec![Action::Probe(expecting)])]));
    lab.run(&[]).ends(0);
    lab.run(&["rollback"]);
    lab.stub("head", "cat >/dev/null; exit 1");
    lab.run(&[]).says("gave no answer that could be kept").does_not_say("confirmed");
}

#[test]
fn a_flag_raised_during_a_watch_undoes() {
    let steps = vec![
        Action::Step(changing("a", &format!("{}; (sleep 3; echo 9 >value) >/dev/null 2>&1 &", note("a")))),
        watch(20),
    ];
    let lab = lab(&flagged(steps, above("load", number("5")), Consequence::Rollback), "1");
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["a", "undo a"]);
}

#[test]
fn a_flag_that_holds_lets_the_step_finish_and_stops() {
    let steps =
        vec![Action::Step(changing("a", &format!("echo 9 >value; sleep 3; {}", note("a")))), Action::Step(change("b"))];
    let lab = lab(&flagged(steps, above("load", number("5")), Consequence::Hold), "1");
    lab.run(&[]).ends(21).says("`resume` looks again");
    assert_eq!(lab.did(), ["a"]);
    lab.run(&["resume"]).ends(21);
    std::fs::write(lab.path("value"), "1").unwrap();
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["a", "b"]);
}

#[test]
fn what_cannot_be_read_counts_as_raised() {
    for value in ["", "no data", "NaN", "1 2", "1\n2", "0x10", "+Inf", "-inf", "1e999", "1,5", "5 %", "-1"] {
        let write = format!("{}; printf '%s' '{value}' >value", note("a"));
        let steps = vec![Action::Step(changing("a", &write)), Action::Step(change("b"))];
        let lab = lab(&flagged(steps, above("load", number("5")), Consequence::Rollback), "1");
        lab.run(&[]).ends(10).says("red flag load is unknown");
        assert_eq!(lab.did(), ["a", "undo a"], "{value:?}");
    }
}

#[test]
fn below_zero_is_what_a_broken_command_prints_unless_the_plan_says_otherwise() {
    let run = |unit, may_be_negative, value: &str| {
        let mut procedure = flagged(vec![Action::Step(change("a"))], above("load", number("5")), Consequence::Rollback);
        procedure.metrics = vec![Metric { unit, may_be_negative, ..metric("load", "cat value") }];
        lab(&procedure, value).run(&[])
    };
    for (unit, value) in
        [(Unit::Number, "-1"), (Unit::Percent, "-0.1%"), (Unit::Duration, "-1s"), (Unit::Duration, "-1")]
    {
        run(unit, false, value).ends(20).says("metric load printed a number below zero");
        run(unit, true, value).ends(0);
    }
    for value in ["0", "-0", "-0.00"] {
        run(Unit::Percent, false, value).ends(0);
    }
    // A ratio can be more than all of it.
    run(Unit::Percent, false, "250%").ends(20).says("red flag load is raised");
}

#[test]
fn a_metric_that_fails_or_hangs_is_unknown() {
    for run in ["echo 1; exit 1", "sleep 60"] {
        let write = format!("{}; echo '{run}' >reader", note("a"));
        let steps = vec![Action::Step(changing("a", &write)), Action::Step(change("b"))];
        let mut procedure = flagged(steps, above("load", number("5")), Consequence::Rollback);
        procedure.metrics[0].command.run = "bash reader".to_owned();
        procedure.metrics[0].command.timeout = secs(1);
        let lab = lab(&procedure, "1");
        std::fs::write(lab.path("reader"), "echo 1").unwrap();
        lab.run(&[]).ends(10).says("red flag load is unknown");
    }
}

#[test]
fn a_value_is_data_and_never_runs() {
    for value in [
        "a[$(touch pwned)]",
        "$(touch pwned)",
        "`touch pwned`",
        "1; touch pwned",
        "-n",
        "%s%n",
        "1' && touch pwned '",
        "1\0",
        "1\x005",
    ] {
        let write = format!("{}; cat hostile >value", note("a"));
        let steps = vec![Action::Step(changing("a", &write)), Action::Step(change("b"))];
        let lab = lab(&flagged(steps, above("load", number("5")), Consequence::Rollback), "1");
        std::fs::write(lab.path("hostile"), value).unwrap();
        lab.run(&[]).ends(10).says("unknown");
        assert!(!lab.path("pwned").exists(), "{value:?}");
    }
}

/// `value <operator> than`, judged by the script itself.
#[track_caller]
fn judged(value: &str, operator: Comparison, than: Quantity, unit: Unit, expected: i32) {
    let asked = format!("{value} {operator:?} {than:?}");
    let condition = Condition::Compare { left: Quantity::Metric(id("load")), operator, right: than };
    let mut procedure = flagged(vec![Action::Step(change("a"))], condition, Consequence::Rollback);
    procedure.metrics = vec![Metric { unit, may_be_negative: true, ..metric("load", "cat value") }];
    let lab = lab(&procedure, value);
    assert_eq!(lab.run(&[]).status, expected, "{asked}: {}", lab.text("said"));
}

#[test]
fn comparison_is_exact() {
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, NotEqual};
    judged("0.30", Equal, number("0.3"), Unit::Number, 20);
    judged("0.3000000000000000000000001", Equal, number("0.3"), Unit::Number, 0);
    judged("12345678901234567890123456789.1", Greater, number("1234567890123456789012345678"), Unit::Number, 20);
    judged("-0.5", Less, number("-0.49"), Unit::Number, 20);
    judged("-0.5", Less, number("-0.5"), Unit::Number, 0);
    judged("1e-05", Greater, number("0.00001"), Unit::Number, 0);
    judged("1e-05", GreaterOrEqual, number("0.00001"), Unit::Number, 20);
    judged("007", NotEqual, number("7"), Unit::Number, 0);
    judged(".5", Equal, number("0.5"), Unit::Number, 20);
}

#[test]
fn units_are_read_as_their_metric_declares() {
    use Comparison::{Equal, Greater};
    judged("5.1%", Greater, number("5"), Unit::Percent, 20);
    judged("5%", Greater, number("5"), Unit::Percent, 0);
    judged("250ms", Equal, number("0.25"), Unit::Duration, 20);
    judged("0.25", Equal, number("0.25"), Unit::Duration, 20);
    judged("1.5m", Equal, number("90"), Unit::Duration, 20);
    judged("2h", Equal, number("7200"), Unit::Duration, 20);
    judged("3s", Equal, number("3"), Unit::Duration, 20);
}

#[test]
fn a_unit_a_metric_does_not_have_is_no_number() {
    judged("250ms", Comparison::Greater, number("1000"), Unit::Number, 20);
    judged("5%", Comparison::Greater, number("1000"), Unit::Duration, 20);
}

#[test]
fn a_ratio_to_the_baseline_is_judged_against_what_was_before() {
    let than = Quantity::Product(Box::new(number("1.5")), Box::new(Quantity::Baseline(id("load"))));
    for (after, status) in [("0.3", 0), ("0.3000001", 10)] {
        let write = format!("{}; echo {after} >value", note("a"));
        let steps = vec![Action::Step(changing("a", &write)), watch(1)];
        lab(&flagged(steps, above("load", than.clone()), Consequence::Rollback), "0.2").run(&[]).ends(status);
    }
}

#[test]
fn the_baseline_outlives_a_stop() {
    let than = Quantity::Product(Box::new(number("2")), Box::new(Quantity::Baseline(id("load"))));
    let steps = vec![Action::Hold(hold("go")), Action::Step(change("a")), watch(1)];
    let lab = lab(&flagged(steps, above("load", than), Consequence::Rollback), "10");
    lab.run(&[]).ends(20);
    std::fs::write(lab.path("value"), "21").unwrap();
    lab.run(&["resume", "--approve", "go", "--as", "alice"]).ends(20).says("red flag load is raised");
}

#[test]
fn sums_differences_and_quotients_are_exact_too() {
    let load = || Box::new(Quantity::Metric(id("load")));
    let three = || Box::new(number("3"));
    let third = Quantity::Quotient(load(), three());
    judged("1", Comparison::Equal, Quantity::Product(three(), Box::new(third)), Unit::Number, 20);
    judged("2", Comparison::Greater, Quantity::Difference(load(), three()), Unit::Number, 20);
    judged("-2", Comparison::Less, Quantity::Sum(load(), three()), Unit::Number, 20);
    judged("2", Comparison::Less, Quantity::Difference(load(), Box::new(number("0.5"))), Unit::Number, 0);
    judged("0", Comparison::Equal, Quantity::Quotient(three(), load()), Unit::Number, 20);
}

#[test]
fn unknown_and_false_is_false() {
    let unknown = above("load", Quantity::Quotient(Box::new(number("1")), Box::new(number("0"))));
    let no = above("load", number("100"));
    let run = |condition, status| {
        let steps = vec![Action::Step(change("a"))];
        lab(&flagged(steps, condition, Consequence::Rollback), "1").run(&[]).ends(status);
    };
    run(Condition::All(vec![unknown.clone(), no.clone()]), 0);
    run(Condition::Any(vec![unknown.clone(), no.clone()]), 20);
    run(Condition::Not(Box::new(Condition::Any(vec![unknown, Condition::Not(Box::new(no))]))), 0);
}

#[test]
fn a_flag_must_last_as_long_as_it_says() {
    let blip = format!("{}; echo 9 >value; (sleep 2; echo 1 >value) >/dev/null 2>&1 &", note("a"));
    let mut procedure =
        flagged(vec![Action::Step(changing("a", &blip)), watch(8)], above("load", number("5")), Consequence::Rollback);
    procedure.red_flags[0].lasting = secs(6);
    lab(&procedure, "1").run(&[]).ends(0);
    procedure.phases[1].actions[0] = Action::Step(changing("a", &format!("{}; echo 9 >value", note("a"))));
    procedure.red_flags[0].lasting = secs(3);
    lab(&procedure, "1").run(&[]).ends(10);
}

#[test]
fn a_flag_still_pending_at_the_end_is_waited_for() {
    let steps = vec![Action::Step(changing("a", &format!("{}; echo 9 >value", note("a"))))];
    let mut procedure = flagged(steps, above("load", number("5")), Consequence::Rollback);
    procedure.red_flags[0].lasting = secs(3);
    lab(&procedure, "1").run(&[]).ends(10).says("waiting: red flag load is raised");
}

#[test]
fn what_failed_may_hold_instead_of_being_undone() {
    let mut procedure = procedure(vec![
        ("backup", vec![Action::Step(quiet("dump", &format!("{}; test -e room", note("dump"))))]),
        ("deploy", vec![Action::Step(change("a"))]),
    ]);
    procedure.red_flags =
        vec![flag("backup-failure", &["backup"], Condition::PhaseFailed(id("backup")), Consequence::Hold)];
    let lab = Lab::new(&procedure);
    lab.run(&[]).ends(20).says("red flag backup-failure is raised");
    std::fs::write(lab.path("room"), "").unwrap();
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["dump", "dump", "a"]);
}

#[test]
fn a_probe_that_fails_often_enough_undoes() {
    let good = Action::Probe(Probe { lasting: secs(2), failures: 2, ..probe("steady", "true") });
    let blinking = "n=$(cat n 2>/dev/null || echo 0); echo $((n + 1)) >n; [ $((n % 2)) -eq 0 ]";
    let blink = Action::Probe(Probe { lasting: secs(3), failures: 2, ..probe("blink", blinking) });
    let bad = Action::Probe(Probe { failures: 2, ..probe("health", "echo no answer; exit 7") });
    let lab =
        Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a"))]), ("verify", vec![good, blink, bad])]));
    lab.run(&[]).ends(10).says("health left with status 7 (2 of 2)").says("no answer");
    assert_eq!(lab.events("probe", "verdict"), ["steady:good", "blink:good", "health:bad"]);
}

#[test]
fn a_probe_over_http_sees_the_status() {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        for (count, stream) in server.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).unwrap();
            let status = if count == 0 { "503 Busy" } else { "204 Fine" };
            write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
        }
    });
    let check = Check::Http { url: format!("http://{address}/health?a=[1]&b='x'"), expect: 204 };
    let probe = Probe { check, failures: 2, ..probe("health", "") };
    let mut lab = Lab::new(&procedure(vec![("verify", vec![Action::Probe(probe)])]));
    // What somebody has curl do otherwise is nothing to a probe.
    std::fs::write(lab.path(".curlrc"), "url = file:///dev/null\nfail\nuser-agent = ours\n").unwrap();
    let home = lab.path("").display().to_string();
    lab.set("HOME", &home).run(&[]).ends(0).says("health answered 503 instead of 204 (1 of 2)");
}

#[test]
fn a_canary_moves_in_shares_and_is_taken_back_by_a_flag() {
    let shift = r#"printf '%s\n' "$STOPLINE_PERCENT" >>did; [ "$STOPLINE_PERCENT" != 25 ] || echo 9 >value"#;
    let canary = Canary { analyze: secs(2), ..canary(shift) };
    let lab = lab(&flagged(vec![Action::Canary(canary)], above("load", number("5")), Consequence::Rollback), "1");
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["0.5", "25", "undo canary"]);
}

#[test]
fn the_share_of_a_canary_that_failed_is_given_to_nothing_else() {
    let canary = canary(r#"[ "$STOPLINE_PERCENT" != 100 ]"#);
    let next = quiet("next", "printf '%s\n' \"${STOPLINE_PERCENT-none}\" >>did");
    let mut procedure =
        flagged(vec![Action::Canary(canary), Action::Step(next)], above("load", number("5")), Consequence::Hold);
    let goes_on = flag("f", &["deploy"], Condition::StepFailed(id("canary")), Consequence::FixForward);
    procedure.red_flags.push(goes_on);
    let lab = lab(&procedure, "1");
    lab.run(&[]).ends(0);
    assert_eq!(lab.did(), ["none"]);
}

#[test]
fn a_canary_that_holds_goes_on_where_it_was() {
    let shift = r#"printf '%s\n' "$STOPLINE_PERCENT" >>did; [ "$STOPLINE_PERCENT" != 25 ] || echo 9 >value"#;
    let canary = Canary { idempotent: false, ..canary(shift) };
    let lab = lab(&flagged(vec![Action::Canary(canary)], above("load", number("5")), Consequence::Hold), "1");
    lab.run(&[]).ends(21);
    std::fs::write(lab.path("value"), "1").unwrap();
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["0.5", "25", "50", "100"]);
}

/// That it is to be repaired later does not undo that it failed.
#[test]
fn a_failure_that_was_passed_is_seen_by_flags_that_are_armed_later() {
    let failing = changing("a", &format!("{}; exit 1", note("a")));
    let mut procedure = procedure(vec![
        ("deploy", vec![Action::Step(failing), Action::Step(change("b"))]),
        ("verify", vec![Action::Step(quiet("c", "true")), Action::Step(change("d"))]),
    ]);
    let failed = || Condition::StepFailed(id("a"));
    procedure.red_flags = vec![
        flag("f", &["deploy"], failed(), Consequence::FixForward),
        flag("g", &["verify"], failed(), Consequence::Rollback),
    ];
    let lab = Lab::new(&procedure);
    lab.run(&["run", "--until", "b"]).ends(0);
    lab.run(&["resume"]).ends(10).says("red flag g is raised");
    assert_eq!(lab.did(), ["a", "b", "undo b", "undo a"]);
}

/// Whoever resumes has seen it.
#[test]
fn a_failure_that_was_passed_holds_a_run_once() {
    let failing = changing("a", &format!("{}; exit 1", note("a")));
    for failed in [Condition::StepFailed(id("a")), Condition::PhaseFailed(id("deploy"))] {
        let mut procedure = procedure(vec![
            ("deploy", vec![Action::Step(failing.clone()), Action::Step(change("b"))]),
            ("verify", vec![Action::Step(change("c"))]),
        ]);
        procedure.red_flags = vec![
            flag("f", &["deploy"], failed.clone(), Consequence::FixForward),
            flag("g", &["verify"], failed, Consequence::Hold),
        ];
        let lab = Lab::new(&procedure);
        lab.run(&[]).ends(21).says("red flag g is raised");
        lab.run(&["resume"]).ends(0);
        assert_eq!(lab.did(), ["a", "b", "c"]);
    }
}

/// However often it was tried in vain before.
#[test]
fn a_failure_that_was_overcome_is_none_for_those_who_come_later() {
    let looks = probe("p", "[ -e cured ]");
    let mut procedure = procedure(vec![
        ("deploy", vec![Action::Step(change("a")), Action::Probe(looks), Action::Step(change("b"))]),
        ("verify", vec![Action::Step(change("c"))]),
    ]);
    let failed = || Condition::ProbeFailed(id("p"));
    procedure.red_flags = vec![
        flag("f", &["deploy"], failed(), Consequence::Hold),
        flag("g", &["verify"], failed(), Consequence::Rollback),
    ];
    let lab = Lab::new(&procedure);
    lab.run(&[]).ends(21);
    lab.run(&["resume"]).ends(21);
    std::fs::write(lab.path("cured"), "").unwrap();
    lab.run(&["resume", "--until", "c"]).ends(0);
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["a", "b", "c"]);
}

/// What it held is tried again all the same.
#[test]
fn a_run_that_is_killed_as_somebody_resumes_it_is_still_held_by_its_flag() {
    let failing = changing("b", &format!("{}; [ -e cured ]", note("b")));
    let mut procedure = procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Step(failing)])]);
    procedure.red_flags = vec![flag("f", &["deploy"], Condition::StepFailed(id("b")), Consequence::Hold)];
    let mut lab = Lab::new(&procedure);
    lab.run(&[]).ends(21);
    std::fs::write(lab.path("cured"), "").unwrap();
    lab.killed_at(r#""event":"resume""#, &["resume"]);
    lab.run(&["resume", "--approve", "b", "--as", "alice"]).ends(0);
    assert_eq!(lab.did(), ["a", "b", "b"]);
}
