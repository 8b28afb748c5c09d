//! From a plan that may go to what runs it.

use std::sync::Arc;

use super::check::{Checked, Request};
use super::judge::{JudgedPlan, Woven};
use super::policies::{AppliedPolicy, digest};
use super::surroundings::{Beside, Surroundings};
use crate::diagnostic::Waived;
use crate::emit::explain::{Explained, explain, explain_refused};
use crate::emit::people::{Contents, Told};
use crate::emit::{EmitError, Pipeline, ansible, bash, github, gitlab, html, markdown};
use crate::model::policy::{RedFlag, Rule};
use crate::model::units::Instant;
use crate::runbook::{self, LowerRequest, Procedure, Refused, WaivedRule, lower};
use crate::source::SourceMap;

/// What a plan compiles to.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// One self-contained script.
    Bash,
    /// A workflow that calls the script, which lies at this path in the repository.
    Github { script: &'a str },
    /// A pipeline that does the same.
    Gitlab { script: &'a str },
    /// A playbook that calls the script, which lies at this path beside it.
    Ansible { script: &'a str },
    /// A document for people, to be pasted.
    Markdown(Told<'a>, Contents),
    /// The same as one file to be opened or printed.
    Html(Told<'a>, Contents),
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
) -> Result<Procedure, Refused> {
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
            waived: &woven.waived,
            red_flags: woven.red_flags.iter().collect::<Vec<&RedFlag>>(),
        })
        .collect();
    let plan_digest = digest(sources.text(file));
    let procedures: Vec<(&str, &str)> = judged.shipped.iter().map(|shipped| (shipped.name, shipped.digest)).collect();
    let request = LowerRequest {
        value: &judged.value,
        digest: &plan_digest,
        procedures: &procedures,
        stopline: env!("CARGO_PKG_VERSION"),
        at: now,
        files: &beside,
    };
    lower(&judged.plan, &applied, &request)
}

impl Checked {
    /// The run of the only plan that was checked.
    pub fn procedure(&self, request: &Request<'_>, sources: &SourceMap) -> Result<Procedure, Refused> {
        let Some(judged) = self.plans.first() else {
            return Err(Refused { said: Vec::new(), would_be: None });
        };
        self.procedure_of(judged, request, sources)
    }

    /// The run of one of the plans that were checked; rules that are let pass are woven in with the end of that.
    pub fn procedure_of(
        &self,
        judged: &JudgedPlan,
        request: &Request<'_>,
        sources: &SourceMap,
    ) -> Result<Procedure, Refused> {
        let mut woven = judged.woven.clone();
        for policy in &mut woven {
            policy.waived = policy.rules.iter().filter_map(|rule| self.waived(rule)).collect();
        }
        procedure(judged, &woven, &self.policies, request.now, request.surroundings, sources)
    }

    /// Until the first of the waivers ends that its findings need; nothing where one of them is not waived.
    fn waived(&self, rule: &Rule) -> Option<WaivedRule> {
        let findings = self.report.findings().iter().filter(|finding| *finding.rule == *rule.id);
        let waived = findings.map(|finding| finding.waived.as_ref()).collect::<Option<Vec<_>>>()?;
        let until = |waived: &Waived| self.waiver_ends.get(&waived.place).copied();
        let first =
            waived.into_iter().min_by_key(|waived| until(waived).map_or((true, None), |end| (false, Some(end))))?;
        Some(WaivedRule { rule: Arc::clone(&rule.id), until: until(first), words: words(first) })
    }
}

fn words(waived: &Waived) -> String {
    let until = waived.until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
    let by = waived.by.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
    format!("waived{until}{by}: {}", waived.reason)
}

/// Writes a plan down. Only a plan that `check` said GO to gets here.
pub fn compile(procedure: &Procedure, target: Target<'_>) -> Result<Compiled, EmitError> {
    let alone = |text| Pipeline { text, notes: Vec::new() };
    let Pipeline { text, notes } = match target {
        Target::Bash => alone(bash::emit(procedure, bash::Clock::Machine)?),
        Target::Github { script } => github::emit(procedure, script)?,
        Target::Gitlab { script } => gitlab::emit(procedure, script)?,
        Target::Ansible { script } => ansible::emit(procedure, script)?,
        Target::Markdown(told, contents) => alone(markdown::emit(told, contents)?),
        Target::Html(told, contents) => alone(html::emit(told, contents)?),
    };
    Ok(Compiled { text, notes })
}

/// Every path the run can take, and the path that breaks a proof; of a plan without a run, why it has none.
pub fn explain_run(title: &str, run: &Result<Procedure, Refused>) -> Explained {
    match run {
        Ok(procedure) => explain(procedure),
        Err(Refused { would_be: Some(procedure), .. }) => explain(procedure),
        Err(Refused { would_be: None, said }) => explain_refused(title, said),
    }
}
