//! Emergencies: assess, restart, go back, investigate, in this order, and no further than is needed.

use crate::case::{CASE, Case};
use crate::support::lab::Run;

const DOWN: Case = Case {
    plan: r#"use service-down {
      health    = "http://localhost:3000/health"
      processes = "app list"
      restart   = "app restart"
      go_back   = "app go-back"
      patience  = 1
    }
    use investigate { logs = "app logs", host = "localhost", port = 1, dependencies = "app dependencies" }"#,
    setup: "echo down >world",
    stubs: &[
        ("curl", r#"if [ "$(cat world)" = well ]; then printf 200; else printf 000; exit 7; fi"#),
        ("app", r#"[ ! -e "cures-by-$1" ] || echo well >world"#),
    ],
    ..CASE
};

const HIGH: Case = Case {
    plan: r#"use high-load {
      measure   = "app measure"
      most      = 80
      processes = "app list"
      restart   = "app restart"
      go_back   = "app go-back"
      patience  = 1
    }"#,
    setup: "echo down >world",
    stubs: &[(
        "app",
        r#"[ ! -e "cures-by-$1" ] || echo well >world
[ ! -e "blinds-by-$1" ] || : >measured
[ "$1" != measure ] || if [ -e measured ]; then cat measured; elif [ "$(cat world)" = well ]; then echo 12.5; else echo 97; fi"#,
    )],
    ..CASE
};

fn cured_by(case: &Case, cure: &'static str) -> (Run, Vec<String>) {
    let (run, calls) = case.run_after(&format!("[ -z '{cure}' ] || touch 'cures-by-{cure}'"));
    let calls = calls.into_iter().filter_map(|call| call.strip_prefix("app ").map(str::to_owned));
    (run, calls.filter(|call| call != "measure").collect())
}

#[test]
fn what_a_restart_cures_is_not_taken_back() {
    let (run, calls) = cured_by(&DOWN, "restart");
    run.ends(0).says("the restart helped").says("it answers: nothing is taken back").says("does not answer on port 1");
    assert_eq!(calls, ["list", "restart", "logs", "dependencies"]);
}

#[test]
fn what_a_restart_does_not_cure_is_taken_back_then_investigated_in_order() {
    let (run, calls) = cured_by(&DOWN, "go-back");
    let said = run.ends(0).says("the restart did not help").says("going back helped").said;
    assert_eq!(calls, ["list", "restart", "go-back", "logs", "dependencies"]);
    let at = |word: &str| said.find(&format!("investigate-{word}  ")).unwrap();
    assert!(at("logs") < at("resources") && at("resources") < at("network") && at("network") < at("dependencies"));
}

#[test]
fn a_service_that_answers_is_left_alone() {
    let (run, calls) = DOWN.run_after("echo well >world");
    run.ends(0).says("it answers: nothing is restarted");
    assert!(!calls.iter().any(|call| call == "app restart" || call == "app go-back"), "{calls:#?}");
}

#[test]
fn what_nothing_cures_is_handed_to_a_person() {
    let (run, calls) = cured_by(&DOWN, "");
    run.ends(31).says("going back did not help").says("down-go-back cannot be undone");
    assert_eq!(calls, ["list", "restart", "go-back"]);
}

#[test]
fn what_is_no_number_is_no_load_that_is_well() {
    for measured in ["", "..%", ".", "-1", "12 34", "12\n34", "12,5", "nan"] {
        let (run, calls) = HIGH.run_after(&format!("printf '%b' '{measured}' >measured"));
        run.ends(20).says("what was measured is not one number");
        assert!(!calls.iter().any(|call| call == "app restart" || call == "app go-back"), "{measured}: {calls:#?}");
    }
    for measured in ["80", " 7.5%", ".5\n"] {
        let (run, calls) = HIGH.run_after(&format!("printf '%b' '{measured}' >measured"));
        run.ends(0).says("nothing is restarted").says("nothing is taken back");
        assert!(!calls.iter().any(|call| call == "app restart" || call == "app go-back"), "{measured}: {calls:#?}");
    }
    let (run, calls) = cured_by(&HIGH, "go-back");
    run.ends(0);
    assert_eq!(calls, ["list", "restart", "go-back"]);
    let (run, calls) = HIGH.run_after("touch blinds-by-restart");
    run.ends(31).says("the restart did not help").says("going back did not help");
    assert!(calls.iter().any(|call| call == "app go-back"), "{calls:#?}");
}

#[test]
fn patience_is_a_number_of_looks() {
    for case in [&DOWN, &HIGH] {
        for patience in ["0", "2.5", "0.5"] {
            let plan = case.plan.replace("patience  = 1", &format!("patience  = {patience}")).leak();
            let (run, calls) = Case { plan, ..*case }.run_after("true");
            run.ends(20).says(&format!("patience is a whole number from 1 on, and not {patience}"));
            assert!(!calls.iter().any(|call| call.starts_with("app ")), "{calls:#?}");
        }
    }
}

#[test]
fn high_load_goes_the_same_way() {
    let (run, calls) = cured_by(&HIGH, "restart");
    run.ends(0).says("load: 97, at most 80 is well").says("the restart helped");
    assert_eq!(calls, ["list", "restart"]);
    let (run, calls) = cured_by(&HIGH, "go-back");
    run.ends(0).says("going back helped");
    assert_eq!(calls, ["list", "restart", "go-back"]);
    let (run, _) = cured_by(&HIGH, "");
    run.ends(31);
}
