//! One plan against the policies of a run: names and types, lints, rules, red flags, and whether it can be run.

use super::asked::Asked;
use super::compile::procedure;
use super::pen::Pen;
use super::policies::AppliedPolicy;
use super::procedures::Shipped;
use super::registry::reading;
use super::surroundings::{Beside, Surroundings};
use crate::check::expand::Procedures;
use crate::check::lints::lint_plan;
use crate::check::plan::{CheckedPlan, check_plan};
use crate::diagnostic::{Diagnostic, Severity};
use crate::eval::{Context, Selected, judge_rule, selects};
use crate::model::data::Value;
use crate::model::plan::plan_value;
use crate::model::policy::{RedFlag, Rule, SubjectKind};
use crate::model::units::Instant;
use crate::runbook::{WaivedRule, prove};
use crate::source::{FileId, SourceMap};
use crate::syntax::ast::Block;

/// A plan and everything that was found about it.
#[derive(Debug)]
pub struct JudgedPlan {
    pub plan: CheckedPlan,
    /// The plan as rules see it.
    pub(super) value: Value,
    pub findings: Vec<Diagnostic>,
    /// Why it cannot be run, until that is among the findings.
    pub(super) refused: Vec<Diagnostic>,
    /// What each policy has to say while the plan runs.
    pub(super) woven: Vec<Woven>,
    /// The shipped procedures it uses.
    pub(super) shipped: Vec<&'static Shipped>,
}

/// What one policy contributes to the run of a plan.
#[derive(Debug, Clone, Default)]
pub(super) struct Woven {
    /// Rules marked `enforce run`.
    pub(super) rules: Vec<Rule>,
    /// Those of them that are let pass; none until that is known.
    pub(super) waived: Vec<WaivedRule>,
    /// Red flags that take the plan in.
    pub(super) red_flags: Vec<RedFlag>,
}

/// What every plan of a run is judged with.
#[derive(Debug)]
pub(super) struct Bench<'a> {
    pub(super) procedures: &'a Procedures<'a>,
    pub(super) policies: &'a [AppliedPolicy],
    pub(super) now: Instant,
    pub(super) surroundings: &'a dyn Surroundings,
    pub(super) sources: &'a SourceMap,
}

pub(super) fn judge_plan(file: FileId, block: &Block, bench: &Bench<'_>, asked: &mut Asked) -> JudgedPlan {
    let Bench { procedures, policies, now, surroundings, sources } = *bench;
    let mut findings = Vec::new();
    let expanded = procedures.expand(file, block, &mut findings);
    let plan = check_plan(file, &expanded.plan, &mut findings);
    let value = plan_value(&plan.plan);
    let beside = Beside { surroundings, path: sources.path(file) };
    let pen = Pen::of_plans(sources);
    let mut woven = Vec::with_capacity(policies.len());
    for applied in policies {
        let context = Context { now, parameters: &applied.parameters, files: &beside, pen: &pen };
        woven.push(judge_policy(applied, &value, &context, asked, &mut findings));
    }
    let flags: Vec<RedFlag> = woven.iter().flat_map(|woven| woven.red_flags.iter().cloned()).collect();
    lint_plan(&plan, &flags, now, &mut findings);
    let shipped = expanded.from_library.iter().filter_map(|name| Shipped::named(name)).collect();
    let mut judged = JudgedPlan { plan, value, findings, refused: Vec::new(), woven, shipped };
    match procedure(&judged, &judged.woven, policies, now, surroundings, sources) {
        Ok(procedure) => judged.findings.extend(prove(&judged.plan, &procedure)),
        Err(refused) => judged.refused = refused.said,
    }
    judged
}

/// Takes out why plans cannot be run, of those that no mistake stops: it would only say again what the mistake says. Of a
/// file that was not read whole, nobody knows what its plans lack.
/// Once a mistake is waived, it has to be said after all.
pub(super) fn take_refusals(
    plans: &mut [JudgedPlan],
    findings: &[Diagnostic],
    policies: &[AppliedPolicy],
) -> Vec<Diagnostic> {
    let stops = |mistake: &Diagnostic| is_mistake(mistake, policies) && findings.contains(mistake);
    let torn: Vec<FileId> = findings
        .iter()
        .filter(|finding| finding.undecided && reading().any(|id| finding.rule == id.id))
        .filter_map(|finding| finding.place.map(|place| place.file))
        .collect();
    let unstopped =
        plans.iter_mut().filter(|judged| !torn.contains(&judged.plan.file) && !judged.findings.iter().any(stops));
    unstopped.flat_map(|judged| std::mem::take(&mut judged.refused)).collect()
}

/// Whether a finding is an error in the plan itself, and not what a rule makes of it.
fn is_mistake(finding: &Diagnostic, policies: &[AppliedPolicy]) -> bool {
    finding.severity == Severity::Error && policies.iter().all(|applied| applied.policy.rule(&finding.rule).is_none())
}

fn judge_policy(
    applied: &AppliedPolicy,
    plan: &Value,
    context: &Context<'_>,
    asked: &mut Asked,
    findings: &mut Vec<Diagnostic>,
) -> Woven {
    let mut woven = Woven::default();
    let of_plans = |rule: &&Rule| !matches!(rule.subject.kind, SubjectKind::Document(_));
    for rule in applied.policy.rules.iter().filter(of_plans) {
        let judgement = judge_rule(rule, plan, context);
        asked.rule(rule, &judgement);
        findings.extend(judgement.findings().cloned());
        // A rule that is skipped now may apply at another time: its guard judges `when` and `unless` again.
        if rule.enforced_at_run {
            woven.rules.push(rule.clone());
        }
    }
    for flag in &applied.policy.red_flags {
        // A flag that may be meant for this plan is armed: unknown counts as raised, never as absent.
        let taken_in = match flag.subject.as_ref().map_or(Selected::Yes, |subject| selects(subject, plan, context)) {
            Selected::No => false,
            Selected::Yes | Selected::Unknown(_) => true,
        };
        asked.red_flag(flag, taken_in);
        if taken_in {
            woven.red_flags.push(flag.clone());
        }
    }
    woven
}
