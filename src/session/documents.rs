//! The files that rules speak of: found by name, read once, searched for subjects once for each kind.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use globset::{Candidate, GlobSet, GlobSetBuilder};

use super::input::Comment;
use super::surroundings::{Nothing, Surroundings};
use super::waive::glob;
use crate::diagnostic::Diagnostic;
use crate::document::UNREADABLE;
use crate::model::policy::{DocumentKind, Rule, SubjectKind};
use crate::source::{FileId, Place, SourceFile, SourceMap, Span};
use crate::subject::{self, Found, Neighbour, Neighbours, Nginx, SourceText};

/// Files that are neither plan nor policy, by their paths as reports show them.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Each path once, in order.
    pub paths: Vec<String>,
    /// Whether folders were searched, so that a file nobody found is not there.
    pub searched: bool,
    /// Whether each was named by the user, who expects that something is said about it.
    pub named: Vec<String>,
}

/// The same kind in the same files is searched for once.
type Search = (DocumentKind, Vec<Arc<str>>);

/// The documents of a run, as far as rules have asked for them.
#[derive(Debug)]
pub(super) struct Documents<'a> {
    candidates: &'a Candidates,
    surroundings: &'a dyn Surroundings,
    /// What is known of the nginx that reads the files.
    nginx: Nginx,
    /// Every text of the run by its path.
    known: HashMap<String, FileId>,
    /// What rules looked at.
    read: HashMap<String, Option<FileId>>,
    found: HashMap<Search, Rc<Found>>,
    /// What was wrong with the files themselves, each said once.
    pub(super) findings: Vec<Diagnostic>,
    /// Each once, by its file and place: several kinds of subjects may stand in one file.
    comments: BTreeMap<(FileId, u32, u32), Comment>,
}

/// What there is for a rule to judge.
#[derive(Debug)]
pub(super) enum Judged {
    /// No file of the run is one the rule speaks of.
    NoFile,
    Subjects(Rc<Found>),
}

impl<'a> Documents<'a> {
    pub(super) fn new(
        candidates: &'a Candidates,
        surroundings: &'a dyn Surroundings,
        nginx: Nginx,
        sources: &SourceMap,
    ) -> Self {
        Self {
            nginx,
            candidates,
            surroundings,
            known: sources.files().map(|(file, source)| (source.path().to_owned(), file)).collect(),
            read: HashMap::new(),
            found: HashMap::new(),
            findings: Vec::new(),
            comments: BTreeMap::new(),
        }
    }

    /// Every subject a rule speaks of.
    pub(super) fn subjects(&mut self, rule: &Rule, kind: DocumentKind, sources: &mut SourceMap) -> Judged {
        let key = (kind, rule.subject.globs.iter().map(|glob| Arc::clone(&glob.value)).collect::<Vec<_>>());
        if let Some(found) = self.found.get(&key) {
            return Judged::Subjects(Rc::clone(found));
        }
        let files = self.files(rule, kind, sources);
        if files.is_empty() {
            return Judged::NoFile;
        }
        let found = self.search(kind, &files, sources);
        self.found.insert(key, Rc::clone(&found));
        Judged::Subjects(found)
    }

    /// Whether folders were searched, so that what was not found is not there.
    pub(super) fn searched(&self) -> bool {
        self.candidates.searched
    }

    pub(super) fn surroundings(&self) -> &'a dyn Surroundings {
        self.surroundings
    }

    /// The files that were named and that no rule looked at.
    pub(super) fn unseen(&self) -> impl Iterator<Item = &str> {
        let read = &self.read;
        self.candidates.named.iter().map(String::as_str).filter(move |path| !read.contains_key(*path))
    }

    /// How many files rules looked at.
    pub(super) fn seen(&self) -> usize {
        self.read.len()
    }

    /// The comments of each file that was looked at, in the order of the files.
    pub(super) fn comments(&self) -> BTreeMap<FileId, Vec<Comment>> {
        let mut by_file: BTreeMap<FileId, Vec<Comment>> = BTreeMap::new();
        for ((file, ..), comment) in &self.comments {
            by_file.entry(*file).or_default().push(*comment);
        }
        by_file
    }

    fn files(&mut self, rule: &Rule, kind: DocumentKind, sources: &mut SourceMap) -> Vec<FileId> {
        // A pattern takes longer to get ready than to ask: without files nobody needs one.
        if self.candidates.paths.is_empty() {
            return Vec::new();
        }
        let wanted = Self::wanted(rule, kind);
        let candidates = self.candidates;
        let paths = candidates.paths.iter().filter(|path| wanted.is_match_candidate(&Candidate::new(path.as_str())));
        paths.filter_map(|path| self.load(path, sources)).collect()
    }

    fn wanted(rule: &Rule, kind: DocumentKind) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        // Patterns that cannot be read were said when the policy was resolved.
        for matcher in subject::paths(kind, &rule.subject.globs).into_iter().filter_map(|pattern| glob(pattern).ok()) {
            set.add(matcher.glob().clone());
        }
        set.build().unwrap_or_default()
    }

    /// The file at `path`; None after saying why it cannot be read.
    fn load(&mut self, path: &str, sources: &mut SourceMap) -> Option<FileId> {
        if let Some(known) = self.read.get(path) {
            return *known;
        }
        let file = self.known.get(path).copied().or_else(|| match self.surroundings.read("", path) {
            Ok((_, text)) => Some(sources.add(path, text)),
            Err(problem) => {
                let file = sources.add(path, "");
                let message = format!("`{path}` cannot be read: {problem}");
                self.say(Diagnostic::new(&UNREADABLE, Place::new(file, Span::default()), message));
                None
            }
        });
        self.known.extend(file.map(|file| (path.to_owned(), file)));
        self.read.insert(path.to_owned(), file);
        file
    }

    fn search(&mut self, kind: DocumentKind, files: &[FileId], sources: &mut SourceMap) -> Rc<Found> {
        let mut around =
            Around { surroundings: self.surroundings, nginx: &self.nginx, known: &mut self.known, sources };
        let found = search(kind, files, &mut around);
        for diagnostic in &found.diagnostics {
            self.say(diagnostic.clone());
        }
        for (file, comment) in &found.comments {
            let comment = Comment { span: comment.span, own_line: comment.own_line };
            self.comments.insert((*file, comment.span.start, comment.span.end), comment);
        }
        Rc::new(found)
    }

    fn say(&mut self, finding: Diagnostic) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

/// The subjects of one kind in `files`.
fn search(kind: DocumentKind, files: &[FileId], around: &mut Around<'_>) -> Found {
    let texts: Vec<(FileId, String, Arc<str>)> = files
        .iter()
        .filter_map(|file| {
            around.sources.get(*file).map(|source| (*file, source.path().to_owned(), source.shared_text()))
        })
        .collect();
    let texts: Vec<SourceText<'_>> =
        texts.iter().map(|(file, path, text)| SourceText { file: *file, path, text: Arc::clone(text) }).collect();
    subject::find(kind, &texts, around)
}

/// The same for the files of a test, which have no neighbours.
pub(super) fn search_given(kind: DocumentKind, files: &[FileId], sources: &mut SourceMap) -> Found {
    search(
        kind,
        files,
        &mut Around { surroundings: &Nothing, nginx: &Nginx::default(), known: &mut HashMap::new(), sources },
    )
}

/// Whether a rule speaks of files called like this.
pub(super) fn speaks_of(rule: &Rule, path: &str) -> bool {
    let SubjectKind::Document(kind) = rule.subject.kind else { return false };
    let patterns = subject::paths(kind, &rule.subject.globs);
    patterns.into_iter().any(|pattern| glob(pattern).is_ok_and(|matcher| matcher.is_match(path)))
}

/// What files name, read through the surroundings of the run.
#[derive(Debug)]
struct Around<'a> {
    surroundings: &'a dyn Surroundings,
    nginx: &'a Nginx,
    known: &'a mut HashMap<String, FileId>,
    sources: &'a mut SourceMap,
}

impl Neighbours for Around<'_> {
    fn nginx(&self) -> Nginx {
        self.nginx.clone()
    }

    fn matching(&mut self, beside: &str, pattern: &str) -> Vec<Neighbour> {
        let paths = self.surroundings.matching(beside, pattern);
        paths.into_iter().map(|path| self.neighbour(path)).collect()
    }
}

impl Around<'_> {
    fn neighbour(&mut self, path: String) -> Neighbour {
        let known = self.known.get(&path).copied();
        let file = known.map_or_else(
            || self.surroundings.read("", &path).map(|(_, text)| self.sources.add(path.as_str(), text)),
            Ok,
        );
        self.known.extend(file.as_ref().ok().map(|file| (path.clone(), *file)));
        let text =
            file.map(|file| (file, self.sources.get(file).map_or_else(|| Arc::from(""), SourceFile::shared_text)));
        Neighbour { path, text }
    }
}
