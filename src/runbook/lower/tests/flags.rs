//! What conditions of red flags become.

use crate::runbook::lower::testing::{lowered, plan_with};
use crate::runbook::{Condition, Procedure, Quantity};

const PLAN: &str = r#"
  metric errors { run = "e", unit = percent }
  metric latency { run = "l", unit = duration }
  metric jobs { run = "j" }
  phase prepare { probe up { run = "true" } }
  phase deploy { step migrate { run = "m", undo = "u" } strategy canary { steps = [100%], shift = "s", undo = "u" } }
"#;

fn with_flag(condition: &str) -> String {
    plan_with(&format!("{PLAN}  redflag f {{ during deploy\n stop when {condition}\n then hold }}"))
}

/// The only flag's condition, as it would be written.
fn condition(procedure: &Procedure) -> String {
    assert_eq!(procedure.red_flags.len(), 1);
    shown(&procedure.red_flags[0].condition)
}

fn shown(condition: &Condition) -> String {
    let joined = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(shown).collect();
        format!("({})", parts.join(word))
    };
    match condition {
        Condition::All(parts) => joined(parts, " and "),
        Condition::Any(parts) => joined(parts, " or "),
        Condition::Not(inner) => format!("not {}", shown(inner)),
        Condition::StepFailed(id) => format!("step {id} failed"),
        Condition::ProbeFailed(id) => format!("probe {id} failed"),
        Condition::PhaseFailed(id) => format!("phase {id} failed"),
        Condition::Compare { left, operator, right } => {
            format!("{} {} {}", quantity(left), operator.sign(), quantity(right))
        }
    }
}

fn quantity(shown: &Quantity) -> String {
    match shown {
        Quantity::Constant(number) => number.to_string(),
        Quantity::Metric(id) => id.to_string(),
        Quantity::Baseline(id) => format!("before({id})"),
        Quantity::Sum(left, right) => format!("({} + {})", quantity(left), quantity(right)),
        Quantity::Difference(left, right) => format!("({} - {})", quantity(left), quantity(right)),
        Quantity::Product(left, right) => format!("({} * {})", quantity(left), quantity(right)),
        Quantity::Quotient(left, right) => format!("({} / {})", quantity(left), quantity(right)),
    }
}

#[test]
fn conditions_keep_their_meaning() {
    let cases = [
        ("metric.errors > 0.5%", "errors > 0.5"),
        ("metric.latency >= 1m30s", "latency >= 90"),
        ("metric.latency < 250ms", "latency < 0.25"),
        ("metric.jobs == 2 * 3 + 1", "jobs == 7"),
        ("metric.latency > 1.5 * baseline(metric.latency)", "latency > (1.5 * before(latency))"),
        ("metric.latency > baseline(metric.latency) + 50% * 1s", "latency > (before(latency) + 0.5)"),
        ("metric.latency > 50% * baseline(metric.latency)", "latency > ((50 * before(latency)) / 100)"),
        ("metric.latency / baseline(metric.latency) > 1.5", "(latency / before(latency)) > 1.5"),
        ("metric.jobs < -metric.jobs", "jobs < (0 - jobs)"),
        ("metric.jobs > 10 / 3", "jobs > (10 / 3)"),
        ("step.migrate.failed or step.canary.failed", "(step migrate failed or step canary failed)"),
        ("probe.up.failed and phase.deploy.failed", "(probe up failed and phase deploy failed)"),
        ("not (metric.jobs > 1)", "not jobs > 1"),
        (
            "metric.jobs > 1 and (metric.jobs < 5 and metric.errors != 3%) or step.migrate.failed",
            "((jobs > 1 and jobs < 5 and errors != 3) or step migrate failed)",
        ),
        ("metric.jobs > 1 and true", "jobs > 1"),
        ("metric.jobs > 1 or 3 > 4", "jobs > 1"),
    ];
    for (written, expected) in cases {
        assert_eq!(condition(&lowered(&with_flag(written), &[])), expected, "{written}");
    }
}

#[test]
fn parameters_of_a_policy_are_constants() {
    let policy = r#"policy p {
  param most: percent = 2% "the most errors"
  param strict: bool = true "whether jobs count"
  redflag f "Errors" {
    on plan
    stop when metric.errors > most and strict or metric.latency > 2s
    then rollback
  }
}"#;
    let procedure = lowered(&plan_with(PLAN), &[policy]);
    assert_eq!(condition(&procedure), "(errors > 2 or latency > 2)");
    assert_eq!(procedure.red_flags[0].id.as_str(), "p-f");
    let during: Vec<&str> = procedure.red_flags[0].during.iter().map(crate::runbook::Id::as_str).collect();
    assert_eq!(during, ["prepare", "deploy"], "without `during`, everywhere");
}

#[test]
fn a_flag_that_compares_with_before_is_armed_after_it_everywhere() {
    let flag = "redflag f { stop when metric.latency > 2 * baseline(metric.latency)\n then hold }";
    let procedure = lowered(&plan_with(&format!("{PLAN}{flag}")), &[]);
    let during: Vec<&str> = procedure.red_flags[0].during.iter().map(crate::runbook::Id::as_str).collect();
    assert_eq!(during, ["deploy"]);
}

#[test]
fn without_prepare_the_baseline_is_read_first() {
    let plan = r#"
  metric latency { run = "l", unit = duration }
  checklist "C" { item "Tested" { run = "t" } }
  phase deploy { step migrate { run = "m", undo = "u" } }
  redflag f { stop when metric.latency > 2 * baseline(metric.latency)
    then hold }"#;
    let procedure = lowered(&plan_with(plan), &[]);
    let phases: Vec<&str> = procedure.phases.iter().map(|phase| phase.id.as_str()).collect();
    assert_eq!(phases, ["checklist", "prepare", "deploy"]);
}

#[test]
fn phases_a_policy_names_and_the_plan_lacks_are_passed_over() {
    let policy =
        "policy p {\n redflag f {\n on plan\n during migrate, deploy\n stop when metric.jobs > 5\n then hold\n }\n}";
    let procedure = lowered(&plan_with(PLAN), &[policy]);
    let during: Vec<&str> = procedure.red_flags[0].during.iter().map(crate::runbook::Id::as_str).collect();
    assert_eq!(during, ["deploy"]);
}

#[test]
fn a_policys_flag_this_plan_cannot_raise_is_left_out() {
    let under = |clauses: &str| {
        let policy = format!(
            "policy p {{\n param strict: bool = false \"s\"\n redflag f {{\n on plan\n {clauses}\n then hold\n }}\n}}"
        );
        lowered(&plan_with(PLAN), &[&policy]).red_flags.len()
    };
    assert_eq!(under("stop when phase.backup.failed"), 0, "what is not there cannot fail");
    assert_eq!(under("during backup\n stop when step.migrate.failed"), 0);
    assert_eq!(under("stop when metric.jobs > 5 and strict"), 0);
    assert_eq!(under("stop when phase.backup.failed or metric.jobs > 5"), 1);
}
