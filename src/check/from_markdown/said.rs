//! Pieces of text with their places, and lines that say `label: value`.

use super::hedge_words::CODE;
use crate::document::markdown::{Run, RunKind};
use crate::source::Span;

/// A piece of text as it is read, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A line: what it is about, if it says so, and what it says of it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) label: Option<Said>,
    /// Whether the label stands between `**`.
    pub(super) strong: bool,
    /// Everything, or what stands behind the label.
    pub(super) value: Option<Said>,
    pub(super) whole: Said,
    /// All that it says in words, with a mark where code stands.
    pub(super) words: String,
    /// The code behind the label.
    pub(super) code: Vec<Said>,
    /// An address it leads to.
    pub(super) link: Option<Said>,
}

/// A label is a few words.
const LONGEST_LABEL: usize = 48;
const MOST_WORDS: usize = 5;

impl Said {
    /// What runs say, without blanks around it; None where they say nothing.
    pub(super) fn of(runs: &[Run]) -> Option<Self> {
        let speaks = |run: &&Run| run.kind == RunKind::Code || !run.text.trim().is_empty();
        let first = runs.iter().position(|run| speaks(&run))?;
        let last = runs.iter().rposition(|run| speaks(&run))?;
        let runs = runs.get(first..=last)?;
        let text: String =
            runs.iter().map(|run| if run.kind == RunKind::Break { " " } else { run.text.as_str() }).collect();
        let (from, to) = (runs.first()?, runs.last()?);
        let lead = text.len() - text.trim_start().len();
        let tail = text.len() - text.trim_end().len();
        let start = if is_exact(from) { from.span.start + offset(lead) } else { from.span.start };
        let end = if is_exact(to) { to.span.end - offset(tail) } else { to.span.end };
        Some(Self { text: text.trim().to_owned(), span: Span::new(start, end.max(start)) })
    }

    /// A part of it, if it stands in the source as it is read; else the whole place.
    pub(super) fn part(&self, range: std::ops::Range<usize>) -> Self {
        let text = self.text.get(range.clone()).unwrap_or_default().to_owned();
        let exact = offset(self.text.len()) == self.span.len();
        let span = if exact { Span::of(range).shifted(self.span.start) } else { self.span };
        Self { text, span }
    }

    /// The same without blanks and without these characters around it.
    pub(super) fn trimmed(&self, other: &[char]) -> Self {
        let drop = |found: char| found.is_whitespace() || other.contains(&found);
        let start = self.text.len() - self.text.trim_start_matches(drop).len();
        let length = self.text.trim_matches(drop).len();
        self.part(start..start + length)
    }
}

impl Line {
    pub(super) fn of(runs: &[Run]) -> Option<Self> {
        let whole = Said::of(runs)?;
        let (label, rest) = labelled(runs).unzip();
        let rest = rest.as_deref().unwrap_or(runs);
        let strong =
            label.is_some() && runs.iter().find(|run| !run.text.trim().is_empty()).is_some_and(|run| run.strong);
        let code = rest.iter().filter(|run| run.kind == RunKind::Code);
        let link = rest.iter().find_map(|run| {
            if let Some(target) = &run.link {
                return Some(Said { text: target.to_string(), span: run.span });
            }
            let range = address(&run.text)?;
            Some(Said { text: run.text.clone(), span: run.span }.part(range))
        });
        Some(Self {
            label,
            strong,
            value: Said::of(rest),
            whole,
            words: words_of(runs),
            code: code.map(|run| Said { text: run.text.clone(), span: run.span }).collect(),
            link,
        })
    }
}

/// What runs say in words, with a mark where code stands.
pub(super) fn words_of(runs: &[Run]) -> String {
    let word = |run: &Run| match run.kind {
        RunKind::Code => format!(" {CODE} "),
        RunKind::Break => " ".to_owned(),
        RunKind::Text => run.text.clone(),
    };
    runs.iter().map(word).collect()
}

/// Where the last word of a text stands, if it is an address; brackets behind it hold a remark.
fn address(text: &str) -> Option<std::ops::Range<usize>> {
    let remark = text.trim_end().strip_suffix(')').and_then(|before| before.rsplit_once(" ("));
    // Another number would be an answer that is waited for.
    let is_remark = |remark: &str| !remark.replace("200", "").contains(|found: char| found.is_ascii_digit());
    let text = remark.filter(|(_, remark)| is_remark(remark)).map_or(text, |(before, _)| before);
    let word = text.split_whitespace().next_back()?;
    let start = text.rfind(word)?;
    (word.starts_with("https://") || word.starts_with("http://")).then_some(start..start + word.len())
}

/// The label of a line, and the runs behind it.
fn labelled(runs: &[Run]) -> Option<(Said, Vec<Run>)> {
    let first = runs.iter().position(|run| !run.text.trim().is_empty())?;
    let runs = runs.get(first..)?;
    let head = runs.first()?;
    if head.strong {
        let strong = runs.iter().take_while(|run| run.strong).count();
        let (label, rest) = runs.split_at(strong);
        let label = Said::of(label)?;
        if label.text.ends_with(':') {
            return Some((label.trimmed(&[':']), rest.to_vec()));
        }
        let next = rest.first()?;
        let behind = next.text.trim_start().strip_prefix(':')?;
        let mut rest = rest.to_vec();
        if let Some(first) = rest.first_mut() {
            *first = end_of(next, next.text.len() - behind.len());
        }
        return Some((label, rest));
    }
    if head.kind != RunKind::Text {
        return None;
    }
    // `*Undo*: …`
    if let Some(next) = runs.get(1).filter(|next| !head.text.contains(':') && next.kind == RunKind::Text)
        && next.text.starts_with(": ")
        && !next.strong
    {
        let label = Said::of(runs.get(..1)?).filter(|label| label.text.split_whitespace().count() <= MOST_WORDS)?;
        let rest = std::iter::once(end_of(next, 1)).chain(runs.iter().skip(2).cloned());
        return Some((label, rest.collect()));
    }
    let colon = head.text.match_indices(':').map(|(at, _)| at).find(|at| {
        let behind = head.text.get(at + 1..).unwrap_or_default();
        behind.is_empty() || behind.starts_with(' ')
    })?;
    let before = Run { text: head.text.get(..colon)?.to_owned(), ..head.clone() };
    let exact = is_exact(head);
    let span = if exact { Span::new(head.span.start, head.span.start + offset(colon)) } else { head.span };
    let label = Said::of(&[Run { span, ..before }])?;
    if label.text.len() > LONGEST_LABEL || label.text.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    let mut rest = runs.to_vec();
    if let Some(first) = rest.first_mut() {
        *first = end_of(head, colon + 1);
    }
    Some((label, rest))
}

/// A run from one of its bytes on.
fn end_of(run: &Run, from: usize) -> Run {
    let start = if is_exact(run) { run.span.start + offset(from) } else { run.span.start };
    Run {
        text: run.text.get(from..).unwrap_or_default().to_owned(),
        span: Span::new(start, run.span.end),
        ..run.clone()
    }
}

/// Whether a run stands in the source as it is read.
fn is_exact(run: &Run) -> bool {
    offset(run.text.len()) == run.span.len()
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
