//! One trial: a procedure, what goes wrong with it, and what a person does then.

use stopline::emit::bash::{Clock, emit};
use stopline::runbook::*;

use super::cases::cases;
use super::examples::examples;
use super::inject::{FAULTS, Fault, Trouble, arm, disarm, in_trouble, kill_a_tool, lab, make_tools_mortal};
use super::oracle::violations;
use super::person::{go, settle};
use crate::support::*;

/// A procedure under faults, compiled once.
#[derive(Debug)]
pub(super) struct Subject {
    pub(super) name: String,
    pub(super) procedure: Procedure,
    script: String,
    holds: Vec<String>,
}

/// What goes wrong.
#[derive(Debug, Clone)]
pub(super) enum Trial {
    /// Nothing.
    Calm,
    /// A fault at a line of the journal; then somebody goes on with `verb`, and where `again` says so, that run is killed
    /// when it has written so many lines.
    At { fault: Fault, line: usize, verb: &'static str, again: Option<usize> },
    /// A command that does not do its work, or hangs, and its undo too.
    In { trouble: Trouble, step: String, undo_too: bool },
    /// What a step captures cannot be had.
    Before { trouble: Trouble, step: String },
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) faults: usize,
    pub(super) runs: usize,
    pub(super) wrong: Vec<String>,
}

/// Every strategy and every example.
pub(super) fn subjects() -> Vec<Subject> {
    let all = cases().into_iter().map(|(name, procedure)| (name.to_owned(), procedure)).chain(examples());
    all.map(|(name, procedure)| {
        let script = emit(&procedure, Clock::ForTests).unwrap_or_else(|error| panic!("{name}: {error}"));
        let holds = procedure.actions().filter(|action| matches!(action, Action::Hold(_)));
        let holds = holds.map(|action| action.id().to_string()).collect();
        Subject { name, procedure, script, holds }
    })
    .collect()
}

impl Subject {
    /// Everything that can go wrong, when a run writes so many lines.
    pub(super) fn trials(&self, lines: usize) -> Vec<Trial> {
        let mut trials = Vec::new();
        for fault in FAULTS {
            for (line, verb) in (1..=lines).flat_map(|line| [(line, "resume"), (line, "rollback")]) {
                trials.push(Trial::At { fault, line, verb, again: None });
            }
        }
        for (line, again) in (1..=lines).flat_map(|line| [1, 2, 3, 5, 8].map(|again| (line, again))) {
            let fault = if line % 2 == 0 { Fault::Kill } else { Fault::Term };
            let verb = if (line + again) % 2 == 0 { "resume" } else { "rollback" };
            trials.push(Trial::At { fault, line, verb, again: Some(again) });
        }
        let changing = self.procedure.steps().filter(|step| step.changes && matches!(step.undo, Undo::Command(_)));
        let canaries = self.procedure.actions().filter(|action| matches!(action, Action::Canary(_))).map(Action::id);
        for step in changing.map(|step| &step.id).chain(canaries) {
            for trouble in [Trouble::Fails, Trouble::Hangs] {
                let step = step.to_string();
                trials.push(Trial::In { trouble, step: step.clone(), undo_too: false });
                trials.push(Trial::In { trouble, step, undo_too: true });
            }
        }
        for step in self.procedure.steps().filter(|step| !step.captures.is_empty()) {
            for trouble in [Trouble::Fails, Trouble::Hangs] {
                trials.push(Trial::Before { trouble, step: step.id.to_string() });
            }
        }
        trials
    }

    /// How many lines a run writes when nothing goes wrong, and what was wrong all the same.
    pub(super) fn calm(&self) -> (usize, Outcome) {
        let lab = lab(&self.procedure, &self.script);
        let settled = settle(&lab, "run", &self.holds);
        let wrong = violations(&lab, &self.procedure, &settled);
        (lab.journal().len(), Outcome { faults: 0, runs: settled.runs, wrong: self.told(&Trial::Calm, wrong, &lab) })
    }

    pub(super) fn stand(&self, trial: &Trial) -> Outcome {
        match trial {
            Trial::Calm => self.calm().1,
            Trial::At { fault, line, verb, again } => self.at(trial, *fault, *line, verb, *again),
            Trial::In { trouble, step, undo_too } => self.within(trial, *trouble, step, *undo_too),
            Trial::Before { trouble, step } => self.before(trial, *trouble, step),
        }
    }

    fn at(&self, trial: &Trial, fault: Fault, line: usize, verb: &str, again: Option<usize>) -> Outcome {
        let mut lab = lab(&self.procedure, &self.script);
        if fault == Fault::Tool {
            make_tools_mortal(&mut lab);
        }
        arm(&lab, fault, line);
        let first = go(&lab, "run", &self.holds);
        disarm(&lab);
        let (mut faults, mut runs) = (1, 1);
        if fault == Fault::Tool {
            kill_a_tool(&lab, line + runs);
            go(&lab, verb, &self.holds);
            disarm(&lab);
            (faults, runs) = (faults + 1, runs + 1);
        }
        if let (Some(more), Some(_)) = (again, lab.find_journal()) {
            let written = std::fs::read_to_string(lab.journal_path()).unwrap_or_default().lines().count();
            arm(&lab, Fault::Kill, written + more);
            go(&lab, verb, &self.holds);
            disarm(&lab);
            (faults, runs) = (faults + 1, runs + 1);
        }
        let settled = settle(&lab, verb, &self.holds);
        let mut wrong = violations(&lab, &self.procedure, &settled);
        if fault == Fault::Metric && settled.status == 0 && self.would_see(&lab, line) {
            wrong.push("the metric answered what it liked, and it is confirmed".to_owned());
        }
        if lab.path("pwned").exists() {
            wrong.push("what a metric answered was run".to_owned());
        }
        if !wrong.is_empty() {
            wrong.push(format!("first it ended with {}:\n{}then with {}:", first.status, first.said, settled.status));
        }
        Outcome { faults, runs: runs + settled.runs, wrong: self.told(trial, wrong, &lab) }
    }

    /// Whether a flag was still to be looked at after this line: a later step began in a phase that has one armed.
    fn would_see(&self, lab: &Lab, line: usize) -> bool {
        let armed = |step: &str| {
            let phase = self.procedure.phases.iter().find(|phase| {
                phase.actions.iter().any(|action| {
                    action.id().as_str() == step || action.members().any(|member| member.id.as_str() == step)
                })
            });
            let reads = |flag: &RedFlag| flag.then != Consequence::FixForward && !flag.condition.metrics().is_empty();
            phase.is_some_and(|phase| {
                self.procedure.red_flags.iter().any(|flag| flag.during.contains(&phase.id) && reads(flag))
            })
        };
        let events = lab.journal();
        let later = events.iter().skip(line + 1).filter(|event| event["event"] == "begin" && event["part"] == "run");
        later.into_iter().any(|event| armed(event["of"].as_str().unwrap_or_default()))
    }

    fn within(&self, trial: &Trial, trouble: Trouble, step: &str, undo_too: bool) -> Outcome {
        let mut procedure = self.procedure.clone();
        shorten(&mut procedure, step);
        let lab = lab(&procedure, &emit(&procedure, Clock::ForTests).unwrap());
        in_trouble(&lab, trouble, "run", step);
        let undo = undo_too.then(|| in_trouble(&lab, trouble, "undo", step));
        let mut settled = settle(&lab, "run", &self.holds);
        let (mut wrong, mut runs) = (violations(&lab, &procedure, &settled), settled.runs);
        if let Some(undo) = undo {
            if settled.status != 31 {
                wrong.push(format!("its undo does not work, and it ends with {}", settled.status));
            }
            std::fs::remove_file(undo).unwrap();
            settled = settle(&lab, "rollback", &[]);
            settled.allowed.push(step.to_owned());
            runs += settled.runs;
            wrong.extend(violations(&lab, &procedure, &settled));
            if settled.status != 10 {
                wrong.push(format!("its undo is cured, and it ends with {}", settled.status));
            }
        }
        Outcome { faults: 1 + usize::from(undo_too), runs, wrong: self.told(trial, wrong, &lab) }
    }

    /// A step whose past is not known does not begin.
    fn before(&self, trial: &Trial, trouble: Trouble, step: &str) -> Outcome {
        let mut procedure = self.procedure.clone();
        shorten(&mut procedure, step);
        let lab = lab(&procedure, &emit(&procedure, Clock::ForTests).unwrap());
        in_trouble(&lab, trouble, "capture", step);
        let settled = settle(&lab, "run", &self.holds);
        let mut wrong = violations(&lab, &procedure, &settled);
        if settled.status == 0 || lab.text("log").lines().any(|line| line == format!("run+ {step}")) {
            wrong.push(format!("{step} was begun, and nothing was captured; it ends with {}", settled.status));
        }
        Outcome { faults: 1, runs: settled.runs, wrong: self.told(trial, wrong, &lab) }
    }

    /// With all that helps to find the cause.
    fn told(&self, trial: &Trial, mut wrong: Vec<String>, lab: &Lab) -> Vec<String> {
        if !wrong.is_empty() {
            let journal = lab.find_journal().and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
            wrong.insert(0, format!("{}, {trial:?}", self.name));
            wrong.push(format!("{}\n{}\n{journal}", lab.text("said"), lab.text("log")));
        }
        wrong
    }
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
