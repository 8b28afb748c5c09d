//! Puts tokens together to directives and blocks, without recursion; every slip is reported and stepped over.

use super::lexer::{Lexer, Token};
use super::repair::Repair;
use super::{Body, Directive, Word, condition, known};
use crate::diagnostic::Diagnostic;
use crate::document::{Comment, Document, TEMPLATE, TOO_DEEP, UNREADABLE};
use crate::source::{FileId, Place, SourceMap, Span};

/// One mistake often looks like several; after this many the rest is noise.
const MAX_SLIPS: usize = 20;

/// A file as nginx reads it, whole only where nothing was wrong.
#[derive(Debug)]
pub struct Parsed {
    pub directives: Vec<Directive>,
    /// In the order of the text.
    pub comments: Vec<Comment>,
    /// In the order of the text. While there are any, nothing may be judged by the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// A block that is not closed yet.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) words: Vec<Word>,
    /// Its `{`; where that is missing, its name.
    pub(super) brace: Span,
    /// How far the line it begins on is indented.
    pub(super) indent: Option<usize>,
    directives: Vec<Directive>,
}

impl Open {
    pub(super) fn name(&self) -> &str {
        self.words.first().map_or("", |name| &name.text)
    }
}

/// Reads a whole text. Parsing never fails.
pub fn parse(file: FileId, text: &str) -> Parsed {
    if text.len() > SourceMap::MAX_BYTES {
        let place = Place::new(file, Span::default());
        let refused = Diagnostic::new(&UNREADABLE, place, "the file is 4 GiB or larger")
            .help("split it, or leave it out of the run");
        return Parsed { directives: Vec::new(), comments: Vec::new(), diagnostics: vec![refused] };
    }
    let mut reader = Reader {
        file,
        lexer: Lexer::new(text),
        words: Vec::new(),
        indent: None,
        open: Vec::new(),
        directives: Vec::new(),
        repair: Repair::new(file),
        broken_off: false,
    };
    if text.starts_with('\u{feff}') {
        reader.repair.byte_order_mark();
        reader.lexer.skip_byte_order_mark();
    }
    while reader.repair.slips() + reader.lexer.faults.len() < MAX_SLIPS && reader.step() {}
    reader.finish()
}

struct Reader<'t> {
    file: FileId,
    lexer: Lexer<'t>,
    /// Of the directive that is being read.
    words: Vec<Word>,
    indent: Option<usize>,
    open: Vec<Open>,
    directives: Vec<Directive>,
    repair: Repair,
    /// The rest could not be read, and that was said.
    broken_off: bool,
}

impl Reader<'_> {
    /// Takes one token; false at the end.
    fn step(&mut self) -> bool {
        let lexeme = self.lexer.next(self.words.is_empty());
        match lexeme.token {
            Token::Word(word) => {
                if lexeme.indent.is_some() && self.begins_anew(&word) {
                    self.end_unended();
                }
                if self.words.is_empty() {
                    self.indent = lexeme.indent;
                }
                self.words.push(word);
            }
            Token::Semicolon if self.words.is_empty() => self.repair.stray_semicolon(lexeme.span),
            Token::Semicolon => self.end_directive(lexeme.span),
            Token::Open => return self.open_block(lexeme.span),
            Token::Close => self.close_block(lexeme.span, lexeme.indent),
            Token::End => {
                if !self.words.is_empty() {
                    self.end_unended();
                }
                return false;
            }
        }
        true
    }

    /// Whether a word that opens a line belongs to a new directive, though the last one was not ended.
    fn begins_anew(&self, word: &Word) -> bool {
        !self.words.is_empty() && !word.quoted && !self.names_are_free() && known::begins_directive(&word.text)
    }

    fn names_are_free(&self) -> bool {
        self.open.last().is_some_and(|open| known::holds_free_names(open.name()))
    }

    fn name(&self) -> &str {
        self.words.first().map_or("", |name| &name.text)
    }

    /// Whether the directive that is being read opens a block, and nothing else.
    fn wants_block(&self) -> bool {
        // A server of an `upstream` has an address.
        let is_bare_server = self.name() == "server" && self.words.len() == 1;
        !self.names_are_free() && (known::opens_block(self.name()) || is_bare_server)
    }

    fn end_unended(&mut self) {
        let end = self.words.last().map_or_else(Span::default, Word::outer);
        if self.wants_block() {
            self.repair.no_opening_brace(&self.words);
            self.push_open(end);
            return;
        }
        self.repair.no_semicolon(&self.words);
        self.complete(Body::None, end);
    }

    fn end_directive(&mut self, semicolon: Span) {
        if self.wants_block() {
            self.repair.no_opening_brace(&self.words);
        }
        self.complete(Body::None, semicolon);
    }

    /// False where the rest cannot be read.
    fn open_block(&mut self, brace: Span) -> bool {
        if self.words.is_empty() {
            self.repair.nameless_block(brace);
        } else if !self.names_are_free() && known::ends_with_semicolon(self.name()) {
            self.repair.no_semicolon(&self.words);
        }
        if self.name().ends_with("_by_lua_block") {
            return self.lua(brace);
        }
        if self.open.len() >= Document::MAX_DEPTH {
            let message = format!("blocks nest more than {} levels deep here", Document::MAX_DEPTH);
            self.repair.report(
                Diagnostic::new(&TOO_DEEP, Place::new(self.file, brace), message)
                    .help("flatten the file, or leave it out of the run"),
            );
            self.broken_off = true;
            return false;
        }
        self.push_open(brace);
        true
    }

    fn lua(&mut self, brace: Span) -> bool {
        let Some(inside) = self.lexer.lua() else {
            let name = self.name().to_owned();
            self.repair.never_closed(&name, brace);
            self.broken_off = true;
            return false;
        };
        let end = Span::new(inside.end, inside.end.saturating_add(1));
        self.complete(Body::Lua(inside), end);
        true
    }

    fn push_open(&mut self, brace: Span) {
        let words = std::mem::take(&mut self.words);
        self.open.push(Open { words, brace, indent: self.indent, directives: Vec::new() });
    }

    fn close_block(&mut self, brace: Span, indent: Option<usize>) {
        if !self.words.is_empty() {
            self.end_unended();
        }
        self.repair.look_at_close(&self.open, brace, indent);
        let Some(open) = self.open.pop() else {
            self.repair.stray_brace(brace);
            return;
        };
        self.words = open.words;
        self.complete(Body::Block(open.directives), brace);
    }

    fn complete(&mut self, body: Body, end: Span) {
        let mut words = std::mem::take(&mut self.words).into_iter();
        let Some(name) = words.next() else { return };
        if !name.quoted && name.text.contains('}') && !name.text.contains("${") && !self.names_are_free() {
            self.repair.brace_in_name(&name);
        }
        if name.text.is_empty() && !self.names_are_free() {
            self.repair.nameless(&name);
        }
        let arguments: Vec<Word> = words.collect();
        let asks = !name.quoted && &*name.text == "if" && !self.names_are_free() && matches!(body, Body::Block(_));
        if asks && let Some(word) = condition::fault(&arguments) {
            self.repair.no_condition(word);
        }
        let span = name.outer().to(end);
        let directive = Directive { name, arguments, body, span };
        self.open.last_mut().map_or(&mut self.directives, |open| &mut open.directives).push(directive);
    }

    fn finish(mut self) -> Parsed {
        let comments = std::mem::take(&mut self.lexer.comments);
        if let Some(mark) = self.lexer.template {
            let template = Diagnostic::new(
                &TEMPLATE,
                Place::new(self.file, mark),
                "this file is a template, not checked: nginx will read something else than stands here",
            )
            .help("check what the template is rendered to, or leave it out of the paths");
            return Parsed { directives: Vec::new(), comments, diagnostics: vec![template] };
        }
        let complete = !self.broken_off && self.repair.slips() + self.lexer.faults.len() < MAX_SLIPS;
        for fault in std::mem::take(&mut self.lexer.faults) {
            self.repair.fault(&fault);
        }
        if complete {
            self.repair.unclosed(&self.open);
        }
        while let Some(open) = self.open.pop() {
            let end = open.directives.last().map_or(open.brace, |last| last.span);
            self.words = open.words;
            self.complete(Body::Block(open.directives), end);
        }
        let mut diagnostics = self.repair.into_diagnostics();
        diagnostics.sort_by_key(|diagnostic| diagnostic.place);
        Parsed { directives: self.directives, comments, diagnostics }
    }
}
