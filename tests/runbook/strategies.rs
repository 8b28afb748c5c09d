//! How production is exchanged: host by host, in shares that are analysed, in two moves; and what is owed afterwards.

use stopline::runbook::*;

use crate::support::*;
use crate::texts::Texts;

/// Goes nowhere: notes the host and runs the command as the host's login shell would, out of our reach.
const SSH: &str = r#"while [ "$1" != -- ]; do shift; done
printf 'ssh %s\n' "$2" >>called
[ ! -e "unreachable-$2" ] || { echo "no route to $2" >&2; exit 255; }
exec setsid --wait sh -c "$3""#;

/// Each host notes its name, and its undo too; batch after batch.
fn rolling(hosts: &[&str], batch: usize, tolerated: u32, mut with: impl FnMut(&mut Step)) -> Procedure {
    let mut members = Vec::new();
    let mut before: Vec<Id> = Vec::new();
    for batch in hosts.chunks(batch) {
        let mut now = Vec::new();
        for host in batch {
            let noting = |what: &str| format!("printf '{what}%s\\n' \"$HOST\" >>did");
            let mut step = changing(&format!("roll-{host}"), &noting(""));
            step.undo = Undo::Command(noting("undo "));
            step.command.env = vec![variable("HOST", host)];
            step.host = Some(Host::new(*host).unwrap());
            with(&mut step);
            now.push(step.id.clone());
            members.push(Member { step, needs: before.clone() });
        }
        before = now;
    }
    let limit = u32::try_from(batch).unwrap();
    let group = Parallel { id: id("roll"), title: "Roll".to_owned(), members, limit, tolerated };
    procedure(vec![("deploy", vec![Action::Parallel(group)])])
}

fn lab(procedure: &Procedure) -> Lab {
    let mut lab = Lab::new(procedure);
    lab.stub("ssh", SSH);
    lab
}

#[test]
fn hosts_are_exchanged_batch_by_batch_each_verified_before_the_next() {
    let procedure = rolling(&["web1", "web2", "web3"], 2, 0, |step| {
        step.verify = Some("printf 'healthy %s\\n' \"$HOST\" | tee -a did".to_owned());
    });
    let lab = lab(&procedure);
    lab.run(&[]).ends(0).says("roll-web1 | healthy web1").says("- deploy/roll-web3");
    let did = lab.did();
    let mut first: Vec<_> = did[..4].to_vec();
    first.sort();
    assert_eq!(first, ["healthy web1", "healthy web2", "web1", "web2"]);
    assert_eq!(did[4..], ["web3", "healthy web3"]);
    assert_eq!(lab.text("called").lines().count(), 6);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did()[6], "undo web3");
    assert_eq!(lab.did().len(), 9);
}

#[test]
fn a_host_that_fails_stops_the_others_and_all_are_taken_back() {
    let procedure = rolling(&["web1", "web2", "web3"], 1, 0, |step| {
        if step.id.as_str() == "roll-web2" {
            step.verify = Some("exit 1".to_owned());
        }
    });
    let lab = lab(&procedure);
    lab.run(&[]).ends(10).says("the verification of roll-web2 left with status 1");
    assert_eq!(lab.did(), ["web1", "web2", "undo web2", "undo web1"]);
}

#[test]
fn a_host_that_may_fail_is_taken_back_alone_and_owed() {
    let procedure = rolling(&["web1", "web2", "web3"], 1, 1, |step| {
        if step.id.as_str() == "roll-web2" {
            step.verify = Some("exit 1".to_owned());
        }
    });
    let lab = lab(&procedure);
    lab.run(&[]).ends(0).says("owed: roll-web2 failed and was taken back");
    assert_eq!(lab.did(), ["web1", "web2", "undo web2", "web3"]);
    assert_eq!(lab.events("owed", "kind"), ["roll-web2:step"]);
}

#[test]
fn a_host_that_cannot_be_reached_has_failed() {
    let lab = lab(&rolling(&["web1"], 1, 0, |_| {}));
    std::fs::write(lab.path("unreachable-web1"), "").unwrap();
    lab.run(&[]).ends(31).says("no route to web1").says("roll-web1 left with status 255").says("1. undo roll-web1");
    std::fs::remove_file(lab.path("unreachable-web1")).unwrap();
    lab.run(&["rollback"]).ends(10);
}

#[test]
fn values_and_secrets_reach_a_host_unchanged_and_unseen() {
    let text = "it's $(touch pwned) `x` \"y\"\nand a second line \\";
    let mut procedure = rolling(&["web1"], 1, 0, |step| {
        step.command.run =
            "ps -A -ww -o args= >listed; printf '%s' \"$TEXT\" >text; printf '%s' \"$TOKEN\" >token; cat".to_owned();
        step.command.env.push(variable("TEXT", text));
        step.command.secrets = vec![name("TOKEN")];
    });
    procedure.env = vec![variable("TOLD", "told")];
    let mut lab = lab(&procedure);
    lab.stub("ssh", &format!("printf '%s ' \"$@\" >>arguments\n{SSH}"));
    lab.set("TOKEN", "s3cr3t'\nlines");
    lab.run(&[]).ends(0);
    assert_eq!(lab.text("text"), text);
    assert_eq!(lab.text("token"), "s3cr3t'\nlines");
    assert!(!lab.path("pwned").exists());
    assert!(!lab.text("arguments").contains("s3cr3t"), "{}", lab.text("arguments"));
    assert!(
        lab.text("listed").contains("stopline") && !lab.text("listed").contains("s3cr3t"),
        "{}",
        lab.text("listed")
    );
    assert!(lab.text("arguments").contains("BatchMode=yes"));
}

/// Bash as Debian builds it reads startup files when ssh started it, even for one command.
#[test]
fn no_startup_file_of_a_person_is_read_on_a_host() {
    let mut lab = lab(&rolling(&["web1"], 1, 0, |step| step.verify = Some("true".to_owned())));
    std::fs::write(lab.path(".bashrc"), "echo startup file\n").unwrap();
    let home = lab.path("").display().to_string();
    lab.stub("ssh", &format!("export SSH_CLIENT='::1 1 2' SHLVL=0 HOME='{home}'\n{SSH}"));
    lab.run(&[]).ends(0).does_not_say("startup").does_not_say("bashrc");
    assert_eq!(lab.did(), ["web1"]);
}

#[test]
fn what_runs_on_a_host_ends_when_we_do() {
    let procedure = rolling(&["web1"], 1, 0, |step| {
        step.command.run = "echo $$ >remote; printf 'web1\\n' >>did; exec sleep 60".to_owned();
    });
    let lab = lab(&procedure);
    let child = lab.start(&[]);
    lab.wait_for("did", "web1");
    lab.signal("TERM");
    lab.finish(child).ends(21);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(8);
    let alive = || std::path::Path::new(&format!("/proc/{}", lab.text("remote").trim())).exists();
    while alive() {
        assert!(std::time::Instant::now() < deadline, "the command on the host lives on");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    lab.run(&["rollback"]).ends(10);
}

/// A network that is gone tells a host nothing.
#[test]
fn what_a_host_does_for_a_connection_that_is_gone_is_ended_by_the_next_one() {
    let procedure = rolling(&["web1"], 1, 0, |step| {
        step.command.run = "printf 'web1\\n' >>did; while :; do sleep 0.2; echo 'goes on' >>did; done".to_owned();
    });
    let mut lab = lab(&procedure);
    let gone = r#"[ -e gone ] || {
	touch gone
	while [ "$1" != -- ]; do shift; done
	(setsid sh -c '{ timeout 3 cat; sleep 20; } | sh -c "$0"' "$3" >/dev/null 2>&1 &) <&0
	sleep 2
	exit 255
}"#;
    lab.stub("ssh", &format!("{gone}\n{SSH}"));
    lab.run(&[]).ends(10).says("left with status 255");
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(lab.did().last().unwrap(), "undo web1");

    // Whichever step of the run the next one is of.
    let mut other = procedure.clone();
    let Action::Parallel(group) = &mut other.phases[0].actions[0] else { panic!("it is a group") };
    let next = changing("next", "printf 'next\\n' >>did; sleep 1");
    group
        .members
        .push(Member { step: Step { host: Some(Host::new("web1").unwrap()), ..next }, needs: vec![id("roll-web1")] });
    other.red_flags = vec![flag("f", &["deploy"], Condition::StepFailed(id("roll-web1")), Consequence::FixForward)];
    let mut again = self::lab(&other);
    again.stub("ssh", &format!("{gone}\n{SSH}"));
    again.run(&[]).ends(0);
    assert_eq!(again.did().last().unwrap(), "next");
}

/// What brings it there is none of its variables.
#[test]
fn a_command_on_a_host_finds_no_variable_that_the_plan_did_not_name() {
    let lab = lab(&rolling(&["web1"], 1, 0, |step| {
        step.command.run = "printf '%s\\n' \"${s-none} ${STOPLINE_SCRIPT-none}\" >>did".to_owned();
    }));
    lab.run(&[]).ends(0);
    assert_eq!(lab.did(), ["none none"]);
}

/// Half a command may be another one.
#[test]
fn a_script_that_does_not_arrive_whole_is_not_run() {
    let mut lab = lab(&rolling(&["web1"], 1, 0, |step| {
        step.command.run = format!("printf 'half\\n' >>did\n{}\nprintf 'whole\\n' >>did", ": padding\n".repeat(100));
        step.undo = Undo::Command(note("undo"));
    }));
    let cut = SSH.replace(
        "exec setsid",
        "if [ -e cut ]; then setsid --wait sh -c \"$3\"; exit; fi\ntouch cut\nhead -c 900 | exec setsid",
    );
    assert!(cut.contains("head -c 900"));
    lab.stub("ssh", &cut);
    lab.run(&[]).ends(10).says("left with status 125");
    assert_eq!(lab.did(), ["undo"]);
}

#[test]
fn nothing_is_confirmed_that_a_host_could_not_read() {
    let lab = lab(&rolling(&["web1"], 1, 0, |_| {}));
    let mut broken = lab;
    broken.stub("ssh", &format!("PATH=$PWD/remote:$PATH\n{SSH}"));
    std::fs::create_dir(broken.path("remote")).unwrap();
    std::fs::write(broken.path("remote/head"), "#!/bin/sh\nkill -KILL $$\n").unwrap();
    assert!(std::process::Command::new("chmod").arg("+x").arg(broken.path("remote/head")).status().unwrap().success());
    broken.run(&[]).ends(31).says("roll-web1 left with status 125");
}

/// Only the looks of an analysis are counted; what a share breaks while it is set is seen at once.
#[test]
fn a_flag_that_is_raised_while_an_analysed_canary_shifts_takes_it_back() {
    let mut shares = canary(&format!("{}; echo 9 >value; sleep 4; echo 1 >value", note("shift")));
    shares.shares.truncate(1);
    shares.analysis = Some(Analysis { looks: 1, failures: 1, inconclusive: 0, missing: Missing::Failed });
    let mut procedure = procedure(vec![("deploy", vec![Action::Canary(shares)])]);
    procedure.metrics = vec![Metric { every: secs(1), ..metric("m", "cat value") }];
    procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)];
    let lab = Lab::new(&procedure);
    std::fs::write(lab.path("value"), "1").unwrap();
    lab.run(&[]).ends(10).says("was ended because of a red flag");
    assert_eq!(lab.did(), ["shift", "undo canary"]);
}

/// A canary of one share that is analysed by `looks` looks at a metric that reads the next line of `values` each time.
fn analysed(looks: u32, failures: u32, inconclusive: u32, missing: Missing, values: &str) -> Lab {
    let mut shares = canary(&note("shift"));
    shares.shares.truncate(1);
    shares.analysis = Some(Analysis { looks, failures, inconclusive, missing });
    let mut procedure = procedure(vec![("deploy", vec![Action::Canary(shares)])]);
    let read = "n=$(($(cat turn 2>/dev/null || echo 0) + 1)); echo \"$n\" >turn; sed -n \"${n}p\" values";
    procedure.metrics = vec![Metric { every: secs(600), ..metric("m", read) }];
    procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)];
    let lab = Lab::new(&procedure);
    // Read by the guard, when the phase is entered, and when the command of the share runs.
    std::fs::write(lab.path("values"), format!("1\n1\n{values}\n1\n1\n1\n1\n")).unwrap();
    lab
}

#[test]
fn an_analysis_tolerates_as_many_bad_looks_as_declared() {
    let lab = analysed(3, 1, 0, Missing::Failed, "9\n1\n1");
    lab.run(&[]).ends(0).says("look 1 of 3: failed (1, at most 1)");
    assert_eq!(lab.events("look", "verdict"), ["canary:failed", "canary:fine", "canary:fine"]);
    let lab = analysed(3, 1, 0, Missing::Failed, "9\n1\n9");
    lab.run(&[]).ends(10).says("look 3 of 3: failed (2, at most 1)");
    assert_eq!(lab.did(), ["shift", "undo canary"]);
}

#[test]
fn missing_data_is_what_the_plan_declares() {
    analysed(2, 0, 1, Missing::Failed, "none\n1").run(&[]).ends(10).says("look 1 of 2: failed (1, at most 0)");
    analysed(2, 0, 1, Missing::Inconclusive, "none\n1").run(&[]).ends(0).says("inconclusive (1, at most 1)");
    let lab = analysed(2, 0, 1, Missing::Inconclusive, "none\nnone\n1\n1");
    lab.run(&[]).ends(21).says("the analysis of canary at 0.5 % is inconclusive");
    lab.run(&["resume"]).ends(0);
}

#[test]
fn no_plan_tolerates_what_a_policy_forbids() {
    let mut shares = canary(&note("shift"));
    shares.analysis = Some(Analysis { looks: 9, failures: 9, inconclusive: 9, missing: Missing::Inconclusive });
    let mut procedure = procedure(vec![("deploy", vec![Action::Canary(shares)])]);
    procedure.metrics = vec![metric("m", "if [ -e did ]; then echo 9; else echo 1; fi")];
    let policy = PolicyDigest { id: id("release"), version: "1.2.0".to_owned(), digest: "c".repeat(64) };
    procedure.provenance.policies = vec![policy];
    let flagged = flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback);
    procedure.red_flags = vec![RedFlag { policy: Some(id("release")), ..flagged }];
    let lab = Lab::new(&procedure);
    let stopped = format!("Flag f of release 1.2.0, sha256 {}", "c".repeat(64));
    lab.run(&[]).ends(10).says(&stopped);
    assert_eq!(lab.did(), ["shift", "undo canary"]);

    // It is not held, either, where the plan would hold at the same look.
    let Action::Canary(shares) = &mut procedure.phases[0].actions[0] else { panic!("it is a canary") };
    shares.analysis = Some(Analysis { looks: 2, failures: 0, inconclusive: 0, missing: Missing::Failed });
    procedure.metrics[0].every = secs(60);
    procedure.red_flags.push(flag("own", &["deploy"], above("m", number("5")), Consequence::Hold));
    let lab = Lab::new(&procedure);
    lab.run(&[]).ends(10).says(&stopped);
    assert_eq!(lab.did(), ["shift", "undo canary"]);
}

#[test]
fn what_is_brought_up_and_shifted_to_is_taken_back_once() {
    let first = change("green");
    let switch = Step { undo: Undo::With(id("green")), ..changing("switch", &format!("{}; exit 1", note("switch"))) };
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(first), Action::Step(switch)])]));
    lab.run(&[]).ends(10);
    assert_eq!(lab.did(), ["green", "switch", "undo green"]);
}

#[test]
fn a_flag_that_ends_in_fix_forward_lets_the_run_go_on_and_owes_a_repair() {
    let failing = changing("b", &format!("{}; exit 1", note("b")));
    let mut procedure =
        procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Step(failing), Action::Step(change("c"))])]);
    procedure.red_flags = vec![flag("f", &["deploy"], Condition::StepFailed(id("b")), Consequence::FixForward)];
    let lab = Lab::new(&procedure);
    lab.run(&[]).ends(0).says("a repair is owed").says("owed: repair what red flag f is about: Flag f");
    assert_eq!(lab.did(), ["a", "b", "c"]);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did()[3..], ["undo c", "undo b", "undo a"]);
}

/// It is still raised where its phase ends, and the run goes on all the same.
#[test]
fn a_repair_that_is_owed_is_not_waited_for() {
    let mut procedure = procedure(vec![
        ("deploy", vec![Action::Step(changing("a", &format!("{}; echo 9 >value", note("a"))))]),
        ("verify", vec![Action::Step(change("b"))]),
    ]);
    procedure.metrics = vec![metric("m", "cat value 2>/dev/null || echo 1")];
    procedure.red_flags = [("now", 0), ("later", 2)]
        .map(|(name, lasting)| RedFlag {
            lasting: secs(lasting),
            ..flag(name, &["deploy"], above("m", number("5")), Consequence::FixForward)
        })
        .to_vec();
    let lab = Lab::new(&procedure);
    lab.run(&[]).ends(0).says("red flag now is raised").says("owed: repair what red flag later is about");
    assert_eq!(lab.did(), ["a", "b"]);
}

/// What is unknown counts as raised where that is the stricter answer.
#[test]
fn a_flag_that_cannot_be_evaluated_excuses_no_failure() {
    let failing = changing("b", &format!("{}; touch dead; exit 1", note("b")));
    let mut procedure = procedure(vec![("deploy", vec![Action::Step(failing), Action::Step(change("c"))])]);
    let read = metric("m", "[ ! -e dead ] && echo 1");
    procedure.metrics = vec![Metric { every: secs(60), ..read.clone() }];
    let not_much = Condition::Not(Box::new(above("m", number("5"))));
    let slight = Condition::All(vec![Condition::StepFailed(id("b")), not_much]);
    procedure.red_flags = vec![flag("f", &["deploy"], slight, Consequence::FixForward)];
    let lab = Lab::new(&procedure);
    // It is read again once its value is old.
    lab.run(&[]).ends(0);
    let mut procedure = Procedure { metrics: vec![read], ..procedure };
    let Action::Step(step) = &mut procedure.phases[0].actions[0] else { panic!("it is a step") };
    step.command.run = format!("{}; touch dead; sleep 3; exit 1", note("b"));
    let lab = Lab::new(&procedure);
    lab.run(&[]).ends(10).says("red flag f is unknown");
    assert_eq!(lab.did(), ["b", "undo b"]);
}

#[test]
fn a_repair_that_is_owed_excuses_no_other_failure() {
    let failing = |step: &str| Action::Step(changing(step, &format!("{}; exit 1", note(step))));
    let mut procedure = procedure(vec![("deploy", vec![failing("a"), failing("b")])]);
    procedure.metrics = vec![metric("m", "echo 9")];
    procedure.red_flags = vec![
        flag("f", &["deploy"], Condition::StepFailed(id("a")), Consequence::FixForward),
        flag("g", &["deploy"], above("m", number("5")), Consequence::FixForward),
    ];
    let lab = Lab::new(&procedure);
    lab.run(&[]).ends(10).says("going back: b left with status 1");
    assert_eq!(lab.did(), ["a", "b", "undo b", "undo a"]);
    assert_eq!(lab.events("owed", "kind"), ["g:flag", "f:flag"]);
}

#[test]
fn flags_are_looked_at_while_a_probe_looks() {
    let mut slow = probe("p", "sleep 12");
    slow.timeout = secs(15);
    let mut procedure = procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Probe(slow)])]);
    procedure.metrics = vec![metric("m", "cat value")];
    procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)];
    let lab = Lab::new(&procedure);
    std::fs::write(lab.path("value"), "1").unwrap();
    let began = std::time::Instant::now();
    let child = lab.start(&[]);
    lab.wait_for("said", "Probe p");
    std::fs::write(lab.path("value"), "9").unwrap();
    lab.finish(child).ends(10).says("red flag f is raised");
    assert!(began.elapsed().as_secs() < 11, "{:?}", began.elapsed());
}

/// The verification holds before the shift, too, or the shift would not have begun.
#[test]
fn a_shift_that_nobody_saw_end_is_not_taken_for_done() {
    let plan = r#"plan p {
  service = "checkout"
  environment = production
  phase deploy {
    strategy blue-green {
      run = "echo green >>did", shift = "echo shift >>did; [ -e cured ]", verify = "true", undo = "echo back >>did"
    }
  }
  redflag f "Failed" { during deploy  stop when step.blue-green.failed then hold }
}"#;
    let procedure = Texts::at("2026-11-23T09:00Z").input("p.plan", plan).procedure();
    let asks = |lab: &Lab| {
        std::fs::write(lab.path("cured"), "").unwrap();
        lab.run(&["resume"]).ends(79).says("resume --state state --approve blue-green --as YOU");
        lab.run(&["resume", "--approve", "blue-green", "--as", "alice"]).ends(0);
        assert_eq!(lab.did().last().unwrap(), "shift");
    };
    let mut killed = Lab::new(&procedure);
    killed.killed_at(r#""event":"begin","of":"blue-green","part":"run""#, &[]);
    killed.end_orphans();
    asks(&killed);
    let held = Lab::new(&procedure);
    held.run(&[]).ends(21).says("red flag");
    asks(&held);
}

/// What a plan says of a strategy, it says of all that the strategy does.
#[test]
fn a_strategy_has_failed_where_a_part_of_it_has() {
    let of = |strategy: &str| {
        let name = strategy.split(' ').next().unwrap();
        let plan = format!(
            r#"plan p {{
  service = "checkout"
  environment = production
  phase deploy {{ strategy {strategy} }}
  redflag f "Failed" {{ during deploy  stop when step.{name}.failed then hold }}
}}"#
        );
        lab(&Texts::at("2026-11-23T09:00Z").input("p.plan", &plan).procedure())
    };
    for strategy in [
        r#"blue-green { run = "exit 1", shift = "true", undo = "true" }"#,
        r#"canary { steps = [100%], analyze = 0s, every = 1s, shift = "true", verify = "exit 1", undo = "true" }"#,
        r#"rolling { hosts = ["h1", "h2"], run = "exit 1", undo = "true" }"#,
    ] {
        of(strategy).run(&[]).ends(21).says("red flag").says("`resume` looks again and goes on");
    }
}

#[test]
fn hosts_after_one_that_is_to_be_repaired_later_are_exchanged() {
    let mut procedure = rolling(&["web1", "web2", "web3"], 1, 0, |step| {
        step.command.run = format!("{}; [ \"$HOST\" != web1 ]", step.command.run);
    });
    procedure.red_flags = vec![flag("f", &["deploy"], Condition::StepFailed(id("roll")), Consequence::FixForward)];
    let lab = lab(&procedure);
    lab.run(&[]).ends(0).says("owed: repair what red flag f is about");
    assert_eq!(lab.did(), ["web1", "web2", "web3"]);
}

/// A flag that finds the group failed, and not the member, confirms nothing that was never begun.
#[test]
fn hosts_that_were_never_begun_are_not_repaired_later() {
    let mut procedure = rolling(&["web1", "web2", "web3"], 2, 0, |step| {
        let fails = "[ \"$HOST\" != web1 ] || exit 1; sleep 1; echo 1 >value; sleep 3";
        step.command.run = format!("{}; {fails}", step.command.run);
    });
    procedure.metrics = vec![Metric { every: secs(1), ..metric("m", "cat value") }];
    let later = Condition::All(vec![Condition::StepFailed(id("roll")), above("m", number("0"))]);
    procedure.red_flags = vec![flag("f", &["deploy"], later, Consequence::FixForward)];
    let lab = lab(&procedure);
    std::fs::write(lab.path("value"), "0").unwrap();
    lab.run(&[]).ends(10);
    assert!(!lab.did().contains(&"web3".to_owned()), "{:?}", lab.did());
}

/// What did not come up gets no traffic, and what was never begun is nothing that a repair could come after.
#[test]
fn no_flag_shifts_to_what_did_not_come_up() {
    let of = |capture: &str, failed: &str| {
        let plan = format!(
            r#"plan p {{
  service = "checkout"
  environment = production
  phase deploy {{
    strategy blue-green {{
      {capture}run = "echo green >>did; exit 1", shift = "echo shift >>did", undo = "echo back >>did"
    }}
  }}
  redflag f "Failed" {{ during deploy  stop when {failed}.failed then fix-forward }}
}}"#
        );
        Lab::new(&Texts::at("2026-11-23T09:00Z").input("p.plan", &plan).procedure())
    };
    for failed in ["step.blue-green", "phase.deploy"] {
        let lab = of("", failed);
        lab.run(&[]).ends(10).does_not_say("a repair is owed");
        assert_eq!(lab.did(), ["green", "back"]);
        let lab = of(r#"capture = { LIVE = "false" }, "#, failed);
        lab.run(&[]).ends(20).says("LIVE could not be captured");
        assert_eq!(lab.did(), [""; 0]);
    }
}

/// As many as may fail are taken back alone, whatever flags say of the others.
#[test]
fn no_flag_lets_more_hosts_fail_than_may() {
    let mut procedure = rolling(&["web1", "web2", "web3"], 1, 1, |step| {
        step.command.run = format!("{}; exit 1", step.command.run);
    });
    procedure.red_flags = vec![flag("f", &["deploy"], Condition::StepFailed(id("roll")), Consequence::FixForward)];
    let of_one = lab(&procedure);
    of_one.run(&[]).ends(10).does_not_say("a repair is owed");
    assert_eq!(of_one.did(), ["web1", "undo web1", "web2", "undo web2"]);
    // Where none is left that could be kept from it, too.
    let Action::Parallel(group) = &mut procedure.phases[0].actions[0] else { panic!("it is a group") };
    group.limit = 3;
    group.members.iter_mut().for_each(|member| member.needs.clear());
    let of_three = lab(&procedure);
    of_three.run(&[]).ends(10);
    assert_eq!(of_three.did().iter().filter(|did| did.starts_with("undo")).count(), 3);
}

#[test]
fn a_host_that_was_never_begun_is_not_repaired_later() {
    let mut procedure = rolling(&["web1", "web2"], 1, 0, |step| {
        step.captures = vec![Capture { name: name("BEFORE"), run: "[ \"$HOST\" = web1 ] && echo old".to_owned() }];
    });
    procedure.red_flags = vec![flag("f", &["deploy"], Condition::StepFailed(id("roll")), Consequence::FixForward)];
    let lab = lab(&procedure);
    lab.run(&[]).ends(10).says("BEFORE could not be captured");
    assert_eq!(lab.did(), ["web1", "undo web1"]);
}

/// Of a canary every share but the last has to have come off.
#[test]
fn no_flag_goes_past_shares_that_were_never_begun() {
    for (failing, status, did) in [(50, 10, "10 50 undo"), (100, 0, "10 50 100 later")] {
        let plan = format!(
            r#"plan p {{
  service = "checkout"
  environment = production
  phase deploy {{
    strategy canary {{
      steps = [10%, 50%, 100%], analyze = 1s, every = 1s
      shift = "echo $STOPLINE_PERCENT >>did; test $STOPLINE_PERCENT != {failing}"
      undo = "echo undo >>did"
    }}
    step later {{ run = "echo later >>did", undo = "true" }}
  }}
  redflag f "Failed" {{ during deploy  stop when step.canary.failed  then fix-forward }}
}}"#
        );
        let lab = Lab::new(&Texts::at("2026-11-23T09:00Z").input("p.plan", &plan).procedure());
        lab.run(&[]).ends(status);
        assert_eq!(lab.did().join(" "), did);
    }
}
