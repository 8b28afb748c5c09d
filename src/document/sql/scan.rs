//! Text to lexemes, each with its bytes. Knows strings, quotes, comments and templates of every dialect, and no statement.

use super::Dialect;
use crate::source::Span;

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lexeme {
    Word,
    /// A name in `"…"` or `` `…` ``.
    Quoted,
    /// `'…'`, `E'…'`, `$$…$$`.
    Text,
    Number,
    /// One character that is none of these.
    Symbol,
    /// `{{ … }}`, `{% … %}`, `${…}`, `<% … %>`: what will stand there is not known.
    Template,
    Comment,
    /// The opening of something that is never closed; all that follows is lost.
    Unclosed,
}

/// A lexeme and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) lexeme: Lexeme,
    pub(super) span: Span,
}

/// In what dialects differ before any statement begins.
#[derive(Debug, Clone, Copy)]
struct Habits {
    /// `'it\'s'` is one string.
    backslashes: bool,
    /// `# to the end of the line`.
    hashes: bool,
    /// `/* /* */ */` is one comment.
    nested: bool,
}

#[derive(Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    habits: Habits,
    /// Inside of `/*! … */`: a comment that is run.
    hint: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, dialect: Dialect) -> Self {
        let mysql = dialect == Dialect::Mysql;
        Self { text, at: 0, habits: Habits { backslashes: mysql, hashes: mysql, nested: !mysql }, hint: false }
    }

    pub(super) const fn position(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes on reading at `position`, which is never before where it stands.
    pub(super) fn skip_to(&mut self, position: usize) {
        self.at = position.clamp(self.at, self.text.len());
    }

    /// Passes over the rest of the line, its end included, and says where it stood.
    pub(super) fn skip_line(&mut self) -> Span {
        let start = self.at;
        let length = self.rest().find('\n').map_or(self.rest().len(), |end| end + 1);
        self.at += length;
        Span::of(start..self.at)
    }

    pub(super) fn skip_blanks(&mut self) {
        let blank = |character: char| character.is_whitespace() || character == '\u{feff}';
        let kept = self.rest().trim_start_matches(blank).len();
        self.at = self.text.len() - kept;
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        loop {
            self.skip_blanks();
            if self.rest().starts_with("/*!") {
                self.hint = true;
                let digits = self.rest().get(3..).unwrap_or_default();
                self.at += 3 + digits.len() - digits.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
            } else if self.hint && self.rest().starts_with("*/") {
                self.hint = false;
                self.at += 2;
            } else {
                break;
            }
        }
        let start = self.at;
        let first = self.rest().chars().next()?;
        let (lexeme, length) = self.lexeme(first);
        self.at = start + length;
        let end = if lexeme == Lexeme::Unclosed {
            start + opening(self.text.get(start..).unwrap_or_default())
        } else {
            self.at
        };
        Some(Token { lexeme, span: Span::of(start..end) })
    }

    fn lexeme(&self, first: char) -> (Lexeme, usize) {
        let rest = self.rest();
        match first {
            '-' if rest.starts_with("--") => (Lexeme::Comment, line_of(rest)),
            '#' if self.habits.hashes || self.begins_a_line() => (Lexeme::Comment, line_of(rest)),
            '/' if rest.starts_with("/*") => self.closed(Lexeme::Comment, comment(rest, self.habits.nested)),
            '\'' => self.closed(Lexeme::Text, quoted(rest, '\'', self.habits.backslashes)),
            '"' => self.closed(Lexeme::Quoted, quoted(rest, '"', self.habits.backslashes)),
            '`' => self.closed(Lexeme::Quoted, quoted(rest, '`', false)),
            '$' if rest.starts_with("${") => template(rest, "}"),
            '{' if rest.starts_with("{{") => template(rest, "}}"),
            '{' if rest.starts_with("{%") => template(rest, "%}"),
            '{' if rest.starts_with("{#") => template(rest, "#}"),
            '<' if rest.starts_with("<%") => template(rest, "%>"),
            '$' => match dollar_tag(rest) {
                Some(tag) => self.closed(Lexeme::Text, dollar_quoted(rest, tag)),
                None => (Lexeme::Symbol, 1),
            },
            _ if first.is_ascii_digit() => {
                (Lexeme::Number, length_while(rest, |character| character.is_ascii_alphanumeric() || character == '.'))
            }
            _ if is_word(first) => self.word(rest),
            _ => (Lexeme::Symbol, first.len_utf8()),
        }
    }

    /// A word, or a string with a letter before it.
    fn word(&self, rest: &str) -> (Lexeme, usize) {
        let length =
            length_while(rest, |character| is_word(character) || character.is_ascii_digit() || character == '$');
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if after.starts_with('\'') {
            let backslashes = match word {
                "E" | "e" => Some(true),
                "N" | "n" | "B" | "b" | "X" | "x" => Some(self.habits.backslashes),
                _ => None,
            };
            if let Some(backslashes) = backslashes {
                return self.closed(Lexeme::Text, quoted(after, '\'', backslashes).map(|inner| inner + length));
            }
        }
        (Lexeme::Word, length)
    }

    fn closed(&self, lexeme: Lexeme, length: Option<usize>) -> (Lexeme, usize) {
        length.map_or((Lexeme::Unclosed, self.rest().len()), |length| (lexeme, length))
    }

    fn begins_a_line(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        let before = before.trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with(['\n', '\u{feff}'])
    }
}

fn is_word(character: char) -> bool {
    character.is_alphabetic()
        || character == '_'
        || character == '@'
        || (!character.is_ascii() && character.is_alphanumeric())
}

fn length_while(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.find(|character| !wanted(character)).unwrap_or(text.len())
}

fn line_of(rest: &str) -> usize {
    rest.find('\n').map_or(rest.len(), |end| rest.get(..end).unwrap_or_default().trim_end_matches('\r').len())
}

/// How much of an unclosed thing is shown.
fn opening(rest: &str) -> usize {
    let line = line_of(rest);
    rest.char_indices().nth(40).map_or(line, |(at, _)| at.min(line)).max(rest.chars().next().map_or(0, char::len_utf8))
}

/// The length of a quoted text; the quote is doubled to stand for itself.
fn quoted(rest: &str, quote: char, backslashes: bool) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && backslashes {
            characters.next();
        } else if character == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return Some(at + 1);
        }
    }
    None
}

fn comment(rest: &str, nested: bool) -> Option<usize> {
    let mut depth = 1_u32;
    let mut at = 2;
    loop {
        let inner = rest.get(at..)?;
        let next = inner.find(['*', '/'])?;
        let found = inner.get(next..)?;
        at += next;
        if found.starts_with("*/") {
            at += 2;
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        } else if nested && found.starts_with("/*") {
            at += 2;
            depth += 1;
        } else {
            at += 1;
        }
    }
}

/// `$$` or `$tag$`.
fn dollar_tag(rest: &str) -> Option<&str> {
    let inner = rest.get(1..)?;
    let name = length_while(inner, |character| is_word(character) || character.is_ascii_digit());
    let begins_like_a_name = inner.chars().next().is_some_and(|first| !first.is_ascii_digit());
    (begins_like_a_name && inner.get(name..)?.starts_with('$')).then(|| rest.get(..name + 2))?
}

fn dollar_quoted(rest: &str, tag: &str) -> Option<usize> {
    rest.get(tag.len()..)?.find(tag).map(|inner| inner + 2 * tag.len())
}

/// A template that is never closed ends with its line: it may be no template at all.
fn template(rest: &str, end: &str) -> (Lexeme, usize) {
    let length = rest.find(end).map_or_else(|| line_of(rest), |at| at + end.len());
    (Lexeme::Template, length)
}
