//! `plan/red-flag-unit`.

use std::collections::HashMap;

use super::context::LintContext;
use crate::check::expression::{joined, unit_type};
use crate::descriptors;
use crate::diagnostic::Diagnostic;
use crate::model::enums::Unit;
use crate::model::expression::{Expr, ExprKind};
use crate::model::plan::Metric;
use crate::model::policy::RedFlag;
use crate::model::types::Type;

descriptors! {
    TABLE;
    LINT = {
        id: "plan/red-flag-unit", severity: Error, undecided: false,
        summary: "a red flag compares a metric with something of another kind",
        doc: r#"A policy's red flag compares a metric with a percentage, a duration or a number, and the metric of this plan measures something else.

## What it does
A policy does not know what the metrics of a plan measure, so its comparisons are judged here, with the `unit` of each metric (`number` if not said). A red flag of the plan itself is judged where it is written.

## Why is this bad?
The two cannot be compared: the flag would never be raised, or always.

## Example
```stopline
policy release {
  redflag error-rate {
    on plan
    during deploy
    stop when metric.error-rate > 5%
    then rollback
  }
}

plan checkout {
  service     = "checkout"
  environment = staging

  metric error-rate { run = "./metrics.sh errors", unit = number }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
}
```

## Use instead
```stopline
policy release {
  redflag error-rate {
    on plan
    during deploy
    stop when metric.error-rate > 5%
    then rollback
  }
}

plan checkout {
  service     = "checkout"
  environment = staging

  metric error-rate { run = "./metrics.sh error_rate", unit = percent }

  phase deploy {
    step copy { run = "./copy.sh", undo = "./copy-back.sh" }
  }
}
```
"#,
    }
}

type Metrics<'a> = HashMap<&'a str, &'a Metric>;

pub(super) fn run(cx: &mut LintContext<'_>) {
    let metrics: Metrics<'_> = cx.plan.metrics.iter().map(|metric| (metric.head.id.value.as_str(), metric)).collect();
    for flag in cx.policy_flags {
        let mut clashes = Vec::new();
        of_type(&flag.condition, &metrics, &mut clashes);
        for clash in clashes {
            report(cx, flag, &clash, &metrics);
        }
    }
}

/// An operator whose sides do not go together in this plan.
struct Clash<'a> {
    whole: &'a Expr,
    left: Type,
    right: Type,
}

/// What an expression yields once its metrics have units; `None` where it has been told, or cannot be known.
fn of_type<'a>(expr: &'a Expr, metrics: &Metrics<'_>, clashes: &mut Vec<Clash<'a>>) -> Option<Type> {
    match &expr.kind {
        ExprKind::Metric(id) | ExprKind::Baseline(id) => {
            metrics.get(&**id).map(|metric| unit_type(metric.unit.as_ref().map_or(Unit::Number, |unit| unit.value)))
        }
        ExprKind::Binary { operator, left: left_side, right: right_side } => {
            let left = of_type(left_side, metrics, clashes);
            let right = of_type(right_side, metrics, clashes);
            let (left, right) = (left?, right?);
            let yields = joined(*operator, left, right);
            if yields.is_none() {
                clashes.push(Clash { whole: expr, left, right });
            }
            yields
        }
        ExprKind::Negate(inner) => of_type(inner, metrics, clashes),
        ExprKind::If { condition, yes, no } => {
            of_type(condition, metrics, clashes);
            let yes = of_type(yes, metrics, clashes);
            of_type(no, metrics, clashes).or(yes)
        }
        ExprKind::Constant(_)
        | ExprKind::Variable(_)
        | ExprKind::Parameter(_)
        | ExprKind::Failed { .. }
        | ExprKind::Field { .. }
        | ExprKind::Index { .. }
        | ExprKind::Call { .. }
        | ExprKind::List(_)
        | ExprKind::Not(_)
        | ExprKind::Exists(_)
        | ExprKind::Quantified { .. } => {
            for child in expr.children() {
                of_type(child, metrics, clashes);
            }
            Some(expr.of_type).filter(|yields| *yields != Type::Measure)
        }
    }
}

fn report(cx: &mut LintContext<'_>, flag: &RedFlag, clash: &Clash<'_>, metrics: &Metrics<'_>) {
    let metric = first_metric(clash.whole, metrics);
    let (left, right) = (clash.left.describe(), clash.right.describe());
    let message = format!("red flag `{}` sets {left} against {right}", flag.id);
    let place = metric
        .map_or(cx.plan.head.id.place, |metric| metric.unit.as_ref().map_or(metric.head.id.place, |unit| unit.place));
    let help = match metric {
        Some(metric) => {
            let id = &metric.head.id.value;
            format!("let metric `{id}` measure what the red flag expects, and say so in its `unit`")
        }
        None => "let the metric measure what the red flag expects".to_owned(),
    };
    cx.report(
        Diagnostic::new(&LINT, place, message).related(clash.whole.place, "the red flag compares here").help(help),
    );
}

fn first_metric<'m>(expr: &Expr, metrics: &Metrics<'m>) -> Option<&'m Metric> {
    super::observed::observed(expr).into_iter().find_map(|(seen, _)| match seen {
        super::observed::Observed::Metric(id) | super::observed::Observed::Baseline(id) => metrics.get(id).copied(),
        super::observed::Observed::Failed(..) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::LINT;
    use crate::check::lints::testing::check;

    #[test]
    fn what_is_compared_is_of_one_kind() {
        check(
            &LINT,
            r#"
            policy release {
              param most: percent = 5% "the most"
              redflag one { on plan  stop when metric.errors > most  then rollback }
              redflag two { on plan  stop when metric.latency > 1.5 * baseline(metric.latency)  then rollback }
              redflag three { on plan  stop when metric.latency > 500ms or not (metric.errors > 1s)  then rollback }
                                                                              # ------------------ the red flag compares here
              redflag four { on plan  stop when metric.absent > 1s  then rollback }
              redflag five { on plan  stop when metric.plain > 5%  then rollback }
                                              # ----------------- the red flag compares here
              redflag six { on plan  stop when metric.latency > metric.errors  then rollback }
                                             # ------------------------------ the red flag compares here
            }
            plan p { service = "x", environment = staging
              metric errors { run = "e", unit = percent }
                                              # ^^^^^^^ red flag `release/three` sets a percentage such as `5%` against a duration such as `30m`
                                              # = let metric `errors` measure what the red flag expects, and say so in its `unit`
              metric latency { run = "l", unit = duration }
                                               # ^^^^^^^^ red flag `release/six` sets a duration such as `30m` against a percentage such as `5%`
                                               # = let metric `latency` measure what the red flag expects, and say so in its `unit`
              metric plain { run = "p" }
                   # ^^^^^ red flag `release/five` sets a number against a percentage such as `5%`
                   # = let metric `plain` measure what the red flag expects, and say so in its `unit`
              phase deploy { step copy { run = "c", undo = "d" } }
            }"#,
        );
    }
}
