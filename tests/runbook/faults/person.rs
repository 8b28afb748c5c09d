//! Somebody who goes on after a fault: signs what waits, resumes or rolls back, looks into the log when asked, and answers
//! by what is there.

use crate::support::{Lab, Run};

/// How it ended, and what the person had to allow.
#[derive(Debug)]
pub(super) struct Settled {
    pub(super) status: i32,
    pub(super) said: String,
    /// Ids whose command or undo the person let run again.
    pub(super) allowed: Vec<String>,
    pub(super) runs: usize,
}

/// Goes on with `verb`, having signed these holds.
pub(super) fn settle(lab: &Lab, verb: &str, signed: &[String]) -> Settled {
    let (mut verb, mut allowed) = (verb.to_owned(), Vec::new());
    let mut approvals = signed.to_vec();
    for runs in 1..=30 {
        let run = go(lab, &verb, &approvals);
        match run.status {
            // something still runs: it ends by itself
            75 | 76 => std::thread::sleep(std::time::Duration::from_millis(200)),
            // what was refused before any change is not resumed
            64 if run.said.contains("stopped before any change") => {
                return Settled { status: 20, said: run.said, allowed, runs };
            }
            64 if run.said.contains("there is no run") => "run".clone_into(&mut verb),
            // what a red flag or the time holds is taken back
            21 if run.said.contains("the guards say no") || run.said.contains("red flag") => {
                "rollback".clone_into(&mut verb);
                approvals.clear();
            }
            20 | 21 if run.said.contains("ended by SIG") => "resume".clone_into(&mut verb),
            79 => {
                let Some((id, back)) = doubtful(&run.said) else {
                    return Settled { status: 79, said: run.said, allowed, runs };
                };
                let part = if back { "undo" } else { "run" };
                let began = lab.text("log").lines().any(|line| line == format!("{part}+ {id}"));
                if began && !back {
                    // half done, and nobody may do it twice: it is taken back
                    "rollback".clone_into(&mut verb);
                    approvals.clear();
                } else {
                    allowed.push(id.clone());
                    approvals.push(id);
                }
            }
            status => return Settled { status, said: run.said, allowed, runs },
        }
    }
    panic!("it comes to no end: {}", lab.text("said"));
}

/// One run, with everything signed that somebody may sign.
pub(super) fn go(lab: &Lab, verb: &str, approvals: &[String]) -> Run {
    let mut arguments = vec![verb];
    for id in approvals {
        arguments.extend(["--approve", id.as_str(), "--as", "alice"]);
    }
    lab.run(&arguments)
}

/// Whose end nobody knows, and whether it was its way back; or it is the journal that is in doubt.
fn doubtful(said: &str) -> Option<(String, bool)> {
    let what = said.lines().find_map(|line| Some(line.split_once(" was begun and nobody knows")?.0))?;
    Some(match what.strip_prefix("the way back of ") {
        Some(id) => (id.to_owned(), true),
        None => (what.to_owned(), false),
    })
}
