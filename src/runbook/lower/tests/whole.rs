//! What the parts of a plan become.

use crate::runbook::lower::testing::{CHECKOUT, DIGEST, RELEASE, deploying, lowered, plan_with};
use crate::runbook::{
    Action, Analysis, Check, Comparison, Condition, Consequence, Epoch, Missing, Procedure, Quantity, Seconds, Undo,
    Window,
};

/// Each phase with its actions: `deploy: hold go-live, step migrate`.
fn outline(procedure: &Procedure) -> Vec<String> {
    let kind = |action: &Action| match action {
        Action::Step(_) => "step",
        Action::Hold(_) => "hold",
        Action::Probe(_) => "probe",
        Action::Watch(_) => "watch",
        Action::Notify(_) => "notify",
        Action::Followup(_) => "followup",
        Action::Canary(_) => "canary",
        Action::Baseline(_) => "baseline",
        Action::Parallel(_) => "parallel",
    };
    let phase = |phase: &crate::runbook::Phase| {
        let actions: Vec<String> =
            phase.actions.iter().map(|action| format!("{} {}", kind(action), action.id())).collect();
        format!("{}: {}", phase.id, actions.join(", "))
    };
    procedure.phases.iter().map(phase).collect()
}

fn action<'p>(procedure: &'p Procedure, id: &str) -> &'p Action {
    procedure.actions().find(|action| action.id().as_str() == id).unwrap()
}

fn epoch(text: &str) -> Epoch {
    Epoch::new(crate::model::units::Instant::parse(text).unwrap().epoch_seconds())
}

#[test]
fn the_example_becomes_what_it_says() {
    let procedure = lowered(CHECKOUT, &[RELEASE]);
    assert_eq!(
        outline(&procedure),
        [
            "checklist: step all-tests-pass, hold code-review-approved",
            "prepare: probe staging-healthy, baseline baseline",
            "backup: step backup-db",
            "deploy: hold go-live, step migrate, canary canary",
            "verify: probe health, watch stable",
            "confirm: notify deployment-complete, followup metrics-review",
        ]
    );
    assert_eq!(procedure.id.as_str(), "checkout-1-2-3");
    assert_eq!(procedure.title, "Checkout v1.2.3");
    let told: Vec<String> =
        procedure.env.iter().map(|variable| format!("{}={}", variable.name, variable.value)).collect();
    assert_eq!(
        told,
        [
            "STOPLINE_PLAN=checkout-1-2-3",
            "STOPLINE_SERVICE=checkout",
            "STOPLINE_ENVIRONMENT=production",
            "STOPLINE_VERSION=v1.2.3",
            "STOPLINE_PREVIOUS_VERSION=v1.2.2",
        ]
    );
    let window = Window { start: epoch("2026-11-24T09:00Z"), end: epoch("2026-11-24T11:00Z") };
    assert_eq!(procedure.guards.window, Some(window));
    let policies: Vec<String> = procedure
        .provenance
        .policies
        .iter()
        .map(|policy| format!("{} {} {}", policy.id, policy.version, policy.digest))
        .collect();
    assert_eq!(policies, [format!("release 1.0.0 {DIGEST}")]);
    assert_eq!(procedure.rollback.within, Some(Seconds::new(20 * 60)));
    assert_eq!(procedure.rollback.steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>(), ["restart"]);
}

#[test]
fn the_same_input_gives_the_same_procedure() {
    assert_eq!(lowered(CHECKOUT, &[RELEASE]), lowered(CHECKOUT, &[RELEASE]));
}

#[test]
fn steps_keep_what_they_are_given_and_get_what_they_are_not() {
    let procedure = lowered(CHECKOUT, &[]);
    let Action::Step(migrate) = action(&procedure, "migrate") else { panic!() };
    assert_eq!(migrate.undo, Undo::Command("npm run migrate:down".to_owned()));
    assert_eq!(migrate.verify.as_deref(), Some("npm run migrate:verify"));
    assert_eq!(migrate.command.timeout, Seconds::new(300));
    assert_eq!(migrate.command.secrets[0].as_str(), "DATABASE_URL");
    assert_eq!((migrate.changes, migrate.retries, migrate.idempotent), (true, 0, false));
    assert_eq!(migrate.retry_delay, Seconds::new(5));
    let Action::Step(backup) = action(&procedure, "backup-db") else { panic!() };
    assert_eq!((backup.changes, &backup.undo), (false, &Undo::None));
    let Action::Step(tests) = action(&procedure, "all-tests-pass") else { panic!() };
    assert_eq!((tests.changes, tests.idempotent, tests.command.timeout), (false, true, Seconds::new(600)));
}

#[test]
fn holds_name_people_each_once() {
    let procedure = lowered(&deploying("hold go { by = [approvers, @ann, lead] }"), &[]);
    let Action::Hold(hold) = action(&procedure, "go") else { panic!() };
    assert_eq!(hold.by.iter().map(crate::runbook::Person::as_str).collect::<Vec<_>>(), ["ben", "ann"]);
    assert_eq!((hold.needs, hold.expires), (1, None));
}

#[test]
fn probes_have_their_defaults() {
    let procedure = lowered(&deploying("probe up { http = \"https://a.example\" }\nprobe ran { run = \"true\" }"), &[]);
    let Action::Probe(up) = action(&procedure, "up") else { panic!() };
    assert_eq!(up.check, Check::Http { url: "https://a.example".to_owned(), expect: 200 });
    assert_eq!((up.every, up.lasting, up.failures, up.timeout), (Seconds::new(10), Seconds::ZERO, 1, Seconds::new(10)));
    let Action::Probe(ran) = action(&procedure, "ran") else { panic!() };
    assert_eq!(ran.check, Check::Script { run: "true".to_owned(), expect: 0 });
}

#[test]
fn a_canary_is_verified_by_a_step_of_its_own() {
    let canary = "strategy canary { steps = [0.5%, 100%], shift = \"s\", undo = \"u\", verify = \"v\", timeout = 1m }";
    let procedure = lowered(&deploying(canary), &[]);
    assert_eq!(outline(&procedure), ["deploy: canary canary, step canary-verify"]);
    let Action::Canary(canary) = action(&procedure, "canary") else { panic!() };
    assert_eq!(canary.shares.iter().map(ToString::to_string).collect::<Vec<_>>(), ["0.5", "100"]);
    assert_eq!((canary.analyze, canary.every, canary.idempotent), (Seconds::new(120), Seconds::new(30), true));
    let Action::Step(verify) = action(&procedure, "canary-verify") else { panic!() };
    assert_eq!((verify.command.run.as_str(), verify.changes), ("v", false));
}

#[test]
fn every_other_strategy_is_a_step_that_changes_production() {
    for kind in ["blue-green", "recreate", "rolling", "feature-flag"] {
        let written = format!("strategy {kind} {{ run = \"r\", undo = \"u\", verify = \"v\" }}");
        let procedure = lowered(&deploying(&written), &[]);
        assert_eq!(outline(&procedure), [format!("deploy: step {kind}")]);
        let Action::Step(step) = action(&procedure, kind) else { panic!() };
        assert!(step.changes);
        assert_eq!((&step.undo, step.verify.as_deref()), (&Undo::Command("u".to_owned()), Some("v")));
    }
    let flag = "strategy feature-flag { shift = \"s\", undo = \"u\", flag = \"new-dashboard\" }";
    let procedure = lowered(&deploying(flag), &[]);
    let Action::Step(step) = action(&procedure, "feature-flag") else { panic!() };
    assert_eq!(step.command.env[0].name.as_str(), "STOPLINE_FLAG");
    assert_eq!(step.command.env[0].value, "new-dashboard");
}

#[test]
fn a_parallel_group_runs_in_an_order_that_its_needs_allow() {
    let group = r#"parallel {
        step c { run = "c", undo = "c", needs = [b] }
        step d { run = "d", undo = "d" }
        step b { run = "b", undo = "b", needs = [a] }
        step a { run = "a", undo = "a" }
    }
    step e { run = "e", undo = "e", needs = [c, a] }"#;
    let procedure = lowered(&deploying(group), &[]);
    assert_eq!(outline(&procedure), ["deploy: parallel parallel, step e"]);
    let Action::Parallel(group) = action(&procedure, "parallel") else { panic!() };
    let members: Vec<String> = group
        .members
        .iter()
        .map(|member| {
            let needs: Vec<&str> = member.needs.iter().map(crate::runbook::Id::as_str).collect();
            format!("{} after [{}]", member.step.id, needs.join(" "))
        })
        .collect();
    assert_eq!(members, ["d after []", "a after []", "b after [a]", "c after [b]"]);
    assert_eq!((group.limit, group.tolerated), (4, 0));
    let one = "parallel { limit = 2\nstep a { run = \"a\", undo = \"u\" } }";
    assert_eq!(outline(&lowered(&deploying(one), &[])), ["deploy: step a"]);
}

#[test]
fn a_rolling_strategy_goes_from_batch_to_batch() {
    let rolling = r#"strategy rolling {
        run = "r", undo = "u", verify = "v", hosts = ["web1", "ops@web2", "web3"], batch = 2, max_fail = 1
    }"#;
    let procedure = lowered(&deploying(rolling), &[]);
    let Action::Parallel(group) = action(&procedure, "rolling") else { panic!() };
    let members: Vec<String> = group
        .members
        .iter()
        .map(|member| {
            let (step, needs) = (&member.step, member.needs.len());
            format!("{} on {} after {needs}", step.id, step.host.as_ref().unwrap())
        })
        .collect();
    assert_eq!(
        members,
        ["rolling-web1 on web1 after 0", "rolling-ops-web2 on ops@web2 after 0", "rolling-web3 on web3 after 2"]
    );
    assert_eq!((group.limit, group.tolerated), (2, 1));
}

#[test]
fn what_is_brought_up_before_it_is_shifted_to_is_taken_back_with_it() {
    for kind in ["blue-green", "feature-flag"] {
        let written = format!("strategy {kind} {{ run = \"r\", shift = \"s\", undo = \"u\", verify = \"v\" }}");
        let procedure = lowered(&deploying(&written), &[]);
        assert_eq!(outline(&procedure), [format!("deploy: step {kind}-run, step {kind}")]);
        let Action::Step(first) = action(&procedure, &format!("{kind}-run")) else { panic!() };
        let Action::Step(shift) = action(&procedure, kind) else { panic!() };
        assert_eq!((first.command.run.as_str(), &first.undo), ("r", &Undo::Command("u".to_owned())));
        assert_eq!((shift.command.run.as_str(), &shift.undo), ("s", &Undo::With(first.id.clone())));
        assert_eq!((first.verify.as_deref(), shift.verify.as_deref()), (Some("v"), Some("v")));
    }
}

#[test]
fn an_analysis_counts_looks() {
    let canary = |rest: &str| {
        let written = format!("strategy canary {{ steps = [100%], shift = \"s\", undo = \"u\", {rest} }}");
        let procedure = lowered(&deploying(&written), &[]);
        let Action::Canary(canary) = action(&procedure, "canary") else { panic!() };
        canary.analysis
    };
    assert_eq!(canary("every = 10s"), None);
    let counted = canary("every = 10s, looks = 6, failures = 2, inconclusive = 1, missing = inconclusive");
    let missing = Missing::Inconclusive;
    assert_eq!(counted, Some(Analysis { looks: 6, failures: 2, inconclusive: 1, missing }));
    let fitted = canary("every = 25s, analyze = 1m, failures = 1");
    assert_eq!(fitted, Some(Analysis { looks: 3, failures: 1, inconclusive: 0, missing: Missing::Failed }));
}

#[test]
fn checklists_are_asked_at_the_start_or_owed_at_the_end() {
    let body = r#"
  checklist "Before" {
    due = T-1d
    item "Reviewed" { by = @cat }
    item "Tested" { run = "make test" }
    item "Checked by hand and machine" { run = "make lint", by = @cat }
    item "Open" {}
    item "Done" { done = true, by = @cat }
    item "Done then" { done = 2026-11-20, by = @cat }
    item "Not done" { done = false, by = @cat }
    item "Shown" { evidence = "https://ci.example.com/1" }
    item "Left out" { skip = "no need" }
  }
  checklist "After" {
    due = T+15m
    item "Jobs run" { run = "make jobs" }
    item "Support told" { by = @dan }
    item "On the day" { by = @dan, due = 2026-11-23 }
  }
  phase deploy { step s { run = "s", undo = "u" } }
  phase confirm { notify "Reviewed" { run = "n" } }"#;
    let procedure = lowered(&plan_with(body), &[]);
    assert_eq!(
        outline(&procedure),
        [
            "checklist: hold reviewed-2, step tested, step checked-by-hand-and-machine, \
             hold checked-by-hand-and-machine-2, hold open, hold not-done, hold on-the-day",
            "deploy: step s",
            "confirm: notify reviewed, followup jobs-run, followup support-told",
        ]
    );
    let Action::Hold(open) = action(&procedure, "open") else { panic!() };
    assert_eq!(open.by.iter().map(crate::runbook::Person::as_str).collect::<Vec<_>>(), ["ann"]);
    let Action::Followup(told) = action(&procedure, "support-told") else { panic!() };
    assert_eq!((told.due, told.by.as_ref().unwrap().as_str()), (epoch("2026-11-24T10:15Z"), "dan"));
}

#[test]
fn followups_are_due_at_an_instant() {
    let body = r#"window { start = 2026-10-24T10:00, duration = 2h, zone = "Europe/Berlin" }
  phase confirm {
    followup a { due = T+1d }
    followup b { due = 2026-10-25 }
    followup c { due = 2026-10-25T02:30 }
    followup d { due = 2026-10-25T02:30+02:00 }
  }"#;
    let plan = plan_with(body).replace("  window { start = 2026-11-24T10:00, duration = 12h, zone = \"UTC\" }\n", "");
    let procedure = lowered(&plan, &[]);
    let due = |id| {
        let Action::Followup(followup) = action(&procedure, id) else { panic!() };
        followup.due
    };
    assert_eq!(due("a"), epoch("2026-10-25T08:00Z"));
    assert_eq!(due("b"), epoch("2026-10-25T23:00Z"));
    assert_eq!(due("c"), epoch("2026-10-25T01:30Z"));
    assert_eq!(due("d"), epoch("2026-10-25T00:30Z"));
}

#[test]
fn flags_of_the_plan_and_of_the_policy_are_armed() {
    let procedure = lowered(CHECKOUT, &[RELEASE]);
    let flags: Vec<String> = procedure
        .red_flags
        .iter()
        .map(|flag| {
            let during: Vec<&str> = flag.during.iter().map(crate::runbook::Id::as_str).collect();
            format!("{} for {}s in {}: {:?}", flag.id, flag.lasting.get(), during.join(" "), flag.then)
        })
        .collect();
    assert_eq!(
        flags,
        [
            "error-rate for 60s in deploy verify: Rollback",
            "slow for 0s in deploy verify: Rollback",
            "release-backup-failure for 0s in backup: Hold",
        ]
    );
    let id = |text: &str| crate::runbook::Id::new(text).unwrap();
    let five = Quantity::Constant(5.into());
    let expected =
        Condition::Compare { left: Quantity::Metric(id("error-rate")), operator: Comparison::Greater, right: five };
    assert_eq!(procedure.red_flags[0].condition, expected);
    assert_eq!(procedure.red_flags[2].condition, Condition::PhaseFailed(id("backup")));
    assert_eq!(procedure.red_flags[2].then, Consequence::Hold);
}

/// Ten thousand of everything: no part looks through all of them for each of them.
#[test]
fn a_huge_plan_is_lowered_in_a_moment() {
    use std::fmt::Write as _;
    let mut body = String::from("checklist \"C\" {\n");
    for _ in 0..5_000 {
        body.push_str("  item \"The same title\" { run = \"t\" }\n");
    }
    body.push_str("}\nphase deploy { parallel {\n");
    for index in 0..5_000 {
        writeln!(body, "  step s{index} {{ run = \"r\", undo = \"u\", needs = [s{}] }}", index + 1).unwrap();
    }
    body.push_str("  step s5000 { run = \"r\", undo = \"u\" }\n} }");
    let procedure = lowered(&plan_with(&body), &[]);
    assert_eq!((procedure.actions().count(), procedure.steps().count()), (5_001, 10_001));
    assert_eq!(procedure.steps().nth(5_000).unwrap().id.as_str(), "s5000");
}
