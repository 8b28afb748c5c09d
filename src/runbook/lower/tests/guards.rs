//! The times that rules forbid, in several zones and over changes of clocks.

use crate::model::units::{Instant, Zone};
use crate::runbook::lower::testing::{CHECKOUT, RELEASE, lowered, plan_with, refused};
use crate::runbook::{Forbidden, Procedure};

/// `rule: from – until`, on the clocks of a zone.
fn guards(procedure: &Procedure, zone: &str) -> Vec<String> {
    let zone = Zone::parse(zone).unwrap();
    let clock = |epoch: crate::runbook::Epoch| {
        let civil = zone.local(Instant::from_epoch_seconds(epoch.get()).unwrap());
        civil.to_string()
    };
    let line = |guard: &Forbidden| format!("{}: {} – {}", guard.rule, clock(guard.from), clock(guard.until));
    procedure.guards.forbidden.iter().map(line).collect()
}

fn plan(start: &str, duration: &str, zone: &str) -> String {
    format!(
        r#"plan p {{
  service = "x"
  environment = production
  window {{ start = {start}, duration = {duration}, zone = "{zone}" }}
  phase backup {{ step b {{ run = "b" }} }}
  phase verify {{ watch w {{ for = 15m }} }}
}}"#
    )
}

fn rule(clauses: &str) -> String {
    format!(
        "policy p {{
  param closed: list(weekday) = [saturday, sunday] \"when nobody works\"
  calendar night {{ hours = \"22:00-06:00\" }}
  calendar gap {{ from = 2026-03-29T02:30, to = 2026-03-30T00:00 }}
  rule r \"R\" {{
    severity = error
    on plan
    {clauses}
    message \"not at {{plan.window}}\"
    help \"wait until {{plan.window.end}}\"
    enforce run
  }}
}}"
    )
}

#[test]
fn the_example_is_guarded_on_fridays_and_in_the_freeze() {
    let procedure = lowered(CHECKOUT, &[RELEASE]);
    assert_eq!(
        guards(&procedure, "Europe/Berlin"),
        [
            "release/friday-deploy: 2026-11-27T00:00 – 2026-11-28T00:00",
            "release/friday-deploy: 2026-12-04T00:00 – 2026-12-05T00:00",
            "release/friday-deploy: 2026-12-11T00:00 – 2026-12-12T00:00",
            "release/friday-deploy: 2026-12-18T00:00 – 2026-12-19T00:00",
            "release/freeze: 2026-12-18T00:00 – 2026-12-24T12:00",
        ]
    );
    let friday = &procedure.guards.forbidden[0];
    assert_eq!(friday.reason, "the window Fri 2026-11-27 00:00–24:00 Europe/Berlin touches a Friday in Europe/Berlin");
    assert_eq!(
        friday.help.as_deref(),
        Some("move it to Monday through Thursday, or give the reason it cannot wait in `urgent`")
    );
}

#[test]
fn days_are_those_of_the_plans_zone() {
    let tokyo = lowered(&plan("2026-11-24T10:00", "30m", "Asia/Tokyo"), &[RELEASE]);
    assert_eq!(guards(&tokyo, "UTC")[0], "release/friday-deploy: 2026-11-26T15:00 – 2026-11-27T15:00");
    let kathmandu = lowered(&plan("2026-11-24T10:00", "30m", "Asia/Kathmandu"), &[RELEASE]);
    assert_eq!(guards(&kathmandu, "UTC")[0], "release/friday-deploy: 2026-11-26T18:15 – 2026-11-27T18:15");
    let honolulu = lowered(&plan("2026-11-24T10:00", "30m", "Pacific/Honolulu"), &[RELEASE]);
    assert_eq!(guards(&honolulu, "UTC")[0], "release/friday-deploy: 2026-11-27T10:00 – 2026-11-28T10:00");
}

#[test]
fn the_freeze_is_that_of_its_own_zone() {
    let tokyo = lowered(&plan("2026-12-16T10:00", "30m", "Asia/Tokyo"), &[RELEASE]);
    let freeze: Vec<String> =
        guards(&tokyo, "UTC").into_iter().filter(|guard| guard.starts_with("release/freeze")).collect();
    assert_eq!(freeze, ["release/freeze: 2026-12-17T23:00 – 2027-01-04T23:00"]);
}

#[test]
fn a_day_is_as_long_as_its_clocks_make_it() {
    let spring =
        lowered(&plan("2026-03-25T10:00", "30m", "Europe/Berlin"), &[&rule("forbid plan.window overlaps sunday")]);
    assert_eq!(guards(&spring, "UTC")[0], "p/r: 2026-03-28T23:00 – 2026-03-29T22:00", "23 hours");
    let autumn =
        lowered(&plan("2026-10-20T10:00", "30m", "Europe/Berlin"), &[&rule("forbid plan.window overlaps sunday")]);
    assert_eq!(guards(&autumn, "UTC")[0], "p/r: 2026-10-24T22:00 – 2026-10-25T23:00", "25 hours");
    let reason = &autumn.guards.forbidden[0].reason;
    assert_eq!(reason, "not at Sun 2026-10-25 00:00+02:00 – Mon 2026-10-26 00:00+01:00 Europe/Berlin");
}

#[test]
fn times_are_joined_as_the_rule_joins_them() {
    let under = |clauses: &str| {
        guards(&lowered(&plan("2026-11-24T10:00", "30m", "UTC"), &[&rule(clauses)]), "UTC")
            .into_iter()
            .take(2)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        under("forbid plan.window overlaps [friday, saturday]"),
        ["p/r: 2026-11-27T00:00 – 2026-11-29T00:00", "p/r: 2026-12-04T00:00 – 2026-12-06T00:00"]
    );
    assert_eq!(
        under("forbid plan.window overlaps closed"),
        ["p/r: 2026-11-28T00:00 – 2026-11-30T00:00", "p/r: 2026-12-05T00:00 – 2026-12-07T00:00"]
    );
    assert_eq!(
        under("forbid plan.window overlaps friday and plan.window overlaps night"),
        ["p/r: 2026-11-27T00:00 – 2026-11-27T06:00", "p/r: 2026-11-27T22:00 – 2026-11-28T00:00"]
    );
    assert_eq!(
        under("require not (plan.window overlaps friday or plan.window overlaps saturday)"),
        ["p/r: 2026-11-27T00:00 – 2026-11-29T00:00", "p/r: 2026-12-04T00:00 – 2026-12-06T00:00"]
    );
    assert_eq!(
        under("forbid plan.window overlaps friday\n unless plan.window overlaps night"),
        ["p/r: 2026-11-27T06:00 – 2026-11-27T22:00", "p/r: 2026-12-04T06:00 – 2026-12-04T22:00"]
    );
    assert_eq!(
        under("require plan.window overlaps tuesday or plan.window overlaps wednesday"),
        ["p/r: 2026-11-26T00:00 – 2026-12-01T00:00", "p/r: 2026-12-03T00:00 – 2026-12-08T00:00"]
    );
    assert_eq!(
        under("require if plan.window overlaps friday then false else true"),
        ["p/r: 2026-11-27T00:00 – 2026-11-28T00:00", "p/r: 2026-12-04T00:00 – 2026-12-05T00:00"]
    );
}

#[test]
fn what_the_plan_says_decides_which_times_count() {
    let friday = |extra: &str, clauses: &str| {
        let plan =
            plan("2026-11-24T10:00", "30m", "UTC").replace("service = \"x\"", &format!("service = \"x\"\n{extra}"));
        guards(&lowered(&plan, &[&rule(clauses)]), "UTC").len()
    };
    assert_eq!(friday("", "forbid plan.window overlaps friday and plan.environment == staging"), 0);
    assert_eq!(friday("", "forbid plan.window overlaps friday and plan.environment == production"), 4);
    assert_eq!(friday("urgent = \"now\"", "forbid plan.window overlaps friday\n unless plan.urgent exists"), 0);
    assert_eq!(friday("", "forbid plan.window overlaps friday\n unless plan.urgent exists"), 4);
    assert_eq!(friday("", "forbid plan.window overlaps friday and plan.risk == high"), 4, "undecided stops");
    assert_eq!(friday("", "require plan.environment == production"), 0, "no time in it, no guard");
}

#[test]
fn a_late_start_is_caught_for_thirty_days_after_the_window() {
    let procedure = lowered(&plan("2026-11-24T10:00", "30m", "UTC"), &[&rule("forbid plan.window overlaps thursday")]);
    assert_eq!(guards(&procedure, "UTC").last().unwrap(), "p/r: 2026-12-24T00:00 – 2026-12-24T10:30");
}

#[test]
fn a_rule_that_cannot_be_followed_is_refused() {
    let under = |clauses: &str| refused(&plan("2026-11-24T10:00", "30m", "UTC"), &[&rule(clauses)]).remove(0);
    let help = "ask about time with `plan.window overlaps` and a weekday, a calendar, a parameter or a list of them, or leave `enforce run` out";
    let start = "plan/unenforceable-rule: `p/r` is marked `enforce run` and cannot be woven into the runbook: ";
    assert_eq!(
        under("forbid now() > 2027-01-01T00:00Z"),
        format!("{start}a guard knows stretches of time, not how `now()` moves | now() | {help}")
    );
    assert_eq!(
        under("forbid some d in closed: plan.window overlaps d"),
        format!("{start}these times are not known before the rule is judged | d | {help}")
    );
    assert_eq!(
        under("forbid file_exists(\"HOLD\")"),
        format!("{start}a runbook does not look again whether a file exists | file_exists(\"HOLD\") | {help}")
    );
    assert_eq!(
        under("forbid plan.window overlaps friday and plan.window overlaps plan.window"),
        format!("{start}these times are not known before the rule is judged | plan.window | {help}")
    );
}

#[test]
fn a_plan_without_a_window_has_no_guards_of_time() {
    let plan = plan_with("phase deploy { step s { run = \"s\", undo = \"u\" } }")
        .replace("  window { start = 2026-11-24T10:00, duration = 12h, zone = \"UTC\" }\n", "");
    let procedure = lowered(&plan, &[&rule("forbid plan.environment == production and plan.window overlaps friday")]);
    assert_eq!((procedure.guards.window, guards(&procedure, "UTC").len()), (None, 0));
}

#[test]
fn a_window_of_years_is_refused_where_times_are_forbidden() {
    let said = refused(&plan("2026-11-24T10:00", "60w", "UTC"), &[&rule("forbid plan.environment == staging")]);
    assert_eq!(
        said,
        [
            "plan/unsupported-time: the guards of a window that is open for more than a year cannot be written down | 60w | open it for as long as the work takes"
        ]
    );
}
