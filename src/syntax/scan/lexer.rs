//! One walk over the bytes, which tells texts, patterns and comments from everything else.

use std::ops::Range;

use super::repair::Repair;
use super::report::Report;
use super::strings;
use crate::syntax::diagnostics::{FOREIGN_COMMENT, UNTERMINATED_PATTERN};

/// A bracket outside of texts, patterns and comments.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bracket {
    pub(super) at: usize,
    pub(super) sign: u8,
    /// Which of the code lines it stands on.
    pub(super) line: usize,
    pub(super) begins_line: bool,
}

/// A line with something else than comments and text on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct CodeLine {
    /// Where its first sign stands, and how far in.
    pub(super) first: usize,
    pub(super) indent: usize,
    /// Its line end, or where its comment starts.
    pub(super) end: usize,
}

#[derive(Debug)]
pub(super) struct Remark {
    pub(super) range: Range<usize>,
    pub(super) own_line: bool,
}

#[derive(Debug, Default)]
pub(super) struct Lexed {
    pub(super) brackets: Vec<Bracket>,
    pub(super) lines: Vec<CodeLine>,
    pub(super) comments: Vec<Remark>,
    /// Strings and patterns, in their order.
    pub(super) texts: Vec<Range<usize>>,
    /// The last block string has no end.
    pub(super) ends_in_block: bool,
}

impl Lexed {
    /// Whether an offset lies in a string, a pattern or a comment.
    pub(super) fn is_inside_text(&self, at: usize) -> bool {
        let within = |ranges: &[Range<usize>]| {
            let next = ranges.partition_point(|range| range.end <= at);
            ranges.get(next).is_some_and(|range| range.contains(&at))
        };
        let next = self.comments.partition_point(|comment| comment.range.end <= at);
        within(&self.texts) || self.comments.get(next).is_some_and(|comment| comment.range.contains(&at))
    }

    /// The brackets that were opened on a line and not closed on it yet.
    pub(super) fn open_on_line(&self, line: usize) -> Vec<u8> {
        let mut open = Vec::new();
        let first = self.brackets.partition_point(|bracket| bracket.line < line);
        for bracket in self.brackets.iter().skip(first) {
            if matches!(bracket.sign, b'{' | b'(' | b'[') {
                open.push(bracket.sign);
            } else {
                open.pop();
            }
        }
        open
    }
}

/// `open_block` is a block string that is known to have no end.
pub(super) fn lex(text: &str, open_block: Option<usize>, report: &mut Report, repair: &mut Repair<'_>) -> Lexed {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        line_start: 0,
        line_is_fresh: true,
        after_operand: false,
        lexed: Lexed::default(),
        open_block,
        report,
        repair,
    };
    if text.starts_with('\u{FEFF}') {
        lexer.repair.blank(0..3);
        lexer.at = 3;
        lexer.line_start = 3;
    }
    while let Some(byte) = lexer.peek(0) {
        lexer.step(byte);
    }
    lexer.end_line();
    lexer.lexed
}

pub(super) struct Lexer<'a, 'r, 't> {
    pub(super) text: &'a str,
    bytes: &'a [u8],
    pub(super) at: usize,
    line_start: usize,
    /// Nothing but blanks so far on this line.
    line_is_fresh: bool,
    /// What stands before could be divided.
    after_operand: bool,
    pub(super) lexed: Lexed,
    pub(super) open_block: Option<usize>,
    pub(super) report: &'r mut Report,
    pub(super) repair: &'r mut Repair<'t>,
}

impl Lexer<'_, '_, '_> {
    fn step(&mut self, byte: u8) {
        match byte {
            b'\n' => {
                self.end_line();
                self.at += 1;
                self.start_line(self.at);
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'#' => self.comment(),
            _ => {
                let begins_line = self.line_is_fresh;
                if begins_line {
                    self.line_is_fresh = false;
                    let line = CodeLine { first: self.at, indent: self.at - self.line_start, end: self.at };
                    self.lexed.lines.push(line);
                }
                self.token(byte, begins_line);
            }
        }
    }

    fn token(&mut self, byte: u8, begins_line: bool) {
        match byte {
            b'"' => {
                self.string();
                self.after_operand = true;
            }
            b'\'' => {
                self.single_quoted();
                self.after_operand = true;
            }
            b'/' => self.slash(),
            b'{' | b'(' | b'[' | b'}' | b')' | b']' => {
                let line = self.line();
                self.lexed.brackets.push(Bracket { at: self.at, sign: byte, line, begins_line });
                self.after_operand = matches!(byte, b')' | b']');
                self.at += 1;
            }
            b'%' => self.at += 1,
            _ if is_word(byte) => self.word(),
            _ => {
                self.after_operand = false;
                self.at += 1;
            }
        }
    }

    fn word(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(|byte| is_word(byte) || byte == b'-') {
            self.at += 1;
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        let is_member = start > 0 && self.bytes.get(start - 1) == Some(&b'.');
        self.after_operand = is_member || !WANTS_OPERAND.contains(&word);
    }

    fn comment(&mut self) {
        let start = self.at;
        let end = self.line_end(start);
        let own_line = self.line_is_fresh;
        self.mark_line_end(start);
        self.lexed.comments.push(Remark { range: start..end, own_line });
        self.at = end;
    }

    fn slash(&mut self) {
        if self.peek(1) == Some(b'/') {
            let end = self.line_end(self.at);
            let comment = self.text.get(self.at + 2..end).unwrap_or_default().trim();
            let diagnostic = self
                .report
                .error(&FOREIGN_COMMENT, self.at..self.at + 2, "a comment starts with `#`, not with `//`")
                .cure(format!("write `# {comment}`"), self.report.place(self.at..self.at + 2), "#");
            self.report.push(diagnostic);
            self.repair.blank(self.at..end);
            self.at = end;
            return;
        }
        if self.after_operand {
            self.after_operand = false;
            self.at += 1;
            return;
        }
        self.after_operand = true;
        let end = self.line_end(self.at);
        let Some(length) = strings::closed_by(self.text.get(self.at + 1..end).unwrap_or_default(), b'/') else {
            let diagnostic = self
                .report
                .error(&UNTERMINATED_PATTERN, self.at..self.at + 1, "this pattern is not closed on its line")
                .help("close it with `/`; a `/` within the pattern is written `\\/`");
            self.report.push(diagnostic);
            self.at += 1;
            return;
        };
        self.text_token(self.at + 1 + length + 1);
    }

    fn single_quoted(&mut self) {
        let end = self.line_end(self.at);
        let rest = self.text.get(self.at + 1..end).unwrap_or_default();
        match rest.find('\'') {
            Some(length) => self.text_token(self.at + 1 + length + 1),
            None => self.at += 1,
        }
    }

    /// A string or pattern reaches from here to `end`.
    pub(super) fn text_token(&mut self, end: usize) {
        self.lexed.texts.push(self.at..end);
        self.at = end;
    }

    /// A string of several lines ends; the line it ends on started at `start`.
    pub(super) fn go_on_in_line(&mut self, start: usize) {
        self.line_start = start;
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Where the line ends that an offset stands on, without its line end.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = rest.find('\n').unwrap_or(rest.len());
        let before = rest.get(..end).unwrap_or_default();
        at + before.strip_suffix('\r').unwrap_or(before).len()
    }

    pub(super) fn line(&self) -> usize {
        self.lexed.lines.len().saturating_sub(1)
    }

    fn start_line(&mut self, at: usize) {
        self.line_start = at;
        self.line_is_fresh = true;
    }

    fn end_line(&mut self) {
        let end = if self.at > self.line_start && self.bytes.get(self.at - 1) == Some(&b'\r') {
            self.at - 1
        } else {
            self.at
        };
        if self.lexed.comments.last().is_none_or(|comment| comment.range.end != end) {
            self.mark_line_end(end);
        }
    }

    fn mark_line_end(&mut self, end: usize) {
        if !self.line_is_fresh
            && let Some(line) = self.lexed.lines.last_mut()
        {
            line.end = end;
        }
    }
}

/// Words after which a `/` opens a pattern.
const WANTS_OPERAND: &[&str] = &[
    "and", "at", "contains", "else", "forbid", "if", "in", "matches", "not", "or", "overlaps", "require", "then",
    "unless", "when",
];

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}
