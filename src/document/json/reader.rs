//! The grammar of JSON, without recursion: every slip is reported and stepped over.

use super::Dialect;
use super::lexeme::{Found, Lexeme, Lexer};
use crate::document::builder::{Builder, Collection, Scalar, TooDeep};
use crate::document::{Parsed, SYNTAX};
use crate::source::Span;

/// One mistake often looks like several; after this many the rest is noise.
const MAX_SLIPS: usize = 20;

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// The value of the text.
    Root,
    /// Nothing more.
    End,
    /// A key or `}`, after `{`.
    FirstKey,
    /// A key, after `,`.
    Key,
    Colon,
    /// The value of a key.
    Value,
    /// A value or `]`, after `[`.
    FirstItem,
    /// A value, after `,`.
    Item,
    /// `,` or the closing bracket.
    Comma,
}

struct Reader<'text> {
    builder: Builder,
    lexer: Lexer<'text>,
    text: &'text str,
    dialect: Dialect,
    expect: Expect,
    slips: usize,
    /// The last token that was no comment.
    last: Span,
    /// The last key.
    key: Span,
    commented: bool,
    /// The last token was no JSON: what seems to be missing behind it may stand inside it.
    stumbled: bool,
}

pub(in crate::document) fn read(builder: Builder, text: &str, dialect: Dialect) -> Parsed {
    let mut reader = Reader {
        builder,
        lexer: Lexer::new(text),
        text,
        dialect,
        expect: Expect::Root,
        slips: 0,
        last: Span::default(),
        key: Span::default(),
        commented: false,
        stumbled: false,
    };
    while reader.slips < MAX_SLIPS {
        match reader.step() {
            Ok(true) => {}
            Ok(false) | Err(TooDeep) => break,
        }
    }
    reader.builder.finish()
}

impl Reader<'_> {
    /// Takes one token; false at the end.
    fn step(&mut self) -> Result<bool, TooDeep> {
        let found = self.lexer.next();
        if let Some(slip) = &found.slip {
            self.slip(slip.span, &slip.message, slip.help);
        }
        let span = found.span;
        match found.lexeme {
            Lexeme::End => {
                self.end();
                return Ok(false);
            }
            Lexeme::Comment => {
                self.comment(&found);
                return Ok(true);
            }
            Lexeme::OpenBrace => self.open(Collection::Mapping, span)?,
            Lexeme::OpenBracket => self.open(Collection::Sequence, span)?,
            Lexeme::CloseBrace => self.close(Collection::Mapping, span),
            Lexeme::CloseBracket => self.close(Collection::Sequence, span),
            Lexeme::Comma => self.comma(span),
            Lexeme::Colon => self.colon(span),
            Lexeme::String(ref value) => self.scalar(Scalar::String, span, value),
            Lexeme::Number => self.scalar(Scalar::Number, span, span.text(self.text)),
            Lexeme::Bool(value) => self.scalar(Scalar::Bool(value), span, ""),
            Lexeme::Null => self.scalar(Scalar::Null, span, ""),
        }
        self.last = span;
        self.stumbled = found.slip.is_some();
        Ok(true)
    }

    fn slip(&mut self, span: Span, message: &str, help: &str) {
        self.slips += 1;
        let report = self.builder.diagnostic(&SYNTAX, span, message).help(help);
        self.builder.report(report);
    }

    /// A slip that can be meant in one way.
    fn comma_slip(&mut self, span: Span, message: &str, help: &str, place: Span, instead: &str) {
        self.slips += 1;
        let place = self.builder.place(place);
        let report = self.builder.diagnostic(&SYNTAX, span, message).cure(help, place, instead);
        self.builder.report(report);
    }

    fn comment(&mut self, found: &Found<'_>) {
        if self.dialect == Dialect::Strict && !self.commented {
            self.commented = true;
            self.slip(
                found.span,
                "JSON has no comments",
                "remove it, or name the file `.jsonc` if its readers allow comments",
            );
        }
        self.builder.comment(found.span);
    }

    fn scalar(&mut self, scalar: Scalar, span: Span, value: &str) {
        if !self.make_room(span) {
            return;
        }
        if self.builder.at_key() && !matches!(scalar, Scalar::String) {
            let message = format!("the key `{}` has no quotes", span.text(self.text));
            self.slip(span, &message, "JSON writes strings and keys in double quotes");
        }
        let inside = Span::new(span.start + 1, span.end.saturating_sub(1));
        if self.builder.at_key() {
            self.key = span;
        }
        self.builder.scalar(scalar, span, value, &[inside, span]);
        self.value_done();
    }

    fn open(&mut self, collection: Collection, span: Span) -> Result<(), TooDeep> {
        if !self.make_room(span) {
            return Ok(());
        }
        if self.builder.at_key() {
            self.slip(span, "a key is a string", "put a key in double quotes and `:` before this value");
            self.key = Span::at(span.start);
            self.builder.scalar(Scalar::String, self.key, "", &[]);
        }
        self.builder.open(collection, span)?;
        self.expect = match collection {
            Collection::Mapping => Expect::FirstKey,
            Collection::Sequence => Expect::FirstItem,
        };
        Ok(())
    }

    /// A value starts here: says what is missing before it. False where there is no room for one.
    fn make_room(&mut self, span: Span) -> bool {
        match self.expect {
            Expect::Root | Expect::FirstKey | Expect::Key | Expect::Value | Expect::FirstItem | Expect::Item => {}
            Expect::Comma if self.stumbled => {}
            Expect::Colon => {
                self.slip(self.key, "`:` is missing after this key", "write `\"key\": value`");
            }
            Expect::Comma => {
                let message = "`,` is missing before this";
                self.comma_slip(span, message, "entries are separated by commas", Span::at(self.last.end), ",");
            }
            Expect::End => {
                self.slip(
                    span,
                    "the text goes on after its value",
                    "a JSON text holds one value: put several in `[…]`",
                );
                self.slips = MAX_SLIPS;
                return false;
            }
        }
        true
    }

    /// A key, an entry's value or an item is complete.
    fn value_done(&mut self) {
        self.expect = match self.builder.innermost().map(|frame| frame.collection) {
            None => Expect::End,
            Some(Collection::Sequence) => Expect::Comma,
            Some(Collection::Mapping) if self.builder.at_key() => Expect::Comma,
            Some(Collection::Mapping) => Expect::Colon,
        };
    }

    fn colon(&mut self, span: Span) {
        match self.expect {
            Expect::Colon => self.expect = Expect::Value,
            Expect::FirstKey | Expect::Key => {
                self.slip(span, "a key is missing before `:`", "write `\"key\": value`");
                self.key = Span::at(span.start);
                self.builder.scalar(Scalar::String, self.key, "", &[]);
                self.expect = Expect::Value;
            }
            Expect::Root | Expect::End | Expect::Value | Expect::FirstItem | Expect::Item | Expect::Comma => {
                self.slip(span, "`:` cannot stand here", "`:` stands between a key and its value, inside `{…}`");
            }
        }
    }

    fn comma(&mut self, span: Span) {
        match self.expect {
            Expect::Comma => {
                self.expect = match self.builder.innermost().map(|frame| frame.collection) {
                    Some(Collection::Mapping) => Expect::Key,
                    Some(Collection::Sequence) | None => Expect::Item,
                };
            }
            Expect::Colon | Expect::Value => {
                self.missing_value(span);
                self.expect = Expect::Key;
            }
            Expect::Root | Expect::End | Expect::FirstKey | Expect::Key | Expect::FirstItem | Expect::Item => {
                self.slip(span, "`,` cannot stand here", "a comma stands between two entries: remove it");
            }
        }
    }

    fn missing_value(&mut self, before: Span) {
        let message = format!("the key `{}` has no value", self.key.text(self.text).trim_matches('"'));
        self.slip(self.key, &message, "write `\"key\": value`");
        self.builder.scalar(Scalar::Null, Span::at(before.start), "", &[]);
    }

    fn close(&mut self, collection: Collection, span: Span) {
        let open = self.builder.open_collections();
        let depth = open.iter().rev().position(|frame| frame.collection == collection);
        let Some(unclosed) = depth else {
            let message = format!("{} closes nothing", bracket(span.text(self.text)));
            self.slip(span, &message, "remove it, or open what it closes");
            return;
        };
        if unclosed > 0 {
            self.mismatch(span);
        }
        for _ in 0..unclosed {
            self.builder.close(Some(span.start));
        }
        match self.expect {
            Expect::Key | Expect::Item if unclosed == 0 && self.dialect == Dialect::Strict => {
                self.comma_slip(self.last, "the last entry is followed by a comma", "remove the comma", self.last, "");
            }
            Expect::Colon | Expect::Value if unclosed == 0 => self.missing_value(span),
            Expect::Root
            | Expect::End
            | Expect::FirstKey
            | Expect::Key
            | Expect::Colon
            | Expect::Value
            | Expect::FirstItem
            | Expect::Item
            | Expect::Comma => {}
        }
        self.builder.close(Some(span.end));
        self.value_done();
    }

    fn mismatch(&mut self, span: Span) {
        let Some(frame) = self.builder.innermost() else { return };
        let opener = frame.opener;
        let message = format!("{} does not close {}", bracket(span.text(self.text)), bracket(opener.text(self.text)));
        self.slips += 1;
        let report = self
            .builder
            .diagnostic(&SYNTAX, span, &message)
            .related(self.builder.place(opener), "opened here")
            .help("close what was opened last first");
        self.builder.report(report);
    }

    fn end(&mut self) {
        let end = Span::at(Span::of(0..self.text.len()).end);
        let Some(frame) = self.builder.innermost() else {
            return;
        };
        let message = format!("{} is never closed", bracket(frame.opener.text(self.text)));
        let report = self
            .builder
            .diagnostic(&SYNTAX, frame.opener, &message)
            .related(self.builder.place(end), "the text ends here")
            .help("was the file cut off? close every bracket");
        self.builder.report(report);
    }
}

fn bracket(text: &str) -> String {
    format!("`{text}`")
}
