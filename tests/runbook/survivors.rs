//! What outlives the command that began it, in a process group of its own.

use std::os::unix::process::CommandExt as _;

use stopline::runbook::*;

use crate::support::*;

fn steps(all: Vec<Step>) -> Procedure {
    procedure(vec![("deploy", all.into_iter().map(Action::Step).collect())])
}

/// The process whose number a file holds and the rest of its group, like `kill` of a person.
fn kill_group_of(lab: &Lab, file: &str) {
    let process = lab.text(file).trim().to_owned();
    let group = std::process::Command::new("ps").args(["-o", "pgid=", "-p", &process]).output().unwrap().stdout;
    let group = format!("-{}", String::from_utf8(group).unwrap().trim());
    assert!(std::process::Command::new("kill").args(["-KILL", "--", &group]).status().unwrap().success());
}

/// Does what the runbook advises, which names nothing but what lives.
fn follow(refused: &Run) {
    let cure = refused.said.lines().find_map(|line| line.split_once("end it with:  ")).unwrap().1;
    let done = std::process::Command::new("bash").args(["-c", cure]).output().unwrap();
    assert!(done.status.success() && done.stderr.is_empty(), "{cure}: {done:?}");
}

/// Whoever ends an orphan leaves what it began without a parent, and nobody finds that by the journal.
#[test]
fn what_an_orphan_has_begun_in_groups_of_its_own_is_waited_for() {
    let run = format!(
        "{}; [ ! -e again ] || exit 0; echo $$ >shell; timeout 60 sh -c 'echo $$ >inner; sleep 50'; true",
        note("b")
    );
    let lab = Lab::new(&steps(vec![Step { idempotent: true, ..changing("b", &run) }]));
    let child = lab.start(&[]);
    lab.wait_for("inner", "\n");
    lab.signal("KILL");
    lab.finish(child);
    lab.run(&["resume"]).ends(76).says("b of the last run is still running, as process group");
    kill_group_of(&lab, "shell");
    let refused = lab.run(&["rollback"]).ends(76).says("what the last run began is still running, as process group");
    std::fs::write(lab.path("again"), "").unwrap();
    follow(&refused);
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["b", "b"]);
}

#[test]
fn all_that_an_orphan_consists_of_is_ended_by_the_advice() {
    let run = "timeout 60 sh -c 'echo $$ >inner; sleep 50'; true";
    let lab = Lab::new(&steps(vec![changing("b", run)]));
    let child = lab.start(&[]);
    lab.wait_for("inner", "\n");
    lab.signal("KILL");
    lab.finish(child);
    let refused = lab.run(&["rollback"]).ends(76);
    follow(&refused);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(!std::path::Path::new("/proc").join(lab.text("inner").trim()).exists(), "{}", refused.said);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["undo b"]);
}

/// A watchdog that could not end what another user's command began says so beside the journal.
#[test]
fn nothing_is_undone_beside_what_a_watchdog_could_not_end() {
    let run = r#"echo b >>did
setsid sleep 50 >/dev/null 2>&1 &
echo $! >inner
sleep 0.3
birth=$(sed 's/.*) //' "/proc/$!/stat" | cut -d ' ' -f 20)
printf '%s %s %s\n' "$!" "$birth" "$(uname -n)" >>"$(echo state/checkout-production/*/log/..)/survivors"
exit 1"#;
    let lab = Lab::new(&steps(vec![changing("b", run)]));
    lab.run(&[]).ends(76).says("b runs on, and may not be ended from here");
    // What can be ended has been, as the runbook left; of what cannot, this is one.
    let mut left = std::process::Command::new("sleep").arg("50").process_group(0).spawn().unwrap();
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", left.id())).unwrap();
    let birth = stat.rsplit_once(") ").unwrap().1.split(' ').nth(19).unwrap();
    let survivors = lab.journal_path().parent().unwrap().join("survivors");
    let host = std::process::Command::new("uname").arg("-n").output().unwrap().stdout;
    let host = String::from_utf8(host).unwrap();
    let known = std::fs::read_to_string(&survivors).unwrap();
    std::fs::write(&survivors, format!("{known}{} {birth} {host}", left.id())).unwrap();
    lab.run(&["rollback"]).ends(76).says("what the last run began is still running");
    assert_eq!(lab.did(), ["b"]);
    left.kill().unwrap();
    left.wait().unwrap();
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["b", "undo b"]);
}

/// What another member has left running is that one's.
#[test]
fn a_member_that_fails_beside_what_another_one_left_has_only_failed() {
    let leaves = r#"setsid sleep 50 >/dev/null 2>&1 &
echo $! >left
sleep 0.3
birth=$(sed 's/.*) //' "/proc/$!/stat" | cut -d ' ' -f 20)
printf '%s %s %s %s\n' "$!" "$birth" "$(uname -n)" "$$" >>"$(echo state/checkout-production/*/log/..)/survivors"
touch written"#;
    let fails = "until test -e written; do sleep 0.1; done; exit 3";
    let members = vec![(changing("a", fails), &[][..]), (changing("b", leaves), &[])];
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Parallel(group(2, members))])]));
    lab.run(&[]).ends(10).says("a left with status 3");
    kill_group_of(&lab, "left");
}

/// Its parent was told to end and nobody finds it any more, and then the runbook is told to end, too.
#[test]
fn what_a_red_flag_was_ending_is_ended_though_the_runbook_is_told_to_end() {
    let change = "trap '' TERM; while :; do echo tick >>ticks; sleep 0.2; done";
    let run = format!("echo b >>did; timeout 60 bash -c \"{change}\"; true");
    let lab = Lab::new(&Procedure {
        metrics: vec![metric("load", "if [ -s ticks ]; then echo 9; else echo 1; fi")],
        red_flags: vec![flag("load", &["deploy"], above("load", number("5")), Consequence::Rollback)],
        ..steps(vec![changing("b", &run)])
    });
    let child = lab.start(&[]);
    lab.wait_for("ticks", "tick");
    std::thread::sleep(std::time::Duration::from_secs(3));
    lab.signal("TERM");
    lab.finish(child).ends(21);
    let ticks = lab.text("ticks").len();
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(lab.text("ticks").len(), ticks);
    lab.run(&["rollback"]).ends(10);
}

/// It changes nothing itself, and is not begun beside the undo of what it looks at.
#[test]
fn a_verification_that_outlived_the_runbook_is_waited_for() {
    let verify = Some("echo looks >>did; sleep 30".to_owned());
    let lab = Lab::new(&steps(vec![Step { verify, ..change("b") }]));
    let child = lab.start(&[]);
    lab.wait_for("did", "looks");
    lab.signal("KILL");
    lab.finish(child);
    lab.run(&["rollback"]).ends(76).says("b of the last run is still running");
    lab.end_orphans();
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["b", "looks", "undo b"]);
}

/// What a command that failed has left running is ended, also where the runbook is told to end meanwhile.
#[test]
fn what_a_failed_command_left_is_ended_though_the_runbook_is_ended_too() {
    let run = "trap '' TERM; (while :; do echo tick >>ticks; sleep 0.2; done) >/dev/null 2>&1 & echo b >>did; exit 1";
    let lab = Lab::new(&steps(vec![changing("b", run)]));
    let child = lab.start(&[]);
    lab.wait_for("did", "b");
    std::thread::sleep(std::time::Duration::from_secs(2));
    lab.signal("TERM");
    lab.finish(child).ends(21);
    let ticks = lab.text("ticks").len();
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(lab.text("ticks").len(), ticks);
}

#[test]
fn what_could_not_be_ended_on_another_machine_is_not_forgotten() {
    let lab = Lab::new(&steps(vec![changing("b", "echo b >>did; exit 1")]));
    lab.run(&["--until", "b"]).ends(0);
    let survivors = lab.journal_path().parent().unwrap().join("survivors");
    std::fs::write(&survivors, "4711 1 elsewhere\n").unwrap();
    lab.run(&["resume"]).ends(10).says("something that could not be ended ran on elsewhere");
    assert!(std::fs::read_to_string(&survivors).unwrap().contains("4711 1 elsewhere"));
}
