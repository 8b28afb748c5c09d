//! The one door of these tests: a folder with files, a command line, and everything that came of it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A command line in a folder of its own.
#[must_use]
pub(crate) struct Cli {
    folder: tempfile::TempDir,
    arguments: Vec<String>,
    input: String,
    /// Where the command is run, seen from the folder.
    from: String,
}

/// What came of it. Standard output and error are both always compared.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Came {
    pub(crate) status: i32,
    pub(crate) output: String,
    pub(crate) error: String,
}

impl Cli {
    pub(crate) fn new(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            folder,
            arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
            input: String::new(),
            from: String::new(),
        }
    }

    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    #[cfg(unix)]
    pub(crate) fn link(self, path: &str, to: &str) -> Self {
        std::os::unix::fs::symlink(to, self.folder.path().join(path)).unwrap();
        self
    }

    pub(crate) fn input(self, text: &str) -> Self {
        Self { input: text.to_owned(), ..self }
    }

    pub(crate) fn from(self, folder: &str) -> Self {
        Self { from: folder.to_owned(), ..self }
    }

    /// Another command line in the same folder, as it is now.
    pub(crate) fn again(&self, arguments: &[&str]) -> Again<'_> {
        Again { cli: self, arguments: arguments.iter().map(|&argument| argument.to_owned()).collect() }
    }

    /// Runs it, and hands out what a file holds then too.
    pub(crate) fn run(&self) -> Came {
        self.run_with(&self.arguments)
    }

    fn run_with(&self, arguments: &[String]) -> Came {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stopline"));
        command.args(arguments).current_dir(self.folder.path().join(&self.from)).env_clear().env("NO_COLOR", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that does not read its input is free to.
        let _ = child.stdin.take().unwrap().write_all(self.input.as_bytes());
        let done = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Came { status: done.status.code().unwrap(), output: text(done.stdout), error: text(done.stderr) }
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn holds(&self, path: &str) -> bool {
        self.folder.path().join(path).exists()
    }
}

/// A second command line.
#[must_use]
pub(crate) struct Again<'a> {
    cli: &'a Cli,
    arguments: Vec<String>,
}

impl Again<'_> {
    pub(crate) fn run(&self) -> Came {
        self.cli.run_with(&self.arguments)
    }
}

impl Came {
    /// Compares all three.
    pub(crate) fn is(&self, status: i32, output: &str, error: &str) {
        let wanted = Self { status, output: output.to_owned(), error: error.to_owned() };
        assert_eq!(*self, wanted, "\n--- output\n{}\n--- error\n{}", self.output, self.error);
    }
}

/// A file of this repository.
pub(crate) fn repository(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap()
}
