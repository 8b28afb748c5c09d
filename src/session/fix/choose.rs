//! Which fixes are made in one round: none that touches what another one touches, or what is secret.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::{Known, Wish};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::document::secret::{Secret, find};
use crate::session::Report;
use crate::source::{FileId, SourceFile, SourceMap, Span};

/// A finding and what mends it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pick<'a> {
    pub(super) finding: &'a Diagnostic,
    fix: &'a Fix,
}

/// The fixes of one file.
#[derive(Debug)]
pub(super) struct Chosen<'a> {
    pub(super) path: String,
    file: FileId,
    pub(super) fixes: Vec<Pick<'a>>,
    /// From where to where their edits reach; none touches another.
    taken: BTreeMap<u32, u32>,
}

impl Pick<'_> {
    pub(super) fn known(&self, path: &str) -> Known {
        (path.to_owned(), self.finding.rule.to_string(), self.fix.title.clone())
    }
}

impl Chosen<'_> {
    fn is_taken(&self, place: Span) -> bool {
        self.taken.range(..=place.end).next_back().is_some_and(|(_, end)| *end >= place.start)
    }

    /// In the order of the text.
    pub(super) fn edits(&self) -> Vec<&Edit> {
        let mut edits: Vec<&Edit> = self.fixes.iter().flat_map(|pick| &pick.fix.edits).collect();
        edits.sort_by_key(|edit| edit.place.span);
        edits
    }

    pub(super) fn old_text(&self, sources: &SourceMap) -> Arc<str> {
        sources.get(self.file).map_or_else(|| Arc::from(""), SourceFile::shared_text)
    }

    /// The whole text, with the edits made.
    pub(super) fn text(&self, sources: &SourceMap) -> Arc<str> {
        let old = sources.text(self.file);
        let mut text = String::with_capacity(old.len() + 64);
        let mut done = 0;
        for edit in self.edits() {
            text.push_str(Span::new(done, edit.place.span.start).text(old));
            text.push_str(&edit.text);
            done = edit.place.span.end;
        }
        text.push_str(old.get(done as usize..).unwrap_or_default());
        text.into()
    }
}

/// How many findings have a fix that is made when asked for: the safe ones, and the others.
pub fn count<'f>(findings: impl Iterator<Item = &'f Diagnostic>) -> (usize, usize) {
    findings.filter_map(is_fixable).fold((0, 0), |(safe, other), applicability| match applicability {
        Applicability::Safe => (safe + 1, other),
        Applicability::Unsafe => (safe, other + 1),
    })
}

/// Whether a finding has a fix that would be made, and which.
pub fn is_fixable(finding: &Diagnostic) -> Option<Applicability> {
    let fix = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty() && finding.waived.is_none())?;
    Some(fix.applicability)
}

/// What is mended in this round, file by file.
pub(super) fn chosen<'a>(
    report: &'a Report,
    sources: &SourceMap,
    wish: &Wish<'_>,
    banned: &HashSet<Known>,
    one_by_one: &HashSet<String>,
) -> Vec<Chosen<'a>> {
    let wanted = |finding: &Diagnostic| is_fixable(finding).is_some_and(|fix| fix <= wish.applicability);
    if !report.findings().iter().any(wanted) {
        return Vec::new();
    }
    let let_be = wish.let_be.let_be(report, sources);
    let mut files: BTreeMap<FileId, Chosen<'a>> = BTreeMap::new();
    let mut secrets: HashMap<FileId, Vec<Secret>> = HashMap::new();
    for (finding, let_be) in report.findings().iter().zip(let_be) {
        let (true, false, Some(fix)) = (wanted(finding), let_be, &finding.fix) else { continue };
        let Some(file) = one_file(fix) else { continue };
        let path = sources.path(file);
        let pick = Pick { finding, fix };
        if !wish.paths.contains(path) || banned.contains(&pick.known(path)) {
            continue;
        }
        let secret = secrets.entry(file).or_insert_with(|| find(sources.text(file)));
        let touches_secret = |edit: &Edit| secret.iter().any(|secret| touch(secret.span, edit.place.span));
        if fix.edits.iter().any(touches_secret) {
            continue;
        }
        let here = files.entry(file).or_insert_with(|| Chosen {
            path: path.to_owned(),
            file,
            fixes: Vec::new(),
            taken: BTreeMap::new(),
        });
        let is_free = !fix.edits.iter().any(|edit| here.is_taken(edit.place.span));
        if is_free && (here.fixes.is_empty() || !one_by_one.contains(path)) {
            here.taken.extend(fix.edits.iter().map(|edit| (edit.place.span.start, edit.place.span.end)));
            here.fixes.push(pick);
        }
    }
    files.into_values().filter(|file| !file.fixes.is_empty()).collect()
}

/// The file of all edits: what reaches further is made by hand.
fn one_file(fix: &Fix) -> Option<FileId> {
    let file = fix.edits.first()?.place.file;
    fix.edits.iter().all(|edit| edit.place.file == file).then_some(file)
}

/// Whether two places share a byte or a border.
const fn touch(left: Span, right: Span) -> bool {
    left.start <= right.end && right.start <= left.end
}
