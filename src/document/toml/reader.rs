//! The parser's events to tables: who may add to which, and where each stands.

use std::borrow::Cow;
use std::ops::Range;

use toml_datetime::Datetime;
use toml_parser::decoder::{Encoding, IntegerRadix, ScalarKind};
use toml_parser::lexer::Token;
use toml_parser::parser::{EventReceiver, ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw, Source, Span as Marks};

use super::draft::{Content, Draft, Id, Key, Origin};
use super::message;
use crate::document::builder::{Builder, Scalar};
use crate::document::{Document, Parsed, SYNTAX};
use crate::source::Span;

/// So many make about as many values as any document may hold; each takes memory while the text is read.
const MAX_TOKENS: usize = 2 * Document::MAX_NODES;
/// One mistake often looks like several; after this many the rest is noise.
const MAX_SLIPS: usize = 20;

pub(in crate::document) fn read(builder: Builder, text: &str) -> Parsed {
    let mut draft = Draft::default();
    let root = draft.push(Span::default(), Content::Table(Origin::Header, Vec::new()));
    let mut reader = Reader {
        builder,
        text,
        draft,
        root,
        table: root,
        chain: Vec::new(),
        path: Vec::new(),
        header: None,
        value: None,
        open: Vec::new(),
        end: 0,
        begun: false,
        too_deep: false,
    };
    let source = Source::new(text);
    let tokens: Vec<Token> = source.lex().take(MAX_TOKENS + 1).collect();
    if let Some(behind) = tokens.get(MAX_TOKENS) {
        reader.builder.too_much(Span::at(place(behind.span()).start));
        return reader.builder.finish();
    }
    let mut slips = Slips(Vec::new());
    parse_document(&tokens, &mut ValidateWhitespace::new(&mut reader, source), &mut slips);
    drop(tokens);
    reader.finish(slips.0)
}

/// The first mistakes of a text.
struct Slips(Vec<ParseError>);

impl ErrorSink for Slips {
    fn report_error(&mut self, error: ParseError) {
        if self.0.len() < MAX_SLIPS {
            self.0.push(error);
        }
    }
}

/// `[a]` or `[[a]]`, while it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Header {
    Table(Span),
    OneOfTables(Span),
}

/// Where the value goes that comes next.
struct Target<'text> {
    table: Id,
    key: Key<'text>,
    /// The tables that dotted keys made for it; they end where it ends.
    made: Range<Id>,
}

/// A list or inline table that is not closed yet.
struct Open {
    id: Id,
    made: Range<Id>,
}

struct Reader<'text> {
    builder: Builder,
    text: &'text str,
    draft: Draft<'text>,
    root: Id,
    /// What key and value pairs go into, outside of inline tables.
    table: Id,
    /// What the last header led through, down to its own table.
    chain: Vec<Id>,
    path: Vec<Key<'text>>,
    header: Option<Header>,
    value: Option<Target<'text>>,
    open: Vec<Open>,
    /// Where the last header or value ended.
    end: u32,
    begun: bool,
    too_deep: bool,
}

impl<'text> Reader<'text> {
    fn finish(mut self, slips: Vec<ParseError>) -> Parsed {
        for id in std::mem::take(&mut self.chain) {
            self.draft.end(id, self.end);
        }
        self.draft.end(self.root, self.end);
        for slip in slips {
            let said = message::of(&slip, self.text);
            let report = self.builder.diagnostic(&SYNTAX, said.span, &said.message).help(said.help);
            self.builder.report(report);
        }
        let Self { mut builder, draft, root, .. } = self;
        if draft.build(root, &mut builder).is_err() {
            builder.close_all();
        }
        builder.finish()
    }

    /// The text's own table stands from the first thing that is said in it.
    fn begin(&mut self, span: Marks) {
        if !self.begun {
            self.begun = true;
            self.draft.begin(self.root, place(span).start);
        }
    }

    /// Reports the first of what nests too deeply; more of the same is noise.
    fn say_too_deep(&mut self, span: Span) {
        if !self.too_deep {
            self.too_deep = true;
            self.builder.too_deep(span);
        }
    }

    fn section(&mut self, header: Header, end: u32) {
        let (Header::Table(opener) | Header::OneOfTables(opener)) = header;
        let place = Span::new(opener.start, end);
        let path = std::mem::take(&mut self.path);
        let Some((last, parents)) = path.split_last() else { return };
        if path.len() >= Document::MAX_DEPTH {
            self.say_too_deep(place);
            return;
        }
        let last_chain = std::mem::take(&mut self.chain);
        // What ends before this header is known only when it is known where the header leads: until then it stays open.
        let mut chain = Vec::new();
        let mut table = self.root;
        for key in parents {
            table = if let Some(child) = self.draft.child(table, key) {
                self.through(child, &mut chain)
            } else {
                let made = self.draft.push(place, Content::Table(Origin::HeaderBelow, Vec::new()));
                self.draft.enter_reachable(table, key, made);
                chain.push(made);
                made
            };
        }
        let known = self.draft.child(table, last);
        self.table = match header {
            Header::Table(_) => match known {
                Some(known) if self.draft.origin(known) == Some(Origin::HeaderBelow) => {
                    self.draft.headed(known, place);
                    known
                }
                Some(_) | None => {
                    let made = self.draft.push(place, Content::Table(Origin::Header, Vec::new()));
                    self.draft.enter_reachable(table, last, made);
                    made
                }
            },
            Header::OneOfTables(_) => {
                let tables = known.filter(|known| matches!(self.draft.content(*known), Some(Content::Tables(_))));
                let tables = tables.unwrap_or_else(|| {
                    let made = self.draft.push(place, Content::Tables(Vec::new()));
                    self.draft.enter_reachable(table, last, made);
                    made
                });
                chain.push(tables);
                let item = self.draft.push(place, Content::Table(Origin::Header, Vec::new()));
                self.draft.append(tables, item);
                item
            }
        };
        chain.push(self.table);
        let shared = last_chain.iter().zip(&chain).take_while(|(last, now)| last == now).count();
        for id in last_chain.into_iter().skip(shared) {
            self.draft.end(id, self.end);
        }
        self.chain = chain;
        self.end = end;
    }

    /// Into a table, or into the last of several.
    fn through(&self, child: Id, chain: &mut Vec<Id>) -> Id {
        chain.push(child);
        let Some(item) = self.draft.last_item(child) else { return child };
        chain.push(item);
        item
    }

    /// Where `a.b.c = …` puts its value.
    fn target(&mut self) -> Option<Target<'text>> {
        let mut path = std::mem::take(&mut self.path);
        if path.len() >= Document::MAX_DEPTH {
            let span = path.first().map_or_else(Span::default, |key| key.span);
            self.say_too_deep(span);
            return None;
        }
        let key = path.pop()?;
        let mut table = self.open.last().map_or(self.table, |open| open.id);
        let from = self.draft.len();
        for (at, parent) in path.iter().enumerate() {
            let known = self.draft.child(table, parent).filter(|known| self.draft.may_be_dotted(*known));
            table = known.unwrap_or_else(|| {
                let start = path.get(at + 1).unwrap_or(&key).span.start;
                let made = self.draft.push(Span::at(start), Content::Table(Origin::Dotted, Vec::new()));
                self.draft.enter_reachable(table, parent, made);
                made
            });
        }
        Some(Target { table, key, made: from..self.draft.len() })
    }

    /// Puts a value where it belongs: behind its key, or into the list it stands in. What mistakes left without either
    /// is dropped. Gives the tables that end with it.
    fn place(&mut self, id: Id) -> Range<Id> {
        if let Some(Target { table, key, made }) = self.value.take() {
            self.draft.enter(table, key, id);
            return made;
        }
        if let Some(open) = self.open.last() {
            self.draft.append(open.id, id);
        }
        0..0
    }

    fn ended(&mut self, made: Range<Id>, end: u32) {
        self.end = end;
        made.for_each(|id| self.draft.end(id, end));
    }

    fn opened(&mut self, span: Marks, content: Content<'text>) -> bool {
        let id = self.draft.push(place(span), content);
        let made = self.place(id);
        self.open.push(Open { id, made });
        let allowed = self.open.len() < Document::MAX_DEPTH;
        if !allowed {
            self.say_too_deep(place(span));
        }
        allowed
    }

    fn closed(&mut self, span: Marks) {
        let end = place(span).end;
        self.path.clear();
        self.value = None;
        if let Some(Open { id, made }) = self.open.pop() {
            self.draft.end(id, end);
            self.ended(made, end);
        }
    }

    fn raw(&self, span: Marks, encoding: Option<Encoding>) -> Raw<'text> {
        Raw::new_unchecked(place(span).text(self.text), encoding, span)
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, span: Marks, _: &mut dyn ErrorSink) {
        self.begin(span);
        self.header = Some(Header::Table(place(span)));
        self.path.clear();
    }

    fn array_table_open(&mut self, span: Marks, _: &mut dyn ErrorSink) {
        self.begin(span);
        self.header = Some(Header::OneOfTables(place(span)));
        self.path.clear();
    }

    fn std_table_close(&mut self, span: Marks, _: &mut dyn ErrorSink) {
        if let Some(header) = self.header.take() {
            self.section(header, place(span).end);
        }
    }

    fn array_table_close(&mut self, span: Marks, error: &mut dyn ErrorSink) {
        self.std_table_close(span, error);
    }

    fn inline_table_open(&mut self, span: Marks, _: &mut dyn ErrorSink) -> bool {
        self.opened(span, Content::Table(Origin::Inline, Vec::new()))
    }

    fn inline_table_close(&mut self, span: Marks, _: &mut dyn ErrorSink) {
        self.closed(span);
    }

    fn array_open(&mut self, span: Marks, _: &mut dyn ErrorSink) -> bool {
        self.opened(span, Content::Array(Vec::new()))
    }

    fn array_close(&mut self, span: Marks, _: &mut dyn ErrorSink) {
        self.closed(span);
    }

    fn simple_key(&mut self, span: Marks, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        self.begin(span);
        let mut name = Cow::Borrowed("");
        self.raw(span, encoding).decode_key(&mut name, error);
        self.path.push(Key { span: place(span), name });
    }

    fn key_val_sep(&mut self, _: Marks, _: &mut dyn ErrorSink) {
        self.value = self.target();
    }

    fn scalar(&mut self, span: Marks, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let raw = self.raw(span, encoding);
        let mut value = Cow::Borrowed("");
        let kind = raw.decode_scalar(&mut value, error);
        let (scalar, value) = match kind {
            ScalarKind::String => (Scalar::String, value),
            ScalarKind::Boolean(value) => (Scalar::Bool(value), Cow::Borrowed("")),
            ScalarKind::DateTime => {
                check(value.parse::<Datetime>().is_ok(), message::NO_DATE, span, error);
                (Scalar::String, value)
            }
            ScalarKind::Float => {
                check(value.parse::<f64>().is_ok(), message::NO_NUMBER, span, error);
                (Scalar::Number, value)
            }
            ScalarKind::Integer(radix) => {
                let digits = value.strip_prefix(['+', '-']).unwrap_or(&value);
                let sound = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix.value()));
                check(sound, message::NO_NUMBER, span, error);
                (Scalar::Number, worth(&value, radix))
            }
        };
        let id = self.draft.push(place(span), Content::Scalar(scalar, value));
        let made = self.place(id);
        self.ended(made, place(span).end);
    }

    fn comment(&mut self, span: Marks, _: &mut dyn ErrorSink) {
        self.builder.comment(place(span));
    }

    fn newline(&mut self, _: Marks, _: &mut dyn ErrorSink) {
        if self.header.take().is_some() {
            // A header that is not closed: what follows belongs to nobody knows whom.
            self.table = self.draft.push(Span::at(self.end), Content::Table(Origin::Header, Vec::new()));
        }
        if self.open.is_empty() {
            self.path.clear();
            self.value = None;
        }
    }
}

fn check(sound: bool, description: &'static str, span: Marks, error: &mut dyn ErrorSink) {
    if !sound {
        error.report_error(ParseError::new(description).with_unexpected(span));
    }
}

/// An integer in digits that everybody reads alike: the parser has taken prefix and underscores off.
fn worth<'text>(digits: &Cow<'text, str>, radix: IntegerRadix) -> Cow<'text, str> {
    match radix {
        IntegerRadix::Dec => digits.clone(),
        IntegerRadix::Hex => Cow::Owned(format!("0x{digits}")),
        IntegerRadix::Oct => Cow::Owned(format!("0o{digits}")),
        IntegerRadix::Bin => u128::from_str_radix(digits, 2)
            .map_or_else(|_| Cow::Owned(format!("0b{digits}")), |value| Cow::Owned(value.to_string())),
    }
}

fn place(span: Marks) -> Span {
    Span::of(span.start()..span.end())
}
