//! One production, and machines that come and go: what their steps note stays, and whatever else is on them goes with them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use stopline::emit::bash::{Clock, emit};
use stopline::runbook::Procedure;

/// Goes nowhere: runs here, out of our reach, what the machine would run.
pub(super) const SSH: &str = r#"while [ "$1" != -- ]; do shift; done
exec setsid --wait sh -c "$3""#;

pub(super) struct World {
    folder: tempfile::TempDir,
    script: String,
    pub(super) env: Vec<(String, String)>,
}

impl World {
    pub(super) fn new(procedure: &Procedure) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["bin", "artifacts", "production", "registry"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        std::fs::write(folder.path().join("production/did"), "").unwrap();
        let path = format!("{}:{}", folder.path().join("bin").display(), std::env::var("PATH").unwrap());
        let env = [("PATH", path.as_str()), ("CI", "true"), ("DATABASE_URL", "postgres://hush")];
        let env = env.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
        let world = Self { folder, script: emit(procedure, Clock::ForTests).unwrap(), env };
        world.stub("ssh", SSH);
        world
    }

    /// From now on the repository has the runbook of this procedure.
    pub(super) fn edit(&mut self, procedure: &Procedure) {
        self.script = emit(procedure, Clock::ForTests).unwrap();
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn set(&mut self, key: &str, value: &str) {
        self.env.retain(|(known, _)| known != key);
        self.env.push((key.to_owned(), value.to_owned()));
    }

    pub(super) fn stub(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.path("bin").join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// A file in production that the steps look for.
    pub(super) fn mark(&self, name: &str) {
        std::fs::write(self.path("production").join(name), "").unwrap();
    }

    /// A fresh machine with the repository on it.
    pub(super) fn machine(&self) -> Machine<'_> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("release.sh"), &self.script).unwrap();
        for entry in std::fs::read_dir(self.path("production")).unwrap() {
            let path = entry.unwrap().path();
            std::os::unix::fs::symlink(&path, folder.path().join(path.file_name().unwrap())).unwrap();
        }
        Machine { folder, world: self }
    }

    pub(super) fn did(&self) -> String {
        std::fs::read_to_string(self.path("production/did")).unwrap().replace('\n', " ")
    }
}

pub(super) struct Machine<'a> {
    folder: tempfile::TempDir,
    world: &'a World,
}

impl Machine<'_> {
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a program here, without a terminal.
    pub(super) fn run(&self, program: &[&str], env: &[(String, String)]) -> Output {
        Command::new("setsid")
            .arg("--wait")
            .args(program)
            .current_dir(self.folder.path())
            .envs(self.world.env.iter().cloned())
            .envs(env.iter().cloned())
            .output()
            .unwrap()
    }

    /// Whether the file is there, and what it says.
    pub(super) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }
}

/// A folder as it is, in the place of what was there.
pub(super) fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    assert!(Command::new("cp").arg("-R").args([from, to]).status().unwrap().success());
}

/// The longest journal below a folder.
pub(super) fn journal(folder: &Path) -> String {
    let mut longest = String::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return longest };
    for entry in entries {
        let path = entry.unwrap().path();
        let found = match path.file_name().and_then(std::ffi::OsStr::to_str) {
            Some("journal.jsonl") => std::fs::read_to_string(&path).unwrap(),
            _ if path.is_dir() => journal(&path),
            _ => continue,
        };
        if found.len() > longest.len() {
            longest = found;
        }
    }
    longest
}
