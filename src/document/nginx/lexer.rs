//! Takes an nginx file apart as nginx does: blanks, comments, words, quotes, `;`, `{`, `}`.

use super::{Word, lua, template};
use crate::document::Comment;
use crate::source::Span;

#[derive(Debug)]
pub(super) enum Token {
    Word(Word),
    Semicolon,
    Open,
    Close,
    End,
}

/// A token and how it stands.
#[derive(Debug)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) span: Span,
    /// How far it is indented, where it is the first of its line.
    pub(super) indent: Option<usize>,
}

/// What is wrong with the words themselves.
#[derive(Debug)]
pub(super) enum Fault {
    /// A quote that is never closed.
    Unclosed(Span),
    /// Something that follows a closing quote without a blank.
    Glued(Span),
}

#[derive(Debug)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    line_start: usize,
    /// No token of this line was met yet.
    fresh: bool,
    pub(super) comments: Vec<Comment>,
    pub(super) faults: Vec<Fault>,
    /// The first mark of another language; nothing after it can be trusted.
    pub(super) template: Option<Span>,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, line_start: 0, fresh: true, comments: Vec::new(), faults: Vec::new(), template: None }
    }

    /// The next token; `at_start` where it would be the name of a directive.
    pub(super) fn next(&mut self, at_start: bool) -> Lexeme {
        self.skip_blanks();
        let start = self.at;
        let indent = std::mem::take(&mut self.fresh).then(|| start - self.line_start);
        self.look_for_template(at_start);
        let token = match self.byte(start) {
            _ if self.template.is_some() => Token::End,
            None => Token::End,
            Some(b';') => self.one(Token::Semicolon),
            Some(b'{') => self.one(Token::Open),
            Some(b'}') => self.one(Token::Close),
            Some(quote @ (b'"' | b'\'')) => Token::Word(self.quoted(quote)),
            Some(_) => Token::Word(self.bare()),
        };
        Lexeme { token, span: Span::of(start..self.at), indent }
    }

    /// Skips a block of Lua whose opening brace was just read; `None` where it has no end.
    pub(super) fn lua(&mut self) -> Option<Span> {
        let start = self.at;
        let end = lua::end_of_block(self.text, start);
        self.go_to(end.unwrap_or(self.text.len()));
        end.map(|end| Span::of(start..end.saturating_sub(1)))
    }

    pub(super) fn skip_byte_order_mark(&mut self) {
        self.at += '\u{feff}'.len_utf8();
        self.line_start = self.at;
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn one(&mut self, token: Token) -> Token {
        self.at += 1;
        token
    }

    fn look_for_template(&mut self, at_start: bool) {
        let comment = if at_start { template::comment_at(self.text, self.at) } else { None };
        self.template = self.template.or_else(|| template::at(self.text, self.at)).or(comment);
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.byte(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    self.line_start = self.at;
                    self.fresh = true;
                }
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'#' => {
                    let line = self.text.get(self.at..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
                    let span = Span::of(self.at..self.at + line.trim_end_matches('\r').len());
                    self.comments.push(Comment::new(self.text, span));
                    self.at += line.len();
                }
                _ => return,
            }
        }
    }

    /// A word without quotes: quotes inside are letters of it, and so is a `{` behind `$`.
    fn bare(&mut self) -> Word {
        let start = self.at;
        let (mut escaped, mut variable) = (false, false);
        while let Some(byte) = self.byte(self.at) {
            let ends = match byte {
                _ if escaped => false,
                b'{' => !variable,
                b' ' | b'\t' | b'\r' | b'\n' | b';' => true,
                _ => false,
            };
            if ends {
                break;
            }
            if byte == b'\n' {
                self.line_start = self.at + 1;
            }
            variable = !escaped && (byte == b'$' || (byte == b'{' && variable));
            escaped = byte == b'\\' && !escaped;
            self.at += 1;
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        if written.contains("<%") || written.contains("${{") {
            self.template = template::within(written, start).or_else(|| Some(Span::of(start..self.at)));
        }
        Word::new(written, Span::of(start..self.at), false)
    }

    fn quoted(&mut self, quote: u8) -> Word {
        let opening = self.at;
        let start = opening + 1;
        let Some(end) = self.closing(start, quote) else {
            self.faults.push(Fault::Unclosed(Span::of(opening..start)));
            return self.rest_of_line(start);
        };
        let written = self.text.get(start..end).unwrap_or_default();
        self.template = self.template.or_else(|| template::within(written, start));
        self.go_to(end + 1);
        match self.byte(self.at) {
            // Behind a quote, a `}` lacks its `;`, and the reader says so.
            None | Some(b' ' | b'}' | b'\t' | b'\r' | b'\n' | b';' | b'{' | b')') => {}
            Some(_) => self.faults.push(Fault::Glued(Span::of(self.at..self.end_of_character()))),
        }
        Word::new(written, Span::of(start..end), true)
    }

    fn closing(&self, start: usize, quote: u8) -> Option<usize> {
        let mut escaped = false;
        let rest = self.text.as_bytes().get(start..)?;
        let length = rest.iter().position(|byte| {
            let closes = *byte == quote && !escaped;
            escaped = *byte == b'\\' && !escaped;
            closes
        })?;
        Some(start + length)
    }

    /// What a quote without an end was probably meant to hold, so that the lines below are still read.
    fn rest_of_line(&mut self, start: usize) -> Word {
        let line = self.text.get(start..).and_then(|rest| rest.split(['\n', ';']).next()).unwrap_or_default();
        self.at = start + line.len();
        Word::new(line, Span::of(start..self.at), false)
    }

    fn end_of_character(&self) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at + rest.chars().next().map_or(0, char::len_utf8)
    }

    /// Goes on behind a text that may hold lines.
    fn go_to(&mut self, end: usize) {
        let passed = self.text.get(self.at..end).unwrap_or_default();
        if let Some(newline) = passed.rfind('\n') {
            self.line_start = self.at + newline + 1;
        }
        self.at = end;
    }
}
