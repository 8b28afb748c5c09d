//! Strings: where they end, and what is done with one that does not.

use std::ops::Range;

use super::brackets::partner;
use super::lexer::{Lexed, Lexer};
use crate::syntax::diagnostics::UNTERMINATED_STRING;

const BLOCK: &str = "\"\"\"";

impl Lexer<'_, '_, '_> {
    pub(super) fn string(&mut self) {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(BLOCK)) {
            self.block();
            return;
        }
        let end = self.line_end(self.at);
        match closed_by(self.text.get(self.at + 1..end).unwrap_or_default(), b'"') {
            // `"path """`: what closes it opens a block string.
            Some(length) if self.text.get(self.at + 1 + length..).is_some_and(|rest| rest.starts_with(BLOCK)) => {
                self.unterminated(self.at + 1 + length);
            }
            Some(length) => self.text_token(self.at + 1 + length + 1),
            None if self.peek(1) == Some(b'"') => self.text_token(self.at + 2),
            None => self.unterminated(end),
        }
    }

    fn block(&mut self) {
        let inside = self.text.get(self.at + 3..).unwrap_or_default();
        let length = inside.find(BLOCK).filter(|_| self.open_block != Some(self.at));
        let Some(length) = length else {
            self.unterminated_block();
            return;
        };
        let last_line = inside.get(..length).and_then(|text| text.rfind('\n'));
        if let Some(newline) = last_line {
            self.go_on_in_line(self.at + 3 + newline + 1);
        }
        self.text_token(self.at + 3 + length + 3);
    }

    /// The string is closed before brackets at the end of its line that belong to ones opened before it.
    fn unterminated(&mut self, line_end: usize) {
        let diagnostic = self
            .report
            .error(&UNTERMINATED_STRING, self.at..self.at + 1, "this string is not closed on its line")
            .help("close it with `\"`; a text of several lines stands between `\"\"\"` and `\"\"\"`");
        self.report.push(diagnostic);
        let content = self.text.get(self.at + 1..line_end).unwrap_or_default();
        let kept = content.len() - tail(content, &self.lexed.open_on_line(self.line()));
        let Some(last) = content.get(..kept).and_then(|text| text.char_indices().next_back()) else {
            // Nothing to close: the quote alone is taken away.
            self.repair.blank(self.at..self.at + 1);
            self.at += 1;
            return;
        };
        self.repair.put(self.at + 1 + last.0, b'"');
        self.text_token(self.at + 1 + kept);
    }

    /// Reads the block string as empty, and goes on at the first line that stands no further in than it does.
    fn unterminated_block(&mut self) {
        let diagnostic = self
            .report
            .error(&UNTERMINATED_STRING, self.at..self.at + 3, "this block string is not closed")
            .help("close it with `\"\"\"`");
        self.report.push(diagnostic);
        self.lexed.ends_in_block = true;
        let indent = self.lexed.lines.last().map_or(0, |line| line.indent);
        let inside = self.text.get(self.at + 3..).unwrap_or_default();
        let length = dedent(inside, indent).unwrap_or(inside.len());
        self.repair.blank(self.at + 2..self.at + 3 + length);
        self.text_token(self.at + 3 + length);
    }
}

/// Where the unescaped sign stands in the rest of a line.
pub(super) fn closed_by(rest: &str, sign: u8) -> Option<usize> {
    let mut is_escaped = false;
    let at = rest.bytes().position(|byte| {
        let closes = byte == sign && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        closes
    })?;
    (at > 0).then_some(at)
}

/// How many bytes at the end of a string belong to what stands around it: commas, and the partners of open brackets.
fn tail(content: &str, open: &[u8]) -> usize {
    let mut outermost = open.iter();
    let mut taken = 0;
    for (at, character) in content.char_indices().rev() {
        if character == ' ' || character == '\t' {
            continue;
        }
        let is_partner = |open: &u8| char::from(partner(*open)) == character;
        let belongs =
            character == ',' || matches!(character, ')' | ']' | '}') && outermost.next().is_some_and(is_partner);
        if !belongs {
            break;
        }
        taken = content.len() - at;
    }
    taken
}

/// Where the line ends before the first one that is indented no more than `indent`.
fn dedent(text: &str, indent: usize) -> Option<usize> {
    let mut start = text.find('\n')? + 1;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let length = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        let line = rest.get(..length).unwrap_or_default();
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        if !line.trim().is_empty() && blanks <= indent {
            return Some(start - 1);
        }
        start += length;
    }
    None
}

/// Where the last block string has no end, an earlier one may be to blame, whose end was taken from it: the first that
/// runs on into lines that stand no further in than the line it opens on.
pub(super) fn block_that_runs_on(text: &str, lexed: &Lexed) -> Option<usize> {
    if !lexed.ends_in_block {
        return None;
    }
    let runs_on = |range: &Range<usize>| {
        let line_start = text.get(..range.start)?.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text.get(line_start..range.start)?;
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let inside = text.get(range.clone())?.strip_prefix(BLOCK)?.strip_suffix(BLOCK)?;
        let (lines, last) = inside.split_at(inside.rfind('\n')?);
        (dedent(lines, indent).is_some() || !last.trim().is_empty()).then_some(range.start)
    };
    lexed.texts.iter().find_map(runs_on)
}
