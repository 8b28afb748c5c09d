//! A procedure as a GitHub workflow that calls the script compiled beside it. It carries ids and no text of the plan,
//! so no other language reads what the plan says, and the two cannot drift.

mod first;
mod job;
mod workflow;

use super::EmitError;
use job::Shared;

use super::pipeline::{self, Pipeline, Segment, segments};
use crate::runbook::Procedure;

/// Hosted runners end a job after six hours; a quarter of one is left for what surrounds the runbook.
const LONGEST_JOB: u64 = 345;

/// Writes the workflow. `script` is where the bash runbook lies in the repository, with `/` between parts.
pub fn emit(procedure: &Procedure, script: &str) -> Result<Pipeline, EmitError> {
    let rules = pipeline::check(procedure, script)?;
    let segments = segments(procedure);
    if let Some(segment) = segments.iter().find(|segment| segment.minutes > LONGEST_JOB) {
        return Err(EmitError::Unsupported {
            of: format!("phase `{}`", segment.phase),
            why: format!(
                "can take {} minutes, and has {LONGEST_JOB}: a hosted runner ends a job after 360, and the rest is for what surrounds the runbook",
                segment.minutes
            ),
            help: "lower its limits, or split it into phases".to_owned(),
        });
    }
    Ok(Pipeline { text: workflow::write(&Shared { procedure, script, rules }, &segments), notes: notes(&segments) })
}

fn notes(segments: &[Segment<'_>]) -> Vec<String> {
    let mut notes = Vec::new();
    let gates: Vec<String> = segments.iter().flat_map(Segment::environments).collect();
    if !gates.is_empty() {
        notes.push(format!(
            "create these environments with required reviewers before the first run, or it stops at once: {}",
            gates.join(", ")
        ));
        notes.push("administrators can pass a protection rule unless the environment forbids it".to_owned());
        notes.push("who signs is taken from GitHub: the people a hold names must be GitHub logins".to_owned());
        notes.push("an environment that is approved twice in one run signs nothing, since GitHub does not say in which attempt: dispatch a new run".to_owned());
    }
    notes.push("a run goes on with what an earlier one left on the same branch; that is kept for 90 days, or as long as the repository allows, and where it has expired nothing begins unless that run ended well; look at production yourself before you dispatch from another branch".to_owned());
    notes.push("one run waits for another, and a third takes the place of the one that waits: GitHub cancels that one, which has begun nothing".to_owned());
    notes.push("to go on, re-run the failed jobs of the newest run or dispatch another: `Re-run all jobs` makes GitHub let go of the state, and then nothing begins until a person has looked".to_owned());
    notes.push("to go back, dispatch a run with `back` switched on, with the runbook and the pipeline that what is in place was begun with; after a way back, dispatch a new run".to_owned());
    notes.push("a runner that dies without uploading its state is handed to a person, not rolled back".to_owned());
    notes.push("red flags are watched inside jobs, not while one job ends and the next begins".to_owned());
    notes
}
