//! A journal with the logs beside it, and what is said of it where it is not what was written: each at the line where that
//! is seen.

use super::diagnostics::{
    CHANGED, CHANGED_LOG, CUT_OFF, LOGS_ELSEWHERE, MISSING_HEAD, MISSING_LOG, NO_RUN, NOT_A_LINE, REMOVED, TORN,
    UNREADABLE,
};
use super::{Broken, Doubt, Journal, Log, Logs};
use crate::diagnostic::{Descriptor, Diagnostic};
use crate::source::{FileId, Place, SourceMap, Span};

/// So many places of one journal are said one by one.
const SAID: usize = 100;
/// So much of a line is pointed at: its number, or the beginning of what is none.
const POINTED_AT: usize = 40;

const COMPARE: &str = "compare it with a copy that was kept elsewhere; what stands in it now proves nothing";

/// A journal that was read, with the logs beside it.
#[derive(Debug, Clone)]
pub struct Scanned {
    pub path: String,
    pub journal: Journal,
    pub logs: Logs,
}

impl Scanned {
    pub fn of(path: &str, bytes: &[u8], logs: &[Log]) -> Self {
        let journal = Journal::read(bytes);
        Self { path: path.to_owned(), logs: Logs::beside(&journal, logs), journal }
    }

    /// Whether all that can be proven of it is proven: each line by the next one, and none was lost that anything knows of.
    pub fn is_sound(&self) -> bool {
        let is_doubtful = |doubt: &Doubt| match doubt {
            Doubt::Changed { .. } | Doubt::Missing { .. } | Doubt::Unreadable { .. } | Doubt::CutOff { .. } => true,
            Doubt::NoneHere { .. } => false,
        };
        self.journal.broken.is_empty() && self.journal.torn.is_none() && !self.logs.doubts.iter().any(is_doubtful)
    }

    /// Everything that is wrong with it. Its text is only kept among the sources where something is.
    pub fn findings(&self, bytes: &[u8], sources: &mut SourceMap) -> Vec<Diagnostic> {
        let Self { path, journal, logs } = self;
        let has_run = journal.plans().next().is_some();
        if has_run && journal.broken.is_empty() && journal.torn.is_none() && logs.doubts.is_empty() {
            return Vec::new();
        }
        let file = sources.add(path.as_str(), String::from_utf8_lossy(bytes));
        let at = |line: usize| Place::new(file, beginning_of(line, file, sources));
        let mut findings: Vec<Diagnostic> = Vec::new();
        if !has_run {
            findings.push(Diagnostic::new(&NO_RUN, at(1), format!("no run begins in `{path}`")).help(COMPARE));
        }
        findings.extend(
            journal
                .broken
                .iter()
                .map(|broken| Diagnostic::new(broken_is(*broken), at(broken.line()), broken.to_string()).help(COMPARE)),
        );
        findings.extend(journal.torn.map(|line| {
            let help =
                "a crash does that, and `resume` sets the line aside; where none is known, compare it with a copy";
            Diagnostic::new(&TORN, at(line), format!("line {line}, the last one, was cut off")).help(help)
        }));
        let last = journal.lines.max(1);
        findings.extend(logs.doubts.iter().map(|doubt| doubted(doubt, &at, last)));
        let more = findings.len().saturating_sub(SAID);
        if more > 1 {
            let rest = findings.split_off(SAID);
            findings.extend(rest.into_iter().next().map(|next| Diagnostic {
                message: format!("{}; so are {} more places of this journal", next.message, more - 1),
                ..next
            }));
        }
        findings
    }
}

/// That a journal cannot be read, and why.
pub fn unreadable(path: &str, problem: &str, sources: &mut SourceMap) -> Diagnostic {
    let file = sources.add(path, "");
    let message = format!("the journal `{path}` cannot be read: {problem}");
    Diagnostic::new(&UNREADABLE, Place::new(file, Span::default()), message).help("mend that, and audit again")
}

/// That a line whose digest was kept is gone.
pub fn missing_head(head: &str) -> Diagnostic {
    let message = format!("no line of any journal that was read has the digest `{head}`");
    Diagnostic::without_place(&MISSING_HEAD, message).help(
        "the line was changed or cut off since the digest was kept, or its journal is not among those that were named",
    )
}

const fn broken_is(broken: Broken) -> &'static Descriptor {
    match broken {
        Broken::Changed(_) | Broken::ChangedOrNext(_) | Broken::Moved(_) => &CHANGED,
        Broken::Beginning { .. } | Broken::Removed { .. } => &REMOVED,
        Broken::Unreadable { .. } => &NOT_A_LINE,
    }
}

fn doubted(doubt: &Doubt, at: &dyn Fn(usize) -> Place, last: usize) -> Diagnostic {
    match doubt {
        Doubt::Changed { log, line } => {
            let message = format!("`log/{log}` is not what was printed: line {line} names another digest");
            Diagnostic::new(&CHANGED_LOG, at(*line), message).help(COMPARE)
        }
        Doubt::Unreadable { log, line } => {
            let message = format!("`log/{log}` cannot be read, so nothing proves that it is what was printed");
            Diagnostic::new(&CHANGED_LOG, at(*line), message).help("let it be read, and audit again")
        }
        Doubt::Missing { log, line } => {
            let message = format!("`log/{log}` is gone, and line {line} names its digest");
            Diagnostic::new(&MISSING_LOG, at(*line), message).help("put it back from a copy that was kept elsewhere")
        }
        Doubt::CutOff { log, number } => {
            let message = format!("line {number} of the run is gone: `log/{log}` was begun with it");
            Diagnostic::new(&CUT_OFF, at(last), message).help(COMPARE)
        }
        Doubt::NoneHere { line } => {
            let message = "the logs of this run are not beside its journal: whether its end was cut off cannot be seen";
            Diagnostic::new(&LOGS_ELSEWHERE, at(*line), message)
                .help("keep the folder `log` beside the journal, or keep the digest of the last line: `--head`")
        }
    }
}

/// The number of a line, or how it begins.
fn beginning_of(line: usize, file: FileId, sources: &SourceMap) -> Span {
    let Some(source) = sources.get(file) else { return Span::default() };
    let text = source.text();
    let whole = source.lines().line_range(line.saturating_sub(1), text);
    let written = text.get(whole.clone()).unwrap_or_default().trim_end_matches('\n');
    let end = written.find(',').unwrap_or(written.len()).min(POINTED_AT);
    let end = (0..=end).rev().find(|end| written.is_char_boundary(*end)).unwrap_or_default();
    Span::of(whole.start..whole.start + end)
}
