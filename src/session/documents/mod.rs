//! The files that rules speak of: found by name, read once, judged, and let go of where nothing is said about them.

mod apart;
mod cores;
mod given;
mod judge;
mod let_go;
mod search;
mod together;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use self::search::{Found, Search, searches};
use self::together::Together;
use super::asked::Asked;
use super::diagnostics::NO_SUCH_FILE;
use super::policies::AppliedPolicy;
use super::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::document::secret::Secrets;
use crate::document::unreadable;
use crate::eval::Judgement;
use crate::model::policy::Rule;
use crate::model::units::Instant;
use crate::source::{FileId, SourceMap};
use crate::subject::Nginx;
use crate::syntax::Comment;

pub(super) use given::{search_given, speaks_of};
pub(super) use judge::judge_subjects;
pub(super) use let_go::secrets_of;

/// Files that are neither plan nor policy, by their paths as reports show them.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Each path once, in order.
    pub paths: Vec<String>,
    /// Whether folders were searched, so that a file nobody found is not there.
    pub searched: bool,
    /// Whether each was named by the user, who expects that something is said about it.
    pub named: Vec<String>,
    /// The folders that the user named and that hold neither plan nor policy.
    pub folders: Vec<Folder>,
    /// How many files of the run somebody else judges, such as journals.
    pub elsewhere: usize,
}

/// A folder, and the files in it that a rule may speak of.
#[derive(Debug, Clone)]
pub struct Folder {
    pub path: String,
    pub files: Vec<String>,
}

/// What the rules of a run are judged with.
#[derive(Debug)]
pub(super) struct Bench<'a> {
    pub(super) policies: &'a [AppliedPolicy],
    pub(super) candidates: &'a Candidates,
    /// The plans of the run: other rules judge what they mean, and rules about secrets their text.
    pub(super) plans: &'a [(FileId, String)],
    pub(super) surroundings: &'a dyn Surroundings,
    pub(super) nginx: &'a Nginx,
    pub(super) now: Instant,
}

/// What was looked at, and what was said about it.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub(super) findings: Vec<Diagnostic>,
    /// How many files rules looked at.
    pub(super) files: usize,
    /// The files that were named and that no rule looked at.
    pub(super) unseen: Vec<String>,
    /// The folders that were named and in which nothing was looked at.
    pub(super) idle: Vec<String>,
    /// Of the files in which findings may be ignored inline, in the order of the files.
    pub(super) comments: BTreeMap<FileId, Vec<Comment>>,
    /// The files that were let go of before anything was said.
    pub(super) let_go: Vec<FileId>,
    /// What is secret in those that were let go of later.
    pub(super) secrets: Secrets,
}

/// Judges every rule that speaks of files.
///
/// First come the rules whose subjects are made of several files: those stay in memory. Then each file is judged by all
/// other rules and let go of: what a run needs is the memory of the files it says something about.
pub(super) fn judge_documents(bench: &Bench<'_>, sources: &mut SourceMap, asked: &mut Asked) -> Looked {
    if bench.candidates.paths.is_empty() && !bench.candidates.searched && bench.plans.is_empty() {
        return Looked::default();
    }
    let searches = searches(bench.policies);
    let found = search::find(&searches, bench.candidates);
    let (unseen, idle) = idle(bench.candidates, &found);
    let mut looked = Looked { files: found.len(), unseen, idle, ..Looked::default() };
    let mut together = Together::new(bench, sources);
    for (index, search) in searches.iter().enumerate() {
        let mut paths = found.iter().filter(|found| found.by.contains(&index)).map(|found| found.path).peekable();
        if paths.peek().is_none() {
            found_none(search, bench, asked, &mut looked);
        } else if search.is_of_several_files() {
            together.judge(search, paths, asked, &mut looked);
        }
    }
    let mut sheets = together.rest(&searches, found);
    sheets.extend(search::of_plans(&searches, bench.plans));
    apart::judge(&sheets, &searches, bench, sources, asked, &mut looked);
    for comments in looked.comments.values_mut() {
        comments.sort_by_key(|comment| comment.span);
        comments.dedup_by_key(|comment| comment.span);
    }
    looked
}

/// Where folders were searched, it may be right that there is no such file, and it may be a slip in a pattern.
fn found_none(search: &Search<'_>, bench: &Bench<'_>, asked: &mut Asked, looked: &mut Looked) {
    for (_, rule) in search.rules.iter().filter(|(applied, _)| bench.candidates.searched && !applied.is_shipped) {
        asked.rule(rule, &Judgement::default());
        looked.findings.push(no_such_file(rule));
    }
}

fn no_such_file(rule: &Rule) -> Diagnostic {
    let patterns: Vec<String> = rule.subject.globs.iter().map(|glob| format!("`{}`", glob.value)).collect();
    let looked_for = if patterns.is_empty() {
        "looks at the usual files of its kind".to_owned()
    } else {
        format!("looks for {}", patterns.join(" and "))
    };
    let place = rule.subject.globs.first().map_or(rule.subject.place, |glob| glob.place);
    Diagnostic::new(&NO_SUCH_FILE, place, format!("`{}` {looked_for}, and this run found none", rule.id))
}

/// Of what was named, the files and the folders that no rule speaks of.
fn idle(candidates: &Candidates, found: &[Found<'_>]) -> (Vec<String>, Vec<String>) {
    let seen: HashSet<&str> = found.iter().map(|found| found.path).collect();
    let is_unseen = |path: &&String| !seen.contains(path.as_str());
    let is_idle = |folder: &&Folder| folder.files.iter().all(|path| is_unseen(&path));
    let folders = candidates.folders.iter().filter(is_idle).map(|folder| folder.path.clone());
    (candidates.named.iter().filter(is_unseen).cloned().collect(), folders.collect())
}
