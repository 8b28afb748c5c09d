//! Red flags are typed against the metrics of the plan they stand in.

use crate::door::found;

fn flag(condition: &str) -> Vec<String> {
    let plan = format!(
        "plan x {{\n service = \"s\"\n environment = staging\n metric error-rate {{ run = \"m\", unit = percent }}\n metric latency {{ run = \"m\", unit = duration }}\n phase deploy {{ step a {{ run = \"a\", undo = \"b\" }} }}\n redflag f {{ stop when {condition} then rollback }}\n}}"
    );
    let policy = "policy p { rule r { on plan require true message \"no\" } }";
    let wanted = |line: &String| {
        ["unknown-name", "type-mismatch", "wrong-arguments", "self-comparison"].iter().any(|id| line.contains(id))
    };
    found(policy, &plan, "2026-11-23T09:00Z").into_iter().filter(wanted).collect()
}

#[test]
fn what_they_may_say() {
    for condition in [
        "metric.error-rate > 5% for 1m",
        "metric.latency > 1.5 * baseline(metric.latency)",
        "metric.latency > 500ms or step.a.failed",
        "phase.deploy.failed and not (metric.error-rate <= 0.5%)",
    ] {
        assert_eq!(flag(condition), [""; 0], "{condition}");
    }
}

#[test]
fn a_metric_compared_with_itself() {
    let both = "both sides are `metric.latency`, so this always comes to the same";
    for condition in [
        "metric.latency > metric.latency",
        "metric.latency > 1.5 * metric.latency",
        "metric.latency / 2 >= metric.latency * 0.5",
        "step.a.failed or metric.latency == metric.latency",
    ] {
        let found = flag(condition);
        assert!(found.len() == 1 && found[0].starts_with("error[plan/self-comparison] "), "{condition}: {found:?}");
        assert!(found[0].ends_with(both), "{found:?}");
    }
    assert_eq!(
        flag("baseline(metric.latency) < baseline(metric.latency)"),
        [
            "error[plan/self-comparison] `baseline(metric.latency) < baseline(metric.latency)`: both sides are `baseline(metric.latency)`, so this always comes to the same"
        ]
    );
    assert_eq!(flag("metric.latency > 500ms - metric.latency"), [""; 0]);
}

#[test]
fn mistakes() {
    assert_eq!(
        flag("metric.eror-rate > 5%"),
        ["error[plan/unknown-name] `eror-rate`: the plan has no metric `eror-rate`"]
    );
    assert_eq!(
        flag("metric.error-rate > 5"),
        [
            "error[plan/type-mismatch] `metric.error-rate > 5`: a percentage such as `5%` cannot be compared with a number by `>`"
        ]
    );
    assert_eq!(
        flag("metric.latency > 5%"),
        [
            "error[plan/type-mismatch] `metric.latency > 5%`: a duration such as `30m` cannot be compared with a percentage such as `5%` by `>`"
        ]
    );
    assert_eq!(flag("step.a.faild"), ["error[plan/unknown-name] `faild`: a step of a running plan has no `faild`"]);
    assert_eq!(flag("plan.risk == high"), ["error[plan/unknown-name] `plan`: `plan` means nothing here"]);
}
