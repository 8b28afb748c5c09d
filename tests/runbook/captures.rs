//! What a step captures before it begins: noted once, given to all its commands, and never taken for granted.

use stopline::runbook::*;

use crate::support::*;
use crate::texts::Texts;

/// What serves stands in the file `serves`; each look at it leaves a line in `looks`.
const LOOK: &str = "echo look >>looks; cat serves";

/// Notes what it is given, and is taken back to what was captured.
fn exchange(step: &str) -> Step {
    Step {
        captures: vec![Capture { name: name("BEFORE"), run: LOOK.to_owned() }],
        undo: Undo::Command(r#"printf '%s' "$BEFORE" >serves; printf 'undo %s\n' "$BEFORE" >>did"#.to_owned()),
        verify: Some(r#"printf 'verify %s\n' "$BEFORE" >>did"#.to_owned()),
        ..changing(step, r#"printf 'run %s\n' "$BEFORE" >>did; printf 'new' >serves; [ ! -e slow ] || sleep 20"#)
    }
}

fn fails() -> Action {
    Action::Step(changing("fails", "exit 3"))
}

fn lab(actions: Vec<Action>) -> Lab {
    let lab = Lab::new(&procedure(vec![("deploy", actions)]));
    std::fs::write(lab.path("serves"), "old").unwrap();
    lab
}

#[test]
fn what_was_there_is_known_to_every_command_of_the_step() {
    let lab = lab(vec![Action::Step(exchange("a")), fails()]);
    lab.run(&[]).ends(10).says("  BEFORE=old");
    assert_eq!(lab.did(), ["run old", "verify old", "undo fails", "undo old"]);
    assert_eq!(lab.text("serves"), "old");
    assert_eq!(lab.events("captured", "value"), ["a:old"]);
}

#[test]
fn killed_between_capture_and_change_it_goes_on_with_what_was_captured() {
    let mut lab = lab(vec![Action::Step(exchange("a")), fails()]);
    lab.killed_at(r#""event":"captured""#, &[]);
    assert_eq!(lab.did(), [""; 0]);
    lab.run(&["resume"]).ends(10);
    assert_eq!(lab.did(), ["run old", "verify old", "undo fails", "undo old"]);
    assert_eq!(lab.text("looks").lines().count(), 1);
}

#[test]
fn killed_before_the_change_there_is_nothing_to_take_back() {
    let mut lab = lab(vec![Action::Step(exchange("a"))]);
    lab.killed_at(r#""event":"captured""#, &[]);
    lab.run(&["rollback"]).ends(20);
    assert_eq!(lab.did(), [""; 0]);
}

#[test]
fn once_the_change_has_begun_nothing_is_captured_again() {
    for (verb, did, status) in
        [("rollback", &["run old", "undo old"][..], 10), ("resume", &["run old", "run old", "verify old"][..], 0)]
    {
        let lab = lab(vec![Action::Step(Step { idempotent: true, verify: None, ..exchange("a") })]);
        std::fs::write(lab.path("slow"), "").unwrap();
        let child = lab.start(&[]);
        lab.wait_for("serves", "new");
        lab.signal("KILL");
        lab.finish(child);
        let group = lab.events("begin", "group").last().unwrap().strip_prefix("a:").unwrap().to_owned();
        std::process::Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).status().unwrap();
        std::fs::remove_file(lab.path("slow")).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(200));
        lab.run(&[verb]).ends(status);
        let did: Vec<&str> = did.iter().copied().filter(|line| !line.starts_with("verify")).collect();
        assert_eq!(lab.did(), did, "{verb}");
        assert_eq!(lab.text("looks").lines().count(), 1, "{verb}");
    }
}

#[test]
fn another_try_does_not_capture_what_the_first_left_half_done() {
    let flaky = r#"printf 'run %s\n' "$BEFORE" >>did; printf 'half' >serves; [ -e again ] || { touch again; exit 1; }"#;
    let mut step = Step { retries: 1, ..exchange("a") };
    flaky.clone_into(&mut step.command.run);
    let lab = lab(vec![Action::Step(step), fails()]);
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["run old", "run old", "verify old", "undo fails", "undo old"]);
}

#[test]
fn a_run_after_one_that_was_rolled_back_captures_anew() {
    let lab = lab(vec![Action::Step(exchange("a")), Action::Step(changing("fails", "[ -e cured ]"))]);
    lab.run(&[]).ends(10);
    std::fs::write(lab.path("serves"), "other").unwrap();
    std::fs::write(lab.path("cured"), "").unwrap();
    lab.run(&[]).ends(0).says("BEFORE=other");
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.text("serves"), "other");
}

#[test]
fn what_is_no_answer_stops_before_the_change() {
    let cases = [
        ("echo oops >&2; exit 3", "left with status 3"),
        ("true", "printed nothing"),
        ("printf ' \\n\\n'", "printed nothing"),
        ("printf 'a\\nb\\n'", "printed more than one line"),
        ("printf 'a\\033[31m'", "printed other characters than letters, digits and signs of ASCII"),
        ("printf '%0950d' 1", "printed more than 900 characters"),
        ("echo \"token=$TOKEN\"", "printed a secret, which must not be kept"),
        ("nothing-of-this-name", "left with status 127"),
    ];
    for (run, why) in cases {
        let mut step = exchange("a");
        step.captures = vec![Capture { name: name("BEFORE"), run: run.to_owned() }];
        step.command.secrets = vec![name("TOKEN")];
        let mut lab = lab(vec![Action::Step(change("first")), Action::Step(step)]);
        lab.set("TOKEN", "s3cr3t-value");
        let said = lab.run(&[]).ends(10).says("a did not begin: BEFORE could not be captured, its command ").says(why);
        assert_eq!(lab.did(), ["first", "undo first"], "{run}");
        assert!(!said.said.contains("s3cr3t-value") && !lab.everything_written().contains("s3cr3t-value"), "{run}");
    }
}

#[test]
fn where_nothing_was_changed_before_it_stops_before_any_change() {
    let mut step = exchange("a");
    "exit 1".clone_into(&mut step.captures[0].run);
    lab(vec![Action::Step(step)]).run(&[]).ends(20);
}

#[test]
fn a_capture_that_hangs_is_ended_by_the_limit_of_the_step() {
    let mut step = exchange("a");
    "sleep 60".clone_into(&mut step.captures[0].run);
    step.command.timeout = secs(2);
    lab(vec![Action::Step(step)]).run(&[]).ends(20).says("took longer than its limit of 2 seconds and was ended");
}

#[test]
fn what_was_captured_survives_the_journal_whatever_it_says() {
    for value in [
        r#"a "quoted" \ back\\slash"#,
        "it's $(rm -rf /) `x` ; & | *",
        r#"x","of":"b","value":"evil"#,
        "-n  two  blanks",
    ] {
        let mut lab = lab(vec![Action::Step(exchange("a")), fails()]);
        std::fs::write(lab.path("serves"), format!("  {value}\n")).unwrap();
        lab.killed_at(r#""event":"captured""#, &[]);
        lab.run(&["resume"]).ends(10);
        assert_eq!(lab.text("serves"), value);
        assert_eq!(lab.journal().iter().find(|event| event["event"] == "captured").unwrap()["value"], value);
    }
}

#[test]
fn each_of_several_finds_those_before_it() {
    let mut step = exchange("a");
    step.captures.push(Capture { name: name("MORE"), run: r#"echo "$BEFORE and more""#.to_owned() });
    step.undo = Undo::Command(r#"printf '%s\n' "$MORE" >>did"#.to_owned());
    let lab = lab(vec![Action::Step(step), fails()]);
    lab.run(&[]).ends(10);
    assert_eq!(lab.did().last().unwrap(), "old and more");
}

#[test]
fn steps_at_the_same_time_capture_each_for_itself() {
    let lab = lab(vec![Action::Parallel(group(2, vec![(exchange("a"), &[]), (exchange("b"), &["a"])])), fails()]);
    lab.run(&[]).ends(10);
    assert_eq!(lab.events("captured", "value"), ["a:old", "b:new"]);
    assert_eq!(lab.did(), ["run old", "verify old", "run new", "verify new", "undo fails", "undo new", "undo old"]);
}

#[test]
fn who_goes_back_by_hand_is_told_what_was_there() {
    let step = Step { undo: Undo::Command("exit 5".to_owned()), ..exchange("a") };
    lab(vec![Action::Step(step), fails()]).run(&[]).ends(31).says("1. undo a (Do a):").says("with BEFORE='old'");
}

/// Whoever can write the journal must not set what the plan does not.
#[test]
fn a_journal_gives_no_command_more_than_its_plan_captures() {
    let lab = lab(vec![Action::Step(exchange("a"))]);
    lab.run(&[]).ends(0);
    lab.forge(r#""captured","of":"a","name":"PATH","value":"/nowhere""#);
    lab.forge(r#""captured","of":"a","name":"A;touch pwned;B","value":"x""#);
    lab.run(&["rollback"]).ends(10).does_not_say("not a valid identifier");
    assert_eq!(lab.did(), ["run old", "verify old", "undo old"]);
}

#[test]
fn a_dry_run_shows_what_would_be_captured_and_looks_at_nothing() {
    let lab = lab(vec![Action::Step(exchange("a"))]);
    lab.run(&["--dry-run"]).ends(0).says("BEFORE=$(echo look >>looks; cat serves)");
    assert_eq!(lab.text("looks"), "");
}

/// The run of a plan with this strategy in `deploy`, and a step after it that fails.
fn with_strategy(strategy: &str) -> Lab {
    let plan = format!(
        r#"plan p {{
  service = "checkout"
  environment = production
  phase deploy {{
    strategy {strategy}
    step fails {{ run = "exit 3", changes = false }}
  }}
}}"#
    );
    let lab = Lab::new(&Texts::at("2026-11-23T09:00Z").input("p.plan", &plan).procedure());
    std::fs::write(lab.path("serves"), "old").unwrap();
    lab
}

#[test]
fn a_strategy_goes_back_to_what_it_captured() {
    let commands = |names: &[&str]| {
        let command = |name: &&str| format!(r#"{name} = "printf '{name} %s\n' \"$BEFORE\" >>did; printf new >serves""#);
        let undo = r#"undo = "printf 'undo %s\n' \"$BEFORE\" >>did; printf \"$BEFORE\" >serves""#;
        let all: Vec<String> = names.iter().map(command).chain([undo.to_owned()]).collect();
        format!("{}, capture = {{ BEFORE = \"echo look >>looks; cat serves\" }}", all.join(", "))
    };
    for (strategy, did) in [
        (format!("recreate {{ {} }}", commands(&["run", "verify"])), &["run old", "verify old", "undo old"][..]),
        (
            format!("blue-green {{ {} }}", commands(&["run", "shift", "verify"])),
            &["run old", "verify old", "shift old", "verify old", "undo old"],
        ),
        (
            format!("canary {{ steps = [50%, 100%], analyze = 0s, every = 1s, {} }}", commands(&["shift", "verify"])),
            &["shift old", "shift old", "verify old", "undo old"],
        ),
    ] {
        let lab = with_strategy(&strategy);
        lab.run(&[]).ends(10).says("  BEFORE=old");
        assert_eq!(lab.did(), did, "{strategy}");
        assert_eq!((lab.text("serves").as_str(), lab.text("looks").lines().count()), ("old", 1), "{strategy}");
    }
}

#[test]
fn a_canary_does_not_begin_when_nothing_can_be_captured() {
    let canary =
        r#"canary { steps = [100%], shift = "echo shift >>did", undo = "true", capture = { BEFORE = "exit 4" } }"#;
    let lab = with_strategy(canary);
    lab.run(&[]).ends(20).says("canary did not begin: BEFORE could not be captured");
    assert_eq!(lab.did(), [""; 0]);
}

/// Nothing was begun on that host and nothing is known of it, so it is not one of those that may fail.
#[test]
fn a_host_that_cannot_say_what_was_there_stops_them_all() {
    let mut lab = with_strategy(
        r#"rolling {
      hosts = ["h1", "h2"], max_fail = 1
      capture = { BEFORE = "[ \"$STOPLINE_HOST\" = h1 ] && echo old" }
      run = "printf 'run %s %s\n' \"$STOPLINE_HOST\" \"$BEFORE\" >>did", undo = "printf 'undo %s %s\n' \"$STOPLINE_HOST\" \"$BEFORE\" >>did"
    }"#,
    );
    lab.stub("ssh", "while [ \"$1\" != -- ]; do shift; done\nexec setsid --wait sh -c \"$3\"");
    lab.run(&[]).ends(10).says("did not begin: BEFORE could not be captured, its command left with status 1");
    assert_eq!(lab.did(), ["run h1 old", "undo h1 old"]);
}

/// What never began is not verified instead.
#[test]
fn what_did_not_begin_is_begun_when_somebody_resumes() {
    let looking = |step: &str| {
        let look = Capture { name: name("BEFORE"), run: "[ -e cured ] && echo old".to_owned() };
        Step { captures: vec![look], verify: Some("true".to_owned()), ..change(step) }
    };
    let members = vec![(looking("b"), &[][..]), (looking("c"), &[])];
    for actions in [vec![Action::Step(looking("b"))], vec![Action::Parallel(group(1, members))]] {
        let mut procedure = procedure(vec![("deploy", [vec![Action::Step(change("a"))], actions].concat())]);
        procedure.red_flags = vec![flag("f", &["deploy"], Condition::PhaseFailed(id("deploy")), Consequence::Hold)];
        let lab = Lab::new(&procedure);
        lab.run(&[]).ends(21).says("b did not begin: BEFORE could not be captured");
        std::fs::write(lab.path("cured"), "").unwrap();
        lab.run(&["resume"]).ends(0);
        assert_eq!(lab.did()[..2], ["a", "b"]);
    }
}
