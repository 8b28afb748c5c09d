//! Known answers.

use crate::door::{findings, plan, requires};

const PLAN: &str = "version = \"v1.2.3\"
  risk = high
  data = [pii, pci]
  window { start = 2026-11-24T10:00, duration = 2h, zone = \"Europe/Berlin\" }
  team { lead = @alice, approvers = [@bob, @carol] }
  staged { at = 2026-11-23T15:00, evidence = \"e\" }
  change \"One\" { kind = fix }
  change \"Two\" { kind = schema, reversible = true }";

#[test]
fn these_hold() {
    for condition in [
        "plan.service == \"s\"",
        "plan.version > v1.2 and plan.version < v1.10",
        "plan.version == version(\"1.2.3\")",
        "plan.version matches /^v\\d+\\.\\d+\\.\\d+$/",
        "plan.risk >= high and plan.risk < critical",
        "plan.risk in [high, critical]",
        "plan.data contains pii and not (plan.data contains phi)",
        "plan.window.duration == 120m and plan.window.duration * 2 == 4h and plan.window.duration / 30m == 4",
        "plan.window.duration + 30m == 2h30m and plan.window.duration - 1h == 1h",
        "50% * plan.window.duration == 1h",
        "plan.window.end - plan.window.start == 2h",
        "plan.window.start - plan.staged.at == 19h",
        "plan.window.start - now() > 0s",
        "plan.window.start + 1d > plan.window.end",
        "weekday(plan.window.start) == tuesday",
        "plan.window overlaps tuesday and not (plan.window overlaps [friday, saturday])",
        "plan.window overlaps plan.window",
        "plan.team.lead contains @alice",
        "every role in [\"lead\", \"approvers\"]: plan.team[role] exists and count(plan.team[role]) > 0",
        "not (plan.team[\"on_call\"] exists)",
        "count(plan.changes) == 2 and len(plan.service) == 1",
        "plan.changes[1].reversible",
        "every c in plan.changes: c.title exists",
        "some c in plan.changes: c.kind == schema and (c.reversible ?? false)",
        "no c in plan.changes: c.kind == security",
        "if plan.risk == high then count(plan.changes) < 3 else true",
        "lower(\"ABC\") == \"abc\" and upper(\"abc\") == \"ABC\" and trim(\" a \") == \"a\"",
        "starts_with(plan.service, \"s\") and ends_with(\"abc\", \"bc\")",
        "split(\"a,b\", \",\")[1] == \"b\" and join([\"a\", \"b\"], \"-\") == \"a-b\"",
        "duration(\"04:00:00\") == 4h and duration(\"PT4H\") == 4h and number(\"2.50\") == 2.5",
        "as_list(7) == [7] and as_list([7]) == [7] and count(as_list([])) == 0",
        "min([3, 1, 2]) == 1 and max([3, 1, 2]) == 3 and sum([1, 2]) == 3 and first([7]) == last([7])",
        "abs(-3) == 3 and -(1 - 2) == 1",
        "text(plan.window.duration) == \"2h\"",
        "1 + 2 * 3 == 7 and (1 + 2) * 3 == 9 and 7 / 2 == 3.5",
        "0.1 + 0.2 == 0.3",
        "not file_exists(\"nothing\")",
        "\"abc\" contains \"b\"",
        "plan.window.zone contains \"Berlin\" and not (plan.environment contains \"stag\")",
        "plan.window.zone == \"Europe/Berlin\"",
    ] {
        assert_eq!(findings(&requires(condition), &plan(PLAN)), [""; 0], "{condition}");
    }
}

#[test]
fn these_do_not() {
    for condition in [
        "plan.version > v1.2.3",
        "plan.risk in [low, medium]",
        "plan.window overlaps wednesday",
        "every c in plan.changes: c.kind == fix",
        "no c in plan.changes: c.kind == fix",
        "count(plan.changes) > 2",
    ] {
        let found = findings(&requires(condition), &plan(PLAN));
        assert!(!found.is_empty() && found.iter().all(|line| line.ends_with(": no")), "{condition}: {found:?}");
    }
}

#[test]
fn what_cannot_be_computed_is_an_error() {
    for (condition, message) in [
        ("1 / 0 == 1", "this divides by zero, so `p/r` cannot be decided"),
        ("number(plan.service) == 1", "`s` is not a number, so `p/r` cannot be decided"),
        ("plan.changes[5].id == plan.service", "`plan.changes[5]` is missing"),
    ] {
        let found = findings(&requires(condition), &plan(PLAN));
        assert!(found.iter().any(|line| line.ends_with(message)), "{condition}: {found:?}");
    }
}
