//! A procedure as a GitHub workflow that calls the script compiled beside it. It carries ids and no text of the plan,
//! so no other language reads what the plan says, and the two cannot drift.

mod job;
mod segment;
mod workflow;
mod yaml;

use super::EmitError;
use crate::runbook::Procedure;
use segment::segments;

/// A workflow, and what it cannot promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workflow {
    pub text: String,
    /// For the person who compiles, one sentence each.
    pub notes: Vec<String>,
}

/// Hosted runners end a job after six hours; a quarter of one is left for what surrounds the runbook.
const LONGEST_JOB: u64 = 345;

/// Writes the workflow. `script` is where the bash runbook lies in the repository, with `/` between parts.
pub fn emit(procedure: &Procedure, script: &str) -> Result<Workflow, EmitError> {
    // What the script refuses, the pipeline that calls it refuses too.
    super::bash::emit(procedure, super::bash::Clock::Machine)?;
    check_path(script)?;
    let segments = segments(procedure);
    if let Some(segment) = segments.iter().find(|segment| segment.minutes > LONGEST_JOB) {
        return Err(EmitError::Unsupported {
            of: format!("phase `{}`", segment.phase),
            why: format!("can take {} minutes; a hosted runner ends a job after 360", segment.minutes),
            help: "lower its limits, or split it into phases".to_owned(),
        });
    }
    Ok(Workflow { text: workflow::write(procedure, script, &segments), notes: notes(&segments) })
}

fn check_path(script: &str) -> Result<(), EmitError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    let parts_are_plain = script.split('/').all(|part| !part.is_empty() && part != ".." && !part.starts_with('-'));
    if !script.is_empty() && script.bytes().all(plain) && parts_are_plain {
        return Ok(());
    }
    Err(EmitError::Unsupported {
        of: "the script's path".to_owned(),
        why: "is not a plain path inside the repository".to_owned(),
        help: "use letters, digits, `.`, `_`, `-` and `/`".to_owned(),
    })
}

fn notes(segments: &[segment::Segment<'_>]) -> Vec<String> {
    let mut notes = Vec::new();
    let gates: Vec<String> = segments.iter().flat_map(segment::Segment::environments).collect();
    if !gates.is_empty() {
        notes.push(format!(
            "create these environments with required reviewers before the first run, or it stops at once: {}",
            gates.join(", ")
        ));
        notes.push("administrators can pass a protection rule unless the environment forbids it".to_owned());
        notes.push("who signs is taken from GitHub: the people a hold names must be GitHub logins".to_owned());
    }
    notes.push("a runner that dies without uploading its state is handed to a person, not rolled back".to_owned());
    notes.push("red flags are watched inside jobs, not while one job ends and the next begins".to_owned());
    notes
}
