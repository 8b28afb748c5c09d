//! Finding and loading the files a command names.

#![expect(clippy::disallowed_methods, reason = "the command line is where folders are walked")]

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::disk::{read_standard_input, read_text, shown};
use super::status::Failure;
use crate::diagnostic::Diagnostic;
use crate::document::UNREADABLE;
use crate::session::{Input, Language};
use crate::source::{Place, SourceMap, Span};

/// The files of a run, those that could be read and what is to be said of the others.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) inputs: Vec<Input>,
    pub(super) unreadable: Vec<Diagnostic>,
}

/// What standard input is called in paths.
const STANDARD_INPUT: &str = "-";

/// Which files of a folder are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PassedOver {
    /// What is hidden or ignored: a repository is walked for what belongs to it.
    AsRepositoriesDo,
    /// A folder of policies is a folder of policies, however it came to be there.
    Nothing,
}

/// Loads what `paths` name: files as they are, folders with everything Stopline reads in them.
pub(super) fn load(
    paths: &[PathBuf],
    stdin_name: &str,
    wanted: fn(&str) -> bool,
    sources: &mut SourceMap,
) -> Result<Loaded, Failure> {
    load_from(paths, stdin_name, wanted, PassedOver::AsRepositoriesDo, sources)
}

/// Loads the policies that are to judge. One that is left out would let pass what it forbids, so none is.
pub(super) fn load_policies(paths: &[PathBuf], sources: &mut SourceMap) -> Result<Loaded, Failure> {
    let mut loaded = load_from(paths, "stdin.policy", is_policy, PassedOver::Nothing, sources)?;
    // Links are followed: one file that is reached by two ways is one policy, not two of one name.
    let mut known = HashSet::new();
    loaded.inputs.retain(|input| known.insert(real(Path::new(sources.path(input.file)))));
    Ok(loaded)
}

/// Where a file really stands.
pub(super) fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

pub(super) fn is_policy(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".policy")
}

fn load_from(
    paths: &[PathBuf],
    stdin_name: &str,
    wanted: fn(&str) -> bool,
    passed_over: PassedOver,
    sources: &mut SourceMap,
) -> Result<Loaded, Failure> {
    let mut loaded = Loaded::default();
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { here.as_slice() } else { paths } {
        if path.as_os_str() == STANDARD_INPUT {
            if sources.files().any(|(_, known)| known.path() == stdin_name) {
                let message = format!("standard input is called `{stdin_name}`, and that was read already");
                return Err(
                    Failure::new(message).help("name standard input once, or give it another name with `--stdin-name`")
                );
            }
            add(stdin_name.to_owned(), language_of(stdin_name)?, read_standard_input(), sources, &mut loaded);
        } else if path.is_dir() {
            walk(path, &walker(path, passed_over), wanted, sources, &mut loaded);
        } else if path.exists() || path.is_symlink() {
            let name = shown(path);
            add(name.clone(), language_of(&name)?, read_text(path), sources, &mut loaded);
        } else {
            return Err(Failure::new(format!("there is no file `{}`", path.display()))
                .help("check the path; paths are seen from the folder you stand in"));
        }
    }
    Ok(loaded)
}

fn add(path: String, language: Language, text: Result<String, String>, sources: &mut SourceMap, loaded: &mut Loaded) {
    let text = match text {
        Ok(text) => text,
        Err(problem) => return loaded.unreadable(path, &problem, sources),
    };
    if let Some((file, _)) = sources.files().find(|(_, known)| known.path() == path) {
        // A file that was named twice, or as a policy too, is one file.
        if loaded.inputs.iter().all(|input| input.file != file) {
            loaded.inputs.push(Input { file, language });
        }
        return;
    }
    let file = sources.add(path, text);
    loaded.inputs.push(Input { file, language });
}

impl Loaded {
    fn unreadable(&mut self, path: String, problem: &str, sources: &mut SourceMap) {
        let message = format!("`{path}` cannot be read: {problem}");
        let file = sources.add(path, "");
        self.unreadable.push(Diagnostic::new(&UNREADABLE, Place::new(file, Span::default()), message));
    }
}

fn language_of(name: &str) -> Result<Language, Failure> {
    Language::of(name).ok_or_else(|| {
        Failure::new(format!("nobody knows how to read `{name}`"))
            .help("plans end in `.plan`, `.plan.yaml` or `.plan.json`, policies in `.policy`")
    })
}

/// How folders are walked.
pub(super) fn walker(folder: &Path, passed_over: PassedOver) -> WalkBuilder {
    let mut walker = WalkBuilder::new(folder);
    walker
        .standard_filters(passed_over == PassedOver::AsRepositoriesDo)
        .require_git(false)
        .follow_links(passed_over == PassedOver::Nothing)
        .sort_by_file_path(Path::cmp);
    walker
}

/// Adds the files of a folder that Stopline reads, in order of their paths. What is a plan by its name and cannot be read
/// is said, and so is a folder that cannot be entered.
pub(super) fn walk(
    folder: &Path,
    walker: &WalkBuilder,
    wanted: fn(&str) -> bool,
    sources: &mut SourceMap,
    loaded: &mut Loaded,
) {
    for entry in walker.build() {
        let entry = match entry {
            Ok(entry) => entry,
            // What a link leads back to is walked already.
            Err(problem) if leads_round(&problem) => continue,
            Err(problem) => {
                loaded.unreadable(shown(folder), &problem.to_string(), sources);
                continue;
            }
        };
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file() || kind.is_symlink());
        let name = shown(entry.path());
        if !is_file || !wanted(&name) {
            continue;
        }
        match Language::of(&name) {
            Some(language) => add(name, language, read_text(entry.path()), sources, loaded),
            None if name.to_ascii_lowercase().ends_with(".plan.md") => {
                loaded.unreadable(name, "this version reads no plans in Markdown", sources);
            }
            None => {}
        }
    }
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
