//! Rules of time: judged in the plan's zone, over the whole window.

use crate::door::{findings, found, plan, rule};

fn friday(window: &str) -> Vec<String> {
    let policy =
        rule("on plan\n forbid plan.window overlaps friday\n at plan.window.start\n message \"{plan.window}\"");
    findings(&policy, &plan(&format!("window {{ {window} }}")))
}

#[test]
fn the_whole_window_counts() {
    assert_eq!(friday("start = 2026-11-26T23:20, duration = 30m, zone = \"UTC\""), [""; 0]);
    assert_eq!(friday("start = 2026-11-26T23:30, duration = 30m, zone = \"UTC\""), [""; 0]);
    assert_eq!(
        friday("start = 2026-11-26T23:50, duration = 30m, zone = \"Asia/Tokyo\""),
        ["error[p/r] `2026-11-26T23:50`: Thu 2026-11-26 23:50 – Fri 2026-11-27 00:20 Asia/Tokyo"]
    );
    assert_eq!(friday("start = 2026-11-28T00:00, duration = 6d, zone = \"UTC\""), [""; 0]);
    assert_eq!(friday("start = 2026-11-28T00:00, duration = 6d1m, zone = \"UTC\"").len(), 1);
}

#[test]
fn the_zone_decides_the_day() {
    let zoned = |start: &str, zone: &str| friday(&format!("start = {start}, duration = 30m, zone = \"{zone}\""));
    assert_eq!(zoned("2026-11-27T23:30-08:00", "Europe/Berlin"), [""; 0]);
    assert_eq!(zoned("2026-11-27T23:30-08:00", "America/Los_Angeles").len(), 1);
    assert_eq!(zoned("2026-11-26T12:00Z", "Pacific/Auckland").len(), 1);
}

#[test]
fn a_time_that_does_not_exist_is_never_free_of_anything() {
    let gap = friday("start = 2026-03-29T02:30, duration = 30m, zone = \"Europe/Berlin\"");
    assert_eq!(
        gap,
        ["error[p/r] `2026-03-29T02:30`: this window's start is no moment in its zone, so `p/r` cannot be decided"]
    );
}

#[test]
fn a_calendar_is_named() {
    let policy = "policy p {
      calendar year-end \"Year-end freeze\" { from = 2026-12-18, to = 2027-01-04, zone = \"Europe/Berlin\" }
      rule r { on plan forbid plan.window overlaps year-end message \"it is {year-end.title} from {year-end.from}\" }
    }";
    let at =
        |start: &str| findings(policy, &plan(&format!("window {{ start = {start}, duration = 1h, zone = \"UTC\" }}")));
    assert_eq!(at("2026-12-17T22:00"), [""; 0]);
    assert_eq!(at("2026-12-17T22:01").len(), 1);
    assert_eq!(at("2027-01-04T22:59").len(), 1);
    assert_eq!(at("2027-01-04T23:00"), [""; 0]);
    assert!(at("2026-12-20T10:00").iter().any(|line| line.ends_with("it is Year-end freeze from 2026-12-18")));
}

#[test]
fn calendars_repeat_by_weekday_and_hour() {
    let policy = "policy p {
      calendar peak \"Peak hours\" { weekdays = [monday, tuesday, wednesday, thursday, friday], hours = \"12:00-14:00\" }
      rule r { on plan forbid plan.window overlaps peak message \"no\" }
    }";
    let at = |start: &str| {
        findings(policy, &plan(&format!("window {{ start = {start}, duration = 1h, zone = \"Europe/Berlin\" }}"))).len()
    };
    assert_eq!(
        [at("2026-11-24T10:59"), at("2026-11-24T11:30"), at("2026-11-24T14:00"), at("2026-11-28T12:30")],
        [0, 1, 0, 0]
    );
}

#[test]
fn now_is_an_argument() {
    let policy = rule("on plan\n require plan.window.start - now() >= 1d\n message \"no\"");
    let text = plan("window { start = 2026-11-24T10:00, duration = 1h, zone = \"UTC\" }");
    let judged = |at: &str| found(&policy, &text, at).iter().filter(|line| line.contains("[p/r]")).count();
    assert_eq!([judged("2026-11-23T10:00Z"), judged("2026-11-23T10:01Z")], [0, 1]);
}
