//! JSON tokens with exact spans. What is not JSON becomes a slip: a token that says what is wrong and can be stepped
//! over.

use std::borrow::Cow;

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::tokens::Token;
use jsonc_parser::{ParseStringErrorKind, Scanner, ScannerOptions};

use crate::source::Span;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lexeme<'text> {
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Comma,
    Colon,
    String(Cow<'text, str>),
    Number,
    Bool(bool),
    Null,
    Comment,
    End,
}

/// What is wrong inside a token, and what to do about it.
#[derive(Debug)]
pub(super) struct Slip {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: &'static str,
}

#[derive(Debug)]
pub(super) struct Found<'text> {
    pub(super) lexeme: Lexeme<'text>,
    pub(super) span: Span,
    pub(super) slip: Option<Slip>,
}

pub(super) struct Lexer<'text> {
    text: &'text str,
    /// Where the scanner's text starts in ours: it is set anew behind what it cannot read.
    base: usize,
    scanner: Scanner<'text>,
    end: usize,
}

const QUOTES: &str = "JSON writes strings and keys in double quotes";

impl<'text> Lexer<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, base: start, scanner: scanner(text.get(start..).unwrap_or_default()), end: start }
    }

    pub(super) fn next(&mut self) -> Found<'text> {
        let gap_start = self.end;
        let scanned = self.scanner.scan();
        let start = self.base + self.scanner.token_start();
        let mut found = match scanned {
            Ok(token) => {
                self.end = self.base + self.scanner.token_end();
                self.token(token, start)
            }
            Err(error) => {
                let range = error.range();
                let place = Span::of(self.base + range.start..self.base + range.end);
                self.unreadable(start, place, error.kind())
            }
        };
        found.slip = found.slip.or_else(|| self.strange_blank(gap_start..start));
        found
    }

    fn token(&mut self, token: Option<Token<'text>>, start: usize) -> Found<'text> {
        let span = Span::of(start..self.end);
        let lexeme = match token {
            None => Lexeme::End,
            Some(Token::OpenBrace) => Lexeme::OpenBrace,
            Some(Token::CloseBrace) => Lexeme::CloseBrace,
            Some(Token::OpenBracket) => Lexeme::OpenBracket,
            Some(Token::CloseBracket) => Lexeme::CloseBracket,
            Some(Token::Comma) => Lexeme::Comma,
            Some(Token::Colon) => Lexeme::Colon,
            Some(Token::Boolean(value)) => Lexeme::Bool(value),
            Some(Token::Null) => Lexeme::Null,
            Some(Token::CommentLine(_) | Token::CommentBlock(_)) => Lexeme::Comment,
            Some(Token::String(value)) => return self.string(value, span),
            Some(Token::Number(written)) => return self.number(written, start),
            Some(Token::Word(_)) => return self.bare(start),
        };
        Found { lexeme, span, slip: None }
    }

    fn string(&mut self, value: Cow<'text, str>, span: Span) -> Found<'text> {
        let written = span.text(self.text);
        if written.contains(['\n', '\r']) {
            return self.unclosed(span.start as usize);
        }
        let control = written.char_indices().find(|(_, character)| *character < ' ');
        let slip = if let Some((at, character)) = control {
            let at = span.start + Span::of(0..at).end;
            Some(Slip {
                span: Span::new(at, at + 1),
                message: format!("the control character U+{:04X} stands in a string", u32::from(character)),
                help: "write it as an escape: `\\t` for a tab, `\\u0000` for any other",
            })
        } else if written.starts_with('\'') {
            Some(Slip { span, message: format!("{} stands in single quotes", quoted(written)), help: QUOTES })
        } else {
            None
        };
        Found { lexeme: Lexeme::String(value), span, slip }
    }

    fn number(&mut self, written: &str, start: usize) -> Found<'text> {
        if self.run_end(self.end) > self.end {
            return self.bare(start);
        }
        let span = Span::of(start..self.end);
        let digits = written.trim_start_matches(['-', '+']);
        let strict = !written.starts_with('+')
            && digits.starts_with(|first: char| first.is_ascii_digit())
            && !digits.contains(['x', 'X'])
            && !digits.split(['e', 'E']).any(|part| part.ends_with('.'));
        let slip = (!strict).then(|| Slip {
            span,
            message: format!("{} is no JSON number", quoted(written)),
            help: "write it with plain digits, such as `-12`, `0.5` or `1e3`",
        });
        Found { lexeme: Lexeme::Number, span, slip }
    }

    /// Text without quotes that is no number and no keyword.
    fn bare(&mut self, start: usize) -> Found<'text> {
        let end = self.run_end(start).max(start + self.text.get(start..).map_or(0, first_width));
        self.resume(end);
        let span = Span::of(start..end);
        let written = span.text(self.text);
        let first = written.chars().next().unwrap_or_default();
        let (lexeme, message, help) = match written {
            "True" | "TRUE" => (Lexeme::Bool(true), format!("`{written}` is no JSON value"), "write `true`"),
            "False" | "FALSE" => (Lexeme::Bool(false), format!("`{written}` is no JSON value"), "write `false`"),
            "None" | "NULL" | "Null" | "nil" | "undefined" => {
                (Lexeme::Null, format!("`{written}` is no JSON value"), "write `null`")
            }
            _ if first.is_ascii_digit() || matches!(first, '-' | '+' | '.') => (
                Lexeme::Number,
                format!("{} is no JSON number", quoted(written)),
                "write it with plain digits and without leading zeros, or put it in double quotes",
            ),
            _ if first.is_alphabetic() || matches!(first, '_' | '$') => {
                (Lexeme::String(Cow::Borrowed(written)), format!("{} has no quotes", quoted(written)), QUOTES)
            }
            _ => (
                Lexeme::Null,
                format!("{} is no JSON value", quoted(written)),
                "a value is a string, a number, `true`, `false`, `null`, `[…]` or `{…}`",
            ),
        };
        Found { lexeme, span, slip: Some(Slip { span, message, help }) }
    }

    fn unreadable(&mut self, start: usize, place: Span, kind: &ParseErrorKind) -> Found<'text> {
        if let ParseErrorKind::String(escape) = kind {
            return match escape {
                ParseStringErrorKind::UnterminatedStringLiteral => self.unclosed(start),
                ParseStringErrorKind::ExpectedFourHexDigits | ParseStringErrorKind::InvalidUnicodeEscapeSequence(_) => {
                    self.bad_escape(start, place, r"\uFFFF".len())
                }
                ParseStringErrorKind::ExpectedTwoHexDigits
                | ParseStringErrorKind::InvalidEscape
                | ParseStringErrorKind::InvalidEscapeInDoubleQuoteString
                | ParseStringErrorKind::InvalidEscapeInSingleQuoteString => self.bad_escape(start, place, r"\q".len()),
            };
        }
        if matches!(kind, ParseErrorKind::UnterminatedCommentBlock) {
            self.resume(self.text.len());
            let opener = Span::of(start..(start + 2).min(self.end));
            let slip =
                Slip { span: opener, message: "the comment is never closed".to_owned(), help: "close it with `*/`" };
            return Found { lexeme: Lexeme::Comment, span: Span::of(start..self.end), slip: Some(slip) };
        }
        self.bare(start)
    }

    /// A string that is not closed on its line.
    fn unclosed(&mut self, start: usize) -> Found<'text> {
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        self.resume(start + line);
        let span = Span::of(start..self.end);
        let value = rest.get(1..line).unwrap_or_default();
        let message = "the string is not closed on its line".to_owned();
        let help = "close it with `\"`; a line break inside a string is written `\\n`";
        let slip = Slip { span: Span::of(start..start + 1), message, help };
        Found { lexeme: Lexeme::String(Cow::Borrowed(value)), span, slip: Some(slip) }
    }

    fn bad_escape(&mut self, start: usize, place: Span, characters: usize) -> Found<'text> {
        let Some(end) = closing_quote(self.text, start) else { return self.unclosed(start) };
        self.resume(end);
        let escape = self.text.get(place.start as usize..end).unwrap_or_default();
        let width: usize = escape.chars().take(characters).take_while(|found| *found != '"').map(char::len_utf8).sum();
        let place = Span::of(place.start as usize..place.start as usize + width);
        let message = format!("{} is no JSON escape", quoted(place.text(self.text)));
        let help = "a backslash is written `\\\\`; known are `\\\" \\\\ \\/ \\b \\f \\n \\r \\t` and `\\u` with four hex digits";
        let value = self.text.get(start + 1..end.saturating_sub(1)).unwrap_or_default();
        let slip = Slip { span: place, message, help };
        Found { lexeme: Lexeme::String(Cow::Borrowed(value)), span: Span::of(start..end), slip: Some(slip) }
    }

    /// JSON knows four blanks; a no-break space looks like one and is none.
    fn strange_blank(&self, gap: std::ops::Range<usize>) -> Option<Slip> {
        let start = gap.start;
        let (at, blank) =
            self.text.get(gap)?.char_indices().find(|(_, character)| !matches!(character, ' ' | '\t' | '\n' | '\r'))?;
        Some(Slip {
            span: Span::of(start + at..start + at + blank.len_utf8()),
            message: format!("the blank U+{:04X} is not allowed in JSON", u32::from(blank)),
            help: "replace it by an ordinary space",
        })
    }

    /// Where a run of characters that stand in no punctuation ends.
    fn run_end(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        let stop =
            |found: char| found.is_whitespace() || matches!(found, ',' | ':' | '{' | '}' | '[' | ']' | '"' | '/');
        start + rest.find(stop).unwrap_or(rest.len())
    }

    fn resume(&mut self, at: usize) {
        self.end = at;
        self.base = at;
        self.scanner = scanner(self.text.get(at..).unwrap_or_default());
    }
}

fn scanner(text: &str) -> Scanner<'_> {
    Scanner::new(text, &ScannerOptions { allow_extended_string_escapes: false, ..ScannerOptions::default() })
}

fn first_width(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// The end of the string that starts at `start`, if it is closed on its line.
fn closing_quote(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let quote = rest.bytes().next()?;
    let mut escaped = true;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'\n' | b'\r' => return None,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            _ if byte == quote => return Some(start + at + 1),
            _ => {}
        }
    }
    None
}

/// The user's words in backticks, cut where they become a paragraph.
fn quoted(written: &str) -> String {
    match written.char_indices().nth(40) {
        Some((cut, _)) => format!("`{}…`", written.get(..cut).unwrap_or_default()),
        None => format!("`{written}`"),
    }
}
