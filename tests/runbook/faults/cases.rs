//! What is put under faults: one procedure for each way of exchanging production, going forth and going back.

use stopline::runbook::*;

use crate::support::*;

/// Says in the log when it begins and when it ends, and is in between for a moment; fails or hangs where a file says so.
pub(super) fn logged(part: &str, id: &str) -> String {
    format!(
        "printf '{part}+ {id}\\n' >>log; [ ! -e 'Fails-{part}-{id}' ] || exit 3; \
         [ ! -e 'Hangs-{part}-{id}' ] || sleep 60; sleep 0.05; printf '{part}- {id}\\n' >>log"
    )
}

/// A step that changes production and has an undo; a person is asked when it is in doubt.
fn change(step: &str) -> Step {
    let undo = Undo::Command(logged("undo", step));
    Step { undo, ..changing(step, &logged("run", step)) }
}

fn verified(step: &str) -> Step {
    Step { verify: Some(format!("grep -qx 'run- {step}' log")), ..change(step) }
}

fn repeatable(step: &str) -> Step {
    Step { idempotent: true, ..change(step) }
}

/// What a step that captures has changed stands in this file: `new`, or what was there before.
pub(super) fn serves(step: &str) -> String {
    format!("serves-{step}")
}

/// Notes what serves before it changes it, and is taken back to that.
fn capturing(step: &str) -> Step {
    let mut capturing = verified(step);
    capturing.captures = vec![Capture { name: name("BEFORE"), run: String::new() }];
    remembers(&mut capturing);
    capturing
}

/// Makes a step that captures something go back to just that, and to nothing else.
pub(super) fn remembers(step: &mut Step) {
    let (id, file) = (step.id.as_str().to_owned(), serves(step.id.as_str()));
    for capture in &mut step.captures {
        capture.run = format!("{}; cat '{file}' 2>/dev/null || echo old", logged("capture", &id));
    }
    let (Some(first), Undo::Command(undo)) = (step.captures.first(), &mut step.undo) else { return };
    step.command.run = format!("printf new >'{file}'; {}", step.command.run);
    *undo = format!("printf '%s' \"${}\" >'{file}'; {undo}", first.name);
}

/// Does its work and fails.
fn failing(step: &str) -> Step {
    let mut failing = change(step);
    failing.command.run.push_str("; exit 3");
    failing
}

fn of(actions: Vec<Action>) -> Procedure {
    let look = Step { command: command(&logged("run", "look")), ..quiet("look", "") };
    let back = Step { command: command(&logged("return", "back")), ..quiet("back", "") };
    Procedure {
        rollback: Rollback { within: None, steps: vec![back] },
        ..procedure(vec![("prepare", vec![Action::Step(look)]), ("deploy", actions)])
    }
}

fn rolling(tolerated: u32) -> Action {
    let on = |host: &str| {
        let mut step = verified(&format!("on-{host}"));
        step.host = Some(Host::new(host).unwrap());
        step
    };
    let mut bad = on("h2");
    if tolerated > 0 {
        bad.command.run.push_str("; exit 3");
    }
    let members = vec![(on("h1"), &[][..]), (bad, &["on-h1"][..]), (on("h3"), &["on-h2"][..])];
    Action::Parallel(Parallel { tolerated, ..group(1, members) })
}

/// Every way, by name.
pub(crate) fn cases() -> Vec<(&'static str, Procedure)> {
    let steps = || vec![Action::Step(verified("a")), Action::Step(change("b")), Action::Step(repeatable("c"))];
    let at_once = || {
        let members = vec![(verified("p"), &[][..]), (change("q"), &[][..]), (repeatable("r"), &["p"][..])];
        Action::Parallel(group(2, members))
    };
    let shares = || {
        let mut shares = canary(&logged("run", "canary"));
        shares.undo = Undo::Command(logged("undo", "canary"));
        shares.shares.truncate(2);
        Action::Canary(shares)
    };
    let captured = || {
        let group = Action::Parallel(group(2, vec![(capturing("p"), &[][..]), (capturing("q"), &[][..])]));
        vec![Action::Step(capturing("a")), group]
    };
    let in_two = || {
        let shift = Step { undo: Undo::With(id("green")), ..verified("switch") };
        vec![Action::Step(verified("green")), Action::Step(shift)]
    };
    let then = |mut actions: Vec<Action>, last: Action| {
        actions.push(last);
        actions
    };
    let fails = || Action::Step(failing("last"));
    vec![
        ("steps", of(steps())),
        ("steps, going back", of(then(steps(), fails()))),
        ("at once", of(vec![at_once()])),
        ("at once, going back", of(vec![at_once(), fails()])),
        ("rolling", of(vec![rolling(0)])),
        ("rolling, going back", of(vec![rolling(0), fails()])),
        ("rolling, one may fail", of(vec![rolling(1)])),
        ("canary", of(vec![shares()])),
        ("canary, going back", of(vec![shares(), fails()])),
        ("captured", of(captured())),
        ("captured, going back", of(then(captured(), fails()))),
        ("in two moves", of(in_two())),
        ("in two moves, going back", of(then(in_two(), fails()))),
    ]
}

/// Every step of a procedure by its id, those of groups included.
pub(super) fn steps(procedure: &Procedure) -> Vec<&Step> {
    procedure.steps().collect()
}
