//! Faults brought in at every line of the journal, in every way of exchanging production; a person who goes on; and an
//! oracle that judges. Here a sample is taken; with `STOPLINE_FAULTS=all` in the environment, every one; with a number, every so many.

pub(crate) mod cases;
mod inject;
mod oracle;
mod person;

use stopline::runbook::{Action, Id, Procedure, Step, Undo};

use crate::support::secs;
use inject::{FAULTS, Fault, Trouble, in_trouble, lab, struck};
use oracle::violations;
use person::settle;

/// How many lines a run writes when nothing goes wrong.
fn lines(procedure: &Procedure) -> usize {
    let lab = lab(procedure);
    let settled = settle(&lab, "run");
    assert_eq!(violations(&lab, procedure, &settled), [""; 0], "{}", settled.said);
    lab.journal().len()
}

/// Everything that is wrong after this fault at this line, and how many times a runbook was run.
fn after(procedure: &Procedure, fault: Fault, line: usize, verb: &str) -> (Vec<String>, usize) {
    let lab = lab(procedure);
    let ended = struck(&lab, fault, line);
    let settled = settle(&lab, verb);
    let mut wrong = violations(&lab, procedure, &settled);
    if !wrong.is_empty() {
        let journal = std::fs::read_to_string(lab.journal_path()).unwrap_or_default();
        wrong.push(format!("it ended with {ended}, then:\n{}\n{}\n{journal}", settled.said, lab.text("log")));
    }
    (wrong, settled.runs + 1)
}

/// A step that fails or hangs, and what it leads to; with its undo in trouble too, a person who cures that and goes on.
fn in_a_step(procedure: &Procedure, trouble: Trouble, step: &str, undo_too: bool) -> (Vec<String>, usize) {
    let mut procedure = procedure.clone();
    shorten(&mut procedure, step);
    let lab = lab(&procedure);
    in_trouble(&lab, trouble, "run", step);
    let undo = undo_too.then(|| in_trouble(&lab, trouble, "undo", step));
    let mut settled = settle(&lab, "run");
    let (mut wrong, mut runs) = (violations(&lab, &procedure, &settled), settled.runs);
    if let Some(undo) = undo {
        if settled.status != 31 {
            wrong.push(format!("its undo does not work, and it ends with {}", settled.status));
        }
        std::fs::remove_file(undo).unwrap();
        let allowed = vec![step.to_owned()];
        settled = settle(&lab, "rollback");
        settled.allowed.extend(allowed);
        runs += settled.runs;
        wrong.extend(violations(&lab, &procedure, &settled));
        if settled.status != 10 {
            wrong.push(format!("its undo is cured, and it ends with {}", settled.status));
        }
    }
    if !wrong.is_empty() {
        wrong.push(format!("{}\n{}", settled.said, lab.text("log")));
    }
    (wrong, runs)
}

/// So that waiting for the limit of a step that hangs takes no time.
fn shorten(procedure: &mut Procedure, step: &str) {
    let short = |found: &mut Step| {
        if found.id.as_str() == step {
            found.command.timeout = secs(4);
        }
    };
    for action in procedure.phases.iter_mut().flat_map(|phase| &mut phase.actions) {
        match action {
            Action::Step(found) => short(found),
            Action::Parallel(group) => group.members.iter_mut().for_each(|member| short(&mut member.step)),
            Action::Canary(found) => {
                if found.id.as_str() == step {
                    found.command.timeout = secs(4);
                }
            }
            Action::Hold(_)
            | Action::Probe(_)
            | Action::Watch(_)
            | Action::Notify(_)
            | Action::Followup(_)
            | Action::Baseline(_) => {}
        }
    }
}

/// Every so many faults are brought in.
fn stride() -> usize {
    match std::env::var("STOPLINE_FAULTS").as_deref() {
        Ok("all") => 1,
        Ok(number) => number.parse().unwrap(),
        Err(_) => 23,
    }
}

/// The faults of one part of the cases, so that several can be looked at beside each other.
fn every_promise_holds(part: usize) {
    let (mut faults, mut runs, mut wrong) = (0, 0, Vec::new());
    for (index, (name, procedure)) in cases::cases().iter().enumerate().filter(|(index, _)| index % 4 == part) {
        let mut turn = index;
        let mut is_its_turn = move || {
            turn += 1;
            turn % stride() == 0
        };
        let lines = lines(procedure);
        for fault in FAULTS {
            for (line, verb) in (1..=lines).flat_map(|line| [(line, "resume"), (line, "rollback")]) {
                if is_its_turn() {
                    let (found, ran) = after(procedure, fault, line, verb);
                    (faults, runs) = (faults + 1, runs + ran);
                    wrong.extend(
                        found.into_iter().map(|found| format!("{name}, {fault:?} after {line}, {verb}: {found}")),
                    );
                }
            }
        }
        let changing = procedure.steps().filter(|step| step.changes && matches!(step.undo, Undo::Command(_)));
        let canaries = procedure.actions().filter(|action| matches!(action, Action::Canary(_))).map(Action::id);
        for step in changing.map(|step| &step.id).chain(canaries).map(Id::as_str) {
            for (trouble, undo_too) in
                [(Trouble::Fails, false), (Trouble::Fails, true), (Trouble::Hangs, false), (Trouble::Hangs, true)]
            {
                if is_its_turn() {
                    let (found, ran) = in_a_step(procedure, trouble, step, undo_too);
                    (faults, runs) = (faults + 1, runs + ran);
                    let which = if undo_too { "run and undo" } else { "run" };
                    wrong.extend(
                        found.into_iter().map(|found| format!("{name}, {step} {trouble:?} in {which}: {found}")),
                    );
                }
            }
        }
    }
    let counted = format!("{faults} faults, {runs} runs, {} violations\n", wrong.len());
    std::io::Write::write_all(&mut std::io::stdout(), counted.as_bytes()).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_promise_holds_in_the_first_part() {
    every_promise_holds(0);
}

#[test]
fn every_promise_holds_in_the_second_part() {
    every_promise_holds(1);
}

#[test]
fn every_promise_holds_in_the_third_part() {
    every_promise_holds(2);
}

#[test]
fn every_promise_holds_in_the_fourth_part() {
    every_promise_holds(3);
}
