//! Where a runbook finds itself: odd environments, other shells, folders that cannot be written, half a file.

use std::process::{Command, Output, Stdio};

use stopline::runbook::*;

use crate::support::*;
use crate::tools::tool;

fn one(step: Step) -> Procedure {
    procedure(vec![("deploy", vec![Action::Step(step)])])
}

/// A shell in the folder of the runbook, without a terminal.
fn shell(lab: &Lab, words: &[&str]) -> Command {
    let (program, arguments) = words.split_first().unwrap();
    let mut shell = Command::new(program);
    shell.args(arguments).current_dir(lab.path("")).env("CI", "").stdin(Stdio::null());
    shell
}

#[track_caller]
fn ends(output: &Output, status: i32) -> String {
    let said = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned();
    assert_eq!(output.status.code(), Some(status), "it said:\n{said}");
    said
}

#[test]
fn whatever_the_environment_switches_on_the_run_is_the_same() {
    let body = format!("shopt -q nocasematch && exit 1; case $- in *[xfaC]*) exit 2 ;; esac; sleep 2; {}", note("a"));
    let mut procedure = one(changing("a", &body));
    procedure.phases[0].actions.push(Action::Hold(hold("go")));
    let mut lab = Lab::new(&procedure);
    lab.stub("pwn", "touch pwned");
    let hostile = [
        (
            "SHELLOPTS",
            "braceexpand:hashall:interactive-comments:errexit:xtrace:verbose:noglob:noclobber:allexport:keyword",
        ),
        ("BASHOPTS", "nocasematch:nullglob:failglob:dotglob:extglob:xpg_echo:lastpipe"),
        ("TMOUT", "1"),
        ("FUNCNEST", "1"),
        ("GLOBIGNORE", "*"),
        ("POSIXLY_CORRECT", "1"),
        ("BASH_COMPAT", "3.1"),
        ("CDPATH", "/"),
        ("BASH_ENV", "env.sh"),
        ("ENV", "env.sh"),
        ("IFS", "a,/"),
        ("LC_ALL", "C"),
        ("LANG", "tr_TR.UTF-8"),
        ("TZ", "Mars/Phobos"),
        ("PS4", "$(pwn)"),
        ("sl_glass", "yes"),
        ("sl_done", "a"),
        ("STOPLINE_SERVICE", "other"),
        ("DEBUG", "release"),
    ];
    for (name, value) in hostile {
        lab.set(name, value);
    }
    // What BASH_ENV names has been run before a script has its first word; it must not be run for the commands, too.
    std::fs::write(lab.path("env.sh"), "case $0 in release.sh) ;; *) touch pwned ;; esac").unwrap();
    lab.run(&[]).ends(21).says("go waits for a signature").does_not_say("+ ").does_not_say("warning");
    lab.run(&["resume", "--approve", "go", "--as", "bob"]).ends(0);
    assert_eq!(lab.did(), ["a"]);
    assert!(!lab.path("pwned").exists());
}

#[test]
fn a_debugging_shell_shows_no_secret() {
    let mut step = changing("a", &note("a"));
    step.command.secrets = vec![name("TOKEN")];
    let lab = Lab::new(&one(step));
    let output =
        shell(&lab, &["bash", "-xv", "release.sh", "--state", "state"]).env("TOKEN", "hush-hush").output().unwrap();
    assert!(!ends(&output, 0).contains("hush-hush"));
}

#[test]
fn other_shells_are_told_what_is_needed() {
    let lab = Lab::new(&one(change("a")));
    std::os::unix::fs::symlink("/bin/bash", lab.path("sh")).unwrap();
    let busybox = tool("busybox").get_program().to_str().unwrap().to_owned();
    let another: [&[&str]; 4] = [
        &["dash", "release.sh"],
        &[&busybox, "sh", "release.sh"],
        &["./sh", "release.sh"],
        &["dash", "-c", ". ./release.sh"],
    ];
    for words in another {
        let output = shell(&lab, words).env("SHELLOPTS", "x").output().unwrap();
        assert!(ends(&output, 64).contains("this runbook needs bash, and not as sh"));
    }
    let output = shell(&lab, &["bash", "--posix", "release.sh", "--state", "state"]).output().unwrap();
    ends(&output, 0);
    assert_eq!(lab.did(), ["a"]);
}

#[test]
fn it_is_not_sourced() {
    let lab = Lab::new(&one(change("a")));
    let output = shell(&lab, &["bash", "-c", ". ./release.sh; printf 'after %s, %s' $? \"$-\""]).output().unwrap();
    let said = ends(&output, 0);
    assert!(said.contains("this runbook is run, not sourced") && said.contains("after 64, hBc"), "{said}");
    assert!(lab.did().is_empty());
}

#[test]
fn half_a_runbook_does_nothing_and_is_no_success() {
    let lab = Lab::new(&one(change("a")));
    let whole = lab.text("release.sh");
    let lines: Vec<&str> = whole.lines().collect();
    let after_the_guard = lines.iter().position(|line| line.starts_with("trap ")).unwrap() + 1;
    let functions = (after_the_guard..lines.len()).filter(|line| lines[line - 1] == "}").step_by(9);
    for cut in functions.chain([after_the_guard, lines.len() / 2, lines.len() - 1]) {
        std::fs::write(lab.path("half.sh"), lines[..cut].join("\n")).unwrap();
        let output = shell(&lab, &["bash", "half.sh", "--state", "state"]).output().unwrap();
        assert_ne!(output.status.code(), Some(0), "cut after line {cut}");
        assert!(lab.did().is_empty() && !lab.path("state").exists());
    }
    // The last line end is no part of anything.
    for cut in 2..40 {
        std::fs::write(lab.path("half.sh"), whole.split_at(whole.len() - cut).0).unwrap();
        let output = shell(&lab, &["bash", "half.sh", "--dry-run", "--state", "state"]).output().unwrap();
        assert!(ends(&output, 64).contains("this runbook is cut off"), "without the last {cut} bytes");
        assert!(lab.did().is_empty());
    }
}

/// Without `sh` between, which hands no function on.
#[test]
fn functions_of_the_environment_stand_for_no_tool() {
    let lab = Lab::new(&one(change("a")));
    let built_in =
        ["[", "printf", "kill", "read", "exec", ":", "return", "continue", "unset", "set", "trap", "eval", "ours"];
    for (verb, status) in [("run", 0), ("rollback", 10)] {
        let mut shell = shell(&lab, &["bash", "release.sh", verb, "--state", "state"]);
        for tool in ["date", "sleep", "sha256sum", "sync", "awk"].iter().chain(&built_in) {
            shell.env(format!("BASH_FUNC_{tool}%%"), "() { command touch pwned; }");
        }
        shell.env("BASH_FUNC_cd%%", "() { builtin cd \"$@\" && pwd; }");
        ends(&shell.output().unwrap(), status);
    }
    assert_eq!(lab.did(), ["a", "undo a"]);
    lab.journal();
}

#[test]
fn what_is_said_to_go_on_with_can_be_typed() {
    use std::os::unix::fs::PermissionsExt as _;
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Hold(hold("go")), Action::Step(change("a"))])]));
    let folder = lab.path("it's a place $HOME");
    std::fs::create_dir(&folder).unwrap();
    let script = folder.join("the release.sh");
    std::fs::rename(lab.path("release.sh"), &script).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = script.display().to_string();
    let said = ends(&shell(&lab, &[&path, "--state", "a state"]).output().unwrap(), 20);
    let typed = said.lines().find_map(|line| line.strip_prefix("go on with:  ")).unwrap().replace("NAME", "alice");
    ends(&shell(&lab, &["bash", "-c", &typed]).output().unwrap(), 0);
    assert_eq!(lab.did(), ["a"]);
}

#[test]
fn a_path_with_blanks_and_closed_ends_are_no_obstacle() {
    let mut lab = Lab::new(&one(changing("a", &format!("our tool; {}", note("a")))));
    lab.stub("our", "[ \"$1\" = tool ]");
    let blank = lab.path("bin of ours");
    std::fs::rename(lab.path("bin"), &blank).unwrap();
    let path = format!("{}:{}", blank.display(), std::env::var("PATH").unwrap());
    let closed = "exec bash release.sh --state state <&- >&- 2>&-";
    let output = shell(&lab, &["bash", "-c", closed]).env("PATH", path).output().unwrap();
    ends(&output, 0);
    assert_eq!(lab.did(), ["a"]);
}

#[test]
fn without_a_home_it_asks_where_to_keep_the_state() {
    let lab = Lab::new(&one(change("a")));
    let bare = |words: &[&str]| {
        let mut shell = shell(&lab, words);
        shell.env_remove("HOME").env_remove("XDG_STATE_HOME").output().unwrap()
    };
    assert!(ends(&bare(&["bash", "release.sh"]), 64).contains("--state DIR"));
    ends(&bare(&["bash", "release.sh", "list"]), 0);
    ends(&bare(&["bash", "release.sh", "--dry-run"]), 0);
    let output =
        shell(&lab, &["bash", "release.sh"]).env_remove("XDG_STATE_HOME").env("HOME", lab.path("home")).output();
    ends(&output.unwrap(), 0);
    assert!(lab.path("home/.local/state/stopline").exists());
}

#[test]
fn a_state_that_cannot_be_kept_is_said_with_what_is_true() {
    let place = |lab: &Lab, file: &str| lab.path("state/checkout-production").join(file);
    let lab = Lab::new(&procedure(vec![("deploy", vec![Action::Step(change("a")), Action::Step(change("b"))])]));
    std::fs::write(lab.path("state"), "a file").unwrap();
    lab.run(&[]).ends(20).says("the state cannot be kept in");
    std::fs::remove_file(lab.path("state")).unwrap();

    lab.run(&["--until", "b"]).ends(0);
    std::fs::remove_file(place(&lab, "lock")).unwrap();
    std::fs::create_dir(place(&lab, "lock")).unwrap();
    lab.run(&["resume"]).ends(21).says("the state cannot be kept in").does_not_say("another run");
    std::fs::remove_dir(place(&lab, "lock")).unwrap();
    std::fs::write(place(&lab, "lock.link"), "").unwrap();
    lab.run(&["resume"])
        .ends(21)
        .says("the state cannot be kept in")
        .does_not_say("another run")
        .does_not_say("another machine");
    std::fs::remove_file(place(&lab, "lock.link")).unwrap();

    let nowhere = shell(&lab, &["bash", "release.sh", "resume", "--state", "state"]).env("TMPDIR", "/nowhere").output();
    assert!(ends(&nowhere.unwrap(), 21).contains("nothing can be written in /nowhere"));
    assert_eq!(lab.did(), ["a"]);
    lab.run(&["resume"]).ends(0);
}

#[test]
fn a_file_that_may_not_grow_is_an_error_like_another() {
    let lab = Lab::new(&procedure(vec![("deploy", ["a", "b", "c"].map(|step| Action::Step(change(step))).to_vec())]));
    let limited = "ulimit -f 2; exec bash release.sh --state state";
    let output = shell(&lab, &["bash", "-c", limited]).output().unwrap();
    let said = ends(&output, 21);
    assert!(said.contains("the journal cannot be written"), "{said}");
    lab.run(&["rollback"]).ends(10);
}

#[test]
fn one_name_is_one_name() {
    let all = ["look", "esac", "in"].map(|step| Action::Step(change(step))).to_vec();
    let lab = Lab::new(&procedure(vec![("done", all)]));
    lab.run(&["--until", "look esac"]).ends(64).says("there is nothing called look esac");
    lab.run(&["--approve", "look esac", "--as", "alice"]).ends(64);
    lab.run(&["--until", "*"]).ends(64);
    assert!(lab.did().is_empty());
    lab.run(&[]).ends(0);
    assert_eq!(lab.did(), ["look", "esac", "in"]);
}

/// Somebody logs in and goes on from wherever that is; commands say `./migrate`. A build server has fetched the files anew.
#[test]
fn a_run_goes_on_in_the_folder_it_was_begun_in() {
    let lab = Lab::new(&one(change("a")));
    let began = lab.path("the  first \"folder\" $(touch pwned)");
    let elsewhere = lab.path("elsewhere");
    std::fs::create_dir(&began).unwrap();
    std::fs::create_dir(&elsewhere).unwrap();
    let go = |folder: &std::path::Path, verb: &str, ci: &str| {
        let (script, state) = (lab.path("release.sh"), lab.path("state"));
        let words = ["bash", script.to_str().unwrap(), verb, "--state", state.to_str().unwrap()];
        shell(&lab, &words).current_dir(folder).env("CI", ci).env("TMPDIR", ".").output().unwrap()
    };
    ends(&go(&began, "run", ""), 0);
    let said = ends(&go(&elsewhere, "rollback", ""), 10);
    assert!(said.contains("where the run was begun"), "{said}");
    assert_eq!(std::fs::read_to_string(began.join("did")).unwrap(), "a\nundo a\n");

    ends(&go(&began, "run", ""), 0);
    ends(&go(&elsewhere, "rollback", "true"), 10);
    assert_eq!(std::fs::read_to_string(elsewhere.join("did")).unwrap(), "undo a\n");

    ends(&go(&began, "run", ""), 0);
    std::fs::remove_dir_all(&began).unwrap();
    let said = ends(&go(&elsewhere, "rollback", ""), 10);
    assert!(said.contains("which is not here: commands run in "), "{said}");
    assert!(!elsewhere.join("pwned").exists());
}

/// The name of the folder holds what is secret, or what is no text, so the journal does not know it; elsewhere nothing is undone.
#[test]
fn a_folder_whose_name_cannot_be_kept_must_be_gone_to() {
    use std::os::unix::ffi::OsStrExt as _;
    let mut step = changing("a", &note("a"));
    step.command.secrets = vec![name("TOKEN")];
    for odd in [b"of-hush-hush".as_slice(), b"caf\xe9"] {
        let lab = Lab::new(&one(step.clone()));
        let (began, elsewhere) = (lab.path("").join(std::ffi::OsStr::from_bytes(odd)), lab.path("elsewhere"));
        std::fs::create_dir(&began).unwrap();
        std::fs::create_dir(&elsewhere).unwrap();
        let go = |folder: &std::path::Path, verb: &str| {
            let (script, state) = (lab.path("release.sh"), lab.path("state"));
            let words = ["bash", script.to_str().unwrap(), verb, "--state", state.to_str().unwrap()];
            shell(&lab, &words).current_dir(folder).env("TOKEN", "hush-hush").output().unwrap()
        };
        ends(&go(&began, "run"), 0);
        let said = ends(&go(&elsewhere, "rollback"), 21);
        assert!(said.contains("whose name could not be kept whole") && !said.contains("hush-hush"), "{said}");
        assert!(!elsewhere.join("did").exists());
        ends(&go(&began, "rollback"), 10);
        assert_eq!(std::fs::read_to_string(began.join("did")).unwrap(), "a\nundo a\n");
    }
}

/// Whether something could be said decides nothing: a terminal that was closed, a `| head`, a full disk behind the output.
#[test]
fn a_reader_that_goes_away_ends_no_deployment() {
    let noting = Step {
        captures: vec![Capture { name: name("WAS"), run: "echo old".to_owned() }],
        verify: Some("true".to_owned()),
        ..change("a")
    };
    let owed = Followup { id: id("look"), title: "Look".to_owned(), due: Epoch::new(1_800_000_000), by: None };
    let loud = changing("b", &format!("seq 20000; {}", note("b")));
    let again = Step { retries: 1, retry_delay: secs(0), ..changing("c", "echo c >>did; [ $(grep -c c did) = 2 ]") };
    let all = vec![
        Action::Step(noting.clone()),
        Action::Parallel(group(1, vec![(Step { id: id("d"), ..noting }, &[])])),
        Action::Step(loud),
        Action::Step(again),
        Action::Hold(hold("go")),
        Action::Probe(Probe { failures: 2, ..probe("p", "[ -e asked ] || { touch asked; exit 1; }") }),
        Action::Followup(owed),
        watch(1),
    ];
    let mut procedure = procedure(vec![("deploy", all)]);
    procedure.metrics = vec![metric("m", "echo 1")];
    procedure.red_flags = vec![flag("f", &["deploy"], above("m", number("5")), Consequence::Rollback)];
    for output in ["| :", ">/dev/full 2>&1", ">&- 2>&-"] {
        let lab = Lab::new(&procedure);
        let line =
            format!("{{ bash release.sh run --state state --approve go --as alice; echo $? >status; }} {output}; wait");
        shell(&lab, &["bash", "-c", &line]).stderr(Stdio::null()).status().unwrap();
        let ended = || lab.text("status").trim() == "0";
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while lab.text("status").is_empty() && std::time::Instant::now() < deadline {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert!(ended(), "{output}: {}\n{:?}", lab.text("status"), lab.journal().last());
        assert_eq!(lab.did(), ["a", "a", "b", "c", "c"], "{output}");
    }
}
