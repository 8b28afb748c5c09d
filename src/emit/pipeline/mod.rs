//! What all pipelines have in common: where a procedure is cut into jobs, where its state lies, and how YAML is written.

mod segment;
mod yaml;

pub(super) use segment::{Segment, segments};
pub(super) use yaml::Yaml;

use super::{EmitError, bash};
use crate::runbook::{Id, Procedure};

/// A pipeline, and what it cannot promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pipeline {
    pub text: String,
    /// For the person who compiles, one sentence each.
    pub notes: Vec<String>,
}

/// No leading dot: what is hidden is not uploaded.
pub(super) const STATE: &str = "stopline-state";

/// Says what begins a run, or goes on with one that is open.
pub(super) const BEGIN: &str = concat!(
    include_str!("../templates/pipeline/last_line.sh"),
    include_str!("../templates/pipeline/decided.sh"),
    include_str!("../templates/pipeline/begin.sh")
);
/// Leaves alone what waits for a person.
pub(super) const HELD: &str = concat!(
    include_str!("../templates/pipeline/last_line.sh"),
    include_str!("../templates/pipeline/decided.sh"),
    include_str!("../templates/pipeline/held.sh")
);
/// Tells whoever asks for the way back that there is none by this plan.
pub(super) const OTHERS: &str =
    concat!(include_str!("../templates/pipeline/last_line.sh"), include_str!("../templates/pipeline/others.sh"));
/// Leaves alone what was handed to a person, and what was confirmed. What comes before it knows how to read the last line.
pub(super) const HANDED: &str = include_str!("../templates/pipeline/handed.sh");
/// Says what goes back.
pub(super) const BACK: &str = include_str!("../templates/pipeline/back.sh");
/// Ends well where it came back, or had nothing to take back.
pub(super) const CAME_BACK: &str = include_str!("../templates/pipeline/came_back.sh");
/// Sees that the script and what calls it are of one plan.
pub(super) const SAME: &str = include_str!("../templates/pipeline/same.sh");
/// Notes what a person has looked at, as the run begins.
pub(super) const LOOKED: &str =
    concat!(include_str!("../templates/pipeline/doubt.sh"), include_str!("../templates/pipeline/looked.sh"));
/// Lets run again what a person has looked at.
pub(super) const AGAIN: &str =
    concat!(include_str!("../templates/pipeline/doubt.sh"), include_str!("../templates/pipeline/again.sh"));
/// Becomes the runbook, so that signals reach it.
pub(super) const EXEC: &str = include_str!("../templates/pipeline/exec.sh");
/// Calls the runbook, lets signals through, and keeps its status.
pub(super) const CALL: &str = include_str!("../templates/pipeline/call.sh");

/// What the script refuses, the pipeline that calls it refuses too. `script` has `/` between its parts. Gives the digest of the
/// rules that the script goes by.
pub(super) fn check(procedure: &Procedure, script: &str) -> Result<String, EmitError> {
    let rules = bash::rules(procedure)?;
    names_are_free(procedure)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte);
    let parts_are_plain = script.split('/').all(|part| !part.is_empty() && part != ".." && !part.starts_with('-'));
    if !script.is_empty() && script.bytes().all(plain) && parts_are_plain {
        return Ok(rules);
    }
    Err(EmitError::Unsupported {
        of: format!("the script's path `{}`", script.escape_debug()),
        why: "is not a plain path inside the repository".to_owned(),
        help: "say with `--script` where the script will stand, in letters, digits, `.`, `_`, `-` and `/`".to_owned(),
    })
}

/// What the scripts of a pipeline call their own. Lower case is theirs, too.
const OWN: [&str; 30] = [
    "AGAIN",
    "ASKED",
    "ATTEMPT",
    "BACK",
    "BRANCH",
    "CI",
    "EARLIER",
    "ENVIRONMENTS",
    "FINISHED",
    "FIRST",
    "GATES",
    "GH_TOKEN",
    "GIT_STRATEGY",
    "HOLD",
    "JOB",
    "JOURNAL",
    "MARKED",
    "NEEDS",
    "PLACE",
    "PREFIX",
    "REFUSED",
    "REPOSITORY",
    "RULES",
    "RUNBOOK",
    "RUN_ID",
    "STATE",
    "STATUS",
    "TAKEN",
    "UNTIL",
    "WHO",
];
const OWN_PREFIXES: [&str; 6] = ["CI_", "FF_", "GITHUB_", "GITLAB_", "RUNNER_", "STOPLINE_"];

/// A secret that is called like a variable of the pipeline would be taken for it, and two holds that share an environment would
/// share their signatures.
fn names_are_free(procedure: &Procedure) -> Result<(), EmitError> {
    let is_taken = |name: &str| {
        OWN.contains(&name)
            || OWN_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
            || name.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    if let Some(secret) = procedure.secrets().into_iter().find(|secret| is_taken(secret.as_str())) {
        return Err(EmitError::Unsupported {
            of: format!("the secret `{secret}`"),
            why: "is called like a variable of the pipeline or of its engine".to_owned(),
            help: "give the secret another name, in capitals".to_owned(),
        });
    }
    let mut seen: Vec<String> = Vec::new();
    for environment in segments(procedure).iter().flat_map(Segment::environments) {
        if seen.contains(&environment) {
            return Err(EmitError::Unsupported {
                of: format!("the environment `{environment}`"),
                why: "is that of two holds, and a signature for one would be one for the other".to_owned(),
                help: "give one of the holds another name".to_owned(),
            });
        }
        seen.push(environment);
    }
    Ok(())
}

/// Digests and versions; never a text of the plan.
pub(super) fn head(out: &mut Yaml, what: &'static str, procedure: &Procedure) {
    out.raw(what);
    out.raw("#");
    out.raw(&format!("# plan      {}", procedure.provenance.plan));
    out.raw(&format!("# stopline  {}", procedure.provenance.stopline));
}

/// What runs at a time: one service in one environment.
pub(super) fn place(procedure: &Procedure) -> String {
    format!("{}-{}", procedure.service, procedure.environment)
}

/// What the state of this plan is called there.
pub(super) fn run(procedure: &Procedure) -> String {
    format!("{}-{}", procedure.id, procedure.provenance.key())
}

/// Where the runbook keeps its journal, from the folder of its state.
pub(super) fn journal(procedure: &Procedure) -> String {
    format!("{}/{}/journal.jsonl", place(procedure), run(procedure))
}

/// The id, or nothing.
pub(super) fn or_empty(id: Option<&Id>) -> &str {
    id.map(Id::as_str).unwrap_or_default()
}

/// How long the job that judges the guards may take, in minutes.
pub(super) fn minutes_of_guards(procedure: &Procedure) -> u64 {
    procedure.worst_guards().get().div_ceil(60) + 15
}

/// How long the job that goes back may take, in minutes.
pub(super) fn minutes_back(procedure: &Procedure) -> u64 {
    procedure.worst_rollback().get().div_ceil(60) + 15
}
