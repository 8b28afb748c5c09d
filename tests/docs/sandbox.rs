//! A folder in which what a page shows is put, and what it says to type is typed into bash. Knows no page.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::kept;

/// Between what one command printed and what the next one prints.
const MARK: char = '\u{1}';

pub(crate) struct Sandbox {
    folder: tempfile::TempDir,
    /// Where the last command left the shell.
    at: PathBuf,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("work");
        std::fs::create_dir(&at).unwrap();
        Self { folder, at }
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.at.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// What each command prints, both to output and to error, in one shell.
    pub(crate) fn run(&mut self, commands: &[&str]) -> Vec<String> {
        let kept = self.folder.path().join("at");
        let mut script = "exec 2>&1 </dev/null\n".to_owned();
        for command in commands {
            script.extend([command, "\nstatus=$?; printf '", &MARK.to_string(), "'; (exit $status)\n"]);
        }
        script.extend(["pwd > '", kept.to_str().unwrap(), "'\n"]);
        let done = self.shell().args(["--norc", "-c", &script]).output().unwrap();
        self.at = std::fs::read_to_string(kept).unwrap().trim_end().into();
        let printed = String::from_utf8_lossy(&done.stdout).into_owned();
        printed.split(MARK).take(commands.len()).map(ToOwned::to_owned).collect()
    }

    fn shell(&self) -> Command {
        let own = Path::new(env!("CARGO_BIN_EXE_stopline")).parent().unwrap().to_owned();
        // Before those of the machine: the pinned tools.
        let tools = std::env::var_os("STOPLINE_TOOLS").map_or_else(|| kept::root().join("target/tools"), PathBuf::from);
        let machine = std::env::var_os("PATH").unwrap_or_default();
        let path = [own, tools.join("bin")].into_iter().chain(std::env::split_paths(&machine));
        let mut bash = Command::new("bash");
        bash.current_dir(&self.at).env_clear().env("PATH", std::env::join_paths(path).unwrap());
        bash.envs([("HOME", self.folder.path())]).envs([("LC_ALL", "C"), ("NO_COLOR", "1"), ("TZ", "Europe/Berlin")]);
        bash.envs([("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_AUTHOR_NAME", "Ada"), ("GIT_AUTHOR_EMAIL", "ada@example.com")]);
        bash.envs([("GIT_COMMITTER_NAME", "Ada"), ("GIT_COMMITTER_EMAIL", "ada@example.com")]);
        bash
    }
}

mod the_sandbox_itself {
    use super::Sandbox;

    #[test]
    fn a_shell_stays_where_it_went_and_tells_its_status() {
        let mut sandbox = Sandbox::new();
        assert_eq!(sandbox.run(&["mkdir a; cd a", "false", "echo $?"]), ["", "", "1\n"]);
        sandbox.put("b", "c\n");
        assert_eq!(sandbox.run(&["cat ../a/b"]), ["c\n"]);
    }
}
