//! A folder, a script in it, and what came of running it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use stopline::emit::bash::{Clock, emit};
use stopline::runbook::Procedure;

/// Before a command: no signal is ignored.
pub(crate) const ALL_SIGNALS: &str = "/usr/bin/env --default-signal=HUP,INT,TERM";

/// One folder with one runbook. Every run gets no terminal, so that tests answer nothing by accident.
pub(crate) struct Lab {
    folder: tempfile::TempDir,
    pub(crate) env: Vec<(String, String)>,
    bash: String,
}

/// How a run ended and what it said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) said: String,
}

impl Lab {
    pub(crate) fn new(procedure: &Procedure) -> Self {
        Self::of(&emit(procedure, Clock::ForTests).unwrap_or_else(|error| panic!("{error}")))
    }

    /// The same with a script that has been compiled before.
    pub(crate) fn of(script: &str) -> Self {
        let path = std::env::var("STOPLINE_TEST_PATH").map(|path| ("PATH".to_owned(), path));
        let lab = Self {
            folder: tempfile::tempdir().unwrap(),
            env: path.into_iter().chain([("STOPLINE_CLOCK_SET".to_owned(), "set".to_owned())]).collect(),
            bash: std::env::var("STOPLINE_TEST_BASH").unwrap_or_else(|_| "bash".to_owned()),
        };
        std::fs::write(lab.path("release.sh"), script).unwrap();
        lab
    }

    /// Puts another script in the place of the first.
    pub(crate) fn recompile(&self, procedure: &Procedure) {
        let script = emit(procedure, Clock::ForTests).unwrap_or_else(|error| panic!("{error}"));
        std::fs::write(self.path("release.sh"), script).unwrap();
    }

    pub(crate) fn set(&mut self, key: &str, value: &str) -> &mut Self {
        self.env.push((key.to_owned(), value.to_owned()));
        self
    }

    /// Puts a program before all others on the path.
    pub(crate) fn stub(&mut self, name: &str, script: &str) -> &mut Self {
        use std::os::unix::fs::PermissionsExt as _;
        let bin = self.path("bin");
        std::fs::create_dir_all(&bin).unwrap();
        std::fs::write(bin.join(name), format!("#!/usr/bin/env bash\n{script}\n")).unwrap();
        std::fs::set_permissions(bin.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
        let rest = std::env::var("STOPLINE_TEST_PATH").or_else(|_| std::env::var("PATH")).unwrap_or_default();
        let path = format!("{}:{rest}", bin.display());
        self.set("PATH", &path)
    }

    /// The time at which every later run begins.
    pub(crate) fn at(&mut self, epoch: i64) -> &mut Self {
        self.set("STOPLINE_NOW", &epoch.to_string())
    }

    /// A run that is ended with `kill -9` once this stands in the last line of its journal.
    #[track_caller]
    pub(crate) fn killed_at(&mut self, line: &str, arguments: &[&str]) {
        self.signalled_at("KILL", line, arguments);
    }

    /// A run that gets a signal once this stands in the last line of its journal.
    #[track_caller]
    pub(crate) fn signalled_at(&mut self, signal: &str, line: &str, arguments: &[&str]) -> Run {
        std::fs::write(self.path("kill"), line).unwrap();
        let sync = r#"[ "${1-}" = -d ] && [ -e kill ] || exit 0
if tail -n 1 "$2" | grep -Fq "$(cat kill)"; then rm kill; kill -SIGNAL "$(cat pid)"; fi"#;
        self.stub("sync", &sync.replace("SIGNAL", signal));
        let run = self.run(arguments);
        assert!(!self.path("kill").exists(), "it got no signal: {}", self.text("said"));
        run
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.finish(self.start(arguments))
    }

    /// Starts it and does not wait. Its process id is the script's own. What the tests were started with ignores signals in
    /// places (`nohup`, `&`), and bash cannot trap what was ignored before it began: it gets them back.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        let said = std::fs::File::create(self.path("said")).unwrap();
        Command::new("setsid")
            .arg("--wait")
            .args(["sh", "-c", &format!(r#"echo $$ >pid; exec {ALL_SIGNALS} "$0" "$@""#), &self.bash, "release.sh"])
            .args(arguments)
            .args(["--state", "state"])
            .current_dir(self.folder.path())
            .env("CI", "")
            .envs(self.env.iter().cloned())
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .spawn()
            .unwrap()
    }

    pub(crate) fn finish(&self, child: Child) -> Run {
        let run = finished(child, Duration::from_secs(60));
        Run { said: self.text("said"), ..run }
    }

    /// Sends the running script a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.text("pid");
        assert!(Command::new("kill").args([&format!("-{signal}"), pid.trim()]).status().unwrap().success());
    }

    /// Ends every process group that the journal knows, and waits until none is left.
    pub(crate) fn end_orphans(&self) {
        for begun in self.events("begin", "group") {
            let group = begun.split_once(':').unwrap().1;
            let kill = |signal: &str| {
                let mut kill = Command::new("kill");
                kill.args([signal, "--", &format!("-{group}")]).stderr(Stdio::null()).status().unwrap().success()
            };
            kill("-KILL");
            let deadline = Instant::now() + Duration::from_secs(20);
            // One that ended and was never asked after does nothing any more, though it still has its number.
            while kill("-0") && alive(group) {
                assert!(Instant::now() < deadline, "process group {group} lives on");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }

    /// Waits until a file has this text in it.
    pub(crate) fn wait_for(&self, file: &str, text: &str) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while !self.text(file).contains(text) {
            assert!(Instant::now() < deadline, "no `{text}` in {file}: {}\n{}", self.text(file), self.text("said"));
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the steps noted, in order.
    pub(crate) fn did(&self) -> Vec<String> {
        self.text("did").lines().map(str::to_owned).collect()
    }

    pub(crate) fn text(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).unwrap_or_default()
    }

    pub(crate) fn journal_path(&self) -> PathBuf {
        self.find_journal().unwrap()
    }

    /// The journal, if there is one yet; of several plans, that of the first.
    pub(crate) fn find_journal(&self) -> Option<PathBuf> {
        let places = std::fs::read_dir(self.path("state/checkout-production")).ok()?;
        places.map(|entry| entry.unwrap().path().join("journal.jsonl")).filter(|path| path.exists()).min()
    }

    /// The journal, each line as the JSON object it is.
    pub(crate) fn journal(&self) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.journal_path()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
    }

    /// Writes a line into the journal that follows the one before it, as whoever can write there could: its event and the rest.
    pub(crate) fn forge(&self, event: &str) {
        forge(&self.journal_path(), event);
    }

    /// The events of this kind, as `of` and the value under `key`.
    pub(crate) fn events(&self, kind: &str, key: &str) -> Vec<String> {
        let text = |event: &serde_json::Value, key: &str| event[key].as_str().unwrap_or_default().to_owned();
        let events = self.journal();
        let of_kind = events.iter().filter(|event| event["event"] == kind);
        of_kind.map(|event| format!("{}:{}", text(event, "of"), text(event, key))).collect()
    }

    /// Every file below the folder that is not the script's own, as text.
    pub(crate) fn everything_written(&self) -> String {
        fn walk(folder: &Path, text: &mut String) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, text);
                } else {
                    text.push_str(&String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()));
                }
            }
        }
        let mut text = String::new();
        walk(&self.path("state"), &mut text);
        text + &self.text("said")
    }
}

impl Run {
    /// Asserts how it ended, and shows all it said when it did not.
    #[track_caller]
    pub(crate) fn ends(self, status: i32) -> Self {
        assert_eq!(self.status, status, "it said:\n{}", self.said);
        self
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.said.contains(text), "`{text}` is not in:\n{}", self.said);
        self
    }

    #[track_caller]
    pub(crate) fn does_not_say(self, text: &str) -> Self {
        assert!(!self.said.contains(text), "`{text}` is in:\n{}", self.said);
        self
    }
}

/// A run by somebody who may do what everybody may, and no more.
pub(crate) fn as_nobody(lab: &Lab, arguments: &[&str]) -> std::process::Output {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    let mut runbook = Command::new(if id == b"0\n" { "setpriv" } else { "env" });
    if id == b"0\n" {
        runbook.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    }
    runbook.args(["bash", "release.sh"]).args(arguments).args(["--state", "state"]).current_dir(lab.path(""));
    runbook.env("CI", "").env("HOME", "/").stdin(Stdio::null()).output().unwrap()
}

/// What the tests made themselves is theirs alone.
pub(crate) fn everybody_may_write(lab: &Lab) {
    Command::new("chmod").args(["-R", "a+rwX"]).arg(lab.path("")).status().unwrap();
}

/// Whether a process of this group does anything.
fn alive(group: &str) -> bool {
    let all = Command::new("ps").args(["-A", "-o", "pgid=", "-o", "stat="]).output().unwrap().stdout;
    String::from_utf8_lossy(&all).lines().any(|line| {
        let mut words = line.split_whitespace();
        words.next() == Some(group) && !words.next().unwrap_or_default().starts_with('Z')
    })
}

fn finished(mut child: Child, limit: Duration) -> Run {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return Run { status: status.code().unwrap_or(-1), said: String::new() };
        }
        assert!(Instant::now() < deadline, "the runbook did not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Writes a line behind the last one of a journal, as [`Lab::forge`] does.
pub(crate) fn forge(path: &Path, event: &str) {
    let journal = std::fs::read_to_string(path).unwrap();
    let (seq, prev) = (journal.lines().count() + 1, sha256(journal.lines().last().unwrap()));
    let line = format!("{{\"seq\":{seq},\"prev\":\"{prev}\",\"at\":1795000000,\"event\":{event}}}\n");
    std::fs::write(path, journal + &line).unwrap();
}

/// 64 hexadecimal digits.
pub(crate) fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    use std::fmt::Write as _;
    let mut digits = String::new();
    for byte in sha2::Sha256::digest(text.as_bytes()) {
        write!(digits, "{byte:02x}").unwrap();
    }
    digits
}
