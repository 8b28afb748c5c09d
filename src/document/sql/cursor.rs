//! A way through the tokens of a statement. Knows words, names and brackets.

use super::scan::{Lexeme, Token};
use super::statement::Name;
use crate::source::Span;

#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Where it began to read; what is missing at the end stands there.
    begin: Span,
    last: Option<Span>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        let begin = tokens.first().map_or_else(Span::default, |token| token.span);
        Self { text, tokens, begin, last: None }
    }

    pub(super) const fn tokens(&self) -> &'a [Token] {
        self.tokens
    }

    pub(super) const fn is_done(&self) -> bool {
        self.tokens.is_empty()
    }

    /// From the first to the last of the tokens that are left.
    pub(super) fn span(&self) -> Span {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.last.unwrap_or(self.begin),
        }
    }

    /// Where the next token stands.
    pub(super) fn span_of_next(&self) -> Span {
        self.tokens.first().map_or_else(|| self.last(), |token| token.span)
    }

    /// What was passed last.
    pub(super) fn last(&self) -> Span {
        self.last.unwrap_or(self.begin)
    }

    pub(super) fn bump(&mut self) -> Option<Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        self.last = Some(first.span);
        Some(*first)
    }

    pub(super) fn word(&self) -> Option<&'a str> {
        self.word_at(0)
    }

    pub(super) fn word_at(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at)?;
        (token.lexeme == Lexeme::Word).then(|| token.span.text(self.text))
    }

    pub(super) fn text_of(&self, span: Span) -> &'a str {
        span.text(self.text)
    }

    /// Whether these words come next, in any case.
    pub(super) fn sees(&self, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(at, word)| self.word_at(at).is_some_and(|found| found.eq_ignore_ascii_case(word)))
    }

    pub(super) fn sees_any(&self, words: &[&str]) -> bool {
        self.word().is_some_and(|found| words.iter().any(|word| found.eq_ignore_ascii_case(word)))
    }

    /// Passes these words, and says where they stood.
    pub(super) fn eat(&mut self, words: &[&str]) -> Option<Span> {
        if !self.sees(words) {
            return None;
        }
        let first = self.tokens.first()?.span;
        for _ in words {
            self.bump();
        }
        Some(first.to(self.last()))
    }

    pub(super) fn eat_any(&mut self, words: &[&str]) -> Option<Span> {
        if !self.sees_any(words) {
            return None;
        }
        self.bump().map(|token| token.span)
    }

    pub(super) fn sees_symbol(&self, symbol: &str) -> bool {
        self.tokens.first().is_some_and(|token| token.lexeme == Lexeme::Symbol && token.span.text(self.text) == symbol)
    }

    pub(super) fn eat_symbol(&mut self, symbol: &str) -> bool {
        self.sees_symbol(symbol) && self.bump().is_some()
    }

    /// A name: `users`, `public."Users"`, `[dbo].[users]`.
    pub(super) fn name(&mut self) -> Option<Name> {
        let mut ahead = *self;
        let (mut text, mut span) = ahead.part()?;
        while ahead.sees_symbol(".") {
            let mut further = ahead;
            further.bump();
            let Some((part, place)) = further.part() else { break };
            text = format!("{text}.{part}");
            span = span.to(place);
            ahead = further;
        }
        *self = ahead;
        Some(Name { text, span })
    }

    /// `a, b, c`.
    pub(super) fn names(&mut self) -> Vec<Name> {
        let mut names = Vec::new();
        while let Some(name) = self.name() {
            names.push(name);
            self.eat_symbol("*");
            if !self.eat_symbol(",") {
                break;
            }
        }
        names
    }

    fn part(&mut self) -> Option<(String, Span)> {
        if self.sees_symbol("[") {
            let mut ahead = *self;
            let open = ahead.bump()?.span;
            let name = ahead.bump()?;
            if name.lexeme != Lexeme::Word || !ahead.eat_symbol("]") {
                return None;
            }
            let place = open.to(ahead.last());
            let text = name.span.text(self.text).to_owned();
            *self = ahead;
            return Some((text, place));
        }
        let token = *self.tokens.first()?;
        let written = token.span.text(self.text);
        let text = match token.lexeme {
            Lexeme::Word => written.to_owned(),
            Lexeme::Quoted => {
                let quote = written.chars().next()?;
                let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
                inner.replace(&format!("{quote}{quote}"), &quote.to_string())
            }
            Lexeme::Text | Lexeme::Number | Lexeme::Symbol | Lexeme::Template | Lexeme::Comment | Lexeme::Unclosed => {
                return None;
            }
        };
        self.bump();
        Some((text, token.span))
    }

    /// What stands in the brackets that open here; passes them.
    pub(super) fn brackets(&mut self) -> Option<Self> {
        if !self.sees_symbol("(") {
            return None;
        }
        let length = group(self.text, self.tokens);
        let (inside, rest) = self.tokens.split_at_checked(length)?;
        let closed = length > 1 && inside.last().is_some_and(|token| token.span.text(self.text) == ")");
        let inner = inside.get(1..length - usize::from(closed)).unwrap_or_default();
        let open = inside.first()?.span;
        self.last = inside.last().map(|token| token.span);
        self.tokens = rest;
        Some(Self { text: self.text, tokens: inner, begin: open, last: Some(open) })
    }

    /// Passes one token, or brackets with all that is in them.
    pub(super) fn bump_group(&mut self) -> Option<Span> {
        if self.sees_symbol("(") {
            let open = self.tokens.first()?.span;
            self.brackets()?;
            return Some(open.to(self.last()));
        }
        self.bump().map(|token| token.span)
    }

    /// The parts between the commas that stand in no brackets.
    pub(super) fn split(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut rest = *self;
        loop {
            let begin = rest;
            let mut length = 0;
            while !rest.is_done() && !rest.sees_symbol(",") {
                let before = rest.tokens.len();
                rest.bump_group();
                length += before - rest.tokens.len();
            }
            let tokens = begin.tokens.get(..length).unwrap_or_default();
            parts.push(Self {
                tokens,
                begin: tokens.first().map_or(begin.last(), |token| token.span),
                last: None,
                ..begin
            });
            if !rest.eat_symbol(",") {
                return parts;
            }
        }
    }

    /// Moves to one of these words that stands in no brackets.
    pub(super) fn find(&mut self, words: &[&str]) -> Option<Span> {
        while !self.is_done() {
            if self.sees_any(words) {
                return self.tokens.first().map(|token| token.span);
            }
            self.bump_group();
        }
        None
    }
}

/// How many tokens a bracket and what it encloses are; all of them where it is never closed.
fn group(text: &str, tokens: &[Token]) -> usize {
    let mut depth = 0_u32;
    for (at, token) in tokens.iter().enumerate() {
        if token.lexeme != Lexeme::Symbol {
            continue;
        }
        match token.span.text(text) {
            "(" => depth += 1,
            ")" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}
