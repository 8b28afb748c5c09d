//! The journals among the files that were named: those that are called so, and every one below a folder, whatever
//! `.gitignore` and `stopline.toml` leave out. What hides a journal hides a run.

#![expect(clippy::disallowed_methods, reason = "the command line is where files are read")]

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::disk::{read_bytes, read_in_pieces, shown, stays_in};
use super::files::{is_store, is_there, unwalked};
use crate::diagnostic::Diagnostic;
use crate::journal::{Digest, Digesting, Log, Scanned, plan_of_home, unreadable};
use crate::source::SourceMap;

/// As the runbook calls it.
const NAME: &str = "journal.jsonl";

/// The journals of a run, and what is to be said of them.
#[derive(Debug, Default)]
pub(super) struct Journals {
    /// In the order of their paths.
    pub(super) scanned: Vec<Scanned>,
    pub(super) findings: Vec<Diagnostic>,
    /// How many there are, those that cannot be read too.
    pub(super) found: usize,
    /// All that was read, and that no result may take the place of.
    pub(super) files: Vec<PathBuf>,
}

/// Whether a file that was named is a journal: one that was copied is called otherwise.
pub(super) fn is_journal(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "jsonl") && !path.is_dir()
}

impl Journals {
    /// Reads those below the paths, each once.
    pub(super) fn below(paths: &[PathBuf], sources: &mut SourceMap) -> Self {
        let mut journals = Self::default();
        let mut found: Vec<PathBuf> = Vec::new();
        for path in paths {
            if path.is_dir() {
                journals.walk(path, &mut found, sources);
            } else if is_journal(path) && is_there(path) {
                found.push(path.clone());
            }
        }
        found.sort_by_key(|path| shown(path));
        found.dedup_by_key(|path| shown(path));
        journals.found = found.len();
        for path in found {
            journals.read(path, sources);
        }
        journals
    }

    fn walk(&mut self, folder: &Path, found: &mut Vec<PathBuf>, sources: &mut SourceMap) {
        let mut walker = WalkBuilder::new(folder);
        walker.standard_filters(false).sort_by_file_path(Path::cmp);
        walker.filter_entry(|entry| entry.depth() == 0 || !is_store(entry.file_name()));
        for entry in walker.build() {
            match entry {
                Ok(entry) if entry.file_name() == NAME && !entry.path().is_dir() => found.push(entry.into_path()),
                Ok(entry) => self.findings.extend(taken_away(entry.path(), sources)),
                // A journal may stand there: nobody knows.
                Err(problem) => {
                    let (path, problem) = unwalked(folder, &problem);
                    self.findings.push(unreadable(&shown(path), &problem, sources));
                }
            }
        }
    }

    fn read(&mut self, path: PathBuf, sources: &mut SourceMap) {
        let name = shown(&path);
        let read = stays_in(&path).and_then(|()| read_bytes(&path));
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(problem) => {
                self.findings.push(unreadable(&name, &problem, sources));
                self.files.push(path);
                return;
            }
        };
        let (logs, files) = match logs(&path) {
            Ok(logs) => logs,
            Err(problem) => {
                self.findings.push(unreadable(&name, &format!("its folder of logs: {problem}"), sources));
                Default::default()
            }
        };
        let scanned = Scanned::of(&name, &bytes, &logs);
        self.findings.extend(scanned.findings(&bytes, sources));
        self.scanned.push(scanned);
        self.files.extend(files);
        self.files.push(path);
    }
}

/// That a journal is gone: the folder of a run, and the logs of its commands, are there without it.
fn taken_away(folder: &Path, sources: &mut SourceMap) -> Option<Diagnostic> {
    let home = folder.parent().filter(|_| folder.ends_with("log") && folder.is_dir())?;
    let journal = home.join(NAME);
    plan_of_home(home.file_name()?.to_str()?)?;
    if is_there(&journal) || logs(&journal).is_ok_and(|(logs, _)| logs.is_empty()) {
        return None;
    }
    Some(unreadable(&shown(&journal), "it is gone, and the logs of its commands are there", sources))
}

/// The logs beside a journal, and where they stand.
fn logs(journal: &Path) -> Result<(Vec<Log>, Vec<PathBuf>), String> {
    let folder = journal.with_file_name("log");
    if !folder.is_dir() {
        return Ok(Default::default());
    }
    let (mut logs, mut files) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(&folder).map_err(|problem| problem.to_string())? {
        let path = entry.map_err(|problem| problem.to_string())?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.extension().is_none_or(|ending| ending != "log") {
            continue;
        }
        logs.push(Log { name, digest: digest(&path) });
        files.push(path);
    }
    Ok((logs, files))
}

/// None where it cannot be read.
fn digest(log: &Path) -> Option<Digest> {
    let mut digest = Digesting::default();
    stays_in(log).and_then(|()| read_in_pieces(log, &mut |piece| digest.add(piece))).ok()?;
    Some(digest.end())
}
