//! What is judged before anything is touched.

use stopline::runbook::*;

use crate::support::*;

const START: i64 = 1_800_000_000;

fn guarded(guards: Guards) -> Procedure {
    Procedure { guards, ..procedure(vec![("deploy", vec![Action::Step(change("a"))])]) }
}

fn window(length: i64) -> Guards {
    Guards { window: Some(Window { start: Epoch::new(START), end: Epoch::new(START + length) }), ..Guards::default() }
}

fn friday(from: i64, until: i64) -> Guards {
    let friday = Forbidden {
        from: Epoch::new(from),
        until: Epoch::new(until),
        rule: "release/friday-deploy".to_owned(),
        reason: "it is Friday".to_owned(),
        help: Some("wait for Monday".to_owned()),
        waived: None,
    };
    Guards { forbidden: vec![friday], ..Guards::default() }
}

#[test]
fn inside_the_window_it_begins() {
    let mut lab = Lab::new(&guarded(window(3600)));
    lab.at(START + 5).run(&[]).ends(0);
    assert!(lab.events("guard", "verdict").iter().all(|verdict| verdict == ":pass"));
}

#[test]
fn outside_the_window_nothing_begins() {
    let mut lab = Lab::new(&guarded(window(3600)));
    lab.at(START - 60).run(&[]).ends(20).says("the window opens in ");
    lab.at(START + 3600).run(&[]).ends(20).says("the window closed ");
    assert!(lab.did().is_empty());
}

#[test]
fn without_room_for_the_worst_case_nothing_begins() {
    let worst = i64::try_from(guarded(window(1)).worst_case().get()).unwrap();
    let mut lab = Lab::new(&guarded(window(worst + 30)));
    lab.at(START + 60).run(&[]).ends(20).says(&format!("the worst case takes {worst} seconds"));
    assert!(lab.did().is_empty());
    lab.at(START).run(&[]).ends(0);
}

#[test]
fn a_forbidden_time_stops_before_and_in_it_and_not_after() {
    let mut lab = Lab::new(&guarded(friday(START, START + 86_400)));
    lab.at(START + 10).run(&[]).ends(20).says("it is Friday (release/friday-deploy)").says("wait for Monday");
    lab.at(START - 10).run(&[]).ends(20);
    assert!(lab.did().is_empty());
    lab.at(START + 86_400).run(&[]).ends(0);
}

#[test]
fn a_waived_time_passes_and_is_said_until_the_waiver_ends() {
    let noon = START + 43_200;
    let Guards { forbidden, .. } = friday(START, START + 86_400);
    let waived = Some("waived until noon by @ann: it is staffed".to_owned());
    let morning = Forbidden { until: Epoch::new(noon), waived, ..forbidden[0].clone() };
    let afternoon = Forbidden { from: Epoch::new(noon), ..forbidden[0].clone() };
    let procedure = guarded(Guards { forbidden: vec![morning, afternoon], ..Guards::default() });
    let worst = i64::try_from(procedure.worst_case().get()).unwrap();
    let mut lab = Lab::new(&procedure);
    lab.at(noon + 10).run(&[]).ends(20).says("it is Friday (release/friday-deploy)");
    lab.at(noon - worst + 10).run(&[]).ends(20).says("it is Friday (release/friday-deploy)");
    assert!(lab.did().is_empty());
    let said = "waive forbidden: it is Friday (release/friday-deploy), waived until noon by @ann: it is staffed";
    lab.at(START + 10).run(&[]).ends(0).says(said);
    assert!(lab.events("guard", "verdict").contains(&":waived".to_owned()));
}

#[test]
fn breaking_the_glass_needs_a_reason_and_is_kept() {
    let mut lab = Lab::new(&guarded(friday(START, START + 86_400)));
    lab.at(START + 10).run(&["--break-glass", "CVE-2026-1234 is \"exploited\""]).ends(0).says("glass forbidden");
    assert_eq!(lab.events("glass", "reason"), [":CVE-2026-1234 is \"exploited\""]);
    assert_eq!(lab.events("guard", "verdict"), [":broken"]);
}

#[test]
fn glass_does_not_replace_a_tool_or_a_secret() {
    let mut procedure = guarded(Guards { tools: vec![ToolName::new("no-such-tool").unwrap()], ..Guards::default() });
    procedure.env = Vec::new();
    if let Action::Step(step) = &mut procedure.phases[0].actions[0] {
        step.command.secrets = vec![name("NO_SUCH_SECRET")];
    }
    let lab = Lab::new(&procedure);
    lab.run(&["--break-glass", "now"]).ends(20).says("no-such-tool is not installed").says("NO_SUCH_SECRET is not set");
    lab.run(&["--dry-run"]).ends(20).says("it would not begin: tool secret");
    assert!(lab.did().is_empty());
}

/// A shell reads a command when it is begun; that of the way back would be found out when it is needed.
#[test]
fn what_bash_cannot_read_stops_before_anything_is_begun() {
    let broken = "true; fi )";
    let of = |alter: &dyn Fn(&mut Step)| {
        let mut step = change("a");
        alter(&mut step);
        procedure(vec![("deploy", vec![Action::Step(step)])])
    };
    let mut way_back = of(&|_| {});
    way_back.rollback.steps = vec![changing("start", broken)];
    let cases = [
        (of(&|step| step.command.run = broken.to_owned()), "the command of a"),
        (of(&|step| step.undo = Undo::Command(broken.to_owned())), "the undo of a"),
        (of(&|step| step.verify = Some(broken.to_owned())), "the verification of a"),
        (
            of(&|step| step.captures = vec![Capture { name: name("OLD"), run: broken.to_owned() }]),
            "what a captures as OLD",
        ),
        (way_back, "the command of start"),
    ];
    for (procedure, what) in cases {
        let said = format!("{what} cannot be read: line ");
        let lab = Lab::new(&procedure);
        lab.run(&["--dry-run"]).ends(20).says(&said).says("syntax error").says("it would not begin: command");
        lab.run(&[]).ends(20).says(&said);
        assert!(lab.did().is_empty());
    }
    let pattern = "case ab in !(b)) echo a >>did ;; esac";
    for before in [
        "shopt -s extglob\n",
        "if true; then\n  :\nfi\nshopt -s nullglob extglob # all\n",
        "[ $# -gt 9 ] || shopt -s extglob\n",
        "echo 'a # b'; shopt -qs extglob # extglob\n",
    ] {
        Lab::new(&of(&|step| step.command.run = format!("{before}{pattern}"))).run(&[]).ends(0);
    }
    // A line is read before any of it is run.
    let comment = ": # shopt -s extglob\n";
    let text = "cat <<END\nshopt -s extglob\nEND\n";
    let quoted = "echo 'shopt -s extglob'\n";
    let off = "shopt -u extglob\n";
    for before in ["", "shopt -s extglob; ", "if true; then shopt -s extglob\nfi; ", comment, text, quoted, off] {
        let lab = Lab::new(&of(&|step| step.undo = Undo::Command(format!("{before}{pattern}"))));
        lab.run(&[]).ends(20).says("the undo of a cannot be read");
    }
    // What is wrong is said, and not what would have been.
    let lab = Lab::new(&of(&|step| step.command.run = format!("shopt -s extglob\n{pattern}\n{broken}")));
    lab.run(&[]).ends(20).says("syntax error near unexpected token `fi'").says(broken);
}

#[test]
fn a_metric_that_cannot_be_read_stops() {
    let mut procedure = guarded(Guards::default());
    procedure.metrics = vec![metric("errors", "echo none")];
    procedure.red_flags = vec![flag("errors", &["deploy"], above("errors", number("5")), Consequence::Rollback)];
    let lab = Lab::new(&procedure);
    lab.run(&[]).ends(20).says("metric errors printed something that is not one number");
    assert!(lab.did().is_empty());
}

#[test]
fn a_production_script_cannot_be_told_the_time() {
    let script = stopline::emit::bash::emit(&guarded(window(60)), stopline::emit::bash::Clock::Machine).unwrap();
    assert!(!script.contains("STOPLINE_NOW"));
    let mut lab = Lab::new(&guarded(window(60)));
    std::fs::write(lab.path("release.sh"), script).unwrap();
    lab.at(START).run(&[]).ends(20).says("the window ");
}

/// A function of the script may be called as a tool is.
#[test]
fn a_tool_that_is_missing_is_missing_whatever_it_is_called() {
    for tool in ["rollback", "status", "list"] {
        let mut procedure = procedure(vec![("deploy", vec![Action::Step(change("a"))])]);
        procedure.guards.tools = vec![ToolName::new(tool).unwrap()];
        let lab = Lab::new(&procedure);
        lab.run(&[]).ends(20).says(&format!("{tool} is not installed"));
        assert!(lab.did().is_empty());
    }
}
