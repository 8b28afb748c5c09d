//! A procedure as a GitLab pipeline that calls the script compiled beside it. It carries ids and no text of the plan.

mod job;

use super::EmitError;
use super::pipeline::{self, Pipeline, Segment, segments};
use crate::runbook::Procedure;

/// What GitLab.com lets a job of its own runners take, in minutes.
const LONGEST_HOSTED: u64 = 180;

/// Writes the pipeline. `script` is where the bash runbook lies in the repository, with `/` between parts.
pub fn emit(procedure: &Procedure, script: &str) -> Result<Pipeline, EmitError> {
    let rules = pipeline::check(procedure, script)?;
    let segments = segments(procedure);
    Ok(Pipeline { text: job::write(procedure, script, rules, &segments), notes: notes(procedure, &segments) })
}

fn notes(procedure: &Procedure, segments: &[Segment<'_>]) -> Vec<String> {
    let mut notes = vec![
        format!(
            "its state is kept in the project's package registry, as `stopline` {}: switch that on, and let nobody publish packages who may not deploy",
            pipeline::place(procedure)
        ),
        "every job needs bash, curl, tar and the plan's own tools in its image".to_owned(),
    ];
    let gates: Vec<String> = segments.iter().flat_map(Segment::environments).collect();
    if !gates.is_empty() {
        notes.push(format!(
            "anybody who may run jobs can press the button of a hold unless its environment is protected, which needs GitLab Premium: {}",
            gates.join(", ")
        ));
        notes
            .push("who signs is the GitLab user who presses it: the people a hold names must be user names".to_owned());
        notes.push(
            "a variable set for a pipeline can name another user: let only those set any who may deploy (minimum role to use pipeline variables)"
                .to_owned(),
        );
    }
    notes.push("a deploy freeze of the project is read when a pipeline is created, not when a job begins later: freezes that must hold belong into the plan or its policies".to_owned());
    notes.push("nothing goes back by itself in a pipeline that was cancelled, or in one whose job `rollback` has run before: run that job again, or press `rollback-now`".to_owned());
    notes.push("red flags are watched inside jobs, not while one job ends and the next begins".to_owned());
    let back = pipeline::minutes_back(procedure);
    if let Some(most) =
        segments.iter().map(|segment| segment.minutes).chain([back]).max().filter(|most| *most > LONGEST_HOSTED)
    {
        notes.push(format!(
            "a job can take {most} minutes, and the runners of GitLab.com end one after {LONGEST_HOSTED}: use runners of your own, which allow that"
        ));
    }
    notes
}
