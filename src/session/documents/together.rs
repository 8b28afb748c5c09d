//! Subjects that are made of several files, such as servers of nginx: all their files are read, and stay.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::search::{Found, Search};
use super::{Bench, Looked, apart, judge_subjects, unreadable};
use crate::model::policy::DocumentKind;
use crate::session::asked::Asked;
use crate::session::surroundings::Surroundings;
use crate::source::{FileId, SourceFile, SourceMap};
use crate::subject::{self, Neighbour, Neighbours, Nginx, Scripts, SourceText};
use crate::syntax::Comment;

/// The files of a run that are held in memory.
#[derive(Debug)]
pub(super) struct Together<'a> {
    bench: &'a Bench<'a>,
    sources: &'a mut SourceMap,
    /// Every text of the run by its path.
    known: HashMap<String, FileId>,
    unreadable: HashSet<String>,
    scripts: Scripts,
}

impl<'a> Together<'a> {
    pub(super) fn new(bench: &'a Bench<'a>, sources: &'a mut SourceMap) -> Self {
        let known = sources.files().map(|(file, source)| (source.path().to_owned(), file)).collect();
        Self { bench, sources, known, unreadable: HashSet::new(), scripts: Scripts::default() }
    }

    /// Judges the rules of a search over its files.
    pub(super) fn judge<'p>(
        &mut self,
        search: &Search<'_>,
        paths: impl Iterator<Item = &'p str>,
        asked: &mut Asked,
        looked: &mut Looked,
    ) {
        let files: Vec<FileId> = paths.filter_map(|path| self.load(path, looked)).collect();
        let Bench { surroundings, nginx, now, .. } = *self.bench;
        let scripts = &self.scripts;
        let mut around = Around { surroundings, nginx, scripts, known: &mut self.known, sources: self.sources };
        let found = find(search.kind, &files, &mut around);
        for (applied, rule) in &search.rules {
            let judgement = judge_subjects(rule, &found.subjects, applied, now, surroundings, self.sources);
            asked.rule(rule, &judgement);
            looked.findings.extend(judgement.into_findings());
        }
        looked.findings.extend(found.diagnostics);
        for (file, comment) in found.comments {
            let comment = Comment { span: comment.span, own_line: comment.own_line };
            looked.comments.entry(file).or_default().push(comment);
        }
    }

    /// The files that are left to be judged one by one, each with its searches.
    pub(super) fn rest<'p>(self, searches: &[Search<'_>], found: Vec<Found<'p>>) -> Vec<apart::Sheet<'p>> {
        let Self { sources, known, unreadable, .. } = self;
        let is_apart = |index: &usize| searches.get(*index).is_some_and(|search| !search.is_of_several_files());
        let mut sheets = Vec::new();
        for Found { path, mut by } in found {
            by.retain(is_apart);
            if !by.is_empty() && !unreadable.contains(path) {
                let file = known.get(path).copied().unwrap_or_else(|| sources.announce(path));
                sheets.push(apart::Sheet { file, path, by });
            }
        }
        sheets
    }

    /// The file at `path`; None after saying why it cannot be read.
    fn load(&mut self, path: &str, looked: &mut Looked) -> Option<FileId> {
        if self.unreadable.contains(path) {
            return None;
        }
        if let Some(known) = self.known.get(path) {
            return Some(*known);
        }
        match self.bench.surroundings.read("", path) {
            Ok((_, text)) => {
                let file = self.sources.add(path, text);
                self.known.insert(path.to_owned(), file);
                Some(file)
            }
            Err(problem) => {
                let file = self.sources.add(path, "");
                looked.findings.push(unreadable(file, path, &problem));
                self.unreadable.insert(path.to_owned());
                None
            }
        }
    }
}

/// Every subject of one kind in files that are held, and in what they name.
pub(super) fn find(kind: DocumentKind, files: &[FileId], around: &mut Around<'_>) -> subject::Found {
    let held = files.iter().filter_map(|file| around.sources.get(*file).map(|source| (*file, source)));
    let texts: Vec<(FileId, String, Arc<str>)> =
        held.map(|(file, source)| (file, source.path().to_owned(), source.shared_text())).collect();
    let texts: Vec<SourceText<'_>> = texts
        .iter()
        .map(|(file, path, text)| SourceText::new(*file, path, Arc::clone(text)).sharing(around.scripts))
        .collect();
    subject::find(kind, &texts, around)
}

/// What files name, read through the surroundings of the run.
#[derive(Debug)]
pub(super) struct Around<'a> {
    pub(super) surroundings: &'a dyn Surroundings,
    pub(super) nginx: &'a Nginx,
    pub(super) scripts: &'a Scripts,
    pub(super) known: &'a mut HashMap<String, FileId>,
    pub(super) sources: &'a mut SourceMap,
}

impl Neighbours for Around<'_> {
    fn nginx(&self) -> Nginx {
        self.nginx.clone()
    }

    fn matching(&mut self, beside: &str, pattern: &str, by: Option<&str>) -> Vec<Neighbour> {
        let paths = self.surroundings.matching(beside, pattern);
        paths.into_iter().map(|path| self.neighbour(path, by)).collect()
    }
}

impl Around<'_> {
    fn neighbour(&mut self, path: String, by: Option<&str>) -> Neighbour {
        let known = self.known.get(&path).copied();
        let file = known.map_or_else(
            || {
                by.map_or(Ok(()), |by| self.surroundings.reaches(by, &path))?;
                self.surroundings.read("", &path).map(|(_, text)| self.sources.add(path.as_str(), text))
            },
            Ok,
        );
        self.known.extend(file.as_ref().ok().map(|file| (path.clone(), *file)));
        let text =
            file.map(|file| (file, self.sources.get(file).map_or_else(|| Arc::from(""), SourceFile::shared_text)));
        Neighbour { path, text }
    }
}
