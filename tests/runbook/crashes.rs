//! Signals, kill -9 and what is found afterwards.

use stopline::runbook::*;

use crate::support::*;

/// Notes its name and then takes long, unless it is told otherwise.
fn slow(step: &str) -> Step {
    changing(step, &format!("{}; [ -e quick ] || sleep 20", note(step)))
}

fn steps(all: Vec<Step>) -> Procedure {
    procedure(vec![("deploy", all.into_iter().map(Action::Step).collect())])
}

fn quicken(lab: &Lab) {
    std::fs::write(lab.path("quick"), "").unwrap();
}

/// Ends the runbook once `noted` is done, and lets nothing take long from then on.
#[track_caller]
fn end_at(lab: &Lab, noted: &str) {
    let child = lab.start(&[]);
    lab.wait_for("did", noted);
    lab.signal("TERM");
    lab.finish(child).ends(21);
    quicken(lab);
}

/// Kills the runbook in the step `b`, and what it left running too.
fn killed_in_b(lab: &Lab) {
    let child = lab.start(&[]);
    lab.wait_for("did", "b");
    lab.signal("KILL");
    lab.finish(child);
    lab.end_orphans();
    quicken(lab);
}

#[test]
fn a_second_run_is_locked_out_and_told_by_whom() {
    let lab = Lab::new(&steps(vec![slow("a")]));
    let child = lab.start(&[]);
    lab.wait_for("did", "a");
    let pid = lab.text("pid").trim().to_owned();
    let second = std::process::Command::new("bash")
        .args(["release.sh", "rollback", "--state", "state"])
        .current_dir(lab.path(""))
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(75));
    assert!(String::from_utf8_lossy(&second.stderr).contains(&format!("process {pid} of ")), "{second:?}");
    lab.signal("TERM");
    lab.finish(child).ends(21);
}

#[test]
fn a_signal_ends_the_step_within_seconds_and_resume_goes_on() {
    for signal in ["TERM", "INT", "HUP"] {
        let lab = Lab::new(&steps(vec![change("a"), Step { idempotent: true, ..slow("b") }, change("c")]));
        let child = lab.start(&[]);
        lab.wait_for("did", "b");
        let sent = std::time::Instant::now();
        lab.signal(signal);
        lab.finish(child).ends(21).says(&format!("ended by SIG{signal}; `resume` goes on from here"));
        assert!(sent.elapsed().as_secs() < 6, "{signal}: {:?}", sent.elapsed());
        assert_eq!(lab.events("interrupted", "signal"), [format!("b:{signal}")]);
        quicken(&lab);
        lab.run(&["resume"]).ends(0);
        assert_eq!(lab.did(), ["a", "b", "b", "c"]);
    }
}

#[test]
fn a_signal_that_is_ignored_by_the_step_ends_it_too() {
    let deaf = changing("deaf", &format!("trap '' TERM INT HUP; {}; while :; do sleep 1; done", note("deaf")));
    let lab = Lab::new(&steps(vec![deaf]));
    let child = lab.start(&[]);
    lab.wait_for("did", "deaf");
    let sent = std::time::Instant::now();
    lab.signal("TERM");
    lab.finish(child).ends(21);
    assert!(sent.elapsed().as_secs() < 8, "{:?}", sent.elapsed());
    lab.run(&["rollback"]).ends(10);
}

/// Somebody who presses the key again, or an engine that says it twice.
#[test]
fn who_is_told_to_leave_while_leaving_leaves_nothing_behind() {
    for _ in 0..5 {
        let mut lab = Lab::new(&steps(vec![slow("a")]));
        let work = lab.path("work");
        std::fs::create_dir(&work).unwrap();
        lab.env.push(("TMPDIR".to_owned(), work.display().to_string()));
        let mut child = lab.start(&[]);
        lab.wait_for("did", "a");
        while child.try_wait().unwrap().is_none() {
            lab.signal("TERM");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        lab.finish(child).ends(21);
        let left: Vec<_> = std::fs::read_dir(&work).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
        let place = lab.journal_path();
        let lock = place.parent().and_then(std::path::Path::parent).unwrap().join("lock.link");
        assert!(std::fs::symlink_metadata(lock).is_err());
        assert_eq!(lab.journal().last().unwrap()["wait"], "signal");
    }
}

/// Ctrl-S at the terminal, a pager, a log that is shipped nowhere.
#[test]
fn a_signal_ends_a_run_whose_output_nobody_reads() {
    let lab = Lab::new(&steps(vec![changing("a", "seq 60000"), change("b")]));
    let (reader, writer) = std::io::pipe().unwrap();
    let mut runbook = std::process::Command::new("setsid");
    runbook.args(["--wait", "sh", "-c", &format!("echo $$ >pid; exec {ALL_SIGNALS} bash release.sh --state state")]);
    runbook.current_dir(lab.path("")).stdin(std::process::Stdio::null());
    runbook.stdout(writer.try_clone().unwrap()).stderr(writer);
    let mut child = runbook.spawn().unwrap();
    drop(runbook);
    lab.wait_for("pid", "\n");
    let begun = || lab.find_journal().is_some() && lab.events("end", "status").len() == 1;
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(40);
    while !begun() {
        assert!(std::time::Instant::now() < deadline, "its first step has no end");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    lab.signal("TERM");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(12);
    while child.try_wait().unwrap().is_none() {
        assert!(std::time::Instant::now() < deadline, "it waits for somebody to read");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(child.wait().unwrap().code(), Some(21));
    drop(reader);
    lab.run(&["rollback"]).ends(10);
}

#[test]
fn a_step_in_doubt_is_verified_first() {
    let lab = Lab::new(&steps(vec![
        change("a"),
        Step { verify: Some("grep -q b did".to_owned()), ..slow("b") },
        change("c"),
    ]));
    killed_in_b(&lab);
    lab.run(&["resume"]).ends(0).says("its verification says that it is done");
    assert_eq!(lab.did(), ["a", "b", "c"]);
}

#[test]
fn a_step_in_doubt_runs_again_when_it_may() {
    let lab = Lab::new(&steps(vec![change("a"), Step { idempotent: true, ..slow("b") }, change("c")]));
    killed_in_b(&lab);
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["a", "b", "b", "c"]);
}

#[test]
fn a_step_in_doubt_is_put_to_a_person() {
    let lab = Lab::new(&steps(vec![change("a"), slow("b"), change("c")]));
    killed_in_b(&lab);
    lab.run(&["resume"]).ends(79).says("b was begun and nobody knows whether it ended");
    assert_eq!(lab.did(), ["a", "b"]);
    lab.run(&["resume", "--approve", "b", "--as", "alice"]).ends(0);
    assert_eq!(lab.did(), ["a", "b", "b", "c"]);
}

/// A flag is raised while the step is verified: nobody knows what a verification says that was ended for it.
#[test]
fn a_step_in_doubt_is_taken_back_when_a_flag_is_raised_meanwhile() {
    for idempotent in [false, true] {
        let verify = Some("echo 9 >value; sleep 8; false".to_owned());
        let mut procedure = steps(vec![change("a"), Step { verify, idempotent, ..slow("b") }]);
        procedure.metrics = vec![metric("load", "cat value")];
        procedure.red_flags = vec![flag("load", &["deploy"], above("load", number("5")), Consequence::Rollback)];
        let lab = Lab::new(&procedure);
        std::fs::write(lab.path("value"), "1").unwrap();
        killed_in_b(&lab);
        lab.run(&["resume"]).ends(10).does_not_say("its verification says");
        assert_eq!(lab.did(), ["a", "b", "undo b", "undo a"]);
    }
}

#[test]
fn a_step_in_doubt_is_undone_too() {
    let lab = Lab::new(&steps(vec![change("a"), slow("b"), change("c")]));
    killed_in_b(&lab);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(lab.did(), ["a", "b", "undo b", "undo a"]);
}

#[test]
fn an_orphan_is_found_and_nothing_is_done_while_it_lives() {
    let lab = Lab::new(&steps(vec![Step { idempotent: true, ..slow("b") }]));
    let child = lab.start(&[]);
    lab.wait_for("did", "b");
    lab.signal("KILL");
    lab.finish(child);
    lab.run(&["resume"]).ends(76).says("b of the last run is still running, as process group");
    lab.run(&["rollback"]).ends(76);
    assert_eq!(lab.did(), ["b"]);
    lab.end_orphans();
    quicken(&lab);
    lab.run(&["resume"]).ends(0);
    assert_eq!(lab.did(), ["b", "b"]);
}

/// Breaking the glass lets a plan run over another, and not beside it.
#[test]
fn an_orphan_of_another_plan_is_found_under_a_broken_glass() {
    let procedure = steps(vec![slow("b")]);
    let other =
        Procedure { provenance: Provenance { plan: "b".repeat(64), ..procedure.provenance.clone() }, ..procedure };
    let lab = Lab::new(&steps(vec![slow("b")]));
    let child = lab.start(&[]);
    lab.wait_for("did", "b");
    lab.signal("KILL");
    lab.finish(child);
    lab.recompile(&other);
    lab.run(&["run", "--break-glass", "it cannot wait"])
        .ends(76)
        .says("b of the last run is still running, as process group")
        .says("that is of a run of another plan: ");
    assert_eq!(lab.did(), ["b"]);
    lab.end_orphans();
    quicken(&lab);
    lab.run(&["run", "--break-glass", "it cannot wait"]).ends(0);
    assert_eq!(lab.did(), ["b", "b"]);
}

/// Only what is known to have ended has.
#[test]
fn an_orphan_is_found_though_what_looks_for_it_is_killed() {
    for (tool, when) in [("awk", "*lives*"), ("ps", "*"), ("uname", "*")] {
        let mut lab = Lab::new(&steps(vec![Step { idempotent: true, ..slow("b") }]));
        let child = lab.start(&[]);
        lab.wait_for("did", "b");
        lab.signal("KILL");
        lab.finish(child);
        lab.stub(tool, &format!(r#"case "$*" in {when}) kill -KILL $$ ;; esac; PATH=${{PATH#*:}}; exec {tool} "$@""#));
        let status = lab.run(&["resume"]).status;
        assert!([76, 21].contains(&status), "{tool}: {status}\n{}", lab.text("said"));
        assert_eq!(lab.did(), ["b"]);
        lab.end_orphans();
    }
}

/// `sudo` makes it somebody else's: a signal may not be sent to it, and that does not mean that it has ended.
#[test]
fn an_orphan_of_another_user_is_found() {
    let lab = Lab::new(&steps(vec![Step { idempotent: true, ..slow("b") }]));
    let child = lab.start(&[]);
    lab.wait_for("did", "b");
    lab.signal("KILL");
    lab.finish(child);
    lab.end_orphans();
    // the first process of all is root's, and the leader of its group
    let born = std::fs::read_to_string("/proc/1/stat").unwrap();
    let born = born.rsplit_once(") ").unwrap().1.split(' ').nth(19).unwrap().to_owned();
    let journal = std::fs::read_to_string(lab.journal_path()).unwrap();
    let (before, begun) = journal.trim_end().rsplit_once('\n').unwrap();
    let mut begun: serde_json::Value = serde_json::from_str(begun).unwrap();
    let group = std::process::Command::new("ps").args(["-o", "pgid=", "-p", "1"]).output().unwrap().stdout;
    begun["group"] = String::from_utf8(group).unwrap().trim().into();
    begun["started"] = born.into();
    let fields = ["seq", "prev", "at", "event", "of", "part", "left", "group", "host", "started", "changes"];
    let fields = fields.map(|field| format!("\"{field}\":{}", begun[field]));
    std::fs::write(lab.journal_path(), format!("{before}\n{{{}}}\n", fields.join(","))).unwrap();
    everybody_may_write(&lab);
    let output = as_nobody(&lab, &["resume"]);
    assert_eq!(output.status.code(), Some(76), "{output:?}");
}

/// Its watchdog outlives the runbook, and knows groups within groups without it.
#[test]
fn an_orphan_keeps_its_limit_with_all_that_it_started() {
    let mut step = changing(
        "b",
        &format!("{}; timeout 60 sh -c 'while :; do echo tick >>ticks; sleep 0.2; done'; true", note("b")),
    );
    step.command.timeout = secs(2);
    let lab = Lab::new(&steps(vec![step]));
    let child = lab.start(&[]);
    lab.wait_for("ticks", "tick");
    lab.signal("KILL");
    lab.finish(child);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    loop {
        let before = lab.text("ticks").len();
        std::thread::sleep(std::time::Duration::from_millis(1500));
        if lab.text("ticks").len() == before {
            break;
        }
        assert!(std::time::Instant::now() < deadline, "it goes on past its limit");
    }
    lab.run(&["rollback"]).ends(10);
}

#[test]
fn an_orphan_keeps_its_limit() {
    let mut step = slow("b");
    step.command.timeout = secs(2);
    let lab = Lab::new(&steps(vec![step]));
    let child = lab.start(&[]);
    lab.wait_for("did", "b");
    lab.signal("KILL");
    lab.finish(child);
    std::thread::sleep(std::time::Duration::from_secs(5));
    lab.run(&["rollback"]).ends(10);
}

#[test]
fn finished_steps_never_run_again_wherever_it_is_killed() {
    for milliseconds in [60, 120, 180, 240, 300, 360, 420, 480, 540, 600] {
        let all = ["a", "b", "c"].map(|step| Step { verify: Some(format!("grep -q {step} did")), ..change(step) });
        let lab = Lab::new(&steps(all.to_vec()));
        let child = lab.start(&[]);
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        if !lab.text("pid").is_empty() {
            lab.signal("KILL");
        }
        lab.finish(child);
        std::thread::sleep(std::time::Duration::from_millis(400));
        let verb = if lab.path("state/checkout-production").exists() { "resume" } else { "run" };
        let mut run = lab.run(&[verb]);
        if run.status == 64 {
            run = lab.run(&["run"]);
        }
        if run.status == 79 {
            // Killed between the journal's line and the first thing the step did.
            let doubtful = run.said.split(" was begun").next().unwrap().lines().last().unwrap().to_owned();
            run = lab.run(&["resume", "--approve", &doubtful, "--as", "alice"]);
        }
        run.ends(0);
        assert_eq!(lab.did(), ["a", "b", "c"], "killed after {milliseconds} ms");
    }
}

#[test]
fn a_way_back_that_was_interrupted_goes_on() {
    let mut b = change("b");
    b.undo = Undo::Command(format!("{}; [ -e quick ] || sleep 20", note("undo b")));
    b.idempotent = true;
    let lab = Lab::new(&steps(vec![change("a"), b, changing("c", "exit 1")]));
    end_at(&lab, "undo b");
    lab.run(&["resume"]).ends(10);
    assert_eq!(lab.did(), ["a", "b", "undo c", "undo b", "undo b", "undo a"]);
}

#[test]
fn an_undo_in_doubt_is_not_run_twice_by_itself() {
    let mut b = change("b");
    b.undo = Undo::Command(format!("{}; [ -e quick ] || sleep 20", note("undo b")));
    let lab = Lab::new(&steps(vec![change("a"), b, changing("c", "exit 1")]));
    end_at(&lab, "undo b");
    lab.run(&["rollback"]).ends(79).says("the way back of b was begun and nobody knows");
    lab.run(&["rollback", "--approve", "b", "--as", "alice"]).ends(10);
    assert_eq!(lab.did(), ["a", "b", "undo c", "undo b", "undo b", "undo a"]);
}

#[test]
fn the_way_back_of_a_canary_in_doubt_is_not_run_twice_though_its_shares_may_be_set_again() {
    let mut canary = canary(r#"printf '%s\n' "$STOPLINE_PERCENT" >>did; [ "$STOPLINE_PERCENT" != 25 ]"#);
    assert!(canary.idempotent);
    canary.undo = Undo::Command(format!("{}; [ -e quick ] || sleep 20", note("undo canary")));
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Canary(canary)])]));
    end_at(&lab, "undo canary");
    lab.run(&["rollback"]).ends(79).says("the way back of canary was begun and nobody knows");
    lab.run(&["rollback", "--approve", "canary", "--as", "alice"]).ends(10);
    assert_eq!(lab.did(), ["0.5", "25", "undo canary", "undo canary"]);
}

#[test]
fn a_torn_last_line_is_read_up_to() {
    let lab = Lab::new(&steps(vec![change("a"), change("b")]));
    lab.run(&["run", "--until", "b"]).ends(0);
    let path = lab.journal_path();
    let whole = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{whole}{}", &r#"{"seq":99,"prev":"","at":1,"event":"done","of":"b""#)).unwrap();
    lab.run(&["resume"]).ends(0).says("cut off by a crash");
    assert_eq!(lab.did(), ["a", "b"]);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with(&whole));
    assert_eq!(lab.events("torn", "of").len(), 1);
}

#[test]
fn nothing_is_done_that_cannot_be_journaled() {
    let lab = Lab::new(&steps(vec![change("a")]));
    let home = lab.path("state/checkout-production/checkout-1-2-3-aaaaaaaaaaaaaaaa");
    std::fs::create_dir_all(&home).unwrap();
    std::os::unix::fs::symlink("/dev/full", home.join("journal.jsonl")).unwrap();
    lab.run(&[]).ends(20).says("the journal cannot be written, and nothing is done that is not journaled");
    assert!(lab.did().is_empty());
}

#[test]
fn a_lock_without_flock_dies_with_its_process_too() {
    let mut lab = Lab::new(&steps(vec![Step { idempotent: true, ..slow("a") }]));
    let bin = lab.path("bin");
    std::fs::create_dir(&bin).unwrap();
    for folder in ["/usr/bin", "/bin"] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_owned();
            if name != "flock" && !bin.join(&name).exists() {
                std::os::unix::fs::symlink(&path, bin.join(&name)).unwrap();
            }
        }
    }
    lab.set("PATH", bin.to_str().unwrap());
    let child = lab.start(&[]);
    lab.wait_for("did", "a");
    for path in [bin.into_os_string(), std::env::var_os("PATH").unwrap()] {
        let second = std::process::Command::new("bash")
            .args(["release.sh", "rollback", "--state", "state"])
            .current_dir(lab.path(""))
            .env("PATH", path)
            .output()
            .unwrap();
        assert_eq!(second.status.code(), Some(75), "{second:?}");
    }
    lab.signal("KILL");
    lab.finish(child);
    lab.run(&["resume"]).ends(76);
    let group = lab.events("begin", "group")[0].strip_prefix("a:").unwrap().to_owned();
    std::process::Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).status().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(200));
    quicken(&lab);
    lab.run(&["resume"]).ends(0);
}

/// The first one was between two steps when its lock was taken away: it finds out before it writes a line more.
#[test]
fn a_run_that_lost_its_lock_writes_into_no_journal() {
    let mut lab =
        Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a")), watch(4), Action::Step(change("b"))])]));
    let child = lab.start(&[]);
    lab.wait_for("said", "watch");
    let place = lab.path("state/checkout-production");
    std::fs::remove_file(place.join("lock")).unwrap();
    std::fs::remove_file(place.join("lock.link")).unwrap();
    let second = std::process::Command::new("bash")
        .args(["release.sh", "rollback", "--state", "state"])
        .current_dir(lab.path(""))
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(10), "{second:?}");
    lab.finish(child).ends(75).says("the lock of this run is gone");
    lab.set("X", "").run(&["rollback"]).ends(10).says("already rolled back");
    assert_eq!(lab.did(), ["a", "undo a"]);
}

/// A flag was raised while it was asked what had become of it.
#[test]
fn what_may_run_again_does_not_where_a_flag_holds_the_run() {
    let step = Step { idempotent: true, verify: Some("echo 9 >value; sleep 3; exit 1".to_owned()), ..slow("b") };
    let mut procedure = steps(vec![change("a"), step]);
    procedure.metrics = vec![Metric { every: secs(1), ..metric("m", "cat value") }];
    procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Hold)];
    let lab = Lab::new(&procedure);
    std::fs::write(lab.path("value"), "0").unwrap();
    killed_in_b(&lab);
    lab.run(&["resume"]).ends(21).says("red flag f is raised");
    assert_eq!(lab.did(), ["a", "b"]);
}

/// It is over, and what is still to be said keeps nobody who is told to leave: then, or while that it is over is written.
#[test]
fn a_run_that_has_ended_leaves_when_it_is_told_to_though_nobody_reads() {
    let fills = changing("a", "timeout 1 dd if=/dev/zero of=held bs=1024 count=128 2>/dev/null || true");
    for told in ["", r#"case $(tail -n 1 "${2-/dev/null}") in *'"confirmed"'*) kill -TERM "$PPID" ;; esac"#] {
        let mut lab = Lab::new(&steps(vec![fills.clone()]));
        lab.stub("sync", told);
        let script = "PATH=$PWD/bin:$PATH; mkfifo held; sleep 60 <held & reader=$!; exec 3>held
        bash release.sh --state state >&3 2>&1 & run=$!
        for i in {1..100}; do ! grep -qs '\"confirmed\"' state/*/*/journal.jsonl || break; sleep 0.1; done
        TELL; wait $run; echo $? >status; kill -KILL $reader";
        let tell = if told.is_empty() { "sleep 0.5; kill -TERM $run" } else { ":" };
        let script = script.replace("TELL", tell);
        let held = std::process::Command::new("timeout")
            .args(["30", "bash", "-mc", &script])
            .current_dir(lab.path(""))
            .output();
        assert!(held.is_ok());
        assert_eq!(lab.text("status").trim(), "0");
    }
}
