//! Finding and loading the files a command names.

#![expect(clippy::disallowed_methods, reason = "the command line is where folders are walked")]

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::config::Found;
use super::disk::{read_beginning, read_standard_input, read_text, shown, stays_in};
use super::ignored::Ignored;
use super::status::Failure;
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::session::{Candidates, Folder, Input, Language, Look, may_be_misnamed, misnamed};
use crate::source::{FileId, SourceMap};

/// The files of a run, those that could be read and what is to be said of the others.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) inputs: Vec<Input>,
    pub(super) unreadable: Vec<Diagnostic>,
    /// Files in other languages, for the rules that speak of them; they are not read yet.
    pub(super) others: Candidates,
    /// Every text of the run by its path.
    known: HashMap<String, FileId>,
}

/// What standard input is called in paths.
pub(super) const STANDARD_INPUT: &str = "-";

/// What becomes of a file that is neither plan nor policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Others {
    /// It is a mistake to name one.
    Refused,
    TakenDown,
}

/// How files are found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk<'a> {
    pub(super) wanted: fn(&str) -> bool,
    pub(super) others: Others,
    pub(super) passed_over: PassedOver,
    /// How many folders deep; none for all.
    pub(super) depth: Option<usize>,
    /// What the repository leaves out.
    pub(super) settled: Option<&'a Found>,
}

/// Which files of a folder are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PassedOver {
    /// What is ignored, and the stores of version control: a repository is walked for what belongs to it.
    AsRepositoriesDo,
    /// A folder of policies is a folder of policies, however it came to be there.
    Nothing,
}

/// Loads what `paths` name: files as they are, folders with everything Stopline reads in them.
pub(super) fn load(
    paths: &[PathBuf],
    stdin_name: &str,
    wanted: fn(&str) -> bool,
    settled: &Found,
    sources: &mut SourceMap,
) -> Result<Loaded, Failure> {
    let passed_over = PassedOver::AsRepositoriesDo;
    let how = Walk { wanted, others: Others::Refused, passed_over, depth: None, settled: Some(settled) };
    let loaded = load_from(paths, stdin_name, &how, sources)?;
    match loaded.others.folders.first() {
        // Where there is nothing at all, the command says what it lacks.
        Some(folder) if !loaded.inputs.is_empty() => {
            Err(Failure::new(format!("there is nothing to read in `{}`", folder.path))
                .help("check the path; what is named must hold something"))
        }
        Some(_) | None => Ok(loaded),
    }
}

/// Loads plans and policies as [`load`] does, and takes down every other file.
pub(super) fn load_everything(
    paths: &[PathBuf],
    stdin_name: &str,
    settled: &Found,
    sources: &mut SourceMap,
) -> Result<Loaded, Failure> {
    load_from(paths, stdin_name, &everything(None, settled), sources)
}

/// The same of the folder one stands in, so many folders deep.
pub(super) fn load_folder(depth: Option<usize>, settled: &Found, sources: &mut SourceMap) -> Result<Loaded, Failure> {
    load_from(&[], "", &everything(depth, settled), sources)
}

const fn everything(depth: Option<usize>, settled: &Found) -> Walk<'_> {
    let passed_over = PassedOver::AsRepositoriesDo;
    Walk { wanted: |_| true, others: Others::TakenDown, passed_over, depth, settled: Some(settled) }
}

/// Loads the policies that are to judge. One that is left out would let pass what it forbids, so none is.
pub(super) fn load_policies(paths: &[PathBuf], sources: &mut SourceMap) -> Result<Loaded, Failure> {
    let how = Walk {
        wanted: is_policy,
        others: Others::Refused,
        passed_over: PassedOver::Nothing,
        depth: None,
        settled: None,
    };
    let mut loaded = load_from(paths, "stdin.policy", &how, sources)?;
    // Links are followed: one file that is reached by two ways is one policy, not two of one name.
    let mut known = HashSet::new();
    loaded.inputs.retain(|input| known.insert(real(Path::new(sources.path(input.file)))));
    Ok(loaded)
}

/// Whether anything stands there, be it a link that leads nowhere: that is said when it is read.
pub(super) fn is_there(path: &Path) -> bool {
    path.exists() || path.is_symlink()
}

/// Where a file really stands.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

pub(super) fn is_policy(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".policy")
}

fn load_from(paths: &[PathBuf], stdin_name: &str, how: &Walk<'_>, sources: &mut SourceMap) -> Result<Loaded, Failure> {
    let mut loaded = Loaded::beside(sources);
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { here.as_slice() } else { paths } {
        if path.as_os_str() == STANDARD_INPUT {
            add_standard_input(stdin_name, how.others, sources, &mut loaded)?;
        } else if path.is_dir() {
            loaded.others.searched = true;
            let (others, unreadable) = (loaded.others.paths.len(), loaded.unreadable.len());
            let is_read = walk(path, how, sources, &mut loaded) || loaded.unreadable.len() > unreadable;
            if !is_read && !paths.is_empty() {
                let files = loaded.others.paths.iter().skip(others).cloned().collect();
                loaded.others.folders.push(Folder { path: shown(path), files });
            }
        } else if is_there(path) {
            let text = |look| stays_in(path).and_then(|()| read_as(path, look));
            add_named(&shown(path), text, how.others, sources, &mut loaded)?;
        } else {
            return Err(Failure::new(format!("there is no file `{}`", path.display()))
                .help("check the path; paths are seen from the folder you stand in"));
        }
    }
    loaded.others.paths.sort();
    loaded.others.paths.dedup();
    Ok(loaded)
}

fn read_as(path: &Path, look: Look) -> Result<String, String> {
    match look {
        Look::Whole => read_text(path),
        Look::Beginning => read_beginning(path),
    }
}

/// A file that the user named.
fn add_named(
    name: &str,
    text: impl FnOnce(Look) -> Result<String, String>,
    others: Others,
    sources: &mut SourceMap,
    loaded: &mut Loaded,
) -> Result<(), Failure> {
    match (Language::of(name), others) {
        (Some(language), _) => add(name.to_owned(), language, text(Look::Whole), sources, loaded),
        (None, Others::Refused) => return Err(unknown_language(name)),
        (None, Others::TakenDown) => {
            // What cannot be read is said by whoever judges it.
            let text = may_be_misnamed(name).and_then(|look| text(look).ok());
            add_other(name, text.as_deref(), sources, loaded);
        }
    }
    Ok(())
}

/// A file that the user named and that is called neither plan nor policy. One who names one of these wants it judged as such.
fn add_other(name: &str, text: Option<&str>, sources: &mut SourceMap, loaded: &mut Loaded) {
    loaded.unreadable.extend(text.and_then(|text| misnamed(name, text, sources)));
    loaded.others.paths.push(name.to_owned());
    loaded.others.named.push(name.to_owned());
}

/// What comes in on standard input can be read once.
fn add_standard_input(name: &str, others: Others, sources: &mut SourceMap, loaded: &mut Loaded) -> Result<(), Failure> {
    if loaded.known.contains_key(name) {
        let message = format!("standard input is called `{name}`, and that was read already");
        return Err(Failure::new(message).help("name standard input once, or give it another name with `--stdin-name`"));
    }
    if Language::of(name).is_none() && others == Others::TakenDown {
        match read_standard_input() {
            Ok(text) => {
                let file = sources.add(name, text.as_str());
                loaded.known.insert(name.to_owned(), file);
                add_other(name, Some(&text), sources, loaded);
            }
            Err(problem) => loaded.unreadable(name, &problem, sources),
        }
        return Ok(());
    }
    add_named(name, |_| read_standard_input(), others, sources, loaded)
}

fn add(path: String, language: Language, text: Result<String, String>, sources: &mut SourceMap, loaded: &mut Loaded) {
    let text = match text {
        Ok(text) => text,
        Err(problem) => return loaded.unreadable(&path, &problem, sources),
    };
    if let Some(file) = loaded.known.get(&path).copied() {
        // A file that was named twice, or as a policy too, is one file.
        if loaded.inputs.iter().all(|input| input.file != file) {
            loaded.inputs.push(Input { file, language });
        }
        return;
    }
    let file = sources.add(path.as_str(), text);
    loaded.known.insert(path, file);
    loaded.inputs.push(Input { file, language });
}

impl Loaded {
    /// Nothing yet, beside what was loaded before.
    pub(super) fn beside(sources: &SourceMap) -> Self {
        let known = sources.files().map(|(file, source)| (source.path().to_owned(), file)).collect();
        Self { known, ..Self::default() }
    }

    fn unreadable(&mut self, path: &str, problem: &str, sources: &mut SourceMap) {
        self.unreadable.push(unreadable(path, problem, sources));
    }
}

/// That a file cannot be read, said where it stands.
pub(super) fn unreadable(path: &str, problem: &str, sources: &mut SourceMap) -> Diagnostic {
    let file = sources.add(path, "");
    document::unreadable(file, path, problem)
}

fn unknown_language(name: &str) -> Failure {
    Failure::new(format!("`{name}` is neither plan nor policy"))
        .help("plans end in `.plan`, `.plan.yaml`, `.plan.json` or `.plan.md`, policies in `.policy`")
}

fn walker(folder: &Path, how: &Walk<'_>) -> WalkBuilder {
    let mut walker = WalkBuilder::new(folder);
    walker
        // Workflows and environments live in hidden folders and files; what is ignored is asked below.
        .standard_filters(false)
        .follow_links(how.passed_over == PassedOver::Nothing)
        .max_depth(how.depth)
        .sort_by_file_path(Path::cmp);
    let ignored = (how.passed_over == PassedOver::AsRepositoriesDo).then(|| Ignored::below(folder));
    let left_out = how.settled.and_then(Found::left_out);
    // A folder that is left out is not entered: what cannot be read in it was left out on purpose, too.
    walker.filter_entry(move |entry| {
        let is_folder = || entry.file_type().is_some_and(|kind| kind.is_dir());
        let is_ignored = |ignored: &Ignored| is_store(entry.file_name()) || ignored.holds(entry.path(), is_folder());
        let is_left_out = || left_out.as_ref().is_some_and(|left_out| left_out.holds(entry.path()));
        entry.depth() == 0 || !(ignored.as_ref().is_some_and(is_ignored) || is_left_out())
    });
    walker
}

/// Adds the files of a folder that Stopline reads, in order of their paths. What is a plan by its name and cannot be read
/// is said, and so is a folder that cannot be entered. Whether there was any plan or policy.
pub(super) fn walk(folder: &Path, how: &Walk<'_>, sources: &mut SourceMap, loaded: &mut Loaded) -> bool {
    let mut is_read = false;
    for entry in walker(folder, how).build() {
        let entry = match entry {
            Ok(entry) => entry,
            // What a link leads back to is walked already.
            Err(problem) if leads_round(&problem) => continue,
            Err(problem) => {
                let (path, problem) = unwalked(folder, &problem);
                loaded.unreadable(&shown(path), &problem, sources);
                continue;
            }
        };
        let is_folder =
            entry.file_type().is_none_or(|kind| kind.is_dir() || kind.is_symlink() && entry.path().is_dir());
        let name = shown(entry.path());
        // A pipe or a device is taken up like a file: whoever asks for its text is told that it is none.
        if is_folder || !(how.wanted)(&name) {
            continue;
        }
        match Language::of(&name) {
            Some(language) => {
                let stays = how.passed_over == PassedOver::Nothing || !entry.path_is_symlink();
                let stays = if stays { Ok(()) } else { stays_in(entry.path()) };
                add(name, language, stays.and_then(|()| read_text(entry.path())), sources, loaded);
                is_read = true;
            }
            None if how.others == Others::TakenDown => loaded.others.paths.push(name),
            None => {}
        }
    }
    is_read
}

/// Which folder could not be walked, and why.
pub(super) fn unwalked<'a>(folder: &'a Path, problem: &'a ignore::Error) -> (&'a Path, String) {
    match problem {
        ignore::Error::WithPath { path, err } => unwalked(path, err),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => unwalked(folder, err),
        ignore::Error::Io(why) => (folder, at_last(why)),
        ignore::Error::Partial(_)
        | ignore::Error::Loop { .. }
        | ignore::Error::Glob { .. }
        | ignore::Error::UnrecognizedFileType(_)
        | ignore::Error::InvalidDefinition => (folder, problem.to_string()),
    }
}

/// What stands behind all that names the path, which is said already.
fn at_last(why: &std::io::Error) -> String {
    let mut why: &dyn std::error::Error = why;
    while let Some(behind) = why.source() {
        why = behind;
    }
    why.to_string()
}

fn leads_round(problem: &ignore::Error) -> bool {
    match problem {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithPath { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => leads_round(err),
        ignore::Error::Partial(_)
        | ignore::Error::Io(_)
        | ignore::Error::Glob { .. }
        | ignore::Error::UnrecognizedFileType(_)
        | ignore::Error::InvalidDefinition => false,
    }
}

/// Where version control keeps what it knows.
pub(super) fn is_store(name: &OsStr) -> bool {
    [".git", ".hg", ".jj", ".svn"].iter().any(|store| name == *store)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_walked_is_said_by_its_name_and_why() {
        let root = tempfile::tempdir().unwrap();
        let gone = root.path().join("gone");
        let problem = WalkBuilder::new(&gone).build().next().unwrap().unwrap_err();
        let (path, why) = unwalked(root.path(), &problem);
        assert_eq!((path, why.as_str()), (gone.as_path(), "No such file or directory (os error 2)"));
    }
}
