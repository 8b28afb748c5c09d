//! Files judged one by one, on every core: each is read, judged by all the rules that look for it, and let go of.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::cores::on_every_core;
use super::search::Search;
use super::{Bench, Looked, unreadable};
use crate::diagnostic::Diagnostic;
use crate::document::secret::Secrets;
use crate::eval::{Context, judge_subject};
use crate::session::asked::{Asked, Came, Tally};
use crate::session::pen::Pen;
use crate::session::surroundings::Beside;
use crate::session::waive;
use crate::source::{FileId, SourceMap};
use crate::subject::{self, Neighbour, Neighbours, SourceText};
use crate::syntax::Comment;

/// A file to be judged, and the searches that look for it.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    pub(super) file: FileId,
    pub(super) path: &'a str,
    pub(super) by: Vec<usize>,
}

/// What came of a stretch of files.
#[derive(Debug, Default)]
struct Judged {
    findings: Vec<Diagnostic>,
    /// The texts that something is said about.
    held: Vec<(FileId, Arc<str>)>,
    comments: Vec<(FileId, Vec<Comment>)>,
    /// All others, as long as nothing was said in the run.
    let_go: Vec<FileId>,
    /// What is secret in those that were let go of later.
    secrets: Secrets,
    /// How far each rule came, and to what, by its search and its place there.
    came: Vec<Vec<Option<(Came, Tally)>>>,
}

/// Judges the files; the same comes of it on however many cores.
pub(super) fn judge(
    sheets: &[Sheet<'_>],
    searches: &[Search<'_>],
    bench: &Bench<'_>,
    sources: &mut SourceMap,
    asked: &mut Asked,
    looked: &mut Looked,
) {
    let desk = Desk { searches, bench, sources, said: AtomicBool::new(!looked.findings.is_empty()) };
    for stretch in on_every_core(sheets, bench.surroundings, |sheets| desk.judge_all(sheets)) {
        looked.findings.extend(stretch.findings);
        for (file, text) in stretch.held {
            sources.hold(file, text);
        }
        looked.let_go.extend(stretch.let_go);
        looked.secrets.extend(stretch.secrets);
        for (file, comments) in stretch.comments {
            looked.comments.entry(file).or_default().extend(comments);
        }
        for (search, came) in searches.iter().zip(stretch.came) {
            for ((_, rule), came) in search.rules.iter().zip(came) {
                if let Some((came, tally)) = came {
                    asked.note(&rule.id, came, tally);
                }
            }
        }
    }
}

/// Where one core works.
#[derive(Debug)]
struct Desk<'a> {
    searches: &'a [Search<'a>],
    bench: &'a Bench<'a>,
    sources: &'a SourceMap,
    /// Whether anything was said about any file. Whoever lets go of one then searches it while it is at hand; when that
    /// is decides how long a run takes, not what is hidden.
    said: AtomicBool,
}

impl Desk<'_> {
    fn judge_all(&self, sheets: &[Sheet<'_>]) -> Judged {
        let came = self.searches.iter().map(|search| vec![None; search.rules.len()]).collect();
        let mut judged = Judged { came, ..Judged::default() };
        for sheet in sheets {
            self.judge(sheet, &mut judged);
        }
        judged
    }

    fn judge(&self, sheet: &Sheet<'_>, judged: &mut Judged) {
        let text = match self.text(sheet) {
            Ok(text) => text,
            Err(problem) => {
                judged.findings.push(unreadable(sheet.file, sheet.path, &problem));
                return;
            }
        };
        let said = judged.findings.len();
        let mut comments: Vec<Comment> = Vec::new();
        let source = SourceText::new(sheet.file, sheet.path, Arc::clone(&text));
        for index in &sheet.by {
            let (Some(search), Some(came)) = (self.searches.get(*index), judged.came.get_mut(*index)) else { continue };
            let found = subject::find(search.kind, std::slice::from_ref(&source), &mut Alone);
            let kept = found.comments.iter();
            comments.extend(kept.map(|(_, comment)| Comment { span: comment.span, own_line: comment.own_line }));
            judged.findings.extend(found.diagnostics);
            let beside = Beside { surroundings: self.bench.surroundings, path: sheet.path };
            let pen = Pen::of_file(sheet.file, sheet.path, &text, search.kind);
            for ((applied, rule), came) in search.rules.iter().zip(came) {
                let context =
                    Context { now: self.bench.now, parameters: &applied.parameters, files: &beside, pen: &pen };
                let (mut farthest, mut tally) = came.unwrap_or((Came::NoSubject, Tally::default()));
                for subject in &found.subjects {
                    let outcome = judge_subject(rule, subject, &context);
                    farthest = farthest.max(Came::of(&outcome));
                    tally.count(&outcome);
                    judged.findings.extend(outcome.into_findings());
                }
                *came = Some((farthest, tally));
            }
        }
        let speak = comments.iter().any(|comment| waive::is_said_to_stopline(comment.span.text(&text)));
        if speak {
            judged.comments.push((sheet.file, comments));
        }
        let is_said = judged.findings.len() > said;
        if is_said {
            self.said.store(true, Relaxed);
        }
        if speak || is_said {
            judged.held.push((sheet.file, text));
        } else if self.said.load(Relaxed) {
            judged.secrets.search(&text);
        } else {
            judged.let_go.push(sheet.file);
        }
    }

    fn text(&self, sheet: &Sheet<'_>) -> Result<Arc<str>, String> {
        match self.sources.get(sheet.file).filter(|source| source.is_held()) {
            Some(held) => Ok(held.shared_text()),
            None => self.bench.surroundings.read("", sheet.path).map(|(_, text)| text.into()),
        }
    }
}

/// A file that is judged by itself names no other.
#[derive(Debug)]
struct Alone;

impl Neighbours for Alone {
    fn matching(&mut self, _: &str, _: &str, _: Option<&str>) -> Vec<Neighbour> {
        Vec::new()
    }
}
