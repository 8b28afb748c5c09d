//! Faults brought in at every line of the journal, in every way of exchanging production and every example; a person who
//! goes on; and an oracle that judges. A sample is taken, another for each; with `STOPLINE_FAULTS=all` in the environment,
//! every one, with `STOPLINE_FAULTS=3/8` the third of eight parts of all, with `STOPLINE_FAULTS=Kill` every one of a kind, and
//! with `STOPLINE_FAULTS=Kill:3/8` a part of that kind.

pub(crate) mod cases;
mod examples;
mod inject;
mod oracle;
mod person;
mod trial;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use inject::{FAULTS, Fault};
use trial::{Outcome, Subject, Trial, subjects};

/// How many of all trials are stood.
#[derive(Debug, Clone, Copy)]
enum Share {
    /// So many for each subject.
    Sample(usize),
    /// A part of all, or of those that bring in this fault once.
    Part { of_kind: Option<Fault>, number: usize, of: usize },
}

fn share() -> Share {
    let Ok(said) = std::env::var("STOPLINE_FAULTS") else { return Share::Sample(5) };
    let (kind, part) = match said.split_once(':') {
        Some((kind, part)) => (Some(kind), part),
        None if said.contains('/') => (None, said.as_str()),
        None => (Some(said.as_str()), "1/1"),
    };
    let (number, of) = part.split_once('/').unwrap();
    let kind = kind.filter(|kind| *kind != "all");
    let of_kind = kind.map(|kind| FAULTS.into_iter().find(|fault| format!("{fault:?}") == kind).unwrap());
    Share::Part { of_kind, number: number.parse().unwrap(), of: of.parse().unwrap() }
}

/// Those of a subject that are stood: the same ones every time, and other ones for each subject.
fn chosen(subject: &Subject, mut trials: Vec<Trial>, share: Share) -> Vec<Trial> {
    let seed = subject.name.bytes().fold(7_usize, |seed, byte| seed.wrapping_mul(31).wrapping_add(usize::from(byte)));
    let (stride, offset) = match share {
        Share::Sample(count) => ((trials.len() / count).max(1), seed),
        Share::Part { of_kind, number, of } => {
            trials.retain(|trial| {
                of_kind.is_none_or(|kind| matches!(trial, Trial::At { fault, again: None, .. } if *fault == kind))
            });
            (of, number)
        }
    };
    trials
        .into_iter()
        .enumerate()
        .filter(|(index, _)| index % stride == offset % stride)
        .map(|(_, trial)| trial)
        .collect()
}

/// Does something with each, several at a time: most of a run is waiting.
fn each<'a, T: Sync>(all: &'a [T], does: impl Fn(&'a T) + Sync) {
    let next = AtomicUsize::new(0);
    let workers = 3 * std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    does(one);
                }
            });
        }
    });
}

#[test]
fn every_promise_holds_whatever_goes_wrong() {
    let subjects = subjects();
    let total = Mutex::new(Outcome::default());
    let add = |outcome: Outcome| {
        let mut total = total.lock().unwrap();
        total.faults += outcome.faults;
        total.runs += outcome.runs;
        total.wrong.extend(outcome.wrong);
    };
    let trials = Mutex::new(Vec::new());
    each(&subjects, |subject| {
        let (lines, outcome) = subject.calm();
        add(outcome);
        let chosen = chosen(subject, subject.trials(lines), share());
        trials.lock().unwrap().extend(chosen.into_iter().map(|trial| (subject, trial)));
    });
    each(&trials.into_inner().unwrap(), |(subject, trial)| add(subject.stand(trial)));
    let Outcome { faults, runs, wrong } = total.into_inner().unwrap();
    let counted = format!("{faults} faults, {runs} runs, {} violations\n", wrong.len());
    std::io::Write::write_all(&mut std::io::stdout(), counted.as_bytes()).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
