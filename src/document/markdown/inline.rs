//! What stands in a paragraph, a heading, a cell or a code block: runs of text, each with its place.

use std::sync::Arc;

use crate::source::Span;

/// Text with its markup resolved, piece by piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inline {
    pub runs: Vec<Run>,
    /// From the first to the last character, markup such as `**` included. Empty where nothing stands.
    pub span: Span,
}

/// Text of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub kind: RunKind,
    pub text: String,
    /// Cuts `text` out of the source byte for byte, except for entities (`&amp;`) and code that holds a line end.
    pub span: Span,
    /// Whether it stands between `**`.
    pub strong: bool,
    /// Whether it is struck through: `~~so~~` or `<del>so</del>`.
    pub struck: bool,
    /// Where it leads to, if it is part of a link or an image.
    pub link: Option<Arc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunKind {
    Text,
    /// Between backticks; its place is without them.
    Code,
    /// The end of a line within the block.
    Break,
}

impl Inline {
    /// The text as it is read aloud: no markup, one blank for a line end.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for run in &self.runs {
            match run.kind {
                RunKind::Break => text.push(' '),
                RunKind::Text | RunKind::Code => text.push_str(&run.text),
            }
        }
        let trimmed = text.trim();
        if trimmed.len() == text.len() { text } else { trimmed.to_owned() }
    }

    /// Every run's text, line ends as they are: what a code block holds.
    pub fn verbatim(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// The lines, each as its runs.
    pub fn lines(&self) -> impl Iterator<Item = &[Run]> {
        self.runs.split(|run| run.kind == RunKind::Break).filter(|line| !line.is_empty())
    }

    /// Where links lead to, each once.
    pub fn links(&self) -> Vec<&str> {
        let mut links: Vec<&str> = Vec::new();
        for link in self.runs.iter().filter_map(|run| run.link.as_deref()) {
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }

    /// The place in the source of bytes of [`Inline::verbatim`].
    pub fn source_of(&self, range: Span) -> Span {
        let mut before = 0;
        let (mut start, mut end) = (None, None);
        for run in &self.runs {
            let length = u32::try_from(run.text.len()).unwrap_or(u32::MAX);
            let after = before + length;
            if start.is_none() && range.start < after {
                start = Some(run.span.start + (range.start - before));
            }
            if range.end <= after {
                end = Some(run.span.start + range.end.saturating_sub(before));
                break;
            }
            before = after;
        }
        let last = self.runs.last().map_or(self.span.end, |run| run.span.end);
        let (start, end) = (start.unwrap_or(last), end.unwrap_or(last));
        Span::new(start, end.max(start))
    }
}
