//! From a plan that may go to what runs it.

use super::check::{Checked, Request};
use super::judge::{JudgedPlan, Woven};
use super::policies::{AppliedPolicy, digest};
use super::surroundings::{Beside, Surroundings};
use crate::diagnostic::Diagnostic;
use crate::emit::explain::{Explained, explain};
use crate::emit::{EmitError, bash, github};
use crate::model::policy::{RedFlag, Rule};
use crate::model::units::Instant;
use crate::runbook::{self, LowerRequest, Procedure, lower};
use crate::source::SourceMap;

/// What a plan compiles to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// One self-contained script.
    Bash,
    /// A workflow that calls the script, which lies at this path in the repository.
    Github { script: &'a str },
}

/// The text, and what the target cannot promise.
#[derive(Debug)]
pub struct Compiled {
    pub text: String,
    pub notes: Vec<String>,
}

/// The run of a plan, proven; or what keeps it from being one.
pub(super) fn procedure(
    judged: &JudgedPlan,
    woven: &[Woven],
    policies: &[AppliedPolicy],
    now: Instant,
    surroundings: &dyn Surroundings,
    sources: &SourceMap,
) -> Result<Procedure, Vec<Diagnostic>> {
    let file = judged.plan.file;
    let beside = Beside { surroundings, path: sources.path(file) };
    let applied: Vec<runbook::AppliedPolicy<'_>> = policies
        .iter()
        .zip(woven)
        .map(|(applied, woven)| runbook::AppliedPolicy {
            policy: &applied.policy,
            digest: &applied.digest,
            parameters: &applied.parameters,
            rules: woven.rules.iter().collect::<Vec<&Rule>>(),
            red_flags: woven.red_flags.iter().collect::<Vec<&RedFlag>>(),
        })
        .collect();
    let plan_digest = digest(sources.text(file));
    let request = LowerRequest { digest: &plan_digest, stopline: env!("CARGO_PKG_VERSION"), at: now, files: &beside };
    lower(&judged.plan, &applied, &request)
}

impl Checked {
    /// The run of the only plan that was checked; rules that were waived for it are not woven in.
    pub fn procedure(&self, request: &Request<'_>, sources: &SourceMap) -> Result<Procedure, Vec<Diagnostic>> {
        let Some(judged) = self.plans.first() else { return Err(Vec::new()) };
        let waived = |rule: &Rule| {
            self.report.findings().iter().any(|finding| {
                finding.waived.is_some()
                    && *finding.rule == *rule.id
                    && finding.place.is_some_and(|place| place.file == judged.plan.file)
            })
        };
        let mut woven = judged.woven.clone();
        for policy in &mut woven {
            policy.rules.retain(|rule| !waived(rule));
        }
        procedure(judged, &woven, &self.policies, request.now, request.surroundings, sources)
    }
}

/// Writes a plan down. Only a plan that `check` said GO to gets here.
pub fn compile(procedure: &Procedure, target: Target<'_>) -> Result<Compiled, EmitError> {
    match target {
        Target::Bash => bash::emit(procedure, bash::Clock::Machine).map(|text| Compiled { text, notes: Vec::new() }),
        Target::Github { script } => {
            github::emit(procedure, script).map(|workflow| Compiled { text: workflow.text, notes: workflow.notes })
        }
    }
}

/// Every path the run can take, and the path that breaks a proof.
pub fn explain_run(procedure: &Procedure) -> Explained {
    explain(procedure)
}
