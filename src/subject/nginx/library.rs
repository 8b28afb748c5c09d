//! Every nginx file of a run, read once, and which files each `include` means.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use super::word::{self, Defined};
use super::{Nginx, include, recognise};
use crate::diagnostic::Diagnostic;
use crate::document::nginx::{Directive, parse};
use crate::document::{Comment, EMPTY};
use crate::source::{FileId, Place, Span};
use crate::subject::{Neighbours, SourceText};

#[derive(Debug, Default)]
pub(super) struct Library {
    pub(super) files: Vec<Loaded>,
    pub(super) defined: Defined,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) comments: Vec<(FileId, Comment)>,
    /// What may be loaded: by its path, its place in the search, and in `files` once it is there.
    known: BTreeMap<String, Known>,
    /// What was looked for before.
    matched: HashMap<String, Result<Vec<usize>, String>>,
}

#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) file: FileId,
    pub(super) path: String,
    /// Nothing where it has mistakes.
    pub(super) directives: Vec<Directive>,
    pub(super) is_sound: bool,
    /// What each `include` in it means, by where that begins.
    pub(super) includes: HashMap<u32, Included>,
}

/// What an `include` means.
#[derive(Debug)]
pub(super) enum Included {
    /// These, of `Library::files`, in the order of nginx.
    Files(Vec<usize>),
    /// Nothing that could be read, for this reason.
    Unseen(Arc<str>),
}

#[derive(Debug)]
enum Known {
    Asked(FileId, Arc<str>),
    Loaded(usize),
}

impl Library {
    pub(super) fn read(asked: &[SourceText<'_>], nginx: &Nginx, neighbours: &mut dyn Neighbours) -> Self {
        let mut library = Self::default();
        for source in asked {
            library.known.insert(source.path.to_owned(), Known::Asked(source.file, Arc::clone(&source.text)));
        }
        for source in asked.iter().filter(|source| recognise::is_nginx(source)) {
            library.load_known(source.path);
        }
        let main = |loaded: &Loaded| loaded.directives.iter().any(is_main);
        let mut roots: Vec<String> = library
            .files
            .iter()
            .filter(|loaded| main(loaded))
            .map(|loaded| include::folder(&loaded.path).to_owned())
            .collect();
        roots.extend(nginx.root.clone());
        let root_of = |path: &str| nginx.root.clone().unwrap_or_else(|| include::guessed_root(path, &roots));
        let (first, then): (Vec<usize>, Vec<usize>) =
            (0..library.files.len()).partition(|index| library.files.get(*index).is_some_and(main));
        let mut waiting: VecDeque<(usize, String)> = first
            .into_iter()
            .chain(then)
            .filter_map(|index| library.files.get(index).map(|loaded| (index, root_of(&loaded.path))))
            .collect();
        while let Some((index, root)) = waiting.pop_front() {
            let before = library.files.len();
            library.resolve(index, &root, nginx.root.is_some(), neighbours);
            waiting.extend((before..library.files.len()).map(|index| (index, root.clone())));
        }
        let mut defined = Defined::new();
        for loaded in &library.files {
            word::defined(&loaded.directives, &mut defined);
        }
        library.defined = defined;
        library
    }

    /// Looks up every `include` of a file.
    fn resolve(&mut self, index: usize, root: &str, is_known_root: bool, neighbours: &mut dyn Neighbours) {
        let Some(loaded) = self.files.get(index) else { return };
        let path = loaded.path.clone();
        let mut patterns = Vec::new();
        includes(&loaded.directives, &mut patterns);
        let mut found = HashMap::new();
        for (at, pattern) in patterns {
            let candidates = include::candidates(&pattern, &path, root, is_known_root);
            let files = candidates.iter().map(|candidate| self.matching(candidate, &path, neighbours));
            let files = files.into_iter().find(|files| !matches!(files, Ok(files) if files.is_empty()));
            let included = match files {
                Some(Ok(files)) => Included::Files(files),
                Some(Err(problem)) => Included::Unseen(format!("`include {pattern}` cannot be read: {problem}").into()),
                None if include::is_glob(&pattern) && is_known_root => Included::Files(Vec::new()),
                None => Included::Unseen(format!("`include {pattern}` is outside this run").into()),
            };
            found.insert(at, included);
        }
        if let Some(loaded) = self.files.get_mut(index) {
            loaded.includes = found;
        }
    }

    fn matching(&mut self, pattern: &str, by: &str, neighbours: &mut dyn Neighbours) -> Result<Vec<usize>, String> {
        if let Some(known) = self.matched.get(pattern) {
            return known.clone();
        }
        let found = self.search(pattern, by, neighbours);
        self.matched.insert(pattern.to_owned(), found.clone());
        found
    }

    /// The files of a path or glob, loaded.
    fn search(&mut self, pattern: &str, by: &str, neighbours: &mut dyn Neighbours) -> Result<Vec<usize>, String> {
        let by = Some(by).filter(|by| !include::is_installed(by));
        for neighbour in neighbours.matching("", pattern, by) {
            if let Entry::Vacant(vacant) = self.known.entry(neighbour.path) {
                let (file, text) = neighbour.text?;
                vacant.insert(Known::Asked(file, text));
            }
        }
        let paths: Vec<String> = if include::is_glob(pattern) {
            let fixed = pattern.split(['*', '?', '[']).next().unwrap_or_default().to_owned();
            let near = self.known.range(fixed.clone()..).take_while(|(path, _)| path.starts_with(&fixed));
            near.filter(|(path, _)| include::matches(pattern, path)).map(|(path, _)| path.clone()).collect()
        } else {
            vec![pattern.to_owned()]
        };
        Ok(paths.iter().filter_map(|path| self.load_known(path)).collect())
    }

    fn load_known(&mut self, path: &str) -> Option<usize> {
        let (file, text) = match self.known.get(path)? {
            Known::Loaded(index) => return Some(*index),
            Known::Asked(file, text) => (*file, Arc::clone(text)),
        };
        let index = self.files.len();
        self.known.insert(path.to_owned(), Known::Loaded(index));
        let mut parsed = parse(file, &text);
        if text.is_empty() {
            let empty = Diagnostic::new(&EMPTY, Place::new(file, Span::at(0)), "this file says nothing");
            parsed.diagnostics.push(empty.help("fill it, or leave it out"));
        }
        let is_sound = parsed.diagnostics.is_empty();
        self.diagnostics.extend(parsed.diagnostics);
        self.comments.extend(parsed.comments.into_iter().map(|comment| (file, comment)));
        let directives = if is_sound { parsed.directives } else { Vec::new() };
        self.files.push(Loaded { file, path: path.to_owned(), directives, is_sound, includes: HashMap::new() });
        Some(index)
    }
}

/// Whether a directive stands in the main file of a configuration, and nowhere else.
pub(super) fn is_main(directive: &Directive) -> bool {
    matches!(&*directive.name.text, "events" | "http" | "mail" | "stream")
}

/// Every `include` of a file: where it begins, and what it says.
fn includes(directives: &[Directive], found: &mut Vec<(u32, String)>) {
    for directive in directives {
        if let (true, Some(pattern)) = (directive.is("include"), directive.arguments.first()) {
            found.push((directive.span.start, pattern.text.to_string()));
        }
        includes(directive.block(), found);
    }
}
