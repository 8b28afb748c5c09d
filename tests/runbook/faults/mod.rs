//! Faults brought in at every line of the journal, in every way of exchanging production and every example; a person who
//! goes on; and an oracle that judges. A sample is taken, another for each; with `STOPLINE_FAULTS=all` in the environment,
//! every one, with `STOPLINE_FAULTS=3/8` the third of eight parts of all, and with `STOPLINE_FAULTS=Kill` every one of a kind.

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
    Part {
        number: usize,
        of: usize,
    },
    /// All that bring in this fault once.
    Of(Fault),
}

fn share() -> Share {
    match std::env::var("STOPLINE_FAULTS").as_deref() {
        Err(_) => Share::Sample(5),
        Ok("all") => Share::Part { number: 1, of: 1 },
        Ok(said) => match said.split_once('/') {
            Some((number, of)) => Share::Part { number: number.parse().unwrap(), of: of.parse().unwrap() },
            None => Share::Of(FAULTS.into_iter().find(|fault| format!("{fault:?}") == said).unwrap()),
        },
    }
}

/// Those of a subject that are stood: the same ones every time, and other ones for each subject.
fn chosen(subject: &Subject, trials: Vec<Trial>, share: Share) -> Vec<Trial> {
    let seed = subject.name.bytes().fold(7_usize, |seed, byte| seed.wrapping_mul(31).wrapping_add(usize::from(byte)));
    let (stride, offset) = match share {
        Share::Sample(count) => ((trials.len() / count).max(1), seed),
        Share::Part { number, of } => (of, number),
        Share::Of(kind) => {
            let of_kind = |trial: &Trial| matches!(trial, Trial::At { fault, again: None, .. } if *fault == kind);
            return trials.into_iter().filter(of_kind).collect();
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
