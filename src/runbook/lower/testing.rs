//! The door of the tests: plan and policies in; a procedure, or what was said of them, out.

use std::collections::HashMap;
use std::sync::Arc;

use super::{AppliedPolicy, LowerRequest, Refused, lower};
use crate::check::plan::{CheckedPlan, check_plan};
use crate::check::policy::{NamedFiles, check_policy};
use crate::diagnostic::Diagnostic;
use crate::eval::{Context, NoFiles, NoPen, Selected, judge_rule, selects};
use crate::model::data::Value;
use crate::model::plan::plan_value;
use crate::model::policy::Policy;
use crate::model::units::Instant;
use crate::runbook::Procedure;
use crate::source::SourceMap;
use crate::syntax::ast::Item;
use crate::syntax::parse;

/// Sixty-four digits.
pub(in crate::runbook) const DIGEST: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

pub(in crate::runbook) const CHECKOUT: &str = include_str!("../../../examples/checkout.plan");

/// Two rules of time, one without, and a flag.
pub(in crate::runbook) const RELEASE: &str = r#"policy release "Release safety" {
  version = "1.0.0"
  param monitoring: duration = 15m "How long a release must be watched before it is confirmed"
  calendar year-end "Year-end freeze" { from = 2026-12-18, to = 2027-01-04, zone = "Europe/Berlin" }

  rule friday-deploy "The window touches a Friday" {
    severity = error
    on plan when plan.environment == production
    forbid plan.window overlaps friday
    unless plan.urgent exists
    at plan.window.start
    message "the window {plan.window} touches a Friday in {plan.window.zone}"
    help "move it to Monday through Thursday, or give the reason it cannot wait in `urgent`"
    enforce run
  }
  rule freeze "The window falls into a freeze" {
    severity = error
    on plan when plan.environment == production
    forbid plan.window overlaps year-end
    at plan.window.start
    message "the window {plan.window} falls into {year-end.title}"
    enforce run
  }
  rule watched-too-briefly "The release is confirmed too soon" {
    severity = error
    on plan when plan.environment == production
    require some w in plan.watches: w.for >= monitoring
    at plan.id
    message "no watch lasts {monitoring}"
    enforce run
  }
  redflag backup-failure "A backup failed" {
    on plan when plan.environment == production
    during backup
    stop when phase.backup.failed
    then hold
  }
}"#;

/// Texts that were read together.
pub(in crate::runbook) struct Read {
    sources: SourceMap,
    pub(in crate::runbook) plan: CheckedPlan,
    policies: Vec<Policy>,
    /// What reading them said.
    said: Vec<Diagnostic>,
}

pub(in crate::runbook) fn read(plan: &str, policies: &[&str]) -> Read {
    let (mut sources, mut said, mut read_policies) = (SourceMap::default(), Vec::new(), Vec::new());
    let file = sources.add("a.plan", plan);
    let parsed = parse(file, plan);
    said.extend(parsed.diagnostics);
    let block = parsed.tree.items.iter().find_map(|item| if let Item::Plan(block) = item { Some(block) } else { None });
    let plan = check_plan(file, block.unwrap(), &mut said);
    for text in policies {
        let file = sources.add("a.policy", *text);
        let parsed = parse(file, text);
        said.extend(parsed.diagnostics);
        for item in &parsed.tree.items {
            if let Item::Policy(policy) = item {
                read_policies.push(check_policy(file, policy, &[], &NamedFiles::new(), &[], &sources, &mut said));
            }
        }
    }
    Read { sources, plan, policies: read_policies, said }
}

impl Read {
    /// Lowered under the policies: their rules that hold, their flags that select the plan.
    pub(in crate::runbook) fn lowered(&self) -> Result<Procedure, Refused> {
        assert!(self.said.is_empty(), "{:#?}", self.lines(&self.said));
        let plan = plan_value(&self.plan.plan);
        let parameters: Vec<HashMap<Arc<str>, Value>> = self.policies.iter().map(defaults).collect();
        let at = Instant::parse("2026-11-20T12:00Z").unwrap();
        let applied: Vec<AppliedPolicy<'_>> = self
            .policies
            .iter()
            .zip(&parameters)
            .map(|(policy, parameters)| {
                let context = Context { now: at, parameters, files: &NoFiles, pen: &NoPen };
                let holds = |rule: &_| judge_rule(rule, &plan, &context).findings().next().is_none();
                let selected = |flag: &crate::model::policy::RedFlag| {
                    let subject = flag.subject.as_ref().unwrap();
                    selects(subject, &plan, &context) == Selected::Yes
                };
                AppliedPolicy {
                    policy,
                    digest: DIGEST,
                    parameters,
                    rules: policy.rules.iter().filter(|rule| holds(rule)).collect(),
                    waived: &[],
                    red_flags: policy.red_flags.iter().filter(|flag| selected(flag)).collect(),
                }
            })
            .collect();
        let request =
            LowerRequest { value: &plan, digest: DIGEST, procedures: &[], stopline: "0.1.0", at, files: &NoFiles };
        lower(&self.plan, &applied, &request)
    }

    /// Each as `id: message | underlined text | help`, and its related places below, indented.
    pub(in crate::runbook) fn lines(&self, diagnostics: &[Diagnostic]) -> Vec<String> {
        let mut lines = Vec::new();
        for diagnostic in diagnostics {
            let underlined = diagnostic.place.map_or("nowhere", |place| self.sources.slice(place));
            let help = diagnostic.help.as_deref().unwrap_or("no help");
            lines.push(format!("{}: {} | {underlined} | {help}", diagnostic.rule, diagnostic.message));
            lines.extend(
                diagnostic
                    .related
                    .iter()
                    .map(|label| format!("  {} | {}", label.text, self.sources.slice(label.place))),
            );
        }
        lines
    }
}

fn defaults(policy: &Policy) -> HashMap<Arc<str>, Value> {
    let known = |parameter: &crate::model::policy::Parameter| {
        parameter.default.clone().map(|value| (parameter.name.value.clone(), value))
    };
    policy.parameters.iter().filter_map(known).collect()
}

/// The procedure of a plan under policies.
#[track_caller]
pub(in crate::runbook) fn lowered(plan: &str, policies: &[&str]) -> Procedure {
    let read = read(plan, policies);
    match read.lowered() {
        Ok(procedure) => {
            assert_eq!(procedure.faults(), []);
            procedure
        }
        Err(said) => panic!("{:#?}", read.lines(&said.said)),
    }
}

/// What was said instead of lowering it.
#[track_caller]
pub(in crate::runbook) fn refused(plan: &str, policies: &[&str]) -> Vec<String> {
    let read = read(plan, policies);
    match read.lowered() {
        Ok(procedure) => panic!("this is no longer refused: {procedure:#?}"),
        Err(said) => read.lines(&said.said),
    }
}

/// A plan for staging with a window and a team, and `body` in it.
pub(in crate::runbook) fn plan_with(body: &str) -> String {
    format!(
        r#"plan p {{
  service = "x"
  environment = staging
  window {{ start = 2026-11-24T10:00, duration = 12h, zone = "UTC" }}
  team {{ lead = @ann, approvers = [@ben, @ann] }}
{body}
}}"#
    )
}

/// The same with a phase `deploy` that holds `actions`.
pub(in crate::runbook) fn deploying(actions: &str) -> String {
    plan_with(&format!("phase deploy {{\n{actions}\n}}"))
}
