//! The blocks of a PEM text: from `-----BEGIN LABEL-----` to `-----END LABEL-----`, whatever stands between them.

use crate::source::Span;

#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) label: Span,
    pub(super) begin: Span,
    /// What stands between the two lines.
    pub(super) body: Span,
    /// None where the block is not closed.
    pub(super) end: Option<Span>,
}

impl Block {
    /// From the first to the last line.
    pub(super) fn span(&self) -> Span {
        self.end.map_or(self.begin, |end| self.begin.to(end))
    }
}

/// All blocks. One that is not closed ends where the next begins.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    for line in lines(text) {
        if let Some(label) = between(line, "-----BEGIN ", text) {
            let body = Span::at(line.end);
            blocks.extend(open.replace(Block { label, begin: line, body, end: None }));
        } else if let Some(label) = between(line, "-----END ", text) {
            let Some(block) = open.take() else { continue };
            let same = label.text(text) == block.label.text(text);
            let body = Span::new(block.begin.end, line.start);
            blocks.push(Block { body, end: same.then_some(line), ..block });
        }
    }
    blocks.extend(open);
    blocks
}

/// Lines without the blanks around them, whatever they end with.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split(['\n', '\r']).map(move |line| {
        let start = at + line.len() - line.trim_start().len();
        at += line.len() + 1;
        Span::of(start..start + line.trim().len())
    })
}

fn between(line: Span, opening: &str, text: &str) -> Option<Span> {
    let written = line.text(text);
    let label = written.strip_prefix(opening)?.strip_suffix("-----")?;
    let start = line.start + Span::of(0..opening.len()).end;
    Some(Span::new(start, start + Span::of(0..label.len()).end))
}
